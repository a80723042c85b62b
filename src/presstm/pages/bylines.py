"""Bylines: who wrote an article, and lines of a page that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from presstm import dates
from presstm.pages import french_pages, linked_data, page_days
from presstm.pages.declared import Declared
from presstm.pages.decode import first_line, one_line
from presstm.phrases import fold

MAX_AUTHORS = 20
_AUTHOR = re.compile(r"(?:^|[\s_-])(?:author|auteur|byline|signature|signe|redacteur|reader-credit)s?(?:$|[\s_-]|__)", re.I)
_BYLINE = re.compile(r"(?:propos |texte |entretien )?(?:recueillis |réalisé )?par\s+(?-i:[A-ZÀ-Ý])", re.I)
_NO_NAME = re.compile(
    r"(?:à|en|au|aux|envoyée?|correspondante?)\s|(?:entretien|interview) avec\b|.*\.(?:fr|com|net|org|ch|be|ca|info|eu)$",
    re.I,
)
_SIGNED = re.compile(r"\bpar\s+(?=(?-i:[A-ZÀ-Ý]))", re.I)
_AFTER_NAMES = re.compile(
    rf"[\s,]+[|•·–—]\s+|[\s,]+(?:publié|mis à jour|le \d|\d{{1,2}}[ /]|(?:{dates.WEEKDAYS})\b|{dates.WEEKDAY}(?=\d))",
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


def authors(page: Declared, own: Sequence[str | None]) -> tuple[str, ...]:
    """Names of the first source that has one; `own` names of the outlet are none."""
    outlet = {one_line(name).casefold() for name in own if name}
    for names in _sources(page):
        split = [one for name in names if name and not name.startswith("http") for one in _split_names(name)]
        if split := [name for name in split if name.casefold() not in outlet]:
            persons = [name for name in split if _ROLE.search(name) is None]
            return tuple(dict.fromkeys(persons or split))[:MAX_AUTHORS]
    return ()


def _sources(page: Declared) -> Iterator[Sequence[str | None]]:
    """Bylines by where they stand: JSON-LD, meta elements, elements marked as an author's, lines that readers see."""
    declared = page.article.get("author")
    yield [linked_data.text(one) for one in (declared if isinstance(declared, list) else [declared])]
    yield [page.meta.get(name) for name in ("author", "article:author", "dc.creator")]
    yield _marked(page)
    yield [_byline(block.text) for block in page.blocks[:60]]


def _marked(page: Declared) -> list[str]:
    authors = page.props.get("author", [])
    named = [name for one in authors for name in one.xpath(".//*[@itemprop='name']")]
    found = [
        one
        for one in named or authors or page.tree.xpath("//*[@rel='author'] | //address")
        if not french_pages.in_comments(one)
    ]
    if not found:
        marked = (one for one in page.tree.xpath("//body//*[@class]") if _is_author(one.get("class")))
        short = (one for one in marked if 1 <= len(one.text_content().split()) <= 10)
        found = [one for one in short if not french_pages.in_comments(one)][:1]
    return [str(one.get("content") or " ".join(one.itertext())) for one in found[:MAX_AUTHORS]]


@lru_cache(10_000)
def _is_author(names: str) -> bool:
    return _AUTHOR.search(names[:500]) is not None


def _byline(text: str) -> str | None:
    """The names of a line "Par Ada Un • Publié le …" or "Publié le … par Ada Un"."""
    dated = len(text) < 200 and (page_days.PUBLISHED.match(text) or dates.is_date(page_days.alone(text)))
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


def _split_names(text: str) -> Iterator[str]:
    """Names in a byline: "Par A. Un, à Lyon, et B. Deux (avec X)" has two."""
    line = re.sub(
        r"^(?:propos recueillis |texte\s*:?\s*|écrit |article |entretien réalisé )?(?:par|de)\s+(?=\S)",
        "",
        first_line(text) or "",
        flags=re.I,
    )
    for one in re.split(r"\s*[,;/]\s*|\s+(?:et|&|and)\s+", _names_alone(_PLACE.sub("", line))):
        name = one.strip(" .:-") if not re.search(r"\b[A-ZÀ-Ý]\.$", one) else one.strip(" :-")
        if name and 1 <= len(name.split()) <= 6 and not _NO_NAME.match(name):
            yield name


def _names_alone(line: str) -> str:
    """A byline up to the day that follows."""
    return _AFTER_NAMES.split(line, maxsplit=1)[0]
