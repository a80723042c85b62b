"""The facts that figures may restate, and the words that say what a study counts (`models/facts.yml`)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from presstm import phrases, settings
from presstm.errors import SettingsError
from presstm.phrases import Phrase

MEASURES = ("EUR", "USD", "CHF", "%", "times", "hours", "minutes", "seconds", "days", "weeks", "months", "km")
# Units of quantities that facts are not stated in -> the unit, and how much of it one is.
CONVERTED = {"cents": ("EUR", 0.01), "USD cents": ("USD", 0.01), "share": ("%", 100.0)}
PERIODS = ("hour", "day", "week", "month", "year", "task")
CONTEXTS = ("money", "time", "rate", "duration", "share", "count")

# A value as French prints thousands, which YAML takes for one with three decimals.
_THOUSANDS = re.compile(
    r"\b(?:value|low|high)[ \t]*:[ \t]*(?:\[[^\]]*?|(?:\s+-[ \t]+\S+)*?\s+-[ \t]+)?(?<![\d.])([1-9]\d{0,2}\.\d{3})(?![\d.])"
)


@dataclass(frozen=True)
class Context:
    """Words of which one must, and words of which none may, stand in the sentence, or in the clause before the number."""

    requires: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    not_of: tuple[Phrase, ...] = ()  # in the clause

    def holds(self, occurs: Callable[[Phrase], bool]) -> bool:
        """Whether a sentence fits, of which `occurs` tells whether a phrase stands in it."""
        return (not self.requires or any(map(occurs, self.requires))) and not any(map(occurs, self.unless))


@dataclass(frozen=True)
class Fact:
    """A fact: an exact value (`low` = `high`), a value known to lie between two, a range (`is_range`), or none (both None)."""

    key: str
    name: Mapping[str, str]
    low: float | None
    high: float | None
    is_range: bool
    units: frozenset[str]
    per: str | None
    tolerance: float
    context: Context
    part_of: str | None
    note: str
    exact: float = -1.0  # distance up to which the number speaks for itself, whatever the words; -1 if it never does


@dataclass(frozen=True)
class Facts:
    """What a study counts, when other quantities belong to it, and its known facts."""

    counted: Mapping[str, tuple[Phrase, ...]]
    contexts: Mapping[str, Context]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    at_work: tuple[Phrase, ...] = ()  # nouns of `counted` of which even a few, in words, are a figure: cinq livreurs

    def wholes(self, key: str) -> list[str]:
        """The facts that hold fact `key` as a part, nearest first."""
        found: list[str] = []
        above = self.facts[key].part_of
        while above is not None:
            found.append(above)
            above = self.facts[above].part_of
        return found


def load(path: Path) -> Facts:
    """Read the facts.

    Raises:
        SettingsError: the file is not valid, with the key and the reason (and the line where YAML itself is wrong).
    """
    raw = settings.read_yaml(path)
    if point := _THOUSANDS.search(path.read_text(encoding="utf-8")):
        plain = point[1].replace(".", "")
        raise SettingsError(
            f"{path}: {point[1]} is read as {float(point[1]):g}: write {plain}, or fewer or more decimals if that is what is meant"
        )
    _keys(f"{path}", raw, {"tolerance", "counted", "at_work", "contexts", "facts"})
    tolerance = _tolerance(f"{path}: tolerance", raw.get("tolerance", 0.05))
    counted = {str(unit): _patterns(f"{path}: counted, {unit}", words) for unit, words in _mapping(path, raw, "counted")}
    contexts = {str(name): _context(f"{path}: contexts, {name}", value) for name, value in _mapping(path, raw, "contexts")}
    if unknown := sorted(set(contexts) - set(CONTEXTS)):
        raise SettingsError(f"{path}: contexts, unknown key {unknown[0]} (known: {', '.join(CONTEXTS)})")
    known = {*counted, *MEASURES}
    facts = {
        str(key): _fact(f"{path}: fact {key}", str(key), value, known, tolerance)
        for key, value in _mapping(path, raw, "facts")
    }
    for key, fact in facts.items():
        seen, above = {key}, fact.part_of
        while above is not None:
            if above not in facts:
                raise SettingsError(f"{path}: fact {key}: part_of {above}, which is no fact")
            if above in seen:
                raise SettingsError(f"{path}: fact {key}: is a part of itself through part_of")
            seen.add(above)
            above = facts[above].part_of
    return Facts(counted, contexts, facts, _patterns(f"{path}: at_work", raw.get("at_work", [])))


def _fact(where: str, key: str, raw: Any, known: set[str], tolerance: float) -> Fact:
    _keys(
        where,
        raw,
        {"name", "value", "low", "high", "unit", "per", "tolerance", "exact", "with", "unless", "part_of", "note"},
    )
    bounds = _bounds(where, raw)
    units = _units(where, raw.get("unit"), known)
    if raw.get("per") not in (None, *PERIODS):
        raise SettingsError(f"{where}: unknown period {raw['per']} (known: {', '.join(PERIODS)})")
    name = raw.get("name", key)
    return Fact(
        key=key,
        name={language: str(name[language]) for language in name}
        if isinstance(name, dict)
        else {"fr": str(name), "en": str(name)},
        low=bounds[0] if bounds else None,
        high=bounds[-1] if bounds else None,
        is_range=isinstance(raw.get("value"), list),
        units=units,
        per=raw.get("per"),
        tolerance=_tolerance(f"{where}: tolerance", raw.get("tolerance", tolerance)),
        exact=_number(f"{where}: exact", raw["exact"], low=0) if "exact" in raw else -1.0,
        context=_context(where, {name: raw.get(name, []) for name in ("with", "unless")}),
        part_of=raw.get("part_of"),
        note=str(raw.get("note", "")),
    )


def _bounds(where: str, raw: Mapping[str, Any]) -> list[float]:
    """A value, or the two ends of a range; empty if neither is given."""
    if "value" in raw and ("low" in raw or "high" in raw):
        raise SettingsError(f"{where}: give value, or low and high, not both")
    if ("low" in raw) != ("high" in raw):
        raise SettingsError(f"{where}: low and high go together")
    value = raw.get("value")
    if isinstance(value, list) and len(value) != 2:
        raise SettingsError(f"{where}: value is a number, or a range of two numbers")
    given = value if isinstance(value, list) else [raw[name] for name in ("value", "low", "high") if name in raw]
    bounds = [_number(where, number) for number in given]
    if 0 in bounds:
        raise SettingsError(f"{where}: a value is 0, of which no tolerance is a share")
    if bounds and bounds[0] > bounds[-1]:
        raise SettingsError(f"{where}: low is above high")
    return bounds


def _units(where: str, raw: Any, known: set[str]) -> frozenset[str]:
    units = frozenset(raw if isinstance(raw, list) else [raw])
    if wrong := sorted(str(unit) for unit in units if unit not in known):
        raise SettingsError(f"{where}: unknown unit {wrong[0]} (known: {', '.join(sorted(known))})")
    return units


def _context(where: str, raw: Any) -> Context:
    names = ("with", "unless", "not_of")
    _keys(where, raw, set(names))
    return Context(*(_patterns(f"{where}, {name}", raw.get(name, [])) for name in names))


def _patterns(where: str, raw: Any) -> tuple[Phrase, ...]:
    if not isinstance(raw, list) or not all(isinstance(text, str) for text in raw):
        raise SettingsError(f"{where}: expected a list of words")
    parsed = tuple(phrases.parse(text) for text in raw)
    for phrase, text in zip(parsed, raw, strict=True):
        if not phrase or all(set(word) == {"*"} for word in phrase):
            raise SettingsError(f"{where}: {text!r} holds no word")
        if any(sign in text for sign in "|~@<>"):
            raise SettingsError(f"{where}: {text!r} is in the notation of themes: here, words and *, and a list for several")
    return parsed


def _mapping(path: Path, raw: Mapping[str, Any], name: str) -> list[tuple[Any, Any]]:
    value = raw.get(name, {})
    if not isinstance(value, dict):
        raise SettingsError(f"{path}: {name}: expected keys and values")
    return list(value.items())


def _number(where: str, raw: Any, low: float | None = None) -> float:
    number = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) <= sys.float_info.max
    if not number or (low is not None and raw < low):
        raise SettingsError(f"{where}: expected a number{'' if low is None else f' from {low}'}, got {raw!r}")
    return float(raw)


def _tolerance(where: str, raw: Any) -> float:
    number = _number(where, raw, low=0)
    if number >= 1:
        raise SettingsError(f"{where}: {raw} is a share of the value, so less than 1: 0.08 is 8 %")
    return number


def _keys(where: str, raw: Any, known: set[str]) -> None:
    if not isinstance(raw, dict):
        raise SettingsError(f"{where}: expected keys and values, found {type(raw).__name__}")
    if unknown := sorted(set(map(str, raw)) - known):
        raise SettingsError(f"{where}: unknown key {unknown[0]} (known: {', '.join(sorted(known))})")
