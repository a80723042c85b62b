import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from presstm.textometry import crossing, reinert


def leaf(rows, parent=0):
    return reinert.Node(np.array(rows), parent)


def test_what_is_split_off_too_small_stays_out_of_the_classes():
    root = reinert.Node(np.arange(12), None, 9.0, (1, 2))
    nodes = [root, reinert.Node(np.arange(10), 0, 5.0, (3, 4)), leaf([10, 11]), leaf(range(5), 1), leaf(range(5, 10), 1)]
    assert reinert.terminal(nodes, 3) == [3, 4]
    assert reinert.terminal(nodes, 6) == [1]
    assert {node: rows.tolist() for node, rows in crossing.levels(nodes, 3).items()} == {
        3: list(range(5)),
        4: list(range(5, 10)),
    }
    assert reinert.terminal(nodes[2:3], 1) == []


def test_crossing_keeps_what_both_trees_agree_on():
    a, b, c = np.arange(0, 30), np.arange(30, 60), np.arange(60, 100)
    one = [a, np.concatenate([b, c]), b, c]
    other = [np.concatenate([a[:-3], b[:2]]), np.concatenate([b[2:], c, a[-3:]]), np.concatenate([b[2:], a[-3:]]), c]
    assert crossing.cross(one, other, 5, 8) == [(0, 0), (2, 2), (3, 3)]
    assert len(crossing.cross(one, other, 5, 2)) == 2
    assert crossing.cross(one, other, 35, 8) == [(3, 3)]
    assert crossing.cross([], other, 5, 8) == []


@given(st.lists(st.integers(1, 50), min_size=1, max_size=7), st.data())
def test_the_heaviest_set_is_the_heaviest_of_all(weights, data):
    from itertools import combinations

    size = len(weights)
    bits = data.draw(st.lists(st.booleans(), min_size=size * size, max_size=size * size))
    apart = [[bits[min(i, j) * size + max(i, j)] for j in range(size)] for i in range(size)]
    limit = data.draw(st.integers(1, 4))
    sets = [
        chosen
        for n in range(1, min(limit, size) + 1)
        for chosen in combinations(range(size), n)
        if all(apart[a][b] for a, b in combinations(chosen, 2))
    ]
    found = crossing._heaviest([float(weight) for weight in weights], apart, limit)
    assert tuple(found) in sets
    assert sum(weights[i] for i in found) == max(sum(weights[i] for i in chosen) for chosen in sets)
