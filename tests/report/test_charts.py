import csv
import datetime
import hashlib
import io
import re
import subprocess
import sys
from functools import cache

import pytest

from presstm import report
from presstm.report import charts, paper
from presstm.report.charts import Chart, Mark
from presstm.report.pages import asset
from presstm.settings import ReportSettings
from tests import hostile_study, small_study


def chart(shapes, height, rows=((1.0,),)):
    return Chart("key", "Titre $x$", "Ce que l’on voit.", height, shapes, ("value",), rows)


@cache
def made():
    return dict(
        report.build(small_study.with_words(small_study.made()), small_study.codebook(), small_study.FACTS, ReportSettings())
    )


def test_every_chart_of_the_page_is_there_for_papers_too():
    files = made()
    drawn = {path[8:-4] for path in files if path.startswith("figures/")}
    assert {
        "timeline",
        "themes",
        "intensity",
        "months",
        "months-intensity",
        "outlets",
        "outlets-intensity",
        "named",
        "speakers",
        "network",
        "figure-couriers",
        "factors-outlet",
        "factors-year",
        "classes",
    } == drawn
    for key in drawn:
        assert f'id="chart-{key}"' in files["index.html"].decode()
        for kind, start in (("svg", b"<?xml"), ("pdf", b"%PDF"), ("csv", b"")):
            assert files[f"figures/{key}.{kind}"].startswith(start)
            assert f'href="figures/{key}.{kind}"' in files["index.html"].decode()


def test_bars_are_as_long_as_their_values():
    shapes, _ = charts.bars([("a", 4), ("b", 2), ("c", 0)], str)
    assert [shape.at[2] for shape in shapes if shape.tag == "rect"] == pytest.approx([2 * 316.6, 316.6, 0], rel=0.1)
    widths = [shape.at[2] for shape in shapes if shape.tag == "rect"]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)


def test_a_label_has_room_and_keeps_its_count():
    longest = "La Dépêche de Brumelande"
    shapes, _ = charts.bars([(longest, 1)], str)
    (label,) = (shape for shape in shapes if shape.text == longest)
    assert label.at[0] >= 7.2 * len(longest)  # it ends there: wide letters take about so many pixels
    shapes, _ = charts.heat(["Institut des eaux souterraines et du sol (1\u202f234)"], ["a"], {(0, 0): 1.0}, str)
    (label,) = (shape.text for shape in shapes if shape.text.startswith("Institut"))
    assert label.endswith("… (1\u202f234)")
    assert len(label) == 34


def test_intervals_put_dots_within_their_ends():
    shapes, _ = charts.intervals([("a", [(0.5, 0.2, 0.8), (0.4, None, None)])], ("one", "two"), str)
    lines = [shape.at for shape in shapes if shape.style == "whisker"]
    dots = [shape.at for shape in shapes if shape.tag == "circle" and shape.tip]
    assert len(lines) == 1
    assert lines[0][0] < dots[0][0] < lines[0][2]
    assert dots[1][0] < dots[0][0]


def test_a_darker_cell_is_a_larger_share_and_says_so():
    shapes, _ = charts.heat(["r"], ["a", "b", "c"], {(0, 0): 0.0, (0, 1): 0.5, (0, 2): 1.0}, "{:.0%}".format)
    assert [shape.style for shape in shapes if shape.tag == "rect"] == ["heat-0", "heat-5", "heat-9"]
    assert {"0%", "50%", "100%"} <= {shape.text for shape in shapes}


def luminance(colour, ground=(255, 255, 255), share=1.0):
    mixed = [share * each + (1 - share) * under for each, under in zip(colour, ground, strict=True)]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (each / 255 for each in mixed)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_what_is_written_in_a_cell_can_be_read_on_it():
    css = asset("report.css")
    shares = [float(found or 1) for found in re.findall(r"svg \.heat-\d \{ fill: rgb\(var\(--heat\)(?: / ([.\d]+))?\)", css)]
    hexes = {
        key: [tuple(bytes.fromhex(code)) for code in re.findall(rf"--{key}: #(\w{{6}})", css)]
        for key in ("paper", "on-dark", "on-light")
    }
    heats = [tuple(map(int, found.split())) for found in re.findall(r"--heat: ([\d ]+);", css)]
    assert shares == sorted(shares)
    for place in (0, 1):  # light, dark
        for step, share in enumerate(shares):
            letters = hexes["on-dark" if step >= charts._DARK else "on-light"][place]
            low, high = sorted((luminance(letters), luminance(heats[place], hexes["paper"][place], share)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (place, step)


def test_marks_on_one_day_are_stacked_and_not_hidden():
    day = datetime.date(2019, 5, 24)
    shapes, height = charts.strips([("v", [Mark(day, str(i)) for i in range(9)])], str)
    places = [shape.at[:2] for shape in shapes if shape.tag == "circle"]
    assert len(set(places)) == 9
    assert all(0 < y < height for _, y in places)


def test_the_tallest_column_has_its_number():
    shapes, _ = charts.columns(
        ["a", "b"], ["2019-01", "2019-02"], {("a", "2019-01"): 2, ("b", "2019-01"): 5, ("b", "2019-02"): 5}, str
    )
    assert next(shape.text for shape in shapes if shape.style == "tick") == "5"
    assert [shape.text for shape in shapes].count("5") == 1


def test_nothing_is_drawn_outside_of_the_canvas():
    long = "Un nom de titre de presse qui ne finit pas " * 9
    for shapes, height in (
        charts.bars([(long, 1e9)], str),
        charts.columns([long], [f"20{n:02d}-01" for n in range(90)], {(long, "2001-01"): 5}, str),
        charts.heat([long], [long] * 12, {(0, n): 1.0 for n in range(12)}, str),
    ):
        for shape in shapes:
            if shape.tag == "rect":
                x, y, width, high = shape.at
                assert -0.5 <= x <= x + width <= charts.WIDTH + 0.5
                assert -0.5 <= y <= y + high <= height + 0.5


def test_a_cell_that_a_spreadsheet_would_run_is_made_text():
    rows = tuple((payload,) for payload in ("=1+1", "+1", "-1", "@x", "\tx", "plain", "1 = 1"))
    read = list(csv.reader(io.StringIO(paper.table(chart((), 10, rows)).decode())))
    assert [row[0] for row in read[1:]] == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "plain", "1 = 1"]


def test_any_text_can_be_drawn():
    shapes, height = charts.bars(
        [(payload, 1) for payload in (*hostile_study.PAYLOADS, "\ud800", "$\\frac{", "日本", "🙂")], str
    )
    files = paper.files(chart(shapes, height))
    assert files["figures/key.pdf"].startswith(b"%PDF")
    assert b"<script" not in files["figures/key.svg"]


def hashes():
    return sorted((path, hashlib.sha256(data).hexdigest()) for path, data in made().items())


def test_equal_data_give_equal_bytes_in_another_process():
    code = "from tests.report.test_charts import hashes; print(hashes())"
    other = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Tokyo", "PATH": "", "HOME": "/nonexistent"}
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=other).stdout
    assert said == f"{hashes()}\n"
