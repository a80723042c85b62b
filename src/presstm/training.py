"""Training the classifier of themes on coded sentences, and judging it on texts it was not trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from presstm import cache, classifier
from presstm.classifier import Array, Model, Sentence
from presstm.codebook import Theme, decided, matcher
from presstm.coding import Coded

METHODS = ("lexicon", "classifier", "both")
MIN_CODED = 30  # sentences with a theme, and without it, below which the lexicon alone decides for it
_FOLDS = 10
_STRENGTH = 1.0  # inverse of the L2 penalty
_GRID = tuple(round(0.1 + 0.02 * step, 2) for step in range(36))


def features(coded: Sequence[Coded], themes: Sequence[Theme], folder: Path | None = None) -> tuple[Array, dict[str, Array]]:
    """Features of coded sentences, each in the context of its text, and per theme how far its rules decide (0 to 1).

    Args:
        coded: the sentences; those of one text stand together.
        themes: the codebook.
        folder: content cache of embeddings.
    """
    match = matcher(themes)
    texts = sorted({text for row in coded for text in (row.sentence, row.previous, row.title) if text})
    index = {text: n for n, text in enumerate(texts)} | {"": -1}
    vectors = np.vstack([classifier.embed([text], folder) for text in texts])
    sentences = [Sentence(text, match(text)) for text in texts]
    own, previous, titles = (
        [index[text] for text in column] for column in zip(*((r.sentence, r.previous, r.title) for r in coded), strict=True)
    )
    rows = classifier.features(sentences, own, previous, titles, vectors, themes)
    rules = {theme.key: np.array([decided(sentences[n].hits, theme.key) for n in own]) for theme in themes}
    return rows, rules


def train(coded: Sequence[Coded], themes: Sequence[Theme], folder: Path | None = None) -> tuple[Model, dict[str, Any]]:
    """Fit one logistic regression per theme, with thresholds from cross-validation grouped by text.

    Returns:
        The model, and its scores out of fold: per theme and method precision, recall and F1 with 95 % intervals
        (bootstrap over texts), also for each register when it is left out of training.
    """
    rows, rules = features(coded, themes, folder)
    codes = {theme.key: np.array([theme.key in row.themes for row in coded]) for theme in themes}
    trained = [theme for theme in themes if min(codes[theme.key].sum(), (~codes[theme.key]).sum()) >= MIN_CODED]
    folds = np.array([int(cache.key([row.group]), 16) % _FOLDS for row in coded])
    registers = np.array([row.register for row in coded])
    scores, left_out, weights, intercepts, thresholds = {}, {}, {}, {}, {}
    for theme in trained:
        key = theme.key
        scores[key] = out_of_fold(rows, codes[key], folds)
        left_out[key] = out_of_fold(rows, codes[key], registers)
        weights[key], intercepts[key] = fit(rows, codes[key])
        thresholds[key] = {
            "classifier": _best(codes[key], scores[key], np.zeros(len(coded), bool)),
            "both": _best(codes[key], scores[key], rules[key] >= 1),
        }
    model = Model(
        {theme.key: classifier.fingerprint(theme) for theme in trained},
        classifier.names(themes),
        weights,
        intercepts,
        thresholds,
    )
    return model, _report(coded, model, codes, rules, scores, left_out)


def fit(rows: Array, codes: Array) -> tuple[Array, float]:
    """Weights and intercept of the logistic regression of `codes` on `rows`."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=_STRENGTH, max_iter=2000, tol=1e-6).fit(rows, codes)
    return fitted.coef_[0], float(fitted.intercept_[0])


def out_of_fold(rows: Array, codes: Array, folds: Array) -> Array:
    """Scores of sentences by a model that saw none of their fold."""
    scores = np.zeros(len(codes))
    for fold in np.unique(folds):
        held = folds == fold
        if held.all() or codes[~held].all() or not codes[~held].any():
            scores[held] = codes[~held].mean() if not held.all() else 0.0
            continue
        weights, intercept = fit(rows[~held], codes[~held])
        scores[held] = 1 / (1 + np.exp(-(rows[held] @ weights + intercept)))
    return np.round(scores, 3)


