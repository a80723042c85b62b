"""Training the classifier of themes on coded sentences, and judging it on texts it was not trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from presstm import classifier
from presstm.classifier import Array, Model, Sentence
from presstm.codebook import Theme, decided, matcher
from presstm.running import cache
from presstm.theming import wording
from presstm.theming.coding import Coded

METHODS = ("lexicon", "classifier", "both")
MIN_CODED = 30  # sentences with a theme, and without it, below which the lexicon alone decides for it
_FOLDS = 10
# Inverse of the L2 penalty of each logistic regression, and how much its logit counts. More weight for the words scores half a point
# better in cross-validation, and half a point worse on texts by other writers.
_CONTEXT, _WORDS = (0.1, 0.7), (0.3, 0.3)
_GRID = tuple(round(0.1 + 0.02 * step, 2) for step in range(45))
_RIGHT = 0.6  # share of what the classifier adds to the rules that has to be right


@dataclass(frozen=True)
class Rows:
    """What the classifier sees of sentences: `context` as `classifier.features` makes it, `words` as `wording.rows` does; and how
    much each counts."""

    context: Array
    words: Any
    weights: Array

    def where(self, chosen: Array) -> Rows:
        """The rows for which `chosen` is true."""
        return Rows(self.context[chosen], self.words[np.flatnonzero(chosen)], self.weights[chosen])


@dataclass(frozen=True)
class Fitted:
    """Weights of the features, weights of the words, and intercept, of a linear score."""

    context: Array
    words: Array
    intercept: float

    def logits(self, rows: Rows) -> Array:
        """The score of every row."""
        return np.asarray(rows.context @ self.context + rows.words @ self.words + self.intercept)


def rows_of(
    coded: Sequence[Coded], themes: Sequence[Theme], vocabulary: tuple[str, ...], folder: Path | None = None
) -> tuple[Rows, dict[str, Array]]:
    """What the classifier sees of coded sentences, and per theme how far its rules decide (0 to 1)."""
    context, rules = features(coded, themes, folder)
    weights = np.array([row.weight for row in coded])
    return Rows(context, wording.rows([row.sentence for row in coded], vocabulary), weights), rules


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
    """Fit the classifier, with calibration and thresholds from cross-validation grouped by text.

    Returns:
        The model, and its scores out of fold: per theme and method precision, recall and F1 with 95 % intervals
        (bootstrap over texts), also for each register when it is left out of training.
    """
    vocabulary = wording.vocabulary(row.sentence for row in coded)
    rows, rules = rows_of(coded, themes, vocabulary, folder)
    codes = {theme.key: np.array([theme.key in row.themes for row in coded]) for theme in themes}
    trained = [theme for theme in themes if min(codes[theme.key].sum(), (~codes[theme.key]).sum()) >= MIN_CODED]
    folds = folds_of(coded)
    registers = np.array([row.register for row in coded])
    scores, left_out, thresholds, fitted = {}, {}, {}, {}
    for theme in trained:
        key = theme.key
        each = fit(rows, codes[key])
        logits = out_of_fold(rows, codes[key], folds, each)
        slope, shift = calibration(logits, codes[key])
        scores[key] = _scores(slope * logits + shift)
        left_out[key] = _scores(slope * out_of_fold(rows, codes[key], registers, each) + shift)
        alone = threshold(codes[key], scores[key])
        thresholds[key] = {"classifier": alone, "both": max(alone, beside_rules(codes[key], scores[key], rules[key]))}
        fitted[key] = Fitted(slope * each.context, slope * each.words, slope * each.intercept + shift)
    model = Model(
        {theme.key: classifier.fingerprint(theme) for theme in trained},
        classifier.names(themes),
        {key: each.context for key, each in fitted.items()},
        vocabulary,
        {key: each.words for key, each in fitted.items()},
        {key: each.intercept for key, each in fitted.items()},
        thresholds,
    )
    return model, _report(coded, model, codes, rules, scores, left_out)


def folds_of(coded: Sequence[Coded]) -> Array:
    """The fold of each sentence; those of one text, and of texts that share a sentence, are in one."""
    return np.array([int(cache.key([row.group]), 16) % _FOLDS for row in coded])


def fit(rows: Rows, codes: Array, near: Fitted | None = None) -> Fitted:
    """The weighted mean of the logistic regressions of `codes` on the context and on the words.

    Apart, each is shrunk by its own penalty; together, the words only added noise to the embeddings. Words are fitted at their
    inverse document frequency, so that a rare one, which says more, is shrunk less. The search begins at `near`, where given:
    with what was fitted to nearly the same rows it takes half of the steps to the same end.
    """
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    (strength, share), (word_strength, word_share) = _CONTEXT, _WORDS
    context = LogisticRegression(C=strength, max_iter=2000, tol=1e-6, warm_start=near is not None)
    if near is not None:
        context.coef_, context.intercept_ = near.context[None] / share, np.array([near.intercept])
    context.fit(rows.context, codes, rows.weights)
    held = np.bincount(rows.words.indices, minlength=rows.words.shape[1])
    rarity = np.log(len(codes) / np.maximum(held, 1))
    scaled = sparse.csr_array(rows.words @ sparse.diags_array(rarity))
    words = LogisticRegression(C=word_strength, solver="liblinear", tol=1e-6).fit(scaled, codes, rows.weights)
    intercept = share * float(context.intercept_[0]) + word_share * float(words.intercept_[0])
    return Fitted(share * context.coef_[0], word_share * rarity * words.coef_[0], intercept)


def calibration(logits: Array, codes: Array) -> tuple[float, float]:
    """Slope and shift that make probabilities of logits out of fold (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6).fit(logits[:, None], codes)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def out_of_fold(rows: Rows, codes: Array, folds: Array, near: Fitted | None = None) -> Array:
    """Logits of sentences by a model that saw none of their fold; `near` as for `fit`."""
    logits = np.zeros(len(codes))
    for fold in np.unique(folds):
        held = folds == fold
        if held.all() or codes[~held].all() or not codes[~held].any():
            share = np.clip(codes[~held].mean() if not held.all() else 0.0, 1e-3, 1 - 1e-3)
            logits[held] = np.log(share / (1 - share))
            continue
        logits[held] = fit(rows.where(~held), codes[~held], near).logits(rows.where(held))
    return logits


def _scores(logits: Array) -> Array:
    return np.round(1 / (1 + np.exp(-logits)), 3)


def threshold(codes: Array, scores: Array) -> float:
    """Half of the best F1 that a threshold reaches: where scores are calibrated, F1 is best there (Lipton et al. 2014).

    The best threshold itself hangs on a few sentences.
    """
    return round(max(f1(codes, scores >= value) for value in _GRID) / 2, 3)


def beside_rules(codes: Array, scores: Array, rules: Array) -> float:
    """The lowest threshold from which six in ten of the sentences are right that no rule decides and the classifier adds.

    Texts written for training hold more that only a classifier finds than the press does, so that the threshold of the best F1
    would add too much there.
    """
    for value in _GRID:
        added = codes[(scores >= value) & (rules < 1)]
        if added.size and added.mean() >= _RIGHT:
            return value
    return 1.0


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
        "shares": [_CONTEXT[1], _WORDS[1]],
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


def _calibration(codes: Array, scores: Array) -> float:
    """Expected calibration error: mean distance of score and share of coded sentences, over ten bins of score."""
    bins = 10
    bin_of = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [abs(scores[bin_of == n].sum() - codes[bin_of == n].sum()) for n in range(bins)]
    return round(float(np.sum(gaps) / len(codes)), 3)
