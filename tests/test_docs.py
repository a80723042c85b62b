"""The commands of the tutorial and of the how-to pages, run in order as a reader would."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
# Pages in order, with the stage up to which their `dvc repro` is needed.
PAGES = {"tutorial": "report", "themes": "themes", "names": "entities", "facts": "report", "concordance": "", "sharing": ""}
# `dvc repro` itself is run by the tests of the pipeline; here the same stages run in one process.
DVC = f'#!/bin/sh\nexec "{sys.executable}" -m presstm.cli run corpus/raw --out results --params params.yaml --quiet --until $UNTIL\n'
PRESSTM = f'#!/bin/sh\nexec "{sys.executable}" -m presstm.cli "$@"\n'


def fenced(page: str, language: str) -> list[str]:
    """The blocks of a page in `language` (empty: what is shown and not run)."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    return [
        block for info, block in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) if info == language
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A scratch folder with the example export, in which all pages were followed one after the other."""
    made = tmp_path_factory.mktemp("reader")
    (made / "europresse.html").write_bytes((DOCS / "examples" / "europresse.html").read_bytes())
    (made / "bin").mkdir()
    for name, text in (("dvc", DVC), ("presstm", PRESSTM)):
        (made / "bin" / name).write_text(text)
        (made / "bin" / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{made / 'bin'}:/usr/bin:/bin"}
    said = {}
    for page, until in PAGES.items():
        where = made if page == "tutorial" else made / "my-study"
        run = subprocess.run(
            ["sh", "-eu", "-c", "\n".join(fenced(page, "sh"))],
            cwd=where,
            env=environment | {"UNTIL": until},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert run.returncode == 0, f"{page}: {run.stdout}"
        said[page] = run.stdout
    return made / "my-study", said


def test_what_the_tutorial_shows_is_what_the_commands_say(folder):
    _, said = folder
    shown = fenced("tutorial", "")
    assert shown
    assert all(text in said["tutorial"] for text in shown)


def test_what_the_pages_promise_is_there(folder):
    study, said = folder
    for path in (
        "paper/methods.fr.md",
        "paper/methods.en.md",
        "to-publish/ro-crate-metadata.json",
        "coding/sample.csv",
        "quoted.html",
    ):
        assert (study / path).is_file(), path
    report = (study / "results" / "report" / "index.html").read_text(encoding="utf-8")
    for text in ("Travail de nuit", "Justice", "Colibri Express", "ivreurs de la région de Valmorne"):
        assert text in report
    assert "regional_daily" in (study / "results" / "report" / "data" / "articles.js").read_text(encoding="utf-8")
    assert "minuit" in said["themes"]
    assert "livreurs" in said["concordance"]


def test_what_is_shared_holds_no_sentence(folder):
    study, _ = folder
    for part in ("shared/report", "to-deposit", "to-publish"):
        for path in (path for path in (study / part).rglob("*") if path.is_file() and path.suffix != ".pdf"):
            assert "aucune garantie de revenu" not in path.read_text(encoding="utf-8", errors="replace"), path
