"""The stage over files: outlets, languages, order, cache."""

import os
import re
import zipfile
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest

from presstm import extract, tables
from presstm.errors import InputError
from presstm.progress import silent
from presstm.running import batches
from presstm.settings import EngineSettings, ExtractSettings
from tests import hostile

ROOT = Path(__file__).parents[1]
FILES = {
    "a.html": hostile.page(head='<link rel="canonical" href="https://www.heron.example/a">').encode(),
    "b/c.html": hostile.page(head="<meta charset=iso-8859-1>").encode("cp1252"),
    "vide.html": b"",
    "image.html": b"\x89PNG\0\0\0" * 100,
}


def run(corpus: Path, cache: Path | None = None, **values: object) -> extract.Extraction:
    outlets = corpus.parent / "outlets.csv"
    outlets.write_text("host,name,aliases,kind,country\nheron.example,Le Héron cendré,Héron,weekly,fictional\n")
    return extract.extract_corpus(corpus, [outlets], ExtractSettings(**values), EngineSettings(workers=1), cache, silent)


@pytest.fixture
def corpus(tmp_path) -> Path:
    for name, data in FILES.items():
        (tmp_path / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / name).write_bytes(data)
    return tmp_path / "corpus"


def test_every_file_is_kept_or_rejected(corpus):
    done = run(corpus)
    assert sorted(done.articles["source"].to_pylist()) == ["a.html", "b/c.html"]
    assert sorted(done.rejects["source"].to_pylist()) == ["image.html", "vide.html"]


def test_cold_and_warm_cache_give_the_same_tables(corpus, tmp_path):
    cold, warm, none = run(corpus, tmp_path / "cache"), run(corpus, tmp_path / "cache"), run(corpus)
    assert (cold.cached, warm.computed) == (0, 0)
    assert cold.articles.equals(warm.articles)
    assert cold.articles.equals(none.articles)
    assert cold.rejects.equals(warm.rejects)


def test_profiles_do_not_share_cached_results(corpus, tmp_path):
    run(corpus, tmp_path / "cache", profile="fast")
    assert run(corpus, tmp_path / "cache", profile="best").cached == 0


def test_order_in_which_the_files_are_listed_does_not_matter(corpus, monkeypatch):
    real = os.walk
    done = []
    for backwards in (False, True):

        def walk(*given, backwards=backwards, **named):
            for name, folders, plain in real(*given, **named):
                folders.sort(reverse=backwards)
                yield name, folders, sorted(plain, reverse=backwards)

        monkeypatch.setattr(os, "walk", walk)
        done.append(run(corpus))
    one, other = done
    assert one.articles.equals(other.articles)
    assert one.rejects.equals(other.rejects)


def test_outlet_is_known_by_its_host(corpus):
    rows = {row["source"]: row for row in run(corpus).articles.to_pylist()}
    assert (rows["a.html"]["outlet"], rows["a.html"]["outlet_kind"]) == ("Le Héron cendré", "weekly")


def test_an_address_that_cannot_be_parsed_costs_no_article(corpus):
    text = " ".join(hostile.PARAGRAPHS)
    (corpus / "rows.csv").write_text(f"titre|texte|url\nUn|{text}|http://[\nDeux|{text}|http://a.example\n")
    rows = {row["source"]: row for row in run(corpus).articles.to_pylist()}
    assert [rows[f"rows.csv#{number}"]["url"] for number in (1, 2)] == ["http://[", "http://a.example"]


