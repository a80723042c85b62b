"""How far coders agree: Krippendorff's alpha with intervals, pairs of coders, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from presstm.codes import Code

Array = np.ndarray[Any, np.dtype[Any]]


def reliability(codes: Sequence[Code], theme: str) -> tuple[list[str], list[str], Array]:
    """Coders, keys, and the matrix coders × sentences of one theme: 1, 0, or nan where not coded."""
    coders = sorted({code.coder for code in codes})
    keys = sorted({code.key for code in codes})
    column = {key: n for n, key in enumerate(keys)}
    matrix = np.full((len(coders), len(keys)), np.nan)
    for code in codes:
        matrix[coders.index(code.coder), column[code.key]] = theme in code.themes
    return coders, keys, matrix


def alpha(matrix: Array, resamples: int = 0, seed: int = 0) -> tuple[float | None, float | None, float | None]:
    """Krippendorff's alpha for nominal data with missing codes (Krippendorff 2019), and its 95 % interval.

    Args:
        matrix: coders × units, nan where not coded. Units that fewer than two coded do not count.
        resamples: bootstrap samples of units; 0 gives no interval.
        seed: of the random generator.

    Returns:
        alpha, low, high; None where undefined: all codes are the same, or no unit is coded twice.
    """
    values = np.unique(matrix[~np.isnan(matrix)])
    counts = np.array([(matrix == value).sum(0) for value in values], float).reshape(len(values), matrix.shape[1]).T
    counts = counts[counts.sum(1) >= 2]
    if not len(counts):
        return None, None, None
    sizes = counts.sum(1)
    disagreement = (sizes**2 - (counts**2).sum(1)) / (sizes - 1)

    def of(weights: Array) -> Array:
        total, each, observed = weights @ sizes, weights @ counts, weights @ disagreement
        with np.errstate(divide="ignore", invalid="ignore"):
            expected = (total**2 - (each**2).sum(-1)) / (total - 1)
            found: Array = np.where(expected > 0, 1 - observed / expected, np.nan)
        return found

    value = float(of(np.ones(len(counts))))
    if np.isnan(value):
        return None, None, None
    if not resamples:
        return value, None, None
    drawn = np.random.default_rng(seed).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=resamples)
    low, high = np.nanquantile(of(drawn), [0.025, 0.975])
    return value, float(low), float(high)


def alphas(codes: Sequence[Code], themes: Sequence[str], resamples: int, seed: int) -> list[dict[str, Any]]:
    """One row per theme: alpha with its interval, sentences that two or more coded, and how often the theme was given."""
    found = []
    for theme in themes:
        _, _, matrix = reliability(codes, theme)
        value, low, high = alpha(matrix, resamples, seed)
        twice = int(((~np.isnan(matrix)).sum(0) >= 2).sum())
        given = int(np.nansum(matrix))
        found.append({"theme": theme, "alpha": value, "low": low, "high": high, "sentences": twice, "given": given})
    return found


def summary(codes: Sequence[Code], themes: Sequence[str], resamples: int = 1000, seed: int = 20190524) -> dict[str, Any]:
    """How many coders there were, and per theme on which two or more agree better or worse than chance: alpha and its interval."""
    if not codes:
        return {}
    found = {
        row["theme"]: {name: round(row[name], 4) for name in ("alpha", "low", "high")} | {"sentences": row["sentences"]}
        for row in alphas(codes, themes, resamples, seed)
        if row["alpha"] is not None
    }
    return {"coders": len({code.coder for code in codes}), "agreement": found}


def pairs(codes: Sequence[Code], themes: Sequence[str]) -> list[dict[str, Any]]:
    """One row per theme and pair of coders: sentences both coded, per cent agreement, Cohen's kappa (Cohen 1960)."""
    found = []
    for theme in themes:
        coders, _, matrix = reliability(codes, theme)
        for a, b in combinations(range(len(coders)), 2):
            both = ~np.isnan(matrix[a]) & ~np.isnan(matrix[b])
            if both.any():
                one, other = matrix[a][both], matrix[b][both]
                agree = float((one == other).mean())
                chance = float(one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean()))
                kappa = (agree - chance) / (1 - chance) if chance < 1 else None
                row = {"theme": theme, "a": coders[a], "b": coders[b], "sentences": int(both.sum())}
                found.append({**row, "percent": 100 * agree, "kappa": kappa})
    return found


def disagreements(codes: Sequence[Code], themes: Sequence[str]) -> list[dict[str, Any]]:
    """One row per sentence and theme on which coders differ: who says yes, who says no."""
    by_key: dict[str, list[Code]] = {}
    for code in sorted(codes):
        by_key.setdefault(code.key, []).append(code)
    found = []
    for key, given in by_key.items():
        for theme in themes:
            yes = [code.coder for code in given if theme in code.themes]
            no = [code.coder for code in given if theme not in code.themes]
            if yes and no:
                found.append({"key": key, "theme": theme, "yes": yes, "no": no})
    return found
