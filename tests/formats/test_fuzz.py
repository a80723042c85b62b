"""Every importer on mutations of valid small exports: never an exception, nothing in silence, never without end.

What a file gives must pass the whole way to the tables: through the extract stage's checks, the JSON of the cache, and the
schemas of `articles` and `rejects`. `PRESSTM_FUZZ=5000 pytest tests/formats/test_fuzz.py` tries more, and other, mutations.
"""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm import extract
from presstm.settings import ExtractSettings
from tests import hostile
from tests.formats import (
    test_archive,
    test_europresse,
    test_factiva,
    test_feed,
    test_iramuteq,
    test_lexisnexis,
    test_nexis,
    test_pdf,
    test_tei,
    test_web_archive,
)

EXAMPLES = int(os.environ.get("PRESSTM_FUZZ", "40"))
SECONDS = 20  # of processor time for one file of some kilobytes; the heaviest takes half a second
SETTINGS = ExtractSettings(profile="fast", max_bytes=2_000_000, max_archive_bytes=5_000_000)
ROWS = [
    {"titre": "Des sacs", "texte": hostile.PARAGRAPHS[0] * 2, "date": f"2019-05-{day}", "journal": "Octets"}
    for day in (1, 2)
]
TEXT = f"{hostile.TITLE}\n\nLa Gazette imaginaire, 24 mai 2019\n\n" + "\n\n".join(hostile.PARAGRAPHS)
CODED = "\n".join(
    f"{code}    {value}"
    for code, value in (
        ("HD", "Des sacs devant la halle"),
        ("WC", "295 mots"),
        ("PD", "29 décembre 2011"),
        ("SN", "Le Courrier de Valmorne"),
        ("LA", "Français"),
        ("LP", test_factiva.ONE),
        ("TD", test_factiva.TWO),
        ("AN", "Document COURV00020111229e7ct0001r"),
    )
)
PAGES = test_archive.packed({"un.html": hostile.page().encode(), "deux.txt": TEXT.encode()})
RECORD = ("https://a.example/", "200 OK", "text/html", hostile.page().encode())
WARC = test_web_archive.warc(RECORD, packed=False)
SEEDS: dict[str, bytes] = {
    "europresse": test_europresse.page(test_europresse.layout_a(), test_europresse.LAYOUT_D).encode(),
    "europresse-b": test_europresse.MIXED.encode(),
    "factiva-html": test_factiva.MIXED.encode(),
    "factiva-xml": test_factiva.XML.encode(),
    "factiva-text": CODED.encode(),
    "factiva-rtf": (r"{\rtf1\ansi\ansicpg1252 " + CODED.replace("\n", r"\par ").replace("é", r"\'e9") + "}").encode("cp1252", "replace"),
    "nexis-docx": test_nexis.DOCUMENT,
    "lexisnexis-html": test_lexisnexis.HTML.encode(),
    "lexisnexis-text": test_lexisnexis.TEXT.encode(),
    "iramuteq": test_iramuteq.CORPUS.encode(),
    "tei": test_tei.TEI.encode(),
    "pdf": test_pdf.DATA,
    "rss": test_feed.RSS.encode(),
    "atom": test_feed.ATOM.encode(),
    "sitemap": b"<urlset><url><loc>https://o.example/a</loc><lastmod>2019-05-24</lastmod></url></urlset>",
    "csv": ("titre;texte;date;journal\n" + "\n".join(";".join(f'"{cell}"' for cell in row.values()) for row in ROWS)).encode(),
    "json": json.dumps(ROWS, ensure_ascii=False).encode(),
    "jsonl": "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode(),
    "html": hostile.page(head='<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-05-24"}</script>').encode(),
    "text": TEXT.encode(),
    "text-cp1252": TEXT.encode("cp1252"),
    "text-utf16": TEXT.encode("utf-16"),
    "press-review": ("REVUE DE PRESSE\n\n" + TEXT + "\n\n" + TEXT).encode(),
    "warc": WARC,
    "warc-gz": test_web_archive.warc(RECORD, packed=True),
    "zip": PAGES,
    "gzip": gzip.compress(TEXT.encode(), mtime=0),
    "zip-in-zip": test_archive.packed({"inner.zip": PAGES, "a.warc": test_web_archive.DATA}),
    "wacz": WARC,
}  # fmt: skip
# Mutated inside of their wrapping, whose checksums would refuse most mutations.
WRAPPED: dict[str, Callable[[bytes], bytes]] = {
    "nexis-docx": lambda data: test_archive.packed({"word/document.xml": data}),
    "wacz": lambda data: test_archive.packed({"datapackage.json": b"{}", "archive/a.warc": data}),
}
TOKENS = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b", b"PK\x03\x04", b"\r\n\r\n", b"\n\n\n", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\xf4\x8f\xbf\xbf"),
    *(b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&#0;", b"&#xD800;", b"&a;", b"<div>" * 300),
    *(b'"', b"'", b";", b",", b"{", b"}", b"[", b"]", b"\\", b"\\u0000", b"\\ud800", b"{\\", b"\\bin9999999 ", b"\\'", b"null", b"1e999", b"-1"),
    *(b"9" * 400, b"2019-02-30", b"31 f\xc3\xa9vrier 99999", b"0000-00-00", b"Content-Length: -1", b"Content-Length: 99999999999", b"WARC/1.0\r\n"),
    *(b"endobj", b"stream\n", b"/Length 99999999", b"/Count -1", b"/Kids[2 0 R]", b"xref", b"http://[", b"https://a.example/" + b"a" * 3000),
)  # fmt: skip
EDITS = st.tuples(
    st.sampled_from(("cut", "flip", "copy", "move", "insert", "replace", "end", "zero")),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(TOKENS),
    st.integers(0, 7),
)


