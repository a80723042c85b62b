"""What a report is made from: settings, versions of programs, and hashes of the files read. No time and no path of a machine."""

from __future__ import annotations

import contextlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata

from presstm import __version__, files
from presstm.errors import InputError
from presstm.schemas import TABLES
from presstm.settings import Settings
from presstm.study import Study

_PROGRAMS = ("spacy", "trafilatura", "scikit-learn", "scipy", "numpy", "networkx", "pyarrow")


@dataclass(frozen=True)
class Origin:
    """`files` are paths within the study -> SHA-256 in hexadecimal; `versions` are programs -> versions; `decided_by` is theme -> who
    decided on it, as in the metrics of stage themes."""

    settings: Settings = field(default_factory=Settings)
    versions: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    decided_by: Mapping[str, str] = field(default_factory=dict)


def of(study: Study) -> Origin:
    """The settings of a study, the versions that run, hashes of its model files and of all tables, and who decided on themes."""
    settings = study.settings
    models = [
        *settings.extract.outlets,
        settings.entities.gazetteer,
        settings.entities.first_names,
        settings.entities.overrides,
        settings.quotes.cues,
        settings.figures.facts,
        settings.themes.codebook,
        settings.themes.classifier,
    ]
    hashes = {}
    for name in models:
        with contextlib.suppress(InputError):  # an outlet list may be absent
            hashes[name] = files.sha256(study.model(name))
    for name in sorted(TABLES):
        hashes[f"{name}.parquet"] = files.sha256(study.out / f"{name}.parquet")
    model = settings.annotate
    versions = {"presstm": __version__, "Python": platform.python_version(), model.model: model.version}
    told = study.out / "metrics" / "themes.json"
    themes = json.loads(told.read_text(encoding="utf-8")) if told.is_file() else {}
    versions |= {name: metadata.version(name) for name in _PROGRAMS}
    return Origin(settings, versions, hashes, themes.get("decided_by", {}))
