"""Cost and correctness of text reuse as the corpus grows, on synthetic texts (made here, no press copy).

Words follow a Zipf law over 60,000 forms; every text also holds phrases from a stock that all texts draw on, so that texts
share shingles without being reprints. One text in ten belongs to a family of one to four reprints, each with 5 % of its words
changed and, for half of them, cut to its first half. PATH may be the largest number of texts (default 20,000).
"""

from __future__ import annotations

import resource
import time

import numpy as np
import pyarrow as pa

from presstm import reuse
from presstm.settings import ReuseSettings

_WORDS, _LENGTH, _STOCK = 60_000, 500, 20_000


def main(path: str | None) -> None:
    """Print time, memory and pairwise precision and recall for corpora of doubling size."""
    largest = int(path) if path and path.isdigit() else 20_000
    sizes = [size for size in (2_500, 5_000, 10_000, 20_000, 50_000, 100_000) if size <= largest]
    print("synthetic texts of 500 words\n  texts  seconds  ms/text  precision  recall  peak MB")
    for size in sizes:
        articles, families = synthetic(size, seed=size)
        start = time.perf_counter()
        found, _ = reuse.find(articles, (), ReuseSettings())
        seconds = time.perf_counter() - start
        precision, recall = _scores(found["cluster_id"].to_pylist(), families)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:7,} {seconds:8.1f} {1000 * seconds / size:8.2f} {precision:10.3f} {recall:7.3f} {peak:8.0f}",
            flush=True,
        )


def synthetic(size: int, seed: int) -> tuple[pa.Table, list[int]]:
    """Articles (the columns that reuse reads) and the family of each."""
    random = np.random.default_rng(seed)
    odds = 1 / (np.arange(_WORDS) + 2.7)
    odds /= odds.sum()
    stock = [random.choice(_WORDS, random.integers(6, 13), p=odds) for _ in range(_STOCK)]
    texts: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    families: list[int] = []
    while len(texts) < size:
        text = random.choice(_WORDS, _LENGTH, p=odds)
        for place in random.choice(_LENGTH // 20, 6, replace=False) * 20:
            phrase = stock[random.integers(_STOCK)]
            text[place : place + len(phrase)] = phrase
        texts.append(text)
        families.append(len(texts))
        if random.random() < 0.04:
            for _ in range(random.integers(1, 5)):
                copy = np.where(random.random(_LENGTH) < 0.05, random.choice(_WORDS, _LENGTH, p=odds), text)
                texts.append(copy[: _LENGTH // 2] if random.random() < 0.5 else copy)
                families.append(families[-1])
    texts, families = texts[:size], families[:size]
    return pa.table(
        {
            "article_id": pa.array([f"{number:016x}" for number in range(size)]),
            "outlet": pa.array([f"journal {number % 50}" for number in range(size)]),
            "authors": pa.array([[]] * size, pa.list_(pa.string())),
            "published": pa.array([None] * size, pa.date32()),
            "text": pa.array([" ".join(f"m{word}" for word in text) for text in texts]),
        }
    ), families


def _scores(clusters: list[str], families: list[int]) -> tuple[float, float]:
    """Pairwise precision and recall."""

    def pairs(labels: list[object]) -> int:
        _, counts = np.unique(np.array([str(label) for label in labels]), return_counts=True)
        return int((counts * (counts - 1) // 2).sum())

    both = pairs([f"{cluster}/{family}" for cluster, family in zip(clusters, families, strict=True)])
    return both / max(1, pairs(list(clusters))), both / max(1, pairs(list(families)))
