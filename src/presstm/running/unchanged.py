"""Which stages of `presstm run` are left out: nothing that they read has changed, and all that they wrote is there.

As DVC tells it: by content, never by the times of files. After a run, the content cache holds a hash of what each stage wrote, under
a key of all that it depends on: code and packages, the corpus, its settings and the files that these name, and all of that for
the stages before it, with what they wrote. The stages at the beginning for which this hash still holds are left out. What they
said of what they wrote is kept beside the hash.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from presstm import extract, files, schemas, study, tables
from presstm.running import cache
from presstm.study import Study

_PACKAGE = Path(study.__file__).parent
_TRIED_AGAIN = {"crashed", "memory", "timeout"}  # why there is no article or annotation: may not hold for the next run


class Done(NamedTuple):
    """The key of all that a stage depends on, a hash of what it wrote, and the lines that it told of it."""

    key: str
    written: str
    told: tuple[str, ...] = ()


def read_by(ours: Study, tell: Callable[[Path], str] = files.sha256) -> dict[str, str]:
    """For each stage, a hash of what it reads besides what the stages before it wrote: code and packages, the corpus, its own stage
    file and settings, and the files that these name; `tell` says what a file holds, or (`changed_at`) when it was changed.
    """
    sources = sorted(path for path in _PACKAGE.rglob("*") if path.suffix != ".pyc" and path.is_file())
    code = [part for path in sources for part in (path.name, tell(path))]
    packages = sorted({path.name for folder in sys.path for path in Path(folder).glob("*.dist-info")})
    same = cache.key([sys.version, extract.fingerprint(ours.corpus, ours.settings.extract, tell), *code, *packages])
    return {stage: cache.key([same, stage, *_own(ours, stage, tell)]) for stage in study.STAGES}


def changed_at(path: Path) -> str:
    """When a file was last changed, which nothing sets back: so a change that is undone is noticed."""
    return str(path.stat().st_ctime_ns)


def done(ours: Study, stage: str, read: Mapping[str, str], before: Sequence[Done]) -> Done:
    """What tells whether a stage need not be done again; `read` is what `read_by` gives, `before` are the stages before."""
    key = cache.key([read[stage], *(part for each in before for part in (each.key, each.written))])
    return Done(key, cache.key(_written(ours.out, stage)), tuple(ours.told))


def leading(ours: Study, stages: Sequence[str], read: Mapping[str, str]) -> list[Done]:
    """The stages at the beginning of `stages` that need not be done again."""
    found: list[Done] = []
    for stage in stages:
        one = done(ours, stage, read, found)
        written, *told = (cache.get(ours.cache, one.key) or b"").decode().split("\n")
        if not study.has_shipped_file(ours, stage) or written != one.written:
            break
        found.append(one._replace(told=tuple(told)))
    return found


def keep(ours: Study, stages: Sequence[Done], read: Mapping[str, str], changed: Mapping[str, str]) -> None:
    """Let the next run leave these stages out, unless what they read was changed meanwhile or something is to be tried again.

    Args:
        ours: the study.
        stages: what `done` gave for each stage, in their order.
        read: what `read_by` gave when the run began.
        changed: the same by `changed_at`.
    """
    if read_by(ours, changed_at) == changed and read_by(ours) == read and not _failed(ours.out):
        for one in stages:
            cache.put(ours.cache, one.key, "\n".join((one.written, *one.told)).encode("utf-8", "replace"))


def places(out: Path, stage: str) -> Iterator[Path]:
    """Where what a stage writes lies: files, and a folder."""
    for table in schemas.TABLES.values():
        if table.stage == stage:
            yield from (out / f"{table.name}.{ending}" for ending in ("parquet", "csv"))
    metrics = out / "metrics"
    yield metrics if metrics.is_symlink() else metrics / f"{stage}.json"
    yield out / stage


def _written(out: Path, stage: str) -> Iterator[str]:
    """Names and contents of what a stage wrote: plain files that can be read. What else stands there is none of it."""
    for path in sorted(_files(out, stage)):
        yield path.relative_to(out).as_posix()
        with contextlib.suppress(OSError):
            if path.is_file() and not path.is_symlink():
                yield files.sha256(path)


def _files(out: Path, stage: str) -> Iterator[Path]:
    for place in places(out, stage):
        if place.is_dir() and not place.is_symlink():
            yield from (path for path in place.rglob("*") if path.is_symlink() or not path.is_dir())
        elif place.is_symlink() or place.exists():
            yield place


def _own(ours: Study, stage: str, tell: Callable[[Path], str]) -> Iterator[str]:
    """The stage file of a stage, its settings, and hashes of the files that these name."""
    values = getattr(ours.settings, stage)
    yield tell(study.stage_file(ours, stage))
    yield values.model_dump_json()
    for name in _strings(values.model_dump()):
        yield from _named(ours, name, tell)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


def _named(ours: Study, name: str, tell: Callable[[Path], str]) -> Iterator[str]:
    """What is told of the files, or tables in the folder, that a setting names, in the study and among those that come with presstm."""
    for path in (folder / name for folder in (ours.root, study.shipped())):
        with contextlib.suppress(OSError, ValueError):  # most settings are no names of files
            for each in [path] if path.is_file() else sorted(path.glob("*.csv")):
                yield from (each.name, tell(each))
        yield ""


def _failed(out: Path) -> bool:
    """Whether files or articles failed for reasons that may not hold for the next run."""
    found = [tables.read(out, name, ["reason"]) for name in ("rejects", "quarantine") if (out / f"{name}.parquet").exists()]
    return any(not _TRIED_AGAIN.isdisjoint(table["reason"].to_pylist()) for table in found)
