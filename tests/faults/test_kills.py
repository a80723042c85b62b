"""kill -9 in the middle: nothing half-written is taken for a result, and the next run comes to the same."""

import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from presstm import tables
from presstm.study import STAGES
from tests.faults import small

pytestmark = pytest.mark.slow


def test_every_stage_killed_in_the_middle_of_its_writes_leaves_whole_files_and_completes_later(undisturbed, tmp_path):
    study = small.make_study(tmp_path / "study")
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.crash", study, undisturbed.out], cwd=small.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    stages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [stage["stage"] for stage in stages] == list(STAGES)
    assert sum(stage["kills"] for stage in stages) > 25
    wanted = {name: digest for name, digest in undisturbed.results.items() if name != "params.yaml"}
    assert small.results(study / "results") == wanted
    assert small.leftovers(study / "results") == []


def test_a_run_killed_at_random_moments_comes_to_the_same_and_takes_its_workers_with_it(undisturbed, tmp_path):
    chance = random.Random(24)
    out = tmp_path / "out"
    for _ in range(4):
        arguments = ("run", undisturbed.corpus, "--out", out, "--params", undisturbed.params, "--quiet")
        with small.started(*arguments) as process:
            try:
                process.wait(chance.uniform(1, 8))
            except subprocess.TimeoutExpired:
                children = psutil.Process(process.pid).children(recursive=True)
                process.send_signal(signal.SIGKILL)
                _, alive = psutil.wait_procs(children, timeout=10)
                assert alive == []
        found = small.results(out)
        assert {name for name in found if undisturbed.results[name] != found[name]} == set()
    done = small.run(undisturbed.corpus, out, undisturbed.params)
    assert (done.returncode, done.stderr) == (0, "")
    assert small.results(out) == undisturbed.results
    assert small.leftovers(out) == []


def test_a_killed_dvc_takes_its_stage_with_it_and_the_next_one_completes(undisturbed, tmp_path):
    study = tmp_path / "study"
    assert small.presstm("init", study, "--quiet").returncode == 0
    (study / "corpus/raw/exemple.txt").unlink()
    small.make_corpus(study / "corpus/raw/press")
    repro = [Path(sys.executable).parent / "dvc", "repro", "--quiet", "annotate"]
    with subprocess.Popen(repro, cwd=study, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        below = psutil.Process(process.pid)
        while process.poll() is None and not [one for one in below.children(recursive=True) if "spawn_main" in _line(one)]:
            psutil.wait_procs([below], timeout=0.1)
        children = below.children(recursive=True)
        process.kill()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert (process.returncode, alive) == (-signal.SIGKILL, [])
    assert not (study / "dvc.lock").exists()
    done = subprocess.run(repro, cwd=study, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(tables.read(study / "results", "articles")) == 6
    assert small.leftovers(study / "results") in ([], [".gitignore"])


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
