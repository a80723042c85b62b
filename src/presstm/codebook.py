"""The codebook: themes defined by rules over the words of a sentence (`presstm.theming.patterns`), and the matcher of all rules."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from presstm import settings as settings_module
from presstm.errors import SettingsError
from presstm.theming import patterns, theme_keys
from presstm.theming.patterns import Pattern

LANGUAGES = ("fr", "en")
CLASSIFIER = "classifier"  # the rule id of the classifier's evidence
_Line = Callable[..., int]  # keys and numbers that lead to a value -> its line


@dataclass(frozen=True)
class Rule:
    """Patterns under one id; they need one of `requires` (if any) and none of `unless` in the same sentence."""

    id: str
    patterns: tuple[Pattern, ...]
    requires: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Theme:
    """A theme of the codebook."""

    key: str
    name: Mapping[str, str]
    definition: Mapping[str, str]
    out: Mapping[str, str]
    rules: tuple[Rule, ...]
    inside: Mapping[str, str] = field(default_factory=dict)
    borderline: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """A rule that matched, with offsets in the string that was searched."""

    theme: str
    rule: str
    start: int
    end: int
    weight: float = 1.0


def added(weights: Iterable[float]) -> float:
    """How far different rules of these weights decide for a theme, 0 to 1; from 1 on, the sentence carries it."""
    return min(1.0, round(math.fsum(weights), 9))  # 0.01 + 0.29 + 0.7 falls short of 1 by a rounding


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in that language, else in another one; empty if there is none."""
    return texts.get(language) or next(iter(texts.values()), "")


def decided(hits: Sequence[Hit], theme: str) -> float:
    """How far the rules that matched decide for a theme, each once: see `added`."""
    return added({hit.rule: hit.weight for hit in hits if hit.theme == theme}.values())


def weights(themes: Sequence[Theme]) -> dict[tuple[str, str], float]:
    """The weight of each rule, by theme and id, in the order of the codebook."""
    return {(theme.key, rule.id): rule.weight for theme in themes for rule in theme.rules}


# --- reading ----------------------------------------------------------------------------------------------------------


def load_codebook(path: Path) -> tuple[Theme, ...]:
    """Read a codebook.

    Raises:
        SettingsError: it is not valid, with the theme, the rule, its line and the reason.
    """
    try:
        content = path.read_bytes()
    except OSError:
        content = b""  # reading it again tells why
    return _read(path, content)


@lru_cache(8)
def _read(path: Path, content: bytes) -> tuple[Theme, ...]:
    raw, line = settings_module.read_yaml_lines(path)
    if not isinstance(raw, dict) or not isinstance(raw.get("themes"), dict) or not raw["themes"]:
        raise SettingsError(f"{path} (line {line('themes')}): expected `themes:` with one key per theme")
    _known_keys(f"{path}", line, raw, ("lists", "themes", "unit"))
    if raw.get("unit", "sentence") != "sentence":
        raise SettingsError(f"{path} (line {line('unit')}): `unit` must be sentence, found {raw['unit']!r}")
    lists = raw.get("lists", {})
    if not isinstance(lists, dict):
        raise SettingsError(f"{path} (line {line('lists')}): `lists` must hold words joined by |, one line per name")
    for name, words in lists.items():
        _check_list(f"{path}: list {name} (line {line('lists', name)})", words)
    seen: dict[str, Any] = {}
    for key in raw["themes"]:
        theme_keys.check(f"{path}: theme {str(key)!r} (line {line('themes', key)})", key, seen)
    return tuple(
        _theme(f"{path}: theme {key}", partial(line, "themes", key), str(key), value, lists)
        for key, value in raw["themes"].items()
    )


def _check_list(where: str, words: Any) -> None:
    if not isinstance(words, str) or re.search(r"[\s@]", words):
        raise SettingsError(
            f"{where}: must be words joined by |, without spaces or other lists (several words: mot_mot), found {words!r}"
        )
    patterns.compile_pattern(words, where)


def _theme(where: str, line: _Line, key: str, raw: Any, lists: Mapping[str, str]) -> Theme:
    if not isinstance(raw, dict):
        raise SettingsError(f"{where} (line {line()}): expected name, definition and rules")
    texts = ("name", "definition", "in", "out", "borderline")
    _known_keys(where, line, raw, (*texts, "rules"))
    if not isinstance(raw.get("rules"), list) or not raw["rules"]:
        raise SettingsError(
            f'{where} (line {line("rules")}): needs at least one rule under `rules:`, as in - {{id: night, pattern: "nuit*"}}'
        )
    name, definition, inside, out, borderline = (_languages(where, line, part, raw.get(part, {})) for part in texts)
    rules: dict[str, Rule] = {}
    for number, one in enumerate(raw["rules"]):
        rule = _rule(where, partial(line, "rules", number), one, lists)
        if rule.id in rules:
            raise SettingsError(f"{where} (line {line('rules', number, 'id')}): rule id {rule.id} is given twice")
        rules[rule.id] = rule
    return Theme(key, name, definition, out, tuple(rules.values()), inside, borderline)


