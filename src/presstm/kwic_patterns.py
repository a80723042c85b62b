"""Patterns of a concordance: words in a row, alternatives (a|b; whole ones between spaces, a | b), and gaps (~3: up to three words)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from presstm import phrases
from presstm.errors import InputError
from presstm.phrases import Word

_GAP = re.compile(r"~(\d{1,2})\Z")
_OPERATORS = {  # of search engines and of CQL, which would be looked for as words and signs
    **dict.fromkeys(("OR", "OU"), "part patterns by |"),
    **dict.fromkeys(("AND", "ET"), "use --with for a word beside the match"),
    **dict.fromkeys(("NOT", "SAUF"), "use --without for a word that must not be there"),
    "NEAR": "write ~3 for up to three words between",
}
_CQL = re.compile(r"\[\s*\w+\s*!?=")


class Step(NamedTuple):
    """Alternatives for one word, and how many other words may stand before it."""

    items: tuple[str, ...]
    gap: int


def compile_pattern(pattern: str, key: Callable[[str], str]) -> list[list[Step]]:
    """The alternatives of a pattern, each a row of steps; `key` makes of a word what is compared.

    Raises:
        InputError: the pattern, or an alternative, holds no word, or it is written as for another program.
    """
    if _CQL.search(pattern):
        raise InputError(f"{pattern!r} is CQL: write the words alone, and --by lemma to compare lemmas")
    whole = [_steps(pattern, each, key) for each in re.split(r"(?:\A|\s+)\|(?:\s+|\Z)", pattern.strip())]
    if not all(whole):
        raise InputError(f"the pattern {pattern!r} holds no word{' beside a |' if len(whole) > 1 else ''}")
    return whole


def has_symbol(compiled: Sequence[Sequence[Step]]) -> bool:
    """Whether any step is a symbol, which the text then has to hold."""
    return any(phrases.has_symbol(item) for steps in compiled for step in steps for item in step.items)


def _steps(pattern: str, one: str, key: Callable[[str], str]) -> list[Step]:
    steps: list[Step] = []
    gap = 0
    for piece in one.split():
        if piece in _OPERATORS:
            raise InputError(f"{piece!r} would be read as a word: {_OPERATORS[piece]}, or write it in small letters")
        if match := _GAP.match(piece):
            gap = int(match[1])
            if not steps:
                raise InputError(f"the pattern {pattern!r} begins with a gap")
            continue
        alternatives = [phrases.parse(word, key, symbols=True) for word in piece.split("|")]
        if len(alternatives) > 1 and any(len(words) != 1 for words in alternatives):
            raise InputError(f"{piece!r}: a|b joins single words; put spaces around | to join more than one")
        items = zip(*alternatives, strict=True) if len(alternatives) > 1 else ((word,) for word in alternatives[0])
        for number, item in enumerate(items):
            steps.append(Step(item, 0 if number else gap))
        gap = 0
    if gap:
        raise InputError(f"the pattern {pattern!r} ends with a gap")
    return steps


def matches(compiled: Sequence[Sequence[Step]], words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """First and last word of every match, the nearest one from each word where an alternative begins."""
    found = set()
    for steps in compiled:
        gaps = [step.gap for step in steps]
        for start, word in enumerate(words):
            if _fits(steps[0], word) and (last := phrases.nearest(steps, gaps, words, start, _fits)) >= 0:
                found.add((start, last))
    yield from sorted(found)


def _fits(step: Step, word: Word) -> bool:
    return any(phrases.fits(item, word.folded) for item in step.items)
