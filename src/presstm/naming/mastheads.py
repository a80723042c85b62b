"""The outlet in the head and at the foot of a text: beside or over a date or a byline ("Le Courrier | par Jeanne Vial"), in a signature."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Set
from typing import NamedTuple

from presstm.naming import name_shapes, names

_HEAD = 8  # lines of a text in which its outlet may stand
_FOOT = 2
_LINE = 120  # characters
_WORDS = 8
_COMMON = 2  # words of an outlet's name that are neither capitalised nor particles: Le Monde diplomatique
_RULE = re.compile(r"\s+[-–—|·•/]\s+|\s*[|•]\s*|,\s+")
_CAP = r"[A-ZÀ-ÖØ-Þ0-9][\w’'.&-]*"
_PARTICLE = r"(?:d[ue]s?|la|le|les|en|et|&|au|aux|sur|the|of)"
_NAME = rf"(?:(?:d['’]|de l['’])?{_CAP})(?: (?:(?:{_PARTICLE} )*(?:[dl]['’]|de l['’])?{_CAP}))*"
_OWN_NAME = re.compile(rf"(?:(?:L[ae]s?|LES?|LA) |L['’]){_NAME}|{_CAP} (?:{_PARTICLE} )*{_NAME}")
_SITE = re.compile(r"[\w-]+\.(?:fr|com|net|org|info|media|eu|ch|be|ca|tv|news|paris)")
_BYLINE = re.compile(r"(?i:propos recueillis|par|recueilli|textes?|photos?|illustrations?|crédits?|dessins?|vidéos?|©)\b")
_WHEN = frozenset(
    "publie paru mis mise en ligne a jour le modifie modifiee actualise du h min et lundi mardi mercredi jeudi vendredi samedi dimanche "
    "janvier janv fevrier fevr fev mars avril avr mai juin juillet juil aout septembre sept octobre oct novembre nov decembre dec n no "
    "numero edition er cet temps de lecture minutes retranscription".split()
)
_NO_NAME = re.compile(
    r"(?i:reportage|enquête|analyse|interview|entretien|tribune|portrait|décryptage|récit|chronique|billet|édito\w*|publié|mis|mise|écouter|"
    r"lire|temps|abonnés?|accueil|article|dossier|rubrique|newsletter|suivez|partager|lecture|correspondan\w*|envoyée?s?|avec|de notre|notre)\b"
)
_CLAUSE = re.compile(
    r"(?<![\w-])(?:a|ont|est|sont|était|sera|se|ne|il|elle|ils|elles|on|nous|vous|je|qui|que|dont|pas|pour|contre|dans|chez|avec)(?![\w-])|[?!:;«»“”\"]"
)
_FOR = re.compile(
    rf"(?:(?i:propos recueillis par|recueilli par|par) |^)(?P<who>{_CAP}(?: [\w’'-]+){{1,4}}) pour (?P<outlet>(?:L[ae]s? |L['’])?\S.*)$"
)
_SOURCES = re.compile(r"(?:\((?:.{2,40} )?)?(?:[Aa]vec|[Ss]ources? ?:) (?P<names>[^()]+?)\)?\.?$|\((?P<signed>[^()]+)\)\.?$")


class Line(NamedTuple):
    """Characters [start, end) of a line, and the pieces of it that rules and commas part."""

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]


def find(text: str, first_names: Set[str], common: Container[str]) -> Iterator[tuple[int, int]]:
    """Characters of what names outlets in the first and last lines of a text.

    Args:
        text: a whole part.
        first_names: folded; what begins with one is a person.
        common: folded words that are no names.
    """
    lines = list(_lines(text))
    for at, line in enumerate(lines[:_HEAD]):
        for phrase in name_shapes.dateline(text[line.start : line.end]):
            if phrase.label == "MEDIA":
                yield line.start + phrase.start, line.start + phrase.end
        if line.end - line.start > _LINE:
            continue
        found = _FOR.search(text[line.start : line.end])
        if found is not None and _may_name(found["outlet"], first_names, common):
            yield line.start + found.start("outlet"), line.start + found.end("outlet")
            continue
        own = not any(_is_credit(text[slice(*piece)]) for piece in line.pieces)
        if own and (len(line.pieces) > 2 or not any(_is_dated(text, lines, near) for near in (at - 1, at + 1))):
            continue
        for start, end in line.pieces[: 1 if own else None]:
            name = text[start:end]
            if _is_credit(name) or not _may_name(name, first_names, common):
                continue
            if not own or _OWN_NAME.fullmatch(name):
                yield start, end
                break
    for line in lines[max(_HEAD, len(lines) - _FOOT) :]:
        yield from _signed(text, line, first_names, common)


def _lines(text: str) -> Iterator[Line]:
    for match in re.finditer(r"[^\n]+", text):
        if not match.group().strip():
            continue
        start, pieces = match.start(), []
        for rule in _RULE.finditer(text, match.start(), match.end()):
            pieces.append((start, rule.start()))
            start = rule.end()
        pieces.append((start, match.end()))
        yield Line(match.start(), match.end(), tuple((first, last) for first, last in pieces if first < last))


def _is_credit(piece: str) -> bool:
    return _BYLINE.match(piece) is not None or _is_when(piece)


def _is_when(piece: str) -> bool:
    words = re.findall(r"[^\W\d_]+", names.fold(piece))
    return any(char.isdigit() for char in piece) and all(word in _WHEN for word in words)


def _is_dated(text: str, lines: list[Line], at: int) -> bool:
    """Whether a line is a date or begins with one, and names no outlet of its own."""
    if not 0 <= at < len(lines) or lines[at].end - lines[at].start > _LINE:
        return False
    return _is_when(text[slice(*lines[at].pieces[0])])


def _may_name(name: str, first_names: Set[str], common: Container[str]) -> bool:
    """Whether a piece of a line may be the name of an outlet: short, no clause, no person, no word of the language."""
    if _SITE.fullmatch(name):
        return True
    words = name.replace("’", "'").split()
    if not name[0].isupper() or len(words) > _WORDS or len(name) < 3 or name.endswith(".") or name.isdigit():
        return False
    if _CLAUSE.search(name) or _NO_NAME.match(name) or names.fold(words[0]).split("-")[0] in first_names:
        return False
    if name.isupper() and len(words) > 1 and not re.match(r"L(?:ES?|A) |L'", name):
        return False
    small = [word for word in words if word[0].islower() and not re.fullmatch(rf"{_PARTICLE}|(?:d|l|de l)'.*", word)]
    article = re.match(r"L(?:[ae]s?|ES?|A) |L['’]", name) is not None
    if len(small) > (_COMMON if article else 0):
        return False
    return len(words) > 1 or article or names.fold(name) not in common


def _signed(text: str, line: Line, first_names: Set[str], common: Container[str]) -> Iterator[tuple[int, int]]:
    """What a last line credits: "Jeanne Vial pour Le Courrier", "(avec Le Courrier)", "… (Le Courrier/LC)"."""
    if line.end - line.start > _LINE:
        return
    content = text[line.start : line.end]
    found = _FOR.search(content)
    if found is not None and _may_name(found["outlet"], first_names, common):
        yield line.start + found.start("outlet"), line.start + found.end("outlet")
        return
    credited = _SOURCES.match(content)
    if credited is None:
        return
    group = "names" if credited["names"] else "signed"
    for match in re.finditer(r"[^,/]+?(?=\s*(?:,|/|\bet\b|$))", credited[group]):
        name = match.group().strip()
        start = line.start + credited.start(group) + match.start() + match.group().index(name) if name else 0
        if name and _OWN_NAME.fullmatch(name) and _may_name(name, first_names, common):
            yield start, start + len(name)
