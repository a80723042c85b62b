"""What a page says of its article: title, standfirst, outlet, authors, days, address, language, section.

JSON-LD first, then meta elements and microdata, then what readers see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from presstm import addresses
from presstm.pages import bylines, declared, french_pages, linked_data, page_days
from presstm.pages.declared import Declared
from presstm.pages.decode import first_line, one_line
from presstm.pages.page import HEADINGS, Block, names_of
from presstm.phrases import fold

_STANDFIRST = re.compile(
    r"\b(?:chapo|chapeau|standfirst|excerpt|accroche|teaser|intro|lede|lead|subtitle|sous-?titre|hat|deck|summary)", re.I
)
_MARKED = re.compile(r"(?:^|[\s_-])(?:chap[oô]|chapeau|standfirst|lede)", re.I)

_PARTED = r"\s+(?:[|–—:·•«»-]+\s+)+"  # parts of the `title` of a page
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[\s©]*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*([^\W\d][^|–—.,-]{1,60})", re.I)


def read(tree: Any, linked: Sequence[str], found: Sequence[Block], url: str | None) -> dict[str, Any]:
    """Metadata as keyword arguments of `Item`, and `free`: isAccessibleForFree as declared, or None."""
    meta, whole = declared.metas(tree), tree.findtext(".//title")
    parts = re.split(_PARTED, first_line(whole) or "")
    shown = _heading(tree)
    heading = (None if _is_name_behind(shown, parts) else shown) or _headline_in(whole, found) or _heading(tree, logo=True)
    canonical = [*tree.xpath("//link[@rel='canonical']/@href")[:1], meta.get("og:url")]
    own = [address for address in map(linked_data.absolute, canonical) if address]
    outer = linked_data.absolute(url)
    article = linked_data.article(linked, first_line(heading, meta.get("og:title")), next(iter(own), outer))
    page = Declared(tree, found, article, meta, declared.itemprops(tree))

    def value(key: str) -> str | None:
        return linked_data.text(article.get(key))

    stated = first_line(value("headline"), meta.get("og:title"), page.prop("headline"), heading)
    title = stated or first_line(whole) or ""
    address = next(filter(None, (*own, *linked_data.stated(article), outer)), None)
    host = addresses.place(address)[0] or None
    names = (
        value("publisher"),
        meta.get("og:site_name"),
        meta.get("application-name"),
        _publisher(page),
        meta.get("dc.publisher"),
    )
    # A publisher may be a company: readers know the name that stands in the title of the page, too.
    known = set(map(_letters, parts))
    titled = next((name for name in filter(None, names) if _letters(name) in known), None) or _site_in(tree, parts, found)
    site = first_line(*names) or titled
    if site and titled and _letters(site) not in _letters(titled):
        site = first_line(titled)
    site = site or _beside(whole, heading, title, host)
    published, impossible = page_days.published(page, address)
    modified, impossible_too = page_days.modified(page)
    title = strip_site(title, (site, host))
    if stated is None:
        title = _without_section(title, tree)
    return {
        "title": title,
        "standfirst": _standfirst(page, title),
        "outlet": site or host,
        "authors": bylines.authors(page, (site, host, (host or "").rpartition(".")[0])),
        "published": published,
        "modified": modified,
        "url": address,
        "language": first_line(tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"), meta.get("og:locale"), value("inLanguage"), meta.get("content-language")),
        "section": first_line(value("articleSection"), meta.get("article:section"), page.prop("articleSection")),
        "free": linked_data.is_free(article),
        "warnings": tuple(dict.fromkeys(filter(None, (impossible, impossible_too)))),
    }  # fmt: skip


def is_standfirst(element: Any) -> bool:
    """Whether an element, or the one around it, is marked as a standfirst by class, id or itemprop."""
    for one in (element, element.getparent()):
        if one is not None and _STANDFIRST.search(names_of(one)):
            return True
    return bool(element.get("itemprop") in ("description", "alternativeHeadline"))


def _headline_in(whole: str | None, found: Sequence[Block]) -> str | None:
    """The headline of a page without `h1`: the longest heading at its beginning that its `title` has beside a shorter name."""
    lines = (one_line(block.text) for block in found[:60] if block.tag in HEADINGS and len(block.text) < len(whole or ""))
    beside = [(line, _named_beside(whole, line)) for line in lines if len(line.split()) > 2]
    return max((line for line, name in beside if name and len(name) < len(line)), key=len, default=None)


def _named_beside(whole: str | None, *headlines: str | None) -> str | None:
    """What a page's `title` has besides its headline: the last part behind it, or the first before it."""
    whole = _alike(first_line(whole) or "")
    for headline in filter(None, map(first_line, headlines)):
        before, found, after = whole.partition(_alike(headline))
        parts = [part.strip() for part in re.split(r"(?:^|\s)(?:[|–—:·»-]+(?:\s+|$))+", after if after.strip() else before)]
        named = [part.rstrip(" :") for part in parts if 1 <= len(part.split()) <= 6]
        if found and named:
            return named[-1] if after.strip() else named[0]
    return None


