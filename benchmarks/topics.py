"""Reinert's classification of 10,000 segments with eight planted classes, simple and double; specificities of a million cells.

PATH may be the number of segments.
"""

from __future__ import annotations

import time

import numpy as np
from tests.planted import planted

from presstm.networks import communities
from presstm.settings import TopicsSettings
from presstm.textometry import classes, specificities


def main(path: str | None) -> None:
    """Print CPU seconds, and how well the planted classes come back."""
    segments = int(path) if path and path.isdigit() else 10_000
    held, article, truth = planted(segments, classes=8, own=200, common=2000, mixture=0.3)
    print(f"{held.shape[0]:,} segments, {held.shape[1]:,} forms, {held.nnz:,} occurrences")
    for kind in ("simple", "double"):
        settings = TopicsSettings(classification=kind, classes=12)
        start = time.process_time()
        found = classes.classify(held, article, settings).member
        seconds = time.process_time() - start
        known = found >= 0
        agreement = communities.adjusted_rand_index(truth[known].tolist(), found[known].tolist()) if known.any() else 0.0
        print(
            f"  {kind:<14} {seconds:6.2f} CPU s  {found.max() + 1} classes, ARI {agreement:.3f}, unclassified {1 - known.mean():.3f}"
        )
    random = np.random.default_rng(1)
    total, part = random.integers(5, 5000, 1_000_000), random.integers(1000, 100_000, 1_000_000)
    count = random.binomial(total, part / 2_000_000)
    start = time.process_time()
    specificities.specificity(count, total, part, 2_000_000)
    print(f"  {'specificities':<14} {time.process_time() - start:6.2f} CPU s")
