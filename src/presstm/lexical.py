"""The lexical table: how often each form stands in each sentence, and the groups by which the corpus is split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import form_counts, variables
from presstm.errors import SettingsError
from presstm.networks import units
from presstm.settings import TopicsSettings

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Lexical:
    """Counted words of the corpus.

    `counts` is a sparse matrix sentence x form of the corpus's sentences; `words` tells how many words a sentence has in
    all, counted or not. Forms are sorted.
    """

    corpus: units.Corpus
    forms: pa.Array
    counts: Any
    words: Array


@dataclass(frozen=True)
class Grouping:
    """Groups of a corpus, which may overlap: `members` is a binary sparse matrix unit x group; a unit is an article or a sentence."""

    name: str
    groups: list[str]
    members: Any
    by_sentence: bool


def lexical(
    parts: Iterable[Mapping[str, pa.Table]], sentences: pa.Table, reuse: pa.Table, settings: TopicsSettings
) -> Lexical:
    """Put together what `form_counts.count` gives for all batches.

    With `settings.counting` = clusters, only the representative of each reuse cluster counts.
    """
    if settings.counting == "articles":
        everything = pa.array([True] * len(reuse), pa.bool_())
        reuse = reuse.set_column(reuse.schema.get_field_index("representative"), "representative", everything)
    corpus = units.corpus_of(sentences, reuse)
    return Lexical(corpus, *form_counts.together(parts, corpus))


def columns(names: Sequence[str], known: Sequence[str] = ()) -> list[str]:
    """The columns of `articles` that the groupings `names` need, where articles have the variables `known`.

    Raises:
        SettingsError: there is no such column, or its values are numbers.
    """
    own = set(map(variables.plain, known))
    possible = sorted({*variables.groupings(own), "theme"})
    for name in names:
        if name not in possible:
            raise SettingsError(f"setting topics.groupings: unknown grouping {name} (known: {', '.join(possible)})")
    needed = {
        "published" if name in variables.PERIODS else "variables" if name in own else name
        for name in names
        if name != "theme"
    }
    return ["article_id", *sorted(needed)]


def groupings(read: Mapping[str, pa.Table], corpus: units.Corpus, names: Sequence[str]) -> list[Grouping]:
    """The corpus split by each of `names`: a period, theme, a variable, or a column of `articles`; no value is group `unknown`.

    Raises:
        SettingsError: there is no such column, or its values are numbers.
    """
    articles = read["articles"]
    known = variables.by_name(articles)
    columns(names, list(known))
    return [
        _by_theme(read, corpus)
        if name == "theme"
        else _by_labels(variables.labels(articles, name, known.get(name)), articles, corpus, name)
        for name in names
    ]


def _by_theme(read: Mapping[str, pa.Table], corpus: units.Corpus) -> Grouping:
    present = read["theme_sentences"].filter(read["theme_sentences"]["present"])
    chosen, rows = corpus.rows(present)
    return _grouping("theme", present["theme"].take(pa.array(chosen)).to_pylist(), rows, len(corpus.key), True)


def _by_labels(several: Sequence[Sequence[str]], articles: pa.Table, corpus: units.Corpus, name: str) -> Grouping:
    places = pc.index_in(corpus.article_ids, articles["article_id"].combine_chunks()).to_pylist()
    inside = [several[place] for place in places]
    rows = np.repeat(np.arange(len(inside)), [len(each) for each in inside])
    return _grouping(name, [label for each in inside for label in each], rows, len(inside), False)


def _grouping(name: str, labels: Sequence[str], rows: Array, height: int, by_sentence: bool) -> Grouping:
    groups = sorted(set(labels))
    place = {group: number for number, group in enumerate(groups)}
    numbers = np.array([place[label] for label in labels], np.int64)
    return Grouping(name, groups, units.incidence(rows, numbers, height, len(groups)), by_sentence)


@dataclass(frozen=True)
class Held:
    """In how many units (see Grouping) each form stands: `count` form x group, `total` per form; `size` of each group."""

    count: Array
    total: Array
    size: Array


def article_counts(counts: Any, corpus: units.Corpus, grouping: Grouping) -> tuple[Array, Held]:
    """Articles, and units, in which each group holds each form, from a matrix sentence x form.

    Returns:
        Articles form x group, and units: the same for groups of articles.
    """
    from scipy import sparse

    shape = (len(corpus.article_ids), len(corpus.article))
    of_article = sparse.csr_array((np.ones(shape[1], np.int32), (corpus.article, np.arange(shape[1]))), shape=shape)
    held = ((counts if grouping.by_sentence else of_article @ counts) > 0).astype(np.int32)
    found = (held.T @ grouping.members).toarray()
    in_units = Held(found, np.asarray(held.sum(axis=0)).ravel(), np.asarray(grouping.members.sum(axis=0)).ravel())
    return _articles(counts, of_article, grouping.members) if grouping.by_sentence else found, in_units


def _articles(counts: Any, of_article: Any, members: Any) -> Array:
    found = np.zeros((counts.shape[1], members.shape[1]), np.int64)
    for group in range(members.shape[1]):
        inside = counts.multiply(members[:, [group]]).tocsr()
        found[:, group] = np.asarray(((of_article @ inside) > 0).sum(axis=0)).ravel()
    return found