def test_a_day_after_the_latest_is_none_and_is_said_whatever_the_cache_holds(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for day in ("24 mai 2019", "24 mai 2099"):
        text = f"Un titre\n\nLa Gazette imaginaire, {day}\n\n{'Le marché de la ville change de place. ' * 4}"
        (folder / f"{day[-4:]}.txt").write_text(text, encoding="utf-8")
    any_day, until = run(folder, tmp_path / "cache"), run(folder, tmp_path / "cache", latest="2019-05-24")
    assert sorted(any_day.articles["published"].to_pylist()) == [date(2019, 5, 24), date(2099, 5, 24)]
    assert extract.dated_after(date(2019, 5, 24), any_day.articles) == 1
    assert until.cached == 2
    assert dict(tables.tuples(until.articles, "published", "warnings")) == {
        date(2019, 5, 24): [],
        None: ["published 2099-05-24, after extract.latest"],
    }


def test_missing_corpus_is_said(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        run(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        (" ".join(hostile.PARAGRAPHS), None, "fr"),
        ("The council voted to open the bridge again after the flood of last autumn.", "fr", "en"),
        ("Le conseil rouvre la passerelle de l’Ourse.", None, "fr"),
        ("Der Gemeinderat hat am Dienstag beschlossen, die Brücke wieder zu öffnen, sagte die Bürgermeisterin.", None, "de"),
        ("De gemeenteraad heeft dinsdag besloten de brug weer te openen, zei de burgemeester van de stad.", None, "nl"),
    ],
)
def test_language_is_told_from_the_text(text, hint, language):
    assert extract.detect_language(text, hint) == language


def test_a_short_text_that_a_press_database_calls_french_is_french_and_one_of_a_page_is_not():
    sample = "Test first head paragraph with a few words, second head paragraph"
    assert extract.detect_language(sample, "fr") != "fr"
    assert extract.detect_language(sample, "fr", catalogued=True) == "fr"
    assert extract.detect_language(sample * 8, "fr", catalogued=True) == "en"


def test_files_whose_names_differ_never_share_a_source(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    page = hostile.page().encode()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("1.html", page)
        archive.writestr("2.html", page.replace(b"passerelle", b"fontaine"))
    names = ["a.zip#1", "a.zip#1#1", "b#2", os.fsdecode(b"c\xff"), "c\\xff", "c\\\\xff", "A", "a", "é", "e\u0301"]
    for name in names:
        (folder / name).write_bytes(page)
    done = run(folder)
    sources = done.articles["source"].to_pylist()
    assert len(sources) == len(names) + 2
    assert {"a.zip#1", "a.zip#2", "a.zip#1#1", "a.zip#1#1#1", "b#2", "c\\xff", "c\\\\xff", "c\\\\\\\\xff"} <= set(sources)


def test_what_the_cache_holds_depends_on_all_code_and_every_library_that_made_it(monkeypatch):
    read = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or read_bytes(path))
    batches.code.cache_clear()
    extract._version.__wrapped__()
    assert {"extract.py", "readers.py", "decode.py", "table.py"} <= set(read)
    sources = "".join((ROOT / "src/presstm").rglob(name).__next__().read_text(encoding="utf-8") for name in set(read))
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", sources, re.MULTILINE))
    known = metadata.packages_distributions()
    libraries = {name for module in imported for name in known.get(module, ())} - {
        "presstm",
        "pydantic",
        "PyYAML",
        "pyarrow",
    }
    assert libraries <= set(extract._LIBRARIES)


def test_what_is_read_of_a_file_that_has_changed_since_it_was_looked_at_is_not_cached_for_what_it_was(corpus, tmp_path):
    cache, settings = tmp_path / "cache", ExtractSettings(profile="fast")
    path = corpus / "a.html"
    before, key = path.read_bytes(), extract._key(path, settings)
    path.write_bytes(before.replace(b"passerelle", b"fontaine"))
    for stay in (True, False):
        done = extract._work(extract.Task(str(path), settings.model_dump(), None, cache, key, stay))
        assert "fontaine" in done["results"][0]["text"]
    path.write_bytes(before)
    assert run(corpus, cache, profile="fast").cached == 0
    assert run(corpus, cache, profile="fast").cached == len(FILES) - 1


def test_a_page_saved_twice_is_kept_once_as_its_longest_text(tmp_path):
    head = '<link rel="canonical" href="https://www.heron.example/eco/a{}">'
    cut = "".join(f"<p>{paragraph}</p>" for paragraph in hostile.PARAGRAPHS[:3])
    other = "<p>Les coursiers de Valmorne ont posé leurs sacs devant la halle, mardi à l’aube, et personne n’est venu le leur dire.</p>"
    pages = {"a": hostile.page(cut, head.format("")), "b": hostile.page(head=head.format("/")), "c": hostile.page(head=head.format("?p=2")),
             "d": hostile.page(other * 2, head.format("")), "e": hostile.page(cut, '<link rel="canonical" href="https://www.heron.example/">')}  # fmt: skip
    (tmp_path / "corpus").mkdir()
    for name, page in pages.items():
        (tmp_path / "corpus" / f"{name}.html").write_text(page)
    done = run(tmp_path / "corpus")
    assert sorted(done.articles["source"].to_pylist()) == ["b.html", "c.html", "d.html", "e.html"]
    (reject,) = done.rejects.to_pylist()
    assert (reject["source"], reject["detail"]) == ("a.html", "https://www.heron.example/eco/a is the document of b.html#1")


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("https://www.heron.example/passerelle", "https://m.heron.example/passerelle/amp/?utm_source=lettre", 1),
        ("https://heron.example/passerelle", "https://web.archive.org/web/20190601/http://heron.example/passerelle/", 1),
        ("https://heron.example/?p=12", "https://heron.example/?p=12#xtor=RSS-1", 1),
        ("https://heron.example/article?id=12", "https://heron.example/article?id=13", 2),
        ("https://heron.example/", "https://heron.example/", 2),
    ],
)
def test_an_article_saved_under_two_forms_of_its_address_is_kept_once(tmp_path, one, other, kept):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, url, more in (("a", one, ""), ("b", other, "<aside><a href='/z'>Un autre sujet</a></aside>")):
        (folder / f"{name}.html").write_text(f"<!-- saved from url=(0042){url} -->{hostile.page()}{more}", encoding="utf-8")
    made = run(folder)
    assert sorted(made.articles["source"].to_pylist()) == ["a.html", "b.html"][:kept]
    assert made.rejects["reason"].to_pylist() == ["duplicate"] * (2 - kept)
