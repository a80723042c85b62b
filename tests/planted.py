"""Segments with classes planted: each segment draws words of its class and common words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def planted(
    segments: int,
    classes: int = 4,
    *,
    mixture: float = 0.4,
    own: int = 60,
    common: int = 400,
    length: int = 12,
    per_article: int = 10,
    shares: Sequence[float] | None = None,
    seed: int = 0,
) -> tuple[Any, Any, Any]:
    """Binary matrix segment x form, article of each segment, class of each segment (one class per article).

    Args:
        segments: number of segments.
        classes: number of classes.
        mixture: share of the words that come from the class; 0 plants nothing.
        own: forms of each class.
        common: forms of all.
        length: words per segment, on average.
        per_article: segments per article.
        shares: sizes of the classes; default: equal.
        seed: of the random generator.
    """
    from scipy import sparse

    random = np.random.default_rng(seed)
    article = np.arange(segments) // per_article
    truth = random.choice(classes, article[-1] + 1, p=shares)[article]
    rows = np.repeat(np.arange(segments), np.maximum(2, random.poisson(length, segments)))
    inside = random.random(len(rows)) < mixture
    drawn = [random.choice(size, len(rows), p=_zipf(size)) for size in (own, common)]
    columns = np.where(inside, common + truth[rows] * own + drawn[0], drawn[1])
    cells = (np.ones(len(rows), np.int32), (rows, columns))
    matrix = sparse.csr_array(cells, shape=(segments, common + classes * own))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix[:, np.flatnonzero(np.asarray(matrix.sum(axis=0)).ravel() >= 3)].tocsr(), article, truth


def _zipf(size: int) -> Any:
    weight = np.arange(1, size + 1) ** -0.8
    return weight / weight.sum()
