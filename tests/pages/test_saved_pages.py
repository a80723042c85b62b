from datetime import date

import pytest

from presstm import extract, readers
from presstm.formats import Item, html_page
from presstm.pages import saved_pages
from presstm.progress import silent
from presstm.settings import EngineSettings, ExtractSettings
from tests import hostile
from tests.formats.test_archive import packed

CONSENT = "<p>Avec votre accord, nous et nos partenaires utilisons des cookies pour consulter votre visite sur ce site de la vallée.</p>"
FILES = {
    "a/Un titre.html": hostile.page().encode(),
    "a/Un titre_fichiers/cadre.html": f"<html><body>{CONSENT * 3}</body></html>".encode(),
    "a/Un titre_fichiers/b/main.css": b"p { margin: 0 }",
    "seul_files/autre.html": hostile.page().replace("mardi", "jeudi").encode(),
}


def test_the_folder_that_a_browser_saves_beside_a_page_is_one_reject(tmp_path):
    for name, data in FILES.items():
        (tmp_path / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / name).write_bytes(data)
    made = extract.extract_corpus(
        tmp_path / "corpus", [], ExtractSettings(profile="fast"), EngineSettings(workers=1), None, silent
    )
    assert made.articles["source"].to_pylist() == ["a/Un titre.html", "seul_files/autre.html"]
    (reject,) = made.rejects.to_pylist()
    assert (reject["source"], reject["reason"]) == ("a/Un titre_fichiers", "not_article")
    assert reject["detail"] == "2 files that a browser saved with Un titre.html"


def test_so_is_one_in_an_archive():
    found = readers.read(packed(FILES), ExtractSettings(profile="fast")).results
    assert [getattr(one, "reason", "item") for one in found] == ["not_article", "item", "item"]


@pytest.mark.parametrize(
    ("folder", "beside", "page"),
    [
        ("Un titre_files", ["Un titre.html"], "Un titre.html"),
        ("Un titre_fichiers", ["Un titre.htm", "x.html"], "Un titre.htm"),
        ("Un titre-Dateien", ["Un titre.html"], "Un titre.html"),
        ("Un titre_files", ["Autre.html"], None),
        ("Un titre", ["Un titre.html"], None),
        ("files", [".html", "files.html"], None),
    ],
)
def test_a_folder_of_parts_is_told_by_the_page_beside_it(folder, beside, page):
    assert saved_pages.page_of(folder, beside) == page


PAGE = "https://www.heron.example/vallee/passerelle?id=12"
COPY = f"https://web.archive.org/web/20210102030405/{PAGE}"
SINGLE = "<!--\n Page saved with SingleFile \n url: {} \n saved date: Tue Mar 12 2024 10:11:12 GMT+0100\n-->"


def read(content: str) -> Item:
    (item,) = html_page.read(content, None, "fast")
    assert isinstance(item, Item), item
    return item


@pytest.mark.parametrize(
    "mark",
    [
        f"<!-- saved from url=(0049){PAGE} -->",
        f"<!-- saved from url=(0099){COPY} -->",
        SINGLE.format(PAGE),
        SINGLE.format(COPY),
        f"<html data-scrapbook-source='{PAGE}' data-scrapbook-create='20240312101112345'>",
        f'<head><meta name="savepage-url" content="{PAGE}"><meta name="savepage-date" content="Tue Mar 12 2024">',
    ],
)
def test_a_saved_page_has_the_address_written_into_it_and_not_the_day_of_saving(mark):
    item = read(mark + hostile.page())
    assert (item.url, item.outlet, item.published) == (PAGE, "heron.example", None)


def test_httrack_writes_addresses_without_http():
    mark = (
        "<!-- Mirrored from heron.example/passerelle.html by HTTrack Website Copier/3.x, Tue, 12 Mar 2024 09:11:12 GMT -->"
    )
    assert saved_pages.address(f"<html>\n{mark}{hostile.page()}") == "http://heron.example/passerelle.html"


@pytest.mark.parametrize("url", ["about:internet", "file:///C:/Users/ada/Bureau/page.html", "http://"])
def test_what_was_no_page_of_the_web_has_no_address(url):
    assert saved_pages.address(f"<!-- saved from url=(0014){url} -->{hostile.page()}") is None


def test_an_article_that_quotes_such_a_mark_has_no_address():
    assert saved_pages.address(hostile.page("<p>Le fichier dit : saved from url=(0014)http://heron.example/a</p>")) is None


def test_the_address_that_a_page_declares_comes_first_and_tells_the_day():
    own = "<link rel='canonical' href='https://heron.example/2019/05/24/passerelle'>"
    item = read(f"<!-- saved from url=(0049){PAGE} -->{hostile.page(head=own)}")
    assert (item.url, item.published) == ("https://heron.example/2019/05/24/passerelle", date(2019, 5, 24))


def test_a_page_of_the_wayback_machine_is_the_page():
    bar = f"<div id='wm-ipp-base'><form><input name='url' value='{PAGE}'></form><p>Publié le 12 mars 2024</p><p>14 captures</p></div>"
    seen = hostile.page(f"<p>Le 21 mai 2019</p>{hostile.paragraphs()}", f"<link rel='canonical' href='{COPY}'>")
    item = read(seen.replace("<main>", f"{bar}<main>"))
    assert (item.url, item.outlet, item.published) == (PAGE, "heron.example", date(2019, 5, 21))
    assert item.text == "\n\n".join(hostile.PARAGRAPHS)


def test_what_archive_today_declares_is_of_its_copy_and_not_of_the_page():
    head = (
        "<link rel='canonical' href='https://archive.ph/kQ3xZ'><meta property='og:site_name' content='archive.ph'>"
        f"<link rel='bookmark' href='http://archive.today/20230211074512/{PAGE}'>"
        "<meta property='article:published_time' content='2023-02-11T07:45:12Z'>"
    )
    frame = "<div id='HEADER'><time itemprop='pubdate' datetime='2023-02-11'>11 Feb 2023</time></div>"
    item = read(hostile.page(f"{frame}<p>Publié le 21 mai 2019</p>{hostile.paragraphs()}", head))
    assert (item.url, item.outlet, item.published) == (PAGE, "heron.example", date(2019, 5, 21))
