"""Numbers, dates and the interface's words, in the language of the report."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from presstm.report.strings import MONTHS, STRINGS

NARROW = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Wording:
    """How one language ("fr" or "en") writes words, numbers and dates."""

    language: str

    def text(self, key: str, **values: object) -> str:
        """The interface's words for `key`, with `{name}` filled in; numbers are written as the language does.

        A key with two forms (singular, plural) takes its form from `n`.
        """
        form = STRINGS[key][self.language]
        if isinstance(form, tuple):
            n = values["n"]
            assert isinstance(n, int)
            form = form[0 if (n < 2 if self.language == "fr" else n == 1) else 1]
        written = {
            name: self.number(value) if isinstance(value, int | float) else str(value) for name, value in values.items()
        }
        return form.format(**written) if values else form

    def forms(self, key: str) -> tuple[str, str]:
        """Singular and plural of `key`."""
        form = STRINGS[key][self.language]
        return form if isinstance(form, tuple) else (form, form)

    def outlet_kind(self, kind: str) -> str:
        """A kind of outlet in the language's words where it is one of the usual ones."""
        return self.text(f"outlet_kind_{kind}") if f"outlet_kind_{kind}" in STRINGS else kind

    def split(self, grouping: str) -> str:
        """What the corpus is split by, in the language's words where it is one of the usual splits."""
        return self.text(grouping) if grouping in STRINGS else grouping

    def number(self, value: float | None, digits: int | None = None) -> str:
        """1 234,5 in French, 1,234.5 in English; a dash for no value; as many digits as needed, or `digits`."""
        if value is None or value != value:
            return "–"
        written = f"{value:,.{digits}f}" if digits is not None else f"{value:,.6f}".rstrip("0").rstrip(".")
        if self.language == "fr":
            written = written.replace(",", NARROW).replace(".", ",")
        return written.replace("-", "\N{MINUS SIGN}")

    def percent(self, share: float | None, digits: int = 0) -> str:
        """12 % in French, 12% in English, from a share between 0 and 1."""
        if share is None or share != share:
            return "–"
        return self.number(100 * share, digits) + (f"{NO_BREAK}%" if self.language == "fr" else "%")

    def probability(self, p: float) -> str:
        """A p or q value to four digits, or that it is smaller."""
        return self.number(p, 4) if p >= 0.0001 else f"<{NO_BREAK}{self.number(0.0001, 4)}"

    def interval(self, low: float | None, high: float | None) -> str:
        """The two ends of an interval of shares, or words that say there is none."""
        if low is None or high is None:
            return self.text("no_interval")
        return f"{self.percent(low)} – {self.percent(high)}"

    def unit(self, unit: str) -> str:
        """What a figure counts, in the language's words where it is one of the usual units."""
        thing, _, per = unit.partition("/")
        if per and f"per_{per}" in STRINGS:
            return f"{self.unit(thing)} {self.text(f'per_{per}')}"
        return self.text(f"unit_{unit}") if f"unit_{unit}" in STRINGS else unit

    def signed(self, share: float) -> str:
        """A relative difference with its sign, such as +12 %, and with two digits where it would round to none."""
        return ("+" if share > 0 else "") + self.percent(share, 0 if share == 0 or abs(share) >= 0.005 else 2)

    def date(self, day: datetime.date | None) -> str:
        """24 mai 2019 or 24 May 2019."""
        if day is None:
            return self.text("undated")
        number = "1er" if self.language == "fr" and day.day == 1 else str(day.day)
        return f"{number}{NO_BREAK}{MONTHS[self.language][day.month - 1]}{NO_BREAK}{day.year}"

    def month(self, month: str) -> str:
        """`2019-05` as mai 2019 or May 2019; anything else as words for an unknown month."""
        year, _, number = month.partition("-")
        if not (year.isdigit() and number.isdigit()):
            return self.text("undated")
        return f"{MONTHS[self.language][int(number) - 1]}{NO_BREAK}{year}"
