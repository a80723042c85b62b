"""Tables as `presstm.schemas` declares them: made, checked, written and read; the only Parquet and CSV input and output."""

from __future__ import annotations

import bisect
import contextlib
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from presstm import files
from presstm.errors import InputError
from presstm.schemas import TABLES

_GROUP = 131_072  # rows written at once where a table is written in pieces
_ROWS = 65_536  # rows read at once where not all are kept
_TEXTS = ("article_id", "title", "text")  # of articles: what all other tables speak of
_STAMP = b"texts"  # under which every file of a table holds a hash of the texts that it was made from


def from_rows(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Build table `name` from one mapping per row; checked and sorted by its key."""
    return conform(name, pa.Table.from_pylist(list(rows), schema=_nullable(TABLES[name].schema)))


def from_columns(name: str, columns: Mapping[str, Any]) -> pa.Table:
    """Build table `name` from one array or list per column; checked and sorted by its key."""
    schema = TABLES[name].schema
    arrays = {column: pa.array(columns[column], schema.field(column).type) for column in schema.names}
    return conform(name, pa.table(arrays))


def empty(name: str) -> pa.Table:
    """Table `name` without rows."""
    return TABLES[name].schema.empty_table()


def tuples(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, each as the values of some columns; all of them, if none are named."""
    return zip(*(table[column].to_pylist() for column in columns or table.column_names), strict=True)


def conform(name: str, table: pa.Table) -> pa.Table:
    """Cast to the schema, check, and sort by the key.

    Raises:
        AssertionError: the table breaks its own contract, which is a fault of the program and not of its user.
    """
    spec = TABLES[name]
    if table.column_names != spec.schema.names:
        table = table.select(spec.schema.names)
    table = table.cast(_nullable(spec.schema))
    for column in spec.schema:
        assert column.nullable or table[column.name].null_count == 0, f"{name}.{column.name}: null"
    table = table.cast(spec.schema)
    for column_name, values in spec.allowed.items():
        found = set(pc.unique(table[column_name]).to_pylist()) - {None, *values}
        assert not found, f"{name}.{column_name}: {sorted(found)}"
    for column_name, (low, high) in spec.ranges.items():
        bounds = pc.min_max(table[column_name]).as_py()
        assert bounds["min"] is None or low <= bounds["min"] <= bounds["max"] <= high, f"{name}.{column_name}: {bounds}"
    if _in_order(table, spec.key):
        return table
    assert len(table.group_by(list(spec.key)).aggregate([])) == len(table), f"{name}: {spec.key} is not unique"
    return table.sort_by([(column_name, "ascending") for column_name in spec.key])


def _in_order(table: pa.Table, key: Sequence[str]) -> bool:
    """Whether each row's key is greater than the one before: then the rows are sorted and the keys unique."""
    rows = max(len(table) - 1, 0)
    greater = None
    for name in reversed(key):
        before, after = table[name].slice(0, rows), table[name].slice(1)
        try:
            here = pc.greater(after, before)
        except pa.ArrowNotImplementedError:
            return False
        greater = here if greater is None else pc.or_(here, pc.and_(pc.equal(after, before), greater))
    return greater is None or rows == 0 or pc.all(greater, skip_nulls=False).as_py() is True


def check_foreign(tables: Mapping[str, pa.Table]) -> None:
    """Check that every reference between `tables` points at a row.

    Raises:
        AssertionError: a reference points nowhere.
    """
    for name, table in tables.items():
        for column, target in TABLES[name].foreign.items():
            other, _, other_column = target.partition(".")
            missing = set(pc.unique(table[column]).to_pylist()) - set(tables[other][other_column].to_pylist()) - {None}
            assert not missing, f"{name}.{column} -> {target}: {sorted(missing)[:3]}"


def check_order(folder: Path, stages: Sequence[str]) -> None:
    """Check that the tables of `stages` were made after those that they refer to, by one reference of each stage.

    Raises:
        InputError: one speaks of articles or entities that are no longer there, or not of one that is new; with the stage to run.
    """
    references: dict[tuple[str, str], tuple[str, str]] = {}
    for table in TABLES.values():
        if table.stage in stages and (folder / f"{table.name}.parquet").is_file():
            for column, target in table.foreign.items():
                references.setdefault((table.stage, target), (table.name, column))
    for (stage, target), (name, column) in references.items():
        other, _, other_column = target.partition(".")
        known = read(folder, other, [other_column])[other_column]
        parts = [pc.unique(part[column]) for part in stream(folder, name, [column], _ROWS)]
        named = pa.chunked_array(parts, pa.string()).drop_null()
        wanted = [(named, known), *([(known, named)] if name == "reuse" else [])]
        if not all(pc.all(pc.is_in(some, among)).as_py() is not False for some, among in wanted):
            raise InputError(
                f"{folder / name}.parquet is out of date (the {other} have changed since): run `presstm {stage}`, "
                "or all stages with `dvc repro`"
            )


def read(folder: Path, name: str, columns: Sequence[str] | None = None, where: str | None = None) -> pa.Table:
    """Read table `name` of `folder`; with `where`, only the rows in which this column (one of `columns`) is true.

    Raises:
        InputError: the table is missing or damaged.
    """
    if where is not None:
        parts = [part.filter(part[where]) for part in stream(folder, name, columns, _ROWS)]
        schema = TABLES[name].schema.empty_table()
        return pa.concat_tables([schema.select(list(columns or schema.column_names)), *parts])
    with _reading(folder, name) as path:
        table = pq.read_table(path, columns=list(columns) if columns else None).replace_schema_metadata(None)
        key = TABLES[name].key
        ordered = all(column in table.column_names and not table.schema.field(column).nullable for column in key)
        if ordered and not _in_order(table, key):  # a null has no place in an order
            raise pa.ArrowInvalid("its rows are double or out of order")
        return table


def count(folder: Path, name: str) -> int:
    """Number of rows of table `name` of `folder`.

    Raises:
        InputError: the table is missing or damaged.
    """
    with _reading(folder, name) as path:
        return int(pq.read_metadata(path).num_rows)


def stream(
    folder: Path, name: str, columns: Sequence[str] | None, rows: int, wanted: Collection[str] | None = None
) -> Iterator[pa.Table]:
    """Yield table `name` of `folder` in pieces of at most `rows` rows.

    Args:
        folder: where it lies.
        name: the table.
        columns: those to read, None for all.
        rows: number of rows.
        wanted: how the article_ids begin (with equally many characters) that are looked for; what follows may hold others too.

    Raises:
        InputError: the table is missing or damaged.
    """
    with _reading(folder, name) as path, pq.ParquetFile(path) as file:
        groups = None if wanted is None else _groups_with(file.metadata, sorted(wanted))
        for batch in file.iter_batches(rows, row_groups=groups, columns=list(columns) if columns else None):
            yield pa.Table.from_batches([batch]).replace_schema_metadata(None)


def _groups_with(metadata: pq.FileMetaData, wanted: Sequence[str]) -> list[int]:
    """The row groups that may hold article_ids that begin with a prefix in `wanted` (sorted), by their statistics."""
    place = metadata.schema.names.index("article_id")
    found = []
    for group in range(metadata.num_row_groups):
        known = metadata.row_group(group).column(place).statistics
        if known is not None and known.has_min_max:
            low, high = known.min[: len(wanted[0])], known.max[: len(wanted[0])]
            if bisect.bisect_left(wanted, low) == bisect.bisect_right(wanted, high):
                continue
        found.append(group)
    return found


@contextlib.contextmanager
def _reading(folder: Path, name: str) -> Iterator[Path]:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise InputError(f"{path} is missing: run the stage that makes it, {TABLES[name].stage}")
    try:
        schema = pq.read_schema(path)
        if not schema.equals(TABLES[name].schema):
            raise pa.ArrowInvalid(f"its columns are not those of table {name}")
        made_from, there = (schema.metadata or {}).get(_STAMP), _stamp(folder).get(_STAMP)
        if made_from and there and made_from != there:
            raise InputError(
                f"{path} is out of date (the texts of the articles have changed since): run `presstm {TABLES[name].stage}`, "
                "or all stages with `dvc repro`"
            )
        yield path
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{path} cannot be read ({reason}): run stage {TABLES[name].stage} again") from error


def _stamp(folder: Path) -> dict[bytes, bytes]:
    """What a file that is made in `folder` now says of the texts that are there; empty where there are none."""
    try:
        found = pq.read_schema(folder / "articles.parquet").metadata or {}
    except (pa.ArrowException, OSError):
        return {}
    return {_STAMP: found[_STAMP]} if _STAMP in found else {}


def _texts(articles: pa.Table) -> bytes:
    digest = hashlib.sha256()
    for batch in articles.select(_TEXTS).to_batches(max_chunksize=1000):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            for data in map(str.encode, row):
                digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest().encode()


def write_parts(folder: Path, names: Sequence[str], parts: Iterable[Mapping[str, pa.Table]]) -> None:
    """Write tables piece by piece, as one Parquet file each, all put in place at the end.

    Args:
        folder: where they go.
        names: the tables.
        parts: consecutive pieces of each: their article_ids grow from one piece to the next.

    Raises:
        OutputError: the folder cannot be written.
    """
    _write_parts(folder, names, {}, parts)


def _write_parts(
    folder: Path, names: Sequence[str], opened: Mapping[str, _Parts], parts: Iterable[Mapping[str, pa.Table]]
) -> None:
    if not names:
        for part in parts:
            for name, one in opened.items():
                one.add(part[name])
        return
    name, *others = names

    def fill(path: Path) -> None:
        with pq.ParquetWriter(path, TABLES[name].schema.with_metadata(_stamp(folder)), compression="zstd") as writer:
            mine = _Parts(name, writer)
            _write_parts(folder, others, {**opened, name: mine}, parts)
            mine.flush()

    files.write_with(folder / f"{name}.parquet", fill)


@dataclass
class _Parts:
    """Pieces of a table on their way to a file, joined to groups of some size, which are checked."""

    name: str
    writer: pq.ParquetWriter
    waiting: list[pa.Table] = field(default_factory=list)
    rows: int = 0
    last: str = ""

    def add(self, part: pa.Table) -> None:
        if not len(part):
            return
        ids = pc.min_max(part["article_id"]).as_py()
        assert self.last < ids["min"], f"{self.name}: pieces are not in order"
        self.last = ids["max"]
        self.waiting.append(part)
        self.rows += len(part)
        if self.rows >= _GROUP:
            self.flush()

    def flush(self) -> None:
        if self.waiting:
            self.writer.write_table(conform(self.name, pa.concat_tables(self.waiting)))
        self.waiting, self.rows = [], 0


def write(folder: Path, name: str, table: pa.Table) -> None:
    """Write table `name` into `folder` as Parquet, and as CSV where people read it; atomically.

    Raises:
        OutputError: the folder cannot be written.
    """
    table = conform(name, table)
    stamp = {_STAMP: _texts(table)} if name == "articles" else _stamp(folder)
    stamped = table.replace_schema_metadata(stamp)
    files.write_with(folder / f"{name}.parquet", lambda path: pq.write_table(stamped, path, compression="zstd"))
    if TABLES[name].csv:
        files.write_with(folder / f"{name}.csv", lambda path: pacsv.write_csv(_rounded(table), path))


def _rounded(table: pa.Table) -> pa.Table:
    for i, column in enumerate(table.schema):
        if pa.types.is_floating(column.type):
            table = table.set_column(i, column.name, pc.round(table[column.name], 6))
    return table


def _nullable(schema: pa.Schema) -> pa.Schema:
    return pa.schema([column.with_nullable(True) for column in schema])
