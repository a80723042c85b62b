"""Figures have the font that comes with matplotlib, whatever fonts a machine has and prefers."""

import matplotlib as mpl

from presstm import topics_figures
from presstm.report import paper
from presstm.report.charts import Chart, Shape


def drawn():
    plane = topics_figures.Drawing(
        (4, 3), points=[(0.1, 0.2, "presse", True), (0.3, -0.1, "clic", False)], labels=("F1", "F2")
    )
    tree = topics_figures.Drawing((4, 3), texts=[(0.5, 0.5, "χ² 12", 7, {}), (0.2, 0.2, "1", 10, {"weight": "bold"})])
    chart = Chart("c", "Titre", "", 60, (Shape("text", (10, 20), "label", "Précarité"),), ("a",), (("1",),))
    return topics_figures.drawn(plane), topics_figures.drawn(tree), paper._drawn(chart)


def test_figures_do_not_hang_on_the_fonts_of_the_machine():
    expected = drawn()
    with mpl.rc_context({"font.family": "serif"}):
        assert drawn() == expected
