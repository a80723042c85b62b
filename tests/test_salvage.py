"""A page that breaks its reader costs itself only, also in an archive."""

import io
import os
import signal
import threading
import zipfile

import htmldate  # noqa: F401 - these three would else be loaded in the time that a page may take
import py3langid  # noqa: F401
import pytest
import readability  # noqa: F401
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from presstm import extract, readers, salvage
from presstm.formats import Reject, html_page
from presstm.progress import silent
from presstm.running import engine
from presstm.settings import EngineSettings, ExtractSettings
from tests import hostile

HANGS, DIES, EATS, RAISES = "cette page ne finit pas", "cette page tue", "cette page dévore", "cette page trébuche"
_read_page = html_page.read


def page(text: str) -> bytes:
    return hostile.page(hostile.paragraphs() + f"<p>Et puis {text}.</p>").encode()


def read_page(decoded: str, url: str | None, profile: str) -> list:
    if HANGS in decoded:
        threading.Event().wait()
    if DIES in decoded:
        os.kill(os.getpid(), signal.SIGKILL)
    if EATS in decoded:
        bytearray(10**12)
    if RAISES in decoded:
        raise ValueError("stumbles")
    return _read_page(decoded, url, profile)


def work(task: extract.Task) -> dict | None:
    """As `extract._work`, with the reader of pages above."""
    html_page.read = read_page
    return _work(task)


_work = extract._work


def zipped(pages: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
    return made.getvalue()


def warc(pages: list[bytes]) -> bytes:
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True)
    for number, data in enumerate(pages):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        url = f"https://journal.example/{number}"
        with io.BytesIO(data) as payload:
            record = writer.create_warc_record(url, "response", payload=payload, http_headers=headers)
            writer.write_record(record)
            record.raw_stream.close()
    return made.getvalue()


def run(monkeypatch, corpus, **settings):
    monkeypatch.setattr(extract, "_work", work)
    done = extract.extract_corpus(
        corpus, [], ExtractSettings(profile="fast", **settings), EngineSettings(workers=2), corpus.parent / "cache", silent
    )
    return done.articles["source"].to_pylist(), {row["source"]: row for row in done.rejects.to_pylist()}


def test_pages_of_a_zip_that_break_their_reader_are_rejects_and_the_others_kept(tmp_path, monkeypatch):
    pages = {f"{number:02}.html": page(f"la page {number} parle d’un autre sujet") for number in range(12)}
    pages |= {"03.html": page(DIES), "07.html": page(EATS), "08.html": page(RAISES), "../evil.html": b"x"}
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/pages.zip").write_bytes(zipped(pages))
    articles, rejects = run(monkeypatch, tmp_path / "corpus")
    assert set(articles) == {f"pages.zip#{number}" for number in (2, 3, 4, 6, 7, 8, 11, 12, 13)}
    assert {source: row["reason"] for source, row in rejects.items()} == {
        "pages.zip#1": "unsafe_archive",
        "pages.zip#5": "crashed",
        "pages.zip#9": "memory",
        "pages.zip#10": "crashed",
    }
    assert rejects["pages.zip#5"]["detail"].startswith("03.html: the worker ended with code -9")


def test_a_page_of_a_web_archive_that_hangs_is_a_reject_and_the_others_kept(tmp_path, monkeypatch):
    (tmp_path / "corpus").mkdir()
    texts = ["une première page", HANGS, "une troisième page"]
    (tmp_path / "corpus/pages.warc.gz").write_bytes(warc([page(text) for text in texts]))
    articles, rejects = run(monkeypatch, tmp_path / "corpus", timeout=5, timeout_per_mb=0)
    assert set(articles) == {"pages.warc.gz#1", "pages.warc.gz#3"}
    (reject,) = rejects.values()
    assert (reject["source"], reject["reason"]) == ("pages.warc.gz#2", "timeout")
    assert reject["detail"].startswith("https://journal.example/1: took longer than 5 s")


def test_a_file_of_one_page_that_breaks_its_reader_is_a_reject(tmp_path, monkeypatch):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/page.html").write_bytes(page(DIES))
    articles, rejects = run(monkeypatch, tmp_path / "corpus")
    assert (articles, [row["reason"] for row in rejects.values()]) == ([], ["crashed"])


@pytest.mark.parametrize("make", [lambda pages: zipped({f"{n}.html": p for n, p in enumerate(pages)}), warc])
def test_runs_of_pages_put_together_are_the_whole_archive(make):
    data = make([page(f"la page {number}") for number in range(5)])
    settings = ExtractSettings(profile="fast")

    def read(runs):
        for index, run in enumerate(runs):
            if run == range(2, 4):
                yield index, engine.Failure("killed", "")
            else:
                results = readers.read(data, settings, run).results
                plain = [vars(r) if isinstance(r, Reject) else {"text": r.text} for r in results]
                yield index, {"format": "any", "results": plain}

    found = salvage.page_by_page(read, engine.Failure("timeout", ""))
    assert [result["text"] for result in found["results"]] == [r.text for r in readers.read(data, settings).results]
    assert found["broken"] == 0


def test_a_run_with_fewer_results_than_pages_is_read_page_by_page():
    def read(runs):
        for index, run in enumerate(runs):
            results = [{"text": n} if n in run else {"reason": readers.UNREAD, "detail": f"{n}: "} for n in range(5)]
            yield index, {"format": "any", "results": results[:3] if 3 in run else results}

    found = salvage.page_by_page(read, engine.Failure("memory", ""))
    assert [result.get("text", result.get("reason")) for result in found["results"]] == [0, 1, 2, "crashed", 4]
    assert found["broken"] == 1


def breaking(bad, number=200):
    """A reader of an archive of so many pages, of which some break it, and the pages that it was asked for."""
    asked = []

    def read(runs):
        for index, run in enumerate(runs):
            asked.extend(run)
            if any(page in bad for page in run):
                yield index, engine.Failure("timeout", "took longer than 60 s")
            else:
                results = [
                    {"text": n} if n in run else {"reason": readers.UNREAD, "detail": f"{n}: "} for n in range(number)
                ]
                yield index, {"format": "any", "results": results}

    return read, asked


def test_an_archive_whose_pages_all_hang_is_given_up_after_some():
    read, asked = breaking(range(200))
    found = salvage.page_by_page(read, engine.Failure("timeout", ""))
    assert [result["reason"] for result in found["results"]] == ["timeout"] * 200
    assert found["results"][199]["detail"].startswith("199: not tried")
    assert len(asked) <= 8 * 14 + 8
    assert found["broken"] == 200


@pytest.mark.parametrize("bad", [range(40, 60), range(0, 200, 9), range(0, 200, 14)])
def test_pages_that_hang_among_others_cost_themselves_only(bad):
    read, _ = breaking(bad)
    found = salvage.page_by_page(read, engine.Failure("timeout", ""))
    assert [result.get("text") for result in found["results"]] == [None if n in bad else n for n in range(200)]
    assert not any("not tried" in result.get("detail", "") for result in found["results"])
