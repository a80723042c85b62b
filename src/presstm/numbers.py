"""French numbers as the press writes them: 260 000, 1,3 million, quatre-vingt-dix, une trentaine, la moitié, un sur cinq."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_DIGITS = re.compile(
    rf"(?P<number>\d{{1,3}}(?:(?:{_SPACE}|[.'’])\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?P<scale>(?:{_SPACE}?[Mk](?={_SPACE}?[€$])|{_SPACE}?(?:M|Md|Mds)(?={_SPACE}(?:€|d))))?"
)
_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,'’\u00a0\u2007\u2009\u202f]*")
_BREAK = re.compile(rf"(?:-|‑|{_SPACE}+)\Z")

_UNITS = dict(
    zip(
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(),
        range(1, 17),
        strict=True,
    )
) | {"une": 1}
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_TENS |= {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
_SCALES = {"million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
_COLLECTIVE = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000, "million": 10**6, "milliard": 10**9,
}  # fmt: skip
_FRACTIONS = {"moitié": 1 / 2, "tiers": 1 / 3, "quart": 1 / 4, "quarts": 1 / 4, "cinquième": 1 / 5, "dixième": 1 / 10}
_FRACTIONS |= {"cinquièmes": 1 / 5, "dixièmes": 1 / 10, "centième": 1 / 100}
_LONGEST = 15  # digits of a number
_VAGUE = ("quelques", "plusieurs", "des", "les", "de", "d")

_FIRST = frozenset((*_UNITS, *_TENS, *_VAGUE, "cent", "mille", "mil", "la", "le", "demi"))  # words that a number begins with


class Number(NamedTuple):
    """A number in a text. `value` is None for a vague one (quelques milliers); `kind` is how it is written."""

    start: int
    end: int
    value: float | None
    kind: str  # digits, words, collective, fraction, ratio or vague


class _Word(NamedTuple):
    start: int
    end: int
    low: str


def scan(text: str) -> list[Number]:
    """All numbers of a text in reading order, without overlap.

    The lone words un and une are articles and not numbers; so is "des" without a collective noun after it.
    """
    words = _tokens(text)
    found: list[Number] = []
    at = 0
    while at < len(words):
        number = _number(text, words, at)
        if number is None:
            at += 1
            continue
        found.append(number)
        while at < len(words) and words[at].start < number.end:
            at += 1
    return _ratios(text, found)


def read_words(text: str) -> int | None:
    """The whole number that a text in words spells out, or None: deux cent mille → 200000."""
    words = _tokens(text)
    value, used = _words(text, words, 0)
    return value if used == len(words) and used else None


def _tokens(text: str) -> list[_Word]:
    return [_Word(match.start(), match.end(), match.group().lower()) for match in _TOKEN.finditer(text)]


def _number(text: str, words: Sequence[_Word], at: int) -> Number | None:
    word = words[at]
    if word.low[0].isdigit():
        return _digits(text, words, at)
    if word.low not in _FIRST:
        return None
    for reader in (_fraction, _collective):
        if number := reader(text, words, at):
            return number
    value, used = _words(text, words, at)
    if not used or (used == 1 and value == 1):
        return None
    return _halves(text, words, at + used, Number(word.start, words[at + used - 1].end, value, "words"))


def _digits(text: str, words: Sequence[_Word], at: int) -> Number | None:
    match = _DIGITS.match(text, words[at].start)
    if match is None:
        return None
    number = re.sub(rf"{_SPACE}|['’]", "", match["number"])
    thousands = re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", number)
    value = float((number.replace(".", "") if thousands else number).replace(",", "."))
    if len(number) > _LONGEST:
        return None  # a code
    scale = re.sub(_SPACE, "", match["scale"] or "")
    value *= {"": 1, "k": 1e3, "M": 1e6}.get(scale, 1e9)
    found = Number(words[at].start, match.end(), round(value, 6), "digits")
    following = at + 1
    while following < len(words) and words[following].start < found.end:
        following += 1
    if following == len(words) or not _joined(text, found.end, words[following].start):
        return found
    low = words[following].low
    factor = _SCALES.get(low) or {"mille": 1000, "milliers": 1000}.get(low)
    if not factor:
        return found
    scaled = found._replace(end=words[following].end, value=round(value * factor, 6))
    return _halves(text, words, following + 1, scaled)


def _halves(text: str, words: Sequence[_Word], at: int, number: Number) -> Number:
    """Deux millions et demi."""
    half = _next(text, words, at) == "et" and _next(text, words, at + 1) in ("demi", "demie")
    if half and number.value is not None:
        scale = next((scale for scale in (10**9, 10**6) if number.value % scale == 0), 1)
        return number._replace(end=words[at + 1].end, value=number.value + scale / 2)
    return number


def _fraction(text: str, words: Sequence[_Word], at: int) -> Number | None:
    low = words[at].low
    count, noun = 1, at + 1
    if low in _UNITS and not _is(words, at + 1, _FRACTIONS):
        return None
    if low in _UNITS:
        count = _UNITS[low]
    elif low not in ("la", "le") or not _is(words, at + 1, ("moitié", "tiers", "quart", "dixième", "cinquième")):
        return _half_of_scale(text, words, at)
    if not _joined(text, words[at].end, words[noun].start):
        return None
    if words[noun].low.endswith(("ième", "ièmes")) and not _is(words, noun + 1, ("de", "des", "d", "du")):
        return None  # an ordinal
    value, end = count * _FRACTIONS[words[noun].low], words[noun].end
    if _is(words, noun + 1, ("de", "d")) and _is(words, noun + 2, _SCALES):
        return Number(words[at].start, words[noun + 2].end, value * _SCALES[words[noun + 2].low], "collective")
    return Number(words[at].start, end, value, "fraction")


def _half_of_scale(text: str, words: Sequence[_Word], at: int) -> Number | None:
    if words[at].low == "demi" and _next(text, words, at + 1) in ("million", "milliard"):
        return Number(words[at].start, words[at + 1].end, _SCALES[words[at + 1].low] / 2, "collective")
    return None


def _collective(text: str, words: Sequence[_Word], at: int) -> Number | None:
    """Une trentaine, deux douzaines, des dizaines de milliers, quelques millions."""
    low = words[at].low
    count, used = (None, 1) if low in _VAGUE else _words(text, words, at, scales=False)
    noun = at + used
    if not used or noun >= len(words) or not _joined(text, words[noun - 1].end, words[noun].start):
        return None
    if words[noun].low == "bonne" and noun + 1 < len(words):
        noun += 1
    singular = words[noun].low.removesuffix("s")
    if singular not in _COLLECTIVE or ((count is None) != words[noun].low.endswith("s") and count == 1):
        return None
    if count is not None and singular in ("million", "milliard"):
        return None  # an exact number
    if low in ("les", "de", "d", "des") and not words[noun].low.endswith("s"):
        return None
    value: float | None = None if count is None else count * _COLLECTIVE[singular]
    end = words[noun].end
    if _is(words, noun + 1, ("de",)) and _is(words, noun + 2, ("milliers", "millions", "milliards")):
        value = None if value is None else value * _COLLECTIVE[words[noun + 2].low.removesuffix("s")]
        end = words[noun + 2].end
    return Number(words[at].start, end, value, "vague" if value is None else "collective")


def _words(text: str, words: Sequence[_Word], at: int, *, scales: bool = True) -> tuple[int | None, int]:
    """(value, number of words) of the longest number in words that begins at `at`; (None, 0) if there is none."""
    total, position = 0, at
    for scale in (10**9, 10**6) if scales else ():
        count, used = _thousands(text, words, position)
        if used and _SCALES.get(_next(text, words, position + used)) == scale:
            total, position = total + count * scale, position + used + 1
    count, used = _thousands(text, words, position) if position == at or _linked(text, words, position) else (0, 0)
    if used and _next(text, words, position + used) not in _SCALES:
        total, position = total + count, position + used
    elif used and position == at and not scales:
        total, position = count, position + used
    return (total, position - at) if position > at else (None, 0)


def _thousands(text: str, words: Sequence[_Word], at: int) -> tuple[int, int]:
    count, used = _hundreds(text, words, at)
    if not used and at < len(words) and words[at].low in ("mille", "mil"):
        count, thousand = 1, at
    elif used and _next(text, words, at + used) == "mille":
        thousand = at + used
    else:
        return count, used
    rest, more = _hundreds(text, words, thousand + 1) if _linked(text, words, thousand + 1) else (0, 0)
    return count * 1000 + rest, thousand + 1 - at + more


def _hundreds(text: str, words: Sequence[_Word], at: int) -> tuple[int, int]:
    count, used = _tens(text, words, at)
    if not used and at < len(words) and words[at].low == "cent":
        count, hundred = 1, at
    elif used == 1 and 2 <= count <= 9 and _next(text, words, at + 1) in ("cent", "cents"):
        hundred = at + 1
    else:
        return count, used
    rest, more = _tens(text, words, hundred + 1) if _linked(text, words, hundred + 1) else (0, 0)
    return count * 100 + rest, hundred + 1 - at + more


def _tens(text: str, words: Sequence[_Word], at: int) -> tuple[int, int]:
    if at >= len(words):
        return 0, 0
    low = words[at].low
    if low == "quatre" and _next(text, words, at + 1) in ("vingt", "vingts"):
        ten, used = 80, 2
    elif low in _TENS:
        ten, used = _TENS[low], 1
    elif low == "dix" and _next(text, words, at + 1) in ("sept", "huit", "neuf"):
        return 10 + _UNITS[words[at + 1].low], 2
    elif low in _UNITS:
        return _UNITS[low], 1
    else:
        return 0, 0
    after = at + used
    joint = 1 if _next(text, words, after) == "et" and _next(text, words, after + 1) in ("un", "une", "onze") else 0
    if _linked(text, words, after + joint):
        rest, more = _tens(text, words, after + joint)
        if more and (rest < 10 or (ten in (60, 80) and rest < 20)):
            return ten + rest, used + joint + more
    return ten, used


def _ratios(text: str, found: Sequence[Number]) -> list[Number]:
    """Join "un (micro-travailleur) sur cinq" and "2 salariés sur 3" into one ratio."""
    joined: list[Number] = []
    for number in found:
        before = joined[-1] if joined else None
        first = max(before.end if before else 0, number.start - 60)
        gap = text[first : number.start]
        head = re.search(r"(?:.*\b(une?)\b|^)([^.,;:!?()«»\d]{0,40}?)\bsur\s+\Z", gap, re.I | re.S)
        if head and number.value and number.value > 1 and number.kind in ("digits", "words"):
            if head[1]:
                joined.append(Number(first + head.start(1), number.end, 1 / number.value, "ratio"))
                continue
            whole = before is not None and first == before.end
            if before and whole and before.value and before.value < number.value and before.kind in ("digits", "words"):
                joined[-1] = Number(before.start, number.end, before.value / number.value, "ratio")
                continue
        joined.append(number)
    return joined


def _next(text: str, words: Sequence[_Word], at: int) -> str:
    """The word at `at` if nothing but a space or a hyphen parts it from the one before, else an empty string."""
    return words[at].low if at < len(words) and _linked(text, words, at) else ""


def _linked(text: str, words: Sequence[_Word], at: int) -> bool:
    return 0 < at < len(words) and _joined(text, words[at - 1].end, words[at].start)


def _joined(text: str, end: int, start: int) -> bool:
    return bool(_BREAK.match(text[end:start]))


def _is(words: Sequence[_Word], at: int, choices: object) -> bool:
    return at < len(words) and words[at].low in choices  # type: ignore[operator]
