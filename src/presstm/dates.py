"""French, English, German and ISO dates in text. An impossible date is said to be one; it never becomes another day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from presstm.phrases import fold

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "janvier janv january januar jan", "fevrier fevr february februar fev feb", "mars march marz mar",
            "avril avr april apr", "mai may", "juin june juni jun", "juillet juil july juli jul", "aout august aug",
            "septembre september sept sep", "octobre october oktober oct okt", "novembre november nov",
            "decembre december dezember dec dez",
        ),
        start=1,
    )
    for month in names.split()
}  # fmt: skip
WEEKDAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
WEEKDAY = rf"(?:{WEEKDAYS}|(?:lun|mar|mer|jeu|ven|sam|dim)\b\.?),?\s+"  # before a day
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_LONG = re.compile(rf"(?:\b{WEEKDAY})?\b(?P<day>\d{{1,2}})(?:er|\.)?\s+{_MONTH}\.?\s+(?P<year>\d{{4}})\b")
_ENGLISH = re.compile(rf"\b{_MONTH}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b")
_SHORT = re.compile(r"\b(?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4})\b")
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T|$)", re.I)
_SECONDS = re.compile(r"\s*(1\d{9})(?:\d{3}|\.\d+)?\s*")  # since 1970, or thousandths of them, as machines count
_CELL_DAYS = re.compile(r"[1-7]\d{4}(?:\.\d+)?")  # since 1899, as spreadsheets count: 1927 to 2100 and later
_CHANGE = re.compile(r"[\s,;|•·–—/(-]*\b(?:mise? [àa] jour|maj|modifi[ée]e?|actualis[ée]e?)\b.*", re.I | re.S)
_SHORT_YEAR = re.compile(r"^(\d{1,2}[/.-]\d{1,2}[/.-])(\d\d)(?=$|[\s,])")
PATTERNS = (_LONG, _ENGLISH, _SHORT, _ISO)


def find(text: str) -> tuple[date | None, str | None]:
    """The first date in `text`, and a warning where it is impossible or not between 1600 and 2100.

    A text that is nothing but seconds or milliseconds since 1970 is their day in UTC.
    """
    if seconds := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(seconds[1]), UTC).date(), None
    folded = fold(text)
    matches = [match for pattern in (*PATTERNS, _COMPACT) if (match := pattern.search(folded))]
    if not matches:
        return None, None
    match = min(matches, key=lambda found: found.start())
    day = _day(match)
    return (day, None) if day else (None, f"impossible date {match.group()!r}")


def of_cell(text: str) -> date | None:
    """The day of a cell whose spreadsheet shows a number as one ("43609" is 24 May 2019)."""
    return date(1899, 12, 30) + timedelta(int(float(text))) if _CELL_DAYS.fullmatch(text) else None


def with_century(text: str) -> str:
    """A text that begins with a day whose year has two digits ("24/05/19"), of this century, as French spreadsheets and pages write it."""
    return _SHORT_YEAR.sub(r"\g<1>20\g<2>", text)


def without_change(line: str) -> str:
    """A line without the day of a change that stands behind another day ("Le 1er juin 2019, mis à jour le 3 juin 2019")."""
    return _CHANGE.sub("", line)


def all_in(text: str) -> set[date]:
    """Every possible date in `text`; addresses count (/2019/05/24/)."""
    folded = re.sub(r"(?<!\d)(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)", r"\1-\2-\3", fold(text))
    return {day for pattern in PATTERNS for match in pattern.finditer(folded) if (day := _day(match))}


def _day(match: re.Match[str]) -> date | None:
    month = match["month"]
    try:
        day = date(int(match["year"]), int(month) if month.isdigit() else _MONTHS[month], int(match["day"]))
    except ValueError:
        return None
    return day if 1600 <= day.year <= 2100 else None


def is_date(text: str) -> bool:
    """Whether `text` is a date and nothing else ("le", a weekday and a time of day may stand with it; its year may have two digits)."""
    folded = re.sub(r"[\s,;|•·–—-]*(?:a\s+)?\b\d{1,2}\s?[h:]\s?\d{0,2}(?:\s?min)?$", "", fold(text).strip().rstrip("."))
    folded = folded.removeprefix("le ")
    return any(pattern.fullmatch(with_century(folded)) for pattern in PATTERNS)
