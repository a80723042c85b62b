"""XML of texts: TEI, and the plainer form that TXM reads, `<text titre="…" date="…">` around paragraphs or words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from presstm.formats import Item, Reject, markup, table, text
from presstm.pages.decode import clean, one_line

_ROOT = re.compile(
    r"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<(?:\w+:)?(?:TEI(?:\.2)?|teiCorpus|corpus|text)\b(?=[^<>]*>)",
    re.S,
)
_PARAGRAPHS = frozenset(("p", "ab", "head", "l", "item", "u", "p-in"))
_BORDERS = _PARAGRAPHS | frozenset(
    "back body cell closer div div1 div2 div3 div4 div5 div6 div7 docauthor docdate doctitle figure front group floatingtext "
    "label lg list listbibl opener bibl postscript row salute signed sp speaker stage table text titlepage titlepart trailer".split()
)
_SILENT = frozenset(("ana", "note", "teiheader", "fw", "figdesc", "byline", "dateline"))  # `ana`: TXM's annotation of a word
_GLUED_LEFT = re.compile(r"\s+(?=[,.)\]…’'])")
_GLUED_RIGHT = re.compile(r"(?<=[(\[’'])\s+")


def is_tei(content: str) -> bool:
    """Whether a text is XML whose root is one of TEI or TXM."""
    return _ROOT.match(content[:20_000]) is not None


def read(content: str, columns: Mapping[str, str]) -> list[Item | Reject]:
    """Items and rejects, one for each text; attributes of TXM's `text` are told as columns of a table are."""
    root = markup.xml_tree(content)
    if root is None:
        return [Reject("unreadable", "XML that cannot be read")]
    texts = [
        one for one in root.iter() if markup.name(one) == "text" and "text" not in map(markup.name, one.iterancestors())
    ]
    rows = [_row(one) for one in texts]
    return list(table.items(rows, columns, "tei")) if rows else [Reject("no_text", "TEI without a text")]


def _row(element: Any) -> dict[str, str]:
    """Metadata and text of one article; a heading that is its title is not its text."""
    about = {**{key.rpartition("}")[2]: value for key, value in element.attrib.items()}, **_header(element)}
    return {**about, "text": "\n".join(text.without_title(_paragraphs(element), about))}


def _header(element: Any) -> dict[str, str]:
    """What the TEI header of a text says; what it says of the source comes before what it says of the file."""
    owner = next((above for above in element.iterancestors() if markup.name(above).startswith("tei")), None)
    header = None if owner is None else next((child for child in owner if markup.name(child) == "teiheader"), None)
    if header is None:
        return {}
    source, statement, edition = (_first(header, name) for name in ("sourcedesc", "titlestmt", "publicationstmt"))
    day = next(iter((*_all(source, "date"), *_all(edition, "date"))), None)
    journal = next((one for one in _all(source, "title") if one.get("level") == "j"), None)
    outlet = journal if journal is not None else _first(source, "publisher")
    found = {
        "title": _text(_first(statement, "title")),
        "author": "; ".join(dict.fromkeys(_text(one) for one in _all(statement, "author") or _all(source, "author"))),
        "outlet": _text(outlet) or _text(_first(edition, "publisher")),
        "date": "" if day is None else day.get("when") or day.get("when-iso") or _text(day),
        "url": next(
            (_text(one) for one in (*_all(source, "ref"), *_all(source, "idno")) if _text(one).startswith("http")), ""
        ),
    }
    return {name: value for name, value in found.items() if value}


def _all(element: Any, name: str) -> list[Any]:
    return [] if element is None else [one for one in element.iter() if markup.name(one) == name]


def _first(element: Any, name: str) -> Any:
    return next(iter(_all(element, name)), None)


def _text(element: Any) -> str:
    return "" if element is None else one_line("".join(element.itertext()))


def _paragraphs(element: Any) -> list[str]:
    """Paragraphs, headings and the like, and what text stands between them; a text without any is cut as plain text is."""
    silent = {one for one in element.iter() if markup.name(one) in _SILENT}
    for one in silent:
        tail = one.tail or ""
        one.clear()
        one.tail = tail
    if not any(markup.name(one) in _PARAGRAPHS for one in element.iter()):
        return text.paragraphs(clean("".join(element.itertext())))
    runs: list[tuple[list[str], bool]] = [
        ([], False)
    ]  # pieces of text between two borders, and whether words are marked in them
    for event, one in etree.iterwalk(element, events=("start", "end")):
        kind = markup.name(one)
        if kind in _BORDERS:
            runs.append(([], False))
        elif kind == "w":
            runs[-1] = (runs[-1][0], True)
        if piece := one.text if event == "start" else one.tail if one is not element else None:
            runs[-1][0].append(piece)
    found: list[str] = []
    for pieces, marked in runs:
        line = _line(pieces, marked)
        if found and line and not any(map(str.isalnum, line)):  # the full stop after a quotation in paragraphs of its own
            found[-1] += line
        elif line:
            found.append(line)
    return found


def _line(pieces: list[str], marked: bool) -> str:
    """The text of a paragraph on one line; words that stand in elements of their own are joined as French is printed."""
    if not marked:
        return one_line("".join(pieces))
    line = one_line(" ".join(piece.strip() for piece in pieces if piece.strip()))
    return _GLUED_RIGHT.sub("", _GLUED_LEFT.sub("", line))
