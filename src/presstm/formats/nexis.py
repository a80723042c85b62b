"""LexisNexis exports: Nexis Uni as Word files, and the older HTML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from presstm import dates
from presstm.codebook import fold
from presstm.decode import one_line
from presstm.formats import Item, Reject, fields, markup

# Labels as printed (folded, English | French | German) -> field. The French ones of the Word files are not verified.
_LABELS = {
    label: name
    for name, labels in {
        "section": "section|rubrique|rubrik|ressort",
        "length": "length|longueur|lange",
        "byline": "byline|auteur|auteurs|signature|autor",
        "language": "language|langue|sprache",
        "": "type|type-publication|publication-type|publikationstyp|subject|sujet|encart|localisation-geo|societe|organisme|personne|"
        "date-chargement|load-date|update|graphic|graphique|dateline|highlight|series|journal code|code du journal|organization|"
        "organisation|person|geographic|industry|company|ticker|publication-date|correction|correction-date|copyright|url|"
        "acc-no|country|city|state|pub-type|classification|notes|note|body|corps",
    }.items()
    for label in labels.split("|")
}
_LABEL = re.compile(r"^([A-Za-zÀ-ÿ][A-Za-zÀ-ÿ -]{2,24}?)\s*:[\s\xa0]*(.*)$", re.S)
_BODY = frozenset(("body", "corps", "texte", "corps du texte", "corps de l'article", "text"))
_END = frozenset(("end of document", "fin du document", "fin de document", "ende des dokuments"))
_BEHIND = frozenset(
    ("classification", "graphic", "graphique", "notes", "note", "correction", "correction-date", "load-date", "illustration")
)
_STATED = re.compile(r"^documents?\s*\(\s*([\d\s.,\xa0]{1,9})\)$", re.I)
_ONE_OF = re.compile(r"^(?:document\s+)?(\d{1,6})\s+(?:of|de|sur|von)\s+(\d{1,6})(?:\s+(?:documents?|dokumente?n?))?$", re.I)
_ERROR = re.compile(r"we are sorry but there is an error in this document", re.I)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a Word file."""

    text: str
    bold: bool
    bookmarks: tuple[str, ...]
    section_end: bool


def word_paragraphs(document: bytes) -> list[Paragraph]:
    """Paragraphs of a `word/document.xml`, those in tables and boxes too."""
    root = markup.xml_tree(document)
    return [] if root is None else [_paragraph(element) for element in root.iter(f"{_W}p")]


def _paragraph(element: Any) -> Paragraph:
    pieces: list[str] = []
    bold = plain = False
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if next(node.iterancestors(f"{_W}p")) is not element:
            continue
        text = (node.text or "") if node.tag == f"{_W}t" else "-" if node.tag == f"{_W}noBreakHyphen" else " "
        pieces.append(text)
        if text.strip():
            run = next(node.iterancestors(f"{_W}r"), None)
            mark = run.find(f"{_W}rPr/{_W}b") if run is not None else None
            is_bold = mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")
            bold, plain = bold or is_bold, plain or not is_bold
    names = tuple(mark.get(f"{_W}name", "") for mark in element.iter(f"{_W}bookmarkStart"))
    return Paragraph(one_line("".join(pieces)), bold and not plain, names, element.find(f"{_W}pPr/{_W}sectPr") is not None)


def is_word_export(found: Sequence[Paragraph]) -> bool:
    """Whether a Word file is an export of Nexis: its bookmarks, or its end marks."""
    return any(name.startswith("Bookmark_") for one in found for name in one.bookmarks) or any(
        fold(one.text) in _END for one in found
    )


def read_word(found: Sequence[Paragraph]) -> list[Item | Reject]:
    """Items and rejects, one for each document; the number that the cover states is compared."""
    stated = next(
        (int(digits) for one in found if (match := _STATED.match(one.text)) and (digits := re.sub(r"\D", "", match[1]))),
        None,
    )
    results = [_word_document(piece) for piece in _word_documents(found)]
    return [*results, *_missing(stated, len(results))] or [Reject("no_text", "a Nexis file without documents")]


def _missing(stated: int | None, found: int) -> list[Item | Reject]:
    if stated is None or stated <= found:
        return []
    return [Reject("missing_documents", f"the export states {stated} documents, {found} were found")]


