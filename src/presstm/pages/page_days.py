"""The days on which a page was published and changed, as it declares them, as readers see them, or as htmldate finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from presstm import dates
from presstm.pages import french_pages, linked_data
from presstm.pages.declared import Declared
from presstm.pages.page import Block, names_of

# A name and "Publié" may stand together, parted by style alone.
PUBLISHED = re.compile(
    r"(?:\b|(?-i:(?<=[a-zà-ÿ])(?=[A-Z])))(?:publi[ée]e?|paru|mis en ligne|post[ée]|cr[ée]{2}|diffus[ée])\b[^<>]{0,30}?(?=\d)",
    re.I,
)
_NAMED_DAY = re.compile(
    rf"^(?:(?:(?:[Pp]ropos recueillis )?[Pp]ar|[Bb]y)\s+)?[A-ZÀ-Ý][\w'’-]+(?:(?:\s(?:(?:de|du|des|la|le|les)\s)?|\s?[,&]\s?|\set\s|\sd['’])[A-ZÀ-Ý][\w'’.-]*){{0,8}}\s*[,|•·–—-]\s*(?=le\s|\d|(?i:{dates.WEEKDAY})\d)"
)
_LE = re.compile(r"^(?:le|ce)\s+", re.I)
_SIGNED_END = re.compile(r"(?:[\s,|•·–—-]+[Pp]ar\s+|\s+[|•·–—-]\s+)(?:[A-ZÀ-Ý]|la rédaction|(?:nos?|un|une) )[^\d]{0,60}$")
_UNSET = re.compile(r"\s*(?:1970-01-01(?:T0[01]:00:00|\s*$)|-?000\d-\d\d-\d\d)")  # the beginning of a computer's time
_ADDRESS_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_DAY_CLASS = re.compile(r"date|publi|time|heure", re.I)
_META = (
    "article:published_time og:article:published_time datepublished date dc.date dc.date.issued dcterms.created dcterms.date dcterms.issued pubdate publish-date "
    "parsely-pub-date sailthru.date article.published publication_date"
).split()

Day = tuple[date | None, str | None]  # a day, or None with a warning where what is declared is impossible


def published(page: Declared, address: str | None) -> Day:
    """The first day declared, or seen; else that of htmldate, which is believed only if it stands in the page or its address."""
    day, warning = _first(text for text in _days(page, address) if not _UNSET.match(text))
    if day or warning:
        return day, warning
    day = _htmldate(page.tree, address)
    near = "\n".join([address or "", *(block.text for block in page.blocks)])[:200_000]
    return (day if day and day in dates.all_in(near) else None), None


def modified(page: Declared) -> Day:
    """The first day of a change that is declared."""
    values = (page.article.get("dateModified"), page.meta.get("article:modified_time"), page.prop("dateModified"))
    return _first(value for value in values if isinstance(value, str))


def _first(texts: Iterable[str]) -> Day:
    """The first day in texts; an impossible one ends the search with a warning."""
    return next((found for text in texts if any(found := dates.find(text))), (None, None))


def _days(page: Declared, address: str | None) -> Iterator[str]:
    """Texts that tell the day of publication, the surest first."""
    yield from _declared(page)
    times = [
        time for time in page.tree.xpath("//time[@datetime]") if not (french_pages.in_comments(time) or _in_teaser(time))
    ]
    within = set(page.tree.xpath("//article//time[@datetime] | //main//time[@datetime] | //*[h1]//time[@datetime]"))
    yield from [time.get("datetime") for time in times if time in within][:1]
    for block in page.blocks:
        if (match := PUBLISHED.search(block.text)) and len(block.text) < 300:
            yield dates.with_century(block.text[match.end() :][:60])
    yield from [time.get("datetime") for time in times][:1]
    yield from ("-".join(match.groups()) for match in _ADDRESS_DAY.finditer(address or ""))
    yield from (dates.with_century(alone(block.text)) for block in page.blocks if _is_day(block))


def _declared(page: Declared) -> Iterator[str]:
    values = (page.article.get("datePublished"), page.article.get("dateCreated"), *map(page.meta.get, _META))
    yield from filter(None, (*map(linked_data.text, values), page.prop("datePublished")))


def _is_day(block: Block) -> bool:
    """Whether a line is a day, or stands in an element marked as one, unless it is that of a change."""
    if len(block.text) >= 120 or not dates.without_change(block.text):
        return False
    return _DAY_CLASS.search(names_of(block.element)) is not None or dates.is_date(alone(block.text))


def alone(line: str) -> str:
    """A line without "Le" before its day, the names around it, or a change: "Ada Un, le 24 mai 2019 à 9 h", "Le Héron, 24 mai 2019 par Ada Un"."""
    return _LE.sub("", _NAMED_DAY.sub("", _SIGNED_END.sub("", dates.without_change(line))))


def _in_teaser(element: Any) -> bool:
    """Whether an element stands in an item of a list with the linked headline of another article."""
    item = next(element.iterancestors("li"), None)
    return item is not None and any(len(link.text_content().split()) >= 4 for link in item.iter("a"))


def _htmldate(tree: Any, url: str | None) -> date | None:
    from htmldate import find_date

    try:
        found = find_date(tree, url=url, original_date=True, extensive_search=False)
    except MemoryError:
        raise
    except Exception:
        return None
    return dates.find(found)[0] if found else None
