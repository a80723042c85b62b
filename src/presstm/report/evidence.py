"""Lists of sentences behind the numbers: pages of a few hundred sentences, in groups that numbers link to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, pairwise
from typing import Any

from presstm.report import articles
from presstm.report.marks import Span, shown
from presstm.report.material import Material, safe_name
from presstm.report.pages import Page

_LEAST, _MOST = 200, 400  # sentences on a page but the last
_ENDS = frozenset("0123")  # a page ends before an article whose id ends so, once it is long enough: one in four


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
    """Spread groups over pages evidence/<name>-<n>.html; a group that goes on takes its heading with it.

    Where a page ends hangs on what stands there and not on all before it: so the pages behind a change stay as they are.
    """
    filled: list[list[_Run]] = [[]]
    links: dict[str, str] = {}
    on_page = 0
    for group in groups:
        start = 0
        while start < len(group.places):
            end = _end(group.places, start, on_page)
            if end > start:
                links.setdefault(group.key, f"{_path(name, len(filled) - 1)}#{safe_name(group.key)}")
                filled[-1].append((group, start, end))
            on_page, start = on_page + end - start, end
            if start < len(group.places):
                filled.append([])
                on_page = 0
    pages = tuple(
        Page(
            _path(name, number),
            "evidence.html",
            title,
            _values(name, runs, number, len(filled)),
            lines=_Lines(material, runs),
        )
        for number, runs in enumerate(filled)
        if runs
    )
    return Listing(pages, links)


def _end(places: Sequence[Place], start: int, on_page: int) -> int:
    """Where the page with so many sentences on it ends among the places from `start` on, or their number if it goes on."""
    first, last = max(start, start + _LEAST - on_page), start + _MOST - on_page
    for at in range(first, min(last, len(places))):
        if places[at][0][-1:] in _ENDS and (at == 0 or places[at][0] != places[at - 1][0]):
            return at
    return min(last, len(places))


def _values(name: str, runs: Sequence[_Run], number: int, count: int) -> dict[str, Any]:
    """Values of a page's template."""
    ends = [0, *accumulate(end - start for _, start, end in runs)]
    return {
        "groups": [
            {
                "anchor": safe_name(group.key),
                "heading": group.heading,
                "total": None if start else len(group.places),
                "first": first,
                "last": last,
            }
            for (group, start, _), (first, last) in zip(runs, pairwise(ends), strict=True)
        ],
        **pager(partial(_path, name), number, count),
    }


def pager(path: Callable[[int], str], number: int, count: int) -> dict[str, Any]:
    """What the template of one of `count` pages needs to lead to its neighbours."""
    return {
        "number": number + 1,
        "count": count,
        "before": path(number - 1) if number else None,
        "after": path(number + 1) if number + 1 < count else None,
    }


@dataclass(frozen=True)
class _Lines:
    """The sentences of a page."""

    material: Material
    runs: Sequence[_Run]

    @cached_property
    def _all(self) -> list[tuple[Group, Place]]:
        return [(group, place) for group, start, end in self.runs for place in group.places[start:end]]

    def wanted(self) -> list[tuple[str, str]]:
        return [(place[0], f"{group.key}\n{group.heading}\n{place[1]}") for group, place in self._all]

    def values(self, number: int) -> dict[str, Any]:
        group, place = self._all[number]
        return _row(self.material, group.item(place))


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
