import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm.networks import communities

TWO = [("a", "b", 3.0), ("b", "c", 3.0), ("a", "c", 3.0), ("d", "e", 3.0), ("e", "f", 3.0), ("d", "f", 3.0), ("c", "d", 1.0)]


def test_two_triangles_are_two_communities_whatever_the_order_of_edges():
    expected = {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 1}
    assert communities.louvain(communities.graph(TWO), 1) == expected
    assert communities.louvain(communities.graph(TWO[::-1]), 1) == expected


def test_modularity_worked_by_hand():
    # Weights: 18 inside, 1 between; each half holds 9 of 19 and has strength 19 of 38.
    built = communities.graph(TWO)
    assert communities.modularity(built, communities.louvain(built, 1)) == pytest.approx(18 / 19 - 2 * (19 / 38) ** 2)


def test_clear_communities_are_stable():
    built = communities.graph(TWO)
    found = communities.louvain(built, 1)
    assert communities.stability(built, found, [built, built], 1, 5) == {"seeds": 1.0, "bootstrap": 1.0}


def test_no_edges_have_no_communities():
    empty = communities.graph([])
    assert communities.louvain(empty, 1) == {}
    assert communities.modularity(empty, {}) == 0
    assert communities.stability(empty, {}, [], 1, 3) == {"seeds": None, "bootstrap": None}
    assert communities.centrality(empty, 1) == ({}, {}, True)


def test_betweenness_is_exact_for_small_graphs_and_says_when_it_is_not():
    _, between, exact = communities.centrality(communities.graph([("a", "b", 1.0), ("b", "c", 1.0)]), 1)
    assert exact
    assert between == {"a": 0.0, "b": 1.0, "c": 0.0}
    path = [(f"{n:04}", f"{n + 1:04}", 1.0) for n in range(communities.EXACT_BETWEENNESS)]
    assert not communities.centrality(communities.graph(path), 1)[2]


LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)


@given(LABELS)
def test_adjusted_rand_index_agrees_with_scikit_learn(pairs):
    from sklearn.metrics import adjusted_rand_score

    one, other = (list(labels) for labels in zip(*pairs, strict=True))
    assert communities.adjusted_rand_index(one, other) == pytest.approx(adjusted_rand_score(one, other))


def test_adjusted_rand_index_of_unrelated_labels_is_near_zero():
    random = np.random.default_rng(0)
    assert abs(communities.adjusted_rand_index(random.integers(0, 4, 5000), random.integers(0, 4, 5000))) < 0.01
