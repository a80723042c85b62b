"""Make a new study folder from the files that come with presstm."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import yaml

from presstm import settings, study
from presstm.errors import InputError, OutputError

_EXAMPLE = """Exemple : un article au format texte

La Gazette imaginaire, 24 mai 2019

Ce fichier est un exemple, écrit pour presstm : ni le journal ni les personnes n’existent. Remplacez-le par vos articles.

Une première ligne donne le titre ; après une ligne vide, une ligne peut donner le journal et la date ; le reste est le texte. « Les livreurs de la ville réclament un contrat », explique Jeanne Morvan, élue imaginaire. Selon elle, 120 personnes travaillent ainsi sans aucune garantie de revenu.
"""

_README = """# A presstm study

Put articles (.html, .htm, .txt) into `corpus/raw/` (sub-folders are fine) and remove `exemple.txt`. Then run

    dvc repro

and open `results/report/index.html`. Settings are in `params.yaml`, themes in `models/themes.yml`, known names in
`models/gazetteer.csv`, outlets of your own in `corpus/outlets.csv`. Themes, names and facts are about work on platforms until you
write your own. After an upgrade of presstm run `dvc repro --force`.
"""

_MODELS = """# Models

What the pipeline knows of the world, in files to read and to change. They came with presstm and are about work on platforms.

| file | what it is |
|---|---|
| `themes.yml` | themes: definitions and rules; its head explains the notation |
| `themes-classifier.json` | the trained classifier of the themes that came with presstm; `themes-classifier.md` is its card. `presstm train` makes another |
| `gazetteer.csv`, `first_names.txt` | known names; first names of persons |
| `overrides.csv` | your corrections of names (`presstm review`); they win over everything |
| `outlets.csv` | press outlets and agencies; your own go into `corpus/outlets.csv` |
| `cues.yml` | verbs and prepositions that introduce speech; `study` names the study whose coverage this is |
| `facts.yml` | what is counted, and known figures that articles restate |
"""

_CODES = """# Codes by hand

Tables that `presstm code import` writes, of a random sample of this corpus (`presstm code sample`). Where there are any, the next run
corrects the shares of themes for errors of the coding (`results/theme_corrected.csv`).
"""


def create(folder: Path) -> list[Path]:
    """Make a study in `folder`, which must be missing or empty.

    Returns:
        The files made.

    Raises:
        InputError: the folder holds files already.
        OutputError: it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} exists and is not empty: choose a new folder")
    shipped = study.shipped()
    try:
        for name in ("models", "pipelines"):
            shutil.copytree(shipped / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        params = (shipped / "params.yaml").read_text(encoding="utf-8")
        title = settings.ReportSettings().title  # and not that of the demonstration corpus
        _write(folder / "params.yaml", re.sub("^  title:.*$", f"  title: {title}", params, flags=re.M))
        _write(folder / "dvc.yaml", _dvc((shipped / "dvc.yaml").read_text(encoding="utf-8")))
        _write(folder / "README.md", _README)
        _write(folder / "models" / "README.md", _MODELS)
        _write(folder / "corpus" / "raw" / "exemple.txt", _EXAMPLE)
        _write(folder / "corpus" / "outlets.csv", "host,name,aliases,kind,country\n")
        _write(folder / "corpus" / "codes" / "README.md", _CODES)
        _write(folder / ".dvc" / "config", _config(folder))
        _write(folder / ".dvc" / ".gitignore", "/config.local\n/tmp\n/cache\n")
        _write(folder / ".dvcignore", ".cache\n.venv\n")
        _write(folder / ".gitignore", ".cache/\n.python\n.venv/\n")
        _write(folder / ".python", sys.executable + "\n")
        (folder / "pipelines" / "run").chmod(0o755)
    except OSError as error:
        raise OutputError(f"cannot make the study {folder}: {error.strerror or error}") from error
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _dvc(text: str) -> str:
    """The stages without the library's own files: an installed presstm has none beside the study."""
    stages = yaml.safe_load(text)["stages"]
    for stage in stages.values():
        stage["deps"] = [dep for dep in stage["deps"] if not dep.startswith("src/")]
    return yaml.safe_dump({"stages": stages}, allow_unicode=True, sort_keys=False, width=120)


def _config(folder: Path) -> str:
    """DVC without analytics; without Git too, unless the folder is in a repository."""
    lines = ["[core]", "    analytics = false", "    check_update = false"]
    if not any((parent / ".git").exists() for parent in (folder.resolve(), *folder.resolve().parents)):
        lines.append("    no_scm = true")
    return "\n".join(lines) + "\n"
