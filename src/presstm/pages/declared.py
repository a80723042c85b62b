"""What a page declares of its article, in the three ways in which pages do: JSON-LD, meta elements, microdata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from presstm.pages.decode import one_line
from presstm.pages.page import Block


@dataclass(frozen=True)
class Declared:
    """A page with what it declares: its tree, its blocks, the node of its article in JSON-LD, meta elements, microdata."""

    tree: Any
    blocks: Sequence[Block]
    article: Mapping[str, Any]
    meta: Mapping[str, str]  # name in lower case -> content
    props: Mapping[str, Sequence[Any]]  # itemprop -> elements

    def prop(self, name: str) -> str | None:
        """The first value of an itemprop."""
        for element in self.props.get(name, ()):
            if value := one_line(element.get("content") or element.get("datetime") or element.text_content()):
                return value
        return None


def metas(tree: Any) -> dict[str, str]:
    """Meta elements: name in lower case -> content, the first of each name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv")
        if name and element.get("content"):
            found.setdefault(name.lower(), element.get("content"))
    return found


def itemprops(tree: Any) -> dict[str, list[Any]]:
    """Microdata: itemprop -> elements."""
    found: dict[str, list[Any]] = {}
    for element in tree.xpath("//*[@itemprop]"):
        for name in element.get("itemprop").split()[:5]:
            found.setdefault(name, []).append(element)
    return found