def mutated(data: bytes, edits: list[tuple[str, float, float, bytes, int]]) -> bytes:
    """`data` after edits; places are fractions of its length, runs are up to a tenth of it."""
    for kind, at, other, token, bit in edits:
        here, there = int(at * len(data)), int(other * len(data))
        run = data[here : here + 1 + int(other * len(data) / 10)]
        before, after = data[:here], data[here + len(run) :]
        if kind == "flip":
            data = data[:here] + bytes([b ^ (1 << bit) for b in data[here : here + 1]]) + data[here + 1 :]
        elif kind == "copy":
            data = data[:there] + run * (1 + bit * 20) + data[there:]
        elif kind == "move":
            data = before + after[:there] + run + after[there:]
        elif kind == "insert":
            data = data[:here] + token + data[here:]
        else:
            data = before + {"cut": b"", "replace": token, "zero": b"\0" * len(run)}.get(kind, b"")
            data += b"" if kind == "end" else after
    return data


def wrapped(name: str, data: bytes) -> bytes:
    """The file of a format with this content."""
    return WRAPPED[name](data) if name in WRAPPED else data


def tables_of(data: bytes, folder: Path) -> tuple[int, int, int]:
    """Results of the readers for a file with this content, and rows of `articles` and `rejects`."""
    path = folder / "file"
    path.write_bytes(data)
    if (problem := extract.refused(path, SETTINGS)) is not None:
        found = [{"reason": problem.reason, "detail": problem.detail}]
    else:
        found = extract.inspect_file(extract.Task(str(path), SETTINGS.model_dump()))["results"]
    stored = json.loads(json.dumps(found, ensure_ascii=False).encode())
    articles, rejects = extract._tables({"file": stored}, {"file": path}, {}, SETTINGS)
    return len(found), len(articles), len(rejects)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize("name", SEEDS)
def test_the_seed_is_what_it_is_meant_to_be(name, folder):
    _, kept, _ = tables_of(wrapped(name, SEEDS[name]), folder)
    assert kept > 0 or name == "sitemap"


@pytest.mark.parametrize("name", SEEDS)
def test_a_mutated_export_is_articles_and_rejects_and_nothing_else(name, folder):
    @settings(max_examples=EXAMPLES, derandomize=EXAMPLES <= 40, database=None)
    @given(st.lists(EDITS, min_size=1, max_size=5))
    def check(edits):
        data = wrapped(name, mutated(SEEDS[name], edits))
        started = time.process_time()
        seen, kept, rejected = tables_of(data, folder)
        assert seen == kept + rejected > 0
        assert time.process_time() - started < SECONDS

    check()
