import pytest

from presstm import tables
from presstm.report import axes


def factors(forms=60):
    """Three groups and forms that make less and less of the first axis; the last ones less than the mean."""
    weights = [2.0 ** -(1 + n / 4) for n in range(forms)]
    kinds = {
        "group": [("b", 0.5), ("a", 0.3), ("c", 0.2)],
        "form": [(f"m{n:02}", w / sum(weights)) for n, w in enumerate(weights)],
    }
    return tables.from_rows(
        "factors",
        [
            {"grouping": "outlet", "axis": axis, "inertia": 0.6 / axis, "kind": kind, "name": name, "contribution": made, "cos2": 0.4,
             "coordinate": (-1) ** n * made}
            for kind, points in kinds.items()
            for n, (name, made) in enumerate(points)
            for axis in (1, 2)
        ],
    )  # fmt: skip


def test_the_plane_shows_all_groups_first_then_the_words_that_make_most():
    (read,) = axes.read(factors())
    assert read.inertia == {1: 0.6, 2: 0.3}
    assert [name for kind, name in read.plane if kind == "group"] == ["b", "a", "c"]
    words = [name for kind, name in read.plane if kind == "form"]
    assert words == sorted(words)
    assert 5 < len(words) <= 40


def test_a_side_of_an_axis_names_what_makes_more_of_it_than_the_mean():
    (read,) = axes.read(factors())
    assert [row["name"] for row in read.side(1, "group", True)] == ["b"]
    assert read.side(1, "group", False) == []  # a makes less than a third
    assert [row["name"] for row in read.side(2, "form", False)][:2] == ["m01", "m03"]
    assert all(row["coordinate"] < 0 for row in read.side(2, "form", False))


def test_the_words_of_the_report_are_those_of_planes_and_sides():
    found = axes.forms(factors())
    assert {"m00", "m01"} <= found
    assert "m59" not in found


def test_one_axis_makes_no_plane():
    table = factors()
    one = table.filter([row["axis"] == 1 for row in table.to_pylist()])
    (read,) = axes.read(one)
    assert read.plane == []
    assert read.side(1, "group", True)


def test_squared_cosines_of_two_axes_add_up():
    (read,) = axes.read(factors())
    assert axes.cos2(read.points["group", "a"], (1, 2)) == pytest.approx(0.8)
