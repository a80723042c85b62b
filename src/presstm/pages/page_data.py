"""The text of an article that a page holds as data only: in JSON-LD (`articleBody`), or in the JSON that its script makes the page of.

Such a page shows nothing, or next to nothing, until a browser runs its scripts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from presstm.formats import markup
from presstm.pages.page import split_lines

MIN_WORDS = 40  # of a text; less is a summary
_MIN_PARAGRAPH = 8  # words of a string that counts as a paragraph of a list of them
_SENTENCE = re.compile(r"[.!?…»”\":;]\W*$")
_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|li|strong|em|a|span)\b[^<>]*>", re.I)
_ASSIGNED = re.compile(r"=\s*(?=\{\s*\")")
_HEAD = 2_000  # characters of a script in which its data begin
_HEADING = re.compile(r"head|title|sub|inter|h[2-6]$", re.I)
_MIN_LETTERS = 30  # of a string that is looked at as a paragraph
_KINDS = ("type", "__typename", "kind", "name")  # keys that tell what a part is
_NO_TEXT = frozenset((*_KINDS, "id", "url", "caption", "credit", "alt"))
_TITLES = frozenset(("title", "headline", "headlines", "titre"))
_ADDRESSES = frozenset(("url", "href", "link", "slug", "path", "canonical_url", "permalink"))
_DEPTH = 40  # levels of nesting that are looked into


def find(linked_data: Sequence[str], scripts: Sequence[str]) -> list[str]:
    """Paragraphs of the article; none if the page holds no text of `MIN_WORDS` words."""
    found = [_counted(_paragraphs(text)) for block in linked_data for text in _bodies(_loaded(block))]
    if not found:
        for block in scripts:
            _gather(_loaded(block), found)
    best = max(found, key=lambda one: one.words, default=_NOTHING)
    return list(best.paragraphs) if best.words >= MIN_WORDS else []


class _Text(NamedTuple):
    paragraphs: tuple[str, ...]
    words: int


_NOTHING = _Text((), 0)


def _counted(paragraphs: Iterable[str]) -> _Text:
    found = tuple(paragraphs)
    return _Text(found, sum(len(paragraph.split()) for paragraph in found))


def _loaded(block: str) -> Any:
    """The JSON of a script: all of it, or the first object that its head gives to a variable."""
    try:
        if block.lstrip()[:1] in ("{", "["):
            return json.loads(block)
        match = _ASSIGNED.search(block, 0, _HEAD)
        return None if match is None else json.JSONDecoder().raw_decode(block, match.end())[0]
    except (ValueError, RecursionError):
        return None


def _bodies(node: Any, depth: int = 0) -> Iterator[str]:
    """Every `articleBody` below a node of JSON-LD."""
    if depth > _DEPTH:
        return
    if isinstance(node, dict):
        if isinstance(body := node.get("articleBody"), str):
            yield body
        for value in node.values():
            yield from _bodies(value, depth + 1)
    elif isinstance(node, list):
        for value in node:
            yield from _bodies(value, depth + 1)


def _paragraphs(text: str) -> list[str]:
    """Paragraphs of a string that may hold markup, or markup written as text."""
    if "&lt;" in text or not _MARKUP.search(text):
        text = html.unescape(text)
    if _MARKUP.search(text):
        tree = markup.html_tree(f"<div>{text}</div>")
        return [] if tree is None else markup.paragraphs(tree)
    return list(split_lines(text.replace("\r", "\n")))


def _gather(node: Any, found: list[_Text], depth: int = 0) -> _Text:
    """Add the texts below a node that may be the article to `found`; returns what the node is as a part of a text.

    They are strings with paragraphs of their own, and lists with a paragraph in each part.
    """
    if depth > _DEPTH:
        return _NOTHING
    if isinstance(node, str):
        text = _counted(_paragraphs(node)) if len(node) >= _MIN_LETTERS and " " in node else _NOTHING
        if text.words < _MIN_PARAGRAPH or _SENTENCE.search(text.paragraphs[-1]) is None:
            return _NOTHING
        found.append(text)
        return text
    if isinstance(node, dict):
        parts = [_gather(value, found, depth + 1) for key, value in node.items() if key not in _NO_TEXT]
        return next((part for part in parts if part.words), None) or _heading(node)
    if isinstance(node, list):
        gathered = [(value, _gather(value, found, depth + 1)) for value in node]
        parts = [part for value, part in gathered if part.words and not _is_teaser(value)]
        if len(parts) == 1:
            return parts[0]
        text = _Text(tuple(one for part in parts for one in part.paragraphs), sum(part.words for part in parts))
        if any(part.words >= _MIN_PARAGRAPH for part in parts):
            found.append(text)
        return text
    return _NOTHING


def _is_teaser(node: Any) -> bool:
    """Whether a part of a list is another article: a title with an address."""
    keys = {str(key).lower() for key in node} if isinstance(node, dict) else set()
    return not (keys.isdisjoint(_TITLES) or keys.isdisjoint(_ADDRESSES))


def _heading(node: dict[str, Any]) -> _Text:
    """The text of a part that calls itself a heading."""
    kind = next((node[key] for key in _KINDS if isinstance(node.get(key), str)), "")
    texts = [
        value
        for key, value in node.items()
        if key not in _NO_TEXT and not key.lower().endswith("id") and isinstance(value, str) and "/" not in value
    ]
    if not _HEADING.search(kind) or not texts or not 1 <= len(texts[0].split()) <= 20:
        return _NOTHING
    return _counted(_paragraphs(texts[0]))
