from pathlib import Path

import pytest

from presstm import licences

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("MIT", True),
        ("GPL-3.0-or-later", False),
        ("", False),
        ("MIT AND GPL-2.0-only", False),
        ("MIT OR GPL-2.0-only", True),
        ("GPL-2.0-only OR MIT AND Zlib", True),
        ("MPL-2.0 AND (Apache-2.0 OR GPL-2.0-only)", True),
        ("MPL-2.0 AND (AGPL-3.0-only OR GPL-2.0-only)", False),
    ],
)
def test_an_expression_is_allowed_if_allowed_licences_meet_it(expression, wanted):
    assert licences.allowed(expression) == wanted


def test_no_installed_package_has_a_licence_outside_of_the_list():
    found = licences.table(LOCK)
    assert len(found) > 100
    assert licences.refused(found) == {}


def test_a_licence_outside_of_the_list_is_refused_by_name():
    assert licences.refused({"one": "MIT", "two": "AGPL-3.0-only", "three": ""}) == {"two": "AGPL-3.0-only", "three": ""}


def test_every_exception_is_for_a_locked_package_and_needed():
    assert set(licences.EXCEPTIONS) <= set(licences.locked(LOCK))
    assert [name for name in licences.EXCEPTIONS if licences.allowed(licences.licence(name) or "")] == []


def test_the_page_holds_every_installed_package_with_its_licence():
    page = (ROOT / "docs/licences.md").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in licences.page(LOCK).splitlines() if line.startswith("| ")]
    assert [line for line in wanted if line not in page] == [], "run `make docs`"
