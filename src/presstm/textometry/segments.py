"""Segments of about equal length that end at sentence ends (elementary context units, Reinert 1983), and what they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from presstm.lexical import Lexical
from presstm.networks import units

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Segments:
    """Segments in order of article and place; `sentence` tells the segment of each sentence of the corpus."""

    article: Array  # row of corpus.article_ids
    title: Array  # whether it is the title, else it lies in the body
    start: Array
    end: Array
    sentence: Array
    incidence: Any  # sparse, segment x sentence

    def holding(self, counts: Any) -> Any:
        """Binary sparse matrix segment x column, from sentence x column."""
        return ((self.incidence @ counts) > 0).astype(np.int32).tocsr()


def segments(lexical: Lexical, sentences: pa.Table, words: int) -> Segments:
    """Cut titles and bodies into runs of whole sentences of about `words` words.

    A segment ends at the sentence end that comes nearest to `words`; what is left at the end of a body joins the segment
    before if it is shorter than half of that. A longer sentence is a segment of its own, and so is a title.
    """
    corpus = lexical.corpus
    chosen, place = corpus.rows(sentences)
    order = chosen[np.argsort(place)]
    start, end = (sentences[name].to_numpy().astype(np.int64)[order] for name in ("start", "end"))
    title = corpus.part_start[:, 0].astype(bool)
    runs = units.runs(corpus.article, title)
    number = _cut(runs.tolist(), lexical.words.tolist(), words)
    first = np.flatnonzero(np.diff(number, prepend=-1))
    last = np.append(first[1:], len(number)) - 1 if len(first) else first
    return Segments(
        corpus.article[first],
        title[first],
        start[first],
        end[last],
        number,
        units.incidence(number, np.arange(len(number)), len(first), len(number)),
    )


def _cut(runs: list[int], sizes: list[int], words: int) -> Array:
    """Number of the segment of each sentence."""

    def is_full(filled: int, size: int) -> bool:
        return filled > 0 and abs(filled + size - words) > abs(filled - words)

    return _joined(runs, sizes, is_full, words)


def _joined(runs: list[int], sizes: list[int], is_full: Callable[[int, int], bool], whole: int) -> Array:
    """Number of the group of each item: neighbours of one run, until `is_full` (the group's size, that of the next item).

    What is left at the end of a run joins the group before if it is smaller than half of `whole`.
    """
    number: list[int] = []
    current, filled, opened = -1, 0, 0  # opened: item that starts the current group
    for i, (run, size) in enumerate(zip(runs, sizes, strict=True)):
        fresh = i == 0 or run != runs[i - 1]
        if fresh or is_full(filled, size):
            if fresh:
                current = _join_rest(number, runs, opened, filled, whole, current)
            current, filled, opened = current + 1, 0, i
        number.append(current)
        filled += size
    _join_rest(number, runs, opened, filled, whole, current)
    return np.array(number, np.int64)


def _join_rest(number: list[int], runs: list[int], opened: int, filled: int, whole: int, current: int) -> int:
    """Let a small last group of a run join the one before, in place; the number of the last group."""
    if not opened or runs[opened - 1] != runs[opened] or 2 * filled >= whole:
        return current
    number[opened:] = [current - 1] * (len(number) - opened)
    return current - 1


def contexts(held: Any, article: Array, least: int) -> Array:
    """Join neighbouring segments of an article until each context holds `least` forms; the context of each segment.

    Args:
        held: binary segment x form.
        article: of each segment.
        least: forms, a form of two segments counting twice; what is left at the end of an article joins the context before.
    """
    forms = np.asarray(held.sum(axis=1)).ravel().tolist()
    return _joined(article.tolist(), forms, lambda filled, _: filled >= least, 2 * least)