def _beside(whole: str | None, heading: str | None, title: str, host: str | None) -> str | None:
    """The name beside the headline in a page's `title`; one that has an address must be called like it, or stand behind a bar."""
    name = _named_beside(whole, heading, title) or _behind_bar(whole)
    if name is None or host is None:
        return name
    label = max(map(_letters, host.split(".")[:-1] or [host]), key=len)
    words = [word for word in re.findall(r"\w+", fold(name)) if len(word) > 3]
    alike = label in _letters(name) or _letters(name) in label or (words and all(word in label for word in words))
    return name if alike or _behind_bar(whole) == name else None


def _is_name_behind(heading: str | None, parts: Sequence[str]) -> bool:
    """Whether an `h1` is what the page's `title` has behind a longer part: the name of the site, no headline."""
    *before, last = parts
    return bool(before and heading) and _letters(heading or "") == _letters(last) and len(" ".join(before)) > len(last)


def _publisher(page: Declared) -> str | None:
    """The name of the publisher in microdata."""
    named = (
        name for one in page.props.get("publisher", ()) for name in one.xpath("./descendant-or-self::*[@itemprop='name']")
    )
    return next((text for name in named if (text := first_line(name.get("content"), name.text_content()))), None)


def _behind_bar(whole: str | None) -> str | None:
    """The last part of a page's `title` if a bar parts it from a longer one: "Un titre | Le Journal"."""
    *before, last = (first_line(whole) or "").split(" | ")
    return last if before and 1 <= len(last.split()) <= 5 and len(" ".join(before)) > len(last) else None


def _site_in(tree: Any, parts: Sequence[str], found: Sequence[Block]) -> str | None:
    """The first or last part of a page's `title` that the page also gives as a link to its front page, or in its line of copyright."""
    if not 1 <= len(parts[-1].split()) <= 6 and not 1 <= len(parts[0].split()) <= 6:
        return None
    front = (link for link in tree.iter("a") if addresses.split(str(link.get("href") or "#")[:500]).path in ("", "/"))
    brands = {_letters(link.text_content()) for link in front if not str(link.get("href") or "#").startswith("#")}
    brands |= {_letters(match[1]) for block in found if (match := _COPYRIGHT.match(block.text))}
    return next((part for part in (parts[-1], parts[0]) if _letters(part) in brands - {""}), None)


def _without_section(title: str, tree: Any) -> str:
    """A title without the section behind it, which links of the page name ("Un titre – Économie")."""
    *before, last = re.split(_PARTED, title)
    if not before or len(last.split()) > 3 or len(before[-1].split()) < 3:
        return title
    sections = {_letters(link.text_content()) for link in tree.iter("a")}
    return title[: title.rindex(last)].rstrip(" |–—:·•«»-") if _letters(last) in sections else title


def _letters(name: str) -> str:
    return re.sub(r"\W+", "", fold(name))


def _alike(line: str) -> str:
    return line.replace("’", "'")


def strip_site(title: str, names: Sequence[str | None]) -> str:
    """A title without the name of its outlet at the end ("Un titre - Le Journal", "Un titre | lejournal.fr")."""
    for name in filter(None, names):
        shorter = re.sub(rf"\s+[|–—:·•«»-]+\s*{re.escape(name)}\s*$", "", title, flags=re.I)
        shorter = re.sub(rf"^\s*{re.escape(name)}(?:\s+[|–—:·-]|:)\s+(?=\S)", "", shorter, flags=re.I)
        title = shorter or title
    return title


def _heading(tree: Any, *, logo: bool = False) -> str | None:
    """The first `h1`; unless it may be a `logo`, the first without a link to the front page."""
    headings = [heading for heading in tree.iter("h1") if one_line(heading.text_content())]
    for heading in headings:
        links = {link.get("href") for link in heading.iter("a")}
        if logo or not any(addresses.split(str(href)[:500].strip("[]")).path in ("", "/") for href in links if href):
            return str(heading.text_content())
    return None


def _standfirst(page: Declared, title: str) -> str | None:
    """The one marked in the page, a second heading right after the first, or the page's description."""
    lines = map(first_line, _standfirsts(page))
    return next((line for line in lines if line and line != one_line(title) and not french_pages.line(line)), None)


def _standfirsts(page: Declared) -> Iterator[str | None]:
    marked = filter(_is_marked, page.tree.xpath("//body//*[@itemprop='description' or @class or @id]"))
    yield next((element.text_content() for element in marked if 5 <= len(element.text_content().split()) <= 150), None)
    for second in page.tree.xpath("//h1/following-sibling::*[1]"):
        if second.tag == "h2" or (second.tag in HEADINGS and is_standfirst(second)):
            yield second.text_content()
    yield linked_data.text(page.article.get("description"))
    yield page.meta.get("og:description")
    yield page.meta.get("description")


def _is_marked(element: Any) -> bool:
    """Whether an element is called a standfirst, or the page's description, where readers see it."""
    if element.tag not in ("p", "div", "h2", "h3", "section", "header", "font", "span", "b", "strong"):
        return False
    return element.get("itemprop") == "description" or _names_standfirst(names_of(element))


@lru_cache(10_000)
def _names_standfirst(names: str) -> bool:
    return _MARKED.search(names[:500]) is not None
