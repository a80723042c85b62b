"""Files that come from the content cache where nothing that they show has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from presstm import batches, cache


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
    stored = cache.get(folder, entry)
    known = None if stored is None else batches.unpack(stored)
    if known and "files" in known:
        table = known["files"]
        return dict(zip(table["name"].to_pylist(), table["content"].to_pylist(), strict=True))
    made = dict(make())
    table = pa.table({"name": pa.array(list(made), pa.string()), "content": pa.array(list(made.values()), pa.binary())})
    cache.put(folder, entry, batches.pack({"files": table}))
    return made
