"""Well-known extractors of article text as voters on the blocks of a page.

Each gives the lines that it would keep; a block has its vote if these lines hold its text. What a page's text is made of stays the
page's own blocks, so that all extractors agree on white space, paragraphs and order.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree, html

from presstm.pages.page import BLOCKS, Block

_MARKS = "-#|•*"  # of list items and headings
_SHORT = 25  # characters without white space up to which only a whole line counts
_BALLAST = "//head/* | //nav[not(.//p)] | //select | //button | //input | //svg | //iframe | //link | //img[not(@alt)]"  # no voter needs them
_WINDOW = 20_000  # characters that are searched for a block, on from the last one found
_BUDGET = 300_000_000  # characters that may be searched beyond the window, over all blocks of a page


def trafilatura(tree: Any) -> list[str]:
    """Lines kept by trafilatura (Barbaresi 2021), the one that misses least."""
    from trafilatura import extract

    return (extract(copy.deepcopy(tree), include_comments=False) or "").split("\n")


def readability(tree: Any) -> list[str]:
    """Lines kept by readability-lxml, the one that adds least."""
    from readability import Document

    if (
        log := logging.getLogger("readability.readability")
    ).level != logging.CRITICAL:  # setting it costs as much as a small page
        log.setLevel(logging.CRITICAL)
    summary = html.fromstring(Document(tree).summary(html_partial=True))  # works on a copy
    for element in summary.iter(etree.Element):
        if element.tag in BLOCKS or element.tag == "br":
            element.tail = f"\n{element.tail or ''}"
            if element.tag != "br":
                element.text = f"\n{element.text or ''}"
    return str(summary.text_content()).split("\n")


def justext(tree: Any) -> list[str]:
    """Paragraphs kept by jusText (Pomikálek 2011) with its French list: it sees sentences, not the tree."""
    import justext as library

    found = library.justext(html.tostring(tree, encoding="unicode"), library.get_stoplist("French"))
    return [paragraph.text for paragraph in found if not paragraph.is_boilerplate]


PANELS: dict[str, tuple[Callable[[Any], list[str]], ...]] = {
    "fast": (readability,),
    "best": (trafilatura, readability, justext),
}


def votes(tree: Any, found: Sequence[Block], voters: Sequence[Callable[[Any], list[str]]]) -> list[list[bool]]:
    """For each voter, whether it keeps each block. A voter that fails, as they do on odd pages, keeps nothing."""
    squashed = [squash(block.text).lstrip(_MARKS) for block in found]
    for element in tree.xpath(_BALLAST):
        if element.getparent() is not None:
            element.drop_tree()
    cast = []
    for voter in voters:
        try:
            lines = voter(tree)
        except (MemoryError, KeyboardInterrupt):
            raise
        except Exception:
            lines = []
        cast.append(_held(squashed, [squash(line).lstrip(_MARKS) for line in lines]))
    return cast


def squash(text: str) -> str:
    """Text without white space (no-break spaces too)."""
    return "".join(text.split())


def _held(blocks: Sequence[str], lines: Sequence[str]) -> list[bool]:
    whole = set(lines)
    text = "".join(lines)
    position, budget = 0, _BUDGET
    held = []
    for block in blocks:
        if (one := block in whole) or len(block) <= _SHORT:
            held.append(one)
            continue
        start = text.find(block, position, position + _WINDOW + len(block))
        if start < 0 and budget > 0:
            budget -= len(text)
            start = text.find(block)
        if start >= 0:
            position = start + len(block)
        held.append(start >= 0)
    return held
