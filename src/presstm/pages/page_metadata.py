"""What a page says of its article: title, standfirst, outlet, authors, days, address, language, section.

JSON-LD first, then meta elements and microdata, then what readers see, then (for the day of publication) htmldate, which is believed
only if the day stands somewhere in the page or its address.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from presstm import addresses, dates
from presstm.pages import french_pages
from presstm.pages.decode import clean, one_line
from presstm.pages.page import HEADINGS, Block
from presstm.phrases import fold

MAX_JSON = 2_000_000  # characters of one JSON-LD block
MAX_DEPTH = 6  # of nodes in JSON-LD
MAX_AUTHORS = 20
_STANDFIRST = re.compile(
    r"\b(?:chapo|chapeau|standfirst|excerpt|accroche|teaser|intro|lede|lead|subtitle|sous-?titre|hat|deck|summary)", re.I
)
_MARKED = re.compile(r"(?:^|[\s_-])(?:chap[oô]|chapeau|standfirst|lede)", re.I)
_AUTHOR = re.compile(r"(?:^|[\s_-])(?:author|auteur|byline|signature|signe|redacteur)s?(?:$|[\s_-]|__)", re.I)
_NAMED_DAY = re.compile(
    r"^(?:(?:[Pp]ar|[Bb]y)\s+)?[A-ZÀ-Ý][\w'’-]+(?:(?:\s(?:(?:de|du|des|la|le|les)\s)?|\s?[,&]\s?|\set\s|\sd['’])[A-ZÀ-Ý][\w'’.-]*){0,8}\s*[,|•·–—-]\s*(?=le\s|\d)"
)
_LE = re.compile(r"^(?:le|ce)\s+", re.I)
_BYLINE = re.compile(r"(?:propos |texte |entretien )?(?:recueillis |réalisé )?par\s+(?-i:[A-ZÀ-Ý])", re.I)
_NO_NAME = re.compile(
    r"(?:à|en|au|aux|envoyée?|correspondante?)\s|(?:entretien|interview) avec\b|.*\.(?:fr|com|net|org|ch|be|ca|info|eu)$",
    re.I,
)
# A name and "Publié" may stand together, parted by style alone.
_PUBLISHED = re.compile(
    r"(?:\b|(?-i:(?<=[a-zà-ÿ])(?=[A-Z])))(?:publi[ée]e?|paru|mis en ligne|post[ée]|cr[ée]{2}|diffus[ée])\b[^<>]{0,30}?(?=\d)",
    re.I,
)
_SIGNED = re.compile(r"\bpar\s+(?=(?-i:[A-ZÀ-Ý]))", re.I)
_SIGNED_END = re.compile(r"[\s,|•·–—-]+[Pp]ar\s+[A-ZÀ-Ý][^\d]{1,60}$")
_AFTER_NAMES = re.compile(
    r"[\s,]+[|•·–—]\s+|[\s,]+(?:publié|mis à jour|le \d|\d{1,2}[ /]|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)",
    re.I,
)
_ROLE = re.compile(  # what stands behind a name: a body, or words that are no part of a name
    r"^(?:universit[ée]|[ée]cole|institut|laboratoire|centre|facult[ée]|cnrs|inserm)\b|^[^(]*\s(?!(?:de|du|des|la|le|les|van|von|der|den|ben|bin|el|al|et|y|da|do|dos)\b)"
    r"(?-i:[a-zà-ÿ]{2,})(?!['’])\b",
    re.I,
)
_PLACE = re.compile(r"\s*\((?!avec\b)[^()]*\)")  # "(à Lyon, envoyée spéciale)"
_BYLINE_WORDS = frozenset(
    "par propos recueillis texte textes article entretien realise ecrit redige publie publiee mis en ligne mise jour a modifie actualise "
    "le la l et avec de temps lecture min minute minutes poste lundi mardi mercredi jeudi vendredi samedi dimanche".split()
)
_CLOCK = re.compile(r"\b\d{1,2}\s?(?:h|:)\s?\d{0,2}\b|\b\d{1,2} min(?:utes?)?\b")
_MODIFIED = re.compile(r"\b(?:mis à jour|modifié|actualisé)\b", re.I)
_ADDRESS_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_DAY_CLASS = re.compile(r"date|publi|time|heure", re.I)


def read(tree: Any, linked: Sequence[str], found: Sequence[Block], url: str | None) -> dict[str, Any]:
    """Metadata as keyword arguments of `Item`, and `free`: isAccessibleForFree as declared, or None."""
    meta, props = _metas(tree), _itemprops(tree)
    heading = _heading(tree) or _headline_in(tree.findtext(".//title"), found)
    article = _article(linked, _first(heading, meta.get("og:title")))
    site = _first(_text(article.get("publisher")), meta.get("og:site_name"), meta.get("application-name"))
    title = _first(
        _text(article.get("headline")),
        meta.get("og:title"),
        _itemprop(props, "headline"),
        heading,
        tree.findtext(".//title"),
    )
    address = next(filter(None, map(_address, _addresses(tree, meta, article, url))), None)
    site = site or (None if address else _named_beside(tree.findtext(".//title"), heading, title))
    warnings: list[str] = []
    published, modified = _published(tree, meta, props, article, found, address, warnings), None
    for text in (article.get("dateModified"), meta.get("article:modified_time"), _itemprop(props, "dateModified")):
        if modified is None and isinstance(text, str):
            modified, warning = dates.find(text)
            if warning:
                warnings.append(warning)
                break
    return {
        "title": strip_site(title or "", (site, _host_name(address))),
        "standfirst": _standfirst(tree, meta, article, title or ""),
        "outlet": site or _host_name(address),
        "authors": _authors(article, meta, props, tree, found, site, address),
        "published": published,
        "modified": modified,
        "url": address,
        "language": _first(tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"), meta.get("og:locale"), _text(article.get("inLanguage")), meta.get("content-language")),
        "section": _first(_text(article.get("articleSection")), meta.get("article:section"), _itemprop(props, "articleSection")),
        "free": _free(article),
        "warnings": tuple(dict.fromkeys(warnings)),
    }  # fmt: skip


def is_standfirst(element: Any) -> bool:
    """Whether an element, or the one around it, is marked as a standfirst by class, id or itemprop."""
    for one in (element, element.getparent()):
        if one is not None and _STANDFIRST.search(f"{one.get('class') or ''} {one.get('id') or ''}"):
            return True
    return bool(element.get("itemprop") in ("description", "alternativeHeadline"))


def _headline_in(whole: str | None, found: Sequence[Block]) -> str | None:
    """The headline of a page without `h1`: the longest heading at its beginning that its `title` has beside a shorter name."""
    lines = (one_line(block.text) for block in found[:60] if block.tag in HEADINGS and len(block.text) < len(whole or ""))
    beside = [(line, _named_beside(whole, line)) for line in lines if len(line.split()) > 2]
    return max((line for line, name in beside if name and len(name) < len(line)), key=len, default=None)


def _named_beside(whole: str | None, *headlines: str | None) -> str | None:
    """What a page's `title` has besides its headline: the last part behind it, or the first before it."""
    whole = _alike(_first(whole) or "")
    for headline in filter(None, map(_first, headlines)):
        before, found, after = whole.partition(_alike(headline))
        parts = [part.strip() for part in re.split(r"(?:^|\s)[|–—:·»-]+(?:\s|$)", after if after.strip() else before)]
        named = [part for part in parts if 1 <= len(part.split()) <= 6]
        if found and named:
            return named[-1] if after.strip() else named[0]
    return None


