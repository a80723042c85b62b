import pytest

from presstm import extract, readers
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
