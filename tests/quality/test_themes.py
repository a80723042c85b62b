"""Floors of the themes on the project's own coded sentences. A floor may rise, never fall.

The sentences are hard on purpose: much of what they say is said without its vocabulary. The classifier is judged on texts that
were not in its training, from the threshold that is best for these texts (beside rules, the one in use is higher); the rules were
mended while looking at part of the sentences, so that the numbers are no estimate of what real coverage gives.
"""

import csv
from functools import cache
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from presstm import classifier, codebook, codes
from presstm.codes import agreement
from presstm.theming import coding, training, wording

ROOT = Path(__file__).parents[2]
THEMES = codebook.load_codebook(ROOT / "models/themes.yml")
CODED = coding.read(sorted((ROOT / "corpus/coding").glob("*.csv")), [theme.key for theme in THEMES])
FOLDS = training.folds_of(CODED)
WHOLE = ("sentences-6", "sentences-7")  # whole articles: harder
NEWS = ("sentences-10", "sentences-11")  # whole articles by writers who knew no rule, coded by others: harder still
FLOORS = {
    "other texts": {
        "lexicon": {"precarity": 0.6, "invisibility": 0.52, "regulation": 0.73, "ai": 0.76},
        "both": {"precarity": 0.75, "invisibility": 0.68, "regulation": 0.83, "ai": 0.84},
    },
    "whole": {
        "lexicon": {"precarity": 0.35, "invisibility": 0.18, "regulation": 0.66, "ai": 0.74},
        "both": {"precarity": 0.65, "invisibility": 0.52, "regulation": 0.76, "ai": 0.8},
    },
    "news": {
        "lexicon": {"precarity": 0.42, "invisibility": 0.16, "regulation": 0.49, "ai": 0.6},
        "both": {"precarity": 0.57, "invisibility": 0.46, "regulation": 0.7, "ai": 0.7},
    },
}
HELD_OUT = ROOT / "corpus/coding/held-out"  # never trained on
HELD = {path.stem: coding.read([path], [theme.key for theme in THEMES]) for path in sorted(HELD_OUT.glob("*.csv"))}
HELD_OUT_FLOORS = {
    "articles": {"precarity": 0.7, "invisibility": 0.57, "regulation": 0.76, "ai": 0.77},
    "pieces": {"precarity": 0.61, "invisibility": 0.48, "regulation": 0.72, "ai": 0.71},
}
PRESS = {"lexicon": 0.78, "both": 0.87}  # macro-F1 on the register nearest to news, when it is left out of training


@pytest.fixture(scope="module")
def embedded():
    """All sentences are embedded together: in a third of the time of one by one, and with the same result."""
    rows = [*CODED, *(row for held in HELD.values() for row in held)]
    texts = sorted({text for row in rows for text in (row.sentence, row.previous, row.title) if text})
    vectors = dict(zip(texts, classifier.embed(texts), strict=True))
    for text in texts[::500]:
        assert np.abs(classifier.embed([text]) - vectors[text]).max() < 1e-6
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classifier, "embed", lambda texts, folder=None: np.vstack([vectors[text] for text in texts]))
        yield


@cache
def features() -> tuple[training.Rows, dict[str, np.ndarray]]:
    return training.rows_of(CODED, THEMES, wording.vocabulary(row.sentence for row in CODED))


def probability(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))


def starts(files: tuple[str, ...]) -> np.ndarray:
    return np.array([row.group.startswith(tuple(f"{name}.csv" for name in files)) for row in CODED])


@cache
def out_of_fold(key: str) -> tuple[training.Fitted, np.ndarray]:
    """What is fitted to all sentences, and the logits of each by a model that saw none of its fold, of ten."""
    rows, _ = features()
    codes = np.array([key in row.themes for row in CODED])
    fitted = training.fit(rows, codes)
    return fitted, training.out_of_fold(rows, codes, FOLDS, fitted)


@cache
def scores() -> dict[str, dict[str, float]]:
    """F1 per method and theme of each part of the sentences (`news, lexicon`), out of ten folds grouped by text.

    `press`: macro-F1 on that register, left out of training.
    """
    rows, rules = features()
    press = np.array([row.register == "press" for row in CODED])
    codes = {theme.key: np.array([theme.key in row.themes for row in CODED]) for theme in THEMES}
    parts = {"other texts": ~starts(WHOLE + NEWS), "whole": starts(WHOLE), "news": starts(NEWS)}
    found: dict[str, dict[str, float]] = {f"{part}, {method}": {} for method in ("lexicon", "both") for part in parts}
    found["press"] = {}
    left_out: dict[str, dict[str, np.ndarray]] = {"lexicon": {}, "both": {}}
    for key, values in codes.items():
        fitted, logits = out_of_fold(key)
        slope, shift = training.calibration(logits, values)
        given = probability(slope * logits + shift)
        unseen = probability(slope * training.out_of_fold(rows, values, press, fitted) + shift)
        thresholds = dict.fromkeys(("classifier", "both"), training.threshold(values, given))
        for method in left_out:
            coded = training.present(method, rules[key], given, thresholds)
            for part, inside in parts.items():
                found[f"{part}, {method}"][key] = training.f1(values[inside], coded[inside])
            left_out[method][key] = training.present(method, rules[key], unseen, thresholds)[press]
    for method, present in left_out.items():
        found["press"][method] = training.evaluate({key: values[press] for key, values in codes.items()}, present)[
            "macro_f1"
        ]
    return found


