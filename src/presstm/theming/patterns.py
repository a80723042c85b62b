"""Patterns of words: the notation of the codebook, compiled, and where a pattern stands in a sentence.

Words are compared without case and accents (see `models/themes.yml` for the notation), by plain comparisons and no regular
expressions, so that no pattern can hang.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from presstm.errors import SettingsError
from presstm.phrases import nearest, plain

# A number with its groups and decimals, or a word with its inclusive endings: travailleur·se·s, élu.e.s, élu-e-s, élu(e)s.
_ENDING = r"(?:e|es|se|ses|ne|nes|rice|rices|s)"
_WORD = re.compile(
    r"\d+(?:[.\u00a0\u202f ]\d{3})*(?:,\d+)?(?!\w)"
    rf"|\w+(?:[·•‧∙]\w+|\.{_ENDING}\b|[-‑]{_ENDING}[-‑]s\b|\({_ENDING}\)(?:s\b)?)*"
)
_ELIDED = re.compile(r"[ldLD]['’ʼ]")
_INCLUSIVE = re.compile(r"[·•‧∙.()‑-]")
_NUMBER = re.compile(r"[0-9]+(?:[.\u00a0\u202f ][0-9]{3})*(?:,[0-9]+)?$")
_GAP = re.compile(r"~(\d{1,2})$")
_LIMIT = re.compile(r"([<>])(\d+)$")
_ITEM = re.compile(r"{0}(\|{0})*\Z".replace("{0}", r"\*?[^\W_]+\*?(_[^\W_]+\*?)*"))
_OPERATORS = {  # of search engines
    **dict.fromkeys(("OR", "OU"), "join the words by |"),
    **dict.fromkeys(("AND", "ET"), "give the other word under `with`"),
    **dict.fromkeys(("NOT", "SAUF"), "give what must not be there under `unless`"),
    "NEAR": "write ~3 for up to three words between",
}
_SLIPS = (  # what a step that is no item looks like, and what to write
    (r"~.*", "write ~3, a number from 1 to 99 right after ~"),
    (r"[<>].*", "a limit is < or > and a whole number in digits, alone and without spaces: <1500"),
    (r"\|", "leave out the spaces around |"),
    (r".+~.*", "put a space before ~"),
    (r".+\+.+|[&+]", "give the other word under `with`"),
    (r"[-!]\w.*", "give what must not be there under `unless`"),
    (r"[*.…]+", "write ~3 for up to three words between"),
    (rf".*\w(?:[·•‧∙]\w|\.{_ENDING}\b|\({_ENDING}\)).*", "write the plain plural, which meets inclusive forms as well"),
    (
        r".*[][(){}?^$\\\x08].*|.*\.[*+].*",
        "there are no regular expressions: give each form, joined by |, or its beginning and *",
    ),
    (r"\*?\w+(?:\*+\w+)+\*?", "a * stands at the beginning or end of a word"),
    (r"\w+:.+", "words are compared as they are printed: give each form, joined by |, or its beginning and *"),
    (r"[^\w*@]+", "signs are no words: leave it out"),
)
_MAX_PATTERNS = 1000
_VOWELS = tuple("aeiouyh")
_NUMBER_WORDS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quelques": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "poignee": 5, "dizaine": 10, "douzaine": 12, "quinze": 15, "quinzaine": 15, "vingt": 20,
    "vingtaine": 20, "trente": 30, "trentaine": 30, "quarante": 40, "quarantaine": 40, "cinquante": 50,
    "cinquantaine": 50, "soixante": 60, "soixantaine": 60, "cent": 100, "centaine": 100, "mille": 1000, "millier": 1000,
}  # fmt: skip


@dataclass(frozen=True)
class Pattern:
    """Items (alternatives of words, word beginnings or ends, or a limit for a number) and, before each, the words allowed between."""

    items: tuple[str, ...]
    gaps: tuple[int, ...]


def compile_pattern(text: str, where: str = "pattern", lists: Mapping[str, str] | None = None) -> tuple[Pattern, ...]:
    """Compile the notation of the codebook; `lists` are the words that @names stand for.

    Returns:
        One pattern, and one more for each alternative of several words (premier_ministre).

    Raises:
        SettingsError: it does not follow the notation.
    """
    items, gaps = _items(text, where, lists or {})
    patterns = tuple(itertools.islice(_expanded(items, gaps), _MAX_PATTERNS + 1))
    if len(patterns) > _MAX_PATTERNS:
        raise SettingsError(f"{where}: alternatives of several words make more than {_MAX_PATTERNS} patterns of it")
    if elided := [one for pattern in patterns for one in _elided(pattern)]:
        raise SettingsError(f"{where}: {text!r} never matches: {elided[0]}' is left out of the words, so leave it out here")
    return patterns


def _items(text: str, where: str, lists: Mapping[str, str]) -> tuple[list[str], list[int]]:
    """The items of a pattern, folded, with the words of lists in them, and the words allowed before each."""
    items: list[str] = []
    gaps: list[int] = []
    gap = 0
    for step in text.split():
        if match := _GAP.match(step):
            if gap:
                raise SettingsError(f"{where}: {text!r} has two gaps in a row: write one")
            gap = int(match[1])
            if not items:
                raise SettingsError(f"{where}: {text!r} begins with a gap: write a word before {step}")
            continue
        if items and not gap and _LIMIT.match(items[-1]) and re.fullmatch(r"\d{3}", step):
            raise SettingsError(f"{where}: {text!r} has a space in its number: write {items[-1]}{step}")
        items.append(_item(step, where, lists))
        gaps.append(gap)
        gap = 0
    if not items or gap:
        raise SettingsError(
            f"{where}: {text!r} {f'ends with a gap: write a word after ~{gap}' if items else 'is empty: write a word'}"
        )
    return items, gaps


def _item(step: str, where: str, lists: Mapping[str, str]) -> str:
    operator = _OPERATORS.get(re.sub(r"(?<=^NEAR)[/(]?\d*\)?$", "", step))
    if operator:
        raise SettingsError(f"{where}: {step!r} would be read as a word: {operator}, or write it in small letters")
    names = step.split("|")
    if unknown := [name for name in names if name.startswith("@") and name[1:] not in lists]:
        known = ", ".join(f"@{name}" for name in lists) or "no list"
        raise SettingsError(f"{where}: {unknown[0]} is not under `lists:` (there: {known})")
    item = plain("|".join(lists[name[1:]] if name.startswith("@") else name for name in names))
    if not (_ITEM.match(item) or _LIMIT.match(item)):
        raise SettingsError(
            f"{where}: {step!r} is not a word, words joined by |, a beginning*, an @list, a number <50 or a gap ~3"
            f"{_repaired(step, lists)}"
        )
    return item


def _repaired(step: str, lists: Mapping[str, str]) -> str:
    """What to write: the same with words cut at hyphens, apostrophes and stops, or joined by commas or slashes; else a hint."""
    if slip := next((hint for form, hint in _SLIPS if re.fullmatch(form, step)), ""):
        return f": {slip}"
    joined = re.sub(r"[,;/|]+", "|", re.sub(r"(?<=\d),(?=\d)", "_", step).strip('."“”«»:!?')).strip("|")
    meant = re.sub(r"(?<![^\W_])[ld]_", "", re.sub(r"[-‑'’ʼ.]+", "_", joined), flags=re.I)
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


# --- matching ---------------------------------------------------------------------------------------------------------


def words_of(sentence: str) -> list[tuple[str, int, int]]:
    """(word, start, end) of every word, folded, but the elided l' and d'; an inclusive form (travailleur·se·s) is one word."""
    return [
        (_folded(m.group()), m.start(), m.end()) for m in _WORD.finditer(sentence) if not _ELIDED.match(sentence, m.start())
    ]


def _folded(word: str) -> str:
    if not any(map(str.isalpha, word)):
        return word  # a number as it stands, and no ² or ½
    first, *endings = _INCLUSIVE.split(plain(word).rstrip(")"))
    return f"{first}s" if endings and endings[-1].endswith("s") and not first.endswith("s") else first


def occurs(pattern: Pattern, words: list[str]) -> bool:
    """Whether a pattern stands anywhere in the words of a sentence."""
    return any(end(pattern, words, start) >= 0 for start in range(len(words)))


def end(pattern: Pattern, words: list[str], start: int) -> int:
    """Index of the last word of the nearest match that begins at word `start`, or -1."""
    if start >= len(words) or not fits(pattern.items[0], words[start]):
        return -1
    return start if len(pattern.items) == 1 else nearest(pattern.items, pattern.gaps, words, start, fits)


@lru_cache(1 << 18)
def fits(item: str, word: str) -> bool:
    """Whether an item of a pattern fits a word."""
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
