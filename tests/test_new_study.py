import re
import subprocess
from pathlib import Path

import pytest
import yaml

from presstm import new_study, settings
from presstm.errors import InputError
from presstm.study import STAGES


def test_create_makes_a_whole_study(tmp_path):
    made = {path.relative_to(tmp_path / "s").as_posix() for path in new_study.create(tmp_path / "s")}
    assert {
        "params.yaml",
        "dvc.yaml",
        "corpus/raw/exemple.txt",
        "models/themes.yml",
        "pipelines/run",
        ".dvc/config",
    } <= made
    assert {f"pipelines/{stage}.py" for stage in STAGES} <= made
    assert settings.load(tmp_path / "s/params.yaml").report.title == settings.Settings().report.title


def test_what_a_study_says_of_its_models_is_there(tmp_path):
    new_study.create(tmp_path / "s")
    models = tmp_path / "s" / "models"
    text = (models / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w-]+\.\w+)`", text))
    assert named == {path.name for path in models.iterdir()} - {"README.md"}


def test_create_leaves_out_the_library_files_that_an_installed_presstm_has_elsewhere(tmp_path):
    new_study.create(tmp_path / "s")
    stages = yaml.safe_load((tmp_path / "s/dvc.yaml").read_text(encoding="utf-8"))["stages"]
    assert list(stages) == list(STAGES)
    assert not [dep for stage in stages.values() for dep in stage["deps"] if dep.startswith("src/")]


def test_create_uses_git_only_where_there_is_git(tmp_path):
    new_study.create(tmp_path / "alone")
    subprocess.run(["git", "init", "--quiet", tmp_path / "repo"], check=True)
    new_study.create(tmp_path / "repo" / "study")
    assert "no_scm = true" in (tmp_path / "alone/.dvc/config").read_text()
    assert "no_scm" not in (tmp_path / "repo/study/.dvc/config").read_text()


def test_create_does_not_overwrite(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        new_study.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_the_interpreter_is_the_one_that_made_the_study(tmp_path):
    new_study.create(tmp_path / "s")
    interpreter = Path((tmp_path / "s/.python").read_text().strip())
    assert interpreter.exists()
