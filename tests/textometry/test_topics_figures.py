import pytest

from presstm import tables
from presstm.drawing import Dot, Word
from presstm.textometry import topics_figures

CLASSES = tables.from_rows(
    "classes",
    [
        {"class_id": 1, "parent": 5, "final": True, "size": 50, "share": 0.5, "chi2": None},
        {"class_id": 2, "parent": 5, "final": True, "size": 30, "share": 0.3, "chi2": None},
        {"class_id": 3, "parent": 4, "final": True, "size": 15, "share": 0.15, "chi2": None},
        {"class_id": 4, "parent": None, "final": False, "size": 95, "share": 0.95, "chi2": 120.5},
        {"class_id": 5, "parent": 4, "final": False, "size": 80, "share": 0.8, "chi2": 60.2},
    ],
)
FORMS = tables.from_rows(
    "class_forms",
    [
        {"class_id": number, "form": form, "count": 9, "total": 10, "share": 0.2, "chi2": chi2, "p": 0.001}
        for number, form, chi2 in [
            (1, "port", 20.0),
            (1, "quai", 30.0),
            (1, "four", -9.0),
            (2, "four", 9.0),
            (3, "$x_1$ 漢\n", 5.0),
        ]
    ],
)
FACTORS = tables.from_rows(
    "factors",
    [
        {"grouping": "outlet", "axis": axis, "kind": kind, "name": name, "coordinate": at[axis - 1], "contribution": 0.25, "cos2": 0.5}
        for kind, name, at in [("group", "Le Port", (1, 0)), ("group", "Le Quai", (1, 0)), ("form", "voile", (-0.5, 1)), ("form", "$", (0.2, -1))]
        for axis in (1, 2)
    ],
)  # fmt: skip


def words(figure):
    """What is written in a figure."""
    return {mark.text for mark in figure.marks if isinstance(mark, Word)}


def test_the_dendrogram_names_every_class_and_its_strongest_forms_first():
    written = words(topics_figures.dendrogram(CLASSES, FORMS))
    assert {"1 (50 %)", "2 (30 %)", "3 (15 %)", "quai, port", "four", "χ² 120", "χ² 60"} <= written


def test_every_group_of_a_plane_is_named_even_where_two_coincide():
    written = words(topics_figures.plane(FACTORS, "outlet", [0.6, 0.3]))
    assert {"Le Port", "Le Quai", "voile", "$", "F1 (60.0 %)", "F2 (30.0 %)", "0.0"} <= written


def test_no_label_hides_the_point_of_a_group():
    rows = [("group", "Le Grand Port", (0, 0)), ("group", "Le Quai", (0.02, 0.06)), ("form", "voile", (1, 1)), ("form", "mât", (-1, -1))]  # fmt: skip
    made = [
        {"grouping": "outlet", "axis": axis, "kind": kind, "name": name, "coordinate": float(at[axis - 1]), "contribution": 0.25, "cos2": 0.5}
        for kind, name, at in rows
        for axis in (1, 2)
    ]  # fmt: skip
    figure = topics_figures.plane(tables.from_rows("factors", made), "outlet", [0.6, 0.3])
    groups = [mark for mark in figure.marks if isinstance(mark, Dot)][:2]
    for word in (mark for mark in figure.marks if isinstance(mark, Word) and mark.bold):
        wide = 0.62 * word.size * len(word.text) / 2
        for dot in groups:
            assert not (abs(dot.x - word.x) < wide and word.y - word.size < dot.y < word.y)


def test_the_points_of_a_plane_lie_as_their_coordinates_do():
    figure = topics_figures.plane(FACTORS, "outlet", [0.6, 0.3])
    dots = [(mark.x, mark.y) for mark in figure.marks if isinstance(mark, Dot)]
    (port, quai, low, high) = dots  # groups first, then $ (0.2, -1) and voile (-0.5, 1)
    assert port == quai
    assert high[0] < low[0] < port[0]
    assert high[1] < port[1] < low[1]


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(-1.2, 1.3, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]), (3, 47, ["10", "20", "30", "40"])]
)
def test_ticks_are_round(low, high, shown):
    assert [text for _, text in topics_figures._ticks(low, high)] == shown


def test_figures_follow_from_the_tables():
    made = topics_figures.figures(
        {"classes": CLASSES, "class_forms": FORMS, "factors": FACTORS}, {"outlet": [0.6, 0.3], "year": [1.0]}
    )
    assert set(made) == {"classes.svg", "classes.pdf", "factors-outlet.svg", "factors-outlet.pdf", "figures.csv"}
    assert made["figures.csv"].decode().splitlines()[1:3] == ["classes.pdf,classes.csv", "classes.svg,classes.csv"]
    empty = {name: tables.empty(name) for name in ("classes", "class_forms", "factors")}
    assert topics_figures.figures(empty, {}) == {"figures.csv": b"file,table\n"}
