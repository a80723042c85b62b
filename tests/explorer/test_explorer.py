import http.client
import json
import sqlite3
import threading
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm.explorer import search, server
from presstm.explorer.search import Query
from presstm.exports import Source, sheets
from tests import small_study

HOSTILE = "<script>alert(1)</script>\"'>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("explorer")
    articles = [dict(article) for article in small_study.ARTICLES]
    articles[1] |= {"url": "http://["}
    articles[2] |= {"title": f"Précarité {HOSTILE}", "outlet": HOSTILE, "url": "javascript:alert(1)"}
    search.make(path / "search.sqlite", Source(small_study.made(articles)))
    (path / "report").mkdir()
    (path / "report/index.html").write_text("<p>the report</p>")
    (path / "secret.txt").write_text("secret")
    return path


@pytest.fixture(scope="module")
def get(folder):
    made = server.serve(folder / "search.sqlite", folder / "report", HOSTILE, "fr", "127.0.0.1", 0)
    threading.Thread(target=made.serve_forever, daemon=True).start()

    def ask(path, host=None):
        connection = http.client.HTTPConnection("127.0.0.1", made.server_port, timeout=10)
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers

    yield ask
    made.shutdown()
    made.server_close()


def test_search_ignores_accents_and_case(get):
    _, body, _ = get("/search.json?q=PRECARITE")
    found = json.loads(body)
    assert found["count"] == 3
    assert all("précarité" in row["text"].lower() for row in found["rows"])


def test_filters_and_beginnings_of_words(folder):
    with sqlite3.connect(folder / "search.sqlite") as database:
        assert search.find(database, Query("livreur*"))[0] > search.find(database, Query("livreur"))[0]
        one = search.find(database, Query("livreurs", outlet="La Gazette imaginaire"))[1]
        assert {row["outlet"] for row in one} == {"La Gazette imaginaire"}
        late = search.find(database, Query("livreurs", since="2019-06-01"))[1]
        assert {row["published"] for row in late} == {"2019-07-01"}
        themed = search.find(database, Query(theme="regulation"))[1]
        assert themed
        assert all("contrat" in row["text"] or "loi" in row["text"] for row in themed)


@given(st.text())
def test_whatever_is_typed_is_no_error(folder, text):
    with sqlite3.connect(folder / "search.sqlite") as database:
        count, rows = search.find(database, Query(text))
        assert count >= len(rows)
    assert "".join(piece for piece, _ in server.pieces("Les livreurs demandent", text)) == "Les livreurs demandent"


def test_markup_in_fields_is_inert(get):
    for path in ("/search?q=precarite", "/article/a3", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"):
        status, body, headers = get(path)
        assert status == 200
        assert "<script" not in body
        assert "javascript:" not in body.replace(HOSTILE, "")
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_an_article_shows_its_sentences_with_their_themes(get):
    _, body, _ = get("/article/a1")
    assert 'title="precarity"' in body
    assert "Colibri Express répond" in body


def test_the_report_is_served_and_nothing_outside_of_it(get):
    assert get("/report/index.html")[1] == "<p>the report</p>"
    assert get("/")[2]["Location"] == "/report/index.html"
    for path in ("/report/../secret.txt", "/report/%2e%2e/secret.txt", "/report//etc/passwd", "/nowhere", "/article/none"):
        assert get(path)[0] == 404


def test_addresses_that_cannot_be_parsed_are_no_error(get):
    assert get("/article/a2")[0] == 200
    assert get("HTTP://[")[0] == 404


def test_a_foreign_host_is_refused(get):
    assert get("/search", host="attacker.example")[0] == 403


@pytest.mark.parametrize("page", ["0", "-1", "²", "9" * 5000])
def test_any_page_is_answered(get, page):
    status, body, _ = get(f"/search.json?q=precarite&page={quote(page)}")
    assert (status, json.loads(body)["count"]) == (200, 3)


@pytest.mark.parametrize(
    "make", [lambda source, path: search.make(path, source), lambda source, path: sheets.sqlite(source)]
)
def test_a_database_is_closed_once_it_is_made(make, tmp_path, monkeypatch):
    opened, connect = [], sqlite3.connect

    def remembered(*where):
        opened.append(connect(*where))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", remembered)
    make(Source(small_study.made()), tmp_path / "search.sqlite")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].execute("SELECT 1")
