"""Themes: the codes that a codebook, or a classifier trained on its themes, gives to sentences.

A code can be traced to characters: its evidence names the rule, or the words that weigh most for the classifier.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from presstm import classifier, schemas, tables
from presstm.classifier import Model, Sentence
from presstm.codebook import CLASSIFIER, Hit, Theme, decided, load_codebook, matcher
from presstm.codes import correction, evaluation
from presstm.running import batches as cached
from presstm.running.batch_work import Make, Work
from presstm.settings import ThemesSettings
from presstm.theming import shares, theme_checks


@dataclass(frozen=True)
class Coded:
    """What `code` returns: seven tables and numbers about them."""

    sentences: pa.Table
    articles: pa.Table
    shares: pa.Table
    pairs: pa.Table
    specifications: pa.Table
    corrected: pa.Table
    quality: pa.Table
    metrics: dict[str, Any] = field(default_factory=dict)


def code(
    articles: pa.Table,
    sentences: pa.Table,
    reuse: pa.Table,
    themes: Sequence[Theme],
    settings: ThemesSettings,
    model: Model | None = None,
    folder: Path | None = None,
    by_hand: tuple[Mapping[str, Sequence[float]], Mapping[str, float]] = ({}, {}),
) -> Coded:
    """Code every sentence with every theme, and count.

    Args:
        articles: table articles.
        sentences: table sentences.
        reuse: table reuse.
        themes: the codebook.
        settings: `method` says who decides; for a theme that `model` does not know, the lexicon does.
        model: the classifier; needed unless `method` is lexicon.
        folder: content cache of sentence embeddings.
        by_hand: codes of a random sample and its probabilities, as `codes.by_hand` returns them.

    Returns:
        Tables theme_sentences, theme_articles, theme_shares, theme_pairs, theme_specifications, theme_corrected and theme_quality
        (both empty without codes by hand), and the numbers of coded sentences per theme.

    Raises:
        InputError: a sentence coded by hand is not among `sentences`.
    """
    model = None if settings.method == "lexicon" else model
    coded = _code_sentences(articles, sentences, themes, matcher(themes), settings.method, model, folder)
    return count(articles, sentences, reuse, coded, themes, settings, model, by_hand)


def work(codebook: Path, settings: ThemesSettings, model: Path | None = None, folder: Path | None = None) -> Work:
    """Coding the sentences of a corpus batch by batch: table theme_sentences of each.

    Args:
        codebook: file of the themes.
        settings: of the stage.
        model: file of the classifier; needed unless `method` is lexicon.
        folder: content cache of sentence embeddings.

    Raises:
        SettingsError: the codebook is not valid.
    """
    load_codebook(codebook)
    read = {"articles": ("article_id", "title", "text"), "sentences": None}
    same: list[str | bytes] = [cached.code(sys.modules[__name__]), settings.method]
    same += [path.read_bytes() for path in (codebook, model) if path is not None]
    if model is not None:
        same.append(classifier.encoder_version())
    return Work("themes", read, _coder, (codebook, settings.method, model, folder), same)


def _coder(codebook: Path, method: str, model: Path | None, folder: Path | None) -> Make:
    themes = load_codebook(codebook)
    known = None if model is None else classifier.load(model)
    match = matcher(themes)
    return lambda batch: {
        "theme_sentences": _code_sentences(**batch, themes=themes, match=match, method=method, model=known, folder=folder)
    }


def count(
    articles: pa.Table,
    sentences: pa.Table,
    reuse: pa.Table,
    coded: pa.Table,
    themes: Sequence[Theme],
    settings: ThemesSettings,
    model: Model | None = None,
    by_hand: tuple[Mapping[str, Sequence[float]], Mapping[str, float]] = ({}, {}),
) -> Coded:
    """As `code`, for sentences that are coded (table theme_sentences)."""
    per_article = _per_article(coded)
    keys = [theme.key for theme in themes]
    theme_shares = shares.shares(articles, reuse, per_article, keys, settings)
    present = coded.filter(coded["present"])
    counts = {row["values"]: row["counts"] for row in pc.value_counts(present["theme"]).to_pylist()}
    with_theme = len(present.group_by(["article_id", "sentence_id"]).aggregate([]))
    numbers = {
        "sentences": len(sentences),
        "with_theme": with_theme,
        "themes": {theme.key: counts.get(theme.key, 0) for theme in themes},
        "decided_by": {theme.key: settings.method if _knows(model, theme) else "lexicon" for theme in themes},
        "coded_by_hand": len(by_hand[0]),
    }
    read = {"articles": articles, "reuse": reuse, "theme_sentences": coded}
    corrected = correction.shares(read, keys, *by_hand, settings.few) if by_hand[0] else []
    measured = evaluation.of_results(read, keys, *by_hand) if by_hand[0] else []
    if measured:
        numbers["quality"] = {
            row["theme"]: {
                name: round(value, 4) if isinstance(value, float) else value
                for name, value in row.items()
                if name != "theme"
            }
            for row in measured
        }
    return Coded(
        coded,
        per_article,
        theme_shares,
        theme_checks.pairs(sentences, reuse, coded, keys),
        theme_checks.specifications(articles, reuse, coded, themes, settings),
        tables.from_rows("theme_corrected", corrected),
        tables.from_rows("theme_quality", measured),
        numbers,
    )


def _knows(model: Model | None, theme: Theme) -> bool:
    return model is not None and model.fingerprints.get(theme.key) == classifier.fingerprint(theme)


def _code_sentences(
    articles: pa.Table,
    sentences: pa.Table,
    themes: Sequence[Theme],
    match: Callable[[str], list[Hit]],
    method: str,
    model: Model | None,
    folder: Path | None,
) -> pa.Table:
    columns: dict[str, list[Any]] = {name: [] for name in schemas.TABLES["theme_sentences"].schema.names}
    by_article: dict[str, list[tuple[int, str, int, str]]] = {}
    for article_id, sentence_id, part, start, text in sentence_texts(articles, sentences):
        by_article.setdefault(article_id, []).append((sentence_id, part, start, text))
    for article_id, rows in by_article.items():
        rows.sort()
        seen = [Sentence(text, match(text)) for _, _, _, text in rows]
        scores = {} if model is None else _scores(model, seen, [part for _, part, _, _ in rows], themes, folder)
        for n, (sentence_id, _, start, text) in enumerate(rows):
            for theme in themes:
                rules = decided(seen[n].hits, theme.key)
                found = [hit for hit in seen[n].hits if hit.theme == theme.key]
                evidence = [{"rule": hit.rule, "start": start + hit.start, "end": start + hit.end} for hit in found]
                score, present = rules, rules >= 1
                if model is not None and theme.key in scores:
                    score = float(scores[theme.key][n])
                    sure = score >= model.thresholds[theme.key][method]
                    present = sure or (method == "both" and rules >= 1)
                    if sure and rules < 1:
                        evidence.append({"rule": CLASSIFIER, "start": start, "end": start + len(text)})
                columns["article_id"].append(article_id)
                columns["sentence_id"].append(sentence_id)
                columns["theme"].append(theme.key)
                columns["score"].append(score)
                columns["present"].append(present)
                columns["evidence"].append(evidence)
    return tables.from_columns("theme_sentences", columns)


def _scores(
    model: Model, seen: Sequence[Sentence], parts: Sequence[str], themes: Sequence[Theme], folder: Path | None
) -> dict[str, classifier.Array]:
    """Scores of the sentences of one article, each in the context of the one before and of the title."""
    title = parts.index("title") if "title" in parts else -1
    vectors = classifier.embed([sentence.text for sentence in seen], folder)
    own = range(len(seen))
    matrix = classifier.features(seen, own, [n - 1 for n in own], [title] * len(seen), vectors, themes)
    return classifier.probabilities(model, matrix, [sentence.text for sentence in seen], themes)


def sentence_texts(articles: pa.Table, sentences: pa.Table) -> Iterator[tuple[str, int, str, int, str]]:
    """Yield (article_id, sentence_id, part, start, text) of every sentence, in the order of `sentences`."""
    rows = tables.tuples(articles, "article_id", "title", "text")
    texts = {article_id: {"title": title, "body": text} for article_id, title, text in rows}
    for article_id, sentence_id, part, start, end in tables.tuples(
        sentences, "article_id", "sentence_id", "part", "start", "end"
    ):
        yield article_id, sentence_id, part, start, texts[article_id][part][start:end]


def _per_article(coded: pa.Table) -> pa.Table:
    counted = coded.append_column("number", coded["present"].cast(pa.float64()))
    grouped = counted.group_by(["article_id", "theme"]).aggregate(
        [("number", "mean"), ("number", "count"), ("number", "max")]
    )
    return tables.from_columns(
        "theme_articles",
        {
            "article_id": grouped["article_id"],
            "theme": grouped["theme"],
            "share": grouped["number_mean"],
            "sentences": grouped["number_count"].cast(pa.int32()),
            "present": pc.greater(grouped["number_max"], 0),
        },
    )
