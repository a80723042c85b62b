import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from presstm.formats import Item, Reject, web_archive


def warc(*records: tuple, packed: bool = True) -> bytes:
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=packed)
    made_records = [writer.create_warcinfo_record("a.warc", {"software": "test"})]
    for url, status, kind, body, *headers in records:
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        made_records.append(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http))
    for record in made_records:
        writer.write_record(record)
        record.raw_stream.close()
    return made.getvalue()


def read(data: bytes):
    """Pages as they are handed to the page reader, and rejects."""
    return list(
        web_archive.read(io.BytesIO(data), lambda page, url, charset: [Item(page.decode(), url=url, section=charset)])
    )


def test_pages_come_with_their_address_and_charset():
    data = warc(("https://a.example/1", "200 OK", "text/html; charset=ISO-8859-15", b"<p>un"), packed=False)
    assert [(item.text, item.url, item.section) for item in read(data)] == [("<p>un", "https://a.example/1", "ISO-8859-15")]


def test_a_capture_of_the_wayback_machine_has_the_address_of_the_page():
    (item,) = read(warc(("https://web.archive.org/web/20190524120000id_/https://a.example/1", "200 OK", "text/html", b"x")))
    assert item.url == "https://a.example/1"


def test_what_is_no_page_is_counted_by_type_and_redirects_are_not():
    *_, reject = read(
        warc(
            ("https://a.example/1", "301 Moved", "text/html", b""),
            ("https://a.example/2", "404 Not Found", "text/html", b"<p>"),
            ("https://a.example/i", "200 OK", "image/png", b"x"),
            ("https://a.example/j", "200 OK", "image/png", b"x"),
        )
    )
    assert reject.detail == "3 answers in the archive that are no page: 2 image/png, 1 status 404"


def test_a_page_that_unpacks_without_end_is_too_large(monkeypatch):
    import gzip

    monkeypatch.setattr(web_archive, "MAX_PAGE", 10_000)
    bomb = gzip.compress(b"0" * 10_000_000)
    data = warc(
        ("https://a.example/1", "200 OK", "text/html", bomb, ("Content-Encoding", "gzip")),
        ("https://a.example/2", "200 OK", "text/html", b"deux"),
    )
    first, second = read(data)
    assert (first.reason, second.text) == ("too_large", "deux")


def test_what_reading_a_page_raises_is_no_damage_of_the_archive():
    def page(data, url, charset):
        raise MemoryError

    with pytest.raises(MemoryError):
        list(web_archive.read(io.BytesIO(DATA), page))


CUT = ("the page breaks off in its archive: its text is not whole",)
TWO = [("https://a.example/1", "200 OK", "text/html", b"<p>un"), ("https://a.example/2", "200 OK", "text/html", b"<p>deux")]


def test_a_page_that_is_cut_says_so_and_the_archive_too():
    first, second, damage = read(warc(*TWO, packed=False).removesuffix(b"x\r\n\r\n"))
    assert (first.warnings, second.text, second.warnings) == ((), "<p>deu", CUT)
    assert damage.detail == "the archive breaks off after 2 records: 1 bytes of the last one are missing"


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_ends_in_a_header_or_body_never_counts_as_whole(packed):
    whole = warc(*TWO, packed=packed)
    second = whole.rindex(b"\x1f\x8b\x08" if packed else b"WARC/1.")
    end = len(whole) - (15 if packed else 4)  # what only ends a record: nothing is lost with it
    assert [item.warnings for item in read(whole)] == [(), ()]
    for place in range(second + 1, end):
        assert any(isinstance(row, Reject) and "breaks off after" in row.detail for row in read(whole[:place])), place


def test_a_length_that_is_too_large_takes_no_text_of_the_next_page():
    data = warc(*TWO, packed=False)
    start = data.index(b"Content-Length: ", data.index(b"WARC-Type: response")) + len(b"Content-Length: ")
    page, damage = read(data[:start] + b"99" + data[start:])
    assert (page.text, page.warnings, damage.reason) == ("<p>un", CUT, "unreadable")


DATA = warc(*((f"https://a.example/{n}", "200 OK", "text/html", b"<p>Un texte") for n in range(3)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(DATA) - 1), st.integers(0, 255))
def test_broken_archives_never_raise_and_never_end_in_nothing(place, byte):
    assert read(DATA[:place])
    assert read(DATA[:place] + bytes([byte]) + DATA[place + 1 :])


def test_an_archive_of_redirects_only_is_a_reject():
    (reject,) = read(warc(("https://a.example/1", "301 Moved", "text/html", b"")))
    assert (reject.reason, reject.detail) == ("empty", "a web archive without pages: 1 redirects")
