"""Lists of sentences behind the numbers: pages of a few hundred sentences, in groups that numbers link to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from presstm.report import articles
from presstm.report.marks import Span, shown
from presstm.report.material import Material, safe_name
from presstm.report.pages import Page

_PER_PAGE = 300


@dataclass(frozen=True)
class Item:
    """A sentence as evidence, with what to mark in it and a note."""

    article_id: str
    sentence_id: int
    spans: tuple[Span, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The sentences behind one number."""

    key: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Listing:
    """Pages of evidence, and where each group begins."""

    pages: tuple[Page, ...]
    links: dict[str, str]


def listing(material: Material, name: str, title: str, groups: Iterable[Group]) -> Listing:
    """Spread groups over pages evidence/<name>-<n>.html; a group that goes on takes its heading with it."""
    filled: list[list[tuple[Group, Sequence[Item]]]] = [[]]
    links: dict[str, str] = {}
    room = _PER_PAGE
    for group in groups:
        rest: Sequence[Item] = group.items
        while rest:
            if not room:
                filled.append([])
                room = _PER_PAGE
            links.setdefault(group.key, f"{_path(name, len(filled) - 1)}#{safe_name(group.key)}")
            filled[-1].append((group, rest[:room]))
            room, rest = room - len(rest[:room]), rest[room:]
    count = len(filled)
    pages = tuple(
        Page(
            _path(name, number),
            "evidence.html",
            title,
            {
                "groups": [
                    {
                        "anchor": safe_name(group.key),
                        "heading": group.heading,
                        "total": len(group.items),
                        "items": [_row(material, item) for item in items],
                    }
                    for group, items in content
                ],
                "number": number + 1,
                "count": count,
                "before": _path(name, number - 1) if number else None,
                "after": _path(name, number + 1) if number + 1 < count else None,
            },
        )
        for number, content in enumerate(filled)
        if content
    )
    return Listing(pages, links)


def _path(name: str, number: int) -> str:
    return f"evidence/{safe_name(name)}-{number + 1}.html"


def _row(material: Material, item: Item) -> dict[str, Any]:
    sentence = material.sentence(item.article_id, item.sentence_id)
    text = material.text(item.article_id, sentence["part"])
    return {
        "article": material.articles[item.article_id],
        "sentence": sentence,
        "pieces": shown(text, sentence["start"], sentence["end"], item.spans, material.settings.text),
        "note": item.note,
        "page": f"{articles.path(item.article_id)}#s{item.sentence_id}",
    }
