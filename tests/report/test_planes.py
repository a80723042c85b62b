from itertools import combinations, product

import pytest

from presstm.report import charts, planes
from presstm.report.planes import Point


def point(name, x, y, *, group=True, well=True):
    return Point(name, x, y, group, well, f"{name}: tip", "select.html#x")


def drawn(points):
    shapes, height = planes.plane(points, ("F1", "F2"), lambda value, digits: f"{value:.{digits}f}")
    return shapes, height


def box(shape):
    """About the room that a label takes."""
    wide = (7.7 if shape.style == "group-label" else 6.3) * len(shape.text)
    x, y = shape.at
    return (x - wide / 2, y - 10, x + wide / 2, y + 2)


def labels(shapes):
    return [shape for shape in shapes if shape.style in ("group-label", "word-label")]


CROWD = [point(f"Le Journal n° {n}", 0.01 * (n % 7), 0.01 * (n // 7)) for n in range(49)]
WORDS = [point(f"mot{n}", 0.012 * (n % 6), 0.011 * (n // 6), group=False) for n in range(36)]


@pytest.mark.parametrize("points", [CROWD, [*CROWD[:5], *WORDS], [point("Loin", 90, 0.1), *CROWD]])
def test_no_label_lies_on_another_or_on_a_dot_or_outside(points):
    shapes, height = drawn(points)
    boxes = [box(shape) for shape in labels(shapes)]
    assert len(boxes) > 2
    for one, other in combinations(boxes, 2):
        assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
    dots = [shape for shape in shapes if shape.tag == "circle"]
    for (left, top, right, bottom), dot in product(boxes, dots):
        assert not (left < dot.at[0] < right and top < dot.at[1] < bottom)
    assert all(left >= 0 and top >= 0 and right <= charts.WIDTH and bottom <= height for left, top, right, bottom in boxes)


def test_every_group_is_a_dot_and_few_are_all_named_even_where_two_coincide():
    shapes, _ = drawn(CROWD)
    assert len([shape for shape in shapes if shape.tag == "circle"]) == 49
    few = [point("Un", 0, 0), point("Deux", 0, 0), point("Trois", 0, 0.001), point("Quatre", 1, 1)]
    assert {shape.text for shape in labels(drawn(few)[0])} == {"Un", "Deux", "Trois", "Quatre"}


def test_a_word_without_room_is_left_out_with_its_dot():
    shapes, _ = drawn([point("Un", 1, 1), *(point(f"mot{n}", 0, 0, group=False) for n in range(40))])
    named = [shape for shape in shapes if shape.style == "word-label"]
    assert 3 < len(named) < 40
    assert len([shape for shape in shapes if shape.style == "word-dot"]) == len(named)


def test_both_axes_have_one_scale_and_the_centre_is_seen():
    shapes, _ = drawn([point("Un", 4, 1), point("Deux", 5, 1), point("Trois", 4, 2)])
    one, two, three = (shape.at for shape in shapes if shape.tag == "circle")
    assert two[0] - one[0] == pytest.approx(one[1] - three[1], abs=0.2)
    axes = [shape.at for shape in shapes if shape.style == "axis"][:2]
    assert axes[0][0] < one[0]
    assert axes[1][1] > one[1]


def test_a_group_that_the_plane_shows_badly_is_hollow():
    shapes, _ = drawn([point("Un", 1, 0), point("Deux", 0, 1, well=False)])
    assert [shape.style for shape in shapes if shape.tag == "circle"] == ["dot-0", "dot-1"]


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(-1.2, 1.3, ["-1.0", "-0.5", "0.0", "0.5", "1.0"]), (3, 47, ["10", "20", "30", "40"])]
)
def test_ticks_are_round(low, high, shown):
    assert [f"{value + 0.0:.{digits}f}" for value, digits in planes._ticks(low, high)] == shown
