"""The scripts of docs/cluster.md, run as they stand there under a stand-in for SLURM."""

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
        # What `dvc repro` does with one stage that has to run; a whole pipeline would tell nothing more of the scripts.
        self.command("dvc", f'exec {sys.executable} -m presstm.cli "${{2:-annotate}}"')
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
    assert machine.run("bash", "submit.sh", "2") == "Submitted batch job 4\n"
    machine.run(sys.executable, str(STAND_IN), "wait", "4")
    jobs = Path(machine.environment["STAND_IN"])
    ended = {(path.parent.name, path.stem): path.read_text() for path in sorted(jobs.glob("*/*.code"))}
    tasks = [("1", "task-1"), ("1", "task-2"), ("2", "task-0"), ("3", "task-1"), ("3", "task-2"), ("4", "task-0")]
    said = {folder.name: (folder / "out").read_text() for folder in jobs.iterdir()}
    assert ended == dict.fromkeys(tasks, "0"), said
    assert said["1"].count("2 computed, 0 in the cache already, 0 failed") == 2
    assert "0 files read, 4 taken from the cache" in said["2"]
    assert said["3"].count("2 computed, 0 in the cache already, 0 failed") == 2
    assert "0 articles computed, 4 taken from the cache" in said["4"]
    assert len(machine.table("articles")) == len(set(machine.table("sentences")["article_id"].to_pylist())) == 4
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