def _rule(where: str, line: _Line, raw: Any, lists: Mapping[str, str]) -> Rule:
    if not isinstance(raw, dict) or "id" not in raw or "pattern" not in raw:
        raise SettingsError(
            f"{where} (line {line()}): every rule needs an id and a pattern, "
            f'as in {{id: night, pattern: "nuit*"}}, found {raw!r}'
        )
    if not isinstance(raw["id"], str) or not raw["id"].strip() or raw["id"] == CLASSIFIER:
        raise SettingsError(
            f"{where} (line {line('id')}): the id of a rule must be text, in quotes if it is a number, "
            f"and not {CLASSIFIER}, found {raw['id']!r}"
        )
    where = f"{where}, rule {raw['id']}"
    _known_keys(where, line, raw, ("id", "pattern", "unless", "weight", "with"))
    found = {name: _patterns(where, line, name, raw.get(name, []), lists) for name in ("pattern", "with", "unless")}
    if not found["pattern"]:
        raise SettingsError(f"{where} (line {line('pattern')}): needs at least one pattern")
    weight = raw.get("weight", 1)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
        raise SettingsError(f"{where} (line {line('weight')}): `weight` must be a number from 0 to 1, found {weight!r}")
    return Rule(raw["id"], found["pattern"], found["with"], found["unless"], float(weight))


def _patterns(where: str, line: _Line, name: str, raw: Any, lists: Mapping[str, str]) -> tuple[Pattern, ...]:
    """The patterns of a rule under `pattern` (one, or a list), `with` or `unless`."""
    given = [raw] if name == "pattern" and isinstance(raw, str) else raw
    if not isinstance(given, list) or not all(isinstance(pattern, str) for pattern in given):
        alone = isinstance(given, str | int | float) and not isinstance(given, bool)
        hint = f': write ["{given}"]' if alone else ""
        raise SettingsError(
            f"{where} (line {line(name)}): `{name}` must be a list of patterns, each in quotes, found {given!r}{hint}"
        )
    places = (f"{where} (line {line(name, number)})" for number in range(len(given)))
    return tuple(
        pattern
        for text, place in zip(given, places, strict=True)
        for pattern in patterns.compile_pattern(text, place, lists)
    )


def _languages(where: str, line: _Line, name: str, raw: Any) -> Mapping[str, str]:
    if isinstance(raw, str):
        return {"fr": raw, "en": raw}
    if not isinstance(raw, dict) or not all(isinstance(text, str) for text in raw.values()):
        raise SettingsError(
            f"{where} (line {line(name)}): `{name}` must be a text, or one text per language, in quotes if it holds a comma or colon"
        )
    _known_keys(where, partial(line, name), raw, LANGUAGES)
    return raw


def _known_keys(where: str, line: _Line, raw: Mapping[Any, Any], known: Sequence[str]) -> None:
    if unknown := [key for key in raw if key not in known]:
        comma = "" if isinstance(unknown[0], str) else ": write 0.5, not 0,5"
        raise SettingsError(
            f"{where} (line {line(unknown[0])}): unknown key {unknown[0]} (known: {', '.join(sorted(known))}){comma}"
        )


# --- matching ---------------------------------------------------------------------------------------------------------


def matcher(themes: Sequence[Theme]) -> Callable[[str], list[Hit]]:
    """A function from a sentence to the hits of all rules, in the order of the codebook.

    Its cost is a few dictionary look-ups per word, and a comparison for each pattern whose first word is there.
    """
    rules = [(theme.key, rule) for theme in themes for rule in theme.rules]
    compiled = [(number, pattern) for number, (_, rule) in enumerate(rules) for pattern in rule.patterns]
    whole: dict[str, set[int]] = {}
    beginnings: dict[str, set[int]] = {}
    others: set[int] = set()
    for place, (_, pattern) in enumerate(compiled):
        for alternative in pattern.items[0].split("|"):
            bare = alternative.rstrip("*")
            if bare.startswith(("*", "<", ">")):
                others.add(place)
            else:
                (whole if bare == alternative else beginnings).setdefault(bare, set()).add(place)

    @lru_cache(1 << 16)
    def starts(word: str) -> list[tuple[int, Pattern]]:
        """The patterns whose first item fits the word."""
        found = {place for place in others if patterns.fits(compiled[place][1].items[0], word)}
        found.update(whole.get(word, ()), *(beginnings.get(word[:length], ()) for length in range(1, len(word) + 1)))
        return [compiled[place] for place in sorted(found)]

    def match(sentence: str) -> list[Hit]:
        found = patterns.words_of(sentence)
        words = [word for word, _, _ in found]
        spans: dict[int, set[tuple[int, int]]] = {}
        for position, word in enumerate(words):
            for number, pattern in starts(word):
                if (last := patterns.end(pattern, words, position)) >= 0:
                    spans.setdefault(number, set()).add((position, last))
        return [
            Hit(theme, rule.id, found[first][1], found[last][2], rule.weight)
            for theme, rule, places in ((*rules[number], spans[number]) for number in sorted(spans))
            if _allowed(rule, words)
            for first, last in sorted(places)
        ]

    return match


def _allowed(rule: Rule, words: list[str]) -> bool:
    if rule.requires and not any(patterns.occurs(pattern, words) for pattern in rule.requires):
        return False
    return not any(patterns.occurs(pattern, words) for pattern in rule.unless)
