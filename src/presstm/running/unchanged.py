"""Which stages of `presstm run` are left out: nothing that they read has changed, and all that they wrote is there.

As DVC tells it: by content, never by the times of files. After a run, the content cache holds a hash of what each stage wrote, under
a key of all that it depends on: code and packages, the corpus, its settings and the files that these name, and all of that for
the stages before it, with what they wrote. The stages at the beginning for which this hash still holds are left out.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from presstm import extract, files, schemas, study, tables
from presstm.running import cache
from presstm.study import Study

_PACKAGE = Path(study.__file__).parent
_TRIED_AGAIN = {"crashed", "memory", "timeout"}  # why there is no article or annotation: may not hold for the next run


class Done(NamedTuple):
    """The key of all that a stage depends on, and a hash of what it wrote."""

    key: str
    written: str


def common(ours: Study) -> str:
    """A hash of what every stage depends on: the code, the packages installed, and the corpus."""
    sources = [*_PACKAGE.rglob("*"), *(study.shipped() / "pipelines").glob("*.py")]
    parts: list[str | bytes] = [sys.version, extract.fingerprint(ours.corpus, ours.settings.extract)]
    for path in sorted(path for path in sources if path.suffix != ".pyc" and path.is_file()):
        parts += [path.name, path.read_bytes()]
    return cache.key([*parts, *sorted({path.name for folder in sys.path for path in Path(folder).glob("*.dist-info")})])


def done(ours: Study, stage: str, same: str, before: Sequence[Done]) -> Done:
    """What tells whether a stage need not be done again; `same` is what `common` gives, `before` are the stages before."""
    values = getattr(ours.settings, stage)
    named = (part for name in _strings(values.model_dump()) for part in _named(ours, name))
    key = cache.key([stage, same, *(part for each in before for part in each), values.model_dump_json(), *named])
    return Done(key, cache.key(_written(ours.out, stage)))


def leading(ours: Study, stages: Sequence[str], same: str) -> list[Done]:
    """The stages at the beginning of `stages` that need not be done again."""
    found: list[Done] = []
    for stage in stages:
        one = done(ours, stage, same, found)
        if not study.has_shipped_file(ours, stage) or cache.get(ours.cache, one.key) != one.written.encode():
            break
        found.append(one)
    return found


def keep(ours: Study, stages: Sequence[Done], same: str) -> None:
    """Let the next run leave these stages out, unless code or corpus changed meanwhile or something is to be tried again."""
    if common(ours) == same and not _failed(ours.out):
        for one in stages:
            cache.put(ours.cache, one.key, one.written.encode())


def places(out: Path, stage: str) -> Iterator[Path]:
    """Where what a stage writes lies: files, and a folder."""
    for table in schemas.TABLES.values():
        if table.stage == stage:
            yield from (out / f"{table.name}.{ending}" for ending in ("parquet", "csv"))
    metrics = out / "metrics"
    yield metrics if metrics.is_symlink() else metrics / f"{stage}.json"
    yield out / stage


def _written(out: Path, stage: str) -> Iterator[str]:
    """Names and contents of what a stage wrote; it writes no links, so one that stands there is none of it."""
    for path in sorted(_files(out, stage)):
        yield path.relative_to(out).as_posix()
        yield "link" if path.is_symlink() else files.sha256(path)


def _files(out: Path, stage: str) -> Iterator[Path]:
    for place in places(out, stage):
        if place.is_dir() and not place.is_symlink():
            yield from (path for path in place.rglob("*") if path.is_symlink() or not path.is_dir())
        elif place.is_symlink() or place.exists():
            yield place


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


def _named(ours: Study, name: str) -> Iterator[str]:
    """Hashes of the files, or tables in the folder, that a setting names, in the study and among those that come with presstm."""
    for path in (folder / name for folder in (ours.root, study.shipped())):
        with contextlib.suppress(OSError, ValueError):  # most settings are no names of files
            for each in [path] if path.is_file() else sorted(path.glob("*.csv")):
                yield from (each.name, files.sha256(each))
        yield ""


def _failed(out: Path) -> bool:
    """Whether files or articles failed for reasons that may not hold for the next run."""
    found = [tables.read(out, name, ["reason"]) for name in ("rejects", "quarantine") if (out / f"{name}.parquet").exists()]
    return any(not _TRIED_AGAIN.isdisjoint(table["reason"].to_pylist()) for table in found)
