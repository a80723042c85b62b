"""Rows of tables: decoded by article, when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

Row = Mapping[str, Any]
KEPT = 256  # articles whose rows stay decoded


class ByArticle:
    """Rows of a table that is sorted by article, decoded when they are asked for; those asked for last are kept.

    So a large corpus lies in memory once, as Arrow does it, and a small one is decoded once.
    """

    def __init__(self, table: pa.Table | None) -> None:
        self.table = table
        self._slices: dict[str, tuple[int, int]] = {}
        if table is not None and len(table):
            runs = pc.run_end_encode(table["article_id"].combine_chunks())
            ends = runs.run_ends.to_pylist()
            starts = [0, *ends[:-1]]
            self._slices = {key: (a, b) for key, a, b in zip(runs.values.to_pylist(), starts, ends, strict=True)}
        self.get = lru_cache(KEPT)(self._get)

    def span(self, article_ids: Sequence[str]) -> pa.Table | None:
        """The rows of articles that follow one another; None if there are none."""
        found = [self._slices[article_id] for article_id in article_ids if article_id in self._slices]
        return self.table.slice(found[0][0], found[-1][1] - found[0][0]) if self.table is not None and found else None

    def _get(self, article_id: str) -> list[Row]:
        if article_id not in self._slices:
            return []
        assert self.table is not None
        start, end = self._slices[article_id]
        return decoded(self.table.slice(start, end - start))  # type: ignore[return-value]


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
