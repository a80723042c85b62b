import os
import signal
import time

import pytest

from presstm import dask_engine, engine

pytest.importorskip("distributed")


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


def test_square():
    assert dict(dask_engine.run(square, range(7), workers=2)) == {n: n * n for n in range(7)}


def test_a_task_that_fails_costs_only_itself():
    tasks = ["a", "die", "b", "raise", "hang", "c", "eat", "d"]
    results = dict(dask_engine.run(misbehave, tasks, workers=2, timeout=1.5, memory=1_000_000_000))
    reasons = {tasks[i]: value.reason for i, value in results.items() if isinstance(value, engine.Failure)}
    assert reasons == {"die": "killed", "raise": "error", "hang": "timeout", "eat": "memory"}
    assert {tasks[i]: value for i, value in results.items() if tasks[i] not in reasons} == {n: n.upper() for n in "abcd"}
    assert results[3].detail == "ValueError: two"
