"""Lists of sentences behind the numbers: pages of a few hundred sentences, in groups that numbers link to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
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


Place = tuple[str, Any]  # an article, and what tells one of its items from another


@dataclass(frozen=True)
class Group:
    """The sentences behind one number: `item` makes the evidence at one of `places`, when its page is written."""

    key: str
    heading: str
    places: Sequence[Place]
    item: Callable[[Place], Item]


_Run = tuple[Group, int, int]  # its places from one to another


@dataclass(frozen=True)
class Listing:
    """Pages of evidence, and where each group begins."""

    pages: tuple[Page, ...]
    links: dict[str, str]


def listing(material: Material, name: str, title: str, groups: Iterable[Group]) -> Listing:
    """Spread groups over pages evidence/<name>-<n>.html; a group that goes on takes its heading with it."""
    filled: list[list[_Run]] = [[]]
    links: dict[str, str] = {}
    room = _PER_PAGE
    for group in groups:
        start = 0
        while start < len(group.places):
            if not room:
                filled.append([])
                room = _PER_PAGE
            links.setdefault(group.key, f"{_path(name, len(filled) - 1)}#{safe_name(group.key)}")
            end = min(start + room, len(group.places))
            filled[-1].append((group, start, end))
            room, start = room - (end - start), end
    pages = tuple(
        Page(
            _path(name, number),
            "evidence.html",
            title,
            partial(_values, material, name, runs, number, len(filled)),
            _Depends(name, runs, len(filled)),
        )
        for number, runs in enumerate(filled)
        if runs
    )
    return Listing(pages, links)


def _values(material: Material, name: str, runs: Sequence[_Run], number: int, count: int) -> dict[str, Any]:
    """Values of a page's template."""
    return {
        "groups": [
            {
                "anchor": safe_name(group.key),
                "heading": group.heading,
                "total": len(group.places),
                "items": [_row(material, group.item(place)) for place in group.places[start:end]],
            }
            for group, start, end in runs
        ],
        "number": number + 1,
        "count": count,
        "before": _path(name, number - 1) if number else None,
        "after": _path(name, number + 1) if number + 1 < count else None,
    }


@dataclass(frozen=True)
class _Depends:
    """What a page of evidence depends on, apart from what its articles hold."""

    name: str
    runs: Sequence[_Run]
    count: int

    def parts(self) -> Iterator[str]:
        yield f"{self.name} {self.count}"
        for group, start, end in self.runs:
            yield f"{group.key}\n{group.heading}\n{len(group.places)} {start}"
            yield repr(group.places[start:end])

    def articles(self) -> set[str]:
        return {article_id for group, start, end in self.runs for article_id, _ in group.places[start:end]}


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
