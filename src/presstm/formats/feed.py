"""RSS and Atom feeds that hold whole articles; items with a link only, and sitemaps, are lists of addresses to fetch."""

from __future__ import annotations

import re
from typing import Any

from presstm import dates
from presstm.formats import Item, Reject, fields, markup
from presstm.pages.decode import one_line

_ROOT = re.compile(
    r"\s*+(?>(?:<\?[^>]*+>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[.*?\]\s*+)?>)\s*+)*+<(?:\w+:)?(rss|rdf|feed|urlset|sitemapindex)\b",
    re.I | re.S,
)
_FULL_WORDS = 60  # of content; a description is a summary unless it is as long as an article
_DESCRIPTION_WORDS = 150
_CUT = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|lire la suite|read more|continuer la lecture)\W*$", re.I)
_DATES = ("pubdate", "published", "date", "issued", "updated")


def kind(content: str) -> str | None:
    """`feed`, `sitemap` or None."""
    match = _ROOT.match(content[:20_000])
    if match is None:
        return None
    return "sitemap" if match[1].lower() in ("urlset", "sitemapindex") else "feed"


def read_sitemap(content: str) -> list[Item | Reject]:
    """A reject: a sitemap holds no text."""
    count = len(re.findall(r"<(?:\w+:)?loc\b", content, re.I))
    return [Reject("link_only", f"a sitemap of {count} addresses: fetch them with presstm fetch --from-sitemap")]


def read(content: str) -> list[Item | Reject]:
    """Items and rejects of a feed, in its order."""
    root = markup.xml_tree(content)
    if root is None:
        return [Reject("unreadable", "a feed that is no XML")]
    outlet = next((text for e in root.iter() if markup.name(e) == "title" and (text := _text(e))), None)
    entries = [e for e in root.iter() if markup.name(e) in ("item", "entry")]
    return [_entry(entry, outlet) for entry in entries] or [Reject("empty", "a feed without items")]


def _entry(entry: Any, outlet: str | None) -> Item | Reject:
    children: dict[str, list[Any]] = {}
    for child in entry:
        children.setdefault(markup.name(child), []).append(child)

    def first(*names: str) -> str:
        return next((text for name in names for child in children.get(name, ()) if (text := _text(child))), "")

    def paragraphs(*names: str) -> list[str]:
        return next((found for name in names for child in children.get(name, ()) if (found := _paragraphs(child))), [])

    url = _link(children)
    full = paragraphs("encoded", "content")
    body = full or paragraphs("description", "summary")
    words = sum(len(paragraph.split()) for paragraph in body)
    if words < (_FULL_WORDS if full else _DESCRIPTION_WORDS) or (words < _DESCRIPTION_WORDS and _CUT.search(body[-1])):
        return Reject("link_only", f"a feed item without its text: {url or first('title')}"[:300])
    published, warning = dates.find(first(*_DATES))
    return Item(
        "\n\n".join(body),
        first("title"),
        outlet=fields.outlet(outlet or ""),
        authors=tuple(name for printed in _bylines(children) or [first("creator")] for name in fields.authors(printed)),
        published=published,
        url=url or None,
        section=first("category") or None,
        method="feed",
        warnings=(warning,) if warning else (),
        key=f"url:{url}" if url else None,
    )


def _bylines(children: dict[str, list[Any]]) -> list[str]:
    """Authors as RSS has them, or the names in those of Atom."""
    named = [
        [child for child in author if markup.name(child) == "name"] or [author] for author in children.get("author", ())
    ]
    return [_text(name) for names in named for name in names]


def _text(element: Any) -> str:
    return one_line("".join(element.itertext()))


def _link(children: dict[str, list[Any]]) -> str:
    for link in children.get("link", ()):
        if address := _text(link) or (link.get("href") or "").strip() * (link.get("rel", "alternate") == "alternate"):
            return str(address)
    guid = next(map(_text, children.get("guid", ())), "")
    return guid if re.match(r"https?://", guid) else ""


def _paragraphs(element: Any) -> list[str]:
    """Paragraphs of content that is escaped HTML, XHTML, or text."""
    if len(element):
        return markup.paragraphs(element)
    tree = markup.html_tree(f"<div>{element.text or ''}</div>")
    return [] if tree is None else markup.paragraphs(tree)
