import os
import signal
import sys
import time
from collections import UserList

import pytest

from presstm.errors import InputError
from presstm.running import dask_engine, engine
from presstm.settings import EngineSettings

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")


def square(n: int) -> int:
    return n * n


def square_and_scheduler(n: int) -> tuple[int, str]:
    return n * n, distributed.get_worker().scheduler.address


def process(_: int) -> int:
    time.sleep(0.02)
    return os.getpid()


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


def cluster_of(workers: int, **changed):
    """A cluster that runs already."""
    same = {"threads_per_worker": 1, "dashboard_address": "127.0.0.1:0", "memory_limit": None, "silence_logs": 50}
    return distributed.LocalCluster(n_workers=workers, **same | changed)


@pytest.fixture(scope="module")
def scheduler():
    """Address of a cluster with two workers."""
    with dask.config.set({"distributed.deploy.lost-worker-timeout": "1h"}), cluster_of(2) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_of_this_machine_is_started_where_none_is_named_and_lets_no_stranger_in():
    running = engine.spread(square_and_scheduler, range(7), EngineSettings(kind="dask", workers=2))
    index, (squared, address) = next(running)
    assert address.startswith("tls://127.0.0.1:")
    with pytest.raises(OSError, match="TLS certificate does not match"):
        distributed.Client(address, security=distributed.Security.temporary(), timeout="1s", set_as_default=False)
    assert {index: squared} | {n: found for n, (found, _) in running} == {n: n * n for n in range(7)}


def test_no_tasks_ask_for_no_cluster():
    assert list(dask_engine.run(square, [], scheduler="tcp://127.0.0.1:1")) == []


def test_a_task_that_fails_costs_only_itself(scheduler, monkeypatch):
    monkeypatch.setattr(dask_engine, "_TRIES", 2)
    tasks = ["a", "die", "b", "raise", "hang", "c", "eat", "d"]
    results = dict(dask_engine.run(misbehave, tasks, timeout=1.5, memory=1_000_000_000, scheduler=scheduler))
    reasons = {tasks[i]: value.reason for i, value in results.items() if isinstance(value, engine.Failure)}
    assert reasons == {"die": "killed", "raise": "error", "hang": "timeout", "eat": "memory"}
    assert {tasks[i]: value for i, value in results.items() if tasks[i] not in reasons} == {n: n.upper() for n in "abcd"}
    assert results[3].detail == "ValueError: two"


def test_a_worker_killed_in_the_middle_costs_no_result(scheduler):
    running = dask_engine.run(process, range(60), scheduler=scheduler)
    index, victim = next(running)
    os.kill(victim, signal.SIGKILL)
    rest = dict(running)
    assert sorted([index, *rest]) == list(range(60))
    assert all(isinstance(value, int) for value in rest.values())


def test_few_tasks_are_under_way_at_once(scheduler):
    given = []

    class Tasks(UserList):
        def __getitem__(self, index):
            given.append(index)
            return index

    running = dask_engine.run(square, Tasks(range(200)), scheduler=scheduler)
    for done, _ in enumerate(running, start=1):
        assert len(given) <= done + 2 * 2
    assert given == list(range(200))


def test_a_worker_of_another_version_is_refused(scheduler, monkeypatch):
    monkeypatch.setattr(dask_engine, "__version__", "0.0.0")
    with pytest.raises(InputError, match=r"cannot do the work: RuntimeError: it has presstm .*, not 0\.0\.0"):
        list(dask_engine.run(square, [1], scheduler=scheduler))


def test_workers_with_several_threads_are_refused():
    with (
        cluster_of(1, threads_per_worker=2, processes=False, protocol="tcp://") as cluster,
        pytest.raises(InputError, match="--nthreads 1"),
    ):
        list(dask_engine.run(square, [1], scheduler=cluster.scheduler_address))


def test_a_scheduler_without_workers_is_left_after_a_while(monkeypatch):
    monkeypatch.setattr(dask_engine, "_PATIENCE", 0.1)
    with (
        cluster_of(0, processes=False, protocol="tcp://") as cluster,
        pytest.raises(InputError, match="no Dask worker came"),
    ):
        list(dask_engine.run(square, [1], scheduler=cluster.scheduler_address))


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("127.0.0.1:1", "no Dask scheduler answers at 127.0.0.1:1"),
        ("nonsense://host", "no Dask scheduler answers at nonsense://host"),
        ("scheduler.json", "scheduler.json is no address .* and no scheduler file"),
    ],
)
def test_a_scheduler_that_is_not_there_gets_one_line(monkeypatch, where, message):
    monkeypatch.setattr(dask_engine, "_CONNECT", "200ms")
    with pytest.raises(InputError, match=message) as caught:
        list(dask_engine.run(square, [1], scheduler=where))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_scheduler_file_gets_one_line(tmp_path):
    (tmp_path / "scheduler.json").write_text("{")
    with pytest.raises(InputError, match="no scheduler file"):
        list(dask_engine.run(square, [1], scheduler=str(tmp_path / "scheduler.json")))


def test_without_dask_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install 'presstm\[cluster\]'"):
        list(engine.spread(square, [1], EngineSettings(kind="dask")))


def test_what_is_lost_again_and_again_is_given_up_and_its_neighbour_is_not(monkeypatch):
    """With one worker, the killer waits behind its neighbour, which must not be blamed for it."""
    monkeypatch.setattr(dask_engine, "_TRIES", 2)
    with cluster_of(1) as cluster:
        results = dict(dask_engine.run(misbehave, ["a", "die"], scheduler=cluster.scheduler_address))
    assert results[0] == "A"
    assert results[1].reason == "killed"
