"""JSON-LD: the node of a page's article, and its values."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from presstm import addresses, phrases
from presstm.pages.decode import clean, first_line, one_line

MAX_JSON = 2_000_000  # characters of one block
MAX_DEPTH = 6  # of nodes
MAX_LIST = 20  # values of one key
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")  # as scripts allow and JSON does not
_WRAPPING = re.compile(r"^\s*(?:<!--|/?/?\s*<!\[CDATA\[)|(?:-->|/?/?\s*\]\]>)\s*$")


def article(linked: Sequence[str], title: str | None, address: str | None = None) -> dict[str, Any]:
    """The node of the article: the one with the page's title, else the first that is not of another page."""
    nodes = [node for block in linked for node in _nodes(_parsed(block))]
    named: dict[str, dict[str, Any]] = {}  # nodes that others refer to
    for node in nodes:
        if isinstance(node.get("@id"), str) and node.get("name"):
            named.setdefault(node["@id"], node)
    articles = [node for node in nodes if _is_article(node)]
    same = (node for node in articles if title and first_line(text(node.get("headline"))) == title)
    alone = len(articles) == 1
    found = next(same, None) or next((node for node in articles if not _is_elsewhere(node, title, address, alone=alone)), {})
    return {**found, **{key: _resolved(found[key], named) for key in ("author", "publisher") if key in found}}


def absolute(value: Any) -> str | None:
    """An absolute http(s) address, of a copy in a web archive that of its page, or None."""
    if not isinstance(value, str) or len(value) > 2048:
        return None
    parts = addresses.split(value.strip())
    return addresses.original(one_line(value)) if parts.scheme in ("http", "https") and parts.hostname else None


def stated(article: Mapping[str, Any]) -> Iterator[str]:
    """Addresses that an article says are its own."""
    entity = article.get("mainEntityOfPage")
    values = text(article.get("url")), entity.get("@id") if isinstance(entity, dict) else entity
    yield from filter(None, map(absolute, values))


def _is_elsewhere(article: Mapping[str, Any], title: str | None, address: str | None, *, alone: bool) -> bool:
    """Whether an article has another address than the page; the only one also has to have a headline with other words."""
    own = next(stated(article), None)
    if not (own and address and title) or addresses.place(own)[:2] == addresses.place(address)[:2]:
        return False
    if not alone:
        return True
    stated_words, words = (
        {word.folded for word in phrases.words(line or "")} for line in (text(article.get("headline")), title)
    )
    return 2 * len(stated_words & words) < len(stated_words)


def _parsed(block: str) -> Any:
    """The value of a block of JSON, which may stand in a comment; None if it is too long or none."""
    stripped = _WRAPPING.sub("", clean(block)).strip().removesuffix(";")
    for text in (stripped, _TRAILING_COMMA.sub("", stripped)) if len(stripped) <= MAX_JSON else ():
        with contextlib.suppress(ValueError, RecursionError):
            return json.loads(text, strict=False)
    return None


def _resolved(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    """A value of JSON-LD with the nodes in place of references to them."""
    if isinstance(value, list):
        return [_resolved(one, named) for one in value[:MAX_LIST]]
    if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
        return named.get(value["@id"], value)
    return value


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and (kind.endswith("Article") or kind.endswith(("BlogPosting", "Report")))
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value[:1000]:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth + 1)


def text(value: Any) -> str | None:
    """The first string of a value."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
        value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else None


def is_free(article: dict[str, Any]) -> bool | None:
    """`isAccessibleForFree` as declared of the article or a part of it, or None."""
    parts = article.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    declared = [article.get("isAccessibleForFree"), *(p.get("isAccessibleForFree") for p in parts if isinstance(p, dict))]
    for value in declared:
        if (known := {"false": False, "true": True}.get(str(value).lower().rpartition("/")[2])) is not None:
            return known
    return None
