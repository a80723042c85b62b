"""Nominal 95 % intervals must cover the truth in 92 to 98 % of corpora drawn from a known one."""

import numpy as np
import pytest

from presstm import stats
from presstm.codes import correction, evaluation

RUNS = 800


def corpus(random, clusters, share, size=1):
    """Values (0 or 1) in clusters of one to `size` members that resemble each other, and the cluster of each."""
    sizes = random.integers(1, size + 1, clusters)
    odds = random.beta(share * 2, (1 - share) * 2, clusters) if size > 1 else np.full(clusters, share)
    index = np.repeat(np.arange(clusters), sizes)
    return (random.random(len(index)) < odds[index]).astype(float), index


@pytest.mark.parametrize(
    ("clusters", "share", "size"), [(20, 0.5, 1), (40, 0.15, 1), (30, 0.5, 4), (60, 0.3, 4), (120, 0.8, 4)]
)
def test_intervals_of_shares_cover_the_truth(clusters, share, size):
    random = np.random.default_rng(clusters)
    covered = 0
    for _ in range(RUNS):
        values, index = corpus(random, clusters, share, size)
        (interval,) = stats.share_intervals(values[:, None], index)
        covered += interval[0] <= share <= interval[1]
    assert 0.92 <= covered / RUNS <= 0.98


@pytest.mark.parametrize(
    ("clusters", "share", "printed", "wire"), [(40, 0.3, 11, 0.2), (40, 0.5, 20, 0.1), (80, 0.3, 11, 0.2)]
)
def test_intervals_of_shares_cover_the_truth_where_wire_copy_is_printed_often(clusters, share, printed, wire):
    random = np.random.default_rng(clusters)
    covered = 0
    for _ in range(RUNS):
        sizes = np.where(random.random(clusters) < wire, random.integers(2, printed + 1, clusters), 1)
        index = np.repeat(np.arange(clusters), sizes)
        values = (random.random(clusters) < share).astype(float)[index]
        (interval,) = stats.share_intervals(values[:, None], index)
        covered += interval[0] <= share <= interval[1]
    assert 0.92 <= covered / RUNS <= 0.98


