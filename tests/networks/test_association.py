from math import log

import numpy as np
import pytest
from scipy import sparse

from presstm.networks import association


def matrix(*units):
    return sparse.csr_array(np.array(units, np.int32))


def test_within_counts_each_pair_once_and_corrects_over_all_pairs():
    found = association.within(matrix([1, 1, 0], [1, 1, 0], [0, 0, 1]), 6)
    assert (found.first.tolist(), found.second.tolist(), found.weight.tolist()) == ([0], [1], [2])
    assert found.p[0] == pytest.approx(1 / 15)  # both in 2 of 6 units, always together: 1 / C(6, 2)
    assert found.q[0] == pytest.approx(3 / 15)  # three pairs are possible


def test_across_pairs_columns_of_two_matrices():
    found = association.across(matrix([1], [1], [0], [0]), matrix([1, 0], [1, 0], [0, 1], [0, 0]), 4)
    assert (found.first.tolist(), found.second.tolist(), found.weight.tolist()) == ([0], [0], [2])
    assert found.npmi[0] == pytest.approx(1)
    assert found.p[0] == pytest.approx(1 / 6)
    assert found.q[0] == pytest.approx(2 / 6)


def test_disparity_of_a_star_worked_by_hand():
    # Node 0 has edges of weight 8, 1, 1: alpha = (1 - 8/10)^2 = .04 and (1 - 1/10)^2 = .81; its neighbours have one edge.
    first, second, weight = np.array([0, 0, 0]), np.array([1, 2, 3]), np.array([8, 1, 1])
    assert association.disparity(first, second, weight, 4, 0.05).tolist() == [True, False, False]
    assert association.disparity(first, second, weight, 4, 0.82).tolist() == [True, True, True]


def test_a_single_edge_has_no_disparity_test():
    assert association.disparity(np.array([0]), np.array([1]), np.array([5]), 2, 0.99).tolist() == [False]


def test_npmi_of_a_pair_less_often_together_than_by_chance_is_negative():
    found = association.within(matrix([1, 1], [1, 0], [1, 0], [0, 1], [0, 1], [0, 0]), 6)
    assert found.npmi[0] == pytest.approx(log((1 / 6) / (3 / 6 * 3 / 6)) / -log(1 / 6))
    assert found.npmi[0] < 0
