"""The engine `dask`: tasks on the workers of a Dask cluster, with the same results and failures as worker processes.

A worker has one thread and holds two tasks at most: one at work, one that waits, so that little is under way whatever the
number of tasks. Tasks whose worker is lost start again, each then alone on its worker, so that none is blamed for another; a
task at which three workers were lost has failed. A worker ends itself when a task takes too long. Dask is imported inside of functions: it is an extra, `presstm[cluster]`.
"""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import itertools
import json
import logging
import os
import queue
import re
import sys
import time
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from presstm import __version__
from presstm.errors import InputError
from presstm.running import engine

_HELD = 2  # tasks of a worker: one at work, one that waits
_TRIES = 3  # workers that may be lost at a task
_POLL = 0.5  # seconds between looks at which workers are there
_PATIENCE = 3600.0  # seconds without any worker: jobs wait in a queue
_CONNECT = "30s"


def run(
    function: Callable[[Any], Any],
    tasks: Sequence[Any],
    *,
    workers: int = 0,
    timeout: float | Sequence[float] | None = None,
    memory: int | None = None,
    scheduler: str | None = None,
) -> Iterator[tuple[int, Any]]:
    """Call `function` on each task on the workers of a cluster: as `engine.run`, which see.

    Args:
        function: a function of a module that the workers can import.
        tasks: picklable arguments, one per call.
        workers: number of workers of a cluster of this machine; one that runs already has its own.
        timeout: seconds a task may take before its worker ends; one number, or one for each task.
        memory: bytes of address space that a task may add to its worker.
        scheduler: address, or scheduler file, of a cluster that runs already; None starts one on this machine.

    Yields:
        (index of the task, its result or an `engine.Failure`), as they come.

    Raises:
        InputError: Dask is not installed, the scheduler is not reached or lost, or its workers cannot do the work.
    """
    if not len(tasks):
        return
    limits = timeout if isinstance(timeout, Sequence) else [timeout] * len(tasks)
    with _connected(scheduler, engine.workers_for(workers, len(tasks))) as client:
        try:
            yield from _Spread(client, function, tasks, limits, memory).results()
        except OSError as error:
            raise InputError(f"the Dask scheduler was lost: {engine.line(error)}") from None


class _Spread:
    """The tasks of one run: those that wait, and which worker holds which."""

    def __init__(
        self,
        client: Any,
        function: Callable[[Any], Any],
        tasks: Sequence[Any],
        limits: Sequence[float | None],
        memory: int | None,
    ) -> None:
        self.client, self.function, self.tasks, self.limits, self.memory = client, function, tasks, limits, memory
        self.waiting = deque(range(len(tasks)))
        self.coming: dict[str, Any] = {}  # futures of workers that import what the tasks need
        self.held: dict[str, deque[int]] = {}  # by address of the worker, in the order of work
        self.since: dict[str, float] = {}  # when its first task began
        self.futures: dict[int, Any] = {}
        self.lost: Counter[int] = Counter()
        self.alone: set[int] = set()
        self.answers: queue.SimpleQueue[tuple[int, Any, Any]] = queue.SimpleQueue()
        self.turn = itertools.count()

    def results(self) -> Iterator[tuple[int, Any]]:
        looked, seen = float("-inf"), time.monotonic()
        while self.waiting or self.futures:
            now = time.monotonic()
            if now >= looked + _POLL:
                yield from self._look(now)
                looked, seen = now, now if self.held or self.coming else seen
                if now > seen + _PATIENCE:
                    raise InputError(f"no Dask worker came in {_PATIENCE:.0f} s: start workers for this scheduler")
            self._give()
            try:
                index, future, value = self.answers.get(timeout=_POLL)
            except queue.Empty:
                continue
            if self.futures.get(index) is future:  # or it was taken back, its worker lost
                yield index, self._taken(index, value)

    def _look(self, now: float) -> Iterator[tuple[int, Any]]:
        """See which workers came and went; tasks of those that went wait again, or have failed."""
        threads = self.client.nthreads()
        if crowded := [address for address, count in threads.items() if count > 1]:
            raise InputError(f"the Dask worker {crowded[0]} has more than one thread: start workers with --nthreads 1")
        for address in self.held.keys() - threads.keys():
            tasks = self.held.pop(address)
            self.alone.update(tasks)
            for index in reversed(tasks):
                self.futures.pop(index).release()
                failure = self._blame(index, now - self.since[address]) if index == tasks[0] else None
                if failure is None:
                    self.waiting.appendleft(index)
                else:
                    yield index, failure
        for address in self.coming.keys() - threads.keys():
            self.coming.pop(address).release()
        for address in threads.keys() - self.held.keys() - self.coming.keys():
            self.coming[address] = self.client.submit(_ready, __version__, self.function, workers=[address], pure=False)
        for address in [address for address, future in self.coming.items() if future.done()]:
            future = self.coming.pop(address)
            if future.status == "error":
                raise InputError(f"the Dask worker {address} cannot do the work: {engine.line(future.exception())}")
            self.held[address] = deque()

    def _blame(self, index: int, seconds: float) -> engine.Failure | None:
        """Why a task is given up whose worker was lost after so many seconds of work; None if it may start again."""
        limit = self.limits[index]
        if limit and seconds >= limit:
            return engine.Failure("timeout", f"took longer than {limit:g} s")
        self.lost[index] += 1
        return engine.Failure("killed", f"{_TRIES} workers were lost at it") if self.lost[index] == _TRIES else None

    def _give(self) -> None:
        for many, (address, tasks) in itertools.product(range(1, _HELD + 1), self.held.items()):
            if not self.waiting or len(tasks) >= many or (tasks and not self.alone.isdisjoint((tasks[0], self.waiting[0]))):
                continue
            index = self.waiting.popleft()
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Sending large graph", UserWarning)  # one article may be that large
                future = self.client.submit(
                    _call,
                    (self.function, self.tasks[index], self.limits[index], self.memory),
                    workers=[address],
                    priority=-next(self.turn),
                    pure=False,
                )
            if not tasks:
                self.since[address] = time.monotonic()
            tasks.append(index)
            self.futures[index] = future
            future.add_done_callback(functools.partial(self._fetch, index))

    def _fetch(self, index: int, future: Any) -> None:
        """Bring an answer here; runs in a thread of the client, and waits as long as a lost worker's future is not released."""
        try:
            value = future.result()
        except Exception as error:
            value = error
        self.answers.put((index, future, value))

    def _taken(self, index: int, value: Any) -> Any:
        if isinstance(value, Exception):
            raise InputError(f"the Dask workers cannot go on: {engine.line(value)}") from None
        self.futures.pop(index).release()
        for address, tasks in self.held.items():
            if index in tasks:
                tasks.remove(index)
                self.since[address] = time.monotonic()
        return value


