"""The audit of .ci/audit.py: what it makes of the answers of pip-audit."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def audit():
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci/audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def package(name: str, *vulnerabilities: dict) -> dict:
    return {"name": name, "version": "1.0", "vulns": list(vulnerabilities)}


FIXED = {"id": "GHSA-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}
OPEN = {"id": "GHSA-2", "aliases": [], "fix_versions": []}


def test_a_vulnerability_with_a_fix_is_fatal_and_one_without_is_noted(audit):
    found = audit.judged([package("one", FIXED), package("two", OPEN), {"name": "three", "skip_reason": "unknown"}], {})
    assert found == (2, ["one 1.0: GHSA-1, fixed in 1.1"], ["two 1.0: GHSA-2, without a fix"])


def test_an_ignored_vulnerability_is_noted_with_its_reason(audit):
    assert audit.judged([package("one", FIXED)], {"CVE-1": "not called"})[1:] == (
        [],
        ["one 1.0: GHSA-1, ignored: not called"],
    )


def test_ignoring_needs_a_reason(audit):
    assert audit.ignored("# text\n\nCVE-1 not called\n") == {"CVE-1": "not called"}
    with pytest.raises(SystemExit, match="no reason is given for ignoring CVE-2"):
        audit.ignored("CVE-2\n")


@pytest.mark.parametrize(
    ("answer", "said", "code"),
    [
        ("", "NOTHING AUDITED, the advisories could not be reached: no route", 0),
        (
            '{"dependencies": [{"name": "one", "skip_reason": "not found"}]}',
            "NOTHING AUDITED, the service knows none of the 1",
            0,
        ),
        ('{"dependencies": [{"name": "one", "version": "1.0", "vulns": []}]}', "1 of 1 packages looked up, 0 known", 0),
        (
            '{"dependencies": [{"name": "one", "version": "1.0", "vulns": [{"id": "A", "fix_versions": ["2"]}]}]}',
            "1 known vulnerabilities with a fix",
            1,
        ),
    ],
)
def test_only_a_known_vulnerability_with_a_fix_fails_the_build(audit, monkeypatch, tmp_path, capsys, answer, said, code):
    stand_in = f"import sys; sys.stdout.write({answer!r}); sys.exit('no route' if not {answer!r} else 0)"
    monkeypatch.setattr(audit, "COMMAND", [sys.executable, "-c", stand_in])
    (tmp_path / "ignore").write_text("")
    if code:
        with pytest.raises(SystemExit, match=r"audit: one 1\.0: A, fixed in 2"):
            audit.main(tmp_path / "lock", tmp_path / "ignore")
    else:
        audit.main(tmp_path / "lock", tmp_path / "ignore")
    assert said in capsys.readouterr().out


def test_every_ignored_vulnerability_has_a_reason(audit):
    audit.ignored((ROOT / ".ci/audit-ignore.txt").read_text())
    assert subprocess.run(["grep", "-q", "audit.py", ROOT / ".ci/run"]).returncode == 0
