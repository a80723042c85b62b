"""Articles that come in several parts, and pages that hold several articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from presstm.pages.page import HEADINGS, Block

_PARTS = 3  # siblings alike from which they are parts
_LEVEL = 3  # paragraphs in one element around the body from which they are a level of it, no standfirst or notice
_SHARE = 0.8  # of the kept words that lie in parts, where the parts are the article


def without_other_articles(tree: Any, found: Sequence[Block]) -> list[Block]:
    """Blocks without the articles that a page loads below its own: `article` elements with a headline `h1` each.

    The first one with a headline is the page's own. Where a headline stands outside of them they are parts or teasers and stay.
    """
    headed: dict[Any, None] = {}
    for headline in tree.iter("h1"):
        if headline.find(".//a") is not None or next(headline.iterancestors("a"), None) is not None:
            continue  # a teaser
        around = list(headline.iterancestors("article"))
        if not around:
            return list(found)
        headed[around[-1]] = None
    others = list(headed)[1:]
    for element in others:
        if element.getparent() is not None:
            element.drop_tree()
    if not others:
        return list(found)
    gone = set(others)
    return [block for block in found if gone.isdisjoint(_up(block.element))]


def _up(element: Any) -> Iterator[Any]:
    while element is not None:
        yield element
        element = element.getparent()


def around(found: Sequence[Block], chosen: Sequence[bool], candidates: Sequence[bool]) -> list[bool]:
    """Which candidates are an outer level of an article whose elements are nested: extractors may choose an inner element.

    They are several, and stand right in an element that holds chosen blocks further down.
    """
    outer: set[Any] = set()
    for block, choice in zip(found, chosen, strict=True):
        for element in _up(block.element.getparent()) if choice else ():
            if element in outer:
                break  # and so are those around it
            outer.add(element)
    levels = [
        next((one for one in (block.element, block.element.getparent()) if one in outer), None) if candidate else None
        for block, candidate in zip(found, candidates, strict=True)
    ]
    sizes = Counter(levels)
    return [level is not None and sizes[level] >= _LEVEL for level in levels]


def with_parts(
    found: Sequence[Block], kept: Sequence[bool], noise: Sequence[str | None], prose: Sequence[bool]
) -> list[bool]:
    """With the other parts of an article of which some are kept: posts of a live page, chapters, questions.

    Parts are siblings of the same name and class, each with prose; the kept words must lie in them.
    """
    parts = _parts(found, noise, prose)
    inside = {element for group in parts for element in group}
    held: dict[int, int] = {}  # group -> kept words
    total = 0
    owners = [next((element for element in _up(block.element) if element in inside), None) for block in found]
    groups = {element: number for number, group in enumerate(parts) for element in group}
    for block, keep, owner in zip(found, kept, owners, strict=True):
        size = len(block.text.split()) if keep else 0
        total += size
        if owner is not None:
            held[groups[owner]] = held.get(groups[owner], 0) + size
    whole = {number for number, words in held.items() if words and words >= _SHARE * total}
    return [
        keep or (owner is not None and groups[owner] in whole and rule is None and (good or block.tag in HEADINGS))
        for block, keep, rule, good, owner in zip(found, kept, noise, prose, owners, strict=True)
    ]


def _parts(found: Sequence[Block], noise: Sequence[str | None], prose: Sequence[bool]) -> list[list[Any]]:
    """Groups of siblings alike that hold prose each; the outermost ones."""
    with_prose: dict[Any, None] = {}
    for block, rule, good in zip(found, noise, prose, strict=True):
        if good and rule is None:
            with_prose.update(
                dict.fromkeys(
                    element for element in _up(block.element) if element.tag in ("article", "section", "div", "li")
                )
            )
    alike: dict[tuple[Any, str, str], list[Any]] = {}
    for element in with_prose:
        if name := element.get("class"):
            alike.setdefault((element.getparent(), element.tag, name), []).append(element)
    groups = [group for group in alike.values() if len(group) >= _PARTS]
    members = {element for group in groups for element in group}
    return [group for group in groups if members.isdisjoint(_up(group[0].getparent()))]


def with_lists(found: Sequence[Block], kept: Sequence[bool], noise: Sequence[str | None]) -> list[bool]:
    """With the items of a list between two kept blocks that stand beside it; a list of links stays out."""
    filled = list(kept)
    number = 0
    while number < len(found):
        if found[number].tag != "li":
            number += 1
            continue
        parent = found[number].element.getparent()
        end = number
        while end < len(found) and found[end].tag == "li" and found[end].element.getparent() is parent:
            end += 1
        items = found[number:end]
        if (
            number > 0
            and end < len(found)
            and kept[number - 1]
            and kept[end]
            and parent is not None
            and parent.getparent() in (found[number - 1].element.getparent(), found[end].element.getparent())
            and all(rule in (None, "unseen", "link") for rule in noise[number:end])
            and 2 * sum(item.linked for item in items) < sum(len(item.text) for item in items)
        ):
            filled[number:end] = [True] * len(items)
        number = end
    return filled
