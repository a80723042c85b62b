"""What press databases print around a text: outlets, authors, dates, languages, copyright lines."""

from __future__ import annotations

import re
from datetime import date

from presstm import dates
from presstm.pages.decode import one_line
from presstm.phrases import fold

_OUTLET_END = re.compile(r"\s*(?:\(|,| [-–—] | -|\bno\.? ?\d|\bn[°º] ?\d).*$", re.S | re.I)
_MOVED_ARTICLE = re.compile(r"^(?P<name>[^,(]+), ?(?P<article>L['’]|Le|La|Les)(?=\s*(?:$|[,(]|no\.))")
_BY = re.compile(r"^(?:par|by|propos recueillis par|de notre (?:correspondante?|envoyée? spéciale?))\s*:?\s+", re.I)
_LANGUAGES = {
    "fr": "fr francais french franzosisch",
    "en": "en anglais english englisch",
    "de": "de allemand german deutsch",
    "es": "es espagnol spanish spanisch",
    "it": "it italien italian italienisch",
    "nl": "nl neerlandais dutch",
    "pt": "pt portugais portuguese",
    "ca": "ca catalan",
    "ar": "ar arabe arabic",
}
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}
_COPYRIGHT = re.compile(
    r"^(?:©|\(c\)\s|copyright\b|tous droits réservés|all rights reserved|droits? d['’]auteur\b|alle rechte vorbehalten)",
    re.I,
)
_WEEKDAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
)
_TRAILING_DAY = re.compile(rf"[\s,;/|-]*(?:{_WEEKDAY}[\s,]*)?$", re.I)


def outlet(printed: str) -> str | None:
    """Name of an outlet without number, place and "(site web)"."""
    name = one_line(printed)
    if moved := _MOVED_ARTICLE.match(name):
        article = moved["article"]
        return f"{article}{'' if article[-1] in '’' + chr(39) else ' '}{moved['name'].strip()}"
    return _OUTLET_END.sub("", name).strip(" ,;.-") or name or None


def authors(printed: str) -> tuple[str, ...]:
    """Names of a byline; commas separate names of two words or more ("Dupont, Jean" is one)."""
    line = _BY.sub("", one_line(printed)).strip(" ;,")
    if not line:
        return ()
    names = [_initials_kept(name) for name in re.split(r"\s*(?:;|/|\||\s(?:et|and|und|&)\s)\s*", line)]
    parted = [[part.strip() for part in name.split(",")] for name in names if name]
    found = [part for parts in parted for part in (parts if all(" " in part for part in parts) else [", ".join(parts)])]
    return tuple(_BY.sub("", name) for name in found if name)


def _initials_kept(name: str) -> str:
    """A name without the point of a sentence; that of an initial stays ("M. T.")."""
    name = name.strip(" ,")
    return name.lstrip(".") if re.search(r"(?:^|[\s.-])[A-ZÀ-Ý]\.$", name) else name.strip(" ,.")


def language(printed: str) -> str | None:
    """ISO 639-1 code of a language's French, English or German name, or of a code."""
    words = re.findall(r"[a-z]+", fold(printed))
    return next((_CODES[word] for word in words if word in _CODES), None)


def is_copyright(paragraph: str) -> bool:
    """Whether a paragraph is a line of copyright and no sentence about one."""
    return len(paragraph.split()) <= 60 and _COPYRIGHT.match(paragraph.strip()) is not None


def day(printed: str) -> tuple[date | None, str | None]:
    """The day that a cell or a line states, with a warning where it states none or an impossible one."""
    if day := dates.of_cell(printed.strip()):
        return day, None
    found, warning = dates.find(dates.with_century(printed.strip()))
    if printed.strip() and not found and not warning:
        warning = f"no date in {printed[:40]!r}"
    return found, warning


def dated_line(line: str) -> tuple[str, date | None, str | None]:
    """A line "Section, jeudi 5 octobre 2013, p. 3": what stands before its date, the date, and a warning."""
    origins = [n for n, character in enumerate(line) for _ in fold(character)]  # œ folds to two letters
    folded = "".join(map(fold, line))
    found = [match.start() for pattern in dates.PATTERNS if (match := pattern.search(folded))]
    day, warning = dates.find(line)
    before = line[: origins[min(found)]] if found else ""
    return _TRAILING_DAY.sub("", before).strip(" ,;-"), day, warning


def is_dated(line: str) -> bool:
    """Whether a short line begins with a date (a weekday may come first); a headline that holds one does not."""
    folded = re.sub(rf"^{_WEEKDAY},?\s+", "", fold(one_line(line)))
    return len(folded.split()) <= 12 and any(pattern.match(folded) for pattern in dates.PATTERNS)


def compact(digits: str) -> date | None:
    """The day of YYYYMMDD, None if there is no such day."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
