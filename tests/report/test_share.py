"""What of the articles' text each share mode lets out, looked for in every file of the report."""

import json
import re
from functools import cache

import pytest

from presstm import report
from presstm.report.marks import WINDOW
from presstm.settings import ReportSettings
from tests import small_study

LONG = "Dans la cour du dépôt, les vélos attendent sous la pluie, les sacs sont vides et personne ne sait quand la prochaine commande tombera sur les téléphones. " * 2  # fmt: skip
WITH_LONG = {
    **small_study.ARTICLES[2],
    "id": "a5",
    "cluster": "a5",
    "title": "Une nuit au dépôt avec ceux qui attendent",
    "body": [
        [LONG + "La précarité est là, dit-on, et elle dure. " + LONG],
        ["Rien à signaler au marché de Port-Chavel ce matin."],
    ],
}
TABLES = small_study.made([*small_study.ARTICLES, WITH_LONG])


@cache
def built(mode):
    return dict(report.build(TABLES, small_study.codebook(), small_study.FACTS, ReportSettings(text=mode)))


def words(text):
    """Words alone, so that marks, escapes and line breaks hide nothing."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
    text = re.sub(r"<[^>]*>", "", text)
    return " ".join(re.findall(r"\w+", text))


def sentences():
    articles = {row["article_id"]: row for row in TABLES["articles"].to_pylist()}
    for row in TABLES["sentences"].to_pylist():
        yield row, articles[row["article_id"]]["title" if row["part"] == "title" else "text"][row["start"] : row["end"]]


@cache
def said(mode):
    """Path -> words of the file."""
    return {path: words(data.decode()) for path, data in built(mode).items() if not path.endswith(".pdf")}


def holding(mode, text):
    """Paths of the files that hold the words of `text`."""
    wanted = words(text)
    return [path for path, found in said(mode).items() if wanted in found]


def test_full_text_shows_every_sentence_on_its_page():
    made = built("full")
    for row, text in sentences():
        page = re.sub(
            r'<span class="badge.*?</span>', "", made[f"articles/{row['article_id']}.html"].decode(), flags=re.DOTALL
        )
        assert words(text) in words(page)


def test_none_lets_no_sentence_and_no_run_of_six_words_out():
    for _, text in sentences():
        assert holding("none", text) == []
        parts = words(text).split()
        for start in range(len(parts) - 5):
            assert holding("none", " ".join(parts[start : start + 6])) == []
    rows = json.loads(
        built("none")["data/sentences-0.js"].decode().removeprefix('presstm.load("sentences",').removesuffix(");\n")
    )
    assert {row[2] for row in rows} == {""}


def test_snippets_let_out_windows_around_what_was_found_and_no_more():
    texts = {row["article_id"]: row["text"] for row in TABLES["articles"].to_pylist()}
    assert holding("snippets", "Rien à signaler au marché") == []
    assert holding("snippets", "La précarité est là dit on et elle dure") != []
    long = texts["a5"].split("\n\n")[0]
    cut = [words(long[start : start + WINDOW + 30]) for start in range(0, len(long) - WINDOW - 30, 10)]
    assert [run for run in cut if holding("snippets", run)] == []


def test_figures_for_papers_hold_no_sentence_either():
    tables = [found for path, found in said("none").items() if path.endswith(".csv")]
    assert tables
    assert [text for _, text in sentences() if any(words(text) in found for found in tables)] == []


def test_search_data_is_script_that_cannot_end_early():
    row = {**small_study.ARTICLES[3], "body": [["Le </script><script>alert(1)</script> et \u2028 la suite."]]}
    tables = small_study.made([row])
    made = dict(report.build(tables, small_study.codebook(), {}, ReportSettings()))
    data = made["data/sentences-0.js"].decode()
    assert "<" not in data
    assert "\u2028" not in data
    assert json.loads(data.removeprefix('presstm.load("sentences",').removesuffix(");\n"))[0][2] == row["body"][0][0]


@pytest.mark.parametrize("mode", ["snippets", "none"])
def test_the_first_page_says_that_text_is_missing(mode):
    assert "Ce rapport ne" in built(mode)["index.html"].decode()
