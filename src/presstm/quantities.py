"""From numbers in a sentence to quantities: what is counted or measured, ranges, hedges, and what is no quantity at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from presstm import numbers, phrases
from presstm.facts import Facts
from presstm.numbers import Number

_S = r"[\s\u00a0\u2007\u2009\u202f]"
_MEASURE = re.compile(
    rf"{_S}*(?:(?P<percent>%|pour{_S}cents?\b|p\.{_S}?100)|(?P<EUR>€|euros?\b|EUR\b)(?:{_S}?(?P<cents>\d\d)\b(?!{_S}?%))?"
    rf"|(?P<cent>(?:centimes?|cents?)\b(?:{_S}d['’]euros?\b)?|cts?\b|c€)|(?P<USD>\$|dollars?\b)|(?P<CHF>francs?\b(?:{_S}suisses)?|CHF\b)"
    rf"|(?P<hours>heures?\b|h\b(?!{_S}?\d))|(?P<minutes>minutes?\b|min\b)|(?P<times>fois{_S}(?:plus|moins|mieux)\b))",
    re.I,
)
_OF_MONEY = re.compile(rf"{_S}*d['’](?=euros?\b)|{_S}*de{_S}+(?=dollars?\b|francs?\b|centimes?\b)", re.I)
_MONEY_BEFORE = re.compile(r"[€$]\s?\Z")
_PERIOD = re.compile(
    rf"\b(?:par|chaque|à{_S}la|de{_S}l['’]|/{_S}?|l['’])(?:{_S}*)(?P<period>heure|jour|semaine|mois|an|année)\b|\b(?P<adjective>mensuel|hebdomadaire|quotidien|annuel|horaire)",
    re.I,
)
_PERIODS = {
    "heure": "hour", "horaire": "hour", "jour": "day", "quotidien": "day", "semaine": "week", "hebdomadaire": "week",
    "mois": "month", "mensuel": "month", "an": "year", "année": "year", "annuel": "year",
}  # fmt: skip
_MONTHS = (
    "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre".split()
)
_DATE_AFTER = re.compile(rf"(?:er)?{_S}+(?:{'|'.join(_MONTHS)})\b", re.I)
_DATE_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_MONTHS)}|en|depuis|avant|après|dès|début|fin|l['’]an|année|années|courant){_S}+\Z", re.I
)
_CLOCK_AFTER = re.compile(rf"{_S}?(?:h|heures?){_S}?\d\d\b", re.I)
_CLOCK_BEFORE = re.compile(rf"\b(?:à|vers|dès|jusqu['’]à|avant|après|minuit{_S}à|il{_S}est){_S}+\Z", re.I)
_NOT_BEFORE = re.compile(
    rf"(?:[^\W\d]|[/#+@°§]|\d[.,:/]|\w-|(?:\bn°|\b(?:articles?|art\.|alinéa|chapitre|pages?|p\.|numéro|no|lot|projet|version|top|tome|"
    rf"loi|décret|niveau|rue|route|bus|ligne|tram|salle|bâtiment|figure|tableau|catégorie|groupe|âgée?s?{_S}de|noté|note{_S}de)){_S}*)\Z",
    re.I,
)
_NOT_AFTER = re.compile(
    rf"(?:e|er|ère|ème|è|nd|nde)\b|{_S}?(?:ans\b(?!{_S}plus)|[/:-]\d|°|km\b|kg\b|kilomètres?\b|mètres?\b|degrés?\b|Go\b|pixels?\b)|{_S}*\+?\d{{2}}(?:{_S}\d\d)+|[A-Za-zÀ-ÿ]",
    re.I,
)
_HEDGE = re.compile(
    rf"\b(?P<hedge>plus{_S}d(?:e|['’])|moins{_S}d(?:e|['’])|près{_S}d(?:e|['’])|pas{_S}loin{_S}de|autour{_S}d(?:e|['’])|aux{_S}alentours{_S}de|"
    rf"de{_S}l['’]ordre{_S}de|au{_S}moins|au{_S}plus|au{_S}maximum|au{_S}minimum|environ|quelque|jusqu['’]à|à{_S}peine|presque|approximativement|"
    rf"seulement|guère{_S}(?:que|plus{_S}de)?|dépass\w+(?:{_S}guère)?|à{_S}peu{_S}près|parfois|en{_S}moyenne|souvent|quasiment|"
    rf"(?:il{_S}y{_S}(?:en{_S})?aurait|ils{_S}seraient|elles{_S}seraient|serai(?:en)?t|compterait|atteindrait)(?:{_S}(?:environ|quelque|près{_S}de|plus{_S}de))?)"
    rf"{_S}*(?:les?{_S}|ces{_S}|des{_S})?\Z",
    re.I,
)
_HEDGE_AFTER = re.compile(rf"{_S}*(?:\w+{_S})?(environ|au moins|au maximum|en moyenne|à peine)\b", re.I)
_COLLECTIVE_HEDGE = re.compile(r"(?:une|quelques|plusieurs|des|la|un)\b", re.I)
_MONEY_VAGUE = re.compile(
    rf"\b(?P<word>quelques|plusieurs){_S}+(?P<noun>centimes?|euros?|heures|minutes)\b(?:{_S}d['’]euros?)?", re.I
)
_TOUCHES = re.compile(r"(?:[^\w.;:!?]|_)*\Z")
_JOIN = re.compile(rf"{_S}*(?:-|–|—|à|et|ou|jusqu['’]à){_S}*\Z", re.I)
_RANGE_OPEN = re.compile(rf"\b(?:entre|de){_S}+\Z", re.I)
_PRONOUN = re.compile(rf"\bd['’]entre{_S}(?:eux|elles)\b", re.I)
_SKIPPED = re.compile(r"[«»“”\"'’(),]")


@dataclass(frozen=True)
class Quantity:
    """A quantity in a text, with what it measures; `unit` is empty where the sentence does not say it."""

    start: int
    end: int
    value: float | None
    high: float | None
    unit: str  # a unit of facts.MEASURES, a key of Facts.counted, cents, or empty
    kind: str  # as numbers.Number.kind
    per: str | None = None
    hedge: str | None = None


def read(text: str, start: int, end: int, facts: Facts) -> list[Quantity]:
    """The quantities of the sentence text[start:end], in order; dates, ages, clock times, ordinals and numbers of articles left out."""
    sentence = text[start:end]
    found = [_measure(sentence, number, facts) for number in numbers.scan(sentence) if not _is_no_quantity(sentence, number)]
    found += _vague(sentence, found)
    found = _ranges(sentence, sorted(found, key=lambda quantity: quantity.start))
    found = list(_inherit(sentence, found, facts))
    return [replace(quantity, start=quantity.start + start, end=quantity.end + start) for quantity in found]


def _is_no_quantity(text: str, number: Number) -> bool:
    before, after = text[: number.start], text[number.end :]
    if number.kind not in ("digits", "words"):
        return False
    if _NOT_BEFORE.search(before) or _DATE_AFTER.match(after):
        return True
    measured = _MEASURE.match(after)
    if (_NOT_AFTER.match(after) and not measured) or re.match(r"[^\W\d_]{4,}", after):
        return True
    digits = text[number.start : number.end]
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", digits) and not measured:
        return True
    if _CLOCK_AFTER.match(after):
        return True
    if re.search(rf"\d{_S}?h{_S}?\Z", before):
        return True
    return bool(
        measured
        and measured["hours"]
        and _CLOCK_BEFORE.search(before)
        and not _PERIOD.match(after[measured.end() :].lstrip())
    )


def _measure(text: str, number: Number, facts: Facts) -> Quantity:
    after = text[number.end :]
    shift = _OF_MONEY.match(after)
    skip = shift.end() if shift else 0
    match = _MEASURE.match(after[skip:])
    value, end = number.value, number.end
    if match:
        end = number.end + skip + match.end()
        unit = next(name for name in ("percent", "EUR", "cent", "USD", "CHF", "hours", "minutes", "times") if match[name])
        unit = {"percent": "%", "cent": "cents"}.get(unit, unit)
        if match["cents"] and value is not None:
            value += int(match["cents"]) / 100
    elif _MONEY_BEFORE.search(text[: number.start]):
        unit = "EUR" if text[: number.start].rstrip().endswith("€") else "USD"
    elif number.kind in ("fraction", "ratio"):
        unit = "share"
    else:
        unit = _counted(text, number.start, number.end, facts)
    period = _PERIOD.search(text[end : end + 60]) if unit not in ("%", "share", "times") else None
    per = _PERIODS[(period["period"] or period["adjective"]).lower()] if period else None
    return Quantity(number.start, end, value, None, unit, number.kind, per, _hedge(text, number))


def _counted(text: str, start: int, end: int, facts: Facts) -> str:
    """The counted noun after a number: at most six words on, with no verb-like break, the nearest one."""
    stop = re.search(r"[.;:!?\n]|\d|,", text[end:])
    words = phrases.words(text[end : end + stop.start()] if stop else text[end:])[:5]
    for index in range(len(words)):
        for unit, nouns in facts.counted.items():
            if any(phrases.at(noun, words, index) for noun in nouns):
                return unit
    return ""


def _hedge(text: str, number: Number) -> str | None:
    before = _HEDGE.search(text[max(0, number.start - 60) : number.start])
    if before:
        return re.sub(r"\s+", " ", before["hedge"].lower()).strip()
    if after := _HEDGE_AFTER.match(text[number.end : number.end + 40]):
        return after[1].lower()
    first = _COLLECTIVE_HEDGE.match(text[number.start : number.end])
    return first[0].lower() if first and number.kind in ("collective", "vague") else None


def _vague(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    for match in _MONEY_VAGUE.finditer(text):
        if not any(quantity.start < match.end() and match.start() < quantity.end for quantity in found):
            noun = match["noun"].lower()
            unit = {"c": "cents", "e": "EUR", "h": "hours", "m": "minutes"}[noun[0]]
            yield Quantity(match.start(), match.end(), None, None, unit, "vague", None, match["word"].lower())


def _ranges(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Join "entre 20 et 60 heures", "de 10 à 20 euros", "4 ou 5", "10-20 %"."""
    joined: list[Quantity] = []
    for quantity in found:
        low = joined[-1] if joined else None
        if low is not None and low.high is None and low.value is not None and quantity.value is not None:
            between = text[low.end : quantity.start]
            opened = _RANGE_OPEN.search(text[: low.start])
            word = _JOIN.match(between)
            same = low.unit in ("", quantity.unit) or quantity.unit == ""
            if (
                word
                and same
                and low.value < quantity.value
                and (word[0].strip() != "et" or (opened and opened[0].startswith(("entre", "Entre"))))
            ):
                hedge = low.hedge or (
                    opened[0].strip().lower() if opened and opened[0].lower().startswith("entre") else None
                )
                joined[-1] = replace(
                    quantity,
                    start=low.start,
                    value=low.value,
                    high=quantity.value,
                    unit=quantity.unit or low.unit,
                    hedge=hedge,
                )
                continue
        joined.append(quantity)
    return joined


def _inherit(text: str, found: Sequence[Quantity], facts: Facts) -> Iterator[Quantity]:
    """Give a bare number the unit of the number before it, or of the nearest counted noun before it in the sentence."""
    last: Quantity | None = None
    for quantity in found:
        if not quantity.unit:
            unit = last.unit if last is not None and last.unit in facts.counted else ""
            quantity = replace(quantity, unit=unit)
        if quantity.unit:
            last = quantity
        yield quantity
