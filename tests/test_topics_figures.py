import xml.etree.ElementTree as ET

from presstm import tables, topics_figures

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


def test_equal_tables_give_equal_bytes():
    for again in (
        lambda: topics_figures.dendrogram(CLASSES, FORMS),
        lambda: topics_figures.plane(FACTORS, "outlet", [0.6, 0.3]),
    ):
        one = topics_figures.drawn(again())
        assert one == topics_figures.drawn(again())
        assert one["svg"].startswith(b"<?xml")
        assert one["pdf"].startswith(b"%PDF")


def drawn(monkeypatch, draw):
    """What is written in a figure."""
    written = []
    text = topics_figures._text
    monkeypatch.setattr(
        topics_figures,
        "_text",
        lambda axes, x, y, words, *rest, **style: (written.append(words), text(axes, x, y, words, *rest, **style)),
    )
    ET.fromstring(topics_figures.drawn(draw())["svg"])
    return written


def test_the_dendrogram_names_every_class_and_its_strongest_forms_first(monkeypatch):
    written = drawn(monkeypatch, lambda: topics_figures.dendrogram(CLASSES, FORMS))
    assert {"1   50 %", "2   30 %", "3   15 %", "quai, port", "four", "χ² 120", "χ² 60"} <= set(written)


def test_every_group_of_a_plane_is_named_even_where_two_coincide(monkeypatch):
    written = drawn(monkeypatch, lambda: topics_figures.plane(FACTORS, "outlet", [0.6, 0.3]))
    assert {"Le Port", "Le Quai", "voile", "$"} == set(written)


def test_a_figure_is_drawn_again_only_where_what_it_shows_differs(tmp_path, monkeypatch):
    read = {"classes": CLASSES, "class_forms": FORMS, "factors": FACTORS}
    cold = topics_figures.figures(read, {"outlet": [0.6, 0.3]}, tmp_path)
    assert cold == topics_figures.figures(read, {"outlet": [0.6, 0.3]})
    calls = []
    draw = topics_figures.drawn
    monkeypatch.setattr(topics_figures, "drawn", lambda drawing: calls.append(drawing.labels) or draw(drawing))
    assert topics_figures.figures(read, {"outlet": [0.6, 0.3]}, tmp_path) == cold
    assert calls == []
    other = topics_figures.figures(read, {"outlet": [0.6, 0.2]}, tmp_path)
    assert calls == [("F1 (60.0 %)", "F2 (20.0 %)")]
    assert other["classes.svg"] == cold["classes.svg"]
    assert other["factors-outlet.svg"] != cold["factors-outlet.svg"]


def test_figures_follow_from_the_tables():
    made = topics_figures.figures(
        {"classes": CLASSES, "class_forms": FORMS, "factors": FACTORS}, {"outlet": [0.6, 0.3], "year": [1.0]}
    )
    assert set(made) == {"classes.svg", "classes.pdf", "factors-outlet.svg", "factors-outlet.pdf", "figures.csv"}
    assert made["figures.csv"].decode().splitlines()[1:3] == ["classes.pdf,classes.csv", "classes.svg,classes.csv"]
    empty = {name: tables.empty(name) for name in ("classes", "class_forms", "factors")}
    assert topics_figures.figures(empty, {}) == {"figures.csv": b"file,table\n"}
