"""A random sample of sentences for coders, with the probability with which each was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import spreadsheets, tables
from presstm.codes import Item
from presstm.errors import InputError

STRATA = ("outlet", "score", "month")
COLUMNS = tuple(Item.__dataclass_fields__)


def draw(
    articles: pa.Table,
    sentences: pa.Table,
    theme_sentences: pa.Table,
    size: int,
    strata: Sequence[str] = STRATA,
    balance: float = 0.5,
    seed: int = 0,
) -> list[Item]:
    """Draw sentences systematically through the strata, with unequal probabilities (Madow 1949).

    Sentences stand in the order of their strata, at random within each, so that any number of strata is met in proportion, and
    every sentence has a known probability above 0.

    Args:
        articles, sentences, theme_sentences: tables of these names.
        size: how many sentences; all of them where there are fewer.
        strata: of outlet, score (band of the highest score of a theme) and month.
        balance: 0 draws all sentences alike, 1 as many from each band of scores.
        seed: of the random generator; the order of rows does not matter.

    Returns:
        The sample, in random order, so that coders learn nothing from it.
    """
    from presstm.themes import sentence_texts

    texts = {(row[0], row[1]): row[2:] for row in sentence_texts(articles, sentences)}
    about = {
        row["article_id"]: row
        for row in articles.select(["article_id", "source", "title", "outlet", "published"]).to_pylist()
    }
    best: dict[tuple[str, int], float] = dict.fromkeys(texts, 0.0)
    for article_id, sentence_id, score in tables.tuples(theme_sentences, "article_id", "sentence_id", "score"):
        best[article_id, sentence_id] = max(best[article_id, sentence_id], score)
    keys = sorted(texts)
    bands = [_band(best[key]) for key in keys]

    def stratum(key: tuple[str, int], band: str) -> str:
        article = about[key[0]]
        month = f"{article['published']:%Y-%m}" if article["published"] else "unknown"
        values = {"outlet": article["outlet"] or "unknown", "score": band, "month": month}
        return " | ".join(values[name] for name in strata)

    labels = [stratum(key, band) for key, band in zip(keys, bands, strict=True)]
    counts = {band: bands.count(band) for band in set(bands)}
    chances = probabilities(np.array([counts[band] ** -balance for band in bands]), size)
    items = []
    for n in systematic(chances, labels, seed):
        (article_id, sentence_id), (part, start, text) = keys[n], texts[keys[n]]
        before = texts.get((article_id, sentence_id - 1), ("", 0, ""))
        article = about[article_id]
        items.append(
            Item(
                article_id, sentence_id, article["source"], part, start, start + len(text), labels[n], float(chances[n]),
                article["title"], before[2] if before[0] == "body" else "", text,
            )
        )  # fmt: skip
    return items


def _band(score: float) -> str:
    return "low" if score < 0.2 else "middle" if score < 0.8 else "high"


def probabilities(weights: Any, size: int) -> Any:
    """Inclusion probabilities in proportion to `weights`, at most 1, that sum to `size` (or to all)."""
    chances = np.ones(len(weights))
    free = np.ones(len(weights), bool)
    while free.any() and size < len(weights):
        chances[free] = (size - (~free).sum()) * weights[free] / weights[free].sum()
        if not (over := free & (chances > 1)).any():
            break
        chances[over], free = 1.0, free & ~over
    return chances


def systematic(chances: Any, labels: Sequence[str], seed: int) -> list[int]:
    """Places drawn: one random start, equal steps through the cumulated chances, in the order of labels."""
    random = np.random.default_rng(seed)
    shuffled = random.permutation(len(chances))
    order = sorted(shuffled.tolist(), key=lambda n: labels[n])
    ends = np.cumsum(np.asarray(chances)[order])
    count = round(float(ends[-1])) if len(ends) else 0
    picked = np.searchsorted(ends, random.random() + np.arange(count), side="right")
    drawn = [order[n] for n in np.minimum(picked, len(order) - 1)]
    return [drawn[n] for n in random.permutation(len(drawn))]


def to_csv(items: Sequence[Item]) -> bytes:
    """The sample as CSV; it tells strata and probabilities, so it is not for coders."""
    from presstm.exports import csv_bytes

    return csv_bytes(COLUMNS, ([getattr(item, name) for name in COLUMNS] for item in items))


def read(path: Path) -> dict[str, Item]:
    """The sample of a file that `to_csv` made, by key.

    Raises:
        InputError: the file is missing or a line is no sampled sentence.
    """
    found = {}
    for line, row in spreadsheets.read_rows(path, ()):
        try:
            values = {name: spreadsheets.unquoted(row[name]) for name in COLUMNS}
            numbers = {name: int(values[name]) for name in ("sentence_id", "start", "end")}
            item = Item(**{**values, **numbers, "probability": spreadsheets.number(values["probability"])})  # type: ignore[arg-type]
        except KeyError as error:
            raise InputError(f"{path}, line {line}: column {error.args[0]} is missing") from None
        except ValueError as error:
            raise InputError(f"{path}, line {line}: {error}") from None
        if not 0 < item.probability <= 1:
            raise InputError(f"{path}, line {line}: probability {item.probability} is not between 0 and 1")
        found[item.key] = item
    return found