def _ready(version: str, function: Callable[[Any], Any]) -> None:
    """Get a worker ready: what `function` needs was imported with it."""
    if version != __version__:
        raise RuntimeError(f"it has presstm {__version__}, not {version}")


def _call(work: tuple[Callable[[Any], Any], Any, float | None, int | None]) -> Any:
    """Do a task, on the worker; the answer as `engine` has it."""
    function, task, limit, memory = work
    with _within(limit, memory):
        return engine.answer(function, task)


@contextlib.contextmanager
def _within(limit: float | None, memory: int | None) -> Iterator[None]:
    """End this process after `limit` seconds, even if it hangs in compiled code; cap its address space meanwhile."""
    with contextlib.ExitStack() as stack:
        if memory is not None and sys.platform.startswith("linux"):
            import resource

            stack.callback(resource.setrlimit, resource.RLIMIT_AS, resource.getrlimit(resource.RLIMIT_AS))
            engine.limit_memory(memory)
        if limit:
            nowhere = stack.enter_context(Path(os.devnull).open("w"))
            faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
            stack.callback(faulthandler.cancel_dump_traceback_later)
        yield


@contextlib.contextmanager
def _connected(scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of the cluster; one of this machine is started, and closed to other users by certificates of its own."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("engine.kind: dask needs Dask, which is not installed: pip install 'presstm[cluster]'") from None
    with contextlib.ExitStack() as stack:
        if scheduler is None:
            # Or the cluster gives a worker up that happens to be starting again 15 seconds after it was lost.
            stack.enter_context(dask.config.set({"distributed.deploy.lost-worker-timeout": "1000 days"}))
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                memory_limit=None,
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
                protocol="tls://",
                security=True,
            )
            address = stack.enter_context(cluster)
        else:
            address = _address(scheduler)
        try:
            client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError, RuntimeError) as error:
            raise InputError(f"no Dask scheduler answers at {scheduler}: {engine.line(error)}") from None
        yield stack.enter_context(client)


def _address(scheduler: str) -> str:
    """The address itself, or the one in a scheduler file."""
    if "://" in scheduler or re.search(r":\d+$", scheduler):
        return scheduler
    try:
        return str(json.loads(Path(scheduler).read_bytes())["address"])
    except (OSError, ValueError, LookupError, TypeError):
        raise InputError(
            f"engine.scheduler: {scheduler} is no address (tcp://host:8786) and no scheduler file of a running cluster"
        ) from None
