from pathlib import Path

import pytest

from presstm import reference

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["tables.md", "stages.md", "commands.md"])
def test_pages_are_up_to_date(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == reference.pages(ROOT)[name], "run `make docs`"


def test_dvc_deps_are_up_to_date():
    text = (ROOT / "dvc.yaml").read_text(encoding="utf-8")
    assert reference.with_deps(text, ROOT) == text, "run `make deps`"


def test_every_setting_has_a_meaning():
    page = reference.pages(ROOT)["stages.md"]
    rows = [line for line in page.splitlines() if line.startswith("| ") and "`" in line]
    assert rows
    assert [row for row in rows if row.endswith("|  |")] == []
