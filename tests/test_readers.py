"""Formats are told by content and end in articles or rejects, whatever the name of the file."""

import bz2
import gzip
import io
import lzma
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm import extract, progress, readers, tables
from presstm.formats import Item
from presstm.settings import EngineSettings, ExtractSettings
from tests import hostile
from tests.formats import test_europresse as europresse
from tests.formats import test_factiva as factiva
from tests.formats import test_feed as feed
from tests.formats import test_iramuteq as iramuteq
from tests.formats import test_lexisnexis as lexisnexis
from tests.formats import test_nexis as nexis
from tests.formats import test_pdf as pdf
from tests.formats import test_tei as tei
from tests.formats.test_web_archive import warc

SETTINGS = ExtractSettings(profile="fast")
PAGE = f"<html><head><title>Des sacs</title></head><body><article><h1>Des sacs</h1><p>{europresse.ONE}</p><p>{europresse.TWO}</p><p>{europresse.THREE}</p></article></body></html>".encode()


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return made.getvalue()


def rtf(*lines: str) -> bytes:
    cells = "".join(f"{{\\b {code}}}\\tab {text}\\par\n" for code, _, text in (line.partition(" ") for line in lines))
    escaped = "".join(c if ord(c) < 128 else f"\\'{c.encode('cp1252').hex()}" for c in cells)
    return ("{\\rtf1\\ansi\\ansicpg1252 " + escaped + "}").encode("ascii")


CSV = f'titre;média;texte\nDes sacs;Octets perdus;"{europresse.ONE} {europresse.TWO}"\n'
FILES = {
    "europresse": (europresse.MIXED.encode(), 3, 0),
    "factiva-html": (factiva.MIXED.encode(), 3, 0),
    "factiva-xml": (factiva.XML.encode(), 2, 0),
    "factiva-rtf": (
        rtf("HD Des sacs", "PD 29 décembre 2011", "SN Octets perdus", f"TD {europresse.ONE}", "AN Document C00000001"),
        1,
        0,
    ),
    "nexis-docx": (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": nexis.DOCUMENT}), 2, 0),
    "lexisnexis-html": (lexisnexis.HTML.encode(), 1, 1),  # the second is the first again
    "lexisnexis-text": (lexisnexis.TEXT.encode(), 1, 1),
    "feed": (feed.RSS.encode(), 1, 2),
    "sitemap": (b"<urlset><url><loc>https://v.example/1</loc></url></urlset>", 0, 1),
    "csv": (CSV.encode("cp1252"), 1, 0),
    "json": (b'{"texte": "' + europresse.ONE.encode() + b'"}', 1, 0),
    "warc": (warc(("https://v.example/1", "200 OK", "text/html", PAGE)), 1, 0),
    "wacz": (
        zipped(
            {
                "datapackage.json": b"{}",
                "archive/a.warc.gz": warc(("https://v.example/1", "200 OK", "text/html", PAGE)),
                "indexes/x": b"x",
            }
        ),
        1,
        0,
    ),
    "iramuteq": (iramuteq.CORPUS.encode("cp1252", "replace"), 2, 0),
    "tei": (tei.TEI.encode(), 1, 0),
    "references": (b"TY  - NEWS\r\nTI  - Des sacs\r\nER  - \r\nTY  - NEWS\r\nER  - \r\n", 0, 1),
    "europresse-text": (
        f"Des sacs\n\n{europresse.ONE}\n\nnews\xb720190524\xb7VA\xb7001\n\nEncore\n\nNuméro de document : news\xb720190525\xb7VA\xb7002\n".encode(),
        0,
        1,
    ),
    "pdf": (pdf.document(pdf.LINES), 1, 0),
    "html": (PAGE, 1, 0),
    "text": (f"{europresse.ONE}\n\n{europresse.TWO}".encode(), 1, 0),
    "addresses": (b"https://v.example/1\nhttps://v.example/2\n", 0, 1),
}


def read(data: bytes):
    return readers.read(data, SETTINGS)


@pytest.mark.parametrize("name", FILES)
def test_formats_are_told_by_content(name):
    data, articles, rejects = FILES[name]
    found = read(data)
    assert found.format == name
    assert sum(isinstance(result, Item) for result in found.results) == articles
    assert len(found.results) == articles + rejects


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "cp1252", "utf-16"])
def test_exports_are_decoded_by_what_they_are(charset):
    content = europresse.page(europresse.layout_a()).replace("charset='utf-8'", f"charset='{charset}'").replace("’", "'")
    (item,) = read(content.encode(charset)).results
    assert item.text.startswith(europresse.ONE)


