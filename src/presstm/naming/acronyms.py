"""Acronyms that a text explains: "Fédération des coursiers (FDC)" and "FDC (Fédération des coursiers)".

The short form's letters must be, in order, initials of the long form's words (after Schwartz and Hearst 2003).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from presstm.naming import names

_SHORT = re.compile(r"(?<=\()[A-ZÀ-Þ][\w.&-]{1,9}(?=\))")
_LONG = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w.&-]{1,9}) \(([^()\n]{6,120})\)")
_LINKS = frozenset("de du des d la le les l et en pour a au aux dans sur".split())
_NEVER_FIRST = frozenset("a au aux dans de sur".split())  # À l'agence régionale de santé (ARS)
_HEADS = frozenset(  # nouns of bodies, whose long names press writes without a capital: la direction générale du travail (DGT)
    "agence association autorite caisse centre chambre collectif comite commission confederation conseil coordination delegation "
    "direction ecole federation fondation haute haut inspection institut intersyndicale laboratoire ligue ministere mission "
    "observatoire office organisation secretariat service societe syndicat tribunal union universite".split()
)
_WORD = re.compile(r"[\w-]+")


class Pair(NamedTuple):
    """Characters of a long and of a short form in a text."""

    long: tuple[int, int]
    short: tuple[int, int]


def find(text: str) -> Iterator[Pair]:
    """Explained acronyms, in no particular order."""
    for match in _SHORT.finditer(text):
        short = names.key(match.group())
        named = sum(char.isupper() for char in match.group()) < 2  # Insee, written as a name
        line = max(text.rfind(mark, 0, match.start() - 1) for mark in "\n.;:()") + 1
        words = list(_WORD.finditer(text, line, match.start() - 1))
        start = _beginning(words, short, _spelt_exactly if named else _spelt)
        if start is not None and text[words[-1].end() : match.start() - 1].strip('» ”"\u00a0\u202f') == "":
            yield Pair((start, words[-1].end()), match.span())
    for match in _LONG.finditer(text):
        words = list(_WORD.finditer(match[2]))
        folded = [names.fold(word.group()) for word in words]
        if sum(char.isupper() for char in match[1]) > 1 and match[2][0].isupper() and _spelt(folded, names.key(match[1])):
            yield Pair((match.start(2), match.end(2)), match.span(1))


def _beginning(words: Sequence[re.Match[str]], letters: str, spelt: Callable[[Sequence[str], str], bool]) -> int | None:
    """Where the shortest run of last words begins, the first with a capital, that spell the letters; or None."""
    for count in range(2, min(len(words), 2 * len(letters) + 5) + 1):
        run = words[-count:]
        folded = [names.fold(word.group()) for word in run]
        if (run[0].group()[0].isupper() or folded[0] in _HEADS) and folded[0] not in _NEVER_FIRST and spelt(folded, letters):
            return run[0].start()
    return None


def _spelt(words: Sequence[str], letters: str) -> bool:
    """Whether the letters are initials of the words in order, beginning with the first."""
    if len(letters) < 2 or not words or words[0][0] != letters[0]:
        return False
    initials = iter([word[0] for word in words])
    return all(letter in initials for letter in letters)


def _spelt_exactly(words: Sequence[str], letters: str) -> bool:
    """Whether the letters, three at least, are the initials of all words but de, la, et …"""
    return (
        len(letters) > 2 and words[0] not in _LINKS and "".join(word[0] for word in words if word not in _LINKS) == letters
    )


def is_short(text: str) -> bool:
    """Whether a name looks like an acronym: one word of at most ten characters, two capitals or more."""
    return len(text) < 11 and text.isalnum() and sum(char.isupper() for char in text) > 1


def spells(short: str, long: str) -> bool:
    """Whether the letters of `short` are initials of the words of `long`, in order."""
    return _spelt([names.fold(word.group()) for word in _WORD.finditer(long.replace("'", " "))], names.key(short))
