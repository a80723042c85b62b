"""A stage done batch by batch of articles: memory stays small, and what no change touches comes from the cache.

A batch holds the articles whose ids begin alike. Ids are hashes, so batches are about equal, they follow each other in the order
of the tables, and an article that is added, changed or removed is the matter of one batch only.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import closure, tables
from presstm.running import cache as store

Batch = Mapping[str, pa.Table]
_LARGE = 50_000  # articles from which there are up to 4,096 batches and not up to 256
_ROWS = 65_536  # read at once


def number(folder: Path) -> int:
    """Number of batches of the articles in `folder`."""
    return len(prefixes(folder))


def prefixes(folder: Path) -> dict[str, int]:
    """How the ids of each batch of the articles in `folder` begin, in order, and the number of its articles."""
    ids = tables.read(folder, "articles", ["article_id"])["article_id"]
    counts = pc.value_counts(pc.utf8_slice_codeunits(ids, 0, digits(len(ids)))).to_pylist()
    return {count["values"]: count["counts"] for count in counts}


def digits(articles: int) -> int:
    """Number of characters of an id that tell the batch, for that many articles."""
    return 2 if articles < _LARGE else 3


def read(folder: Path, names: Mapping[str, Sequence[str] | None]) -> Iterator[dict[str, pa.Table]]:
    """Yield the rows of the articles of each batch, by table, in the order of the tables.

    Args:
        folder: where the tables lie.
        names: tables that have `article_id`, and the columns to read (None: all).

    Raises:
        InputError: a table is missing or damaged.
    """
    for _, batch in _batches(folder, names, digits(tables.count(folder, "articles")), None):
        yield batch


def read_some(
    folder: Path, names: Mapping[str, Sequence[str] | None], wanted: Collection[str]
) -> Iterator[tuple[str, dict[str, pa.Table]]]:
    """Yield (prefix, rows by table) of the batches with the prefixes `wanted`, reading only the parts of files that hold them.

    Arguments and errors as for `read`; a batch comes even if no table has a row of it.
    """
    ordered = sorted(wanted)
    if not ordered:
        return
    found = _batches(folder, names, len(ordered[0]), frozenset(ordered))
    prefix, batch = next(found, (None, {}))
    for one in ordered:
        if prefix == one:
            yield one, batch
            prefix, batch = next(found, (None, {}))
        else:
            yield one, {name: _empty(name, columns) for name, columns in names.items()}


def _batches(
    folder: Path, names: Mapping[str, Sequence[str] | None], length: int, wanted: frozenset[str] | None
) -> Iterator[tuple[str, dict[str, pa.Table]]]:
    streams = {name: _Stream(folder, name, columns, length, wanted) for name, columns in names.items()}
    while (first := min(filter(None, (stream.prefix for stream in streams.values())), default=None)) is not None:
        yield first, {name: stream.take(first) for name, stream in streams.items()}


def _empty(name: str, columns: Sequence[str] | None) -> pa.Table:
    table = tables.empty(name)
    return table if columns is None else table.select(list(columns))


class _Stream:
    """The batches of one table; `prefix` is how the ids of the next one begin, None after the last."""

    def __init__(
        self, folder: Path, name: str, columns: Sequence[str] | None, length: int, wanted: frozenset[str] | None
    ) -> None:
        cuts = _cut(tables.stream(folder, name, columns, _ROWS, wanted), length)
        self.cuts = cuts if wanted is None else _among(cuts, wanted)
        self.empty = _empty(name, columns)
        self.prefix: str | None
        self.prefix, self.rows = next(self.cuts, (None, self.empty))

    def take(self, prefix: str) -> pa.Table:
        if self.prefix != prefix:
            return self.empty
        taken = self.rows
        self.prefix, self.rows = next(self.cuts, (None, self.empty))
        return taken


def _among(cuts: Iterator[tuple[str, pa.Table]], wanted: frozenset[str]) -> Iterator[tuple[str, pa.Table]]:
    last = max(wanted)
    for prefix, rows in cuts:
        if prefix in wanted:
            yield prefix, rows
        if prefix >= last:
            return


def _cut(parts: Iterable[pa.Table], length: int) -> Iterator[tuple[str, pa.Table]]:
    """(prefix, rows) for each run of equal prefixes."""
    waiting: list[pa.Table] = []
    current = None
    for part in parts:
        prefixes = pc.utf8_slice_codeunits(part["article_id"].combine_chunks(), 0, length)
        ends = pc.run_end_encode(prefixes)
        starts = [0, *ends.run_ends.to_pylist()]
        for prefix, start, end in zip(ends.values.to_pylist(), starts[:-1], starts[1:], strict=True):
            if prefix != current and waiting:
                assert current is not None
                yield current, pa.concat_tables(waiting).combine_chunks()
                waiting = []
            current = prefix
            waiting.append(part.slice(start, end - start))
    if current is not None:
        yield current, pa.concat_tables(waiting).combine_chunks()


def results(
    batches: Iterable[Batch], make: Callable[[Batch], dict[str, pa.Table]], same: Sequence[str | bytes], folder: Path | None
) -> Iterator[dict[str, pa.Table]]:
    """Yield what `make` gives for each batch, from the cache where it is known.

    Args:
        batches: tables by name; `make` must look at nothing else, but for what `same` names.
        make: returns tables by name.
        same: what else the results depend on: `code` of the module, settings, files.
        folder: the content cache, or None.
    """
    for batch in batches:
        entry = store.key([*same, *(each for name in batch for each in (name, content(batch[name])))])
        made = stored(folder, entry)
        if made is None:
            made = make(batch)
            store.put(folder, entry, pack(made))
        yield made


def content(table: pa.Table) -> bytes:
    """Bytes that differ where the rows do, and only there: a slice is copied (joined to no rows, which takes a quarter of the time of
    `take`), because its offsets are those of what it is cut from."""
    table = pa.concat_tables([table, table.slice(0, 0)]).replace_schema_metadata(None).combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def digests(table: pa.Table, ends: Sequence[int]) -> list[str]:
    """A hash of each stretch of rows (up to the first end, from there to the second, …) that differs where they do, and only there,
    but for a stretch that does not lie in one chunk.

    The columns are laid out once for all stretches, which takes a tenth of the time of `content` of each.
    """
    rows = np.concatenate([[0], np.asarray(ends, np.int64)])
    names = store.key(f"{field.name} {field.type}" for field in table.schema).encode()
    found = [hashlib.sha256(names + size.tobytes()) for size in np.diff(rows)]
    for column in table.columns:
        begun = 0
        for array in column.chunks:
            for lane, places in _lanes(array, np.clip(rows - begun, 0, len(array))):
                bounds = places.tolist()
                for digest, start, end in zip(found, bounds[:-1], bounds[1:], strict=True):
                    digest.update(lane[start:end])
            begun += len(array)
    return [digest.hexdigest() for digest in found]


def _lanes(array: pa.Array, rows: np.ndarray[Any, Any]) -> Iterator[tuple[memoryview, np.ndarray[Any, Any]]]:
    """Buffers that hold all there is of an array, each with the places in it where the stretches between `rows` begin and end."""
    valid = array.is_valid().to_numpy(zero_copy_only=False)
    yield memoryview(valid.tobytes()), rows
    if array.null_count:
        array, rows = array.drop_null(), np.concatenate([[0], np.cumsum(valid)])[rows]
    kind = array.type
    if pa.types.is_struct(kind):
        for child in array.flatten():
            yield from _lanes(child, rows)
    elif pa.types.is_string(kind) or pa.types.is_list(kind):
        if not len(array):
            return
        places = np.frombuffer(array.buffers()[1], np.int32)[array.offset :][: len(array) + 1].astype(np.int64)
        yield memoryview(np.diff(places).tobytes()), rows * 8
        if pa.types.is_list(kind):
            yield from _lanes(array.values, places[rows])
        elif array.buffers()[2] is not None:
            yield memoryview(array.buffers()[2]), places[rows]
    else:
        values = array.to_numpy(zero_copy_only=False)
        yield memoryview(values.tobytes()), rows * values.dtype.itemsize


def pack(made: Mapping[str, pa.Table]) -> bytes:
    """Tables as Arrow streams one after the other, each with its name."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    for name, table in made.items():
        with pa.ipc.new_stream(sink, table.schema.with_metadata({"table": name}), options=options) as stream:
            stream.write_table(table)
    return bytes(sink.getvalue())


