"""Plain text: a title line, a blank line and a line "Outlet, 24 mai 2019" may stand before the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import unescape

from presstm import dates
from presstm.formats import Item, Reject, fields, is_call, table
from presstm.pages.decode import clean, one_line

_LINK_LEFTOVER = re.compile(
    r"(?:read more|lire (?:la suite|plus|l['’]article.{0,40})|en savoir plus|voir (?:plus|aussi)|suite|continuer (?:la|à) lire|"
    r"cliquez ici|source|pdf|(?:ailleurs|aussi) dans la presse|dans la presse|retour|partager|tweeter|imprimer)[\s.:…>»]*",
    re.IGNORECASE,
)
_LE = re.compile(r"^(?:publié )?le\s+", re.IGNORECASE)
_TITLES = table.NAMES["title"].split()
_TAG = re.compile(r"</?(?:a|b|br|em|font|h[1-6]|i|li|script|span|strong|style|sub|sup|u|ul)(?:\s[^<>]*)?/?>", re.I)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>[^<]*(?:<(?!/?\1\b)[^<]*)*</\1\s*>", re.I)
_REFERENCE = re.compile(r"&(?:[a-z](?:acute|grave|circ|uml|cedil)|[lr]aquo|rsquo|nbsp|oelig);", re.I)
_TITLE_WORDS = 40
_HEAD = 3  # paragraphs among which a byline may stand
_NAME = r"[A-ZÀ-Ý][\w'’.-]*(?:\s(?:(?:de|du|des|le|la|van|von|ben)\s|d['’])?[A-ZÀ-Ý][\w'’.-]*){1,4}"
_BYLINE = re.compile(rf"(?i:(?:propos recueillis )?par)\s*:?\s+{_NAME}(?:(?:\s*,\s*|\s+et\s+){_NAME}){{0,5}}\.?")


def read(text: str) -> list[Item | Reject]:
    """Read one article.

    A first paragraph of one line is the title if a dateline follows it, or if it is short and does not end like a sentence. A
    leftover of a link at the end is dropped.
    """
    found = paragraphs(text)
    while found and is_leftover(found[-1]):
        found.pop()
    if not found:
        return [Reject("empty", "no text")]
    title, outlet, published, warnings = "", None, None, []
    signed = next((n for n, line in enumerate(found[:_HEAD]) if len(found) > 1 and _BYLINE.fullmatch(line)), None)
    authors = () if signed is None else fields.authors(found.pop(signed))
    dated = next((n for n in (0, 1) if n < len(found) and is_dateline(found[n])), None)
    if dated is not None:
        outlet, published, warning = dateline(found[dated])
        warnings += [warning] if warning else []
    if dated == 1 or (dated is None and len(found) > 1 and looks_like_title(found[0])):
        title = found[0]
        found = found[1:]
    if dated is not None:
        found = found[1:]
        if dated == 0 and len(found) > 1 and looks_like_title(found[0]):
            title, found = found[0], found[1:]
    body = "\n\n".join(found)
    if not body:
        return [Reject("no_text", "a title or dateline without text")]
    if dated is None and is_call(title, body):
        return [Reject("not_article", "a call for participants")]
    return [Item(body, one_line(title), outlet=outlet, authors=authors, published=published, warnings=tuple(warnings))]


def plain(text: str) -> str:
    """A text without the tags and references that a copy from a page's source left in it."""
    if _TAG.search(text):
        text = _TAG.sub("", _SCRIPT.sub("", text))
    elif not _REFERENCE.search(text):
        return text
    return clean(unescape(text))


def paragraphs(text: str) -> list[str]:
    """Paragraphs of a text: blocks between blank lines; without any blank line, lines.

    Lines of a block that were wrapped at a fixed width are joined; a block whose lines end like sentences is cut at lines.
    """
    lines = [line.strip() for line in text.split("\n")]
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", "\n".join(lines).strip("\n"))]
    return [paragraph for block in blocks for paragraph in _joined(block) if paragraph]


def _joined(lines: list[str]) -> list[str]:
    longest = max(map(len, lines))
    wrapped = len(lines) > 1 and longest <= 100 and all(len(line) > 0.6 * longest for line in lines[:-1])
    if wrapped and any(re.match(r"[a-zà-ÿ]", line) for line in lines[1:]):
        return [" ".join(lines)]
    return lines


def without_title(found: list[str], about: Mapping[str, str]) -> list[str]:
    """Paragraphs without the first, if it is the title that metadata give, whatever its spaces and signs."""
    titles = {_letters(value) for name, value in about.items() if name.lower() in _TITLES} - {""}
    return found[1:] if len(found) > 1 and _letters(found[0]) in titles else found


def _letters(line: str) -> str:
    return "".join(re.findall(r"\w", line.casefold()))


def is_leftover(paragraph: str) -> bool:
    """Whether a paragraph is what a link left behind ("Lire la suite")."""
    return _LINK_LEFTOVER.fullmatch(paragraph.strip()) is not None


def looks_like_title(paragraph: str) -> bool:
    """Short, and not ending like a sentence; a question or an exclamation may be a title."""
    words = paragraph.split()
    return 1 <= len(words) <= _TITLE_WORDS and "\n" not in paragraph and not re.search(r"[.;,…][\"»”']?$", paragraph)


def is_dateline(paragraph: str) -> bool:
    """Whether a paragraph is "Outlet, date" or a date alone."""
    outlet, _, day = paragraph.rpartition(",")
    if len(paragraph) > 100:
        return False
    if outlet and dates.is_date(_LE.sub("", day.strip())):
        return len(outlet.split()) <= 8 and not re.search(r"[.!?:]\s", outlet)
    return dates.is_date(_LE.sub("", paragraph))


def dateline(paragraph: str) -> tuple[str | None, date | None, str | None]:
    """Outlet, date and warning of a dateline."""
    outlet, comma, day = paragraph.rpartition(",")
    published, warning = dates.find(day)
    return (one_line(outlet) or None) if comma else None, published, warning
