from fractions import Fraction
from math import comb, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import stats


def test_npmi_of_a_case_worked_by_hand():
    # 8 units, one in 4, the other in 4, both in 4: always together.
    assert stats.npmi(np.array([4]), np.array([4]), np.array([4]), 8)[0] == pytest.approx(1)
    # both in 2 of 8 = 4/8 * 4/8: independent.
    assert stats.npmi(np.array([2]), np.array([4]), np.array([4]), 8)[0] == pytest.approx(0)
    assert stats.npmi(np.array([1]), np.array([4]), np.array([4]), 8)[0] == pytest.approx(log(1 / 2) / log(8))
    assert stats.npmi(np.array([8]), np.array([8]), np.array([8]), 8)[0] == 1


@given(st.integers(1, 30), st.data())
def test_hypergeometric_sf_agrees_with_exact_arithmetic(units, data):
    first = data.draw(st.integers(1, units))
    second = data.draw(st.integers(1, units))
    together = data.draw(
        st.integers(max(1, first + second - units), min(first, second))
        if first + second > units
        else st.integers(1, min(first, second))
    )
    exact = sum(
        Fraction(comb(first, k) * comb(units - first, second - k), comb(units, second))
        for k in range(together, min(first, second) + 1)
    )
    found = stats.hypergeometric_sf(np.array([together]), np.array([first]), np.array([second]), units)[0]
    assert found == pytest.approx(float(exact), abs=1e-9)


@pytest.mark.parametrize("upper", [True, False])
@given(st.integers(1, 60), st.data())
def test_log_tails_agree_with_exact_arithmetic(upper, units, data):
    first = data.draw(st.integers(0, units))
    second = data.draw(st.integers(0, units))
    count = data.draw(st.integers(max(0, first + second - units), min(first, second)))
    values = range(count, min(first, second) + 1) if upper else range(max(0, first + second - units), count + 1)
    exact = sum(Fraction(comb(first, k) * comb(units - first, second - k), comb(units, second)) for k in values)
    found = stats.log_hypergeometric_tail(*(np.array([n]) for n in (count, first, second)), units, upper)[0]
    assert found == pytest.approx(log(exact), abs=1e-9)


def test_log_tails_do_not_underflow():
    count, first, second, units = 400, 500, 900, 20_000
    exact = sum(comb(first, k) * comb(units - first, second - k) for k in range(count, first + 1))
    found = stats.log_hypergeometric_tail(np.array([count]), np.array([first]), np.array([second]), units)[0]
    assert found == pytest.approx(log(exact) - log(comb(units, second)), abs=1e-8)
    assert np.exp(found) == 0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_benjamini_hochberg_agrees_with_scipy(p):
    from scipy.stats import false_discovery_control

    assert stats.benjamini_hochberg(np.array(p)) == pytest.approx(false_discovery_control(p))


def test_benjamini_hochberg_counts_tests_that_are_not_listed():
    from scipy.stats import false_discovery_control

    p = np.array([0.001, 0.2, 0.03])
    padded = false_discovery_control(np.concatenate([p, np.ones(7)]))
    assert stats.benjamini_hochberg(p, tests=10) == pytest.approx(padded[:3])


def test_intervals_of_shares_do_not_depend_on_order():
    values, clusters = np.array([[1.0, 0, 1, 1, 0, 0]]).T, np.array(["a", "b", "a", "c", "d", "d"])
    order = [5, 3, 1, 0, 4, 2]
    (one,), (other,) = stats.share_intervals(values, clusters), stats.share_intervals(values[order], clusters[order])
    assert one == pytest.approx(other)


def test_intervals_of_shares_are_wider_when_articles_repeat_each_other():
    values = np.tile([1.0, 0.0], 30)[:, None]
    (alone,), (tied,) = stats.share_intervals(values, np.arange(60)), stats.share_intervals(values, np.arange(60) % 10)
    assert tied[1] - tied[0] > 1.5 * (alone[1] - alone[0])


def test_intervals_of_shares_are_those_worked_out_cluster_by_cluster():
    from scipy.stats import t

    parts, wholes = np.array([[1.0], [0.0], [3.0], [1.0]]), np.array([[1.0], [2.0], [4.0], [3.0]])
    share, low, high = stats.ratio_intervals(parts, wholes, np.array([10.0]))
    without = [4 / 9, 5 / 8, 2 / 6, 4 / 7]
    units = 0.25 / (3 / 4 * sum((share - 0.5) ** 2 for share in without))
    half = t.ppf(0.975, 30**2 / 354)  # sizes squared: 1 + 4 + 16 + 9, to the fourth: 1 + 16 + 256 + 81
    half = half / (2 * (units + half**2) ** 0.5)
    assert (share[0], low[0], high[0]) == (0.5, pytest.approx(0.5 - half), pytest.approx(0.5 + half))
