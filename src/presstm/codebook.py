"""The codebook: themes defined by rules over the words of a sentence, and the matcher that finds them.

Rules are patterns of words compared without case and accents (see `models/themes.yml` for the notation). They are compiled to
plain comparisons of words, no regular expressions, so that no pattern can hang.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from presstm import settings as settings_module
from presstm.errors import SettingsError
from presstm.phrases import fold
from presstm.theming import theme_keys

# A number with its groups and decimals, or a word with its inclusive endings (travailleur·se·s).
_WORD = re.compile(r"\d+(?:[.\u00a0\u202f ]\d{3})*(?:,\d+)?(?!\w)|\w+(?:[·•‧∙]\w+|\.(?:e|es|se|ses|ne|nes|rice|rices|s)\b)*")
_ELIDED = re.compile(r"[ldLD]['’ʼ]")
_INCLUSIVE = re.compile(r"[·•‧∙.]")
_NUMBER = re.compile(r"[0-9]+(?:[.\u00a0\u202f ][0-9]{3})*(?:,[0-9]+)?$")
_GAP = re.compile(r"~(\d{1,2})$")
_LIMIT = re.compile(r"([<>])(\d+)$")
_ITEM = re.compile(r"{0}(\|{0})*\Z".replace("{0}", r"\*?[^\W_]+\*?(_[^\W_]+\*?)*"))
_MAX_PATTERNS = 1000
_VOWELS = tuple("aeiouyh")
_NUMBER_WORDS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quelques": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "poignee": 5, "dizaine": 10, "douzaine": 12, "quinze": 15, "quinzaine": 15, "vingt": 20,
    "vingtaine": 20, "trente": 30, "trentaine": 30, "quarante": 40, "quarantaine": 40, "cinquante": 50,
    "cinquantaine": 50, "soixante": 60, "soixantaine": 60, "cent": 100, "centaine": 100, "mille": 1000, "millier": 1000,
}  # fmt: skip

LANGUAGES = ("fr", "en")
CLASSIFIER = "classifier"  # the rule id of the classifier's evidence
_Line = Callable[..., int]  # keys and numbers that lead to a value -> its line


@dataclass(frozen=True)
class Pattern:
    """Items (alternatives of words, word beginnings or ends, or a limit for a number) and, before each, the words allowed between."""

    items: tuple[str, ...]
    gaps: tuple[int, ...]


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
        raise SettingsError(f"{where}: must be words joined by |, without spaces or other lists, found {words!r}")
    compile_pattern(words, where)


def _theme(where: str, line: _Line, key: str, raw: Any, lists: Mapping[str, str]) -> Theme:
    if not isinstance(raw, dict):
        raise SettingsError(f"{where} (line {line()}): expected name, definition and rules")
    texts = ("name", "definition", "in", "out", "borderline")
    _known_keys(where, line, raw, (*texts, "rules"))
    if not isinstance(raw.get("rules"), list) or not raw["rules"]:
        raise SettingsError(f"{where} (line {line('rules')}): needs at least one rule under `rules:`")
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
        raise SettingsError(f"{where} (line {line()}): every rule needs an id and a pattern, found {raw!r}")
    if not isinstance(raw["id"], str) or not raw["id"].strip() or raw["id"] == CLASSIFIER:
        raise SettingsError(
            f"{where} (line {line('id')}): the id of a rule must be text, in quotes if it is a number, "
            f"and not {CLASSIFIER}, found {raw['id']!r}"
        )
    where = f"{where}, rule {raw['id']}"
    _known_keys(where, line, raw, ("id", "pattern", "unless", "weight", "with"))
    found = {}
    for name in ("pattern", "with", "unless"):
        value = raw.get(name, [])
        if name == "pattern" and isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(pattern, str) for pattern in value):
            raise SettingsError(
                f"{where} (line {line(name)}): `{name}` must be a list of patterns, each in quotes, found {value!r}"
            )
        found[name] = tuple(
            pattern
            for number, text in enumerate(value)
            for pattern in compile_pattern(text, f"{where} (line {line(name, number)})", lists)
        )
    if not found["pattern"]:
        raise SettingsError(f"{where} (line {line('pattern')}): needs at least one pattern")
    weight = raw.get("weight", 1)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
        raise SettingsError(f"{where} (line {line('weight')}): `weight` must be a number from 0 to 1, found {weight!r}")
    return Rule(raw["id"], found["pattern"], found["with"], found["unless"], float(weight))


def compile_pattern(text: str, where: str = "pattern", lists: Mapping[str, str] | None = None) -> tuple[Pattern, ...]:
    """Compile the notation of the codebook; `lists` are the words that @names stand for.

    Returns:
        One pattern, and one more for each alternative of several words (premier_ministre).

    Raises:
        SettingsError: it does not follow the notation.
    """
    items: list[str] = []
    gaps: list[int] = []
    gap = 0
    for step in text.split():
        if match := _GAP.match(step):
            gap = int(match[1])
            if not items:
                raise SettingsError(f"{where}: {text!r} begins with a gap")
            continue
        names = step.split("|")
        if unknown := [name for name in names if name.startswith("@") and name[1:] not in (lists or {})]:
            raise SettingsError(f"{where}: {unknown[0]} is not under `lists:`")
        item = fold("|".join((lists or {})[name[1:]] if name.startswith("@") else name for name in names))
        if not (_ITEM.match(item) or _LIMIT.match(item)):
            raise SettingsError(
                f"{where}: {step!r} is not a word, words joined by |, a beginning*, an @list, a number <50 or a gap ~3"
                f"{_repaired(step, lists or {})}"
            )
        items.append(item)
        gaps.append(gap)
        gap = 0
    if not items or gap:
        raise SettingsError(f"{where}: {text!r} {'ends with a gap' if items else 'is empty'}")
    patterns = tuple(itertools.islice(_expanded(items, gaps), _MAX_PATTERNS + 1))
    if len(patterns) > _MAX_PATTERNS:
        raise SettingsError(f"{where}: alternatives of several words make more than {_MAX_PATTERNS} patterns of it")
    if elided := [one for pattern in patterns for one in _elided(pattern)]:
        raise SettingsError(f"{where}: {text!r} never matches: {elided[0]}' is left out of the words, so leave it out here")
    return patterns


def _repaired(step: str, lists: Mapping[str, str]) -> str:
    """A hint at what may be meant: words that are cut at hyphens and apostrophes, or joined by commas or slashes."""
    joined = re.sub(r"[,/|]+", "|", step).strip("|")
    meant = re.sub(r"\b[ld]_", "", re.sub(r"[-‑'’ʼ]+", "_", joined), flags=re.I)
    if meant == step:
        return ""
    try:
        compile_pattern(meant, "", lists)
    except SettingsError:
        return ""
    return f": write {meant}"


def _elided(pattern: Pattern) -> Iterator[str]:
    """Every d and l right before a word with which French elides it."""
    for item, after, gap in zip(pattern.items, pattern.items[1:], pattern.gaps[1:], strict=False):
        if item in ("d", "l") and not gap and all(word.startswith(_VOWELS) for word in after.split("|")):
            yield item


def _expanded(items: Sequence[str], gaps: Sequence[int]) -> Iterator[Pattern]:
    choices = []
    for item in items:
        alternatives = item.split("|")
        plain = "|".join(word for word in alternatives if "_" not in word)
        choices.append([*([[plain]] if plain else []), *(word.split("_") for word in alternatives if "_" in word)])
    for chosen in itertools.product(*choices):
        steps = [
            (word, gap if not n else 0) for words, gap in zip(chosen, gaps, strict=True) for n, word in enumerate(words)
        ]
        yield Pattern(tuple(word for word, _ in steps), tuple(gap for _, gap in steps))


def _languages(where: str, line: _Line, name: str, raw: Any) -> Mapping[str, str]:
    if isinstance(raw, str):
        return {"fr": raw, "en": raw}
    if not isinstance(raw, dict) or not all(isinstance(text, str) for text in raw.values()):
        raise SettingsError(f"{where} (line {line(name)}): `{name}` must be a text, or one text per language")
    _known_keys(where, partial(line, name), raw, LANGUAGES)
    return raw


def _known_keys(where: str, line: _Line, raw: Mapping[Any, Any], known: Sequence[str]) -> None:
    if unknown := [key for key in raw if key not in known]:
        raise SettingsError(
            f"{where} (line {line(unknown[0])}): unknown key {unknown[0]} (known: {', '.join(sorted(known))})"
        )


# --- matching ---------------------------------------------------------------------------------------------------------


def words_of(sentence: str) -> list[tuple[str, int, int]]:
    """(word, start, end) of every word, folded, but the elided l' and d'; an inclusive form (travailleur·se·s) is one word."""
    return [
        (_folded(m.group()), m.start(), m.end()) for m in _WORD.finditer(sentence) if not _ELIDED.match(sentence, m.start())
    ]


def _folded(word: str) -> str:
    if word[0].isdigit():
        return word
    first, *endings = _INCLUSIVE.split(fold(word))
    return f"{first}s" if endings and endings[-1].endswith("s") and not first.endswith("s") else first


def matcher(themes: Sequence[Theme]) -> Callable[[str], list[Hit]]:
    """A function from a sentence to the hits of all rules, in the order of the codebook.

    Its cost is a few dictionary look-ups per word, and a comparison for each pattern whose first word is there.
    """
    rules = [(theme.key, rule) for theme in themes for rule in theme.rules]
    patterns = [(number, pattern) for number, (_, rule) in enumerate(rules) for pattern in rule.patterns]
    whole: dict[str, set[int]] = {}
    beginnings: dict[str, set[int]] = {}
    others: set[int] = set()
    for place, (_, pattern) in enumerate(patterns):
        for alternative in pattern.items[0].split("|"):
            bare = alternative.rstrip("*")
            if bare.startswith(("*", "<", ">")):
                others.add(place)
            else:
                (whole if bare == alternative else beginnings).setdefault(bare, set()).add(place)

    @lru_cache(1 << 16)
    def starts(word: str) -> list[tuple[int, Pattern]]:
        """The patterns whose first item fits the word."""
        found = {place for place in others if _fits(patterns[place][1].items[0], word)} | whole.get(word, set())
        for length in range(1, len(word) + 1):
            found |= beginnings.get(word[:length], set())
        return [patterns[place] for place in sorted(found)]

    def match(sentence: str) -> list[Hit]:
        found = words_of(sentence)
        words = [word for word, _, _ in found]
        spans: dict[int, set[tuple[int, int]]] = {}
        for position, word in enumerate(words):
            for number, pattern in starts(word):
                if (last := _end(pattern, words, position)) >= 0:
                    spans.setdefault(number, set()).add((position, last))
        hits = []
        for number in sorted(spans):
            theme, rule = rules[number]
            if _allowed(rule, words):
                for first, last in sorted(spans[number]):
                    hits.append(Hit(theme, rule.id, found[first][1], found[last][2], rule.weight))
        return hits

    return match


def _allowed(rule: Rule, words: list[str]) -> bool:
    if rule.requires and not any(_occurs(pattern, words) for pattern in rule.requires):
        return False
    return not any(_occurs(pattern, words) for pattern in rule.unless)


def _occurs(pattern: Pattern, words: list[str]) -> bool:
    return any(_end(pattern, words, start) >= 0 for start in range(len(words)))


def _end(pattern: Pattern, words: list[str], start: int) -> int:
    """Index of the last word of the nearest match that begins at word `start`, or -1."""
    if start >= len(words) or not _fits(pattern.items[0], words[start]):
        return -1
    if len(pattern.items) == 1:
        return start
    reached = [start]
    for item, gap in zip(pattern.items[1:], pattern.gaps[1:], strict=True):
        near: Iterable[int] = range(reached[0] + 1, reached[0] + gap + 2)
        if len(reached) > 1:
            near = sorted({at + 1 + skip for at in reached for skip in range(gap + 1)})
        reached = [at for at in near if at < len(words) and _fits(item, words[at])]
        if not reached:
            return -1
    return reached[0]


@lru_cache(1 << 18)
def _fits(item: str, word: str) -> bool:
    if limit := _LIMIT.match(item):
        value = _value(word)
        return value is not None and (value < float(limit[2]) if limit[1] == "<" else value > float(limit[2]))
    whole, beginnings, ends, pieces = _alternatives(item)
    return word in whole or word.startswith(beginnings) or word.endswith(ends) or any(piece in word for piece in pieces)


@lru_cache(1 << 16)
def _alternatives(item: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The alternatives of an item without their stars: whole words, beginnings, ends, and what may stand anywhere in a word."""
    kinds: dict[tuple[bool, bool], list[str]] = {(star, other): [] for star in (False, True) for other in (False, True)}
    for one in item.split("|"):
        kinds[one.startswith("*"), one.endswith("*")].append(one.strip("*"))
    whole, beginnings, ends, pieces = (tuple(kinds[stars]) for stars in sorted(kinds))
    return frozenset(whole), beginnings, ends, pieces


def _value(word: str) -> float | None:
    """The number that a word stands for: digits with French groups and comma, or a small number word."""
    if not _NUMBER.match(word):
        return _NUMBER_WORDS.get(word)
    return float(re.sub(r"[.\s]", "", word).replace(",", "."))
