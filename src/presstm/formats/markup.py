"""Markup of exports: trees without network and entities, class names, and paragraphs that are never joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree, html

from presstm.pages.decode import clean

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset("head script style noscript template iframe object svg button input select textarea".split())
_SPACES = re.compile(r"[ \t\n\r\f]+")
_PADDING = re.compile("[ \xa0]{2,}")
_EDGE = re.compile("^[ \xa0\u202f]+|[ \xa0\u202f]+$")
_BAD_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f])(?![0-9a-f]));?", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")


def without_comments(content: str) -> str:
    """A page without its comments; one that is never closed is left as it is."""
    kept: list[str] = []
    position = 0
    while (start := content.find("<!--", position)) >= 0 and (end := content.find("-->", start + 4)) >= 0:
        kept += [content[position:start], " "]
        position = end + 3
    return "".join(kept) + content[position:]


class TooDeepError(ValueError):
    """Elements are nested deeper than the parser follows; what lies deeper is lost."""


def html_tree(content: str, *, whole: bool = False) -> Any | None:
    """The tree of a page or a piece of one; None if it holds no element.

    Raises:
        TooDeepError: it must be `whole` and is not.
    """
    content = _BAD_REFERENCE.sub("", _XML_DECLARATION.sub("", content))
    if not content.strip():
        return None
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    if whole and any("Excessive depth" in entry.message for entry in parser.error_log):
        raise TooDeepError("elements nested deeper than 2000")
    return tree


def xml_tree(data: bytes | str) -> Any | None:
    """Root of an XML document, broken ones as far as they go. Entities are not replaced, nothing else is loaded."""
    if isinstance(data, str):
        data = _BAD_REFERENCE.sub("", _XML_DECLARATION.sub("", data)).encode("utf-8", "replace")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.LxmlError, ValueError):
        return None
    if root is not None:
        etree.strip_elements(root, etree.Entity, with_tail=False)
    return root


def name(element: Any) -> str:
    """Local name in lower case, whatever the namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def classes(element: Any) -> set[str]:
    """Class names in lower case, without the prefix `rdp__`."""
    return {token.removeprefix("rdp__") for token in (element.get("class") or "").lower().split()}


def having(root: Any, *wanted: str) -> list[Any]:
    """Elements with one of these classes, in the order of the document."""
    return [element for element in root.iter(etree.Element) if not classes(element).isdisjoint(wanted)]


def text_of(element: Any) -> str:
    """All text of an element on one line."""
    return " ".join(clean(" ".join(paragraphs(element))).split())


def paragraphs(root: Any, skip: Callable[[Any], bool] = lambda _: False, after: Any | None = None) -> list[str]:
    """Paragraphs below `root` in reading order; borders of blocks and every line break end one.

    Args:
        root: the element; its tail is left out.
        skip: elements that are left out with all they hold.
        after: paragraphs start behind this element.
    """
    return list(_paragraphs(root, skip, after))


def _paragraphs(root: Any, skip: Callable[[Any], bool], after: Any | None) -> Iterator[str]:
    pieces: list[str] = []
    skipping = None
    started = after is None

    def flush() -> Iterator[str]:
        text = _EDGE.sub("", _PADDING.sub(" ", _SPACES.sub(" ", clean("".join(pieces)))))
        pieces.clear()
        if text:
            yield text

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = name(element)
        block = tag in _BLOCKS or tag == "br"
        if event == "start" and skipping is None:
            if tag in _SILENT or skip(element):
                skipping = element
                if block:
                    yield from flush()
            else:
                # A line of copyright is set in bold right behind the last word.
                if block or (element.text or "").lstrip().startswith("©"):
                    yield from flush()
                if started and element.text:
                    pieces.append(element.text)
        elif event == "end":
            if skipping is None and block:
                yield from flush()
            if element is skipping:
                skipping = None
            if element is after:
                pieces.clear()
                started = True
            if skipping is None and started and element.tail and element is not root:
                pieces.append(element.tail)
    yield from flush()
