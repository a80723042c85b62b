"""Web archives: the pages of WARC files (ISO 28500). Redirects, requests and metadata are no pages; the rest is counted by type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO

from presstm.formats import Item, Reject

MAX_PAGE = 20_000_000  # bytes of one page, decompressed
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)", re.I)


def read(stream: IO[bytes], page: Callable[[bytes, str, str | None], list[Item | Reject]]) -> Iterator[Item | Reject]:
    """Items and rejects of the pages in a WARC file, plain or gzip, in its order.

    Args:
        stream: the file.
        page: reads one page: its bytes, address and declared charset.
    """
    from warcio.archiveiterator import ArchiveIterator

    others: Counter[str] = Counter()
    seen = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type not in ("response", "resource", "conversion"):
                continue
            seen += 1
            status = record.http_headers.get_statuscode() if record.http_headers else "200"
            if status[:1] == "3":
                continue
            headers = record.http_headers or record.rec_headers
            declared = headers.get_header("Content-Type") or ""
            kind = declared.partition(";")[0].strip().lower()
            if status != "200" or kind not in _PAGES:
                others[f"status {status}" if status != "200" else kind or "no type"] += 1
                continue
            url = _ARCHIVED.sub("", record.rec_headers.get_header("WARC-Target-URI") or "")
            data = record.content_stream().read(MAX_PAGE + 1)
            if len(data) > MAX_PAGE:
                yield Reject("too_large", f"{url}: more than {MAX_PAGE} bytes")
                continue
            charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", declared, re.I)
            yield from page(data, url, charset[1] if charset else None)
    except Exception as error:  # warcio raises much on broken records
        yield Reject("unreadable", f"the archive breaks off after {seen} records: {type(error).__name__}: {error}"[:300])
    if others:
        shown = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield Reject("not_article", f"{sum(others.values())} answers in the archive that are no page: {shown}"[:300])
    elif not seen:
        yield Reject("empty", "a web archive without records")
