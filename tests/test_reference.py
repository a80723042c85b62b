import re
from pathlib import Path

import pytest

from presstm import cli, reference, schemas

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


@pytest.mark.parametrize("page", ["moving", "concordance", "themes", "names", "coding", "exports", "import"])
def test_commands_options_and_tables_that_a_page_names_are_there(page):
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    commands = dict(cli.every_command())
    asked = [words.split() for words in re.findall(r"presstm ([a-z][^`\n]*)", text)]
    named = [words[0] if " ".join(words[:2]) not in commands else " ".join(words[:2]) for words in asked]
    assert named
    assert set(named) <= set(commands)
    options = {option for command in commands.values() for one in command.params for option in one.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - {"--warc-file"} <= options
    assert set(re.findall(r"`(\w+)\.(?:csv|parquet)`", text)) <= {*schemas.TABLES, *_FILES}


_FILES = {"codes", "fetched", "gazetteer", "imports", "metadata", "outlets", "overrides", "review", "sample"}
