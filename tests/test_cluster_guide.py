"""The scripts of docs/cluster.md, run as they stand there under a stand-in for SLURM."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from presstm import new_study, tables

ROOT = Path(__file__).parents[1]
STAND_IN = Path(__file__).with_name("slurm_stand_in.py")
TEXT = (
    "La gare de Villebrume, numéro {n}\n\nLe Courrier de nulle part, 24 mai 2019\n\nLa préfète Odile Ferrandon a reçu {n} "
    "salariés de la société Cartelle. « Nous voulons un contrat », dit l'un d'eux, et les autres se taisent.\n"
)


def scripts() -> dict[str, str]:
    page = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    return dict(re.findall(r"`([\w]+\.(?:sh|py))`:\n\n```\w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))


class Machine:
    """A study with the scripts of the page in it, and a PATH where SLURM is the stand-in."""

    def __init__(self, folder: Path) -> None:
        self.study = folder / "study"
        new_study.create(self.study)
        for n in range(3):
            (self.study / "corpus" / "raw" / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
        for name, text in scripts().items():
            (self.study / name).write_text(text, encoding="utf-8")
        (folder / "jobs").mkdir()
        (folder / "bin").mkdir()
        self.path = folder / "bin"
        for name in ("sbatch", "squeue", "scancel"):
            self.command(name, f'exec {sys.executable} {STAND_IN} {name} "$@"')
        # What `dvc repro` does with stages that have to run; a whole pipeline would tell nothing more of the scripts.
        stages = 'case "$2" in entities) all="reuse entities" ;; "") all="quotes figures themes" ;; *) all=$2 ;; esac'
        self.command("dvc", f"{stages}\nfor stage in $all; do {sys.executable} -m presstm.cli $stage || exit 1; done")
        self.command("presstm", f'exec {sys.executable} -m presstm.cli "$@"')
        path = f"{self.path}:{os.environ['PATH']}"
        self.environment = os.environ | {"PATH": path, "STAND_IN": str(folder / "jobs"), "HOME": str(folder)}

    def command(self, name: str, line: str) -> None:
        (self.path / name).write_text(f"#!/bin/sh\n{line}\n")
        (self.path / name).chmod(0o755)

    def run(self, *command: str) -> str:
        done = subprocess.run(command, cwd=self.study, env=self.environment, capture_output=True, text=True, timeout=240)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def table(self, name: str):
        return tables.read(self.study / "results", name)


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_the_page_holds_the_scripts_it_speaks_of():
    assert set(scripts()) == {"workers.py", "shard.sh", "whole.sh", "submit.sh"}


@pytest.mark.slow
def test_job_arrays_compute_the_shards_and_the_last_job_assembles(machine):
    submitted = machine.run("bash", "submit.sh", "2").split()
    machine.run(sys.executable, str(STAND_IN), "wait", submitted[-1])
    jobs = sorted(Path(machine.environment["STAND_IN"]).iterdir(), key=lambda job: int(job.name))
    specs = [json.loads((job / "spec.json").read_text()) for job in jobs]
    said = {
        (" ".join(spec["args"]), spec["array"]): (job / "out").read_text() for job, spec in zip(jobs, specs, strict=True)
    }
    ended = [path.read_text() for job in jobs for path in job.glob("*.code")]
    assert ended == ["0"] * sum(1 + spec["array"] for spec in specs), said
    for stage in ("extract", "annotate", "entities", "quotes", "figures", "themes"):
        computed = re.findall(r"(\d) computed, 0 in the cache already, 0 failed", said[f"{stage} 2", True])
        assert (len(computed), sum(map(int, computed))) == (2, 4), said
    assert "0 files read, 4 taken from the cache" in said["extract", False]
    assert "0 articles computed, 4 taken from the cache" in said["annotate", False]
    for stage in ("entities", "quotes", "figures", "themes"):
        whole = said["entities" if stage == "entities" else "", False]
        assert f"{stage}: 0 articles computed, 4 taken from the cache" in whole
    assert len(machine.table("articles")) == len(set(machine.table("sentences")["article_id"].to_pylist())) == 4
    assert len(machine.table("quotes")) >= 4
    assert len(machine.table("theme_sentences")) > 4
    assert machine.run("squeue", "--me") == "JOBID\n"


def test_dask_workers_run_as_slurm_jobs(machine):
    pytest.importorskip("dask_jobqueue")
    engine = ("-S", "engine.kind=dask", "-S", "engine.scheduler=scheduler.json")
    machine.run(sys.executable, "workers.py", "1", "presstm", "extract", *engine)
    assert len(machine.table("articles")) == 4
    jobs = list(Path(machine.environment["STAND_IN"]).iterdir())
    assert jobs
    assert all("distributed.cli.dask_worker" in (job / "spec.json").read_text() for job in jobs)
    machine.run(sys.executable, str(STAND_IN), "wait", *(job.name for job in jobs))