def test_the_same_file_twice_in_a_zip_and_in_a_zip_in_it_is_kept_once():
    data = FILES["europresse"][0]
    found = read(zipped({"a.html": data, "b.zip": zipped({"c.html": data})}))
    assert [getattr(result, "reason", "item") for result in found.results] == ["item"] * 3 + ["duplicate"] * 3


def test_archives_are_opened_twice_and_not_three_times():
    page = FILES["text"][0]
    inner = zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": page})}), "e.txt": page})
    found = read(inner)
    assert [getattr(result, "reason", "item") for result in found.results] == ["unsafe_archive", "item"]
    assert found.results[0].detail.startswith("b.zip: ")


def test_a_gzip_without_end_is_too_large():
    small = SETTINGS.model_copy(update={"max_bytes": 1_000_000})
    assert [result.reason for result in readers.read(gzip.compress(b"0" * 50_000_000), small).results] == ["too_large"]


def test_unsupported_files_are_named():
    cases = {
        "slides": zipped({"ppt/presentation.xml": b"x"}),
        "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "program code": b"function f(x) { return [x + 1, {a: 2}]; }\n" * 20,
        "not text": bytes(range(256)) * 10,
        "without a column of texts": b"a;b;c\n1;2;3\n4;5;6\n7;8;9\n",
    }
    for words, data in cases.items():
        (result,) = read(data).results
        assert result.reason == "unsupported_format", words
        assert words in result.detail


def test_a_large_export_is_not_refused_as_a_large_page(tmp_path):
    small = SETTINGS.model_copy(update={"max_bytes": 1000})
    for name, (data, *_) in FILES.items():
        if len(data) > 1000 and name not in ("html", "feed"):
            (tmp_path / name).write_bytes(data)
            assert extract.refused(tmp_path / name, small) is None, name
    (tmp_path / "page").write_bytes(PAGE + b" " * 1000)
    assert extract.refused(tmp_path / "page", small).reason == "too_large"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Every format under a name that says nothing, an export that overlaps with another, and a page that a web archive holds."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, (data, *_) in FILES.items():
        (folder / f"{name}.dat").write_bytes(data)
    (folder / "again.html").write_bytes(europresse.page(europresse.LAYOUT_D, europresse.layout_a()).encode())
    return extract.extract_corpus(folder, [], SETTINGS, EngineSettings(workers=2), None, progress.silent)


def test_the_extract_stage_makes_an_article_or_a_reject_of_every_document(corpus):
    seen = sum(articles + rejects for _, articles, rejects in FILES.values()) + 2
    assert len(corpus.articles) + len(corpus.rejects) == seen
    sources = corpus.articles["source"].to_pylist()
    assert {"europresse.dat#1", "europresse.dat#2", "csv.dat", "pdf.dat", "nexis-docx.dat#1"} <= set(sources)
    tables.conform("articles", corpus.articles)
    tables.conform("rejects", corpus.rejects)


def test_a_document_of_two_exports_and_a_page_of_an_archive_count_once(corpus):
    rejects = {row["source"]: row["detail"] for row in corpus.rejects.to_pylist() if row["reason"] == "duplicate"}
    assert rejects["europresse.dat#3"] == "news·20221222·GI·43018x7 is the document of again.html#1"
    assert rejects["html.dat"] == "the page is the document of wacz.dat#1" or rejects["html.dat"].endswith("warc.dat#1")
    assert "wacz.dat" in rejects or "warc.dat" in rejects


def test_syndication_is_kept(corpus):
    kept = {row["source"]: row["syndicated"] for row in corpus.articles.to_pylist()}
    assert kept["again.html#1"] == ["Le Courrier de nulle part (2022-12-23)", "Octets perdus (2022-12-24)"]
    assert kept["text.dat"] == []


def test_time_grows_with_the_size_of_a_file(tmp_path):
    (tmp_path / "a").write_bytes(bytes(2_000_000))
    assert extract.allowed_time(tmp_path / "a", ExtractSettings(timeout=60, timeout_per_mb=30)) == 120