def stored(folder: Path | None, entry: str) -> dict[str, pa.Table] | None:
    """Tables that `pack` wrote and that lie in the content cache `folder`; None where there are none that can be read."""
    found = store.get(folder, entry)
    return None if found is None else unpack(found)


def unpack(stored: bytes) -> dict[str, pa.Table] | None:
    """Tables that `pack` wrote; None if they are none."""
    source, made = pa.BufferReader(stored), {}
    options = pa.ipc.IpcReadOptions(use_threads=False)  # these are too small for threads to pay
    try:
        while source.tell() < source.size():
            with pa.ipc.open_stream(source, options=options) as stream:
                table = stream.read_all()
            made[table.schema.metadata[b"table"].decode()] = table.replace_schema_metadata(None)
    except (pa.ArrowInvalid, OSError, KeyError, TypeError):
        return None
    return made


@functools.cache
def code(module: ModuleType) -> str:
    """A hash of the source of `module` and of all of presstm that it imports: part of the key of every result of it."""
    package, path = Path(closure.__file__).parent, Path(inspect.getfile(module))
    sources = [one.read_bytes() for one in closure.import_closure(path, package)]
    return store.key([path.read_bytes(), *sources])


def settings(model: Any) -> str:
    """Settings as part of a key."""
    return str(model.model_dump_json())
