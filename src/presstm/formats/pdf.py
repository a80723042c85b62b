"""PDF with a text layer: lines to paragraphs, without running heads and page numbers, hyphenation undone."""

from __future__ import annotations

import io
import logging
import re
import statistics
from collections import Counter
from dataclasses import replace

from presstm.formats import Item, Reject, europresse, hyphens, text
from presstm.pages.decode import clean

_MAX_PAGES = 2000
_HEAD_LINES = 8  # of a document, among which its dateline may stand
_EDGE_CHARACTERS = 1000  # of a line
_EDGE_LINES = 3  # of a page, at its head and foot, may be running
_NUMBER = r"(?P<number{}>\d+ ?(?:/|sur|of) ?\d+)"
_PRINTED = re.compile(  # a line at the edge of a page that a browser printed: Chrome has the title behind the time, Firefox before the address
    rf"(?:{_NUMBER.format(1)}\s+)?(?P<time>\d\d?/\d\d?/\d{{2,4}},?\s(?:à\s)?\d\d?[:h]\d\d(?:\s?[AP]M)?)(?:\s.*)?|"
    rf"(?:.*\s)?(?P<address>https?://\S+)(?:\s+{_NUMBER.format(2)})?|{_NUMBER.format(3)}"
)
_END = re.compile(r"[.!?…»”\"]\s*$")
_BEGIN = re.compile(r"(?:[«“\"]\s*)?[A-ZÀ-ÖØ-Þ]")
_OPEN = re.compile(
    r"(?:\b(?:à|aux?|avec|chez|contre|dans|de|des|du|en|entre|et|la|les?|ou|où|par|pour|que|qui|sans|sous|sur|une?|vers)|['’,])\s*$"
)


def read(data: bytes) -> list[Item | Reject]:
    """The article of a PDF file."""
    pages = _pages(data)
    if isinstance(pages, Reject):
        return [pages]
    if sum(len(line.split()) for page in pages for line in page) < 5 * max(1, len(pages)):
        return [Reject("no_text", "no text layer (a scan): recognise its text first, for example with ocrmypdf")]
    if (problem := europresse.refused("\n".join(line for page in pages for line in page))) is not None:
        return [problem]
    pages, address = without_print(pages)
    results = text.read("\n\n".join([*address, *rejoined(without_running(pages))]))
    return [replace(result, method="pdf") if isinstance(result, Item) else result for result in results]


def _pages(data: bytes) -> list[list[str]] | Reject:
    """Lines of each page."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Reject("unreadable", "a PDF with a password")
        if len(reader.pages) > _MAX_PAGES:
            return Reject("too_complex", f"more than {_MAX_PAGES} pages")
        return [[line.strip() for line in clean(page.extract_text() or "").split("\n")] for page in reader.pages]
    except DependencyError:
        return Reject("unreadable", "a PDF with a password")
    except MemoryError:
        raise
    except Exception as error:  # pypdf raises whatever a broken file makes it stumble over
        return Reject("unreadable", f"a broken PDF: {type(error).__name__}: {error}"[:300])


def without_print(pages: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Pages without what browsers print at their edges, and the address of the web page that was printed, if they did.

    Every page must have all of it: the time of printing, the address, and its number of how many.
    """
    printed: list[set[int]] = []
    addresses: list[str] = []
    for page in pages:
        filled = [n for n, line in enumerate(page) if line]
        edge = {n: found for n in {*filled[:2], *filled[-2:]} if (found := _PRINTED.fullmatch(page[n][:_EDGE_CHARACTERS]))}
        here = {name: value for found in edge.values() for name, value in found.groupdict().items() if value}
        if not {"time", "address"} <= here.keys() or not any(name.startswith("number") for name in here):
            return pages, []
        printed.append(set(edge))
        addresses.append(here["address"])
    kept = [[line for n, line in enumerate(page) if n not in edge] for page, edge in zip(pages, printed, strict=True)]
    return kept, [one for one in addresses[:1] if not one.endswith(("…", "..."))]


def without_running(pages: list[list[str]]) -> list[list[str]]:
    """Pages without page numbers, and without the lines near their edges that most pages share (digits aside)."""
    filled = [list(page) for page in pages]
    edges = [_edge(page) for page in filled]
    shared = Counter(form for page, edge in zip(filled, edges, strict=True) for form in {_form(page[n]) for n in edge})
    often = max(3, (len(pages) + 1) // 2)

    def running(page: list[str], n: int, edge: set[int]) -> bool:
        form = _form(page[n])
        return n in edge and (
            shared[form] >= often
            or re.fullmatch(r"(?:page |p\. ?)?[-–— ]*#(?:\s*(?:/|sur|of)\s*#)?[-–— ]*", form) is not None
        )

    return [
        [line for n, line in enumerate(page) if not running(page, n, edge)] for page, edge in zip(filled, edges, strict=True)
    ]


def _edge(page: list[str]) -> set[int]:
    lines = [n for n, line in enumerate(page) if line]
    return {*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]} if len(lines) > 1 else set(lines)


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def rejoined(pages: list[list[str]]) -> list[str]:
    """Paragraphs: a line that ends a sentence and is clearly shorter than most, or an empty line after one, ends one.

    A dateline among the first lines is one.
    """
    lines = [line for page in pages for line in "\n".join(page).strip("\n").split("\n")]
    lengths = [len(line) for line in lines if len(line) > 20]
    full = statistics.quantiles(lengths, n=4)[2] if len(lengths) > 1 else 0
    hyphened = hyphens.kept(" ".join(lines))
    found: list[str] = []
    current: list[str] = []
    for number, line in enumerate(lines):
        previous = current[-1] if current else ""
        if not line:
            if current and not hyphens.cut_word(previous) and (_END.search(previous) or len(previous) < 0.6 * full):
                found.append(hyphens.joined(current, hyphened))
                current = []
            continue
        if (
            current
            and len(previous) < 0.85 * full
            and (_END.search(previous) or (len(previous) < 0.6 * full and _BEGIN.match(line) and not _OPEN.search(previous)))
        ):
            found.append(hyphens.joined(current, hyphened))
            current = []
        if number < _HEAD_LINES and text.is_dateline(line):
            found += [hyphens.joined(current, hyphened)] if current else []
            found, current = [*found, line], []
            continue
        current.append(line)
    return [*found, hyphens.joined(current, hyphened)] if current else found