def _word_documents(found: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs of each document: from its bookmark, or from behind the document before; the cover belongs to none."""
    marked = [n for n, one in enumerate(found) if any(name.startswith("Bookmark_") for name in one.bookmarks)]
    ends = [n for n, one in enumerate(found) if fold(one.text) in _END]
    breaks = [n for n, one in enumerate(found) if one.section_end]
    first = marked[0] if marked else (breaks[0] + 1 if breaks and (not ends or breaks[0] < ends[0]) else 0)
    if ends and first > ends[0]:  # the first document lost its bookmark
        first = breaks[0] + 1 if breaks and breaks[0] < ends[0] else 0
    starts = sorted({first, *marked, *(n + 1 for n in ends if n >= first)})
    pieces = [
        [one for one in found[start:end] if one.text] for start, end in zip(starts, [*starts[1:], len(found)], strict=True)
    ]
    return [piece for piece in pieces if [one for one in piece if fold(one.text) not in _END]]


def _word_document(found: Sequence[Paragraph]) -> Item | Reject:
    texts = [one.text for one in found]
    heading = texts[0][:200]
    start = next((n for n, one in enumerate(found) if n and fold(one.text.rstrip(":")) in _BODY), None)
    if start is None:
        return Reject("no_text", f"no body marker (a graphic only, or cut off): {heading}")
    end = next((n for n, one in enumerate(found) if n > start and _is_behind(one)), len(found))
    head, body = texts[:start], texts[start + 1 : end]
    values: dict[str, str] = {}
    for text in [*head, *texts[end:]]:
        if (match := _LABEL.match(text)) and (name := _LABELS.get(fold(match[1]).strip())):
            values.setdefault(name, match[2])
    free = [text for n, text in enumerate(head) if not n or not (_is_label(text) or fields.is_copyright(text))]
    dated = next((n for n, text in enumerate(free) if n and fields.is_dated(text)), None)
    # Headline, outlet, date; an edition may stand before the date, and a headline may be missing.
    title, outlet = ("", free[0]) if dated == 1 else ((*free[:2], "", "")[:2])
    return _made(title, outlet, free[dated] if dated is not None else "", values, body, "nexis-docx")


def _is_behind(one: Paragraph) -> bool:
    folded = fold(one.text.rstrip(" :"))
    return (
        folded in _END
        or (folded in _BEHIND and one.bold)
        or folded == "classification"
        or folded.startswith(("load-date:", "date-chargement:"))
    )


def _is_label(text: str) -> bool:
    match = _LABEL.match(text)
    return match is not None and fold(match[1]).strip() in _LABELS


def _made(title: str, outlet: str, printed: str, values: dict[str, str], body: Sequence[str], method: str) -> Item | Reject:
    kept = [text for text in body if text]
    while kept and fields.is_copyright(kept[-1]):
        kept = kept[:-1]
    if not kept:
        return Reject("no_text", f"no body: {title[:200]}")
    text = "\n\n".join(kept)
    published, warning = dates.find(printed)
    section = re.split(r";|,? \bpg?\. ?\d", values.get("section", ""), flags=re.I)[0].strip(" ,")
    digest = hashlib.sha256("\0".join((title, outlet, printed, text)).encode("utf-8", "replace")).hexdigest()[:16]
    return Item(
        text,
        title,
        outlet=fields.outlet(outlet),
        authors=fields.authors(values.get("byline", "")),
        published=published,
        language=fields.language(values.get("language", "")),
        section=section or None,
        method=method,
        warnings=(warning,) if warning else (),
        key=f"nexis:{digest}",
    )


def is_html(content: str) -> bool:
    """Whether a page is an older export: its anchors."""
    return _ANCHOR.search(content) is not None


_ANCHOR = re.compile(r"<a\s[^<>]*\bname\s*=\s*[\"']?DOC_ID_", re.I)


def read_html(content: str) -> list[Item | Reject]:
    """Items and rejects of the older HTML, one for each anchor; the number that the documents state is compared."""
    content = markup.without_comments(content)
    starts = [match.start() for match in _ANCHOR.finditer(content)]
    results: list[Item | Reject] = []
    stated = None
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        result, total = _html_document(content[start:end])
        results.append(result)
        stated = max(filter(None, (stated, total)), default=None)
    return [*results, *_missing(stated, len(results))]


def _html_document(source: str) -> tuple[Item | Reject, int | None]:
    tree = markup.html_tree(source)
    divs = (
        [] if tree is None else [e for e in tree.iter("div") if not any(above.tag == "div" for above in e.iterancestors())]
    )
    blocks = [lines for e in divs if (lines := markup.paragraphs(e))]
    total = next((int(match[2]) for lines in blocks[:3] if (match := _ONE_OF.match(lines[0]))), None)
    blocks = [lines for lines in blocks if not _ONE_OF.match(" ".join(lines))]
    if _ERROR.search(source):
        return Reject("no_text", "the database could not show this document (it says: there is an error in it)"), total
    values: dict[str, str] = {}
    free: list[list[str]] = []
    for lines in blocks:
        if _is_label(lines[0]) and lines[0].partition(":")[0].isupper():
            match = _LABEL.match(" ".join(lines))
            if match and (name := _LABELS[fold(match[1]).strip()]):
                values.setdefault(name, match[2])
        elif not fields.is_copyright(lines[0]):
            free.append(lines)
    outlet = free[0][0] if free and not fields.is_dated(free[0][0]) else ""
    rest = free[1:] if outlet else free
    dated = next((n for n, lines in enumerate(rest[:4]) if fields.is_dated(" ".join(lines))), None)
    printed = " ".join(rest[dated]) if dated is not None else ""
    rest = [lines for n, lines in enumerate(rest) if n != dated]
    body = max(rest, key=lambda lines: sum(map(len, lines)), default=[])
    before = next((n for n, lines in enumerate(rest) if lines is body), 0)
    title = " ".join(rest[0]) if before else ""
    return _made(title, outlet, printed, values, body, "lexisnexis-html"), total