BROKEN = [name for name in FILES if name not in ("warc", "wacz", "pdf", "html")]  # those read pages, which takes its time


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(BROKEN), st.data())
def test_cut_or_damaged_files_never_raise_and_never_end_in_nothing(name, data):
    whole = FILES[name][0]
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255))
    assert read(whole[:place]).results
    assert read(whole[:place] + bytes([byte]) + whole[place + 1 :]).results


def test_a_word_file_that_breaks_off_says_so():
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraphs = "".join(
        f"<w:p><w:r><w:t>Un paragraphe, le {n}e, de la lettre de Valmorne.</w:t></w:r></w:p>" for n in range(9)
    )
    whole = f"<w:document {space}><w:body>{paragraphs}</w:body></w:document>"
    (item,) = read(zipped({"word/document.xml": whole.encode()})).results
    (cut,) = read(zipped({"word/document.xml": whole[:500].encode()})).results
    assert (item.warnings, cut.warnings) == ((), ("the Word file breaks off: its text is not whole",))


def test_references_of_bibtex_are_named_and_an_address_in_a_text_is_no_reference():
    (reject,) = read(b"@article{k1,\n title = {Des sacs},\n}\n\n@misc{k2,\n}\n").results
    assert (reject.reason, reject.detail[:12]) == ("link_only", "2 references")
    (item,) = read(f"Des sacs\n\n{europresse.ONE}\n\n{europresse.TWO}\n\n@article{{k1,\n".encode()).results
    assert isinstance(item, Item)


def test_a_byline_of_a_text_gives_its_authors():
    lines = [
        "Des sacs devant la halle",
        "Octets perdus, 24 mai 2019",
        "Par Jeanne Morvan et Sami de La Tour",
        europresse.ONE,
    ]
    for order in ([0, 1, 2, 3], [0, 2, 1, 3]):
        (item,) = read("\n\n".join(lines[n] for n in order).encode()).results
        assert (item.title, item.outlet, item.authors) == (lines[0], "Octets perdus", ("Jeanne Morvan", "Sami de La Tour"))
        assert item.text == europresse.ONE


@pytest.mark.parametrize("line", ["Par ailleurs, rien", "Par Valmorne passe la route du sel.", "Par Valmorne"])
def test_a_paragraph_that_begins_with_par_is_text(line):
    (item,) = read(f"Des sacs\n\nOctets perdus, 24 mai 2019\n\n{line}\n\n{europresse.ONE}".encode()).results
    assert (item.authors, item.text) == ((), f"{line}\n\n{europresse.ONE}")


def test_a_large_corpus_of_iramuteq_is_a_collection():
    assert readers.is_collection(iramuteq.CORPUS.encode())
    assert readers.is_collection(b"<?xml version='1.0'?><teiCorpus><TEI/></teiCorpus>")


@pytest.mark.parametrize(
    "line",
    ["Octets perdus, 24 mai 2019", "Octets perdus, le 24 mai 2019", "Octets perdus, publié le 24/05/2019", "Le 24 mai 2019"],
)
def test_the_day_of_a_text_may_stand_after_le(line):
    (item,) = read(f"Des sacs devant la halle\n\n{line}\n\n{europresse.ONE}".encode()).results
    assert (item.published.isoformat(), item.text) == ("2019-05-24", europresse.ONE)


def test_a_file_in_an_archive_has_the_limits_of_one_by_itself():
    small = SETTINGS.model_copy(update={"max_bytes": 1000})
    page, export = PAGE + b" " * 1000, FILES["csv"][0] + b" " * 1000
    for pack in (gzip.compress, lambda data: zipped({"a": data})):
        assert [result.reason for result in readers.read(pack(page), small).results] == ["too_large"]
        assert "too_large" not in [getattr(result, "reason", "") for result in readers.read(pack(export), small).results]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(300)),
        ("rar", b"Rar!\x1a\x07\x01\x00" + bytes(300)),
        ("bzip2", bz2.compress(PAGE)),
        ("xz", lzma.compress(PAGE)),
        ("tar", bytes(257) + b"ustar\x0000" + bytes(300)),
        ("tar", gzip.compress(bytes(257) + b"ustar  \0" + bytes(300), mtime=0)),
    ],
)
def test_archives_of_other_kinds_are_named(name, data):
    (result,) = read(data).results
    assert (result.reason, result.detail) == ("unsupported_format", f"a {name} archive: unpack it, or pack it as zip")


