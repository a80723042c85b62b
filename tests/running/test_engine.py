import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from presstm.running import engine


def square(n: int) -> int:
    return n * n


def misbehave(task: str) -> str:
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "hang":
        time.sleep(60)
    if task == "raise":
        raise ValueError("two\nlines")
    if task == "eat":
        return str(len(bytearray(4_000_000_000)))
    return task.upper()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_are_the_same_whatever_the_number_of_workers(workers):
    assert dict(engine.run(square, range(7), workers=workers)) == {n: n * n for n in range(7)}


def test_no_tasks_start_no_workers():
    assert list(engine.run(square, [])) == []


def starts_slowly(n: int) -> int:
    return n


def _slow_import() -> None:
    if multiprocessing.current_process().name != "MainProcess" and os.environ.get("PRESSTM_TEST_SLOW"):
        time.sleep(0.6)


_slow_import()


def test_the_start_of_a_worker_is_no_time_of_its_task(monkeypatch):
    monkeypatch.setenv("PRESSTM_TEST_SLOW", "1")
    assert dict(engine.run(starts_slowly, [1, 2], workers=1, timeout=0.5)) == {0: 1, 1: 2}


def test_a_task_that_fails_costs_only_itself():
    tasks = ["a", "die", "b", "raise", "hang", "c", "eat", "d"]
    results = dict(engine.run(misbehave, tasks, workers=2, timeout=1.5, memory=1_000_000_000))
    reasons = {tasks[i]: value.reason for i, value in results.items() if isinstance(value, engine.Failure)}
    assert reasons == {"die": "killed", "raise": "error", "hang": "timeout", "eat": "memory"}
    assert {tasks[i]: value for i, value in results.items() if tasks[i] not in reasons} == {n: n.upper() for n in "abcd"}
    assert results[3].detail == "ValueError: two"


def die_at_first(marker: str) -> str:
    try:
        Path(marker).touch(exist_ok=False)
    except FileExistsError:
        return "done"
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_task_whose_worker_was_killed_once_is_done_by_another(tmp_path, workers):
    tasks = [str(tmp_path / name) for name in "abc"]
    assert dict(engine.run(die_at_first, tasks, workers=workers)) == dict.fromkeys(range(3), "done")


def never_lets_go(n: int) -> None:
    re.match(r"(a+)+$", "a" * 64 + "!")  # holds the interpreter, so that no other thread of the worker runs


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a service of Linux")
def test_a_worker_in_the_middle_of_a_task_ends_with_the_process_that_started_it():
    code = "from presstm.running import engine; from tests.running import test_engine; list(engine.run(test_engine.never_lets_go, [1]))"
    with subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2]) as parent:
        below = psutil.Process(parent.pid)
        workers: list[psutil.Process] = []
        while parent.poll() is None and not any(worker.cpu_times().user > 0.5 for worker in workers):
            workers = [child for child in below.children() if "spawn_main" in " ".join(child.cmdline())]
        parent.kill()
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert (len(workers), alive) == (1, [])


def test_workers_for_is_bounded_by_tasks():
    assert engine.workers_for(8, 3) == 3
    assert engine.workers_for(0, 0) == 1
    assert 1 <= engine.workers_for(0, 10_000) <= (os.cpu_count() or 1)


@pytest.mark.parametrize("starts", [0, 1, 2])
def test_tasks_are_done_by_the_workers_that_start_and_fail_when_none_is_left(monkeypatch, starts):
    start, left = engine._SPAWN.Process.start, iter(range(starts))

    def refuse(process):
        if next(left, None) is None:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        start(process)

    monkeypatch.setattr(engine._SPAWN.Process, "start", refuse)
    results = dict(engine.run(misbehave, ["a", "die", "b", "c"], workers=2))
    done = {0: ["FAILED"] * 4, 1: ["A", "FAILED", "FAILED", "FAILED"], 2: ["A", "FAILED", "B", "C"]}[starts]
    assert ["FAILED" if isinstance(results[i], engine.Failure) else results[i] for i in range(4)] == done
