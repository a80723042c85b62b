"""Words and phrases compared without case and accents, with `*` for any run of letters: `micro travailleur*`, `*clic*`.

Apostrophes, hyphens and spaces part words, so `micro travailleur*` meets micro-travailleurs and « micro travailleurs ».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import filterfalse
from typing import Literal, NamedTuple, TypeVar

_WORD = re.compile(r"[^\W_]+|_")
_ITEM = re.compile(r"(?:[^\W_]|\*)+")
_SYMBOL = re.compile(r"[^\w\s'’‘ʼ‐‑*-]")  # no word, and nothing that parts words or is a wildcard
_WORD_OR_SYMBOL, _ITEM_OR_SYMBOL = (re.compile(f"{kind.pattern}|{_SYMBOL.pattern}") for kind in (_WORD, _ITEM))

Phrase = tuple[str, ...]
_Item = TypeVar("_Item")
_Text = TypeVar("_Text")


class Word(NamedTuple):
    """A word with its offsets; `folded` is what is compared, and the part of speech, where that is known and looked for."""

    start: int
    end: int
    folded: str
    pos: str = ""


def unaccented(text: str, form: Literal["NFD", "NFKD"] = "NFD") -> str:
    """The text without accents; by NFKD also without compatibility variants, such as the ligature ﬁ."""
    return text if text.isascii() else "".join(filterfalse(unicodedata.combining, unicodedata.normalize(form, text)))


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case without accents; oe for œ, ae for æ."""
    return unaccented(text.lower().replace("œ", "oe").replace("æ", "ae"))


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Folded, with plain letters and digits for their variants: fi for the ligature ﬁ, 2 for ₂."""
    return fold(unaccented(text, "NFKD"))


def words(text: str, key: Callable[[str], str] = fold, *, symbols: bool = False) -> list[Word]:
    """The words of a text, in order, with its `symbols` if they count; `key` makes of each what is compared."""
    found = (_WORD_OR_SYMBOL if symbols else _WORD).finditer(text)
    return [Word(match.start(), match.end(), key(match.group())) for match in found]


def parse(pattern: str, key: Callable[[str], str] = fold, *, symbols: bool = False) -> Phrase:
    """The words of a pattern (and its `symbols`), as `key` makes them; `*` stays. Empty if the pattern holds no word."""
    return tuple(key(piece) for piece in (_ITEM_OR_SYMBOL if symbols else _ITEM).findall(pattern))


def has_symbol(pattern: str) -> bool:
    """Whether a pattern holds a symbol: %, «, but no apostrophe, hyphen or wildcard."""
    return bool(_SYMBOL.search(pattern))


def fits(item: str, word: str) -> bool:
    """Whether a folded word fits a word of a pattern, in time linear in the word."""
    first, *rest = item.split("*")
    if not rest:
        return word == first
    *middle, last = rest
    if len(word) < len(first) + len(last) or not word.startswith(first) or not word.endswith(last):
        return False
    at, end = len(first), len(word) - len(last)
    for piece in middle:
        at = word.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def at(phrase: Phrase, text: Sequence[Word], index: int) -> bool:
    """Whether the phrase stands at word `index`."""
    return index + len(phrase) <= len(text) and all(
        fits(item, word.folded) for item, word in zip(phrase, text[index : index + len(phrase)], strict=True)
    )


def nearest(
    items: Sequence[_Item], gaps: Sequence[int], text: Sequence[_Text], index: int, fits: Callable[[_Item, _Text], bool]
) -> int:
    """Index of the last word of the nearest row of words that fits, or -1.

    Args:
        items: what fits each word of the row.
        gaps: how many other words may stand before each; that before the first does not count.
        text: the words.
        index: the first word of the row, which fits the first item.
        fits: whether a word fits an item.
    """
    reached = [index]
    for item, gap in zip(items[1:], gaps[1:], strict=True):
        near: Iterable[int] = range(reached[0] + 1, reached[0] + gap + 2)
        if len(reached) > 1:
            near = sorted({at + 1 + skip for at in reached for skip in range(gap + 1)})
        reached = [at for at in near if at < len(text) and fits(item, text[at])]
        if not reached:
            return -1
    return reached[0]


def line(text: Sequence[Word]) -> str:
    """The folded words, each between spaces: what `occurs` looks in."""
    return " ".join(["", *(word.folded for word in text), ""])


def occurs(phrase: Phrase, text: str) -> bool:
    """Whether the phrase stands anywhere in a `line` of words."""
    needle = _needle(phrase)
    if needle is not None:
        return needle in text
    words = text.split()
    return any(all(map(fits, phrase, words[index : index + len(phrase)])) for index in range(len(words) - len(phrase) + 1))


@lru_cache(maxsize=10_000)
def _needle(phrase: Phrase) -> str | None:
    """What stands in a line if, and only if, the phrase does; None where a star keeps it from being one piece of text."""
    if len(phrase) == 1:
        bare = phrase[0].strip("*")
        before, after = ("" if star else " " for star in (phrase[0].startswith("*"), phrase[0].endswith("*")))
        return None if "*" in bare or not bare else before + bare + after
    joined = " ".join(phrase)
    if "*" not in joined:
        return f" {joined} "
    return f" {joined[:-1]}" if joined.index("*") == len(joined) - 1 and len(phrase[-1]) > 1 else None
