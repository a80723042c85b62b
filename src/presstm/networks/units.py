"""The units in which entities may meet (sentence, paragraph, article), each reuse cluster counted once by its representative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm.settings import NetworkSettings

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Corpus:
    """The sentences of representatives, in order, and the units of each scope that they make up."""

    article_ids: pa.Array
    article: Array  # of each sentence: row of article_ids
    key: Array  # of each sentence: grows with article and sentence_id
    span: int
    part_start: Array  # per sentence: (title or body, start)
    units: Mapping[str, Array]  # scope -> unit of each sentence

    def count(self, scope: str) -> int:
        """Number of units, whether or not they name anybody: the population of the tests."""
        return int(self.units[scope][-1]) + 1 if len(self.key) else 0

    def rows(self, table: pa.Table) -> tuple[Array, Array]:
        """Which rows of `table` (article_id, sentence_id) lie in representatives, and the sentence of each."""
        article = pc.index_in(table["article_id"], self.article_ids)
        chosen = np.flatnonzero(article.is_valid().to_numpy())
        codes = article.fill_null(0).to_numpy().astype(np.int64)[chosen]
        keys = codes * self.span + table["sentence_id"].to_numpy().astype(np.int64)[chosen]
        return chosen, np.searchsorted(self.key, keys)


@dataclass(frozen=True)
class Named:
    """Mentions that take part: the sentence and the entity (row of ids) of each."""

    ids: list[str]
    sentence: Array
    entity: Array

    def incidence(self, corpus: Corpus, scope: str) -> Any:
        """Binary unit x entity matrix."""
        return incidence(corpus.units[scope][self.sentence], self.entity, corpus.count(scope), len(self.ids))


def corpus_of(sentences: pa.Table, reuse: pa.Table) -> Corpus:
    """Number the units of every scope in the representatives."""
    ids = reuse.filter(reuse["representative"])["article_id"].combine_chunks().sort()
    chosen = sentences.filter(pc.is_in(sentences["article_id"], ids)).sort_by(
        [("article_id", "ascending"), ("sentence_id", "ascending")]
    )
    article = pc.index_in(chosen["article_id"], ids).to_numpy().astype(np.int64)
    sentence = chosen["sentence_id"].to_numpy().astype(np.int64)
    span = int(sentence.max()) + 1 if len(sentence) else 1
    title = pc.equal(chosen["part"], "title").to_numpy()
    return Corpus(
        ids,
        article,
        article * span + sentence,
        span,
        np.column_stack([title.astype(np.int64), chosen["start"].to_numpy().astype(np.int64)]),
        {
            "sentence": np.arange(len(chosen)),
            "paragraph": runs(article, title, chosen["paragraph"].to_numpy()),
            "article": runs(article),
        },
    )


def runs(*columns: Array) -> Array:
    """Running number of the runs of equal values."""
    changed = np.zeros(len(columns[0]), bool)
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return np.cumsum(changed)


def incidence(units: Array, items: Array, n_units: int, n_items: int) -> Any:
    """Binary unit x item matrix."""
    from scipy import sparse

    codes = np.unique(units.astype(np.int64) * max(n_items, 1) + items)
    rows, columns = np.divmod(codes, max(n_items, 1))
    return sparse.csr_array((np.ones(len(codes), np.int32), (rows, columns)), shape=(n_units, n_items))


def named(mentions: pa.Table, entities: pa.Table, corpus: Corpus, settings: NetworkSettings) -> Named:
    """Mentions, in representatives, of the entities that take part."""
    known = entities.filter(
        pc.and_(
            pc.is_in(entities["label"], pa.array(settings.labels, pa.string())),
            pc.greater_equal(entities["n_clusters"], settings.min_clusters),
        )
    )["entity_id"].combine_chunks()
    entity = pc.index_in(mentions["entity_id"], known)
    chosen = mentions.select(["article_id", "sentence_id"]).filter(entity.is_valid())
    rows, sentence = corpus.rows(chosen)
    codes = entity.drop_null().to_numpy()[rows]
    seen, numbers = np.unique(codes, return_inverse=True)
    names = known.take(pa.array(seen)).to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return Named([names[row] for row in order], sentence, place[numbers])
