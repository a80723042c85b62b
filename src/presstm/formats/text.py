"""Plain text: a title line, a blank line and a line "Outlet, 24 mai 2019" may stand before the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from html import unescape

from presstm import addresses, dates, variables
from presstm.formats import Item, Reject, fields, hyphens, is_call, table
from presstm.pages.decode import clean, one_line

_LINK_LEFTOVER = re.compile(
    r"(?:read more|lire (?:la suite|plus|l['’]article.{0,40})|en savoir plus|voir (?:plus|aussi)|suite|continuer (?:la|à) lire|"
    r"cliquez ici|source|pdf|(?:ailleurs|aussi) dans la presse|dans la presse|retour|partager|tweeter|imprimer)[\s.:…>»]*",
    re.IGNORECASE,
)
_LE = re.compile(r"^(?:(?:publié|paru|mis en ligne) )?le\s+", re.IGNORECASE)
_TITLES = table.NAMES["title"].split()
_TEXTS = table.NAMES["text"].split()
_TEXT_BELOW = re.compile(r"\s*(?:texte|text|corps|contenu|article)(?: (?:de l['’]article|intégral|complet))?\s*:\s*", re.I)
_ABOUT = 60  # characters of a line that says something else of a text
_NAMED = {
    name: field for field, names in table.NAMES.items() if field not in ("text", "id", "language") for name in names.split()
} | {"objet": "title", "subject": "title"}
_TAG = re.compile(r"</?(?:a|b|br|em|font|h[1-6]|i|li|script|span|strong|style|sub|sup|u|ul)(?:\s[^<>]*)?/?>", re.I)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>[^<]*(?:<(?!/?\1\b)[^<]*)*</\1\s*>", re.I)
_REFERENCE = re.compile(r"&(?:[a-z](?:acute|grave|circ|uml|cedil)|[lr]aquo|rsquo|nbsp|oelig);", re.I)
_CUT_LINE = re.compile(r"[^\W\d_][-‐][ \t]*\n")
_HEADING = re.compile(r"^#{1,6} +(?=\S)", re.M)  # of Markdown
_SET_OFF = re.compile(r"^([*_]{1,3})(\S[^\n]*\S)\1 *$", re.M)  # a line of it
_FENCE = re.compile(r"\s*-{3,}\s*")
_STATED = re.compile(r"\s*(?:[*#]+\s*)?([^\W\d_][\w '’-]{1,25}?)\s*:[\s*]+(\S.{0,300}?)\s*")
_ADDRESS = re.compile(r"(?:(?:source|lien|url|adresse)\s*:\s*)?(https?://\S+)", re.I)
_TITLE_WORDS = 40
_HEAD = 3  # paragraphs among which a byline may stand
_NAME = r"[A-ZÀ-Ý][\w'’.-]*(?:\s(?:(?:de|du|des|le|la|van|von|ben)\s|d['’])?[A-ZÀ-Ý][\w'’.-]*){1,4}"
_BYLINE = re.compile(rf"(?i:(?:propos recueillis )?par)\s*:?\s+{_NAME}(?:(?:\s*,\s*|\s+et\s+){_NAME}){{0,5}}\.?")

_SIGNED = re.compile(rf"(?:[.,]|\s[-–—|·•])?\s+(?P<by>{_BYLINE.pattern}|(?i:par)\s+\S+\.\w{{2,5}})$")
_OUTLET_BY = re.compile(r"(?i:par)\s+((?:(?:Le|La|Les)\s|L['’]).+|\S+\.\w{2,5})")
_DATELINE = 120  # characters of a dateline
_RULE = re.compile(r"\s+[-–—|·•]\s+")
_EDITION = re.compile(r"\s*\((?:site(?: web| internet)?|web|en ligne|papier|édition [^()]*)\)\s*$", re.I)
_OUTLET_WORDS = 8
_COMMON = 2  # words of an outlet's name that are neither capitalised nor particles ("Le Monde diplomatique")
_COMMON_WORD = re.compile(r"(?<![\w.])[a-zà-ÿœ]{2,}(?![\w.])")
_PARTICLES = frozenset("de du des la le les et en au aux sur the of and von der die".split())
_CLAUSE = re.compile(
    r"(?<![\w-])(?:a|ont|est|sont|était|étaient|avait|avaient|sera|seront|fut|été|se|ne|il|elle|ils|elles|on|nous|vous|je|qui|que|dont|pas)(?![\w-])|"
    r"\b[nsc]['’]|^(?:Il|Elle|Ils|Elles|On|Nous|Vous|Je|Ce|Qui)\s+[a-zà-ÿ]"
)


def read(text: str) -> list[Item | Reject]:
    """Read one article.

    A first paragraph of one line is the title if a dateline follows it, or if it is short and does not end like a sentence. A
    leftover of a link at the end is dropped, and an address before or after all is that of the article, with the day in it. Lines "Titre : …", "Source : …" before all say what they say.
    """
    stated, text = _header(text)
    if stated:
        return _with_header(stated, text)
    found = paragraphs(text)
    while found and is_leftover(found[-1]):
        found.pop()
    url = next((_ADDRESS.sub(r"\1", found.pop(n)) for n in (0, -1) if len(found) > 1 and _ADDRESS.fullmatch(found[n])), None)
    if not found:
        return [Reject("empty", "no text")]
    title, outlet, published, warnings = "", None, None, []
    signed = next((n for n, line in enumerate(found[:_HEAD]) if len(found) > 1 and _BYLINE.fullmatch(line)), None)
    authors = () if signed is None else fields.authors(found.pop(signed))
    heads = ((n, dateline(line)) for n, line in enumerate(found[:2]))
    dated, head = next((each for each in heads if each[1] is not None), (None, None))
    if head is not None:
        outlet, published, authors = head.outlet, head.published, authors or head.authors
        warnings += [head.warning] if head.warning else []
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
    url = url and addresses.original(url)
    outlet, published = outlet or addresses.place(url)[0] or None, published or min(dates.all_in(url or ""), default=None)
    return [Item(body, one_line(title), None, outlet, authors, published, url=url, warnings=tuple(warnings))]


def _header(text: str) -> tuple[dict[str, str], str]:
    """What lines "name: value" above a text state of it, if they name its title or day and something else; and the text below them."""
    stated: dict[str, str] = {}
    lines = text.lstrip("\n").split("\n")
    below, parted = 0, False
    for line in lines:
        match = _STATED.fullmatch(line)
        name = variables.plain(match[1]) if match else ""
        field = _NAMED.get(name)
        if match and field:
            stated.setdefault(field, match[2].strip("\"'"))
        elif not line.strip() or _FENCE.fullmatch(line):
            parted = parted or bool(stated)
        elif not match or parted or name in _TEXTS or len(line) > _ABOUT:
            break
        below += 1
    known = len(stated) > 1 and not stated.keys().isdisjoint(("title", "published"))
    return (stated, "\n".join(lines[below:])) if known else ({}, text)


def _with_header(stated: Mapping[str, str], text: str) -> list[Item | Reject]:
    text = text[match.end() :] if (match := _TEXT_BELOW.match(text)) else text
    found = without_title(paragraphs(text), stated) if text.strip() else []
    if not found:
        return [Reject("no_text", "lines about a text without it")]
    published, warning = fields.day(stated.get("published", ""))
    return [
        Item(
            "\n\n".join(found),
            one_line(stated.get("title", "")),
            standfirst=stated.get("standfirst"),
            outlet=stated.get("outlet"),
            authors=fields.authors(stated.get("authors", "")),
            published=published,
            url=stated.get("url"),
            section=stated.get("section"),
            warnings=(warning,) if warning else (),
        )
    ]


def plain(text: str) -> str:
    """A text without the tags and references that a copy from a page's source left in it, or the signs of Markdown around lines."""
    if _HEADING.match(text.lstrip()):
        text = _SET_OFF.sub(r"\2", _HEADING.sub("", text))
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
    hyphened = hyphens.kept(" ".join(lines)) if _CUT_LINE.search(text) else {}
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", "\n".join(lines).strip("\n"))]
    return [paragraph for block in blocks for paragraph in _joined(block, hyphened) if paragraph]


