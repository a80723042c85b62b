"""Acronyms that a text explains: "Fédération des coursiers (FDC)" and "FDC (Fédération des coursiers)".

The short form's letters must be, in order, initials of the long form's words (after Schwartz and Hearst 2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from presstm import names

_SHORT = re.compile(r"(?<=\()[A-ZÀ-Þ][\w.&-]{1,9}(?=\))")
_LONG = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w.&-]{1,9}) \(([^()\n]{6,120})\)")
_LINKS = frozenset("de du des d la le les l et en pour a au aux dans sur".split())
_WORD = re.compile(r"[\w-]+")


class Pair(NamedTuple):
    """Characters of a long and of a short form in a text."""

    long: tuple[int, int]
    short: tuple[int, int]


def find(text: str) -> Iterator[Pair]:
    """Explained acronyms, in no particular order."""
    for match in _SHORT.finditer(text):
        short = match.group()
        single = sum(char.isupper() for char in short) < 2  # Insee, written as a name
        line = max(text.rfind(mark, 0, match.start() - 1) for mark in "\n.;:()") + 1
        words = list(_WORD.finditer(text, line, match.start() - 1))
        start = _exact_beginning(words, names.key(short)) if single else _beginning(words, names.key(short))
        if start is not None and text[words[-1].end() : match.start() - 1].strip('» ”"\u00a0\u202f') == "":
            yield Pair((start, words[-1].end()), match.span())
    for match in _LONG.finditer(text):
        words = list(_WORD.finditer(match[2]))
        initials = [names.fold(word.group())[0] for word in words]
        if sum(char.isupper() for char in match[1]) > 1 and match[2][0].isupper() and _spelt(initials, names.key(match[1])):
            yield Pair((match.start(2), match.end(2)), match.span(1))


def _beginning(words: Sequence[re.Match[str]], letters: str) -> int | None:
    """Where the shortest run of last words begins whose initials spell the letters, or None."""
    for count in range(2, min(len(words), 2 * len(letters) + 5) + 1):
        run = words[-count:]
        if run[0].group()[0].isupper() and _spelt([names.fold(word.group())[0] for word in run], letters):
            return run[0].start()
    return None


def _exact_beginning(words: Sequence[re.Match[str]], letters: str) -> int | None:
    """As `_beginning`, for a run whose words, but for de, la, et …, have just these letters as initials, three at least."""
    for count in range(3, min(len(words), 3 * len(letters)) + 1 if len(letters) > 2 else 0):
        run = words[-count:]
        initials = [names.fold(word.group())[0] for word in run if names.fold(word.group()) not in _LINKS]
        if run[0].group()[0].isupper() and "".join(initials) == letters:
            return run[0].start()
    return None


def _spelt(initials: Sequence[str], letters: str) -> bool:
    """Whether the letters are initials in order, beginning with the first."""
    if len(letters) < 2 or not initials or initials[0] != letters[0]:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def is_short(text: str) -> bool:
    """Whether a name looks like an acronym: one word of at most ten characters, two capitals or more."""
    return len(text) < 11 and text.isalnum() and sum(char.isupper() for char in text) > 1


def spells(short: str, long: str) -> bool:
    """Whether the letters of `short` are initials of the words of `long`, in order."""
    return _spelt([names.fold(word.group())[0] for word in _WORD.finditer(long.replace("'", " "))], names.key(short))
