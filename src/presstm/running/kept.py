"""Files, and lines of them, that come from the content cache where nothing that they show has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from presstm import tables
from presstm.running import batches, cache


def files(folder: Path | None, depends: Iterable[str | bytes], make: Callable[[], Mapping[str, bytes]]) -> dict[str, bytes]:
    """What `make` gives (name -> content), from the cache in `folder` where it is known.

    Args:
        folder: the content cache, or None.
        depends: all that the contents depend on, the code included.
        make: makes them anew.
    """
    if folder is None:
        return dict(make())
    entry = cache.key(depends)
    known = _stored(folder, entry)
    if known is not None:
        return known
    made = dict(make())
    _store(folder, entry, made)
    return made


def lines(folder: Path | None, file: Iterable[str | bytes], wanted: Sequence[str], make: Callable[[int], str]) -> list[str]:
    """What `make` gives for the number of each line, made anew only where the file did not hold that line last time.

    Args:
        folder: the content cache, or None.
        file: what tells the file from others, and all that its lines depend on but for what `wanted` says of each.
        wanted: for each line, what else it depends on.
        make: makes a line.
    """
    entry = cache.key(file)
    known = _stored(folder, entry) or {}
    held = {}
    for number, key in enumerate(wanted):
        if key not in held:
            held[key] = known[key] if key in known else make(number).encode("utf-8", "replace")
    if held.keys() != known.keys():
        _store(folder, entry, held)
    return [held[key].decode() for key in wanted]


def _stored(folder: Path | None, entry: str) -> dict[str, bytes] | None:
    known = batches.stored(folder, entry)
    if not known or "files" not in known:
        return None
    return dict(tables.tuples(known["files"], "name", "content"))


def _store(folder: Path | None, entry: str, made: Mapping[str, bytes]) -> None:
    table = pa.table({"name": pa.array(list(made), pa.string()), "content": pa.array(list(made.values()), pa.binary())})
    cache.put(folder, entry, batches.pack({"files": table}))
