import io

from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from presstm.formats import Item, web_archive


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


DATA = warc(*((f"https://a.example/{n}", "200 OK", "text/html", b"<p>Un texte") for n in range(3)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(DATA) - 1), st.integers(0, 255))
def test_broken_archives_never_raise_and_never_end_in_nothing(place, byte):
    assert read(DATA[:place])
    assert read(DATA[:place] + bytes([byte]) + DATA[place + 1 :])
