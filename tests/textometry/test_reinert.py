import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from scipy.stats import chi2_contingency

from presstm.networks import communities
from presstm.textometry import reinert
from tests.planted import planted


def matrix_of(rows):
    return sparse.csr_array(np.array(rows, np.int32))


def grouped_chi2(dense, side):
    """Chi-square of the table side x form, the slow way."""
    table = np.array([dense[side == 0].sum(axis=0), dense[side == 1].sum(axis=0)])
    return chi2_contingency(table[:, table.sum(axis=0) > 0], correction=False).statistic


TWO_BLOCKS = [
    [1, 1, 1, 0, 0, 0],
    [1, 1, 0, 0, 0, 0],
    [0, 1, 1, 0, 0, 0],
    [0, 0, 0, 1, 1, 1],
    [0, 0, 1, 1, 1, 0],
    [0, 0, 0, 0, 1, 1],
]

binary = st.tuples(st.integers(3, 9), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.int32, shape, elements=st.integers(0, 1))
)


def test_two_blocks_are_cut_apart():
    found = reinert.divide(matrix_of(TWO_BLOCKS))
    assert len(set(found.side[:3])) == len(set(found.side[3:])) == 1
    assert found.side[0] != found.side[3]
    assert found.chi2 == pytest.approx(grouped_chi2(np.array(TWO_BLOCKS), found.side))


@given(binary)
def test_no_single_move_raises_chi_square(dense):
    """The best cut is a local optimum, found with updates and checked by counting again."""
    found = reinert.divide(matrix_of(dense))
    if found is None:
        return
    used = dense.sum(axis=1) > 0
    assert ((found.side >= 0) == used).all()
    dense, side = dense[used], found.side[used]
    assert found.chi2 == pytest.approx(grouped_chi2(dense, side), abs=1e-6)
    for row in range(len(dense)):
        moved = side.copy()
        moved[row] = 1 - moved[row]
        if len(set(moved)) == 2:
            assert grouped_chi2(dense, moved) <= found.chi2 + 1e-6


@given(binary)
def test_the_best_cut_along_the_axis_is_the_best_of_all_cuts(dense):
    dense = dense[dense.sum(axis=1) > 0][:, dense[dense.sum(axis=1) > 0].sum(axis=0) > 0]
    if min(dense.shape, default=0) < 2:
        return
    cut, best = reinert._best_cut(matrix_of(dense))
    every = [grouped_chi2(dense, (np.arange(len(dense)) >= i).astype(int)) for i in range(1, len(dense))]
    assert best == pytest.approx(max(every), abs=1e-6)
    assert every[cut - 1] == pytest.approx(best, abs=1e-6)


def test_the_first_axis_is_that_of_correspondence_analysis():
    from presstm.textometry import correspondence

    held, _, _ = planted(300, 2, common=60, own=20)
    axis = reinert._first_axis(held)
    rows = correspondence.analyse(held.toarray().astype(float)).rows.coordinate[:, 0]
    assert abs(np.corrcoef(axis, rows)[0, 1]) == pytest.approx(1, abs=1e-6)


def test_rows_that_are_alike_are_not_divided():
    assert reinert.divide(matrix_of([[1, 1], [1, 1], [1, 1]])) is None
    assert reinert.divide(matrix_of([[1], [1], [1]])) is None
    assert reinert.divide(matrix_of(np.zeros((0, 3)))) is None


def test_forms_count_in_a_class_if_frequent_there_and_not_the_mark_of_the_other():
    def side(*counts):
        return matrix_of([[int(row < count) for count in counts] for row in range(10)])

    own, other = side(10, 9, 3, 2), side(4, 8, 10, 2)
    assert reinert._kept_forms(own, other).tolist() == [0, 1]
    assert reinert._kept_forms(other, own).tolist() == [1, 2]


def test_the_largest_class_is_divided_next_and_children_are_parts_of_it():
    held, _, _ = planted(800, 4, mixture=0.6)
    nodes = reinert.tree(held, 4, 20, 19, 1)
    assert sum(node.children is None for node in nodes) == 4
    for number, node in enumerate(nodes):
        if node.children:
            sides = [nodes[child].rows for child in node.children]
            assert len(np.intersect1d(*sides)) == 0
            assert set(np.concatenate(sides)) <= set(node.rows)
            assert len(sides[0]) >= len(sides[1])
            open_then = [
                other
                for other in range(node.children[0])
                if other != number and (nodes[other].children or (10**6,))[0] > node.children[0]
            ]
            assert all(len(node.rows) >= len(nodes[other].rows) for other in open_then)


def test_planted_classes_come_back_in_their_number():
    held, _, truth = planted(1200, 4, mixture=0.5)
    nodes = reinert.tree(held, 10, 60, 19, 1)
    leaves = reinert.terminal(nodes, 60)
    assert len(leaves) == 4
    found = np.full(len(truth), -1)
    for number, leaf in enumerate(leaves):
        found[nodes[leaf].rows] = number
    assert communities.adjusted_rand_index(truth.tolist(), found.tolist()) > 0.9


def test_noise_is_not_divided():
    for seed in range(6):
        held, _, _ = planted(600, 4, mixture=0.0, seed=seed)
        assert len(reinert.tree(held, 8, 30, 19, seed)) == 1
    assert len(reinert.tree(held, 3, 30, 0, 0)) > 1


def test_signed_chi_square_agrees_with_scipy():
    table = np.array([[12, 5], [30, 60]])
    oracle = chi2_contingency(table, correction=False).statistic
    assert reinert.signed_chi2(np.array([12]), np.array([17]), 42, 107)[0] == pytest.approx(oracle)
    assert reinert.signed_chi2(np.array([5]), np.array([17]), 65, 107)[0] == pytest.approx(-oracle)
    assert reinert.signed_chi2(np.array([4, 0]), np.array([4, 0]), 4, 4).tolist() == [0, 0]


@given(binary, st.floats(0, 1.2))
def test_a_division_is_given_up_only_where_none_reaches_what_is_asked(dense, beyond):
    found, asked = reinert.divide(matrix_of(dense)), reinert.divide(matrix_of(dense), beyond)
    if found is None or asked is not None:
        assert (found is None) == (asked is None)
        assert found is None or (found.chi2 == asked.chi2 and (found.side == asked.side).all())
    else:
        assert found.chi2 / dense.sum() < beyond + 1e-9
