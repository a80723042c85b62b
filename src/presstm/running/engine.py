"""Map a function over independent tasks in worker processes that may be lost without losing the rest.

Each worker is a spawned process that takes one task at a time over a pipe. A worker that dies, hangs or runs out of memory
costs its own task only: the task comes back as a `Failure` with a reason and a fresh worker takes the next one. A worker may
have been killed for no fault of its task, so a task whose worker was is tried once more. Where the system starts no more
processes, the workers left do the work; tasks that no worker is left for fail too. Results are yielded with the index of their
task, in any order; equal tasks give equal results whatever the number of workers.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from presstm.settings import EngineSettings

_SPAWN = multiprocessing.get_context("spawn")
_POLL = 0.5  # seconds between looks at deadlines
_START = 300.0  # seconds that a worker may take to start; they do not count as time of its first task
_STARTED = "started"


@dataclass(frozen=True)
class Failure:
    """Why a task has no result: `reason` is killed, timeout, memory or error; `detail` is one line."""

    reason: str
    detail: str


@dataclass(eq=False)
class _Worker:
    process: Any
    connection: Connection
    task: int | None = None
    started: bool = False
    seconds: float = float("inf")  # that the task may take
    deadline: float = float("inf")


def workers_for(requested: int, tasks: int) -> int:
    """How many workers to start: `requested`, or one per usable core when 0; never more than there are tasks."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(requested or cores, tasks))


def spread(
    function: Callable[[Any], Any],
    tasks: Sequence[Any],
    settings: EngineSettings,
    *,
    timeout: float | Sequence[float] | None = None,
    memory: int | None = None,
) -> Iterator[tuple[int, Any]]:
    """`run`, by the engine that the settings name."""
    if settings.kind == "dask":
        from presstm.running import dask_engine

        return dask_engine.run(
            function, tasks, workers=settings.workers, timeout=timeout, memory=memory, scheduler=settings.scheduler
        )
    return run(function, tasks, workers=settings.workers, timeout=timeout, memory=memory)


def run(
    function: Callable[[Any], Any],
    tasks: Sequence[Any],
    *,
    workers: int = 0,
    timeout: float | Sequence[float] | None = None,
    memory: int | None = None,
) -> Iterator[tuple[int, Any]]:
    """Call `function` on each task in worker processes.

    Args:
        function: a function of a module (workers import it by name).
        tasks: picklable arguments, one per call.
        workers: number of processes; 0 means one per usable core.
        timeout: seconds a task may take before its worker is killed; one number, or one for each task.
        memory: bytes of address space a worker may use beyond what it has at its start.

    Yields:
        (index of the task, its result or a `Failure`), as they come.
    """
    waiting = deque(range(len(tasks)))
    again: set[int] = set()
    limits = timeout if isinstance(timeout, Sequence) else [timeout] * len(tasks)
    wanted = workers_for(workers, len(tasks)) if tasks else 0
    pool = [worker for _ in range(wanted) if (worker := _start(function, memory)) is not None]
    try:
        for worker in pool:
            _give(worker, waiting, tasks, limits)
        while busy := [worker for worker in pool if worker.task is not None]:
            ready = wait([worker.connection for worker in busy], timeout=_POLL)
            now = time.monotonic()
            for worker in busy:
                index = worker.task
                assert index is not None
                if worker.connection in ready:
                    result = _take(worker)
                    if not worker.started and result == _STARTED:
                        worker.started, worker.deadline = True, now + worker.seconds
                        continue
                elif now > worker.deadline:
                    worker.process.kill()
                    result = Failure("timeout", f"took longer than {limits[index]:g} s")
                else:
                    continue
                retried = isinstance(result, Failure) and result.reason == "killed" and index not in again
                if retried:
                    again.add(index)
                    waiting.append(index)
                if isinstance(result, Failure) and result.reason != "error":
                    pool.remove(worker)
                    _stop(worker)
                    if fresh := _start(function, memory):
                        pool.append(fresh)
                        _give(fresh, waiting, tasks, limits)
                else:
                    _give(worker, waiting, tasks, limits)
                if not retried:
                    yield index, result
        for index in waiting:
            yield index, Failure("killed", "no worker process could be started")
    finally:
        for worker in pool:
            _stop(worker)


def _start(function: Callable[[Any], Any], memory: int | None) -> _Worker | None:
    """A worker, or None where the system refuses a process or a pipe."""
    try:
        ours, theirs = _SPAWN.Pipe()
    except OSError:
        return None
    process = _SPAWN.Process(target=_serve, args=(theirs, function, memory), daemon=True)
    try:
        process.start()
    except OSError:
        ours.close()
        return None
    finally:
        theirs.close()
    return _Worker(process, ours)


def _give(worker: _Worker, waiting: deque[int], tasks: Sequence[Any], limits: Sequence[float | None]) -> None:
    worker.task = task = waiting.popleft() if waiting else None
    seconds = None if task is None else limits[task]
    worker.seconds = seconds or float("inf")
    worker.deadline = time.monotonic() + (worker.seconds if worker.started else _START)
    if task is not None:
        # A worker that is already gone is noticed when its answer is read.
        with contextlib.suppress(OSError):
            worker.connection.send(tasks[task])


def _take(worker: _Worker) -> Any:
    try:
        return worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join(5)
        return Failure("killed", f"the worker ended with code {worker.process.exitcode}")


def _stop(worker: _Worker) -> None:
    """End a worker. It is killed, because one that holds a language model takes most of a second to clear up."""
    worker.connection.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()


def _serve(connection: Connection, function: Callable[[Any], Any], memory: int | None) -> None:
    """The worker: answer tasks until the parent is gone."""
    _end_with_parent()
    if memory is not None:
        limit_memory(memory)
    with contextlib.suppress(OSError):
        connection.send(_STARTED)
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        try:
            connection.send(answer(function, task))
        except OSError:
            return


def _end_with_parent() -> None:
    """Let the system kill this process when the one that started it dies, even in the middle of a task (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes
    import signal

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # 1 = PR_SET_PDEATHSIG
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():
        os._exit(1)


def answer(function: Callable[[Any], Any], task: Any, raised: tuple[type[Exception], ...] = ()) -> Any:
    """The result of a task, or the `Failure` that an error comes to, unless it is one to be raised."""
    try:
        return function(task)
    except raised:
        raise
    except MemoryError:
        return Failure("memory", "needed more memory than there is")
    except Exception as error:
        return Failure("error", line(error))


def line(error: BaseException) -> str:
    """An error in one line of at most 300 characters."""
    return f"{type(error).__name__}: {error}".splitlines()[0][:300]


def limit_memory(extra: int) -> None:
    """Cap the address space of this process (no effect where the system has no such limit)."""
    if not sys.platform.startswith("linux"):
        return
    import resource
    from pathlib import Path

    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = used + extra
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
