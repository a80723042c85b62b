"""Run every stage of a study, killing it in the middle of its writes first: `python -m tests.faults.crash STUDY REFERENCE`.

A stage runs in a forked child (the imports are paid once). At the n-th write the child writes half of the file, or has its
temporary half-filled, and kills itself by SIGKILL; then everything visible in the results must be whole, that is, equal to
the reference. At last the stage runs undisturbed. Prints one line of JSON per stage.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import signal
import sys
from pathlib import Path

from presstm import study
from tests.faults import small

_KILLS = 2  # per stage, besides its first and last write


def _arm(fatal: int | None) -> list[int]:
    """Count writes (whole files, and files put in their place), and die in the middle of write `fatal`."""
    count = [0]
    write_bytes, replace = Path.write_bytes, Path.replace

    def due() -> bool:
        count[0] += 1
        return fatal is not None and count[0] > fatal

    def writing(path: Path, data: bytes) -> int:
        if due():
            write_bytes(path, data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return write_bytes(path, data)

    def replacing(path: Path, target: Path) -> Path:
        if due():
            if path.is_file():
                os.truncate(path, path.stat().st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)
        return replace(path, target)

    Path.write_bytes, Path.replace = writing, replacing  # type: ignore[method-assign, assignment]
    return count


def _child(root: Path, stage: str, fatal: int | None) -> tuple[int, int]:
    """(status, writes counted) of a forked child that runs the stage."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            count = _arm(fatal)
            ours = study.open_study(root)
            with study.alone(ours):
                study.run_stage(ours, stage)
            os.write(writer, str(count[0]).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with open(reader, encoding="ascii") as handle:  # noqa: PTH123
        written = handle.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), int(written or 0)


def main(root: Path, reference: Path) -> None:
    """See the module."""
    wanted = small.results(reference)
    for stage in study.STAGES:
        importlib.import_module(f"presstm.{stage}")
    chance = random.Random(20190524)
    for stage in study.STAGES:
        early = [_child(root, stage, fatal)[0] for fatal in (1, 4)]  # with a cold cache, which is written first
        assert set(early) <= {-signal.SIGKILL, 0}, (stage, early)
        before = small.results(root / "results")
        _child(root, stage, None)
        status, writes = _child(root, stage, None)  # how many writes there are to die in
        assert (status, writes > 0) == (0, True), (stage, status)
        for name in small.results(root / "results").keys() - before.keys():
            (root / "results" / name).unlink()
        moments = {0, writes - 1, *chance.sample(range(writes), min(_KILLS, writes))}
        kills = early.count(-signal.SIGKILL)
        for fatal in sorted(moments):
            status, _ = _child(root, stage, fatal)
            # What an earlier kill removed needs one write less, so that the last moment may never come.
            assert status == -signal.SIGKILL or (status, fatal) == (0, writes - 1), (stage, fatal, status)
            kills += status != 0
            broken = {name for name, digest in small.results(root / "results").items() if wanted[name] != digest}
            assert not broken, (stage, fatal, broken)
        status, _ = _child(root, stage, None)
        assert status == 0, (stage, status)
        print(json.dumps({"stage": stage, "writes": writes, "kills": kills}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