def _best(codes: Array, scores: Array, already: Array) -> float:
    """The threshold with the best F1, when the sentences in `already` are coded anyway."""
    return max(_GRID, key=lambda threshold: (f1(codes, (scores >= threshold) | already), -threshold))


def f1(codes: Array, found: Array) -> float:
    """F1 of `found` against `codes`; 0 where both are empty."""
    total = int(codes.sum()) + int(found.sum())
    return 2 * int((codes & found).sum()) / total if total else 0.0


def present(method: str, rules: Array, scores: Array | None, thresholds: Mapping[str, float] | None) -> Array:
    """Which sentences carry a theme: `rules` says how far the lexicon decides, `scores` what the classifier gives."""
    if method == "lexicon" or scores is None or thresholds is None:
        return np.asarray(rules >= 1)
    found = scores >= thresholds[method]
    return np.asarray(found | (rules >= 1) if method == "both" else found)


# --- judging ----------------------------------------------------------------------------------------------------------


def _report(
    coded: Sequence[Coded],
    model: Model,
    codes: Mapping[str, Array],
    rules: Mapping[str, Array],
    scores: Mapping[str, Array],
    left_out: Mapping[str, Array],
) -> dict[str, Any]:
    groups = np.unique([row.group for row in coded], return_inverse=True)[1]
    registers = np.array([row.register for row in coded])

    def found(method: str, how: Mapping[str, Array]) -> dict[str, Array]:
        return {key: present(method, rules[key], how.get(key), model.thresholds.get(key)) for key in codes}

    return {
        "sentences": len(coded),
        "texts": int(groups.max()) + 1,
        "coded": {key: int(values.sum()) for key, values in codes.items()},
        "thresholds": {key: dict(values) for key, values in model.thresholds.items()},
        "calibration_error": {key: _calibration(codes[key], scores[key]) for key in scores},
        "grouped_by_text": {method: evaluate(codes, found(method, scores), groups) for method in METHODS},
        "register_left_out": {
            method: {
                str(name): evaluate(
                    {key: values[registers == name] for key, values in codes.items()},
                    {key: values[registers == name] for key, values in found(method, left_out).items()},
                )
                for name in np.unique(registers)
            }
            for method in METHODS
        },
    }


def evaluate(
    codes: Mapping[str, Array], found: Mapping[str, Array], groups: Array | None = None, resamples: int = 1000
) -> dict[str, Any]:
    """Precision, recall and F1 per theme, and macro-F1; with `groups`, 95 % percentile intervals when groups are drawn anew."""
    counts = {
        key: np.stack([codes[key] & found[key], ~codes[key] & found[key], codes[key] & ~found[key]], axis=1).astype(float)
        for key in codes
    }
    drawn = None
    if groups is not None:
        size = int(groups.max()) + 1
        drawn = np.random.default_rng(20190524).multinomial(size, np.full(size, 1 / size), size=resamples)
    result: dict[str, Any] = {}
    macro = []
    for key, each in counts.items():
        hit, false, missed = each.sum(axis=0)
        result[key] = {
            "precision": _ratio(hit, hit + false),
            "recall": _ratio(hit, hit + missed),
            "f1": _ratio(2 * hit, 2 * hit + false + missed),
        }
        if drawn is not None and groups is not None:
            sums = np.stack([np.bincount(groups, weights=each[:, n]) for n in range(3)], axis=1)
            a, b, c = (drawn @ sums).T
            sampled = 2 * a / np.maximum(2 * a + b + c, 1)
            macro.append(sampled)
            result[key]["interval"] = _interval(sampled)
    result["macro_f1"] = round(float(np.mean([result[key]["f1"] for key in counts])), 3)
    if macro:
        result["macro_interval"] = _interval(np.mean(macro, axis=0))
    return result


def _ratio(part: float, whole: float) -> float:
    return round(float(part / whole), 3) if whole else 0.0


def _interval(values: Array) -> list[float]:
    return [round(float(bound), 3) for bound in np.quantile(values, [0.025, 0.975])]


def _calibration(codes: Array, scores: Array, bins: int = 10) -> float:
    """Expected calibration error: mean distance of score and share of coded sentences, over bins of score."""
    bin_of = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [abs(scores[bin_of == n].sum() - codes[bin_of == n].sum()) for n in range(bins)]
    return round(float(np.sum(gaps) / len(codes)), 3)