def _joined(lines: list[str], hyphened: Mapping[str, Set[str]]) -> list[str]:
    longest = max(map(len, lines))
    wrapped = len(lines) > 1 and longest <= 100 and all(len(line) > 0.6 * longest for line in lines[:-1])
    if wrapped and any(re.match(r"[a-zà-ÿ]", line) for line in lines[1:]):
        return [hyphens.joined(lines, hyphened)]
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


@dataclass(frozen=True)
class Dateline:
    """What a line above an article says of it."""

    outlet: str | None
    published: date | None
    warning: str | None = None
    authors: tuple[str, ...] = ()


def dateline(paragraph: str) -> Dateline | None:
    """A paragraph that is a date, alone or with an outlet and a byline ("Outlet - date", "Publié le date par Outlet"), or None."""
    line = one_line(paragraph)
    if len(line) > _DATELINE:
        return None
    line = dates.without_change(line)
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    if signed := _SIGNED.search(line):
        line, name = line[: signed.start()], signed["by"]
        if outlet_named := _OUTLET_BY.fullmatch(name):
            outlet = outlet_named[1]
        else:
            authors = fields.authors(name)
    for head, day, most in _split(line, whole=signed is not None):
        if not dates.is_date(_LE.sub("", day.strip())) or (head and (outlet or not _names_outlet(head, most))):
            continue
        published, warning = dates.find(dates.with_century(_LE.sub("", day.strip())))
        return Dateline(_EDITION.sub("", one_line(head)) or outlet, published, warning, authors)
    return None


def is_dateline(paragraph: str) -> bool:
    """Whether a paragraph is a dateline."""
    return dateline(paragraph) is not None


def _split(line: str, *, whole: bool) -> Iterator[tuple[str, str, int]]:
    """Ways to read a line as outlet and date, with how many common words the outlet may have."""
    yield "", line, 0
    if len(parts := _RULE.split(line)) == 2:
        yield parts[0], parts[1], _COMMON
        yield parts[1], parts[0], _COMMON
    head, comma, day = line.rpartition(",")
    if comma:
        like_a_sentence = (line.endswith(".") and not whole) + (_LE.match(day.strip()) is not None)
        yield head, day, _COMMON - like_a_sentence if like_a_sentence else _OUTLET_WORDS


def _names_outlet(text: str, most: int) -> bool:
    """Whether a text may be the name of an outlet: short, no clause, at most so many words that are neither names nor particles."""
    common = [word for word in _COMMON_WORD.findall(_EDITION.sub("", text)) if word not in _PARTICLES]
    return (
        len(text.split()) <= _OUTLET_WORDS
        and not re.search(r"[.!?:;]\s", text)
        and _CLAUSE.search(text) is None
        and len(common) <= most
    )
