import json
import re

import pytest

from presstm import report, tables
from presstm.report import origin
from presstm.settings import ReportSettings, Settings
from tests import small_study

HOSTILE = "<b>mot"


@pytest.fixture(scope="module")
def page():
    study = small_study.made()
    study["specificities"] = tables.from_rows(
        "specificities", [_specific(HOSTILE, 3.2), {**_specific("vélo", -2.4), "q_units": 0.4}]
    )
    study["classes"] = tables.from_rows(
        "classes",
        [
            {"class_id": 1, "parent": 2, "final": True, "size": 3, "share": 0.5},
            {"class_id": 2, "final": False, "size": 6, "share": 1},
        ],
    )
    study["class_forms"] = tables.from_rows(
        "class_forms", [{"class_id": 1, "form": "livreur", "count": 3, "total": 4, "share": 0.75, "chi2": 9.0, "p": 0.003}]
    )
    study["class_segments"] = tables.from_rows(
        "class_segments", [{"article_id": "a1", "part": "body", "start": 0, "end": 400, "class_id": 1, "score": 9.0}]
    )
    study["tokens"] = tables.from_rows("tokens", _tokens())
    return dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language="en")))


def _tokens():
    """`livreurs` twice in one sentence and once in another, once as a part of speech that is not counted."""
    words = (
        ("a1", 1, "Livreurs", "NOUN"),
        ("a1", 1, "livreurs", "NOUN"),
        ("a2", 2, "livreurs", "NOUN"),
        ("a2", 3, "livreurs", "X"),
    )
    return [
        {"article_id": article, "sentence_id": n, "token_id": i, "start": i, "text": text, "lemma": "livreur", "pos": pos,
         "morph": "", "dep": "", "head": 0, "ent": ""}
        for i, (article, n, text, pos) in enumerate(words)
    ]  # fmt: skip


def _specific(form, value):
    return {
        "grouping": "outlet", "group": "La Gazette imaginaire", "form": form, "count": 4, "total": 5, "part_size": 50,
        "corpus_size": 200, "n_articles": 2, "specificity": value, "q": 0.01, "q_units": 0.02, "keyness_g2": 8.0, "log_ratio": 2.0,
    }  # fmt: skip


def test_words_of_a_group_are_shown_escaped_on_the_side_of_their_sign(page):
    html = page["index.html"].decode()
    more, less = (
        re.search(word + r" \(<a href=\"select\.html#[^\"]*\">4</a>\)", html).start()
        for word in ("&lt;b&gt;mot</span>", "vélo</span>°")
    )
    assert html.index("La Gazette imaginaire", html.index('id="specific"')) < more < less


def test_a_class_leads_to_the_sentences_of_its_segments(page):
    html = page["index.html"].decode()
    assert re.search(r'livreur</span> \(<a href="select\.html#list=sentences&amp;word=livreur&amp;class=1">3</a>\)', html)
    assert "Class 2" not in html
    evidence = next(content.decode() for name, content in page.items() if name.startswith("evidence/classes"))
    assert "Colibri Express" in evidence


def test_without_such_tables_the_sections_are_left_out():
    made = dict(report.build(small_study.made(), small_study.codebook(), small_study.FACTS, ReportSettings()))
    assert b'id="specific"' not in made["index.html"]
    assert b'id="classes"' not in made["index.html"]


def data(page, kind):
    return json.loads(page[f"data/{kind}.js"].decode().removeprefix(f'presstm.load("{kind}",').removesuffix(");\n"))


def test_the_places_of_a_word_are_those_that_were_counted(page):
    assert data(page, "words") == [["livreur", ["livreurs"], [[0, 1, 2], [1, 2, 1]]]]


def test_the_sentences_of_a_class_are_those_of_its_segments(page):
    assert [row[0] for row in data(page, "classes")] == ["1"]
    assert {tuple(place[:2]) for place in data(page, "classes")[0][2]} >= {(0, 1), (0, 2)}


@pytest.fixture(scope="module")
def textometry():
    study = small_study.with_words(small_study.made())
    return dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language="en")))


def section(files, key):
    page = files["index.html"].decode()
    return page[page.index(f'<section id="{key}"') :].split("</section>")[0]


def test_the_plane_of_each_split_is_drawn_with_its_inertia_and_leads_to_words_and_groups(textometry):
    found = section(textometry, "factors")
    for key in ("factors-outlet", "factors-year"):
        assert f'id="chart-{key}"' in found
        assert {f"figures/{key}.{kind}" for kind in ("svg", "pdf", "csv")} <= set(textometry)
    for text in ("F1 70.0%, F2 30.0%", "The plane shows 100.0% of it", "would have 50.0% (3 groups)", "F1 (70.0%)"):
        assert text in found
    assert 'data-href="select.html#outlet=La+Gazette+imaginaire&amp;once=1"' in found
    assert 'data-href="select.html#list=sentences&amp;word=livreur&amp;once=1"' in found
    assert ">undated<" in found  # the group of articles without a day


def test_the_dendrogram_leads_to_the_list_of_each_class(textometry):
    found = section(textometry, "classes")
    assert "Tree of the classes: (1, 2)" in found
    assert re.search(r'class="group-label"[^>]*data-href="evidence/classes-1.html#1">Class 1 · 50%', found)
    assert "Segments without a class: 25%" in found
    assert (
        'La Gazette imaginaire (<a href="select.html#list=sentences&amp;outlet=La+Gazette+imaginaire&amp;class=1">1</a>)'
        in found
    )
    assert textometry["figures/classes.csv"].decode().splitlines()[1] == "1,3,True,2,0.5,"


def test_words_by_a_variable_lead_to_their_sentences():
    row = {**_specific("livreur", 3.0), "grouping": "ton", "group": "vif"}
    study = {**small_study.made(), "specificities": tables.from_rows("specificities", [row])}
    made = origin.Origin(Settings(extract={"variables": ["ton"]}))
    files = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language="en"), made))
    assert "select.html#list=sentences&amp;variable=ton%3Dvif&amp;word=livreur&amp;once=1" in section(files, "specific")


def test_every_split_has_its_groups_on_the_first_page_and_a_word_that_is_not_there_leads_nowhere():
    rows = [{**_specific("vélo", 3.0 + n), "group": f"Titre {n:02}"} for n in range(40)]
    rows += [
        {**_specific("vélo", 2.0), "grouping": "year", "group": "2019"},
        {**_specific("quai", -2.0), "grouping": "year", "group": "2019", "count": 0},
    ]
    study = {**small_study.made(), "specificities": tables.from_rows("specificities", rows)}
    files = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language="en")))
    found = section(files, "specific")
    assert found.count("Titre ") == 12
    assert "Titre 39" in found  # the strongest
    assert "All rows (41)" in found
    assert "2019</th>" in found
    assert "quai</span> (0)" in found
