import numpy as np
import pytest

from presstm.codes import evaluation


def test_measures_are_weighted_by_the_design():
    predicted = np.array([[1], [1], [0], [0]], float)
    human = np.array([[1], [0], [1], [0]], float)
    theme, macro = evaluation.evaluate(predicted, human, np.array([0.5, 1, 0.25, 1]), list("abcd"), ["law"])
    # Weights 2, 1, 4: right 2, wrong 1, missed 4.
    assert (theme["precision"], theme["recall"]) == (pytest.approx(2 / 3), pytest.approx(2 / 6))
    assert theme["f1"] == macro["f1"] == pytest.approx(4 / 9)
    assert theme["f1_low"] < theme["f1"] < theme["f1_high"]
    assert (theme["with_theme"], theme["sentences"]) == (2, 4)


def test_a_theme_that_nobody_sees_has_no_measure():
    rows = evaluation.evaluate(np.zeros((3, 1)), np.zeros((3, 1)), np.ones(3), list("abc"), ["law"])
    assert rows[0]["f1"] is None
    assert rows[0]["f1_low"] is None


def test_order_does_not_matter():
    random = np.random.default_rng(0)
    p, h = (random.random((2, 40, 2)) < 0.4).astype(float)
    clusters, chance = [f"c{n % 9}" for n in range(40)], np.full(40, 0.5)
    order = random.permutation(40)
    one = evaluation.evaluate(p, h, chance, clusters, ["a", "b"])
    other = evaluation.evaluate(p[order], h[order], chance, [clusters[n] for n in order], ["a", "b"])
    assert [pytest.approx(row) for row in one] == other


def test_measures_without_an_error_are_not_certain():
    codes = np.repeat([[1.0], [0.0]], 15, axis=0)
    theme, _ = evaluation.evaluate(codes, codes, np.ones(30), [str(n) for n in range(30)], ["law"])
    assert theme["precision"] == theme["f1"] == 1
    assert 0.7 < theme["precision_low"] < 0.9
    assert theme["precision_low"] < theme["f1_low"] < 1


def test_a_theme_on_which_two_coders_differ_counts_half():
    rows = evaluation.evaluate(np.ones((2, 1)), np.array([[1.0], [0.5]]), np.ones(2), list("ab"), ["law"])
    assert (rows[0]["precision"], rows[0]["recall"], rows[0]["with_theme"]) == (0.75, 1.0, 2)
