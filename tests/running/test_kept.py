"""What of the report comes from the content cache, and that it is what would be made anew."""

import itertools

import pytest

from presstm import report
from presstm.report.pages import Renderer
from presstm.running import kept
from presstm.settings import ReportSettings
from tests import small_study

SMALL = small_study.made()


def built(cache, tables=SMALL, **settings):
    return dict(report.build(tables, small_study.codebook(), small_study.FACTS, ReportSettings(**settings), None, cache))


def changed(**values):
    """The small study with an article that differs."""
    first, *others = small_study.ARTICLES
    return small_study.made([{**first, **values}, *others])


@pytest.fixture
def rendered(monkeypatch):
    """Paths of the pages that are rendered, and where each line leads that is."""
    found = []
    page, line = Renderer.page, Renderer.line

    def page_noted(self, each, *lines):
        found.append(each.path)
        return page(self, each, *lines)

    def line_noted(self, each, values):
        found.append(values["page"])
        return line(self, each, values)

    monkeypatch.setattr(Renderer, "page", page_noted)
    monkeypatch.setattr(Renderer, "line", line_noted)
    return found


def test_a_warm_cache_gives_what_a_cold_one_and_none_give(tmp_path):
    cold = built(tmp_path)
    assert built(tmp_path) == cold == built(None)


@pytest.mark.parametrize(
    "change", [{"title": "Un autre titre"}, {"outlet": "Octets perdus"}, {"day": None}, {"cluster": "a1", "wire": None}]
)
def test_after_a_change_the_cache_gives_what_none_gives(tmp_path, change):
    built(tmp_path)
    assert built(tmp_path, changed(**change)) == built(None, changed(**change))


@pytest.mark.parametrize("settings", [{"text": "none"}, {"text": "snippets"}, {"language": "en"}, {"title": "Autre"}])
def test_other_settings_do_not_get_the_pages_of_the_ones_before(tmp_path, settings):
    built(tmp_path)
    assert built(tmp_path, **settings) == built(None, **settings)


def test_pages_of_articles_and_lines_of_evidence_are_not_rendered_again(tmp_path, rendered):
    built(tmp_path)
    assert {path.partition("/")[0] for path in rendered} >= {"articles", "evidence", "reuse"}
    assert any("#" in path for path in rendered)
    rendered.clear()
    built(tmp_path)
    assert [path for path in rendered if path.startswith("articles/")] == []


def test_a_changed_article_leaves_the_pages_of_the_others(tmp_path, rendered):
    built(tmp_path)
    rendered.clear()
    tables = small_study.made([*small_study.ARTICLES[:3], {**small_study.ARTICLES[3], "title": "Le marché"}])
    built(tmp_path, tables)
    assert [path for path in rendered if path.startswith("articles/")] == ["articles/a4.html"]


def test_a_changed_article_leaves_the_lines_of_the_others(tmp_path, rendered):
    built(tmp_path)
    assert {path.partition("#")[0] for path in rendered if "#" in path} == {f"articles/a{n}.html" for n in (1, 2, 3)}
    rendered.clear()
    built(tmp_path, changed(title="Un autre titre"))
    assert {path.partition("#")[0] for path in rendered if "#" in path} == {"articles/a1.html"}


def test_lines_are_made_where_the_file_did_not_hold_them_last_time(tmp_path):
    made = []

    def make(number):
        made.append(number)
        return f"line {number} \ud800"

    assert kept.lines(tmp_path, ["file"], ["a", "b", "a"], make) == ["line 0 ?", "line 1 ?", "line 0 ?"]
    assert kept.lines(tmp_path, ["file"], ["b", "c"], make) == ["line 1 ?", "line 1 ?"]
    assert kept.lines(tmp_path, ["other file"], ["b"], make) == ["line 0 ?"]
    assert kept.lines(None, ["file"], ["b"], make) == ["line 0 ?"]
    assert made == [0, 1, 1, 0, 0]


def test_damaged_entries_are_made_again(tmp_path):
    cold = built(tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3])
    assert built(tmp_path) == cold


def test_files_are_made_when_they_are_asked_for(rendered):
    made = report.build(SMALL, small_study.codebook(), small_study.FACTS, ReportSettings())
    pages = itertools.islice((path for path, _ in made if path.startswith("articles/")), 2)
    assert [(path, len(rendered)) for path in pages] == [("articles/a1.html", 1), ("articles/a2.html", 2)]


def test_nothing_is_kept_without_a_cache(tmp_path):
    assert kept.files(None, ["key"], lambda: {"a": b"1"}) == {"a": b"1"}
    assert kept.files(tmp_path, ["key"], lambda: {"a": b"2"}) == {"a": b"2"}
    assert kept.files(tmp_path, ["key"], lambda: {"a": b"3"}) == {"a": b"2"}