@pytest.mark.parametrize("cut", [0, 30])
def test_a_web_archive_compressed_as_a_whole_is_read_as_one_compressed_record_by_record(cut):
    pages = [(f"https://a.example/{n}", "200 OK", "text/html", PAGE.replace(b"sacs", b"%d sacs" % n)) for n in range(3)]
    packed = gzip.compress(warc(*pages, packed=False))
    found = read(packed[: len(packed) - cut]).results
    assert [result.url for result in found if isinstance(result, Item)][: 3 - bool(cut)] == [
        url for url, *_ in pages[: 3 - bool(cut)]
    ]
    assert [result.reason for result in found if not isinstance(result, Item)] == ["unreadable"] * bool(cut)


def test_markup_of_another_kind_is_no_article():
    text = " ".join([europresse.ONE] * 5)
    for content in (
        f'<svg xmlns="http://www.w3.org/2000/svg"><text>{text}</text></svg>',
        f'<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:p>{text}</h:p></h:html>',
    ):
        (reject,) = read(content.encode()).results
        assert reject.reason == "unsupported_format"


def test_tags_and_references_in_a_plain_text_are_no_words_of_it():
    (item,) = read(f"{europresse.ONE} <b>Un</b> d&eacute;bat <script>var a;</script>.\n\n{europresse.TWO}".encode()).results
    assert item.text == f"{europresse.ONE} Un débat .\n\n{europresse.TWO}"
    signs = f"{europresse.ONE} Il écrit que 3 < 5 & que R&D se dit ainsi."
    assert read(signs.encode()).results[0].text == signs


def test_an_export_nested_deeper_than_is_followed_is_rejected_as_such():
    (reject,) = read(("<div>" * 3000 + factiva.page(factiva.document())).encode()).results
    assert reject.reason == "too_complex"


def test_pieces_of_a_page_are_pages_and_text_in_tags_is_text():
    paragraphs = [europresse.ONE, europresse.TWO, europresse.THREE]
    piece = f"<section><h2>Des sacs</h2>{''.join(f'<span>{one}</span><br><br>' for one in paragraphs)}</section>"
    assert read(piece.encode()).format == "html"
    inline = "\n\n".join(f"<span>{one}</span>" for one in paragraphs)
    assert read(inline.encode()).results[0].text == "\n\n".join(paragraphs)


def test_a_damaged_web_archive_prints_nothing(capsys):
    read(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nxx")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("machine", "charset"), [("ansi", "cp1252"), ("mac", "mac_roman"), ("pc", "cp437"), ("pca", "cp850")]
)
def test_letters_of_an_rtf_are_those_of_its_machine(machine, charset):
    text = "Les coursiers de Valmorne ont été reçus à la mairie, où l'on a parlé des sacs, puis des vélos, jusqu'à la nuit tombée."
    escaped = "".join(letter if letter.isascii() else f"\\'{letter.encode(charset).hex()}" for letter in text)
    (item,) = readers.read(f"{{\\rtf1\\{machine} {escaped}}}".encode(), ExtractSettings()).results
    assert item.text == text


def test_an_error_page_saved_as_text_is_no_article():
    lost = (
        "Erreur 404\n\nDésolé, la page demandée n'existe plus.\n\nLe lien que vous avez suivi est peut-être rompu, ou la page a été supprimée. "
        "Vérifiez l'adresse saisie, ou revenez à la page d'accueil pour poursuivre votre navigation.\n"
    )
    (reject,) = read(lost.encode()).results
    assert (reject.reason, reject.detail) == ("not_article", "an error page")


@pytest.mark.parametrize(
    "title", ["Erreur 404 : la mairie introuvable", "404 brebis disparues", "Page introuvable au tribunal"]
)
def test_news_of_what_error_pages_say_is_an_article_as_text_without_a_day(title):
    (item,) = read(f"{title}\n\n{' '.join(hostile.PARAGRAPHS)}\n".encode()).results
    assert item.title == title
