"""Web archives: the pages of WARC files (ISO 28500). Redirects, requests and metadata are no pages; the rest is counted by type."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import IO, Any

from presstm import addresses
from presstm.formats import Item, Reject

MAX_PAGE = 20_000_000  # bytes of one page, decompressed
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_CUT = "the page breaks off in its archive: its text is not whole"
NEXT = b"\r\n\r\nWARC/1."  # where a record with too large a length runs into the one after it


@dataclass(frozen=True)
class _Page:
    data: bytes
    url: str
    charset: str | None
    is_cut: bool


def read(stream: IO[bytes], page: Callable[[bytes, str, str | None], list[Item | Reject]]) -> Iterator[Item | Reject]:
    """Items and rejects of the pages in a WARC file, plain or gzip, in its order.

    Args:
        stream: the file.
        page: reads one page: its bytes, address and declared charset. What it raises is no damage of the archive.
    """
    for found in _pages(stream):
        if isinstance(found, Reject):
            yield found
            continue
        for result in page(found.data, found.url, found.charset):
            if found.is_cut and isinstance(result, Item):
                result = replace(result, warnings=(*result.warnings, _CUT))
            yield result


def _pages(stream: IO[bytes]) -> Iterator[_Page | Reject]:
    from warcio.archiveiterator import ArchiveIterator

    others: Counter[str] = Counter()
    seen, pages, damage = 0, 0, ""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    archive = ArchiveIterator(stream)
    try:
        for record in archive:
            is_answer = record.rec_type in ("response", "resource", "conversion")
            status = record.http_headers.get_statuscode() if record.http_headers else "200"
            declared = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
            kind = declared.partition(";")[0].strip().lower()
            is_page = is_answer and status == "200" and kind in _PAGES
            data = record.content_stream().read(MAX_PAGE + 1) if is_page else b""
            archive.read_to_end()
            damage = _missing(record)
            seen += is_answer
            if not is_page:
                if is_answer and status[:1] != "3":
                    others[f"status {status}" if status != "200" else kind or "no type"] += 1
                continue
            pages += 1
            url = addresses.original(record.rec_headers.get_header("WARC-Target-URI") or "")
            if len(data) > MAX_PAGE:
                yield Reject("too_large", f"{url}: more than {MAX_PAGE} bytes")
                continue
            charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", declared, re.I)
            yield _Page(data.partition(NEXT)[0] if damage else data, url, charset[1] if charset else None, bool(damage))
        if archive.offset < size:
            damage = "the next one is not whole"
    except MemoryError:
        raise
    except Exception as error:  # warcio raises much on broken records
        damage = f"{type(error).__name__}: {error}"
    if damage:
        yield Reject("unreadable", f"the archive breaks off after {seen} records: {damage}"[:300])
    if others:
        shown = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield Reject("not_article", f"{sum(others.values())} answers in the archive that are no page: {shown}"[:300])
    elif not pages and not damage:
        yield Reject("empty", f"a web archive without pages: {seen} redirects" if seen else "a web archive without records")


def _missing(record: Any) -> str:
    """What is missing of a record, read to its end, for the length that it states; empty if it is whole."""
    if not (record.rec_headers.get_header("Content-Length") or "").strip().isdecimal():
        return "the last one has no length"
    missing = record.raw_stream.limit
    return f"{missing} bytes of the last one are missing" if missing else ""
