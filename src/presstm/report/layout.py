"""Where the sentences of all articles stand, in columns: what a mention, a quotation or a segment touches, without a row of a table
decoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]
Bools = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
BITS = 32  # of an offset or of a sentence_id


@dataclass(frozen=True)
class Layout:
    """Sentences in the order of their table; their number in it is what tells them apart here."""

    articles: pa.Array  # ids of the articles that have sentences
    sentence_id: Ints
    paragraph: Ints  # −1: the title
    ids: Ints  # keys that rise: article and sentence_id, article and part and start, the same and end
    starts: Ints
    ends: Ints

    @cached_property
    def article(self) -> Ints:
        """Number of the article of each sentence, in `articles`."""
        return self.ids >> BITS

    @cached_property
    def _number(self) -> dict[str, int]:
        return {article_id: number for number, article_id in enumerate(self.articles.to_pylist())}

    def number(self, article_id: str, sentence_id: int) -> int:
        """The sentence of that id; KeyError if there is none."""
        key = self._number[article_id] << BITS | sentence_id
        found = int(np.searchsorted(self.ids, key))
        if found == len(self.ids) or self.ids[found] != key:
            raise KeyError(sentence_id)
        return found

    def of(self, article_id: str) -> slice:
        """The sentences of an article."""
        number = self._number.get(article_id, len(self._number))
        return slice(*np.searchsorted(self.ids, [number << BITS, (number + 1) << BITS]))

    def offsets(self, sentences: slice) -> tuple[Ints, Ints]:
        """Where sentences start and end in their part."""
        inside = (1 << BITS) - 1
        return self.starts[sentences] & inside, self.ends[sentences] & inside

    def entry(self, table: pa.Table) -> Ints:
        """The sentence that each row names by `article_id` and `sentence_id`; −1 where there is none."""
        keys = self._article(table) << BITS | whole(table["sentence_id"])
        found = np.searchsorted(self.ids, keys)
        found[found == len(self.ids)] = 0
        return np.where(self.ids[found] == keys, found, -1) if len(self.ids) else np.full(len(keys), -1)

    def touched(self, table: pa.Table) -> tuple[Ints, Ints]:
        """Pairs of a row that has `article_id`, `part`, `start` and `end`, and a sentence that shares a character with it."""
        part = (self._article(table) * 2 + _body(table)) << BITS
        first = np.searchsorted(self.ends, part | whole(table["start"]), side="right")
        last = np.searchsorted(self.starts, part | whole(table["end"]))
        counts = np.maximum(last - first, 0)
        rows = np.repeat(np.arange(len(counts)), counts)
        return rows, np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts) + first[rows]

    def _article(self, table: pa.Table) -> Ints:
        return whole(pc.index_in(table["article_id"], self.articles), -1)


def layout(sentences: pa.Table) -> Layout:
    """The layout of a table of sentences, sorted by article and sentence, the title's before those of the body."""
    articles = pc.unique(sentences["article_id"].combine_chunks())
    article = whole(pc.index_in(sentences["article_id"], articles))
    body = _body(sentences)
    part = (article * 2 + body) << BITS
    sentence_id = whole(sentences["sentence_id"])
    return Layout(
        articles,
        sentence_id,
        np.where(body, whole(sentences["paragraph"]), -1),
        article << BITS | sentence_id,
        part | whole(sentences["start"]),
        part | whole(sentences["end"]),
    )


def whole(column: pa.ChunkedArray, missing: int = 0) -> Ints:
    """A column of whole numbers, with `missing` for null."""
    return column.fill_null(missing).to_numpy().astype(np.int64)  # type: ignore[no-any-return]


def grouped(keys: pa.DictionaryArray) -> Iterator[tuple[str, Ints]]:
    """Each key that is there, in order, with the numbers of its rows in theirs."""
    number = keys.indices.to_numpy()
    rows = np.argsort(number, kind="stable")
    ends = np.cumsum(np.bincount(number, minlength=len(keys.dictionary))).tolist()
    for key, (start, end) in sorted(zip(keys.dictionary.to_pylist(), pairwise([0, *ends]), strict=True)):
        if start < end:
            yield key, rows[start:end]


def places(table: pa.Table, order: Sequence[str]) -> Ints:
    """The place of each row's article in `order`; −1 where it has none."""
    return whole(pc.index_in(table["article_id"], pa.array(order, pa.string())), -1)


def _body(table: pa.Table) -> Ints:
    return pc.equal(table["part"], "body").to_numpy().astype(np.int64)  # type: ignore[no-any-return]
