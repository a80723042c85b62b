"""Nexis Uni exports: Word files, and RTF with the same lines; what they share with the older layouts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from presstm import dates
from presstm.formats import Item, Reject, fields, markup
from presstm.pages.decode import one_line
from presstm.phrases import fold

# Labels as printed (folded, English | French | German) -> field. The French ones of the Word files are not verified.
_LABELS = {
    label: name
    for name, labels in {
        "section": "section|rubrique|rubrik|ressort",
        "length": "length|longueur|lange",
        "byline": "byline|auteur|auteurs|signature|autor",
        "body": "body|corps",
        "headline": "headline|titre|schlagzeile",
        "standfirst": "highlight|encart",
        "language": "language|langue|sprache",
        "": "type|type-publication|publication-type|publikationstyp|subject|sujet|localisation-geo|societe|organisme|personne|"
        "date-chargement|load-date|update|graphic|graphique|dateline|series|journal code|code du journal|organization|"
        "organisation|person|geographic|industry|company|ticker|publication-date|correction|correction-date|copyright|url|"
        "acc-no|country|city|state|pub-type|classification|notes|note",
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
    """Whether a Word file is an export of Nexis: its bookmarks, or its marks of bodies and ends."""
    folded = {fold(one.text.rstrip(" :")) for one in found}
    marked = any(name.startswith("Bookmark_") for one in found for name in one.bookmarks)
    return marked or not (folded.isdisjoint(_END) or folded.isdisjoint(_BODY))


def lines(text: str) -> list[Paragraph]:
    """Paragraphs of a text without type (RTF), one for each line."""
    return [Paragraph(one_line(line), False, (), False) for line in text.split("\n")]


def read_word(found: Sequence[Paragraph]) -> list[Item | Reject]:
    """Items and rejects, one for each document; the number that the cover states is compared."""
    stated = next(
        (int(digits) for one in found if (match := _STATED.match(one.text)) and (digits := re.sub(r"\D", "", match[1]))),
        None,
    )
    results = [_word_document(piece) for piece in _word_documents(found)]
    return [*results, *missing(stated, len(results))] or [Reject("no_text", "a Nexis file without documents")]


def missing(stated: int | None, found: int) -> list[Item | Reject]:
    """A reject for the documents that an export states and does not hold, if there are any."""
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
    head, body = _without_cover(texts[:start]), texts[start + 1 : end]
    values: dict[str, str] = {}
    for text in [*head, *texts[end:]]:
        if found_label := label(text):
            values.setdefault(*found_label)
    free = [text for n, text in enumerate(head) if not n or not (label(text) or fields.is_copyright(text))]
    dated = next((n for n, text in enumerate(free) if n and fields.is_dated(text)), None)
    # Headline, outlet, date; an edition may stand before the date, and a headline may be missing.
    title, outlet = ("", free[0]) if dated == 1 else ((*free[:2], "", "")[:2])
    return made(title, outlet, free[dated] if dated is not None else "", values, body, "nexis-docx")


def _without_cover(head: list[str]) -> list[str]:
    """Lines before a body, from the headline on where the cover stands before it: two lines above the last date."""
    if not any(_STATED.match(text) for text in head):
        return head
    last = max((n for n, text in enumerate(head) if fields.is_dated(text)), default=0)
    return head[max(last - 2, 0) :]


def _is_behind(one: Paragraph) -> bool:
    folded = fold(one.text.rstrip(" :"))
    return (
        folded in _END
        or (folded in _BEHIND and one.bold)
        or folded == "classification"
        or folded.startswith(("load-date:", "date-chargement:"))
    )


def label(text: str) -> tuple[str, str] | None:
    """Field and value of a line that begins with a known label; the field is empty for what no article needs."""
    match = _LABEL.match(text)
    name = _LABELS.get(fold(match[1]).strip()) if match else None
    return (name, match[2]) if match and name is not None else None


def made(
    title: str, outlet: str, printed: str, values: Mapping[str, str], body: Sequence[str], method: str
) -> Item | Reject:
    """The article of these lines and labelled values; a reject where nothing but a copyright line is left of its body."""
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
        standfirst=values.get("standfirst", "").strip() or None,
        outlet=fields.outlet(outlet),
        authors=fields.authors(values.get("byline", "")),
        published=published,
        language=fields.language(values.get("language", "")),
        section=section or None,
        method=method,
        warnings=(warning,) if warning else (),
        key=f"nexis:{digest}",
    )
