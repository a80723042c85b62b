"""Exports of LexisNexis before Nexis Uni: HTML with an anchor for each document, and plain text.

Both print the same blocks: "1 of 3 DOCUMENTS", outlet, date and headline (in either order), labelled fields, the body, more
labelled fields, copyright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from presstm.formats import Item, Reject, fields, markup, nexis

_ANCHOR = re.compile(r"<a\s[^<>]*\bname\s*=\s*[\"']?DOC_ID_", re.I)
_OF = r"(?:of|de|sur|von)"
_ONE_OF = re.compile(rf"^(?:document\s+)?(\d{{1,6}})\s+{_OF}\s+(\d{{1,6}})(?:\s+(?:documents?|dokumente?n?))?$", re.I)
_ONE_OF_LINE = re.compile(rf"^[^\S\n]*\d{{1,6}} {_OF} \d{{1,6}} (?:DOCUMENTS?|DOKUMENTEN?)[^\S\n]*$", re.M)
_LABELLED_LINE = re.compile(r"^(?:LENGTH|LONGUEUR|LÄNGE|LOAD-DATE|DATE-CHARGEMENT|LANGUAGE|LANGUE|SPRACHE): ", re.M)
_STATED = re.compile(r"<meta\b[^<>]*\bdocuments\s*=\s*[\"']?(\d{1,6})\b", re.I)
_SELECTED = re.compile(r"^Download Request: [^\n]*?\b(?:Items?|Documents?): ([\d, -]{1,200})$", re.M | re.I)
_ERROR = re.compile(r"we are sorry but there is an error in this document", re.I)
_OUTER = ("div", "table", "ul", "ol", "p", "pre")  # a body may be several of them
_CAPITALS = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ -]{2,30}):\s")


@dataclass(frozen=True)
class Block:
    """Lines that stand together. `field` is None for text, empty for a label that no article needs."""

    lines: tuple[str, ...]
    field: str | None = None
    value: str = ""

    @property
    def text(self) -> str:
        """All lines as one."""
        return " ".join(self.lines)


def is_html(content: str) -> bool:
    """Whether a page has the anchors of documents."""
    return _ANCHOR.search(content) is not None


def is_text(content: str) -> bool:
    """Whether a text counts its documents ("1 of 10 DOCUMENTS") and labels their fields."""
    return _ONE_OF_LINE.search(content, 0, 20_000) is not None and _LABELLED_LINE.search(content) is not None


def read_html(content: str) -> list[Item | Reject]:
    """Items and rejects, one for each anchor; the number that the page states is compared."""
    content = markup.without_comments(content)
    starts = [match.start() for match in _ANCHOR.finditer(content)]
    pieces = [
        [] if _ERROR.search(content, start, end) else _html_blocks(content[start:end])
        for start, end in pairwise([*starts, len(content)])
    ]
    stated = _STATED.search(content, 0, starts[0] if starts else 0)
    return _read(pieces, int(stated[1]) if stated else None, "lexisnexis-html")


def read_text(content: str) -> list[Item | Reject]:
    """Items and rejects, one for each "1 of 10 DOCUMENTS"; the number that the head states is compared."""
    starts = [match.start() for match in _ONE_OF_LINE.finditer(content)]
    pieces = [_text_blocks(content[start:end]) for start, end in pairwise([*starts, len(content)])]
    stated = _SELECTED.search(content, 0, starts[0] if starts else 0)
    return _read(pieces, _selected(stated[1]) if stated else None, "lexisnexis-text")


def _selected(items: str) -> int | None:
    """How many documents "1-10, 15" are; None for what is no list of ranges."""
    total = 0
    for part in items.replace(" ", "").split(","):
        match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        if match is None or (match[2] and int(match[2]) < int(match[1])):
            return None
        total += int(match[2]) - int(match[1]) + 1 if match[2] else 1
    return total


def _read(pieces: Sequence[list[Block]], stated: int | None, method: str) -> list[Item | Reject]:
    results: list[Item | Reject] = []
    counted: list[tuple[int, int]] = []
    for blocks in pieces:
        counted += [(int(match[1]), int(match[2])) for block in blocks[:3] if (match := _ONE_OF.match(block.text))][:1]
        results.append(_document(blocks, method))
    if stated is None and counted:  # an export may begin at the 501st document that the search found
        stated = max(total for _, total in counted) - min(number for number, _ in counted) + 1
    return [*results, *nexis.missing(stated, len(results))] or [Reject("no_text", "an export without documents")]


def _html_blocks(source: str) -> list[Block]:
    tree = markup.html_tree(source, whole=True)
    if tree is None:
        return []
    outer = [element for element in tree.iter(*_OUTER) if not any(above.tag in _OUTER for above in element.iterancestors())]
    blocks = []
    for element in outer:
        rows = list(element.iter("tr")) if element.tag == "table" else []
        lines = [markup.text_of(row) for row in rows] if rows else markup.paragraphs(element)
        if lines := [line for line in lines if any(map(str.isalnum, line))]:  # no bullets
            blocks.append(_labelled(lines, own=_own_label(element)))
    return blocks


def _own_label(element: Any) -> bool:
    """Whether the first words of a block are a label in an element of its own."""
    first = next((one for one in element.iter("span", "b", "strong") if (one.text or "").strip()), None)
    return first is not None and _CAPITALS.fullmatch(f"{first.text.strip()} ") is not None


def _labelled(lines: Sequence[str], *, own: bool) -> Block:
    """A block, with its field where it begins with a known label in capitals, or with any label of its `own`."""
    text = " ".join(lines)
    known = nexis.label(text) if lines[0].partition(":")[0].isupper() else None
    if known is not None:
        return Block(tuple(lines), *known)
    return Block(tuple(lines), "", text.partition(":")[2].strip()) if own else Block(tuple(lines))


def _text_blocks(source: str) -> list[Block]:
    """Blocks of a plain text: lines up to an empty one."""
    parts = re.split(r"\n[^\S\n]*\n", source.strip())  # lines are wrapped; where none is empty, each is a paragraph
    pieces = [" ".join(part.split()) for part in (parts if len(parts) > 3 else source.split("\n"))]
    blocks = [_labelled([piece], own=False) for piece in pieces if piece]
    # Labels that are not known stand among those behind the body.
    for n in range(len(blocks) - 2, 0, -1):
        if blocks[n].field is None and blocks[n + 1].field is not None and _is_tail(blocks, n):
            blocks[n] = Block(blocks[n].lines, "", "")
    return blocks


def _is_tail(blocks: Sequence[Block], n: int) -> bool:
    """Whether a block begins like a label, and a body comes before it."""
    labels = [m for m, block in enumerate(blocks[:n]) if block.field is not None]
    return (
        _CAPITALS.match(blocks[n].text) is not None
        and bool(labels)
        and any(block.field is None for block in blocks[labels[0] : n])
    )


def _document(blocks: Sequence[Block], method: str) -> Item | Reject:
    if not blocks:
        return Reject("no_text", "the database could not show this document (it says: there is an error in it)")
    values: dict[str, str] = {}
    for block in blocks:
        if block.field:
            values.setdefault(block.field, block.value)
    blocks = [block for block in blocks if not _ONE_OF.match(block.text)]
    first = next((n for n, block in enumerate(blocks) if block.field is not None), len(blocks))
    head = [block for block in blocks[:first] if not fields.is_copyright(block.text)]
    body = list(_body(blocks[first:]))
    if head and first == len(blocks):  # without labels the longest block is the body
        longest = max(head[1:], key=lambda block: len(block.text), default=head[0])
        head, body = [block for block in head if block is not longest], [*longest.lines]
    outlet = head[0].lines[0] if head and not fields.is_dated(head[0].text) else ""
    rest = head[1:] if outlet else head
    dated = next((block for block in rest[:4] if fields.is_dated(block.text) or fields.is_dated(block.lines[0])), None)
    title = next((block.text for block in rest if block is not dated), "") or values.get("headline", "")
    return nexis.made(title, outlet, dated.text if dated else "", values, body, method)


def _body(blocks: Sequence[Block]) -> Iterator[str]:
    """Paragraphs of the first blocks without a label, or of what a label "BODY:" announces."""
    started = False
    for block in blocks:
        if block.field is None:
            started = True
            if not fields.is_copyright(block.text):
                yield from block.lines
        elif block.field == "body":
            started = True
            yield block.value
        elif started:
            return