@pytest.mark.parametrize(
    ("sentences", "rate", "recall", "false"), [(300, 0.1, 0.7, 0.02), (300, 0.1, 0.95, 0.003), (100, 0.2, 0.9, 0.02)]
)
def test_intervals_of_measures_cover_the_truth(sentences, rate, recall, false):
    precision = rate * recall / (rate * recall + (1 - rate) * false)
    truth = {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}
    random = np.random.default_rng(sentences)
    covered, themes = dict.fromkeys(truth, 0), list("abcd")
    for _ in range(RUNS // len(themes)):
        human, chance = (random.random((2, sentences, len(themes))) < [[[rate]], [[recall]]]).astype(float)
        predicted = np.where(human == 1, chance, random.random(human.shape) < false)
        clusters = random.integers(0, 60, sentences).astype(str).tolist()
        rows = evaluation.evaluate(predicted, human, np.ones(sentences), clusters, themes)
        for name, value in truth.items():
            covered[name] += sum(row[f"{name}_low"] <= value <= row[f"{name}_high"] for row in rows[:-1])
    assert all(count / RUNS >= 0.92 for count in covered.values())


def test_a_share_of_all_or_none_is_not_certain():
    ((low, high),) = stats.share_intervals(np.ones((12, 1)), np.arange(12))
    assert low < 0.8
    assert high == 1


@pytest.mark.parametrize(("coded", "share"), [(60, 0.3), (150, 0.1), (300, 0.3), (600, 0.5)])
def test_corrected_shares_cover_the_truth_where_naive_ones_do_not(coded, share):
    random = np.random.default_rng(coded)
    covered = naive = 0
    for _ in range(RUNS):
        truth, clusters = corpus(random, 300, share, 12)
        wrong = np.where(truth == 1, random.random(len(truth)) < 0.3, random.random(len(truth)) < 0.1)
        predicted = np.where(wrong, 1 - truth, truth)
        odds = np.where(predicted == 1, 2.0, 1.0)  # predicted sentences are twice as likely to be coded
        chances = np.minimum(coded * odds / odds.sum(), 1)
        rows = np.flatnonzero(random.random(len(truth)) < chances)
        found = correction.corrected(predicted, clusters, rows, truth[rows], chances[rows])
        plain = correction.naive(predicted, clusters)
        covered += found.low <= share <= found.high
        naive += plain.low <= share <= plain.high
    assert 0.92 <= covered / RUNS <= 0.98
    assert share == 0.5 or naive < covered


@pytest.mark.parametrize(("coded", "share"), [(150, 0.3), (400, 0.1)])
def test_corrected_shares_that_count_each_cluster_alike_cover_the_truth(coded, share):
    random = np.random.default_rng(coded)
    covered = 0
    for _ in range(RUNS):
        truth, clusters = corpus(random, 250, share, 12)
        wrong = np.where(truth == 1, random.random(len(truth)) < 0.3, random.random(len(truth)) < 0.1)
        predicted = np.where(wrong, 1 - truth, truth)
        odds = np.where(predicted == 1, 2.0, 1.0)
        chances = np.minimum(coded * odds / odds.sum(), 1)
        rows = np.flatnonzero(random.random(len(truth)) < chances)
        weights = 1 / np.bincount(clusters)[clusters]
        found = correction.corrected(predicted, clusters, rows, truth[rows], chances[rows], weights)
        covered += found.low <= share <= found.high
    assert 0.92 <= covered / RUNS <= 0.98


def few(random, clusters, largest, share):
    """Truth per sentence, and its cluster: of twenty sentences each, but for a first one of `largest`."""
    sizes = np.full(clusters, 20)
    sizes[0] = largest
    index = np.repeat(np.arange(clusters), sizes)
    odds = random.beta(share * 2, (1 - share) * 2, clusters)
    return (random.random(len(index)) < odds[index]).astype(float), index


@pytest.mark.parametrize(
    ("clusters", "largest", "share", "coded"),
    [(8, 20, 0.1, 150), (8, 20, 0.03, 150), (5, 150, 0.3, 60), (300, 20, 0.03, 40)],
)
def test_corrected_shares_of_few_clusters_or_near_0_are_covered_at_least_as_often(clusters, largest, share, coded):
    random = np.random.default_rng(clusters + coded)
    covered = 0
    for _ in range(RUNS):
        truth, index = few(random, clusters, largest, share)
        wrong = random.random(len(truth)) < np.where(truth == 1, 0.3, 0.1)
        predicted = np.where(wrong, 1 - truth, truth)
        odds = np.where(predicted == 1, 2.0, 1.0)
        chances = np.minimum(coded * odds / odds.sum(), 1)
        rows = np.flatnonzero(random.random(len(truth)) < chances)
        found = correction.corrected(predicted, index, rows, truth[rows], chances[rows])
        covered += found.low <= share <= found.high
    assert covered / RUNS >= 0.92


@pytest.mark.parametrize(("clusters", "largest", "share"), [(4, 150, 0.1), (8, 150, 0.03), (8, 20, 0.03), (120, 20, 0.03)])
def test_naive_shares_of_few_clusters_or_near_0_are_covered_where_the_coding_makes_no_error(clusters, largest, share):
    random = np.random.default_rng(clusters + largest)
    covered = 0
    for _ in range(RUNS):
        plain = correction.naive(*few(random, clusters, largest, share))
        covered += plain.low <= share <= plain.high
    assert covered / RUNS >= 0.92


def test_without_errors_in_the_sample_the_corrected_share_is_the_naive_one_and_less_certain():
    predicted, clusters = corpus(np.random.default_rng(1), 50, 0.3, 6)
    rows = np.arange(0, len(predicted), 5)
    found = correction.corrected(predicted, clusters, rows, predicted[rows], np.full(len(rows), 0.2))
    plain = correction.naive(predicted, clusters)
    assert found.share == pytest.approx(plain.share)
    assert found.high - found.low > plain.high - plain.low


def test_order_of_rows_does_not_matter():
    random = np.random.default_rng(2)
    predicted, clusters = corpus(random, 40, 0.4, 5)
    rows = np.arange(0, len(predicted), 3)
    human = random.integers(0, 2, len(rows)).astype(float)
    one = correction.corrected(predicted, clusters, rows, human, np.full(len(rows), 0.3))
    order = random.permutation(len(rows))
    two = correction.corrected(predicted, clusters, rows[order], human[order], np.full(len(rows), 0.3))
    assert (one.share, one.low, one.high) == pytest.approx((two.share, two.low, two.high))
