import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from click.testing import CliRunner

from presstm import cli, tables
from presstm.study import STAGES
from tests import small_study

ROOT = Path(__file__).parents[1]


def run(*args: object):
    return CliRunner().invoke(cli.main, [str(arg) for arg in args])


def test_stages_are_those_of_the_study():
    assert tuple(cli.STAGES) == STAGES


@pytest.mark.parametrize("name", [name for name, _ in cli.every_command()])
def test_every_command_explains_itself_with_an_example(name):
    result = run(*name.split(), "--help")
    assert result.exit_code == 0
    assert f"presstm {name}" in result.output.split("Example", 1)[1]


@pytest.mark.parametrize("args", [(), ("code",), ("entities",), ("themes",)])
def test_the_list_of_commands_breaks_off_in_no_sentence(args):
    assert "..." not in run(*args, "--help").output.split("Commands:")[1]


def test_review_is_found_under_entities_and_runs_no_stage(tmp_path):
    for name in ("entities review", "review"):
        result = run(*name.split(), "--study", tmp_path)
        assert result.exit_code == 1
        assert "params.yaml does not exist" in result.stderr
    assert not list(tmp_path.iterdir())


def test_help_imports_nothing_heavy():
    code = "import sys, presstm.cli; print([m for m in ('pyarrow', 'spacy', 'pydantic', 'numpy', 'trafilatura') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_mistake_gets_one_line_and_no_traceback(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "taken" / "articles.parquet").mkdir(parents=True)
    (tmp_path / "typo.yaml").write_text("themes: {min_groups: 5}")
    cases = {
        "does not exist": ("run", tmp_path / "none", "--out", tmp_path / "out"),
        "lies inside the corpus": ("run", tmp_path / "corpus", "--out", tmp_path / "corpus" / "out"),
        "cannot make folder": ("run", tmp_path / "corpus", "--out", tmp_path / "file" / "out"),
        "did you mean min_group?": (
            "run",
            tmp_path / "corpus",
            "--out",
            tmp_path / "out",
            "--params",
            tmp_path / "typo.yaml",
        ),
        "expected key=value": ("run", tmp_path / "corpus", "--out", tmp_path / "out", "-S", "themes"),
        "params.yaml does not exist": ("themes", "--study", tmp_path),
        "--shard 5/4: expected i/n with i from 1 to n": ("annotate", "--study", tmp_path, "--shard", "5/4"),
        "not empty": ("init", tmp_path),
        "\\xff: its name is no UTF-8": ("run", tmp_path / "corpus", "--out", tmp_path / os.fsdecode(b"\xff")),
        "articles.parquet of an earlier run": ("run", tmp_path / "corpus", "--out", tmp_path / "taken"),
    }
    for message, args in cases.items():
        result = run(*args)
        assert result.exit_code == 1, args
        lines = result.stderr.splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("presstm: ")
        assert message in lines[0]


def test_a_reader_that_has_seen_enough_is_no_mistake():
    lines = "import click; from presstm import cli; cli.main.add_command(click.Command('flood', callback=lambda: [click.echo('x' * 99) for _ in range(9999)])); cli.main(['flood'])"
    with subprocess.Popen([sys.executable, "-c", lines], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_what_a_terminal_cannot_show_ends_no_command(tmp_path, encoding):
    path = tmp_path / f"Œuvre {os.fsdecode(bytes([255]))}.html"
    path.write_text("<p>Rien.</p>", encoding="utf-8")
    command = [sys.executable, "-m", "presstm.cli", "import", path, "--dry-run"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert done.returncode == 1
    assert done.stdout.startswith(str(path).encode(encoding, "replace"))
    assert done.stderr == b"presstm: nothing to import: no file holds an article\n"


def test_links_in_the_place_of_earlier_results_are_removed_and_what_they_lead_to_is_kept(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "mine.txt").write_text("kept")
    out = tmp_path / "out"
    out.mkdir()
    for name in ("report", "metrics", "quotes.csv"):
        (out / name).symlink_to(tmp_path / "mine")
    assert "no files in" in run("run", tmp_path / "corpus", "--out", out).stderr
    assert [path.name for path in out.iterdir() if not path.name.startswith(".")] == ["params.yaml"]
    assert (tmp_path / "mine" / "mine.txt").read_text() == "kept"


def test_a_stage_without_its_input_names_the_stage_to_run(tmp_path):
    (tmp_path / "params.yaml").write_text("")
    result = run("network", "--study", tmp_path)
    assert result.exit_code == 1
    assert "run the stage that makes it, extract" in result.stderr


def without(table: pa.Table, column: str, value: str) -> pa.Table:
    return table.filter(pc.fill_null(pc.not_equal(table[column], value), True))


@pytest.mark.parametrize(
    ("changed", "column", "value", "message"),
    [
        (["articles"], "article_id", "a4", "the articles have changed since): run `presstm reuse`"),
        (["reuse"], "article_id", "a4", "the articles have changed since): run `presstm reuse`"),
        (
            ["entities", "mentions"],
            "entity_id",
            "PER:Jeanne Morvan",
            "the entities have changed since): run `presstm quotes`",
        ),
    ],
)
def test_a_stage_upon_tables_of_different_moments_names_the_stage_to_run(tmp_path, changed, column, value, message):
    (tmp_path / "params.yaml").write_text("")
    for name, table in small_study.made().items():
        tables.write(tmp_path / "results", name, without(table, column, value) if name in changed else table)
    result = run("report", "--study", tmp_path)
    assert result.exit_code == 1
    assert message in result.stderr


def test_a_run_inside_a_study_says_whose_settings_it_takes(tmp_path, monkeypatch):
    (tmp_path / "raw").mkdir()
    (tmp_path / "params.yaml").write_text((ROOT / "params.yaml").read_text())
    monkeypatch.chdir(tmp_path)
    told = "for those of this study: --params params.yaml"
    assert told in run("run", "raw", "--out", "out").output
    assert told not in run("run", "raw", "--out", "out", "--params", "params.yaml").output
