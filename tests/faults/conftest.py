"""One run that nothing disturbs: what every other run must come to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults import small


@dataclass(frozen=True)
class Undisturbed:
    """A study folder, the results of a run over it, and that run's cache."""

    study: Path
    corpus: Path
    params: Path
    out: Path
    results: dict[str, str]


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory) -> Undisturbed:
    study = small.make_study(tmp_path_factory.mktemp("undisturbed") / "study")
    out = study.parent / "out"
    done = small.run(study / "corpus/raw", out, study / "params.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    found = small.results(out)
    assert {"articles.parquet", "nodes.csv", "report/index.html", "metrics/report.json"} <= found.keys()
    return Undisturbed(study, study / "corpus/raw", study / "params.yaml", out, found)


@pytest.fixture
def warm(undisturbed, tmp_path) -> Path:
    """A folder for results that shares the cache of the undisturbed run."""
    out = tmp_path / "warm"
    out.mkdir()
    (out / ".cache").symlink_to(undisturbed.out / ".cache")
    return out
