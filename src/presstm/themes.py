"""Themes: the codes that a codebook, or a classifier trained on its themes, gives to sentences.

A code can be traced to characters: its evidence names the rule, or the words that weigh most for the classifier.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from presstm import shares, tables
from presstm.codebook import Theme, decided, load_codebook, matcher
from presstm.settings import ThemesSettings


@dataclass(frozen=True)
class Coded:
    """What `code` returns: three tables and numbers about them."""

    sentences: pa.Table
    articles: pa.Table
    shares: pa.Table
    metrics: dict[str, Any] = field(default_factory=dict)



def code(
    articles: pa.Table, sentences: pa.Table, reuse: pa.Table, themes: Sequence[Theme], settings: ThemesSettings
) -> Coded:
    """Code every sentence with every theme, and count.

    Returns:
        Tables theme_sentences, theme_articles and theme_shares, and the numbers of coded sentences per theme.
    """
    coded = _code_sentences(articles, sentences, themes)
    per_article = _per_article(coded)
    theme_shares = shares.shares(articles, reuse, per_article, [theme.key for theme in themes], settings)
    present = coded.filter(coded["present"])
    counts = {row["values"]: row["counts"] for row in pc.value_counts(present["theme"]).to_pylist()}
    with_theme = len(present.group_by(["article_id", "sentence_id"]).aggregate([]))
    numbers = {
        "sentences": len(sentences),
        "with_theme": with_theme,
        "themes": {theme.key: counts.get(theme.key, 0) for theme in themes},
    }
    return Coded(coded, per_article, theme_shares, numbers)


def _code_sentences(articles: pa.Table, sentences: pa.Table, themes: Sequence[Theme]) -> pa.Table:
    match = matcher(themes)
    keys = [theme.key for theme in themes]
    columns: dict[str, list[Any]] = {name: [] for name in tables.TABLES["theme_sentences"].schema.names}
    for article_id, sentence_id, start, text in sentence_texts(articles, sentences):
        evidence: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
        hits = match(text)
        for hit in hits:
            evidence[hit.theme].append({"rule": hit.rule, "start": start + hit.start, "end": start + hit.end})
        for key in keys:
            columns["article_id"].append(article_id)
            columns["sentence_id"].append(sentence_id)
            columns["theme"].append(key)
            columns["score"].append(decided(hits, key))
            columns["present"].append(decided(hits, key) >= 1)
            columns["evidence"].append(evidence[key])
    return tables.from_columns("theme_sentences", columns)


def sentence_texts(articles: pa.Table, sentences: pa.Table) -> Iterator[tuple[str, int, int, str]]:
    """Yield (article_id, sentence_id, start, text) of every sentence, in the order of `sentences`."""
    columns = (articles[name].to_pylist() for name in ("article_id", "title", "text"))
    texts = {article_id: {"title": title, "body": text} for article_id, title, text in zip(*columns, strict=True)}
    names = ("article_id", "sentence_id", "part", "start", "end")
    for article_id, sentence_id, part, start, end in zip(*(sentences[n].to_pylist() for n in names), strict=True):
        yield article_id, sentence_id, start, texts[article_id][part][start:end]


def _per_article(coded: pa.Table) -> pa.Table:
    counted = coded.append_column("number", coded["present"].cast(pa.float64()))
    grouped = counted.group_by(["article_id", "theme"]).aggregate([("number", "mean"), ("number", "max")])
    return tables.from_columns(
        "theme_articles",
        {
            "article_id": grouped["article_id"],
            "theme": grouped["theme"],
            "share": grouped["number_mean"],
            "present": pc.greater(grouped["number_max"], 0),
        },
    )