def _alike(line: str) -> str:
    return line.replace("’", "'")


def strip_site(title: str, names: Sequence[str | None]) -> str:
    """A title without the name of its outlet at the end ("Un titre - Le Journal", "Un titre | lejournal.fr")."""
    for name in filter(None, names):
        shorter = re.sub(rf"\s+[|–—:·»-]+\s*{re.escape(name)}\s*$", "", title, flags=re.I)
        shorter = re.sub(rf"^\s*{re.escape(name)}(?:\s+[|–—:·-]|:)\s+(?=\S)", "", shorter, flags=re.I)
        title = shorter or title
    return title


# --- JSON-LD ----------------------------------------------------------------------------------------------------------


def _article(linked: Sequence[str], title: str | None) -> dict[str, Any]:
    """The node of an article: the one with the page's title, else the first."""
    nodes = []
    named: dict[str, dict[str, Any]] = {}  # nodes that others refer to
    for block in linked:
        stripped = (
            re.sub(r"^\s*(?:<!--|/?/?\s*<!\[CDATA\[)|(?:-->|/?/?\s*\]\]>)\s*$", "", clean(block)).strip().removesuffix(";")
        )
        if len(stripped) > MAX_JSON:
            continue
        try:
            parsed = json.loads(stripped, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(parsed):
            if isinstance(node.get("@id"), str) and node.get("name"):
                named.setdefault(node["@id"], node)
            if _is_article(node):
                nodes.append(node)
    same = (node for node in nodes if title and _first(_text(node.get("headline"))) == title)
    article = next(same, nodes[0] if nodes else {})
    return {**article, **{key: _resolved(article[key], named) for key in ("author", "publisher") if key in article}}


def _resolved(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    """A value of JSON-LD with the nodes in place of references to them."""
    if isinstance(value, list):
        return [_resolved(one, named) for one in value[:MAX_AUTHORS]]
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


def _free(article: dict[str, Any]) -> bool | None:
    parts = article.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    declared = [article.get("isAccessibleForFree"), *(p.get("isAccessibleForFree") for p in parts if isinstance(p, dict))]
    for value in declared:
        if (known := {"false": False, "true": True}.get(str(value).lower().rpartition("/")[2])) is not None:
            return known
    return None


# --- small parts ------------------------------------------------------------------------------------------------------


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv")
        if name and element.get("content"):
            found.setdefault(name.lower(), element.get("content"))
    return found


def _first(*values: Any) -> str | None:
    """The first value with text, as one line; entities that were escaped twice are undone."""
    for value in values:
        if isinstance(value, str) and (line := one_line(html.unescape(value[:5000]))):
            return line
    return None


def _text(value: Any) -> str | None:
    """The first string of a value of JSON-LD."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
        value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else None


def _heading(tree: Any) -> str | None:
    """The first `h1` that is no logo: not one whose words are all inside a link to the front page."""
    headings = [heading for heading in tree.iter("h1") if one_line(heading.text_content())]
    for heading in headings:
        links = {link.get("href") for link in heading.iter("a")}
        if not any(addresses.split(str(href)[:500].strip("[]")).path in ("", "/") for href in links if href):
            return str(heading.text_content())
    return str(headings[0].text_content()) if headings else None


def _itemprops(tree: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for element in tree.xpath("//*[@itemprop]"):
        for name in element.get("itemprop").split()[:5]:
            found.setdefault(name, []).append(element)
    return found


def _itemprop(props: dict[str, list[Any]], name: str) -> str | None:
    for element in props.get(name, ()):
        if value := one_line(element.get("content") or element.get("datetime") or element.text_content()):
            return value
    return None


def _addresses(tree: Any, meta: dict[str, str], article: dict[str, Any], url: str | None) -> Iterator[Any]:
    yield from tree.xpath("//link[@rel='canonical']/@href")[:1]
    yield meta.get("og:url")
    yield _text(article.get("url"))
    entity = article.get("mainEntityOfPage")
    yield entity.get("@id") if isinstance(entity, dict) else entity
    yield url


def _address(value: Any) -> str | None:
    """An absolute http(s) address, or None."""
    if not isinstance(value, str) or len(value) > 2048:
        return None
    parts = addresses.split(value.strip())
    return one_line(value) if parts.scheme in ("http", "https") and parts.hostname else None


def _host_name(address: str | None) -> str | None:
    return (addresses.split(address).hostname or "").removeprefix("www.") or None


def _standfirst(tree: Any, meta: dict[str, str], article: dict[str, Any], title: str) -> str | None:
    """The one marked in the page, a second heading right after the first, or the page's description."""
    seen = (
        element.text_content()
        for element in tree.xpath("//body//*[@itemprop='description' or @class or @id]")
        if element.tag in ("p", "div", "h2", "h3", "section", "header", "font", "span", "b", "strong")
        and (element.get("itemprop") == "description" or _is_marked(f"{element.get('class') or ''} {element.get('id') or ''}"))
        and 5 <= len(element.text_content().split()) <= 150
    )  # fmt: skip
    second = (
        two.text_content()
        for two in tree.xpath("//h1/following-sibling::*[1]")
        if two.tag == "h2" or (two.tag in HEADINGS and is_standfirst(two))
    )
    values = (
        next(seen, None),
        *second,
        _text(article.get("description")),
        meta.get("og:description"),
        meta.get("description"),
    )
    lines = (_first(value) for value in values)
    return next((line for line in lines if line and line != one_line(title) and not french_pages.line(line)), None)


def _authors(
    article: dict[str, Any],
    meta: dict[str, str],
    props: dict[str, list[Any]],
    tree: Any,
    found: Sequence[Block],
    site: str | None,
    address: str | None,
) -> tuple[str, ...]:
    """Names of the first source that has one; the outlet's own name is none."""
    raw = article.get("author")
    own = {
        one_line(name).casefold()
        for name in (site, _host_name(address), (_host_name(address) or "").rpartition(".")[0])
        if name
    }
    for names in (
        [_text(one) for one in (raw if isinstance(raw, list) else [raw])],
        [meta.get("author"), meta.get("article:author"), meta.get("dc.creator")],
        _marked_authors(tree, props),
        [name for block in found[:60] if (name := _byline(block.text))],
    ):
        split = [one for name in names if name and not name.startswith("http") for one in _split_names(name)]
        if split := [name for name in split if name.casefold() not in own]:
            persons = [name for name in split if _ROLE.search(name) is None]
            return tuple(dict.fromkeys(persons or split))[:MAX_AUTHORS]
    return ()


def _byline(text: str) -> str | None:
    """The names of a line "Par Ada Un • Publié le …" or "Publié le … par Ada Un"."""
    dated = len(text) < 200 and (_PUBLISHED.match(text) or dates.is_date(_day_alone(text)))
    signed = _SIGNED.search(text) if dated else None
    line = _names_alone(text[signed.end() :] if signed else text)
    return line if line and (signed or _BYLINE.match(line)) and len(line.split()) <= 12 else None


def is_byline(text: str, names: Sequence[str]) -> bool:
    """Whether a line is names, of authors and the outlet, with days, times and "par", "publié le", and nothing else."""
    if len(text) > 300:
        return False
    line, changed = _PLACE.sub("", text).casefold(), False
    for name in sorted(names, key=len, reverse=True):
        line, changed = line.replace(name.casefold(), " "), changed or name.casefold() in line
    line = fold(line)
    for pattern in (*dates.PATTERNS, _CLOCK):
        line = pattern.sub(" ", line)
    return changed and _BYLINE_WORDS.issuperset(re.findall(r"\w+", line))


def _marked_authors(tree: Any, props: dict[str, list[Any]]) -> list[str]:
    authors = props.get("author", [])
    named = [name for one in authors for name in one.xpath(".//*[@itemprop='name']")]
    found = [one for one in named or authors or tree.xpath("//*[@rel='author'] | //address") if not _in_comments(one)]
    if not found:
        marked = (one for one in tree.xpath("//body//*[@class]") if _is_author(one.get("class")))
        short = (one for one in marked if 1 <= len(one.text_content().split()) <= 10)
        found = [one for one in short if not _in_comments(one)][:1]
    return [str(one.get("content") or " ".join(one.itertext())) for one in found[:MAX_AUTHORS]]


def _in_comments(element: Any) -> bool:
    """Whether an element stands among what readers wrote; a wrapper with the page's headline is none of that."""
    return any(
        above.tag not in ("html", "body") and french_pages.element_label(above) == "comments" and above.find(".//h1") is None
        for above in element.iterancestors()
    )


def _in_teaser(element: Any) -> bool:
    """Whether an element stands in an item of a list with the linked headline of another article."""
    item = next(element.iterancestors("li"), None)
    return item is not None and any(len(link.text_content().split()) >= 4 for link in item.iter("a"))


@lru_cache(10_000)
def _is_author(names: str) -> bool:
    return _AUTHOR.search(names[:500]) is not None


@lru_cache(10_000)
def _is_marked(names: str) -> bool:
    return _MARKED.search(names[:500]) is not None


def _split_names(text: str) -> Iterator[str]:
    """Names in a byline: "Par A. Un, à Lyon, et B. Deux (avec X)" has two."""
    line = re.sub(
        r"^(?:propos recueillis |texte\s*:?\s*|écrit |article |entretien réalisé )?(?:par|de)\s+(?=\S)",
        "",
        _first(text) or "",
        flags=re.I,
    )
    for one in re.split(r"\s*[,;/]\s*|\s+(?:et|&|and)\s+", _names_alone(_PLACE.sub("", line))):
        name = one.strip(" .:-") if not re.search(r"\b[A-ZÀ-Ý]\.$", one) else one.strip(" :-")
        if name and 1 <= len(name.split()) <= 6 and not _NO_NAME.match(name):
            yield name


def _names_alone(line: str) -> str:
    """A byline up to the day that follows."""
    return _AFTER_NAMES.split(line, maxsplit=1)[0]


# --- days -------------------------------------------------------------------------------------------------------------


def _published(
    tree: Any,
    meta: dict[str, str],
    props: dict[str, list[Any]],
    article: dict[str, Any],
    found: Sequence[Block],
    address: str | None,
    warnings: list[str],
) -> date | None:
    """The first day declared; an impossible one ends the search with a warning."""
    for text in _days(tree, meta, props, article, found, address):
        day, warning = dates.find(text)
        if warning:
            warnings.append(warning)
            return None
        if day:
            return day
    day = _htmldate(tree, address)
    near = "\n".join([address or "", *(block.text for block in found)])[:200_000]
    return day if day and day in dates.all_in(near) else None


def _days(
    tree: Any,
    meta: dict[str, str],
    props: dict[str, list[Any]],
    article: dict[str, Any],
    found: Sequence[Block],
    address: str | None,
) -> Iterator[str]:
    names = ("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "pubdate", "publish-date", "parsely-pub-date", "sailthru.date", "article.published", "publication_date")  # fmt: skip
    for value in (article.get("datePublished"), article.get("dateCreated"), *map(meta.get, names)):
        if text := _text(value):
            yield text
    if (text := _itemprop(props, "datePublished")) is not None:
        yield text
    times = [time for time in tree.xpath("//time[@datetime]") if not (_in_comments(time) or _in_teaser(time))]
    within = set(tree.xpath("//article//time[@datetime] | //main//time[@datetime] | //*[h1]//time[@datetime]"))
    yield from [time.get("datetime") for time in times if time in within][:1]
    for block in found:
        if (match := _PUBLISHED.search(block.text)) and len(block.text) < 300:
            yield block.text[match.end() :][:60]
    yield from [time.get("datetime") for time in times][:1]
    for match in _ADDRESS_DAY.finditer(address or ""):
        yield "-".join(match.groups())
    # A line that is a day, or stands in an element marked as one, unless it is that of a change.
    for block in found:
        marked = _DAY_CLASS.search(f"{block.element.get('class') or ''} {block.element.get('id') or ''}")
        if len(block.text) < 120 and not _MODIFIED.search(block.text) and (marked or dates.is_date(_day_alone(block.text))):
            yield block.text


def _day_alone(line: str) -> str:
    """A line without "Le" before its day, or the names around it: "Ada Un, le 24 mai 2019 à 9 h", "Le Héron, 24 mai 2019 par Ada Un"."""
    return _LE.sub("", _NAMED_DAY.sub("", _SIGNED_END.sub("", line)))


def _htmldate(tree: Any, url: str | None) -> date | None:
    from htmldate import find_date

    try:
        found = find_date(tree, url=url, original_date=True, extensive_search=False)
    except MemoryError:
        raise
    except Exception:
        return None
    return dates.find(found)[0] if found else None