@pytest.mark.usefixtures("embedded")
@pytest.mark.parametrize("method", ["lexicon", "both"])
@pytest.mark.parametrize("part", FLOORS)
def test_f1_of_every_theme_is_above_its_floor(part, method):
    found = scores()[f"{part}, {method}"]
    assert {theme: f1 for theme, f1 in found.items() if f1 < FLOORS[part][method][theme]} == {}


@pytest.mark.usefixtures("embedded")
@pytest.mark.parametrize("name", HELD_OUT_FLOORS)
def test_f1_in_texts_that_are_held_out_is_above_its_floor(name):
    keys = [theme.key for theme in THEMES]
    held = HELD[name]
    assert not {row.sentence for row in held if len(row.sentence.split()) > 5} & {row.sentence for row in CODED}
    model = classifier.load(ROOT / "models/themes-classifier.json")
    context, rules = training.features(held, THEMES)
    given = classifier.probabilities(model, context, [row.sentence for row in held], THEMES)
    found = {key: training.present("both", rules[key], given[key], model.thresholds[key]) for key in keys}
    scores = {key: training.f1(np.array([key in row.themes for row in held]), found[key]) for key in keys}
    assert {key: f1 for key, f1 in scores.items() if f1 < HELD_OUT_FLOORS[name][key]} == {}


@pytest.mark.usefixtures("embedded")
@pytest.mark.parametrize("method", PRESS)
def test_the_register_of_news_is_coded_without_having_been_seen(method):
    assert scores()["press"][method] >= PRESS[method]


@pytest.mark.usefixtures("embedded")
def test_the_classifier_adds_to_the_lexicon():
    found = scores()
    for part in FLOORS:
        assert np.mean(list(found[f"{part}, both"].values())) > np.mean(list(found[f"{part}, lexicon"].values())) + 0.1
    assert found["press"]["both"] > found["press"]["lexicon"]


def test_rules_find_what_plain_sentences_say():
    match = codebook.matcher(THEMES)
    plain = [row for row in CODED if row.group.startswith("sentences-9")]
    hits = [match(row.sentence) for row in plain]
    for theme in THEMES:
        coded = np.array([theme.key in row.themes for row in plain])
        found = np.array([codebook.decided(each, theme.key) >= 1 for each in hits])
        assert (coded & found).sum() >= 0.92 * coded.sum(), theme.key
        assert (coded & found).sum() >= 0.95 * found.sum(), theme.key


def test_codes_are_what_two_coders_say_who_agree():
    keys = [theme.key for theme in THEMES]
    given = codes.read_codes(sorted((ROOT / "corpus/coding/coders").glob("*.csv")), keys)
    by_coder = {name: {code.key: set(code.themes) for code in given if code.coder == name} for name in ("first", "second")}
    rows = {
        path.stem: list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"), newline="")))
        for path in [*(ROOT / "corpus/coding").glob("*.csv"), *HELD_OUT.glob("*.csv")]
    }
    final = {f"{name}:{n}": set(filter(None, row["themes"].split(";"))) for name in rows for n, row in enumerate(rows[name])}
    assert set(by_coder["first"]) == set(by_coder["second"]) == set(final)
    for key, themes in final.items():
        one, other = by_coder["first"][key], by_coder["second"][key]
        assert one & other <= themes <= one | other, key
    for theme in keys:
        assert (agreement.alpha(agreement.reliability(given, theme)[2])[0] or 0) >= 0.9


def test_half_of_the_sentences_have_no_theme():
    assert sum(not row.themes for row in CODED) >= len(CODED) / 2
    assert len({row.group for row in CODED}) >= 200


@pytest.mark.usefixtures("embedded")
def test_the_model_that_comes_with_presstm_was_trained_on_these_sentences_and_rules():
    model = classifier.load(ROOT / "models/themes-classifier.json")
    rows, _ = features()
    given = classifier.probabilities(model, rows.context, [row.sentence for row in CODED], THEMES)
    for theme in THEMES:
        codes = np.array([theme.key in row.themes for row in CODED])
        fitted, logits = out_of_fold(theme.key)
        slope, shift = training.calibration(logits, codes)
        anew = probability(slope * fitted.logits(rows) + shift)
        assert np.abs(anew - given[theme.key]).max() < 0.01, f"run presstm train: the model of {theme.key} is not of today"
