"""Rows of tables: decoded by article, when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from presstm.running import batches

Row = Mapping[str, Any]
_BLOCK = 32  # articles whose rows are decoded at once
_KEPT = 4  # blocks that stay decoded


class ByArticle:
    """Rows of a table that is sorted by article, decoded when they are asked for, those of neighbours with them.

    So a corpus lies in memory once, as Arrow does it. `row` is for access in any order, `get` for that of the table.
    """

    def __init__(self, table: pa.Table | None) -> None:
        self.table = pa.table({"article_id": pa.array([], pa.string())}) if table is None else table.combine_chunks()
        runs = pc.run_end_encode(self.table["article_id"].combine_chunks())
        self._ends = [0, *runs.run_ends.to_pylist()]
        self._number = {key: number for number, key in enumerate(runs.values.to_pylist())}
        self._block = lru_cache(_KEPT)(self._decode)

    def span(self, article_ids: Sequence[str]) -> pa.Table | None:
        """The rows of articles that follow one another; None if there are none."""
        found = [self._number[article_id] for article_id in article_ids if article_id in self._number]
        return self.table.slice(self._ends[found[0]], self._ends[found[-1] + 1] - self._ends[found[0]]) if found else None

    def digests(self) -> dict[str, str]:
        """A hash of the rows of each article that has some."""
        return dict(zip(self._number, batches.digests(self.table, self._ends[1:]), strict=True))

    def get(self, article_id: str) -> Sequence[Row]:
        """All rows of an article."""
        number = self._number.get(article_id)
        if number is None:
            return []
        first = number - number % _BLOCK
        start = self._ends[first]
        return self._block(first)[self._ends[number] - start : self._ends[number + 1] - start]

    def row(self, article_id: str, number: int) -> Row:
        """One row of an article."""
        return self.table.slice(self._ends[self._number[article_id]] + number, 1).to_pylist()[0]  # type: ignore[no-any-return]

    def _decode(self, first: int) -> Sequence[Row]:
        last = min(first + _BLOCK, len(self._number))
        return decoded(self.table.slice(self._ends[first], self._ends[last] - self._ends[first]))


def decoded(table: pa.Table) -> list[dict[str, Any]]:
    """The rows as `to_pylist` gives them, faster for whole numbers and for strings that repeat."""
    columns = [_values(column) for column in table.columns]
    names = table.column_names
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_integer(column.type) and not column.null_count:
        return column.to_numpy().tolist()  # type: ignore[no-any-return]
    if pa.types.is_string(column.type):
        coded = column.combine_chunks().dictionary_encode()
        if isinstance(coded, pa.ChunkedArray):
            return column.to_pylist()  # type: ignore[no-any-return]
        words = [*coded.dictionary.to_pylist(), None]
        return [words[i] for i in coded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False).tolist()]
    return column.to_pylist()  # type: ignore[no-any-return]
