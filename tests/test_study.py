import os
import subprocess
import sys
from pathlib import Path

import pytest

from presstm import study, tables
from presstm.errors import InputError
from presstm.settings import Settings

ROOT = Path(__file__).parents[1]


@pytest.fixture
def ours(tmp_path):
    said = []
    made = study.Study(tmp_path, tmp_path / "corpus", tmp_path / "out", None, Settings(), say=said.append)
    return made, said


def test_tables_are_read_as_they_were_written(ours):
    made, _ = ours
    made.write(reuse=tables.empty("reuse"), reuse_passages=tables.empty("reuse_passages"))
    assert made.read("reuse").equals(tables.empty("reuse"))


def test_the_studys_own_model_wins_over_the_one_that_comes_with_presstm(ours):
    made, _ = ours
    assert made.model("models/themes.yml") == study.shipped() / "models/themes.yml"
    (made.root / "models").mkdir()
    (made.root / "models/themes.yml").write_text("mine")
    assert made.model("models/themes.yml") == made.root / "models/themes.yml"
    with pytest.raises(InputError, match="does not exist"):
        made.model("models/none.yml")


@pytest.mark.parametrize("place", [".", "results"])
def test_settings_and_models_of_results_lie_there_or_in_the_folder_above(tmp_path, monkeypatch, place):
    (tmp_path / "results").mkdir()
    (tmp_path / place / "models").mkdir()
    (tmp_path / place / "params.yaml").write_text("themes: {codebook: models/mine.yml}")
    (tmp_path / place / "models/mine.yml").write_text("mine")
    for folder, results in ((tmp_path, Path("results")), (tmp_path / "results", Path())):
        monkeypatch.chdir(folder)
        name = study.settings_of(results).themes.codebook
        assert study.model_of(results, name) == tmp_path / place / "models/mine.yml"
        assert study.model_of(results, "models/themes.yml") == study.shipped() / "models/themes.yml"
        assert study.model_of(results, "models/none.yml") is None


def test_metrics_are_written_and_said_in_one_line(ours):
    made, said = ours
    made.metrics("themes", {"sentences": 3, "themes": {"ai": 1}})
    assert said == ["themes: sentences 3"]
    assert (made.out / "metrics/themes.json").exists()


def test_run_stage_prefers_the_studys_own_stage_file(ours):
    made, said = ours
    (made.root / "pipelines").mkdir()
    (made.root / "pipelines/themes.py").write_text('def main(study):\n    study.say("mine")\n')
    study.run_stage(made, "themes")
    assert said == ["mine"]


def test_a_stage_ends_when_its_parent_dies():
    """A grandchild that watches its parent must be gone soon after the parent, which exits at once."""
    grandchild = (
        "import time; from presstm import study; study.end_with_parent(0.05); print('up', flush=True); time.sleep(60)"
    )
    child = (
        "import subprocess, sys;"
        f"p = subprocess.Popen([sys.executable, '-c', {grandchild!r}], stdout=subprocess.PIPE);"
        "p.stdout.readline(); print(p.pid)"
    )
    reader, writer = os.pipe()
    result = subprocess.run([sys.executable, "-c", child], stdout=subprocess.PIPE, pass_fds=[writer], text=True, check=True)
    os.close(writer)
    os.close(reader)
    pid = int(result.stdout)
    for _ in range(400):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().split()[2]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        os.sched_yield()
        subprocess.run(["true"], check=True)
    pytest.fail("the stage outlived its parent")


def test_the_runner_names_what_is_missing(tmp_path):
    environment = {"PATH": "/nonexistent"}
    result = subprocess.run(
        ["/bin/sh", ROOT / "pipelines/run", "themes"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "no Python with presstm found" in result.stderr


def test_what_a_killed_run_left_half_written_in_the_cache_is_gone_with_the_next(tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/.ab.x1y2.partial").write_bytes(b"half")
    made = study.Study(tmp_path, tmp_path / "corpus", tmp_path / "out", tmp_path / "cache", Settings())
    with study.alone(made):
        assert list((tmp_path / "cache").iterdir()) == []
