"""The text of an article that a page holds as data only: in JSON-LD (`articleBody`), or in the JSON that its script makes the page of.

Such a page shows nothing, or next to nothing, until a browser runs its scripts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from presstm.formats import markup
from presstm.page import split_lines

MIN_WORDS = 40  # of a text; less is a summary
_MIN_PARAGRAPH = 8  # words of a string that counts as a paragraph of a list of them
_SENTENCE = re.compile(r"[.!?…»”\":;]\W*$")
_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|li|strong|em|a|span)\b[^<>]*>", re.I)
_ASSIGNED = re.compile(r"=\s*(?=\{\s*\")")
_HEAD = 2_000  # characters of a script in which its data begin
_HEADING = re.compile(r"head|title|sub|inter|h[2-6]$", re.I)
_DEPTH = 40  # levels of nesting that are looked into


def find(linked_data: Sequence[str], scripts: Sequence[str]) -> list[str]:
    """Paragraphs of the article; none if the page holds no text of `MIN_WORDS` words."""
    declared = [text for block in linked_data for text in _bodies(_loaded(block))]
    found = [_paragraphs(text) for text in declared] or [c for block in scripts for c in _candidates(_loaded(block))]
    best = max(found, key=_words, default=[])
    return best if _words(best) >= MIN_WORDS else []


def _words(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)


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


def _candidates(node: Any, depth: int = 0) -> Iterator[list[str]]:
    """Texts that may be the article: a string with paragraphs of its own, or a list with a paragraph in each part."""
    if depth > _DEPTH:
        return
    if isinstance(node, str):
        if len(node) > 200 and _is_sentence(found := _paragraphs(node)):
            yield found
    elif isinstance(node, dict):
        for value in node.values():
            yield from _candidates(value, depth + 1)
    elif isinstance(node, list):
        parts = [_part(value, depth + 1) for value in node]
        if sum(map(bool, parts)) >= 2:
            yield [paragraph for part in parts for paragraph in part]
        for value in node:
            yield from _candidates(value, depth + 1)


def _is_sentence(paragraphs: Sequence[str]) -> bool:
    return bool(paragraphs) and _SENTENCE.search(paragraphs[-1]) is not None


def _part(node: Any, depth: int) -> list[str]:
    """The paragraphs of one part of a text: its first string that is one, or any string of a part that calls itself a heading."""
    if depth > _DEPTH:
        return []
    if isinstance(node, str):
        found = _paragraphs(node) if " " in node.strip() else []
        return found if _words(found) >= _MIN_PARAGRAPH and _is_sentence(found) else []
    if isinstance(node, dict):
        kind = next((str(node[key]) for key in ("type", "__typename", "kind", "name") if isinstance(node.get(key), str)), "")
        for key, value in node.items():
            if key in ("type", "__typename", "kind", "name", "id", "url", "caption", "credit", "alt"):
                continue
            if found := _part(value, depth + 1):
                return found
            if isinstance(value, str) and _HEADING.search(kind) and 1 <= len(value.split()) <= 20 and "/" not in value:
                return _paragraphs(value)
    if isinstance(node, list):
        return [paragraph for value in node for paragraph in _part(value, depth + 1)]
    return []
