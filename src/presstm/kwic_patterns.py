"""Patterns of a concordance: words in a row, alternatives (a|b; whole ones between spaces, a | b), gaps (~3: up to three words), and
parts of speech ([ADJ]; livre[VERB]).
"""

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
_TAGGED = re.compile(r"([^\[\]]*)\[([^\W\d_]+)\]\Z")
POS = tuple(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
)  # of Universal Dependencies
_SIGNS = ("PUNCT", "SYM")


class Item(NamedTuple):
    """What a word is compared with, and its part of speech; any, if that is empty."""

    word: str
    pos: str = ""


class Step(NamedTuple):
    """Alternatives for one word, and how many other words may stand before it."""

    items: tuple[Item, ...]
    gap: int


def compile_pattern(pattern: str, key: Callable[[str], str]) -> list[list[Step]]:
    """The alternatives of a pattern, each a row of steps; `key` makes of a word what is compared.

    Raises:
        InputError: the pattern, or an alternative, holds no word, or it is written as for another program.
    """
    if _CQL.search(pattern):
        raise InputError(
            f"{pattern!r} is CQL: write the words alone, [NOUN] for a part of speech, and --by lemma to compare lemmas"
        )
    whole = [_steps(pattern, each, key) for each in re.split(r"(?:\A|\s+)\|(?:\s+|\Z)", pattern.strip())]
    if not all(whole):
        raise InputError(f"the pattern {pattern!r} holds no word{' beside a |' if len(whole) > 1 else ''}")
    return whole


def symbols(compiled: Sequence[Sequence[Step]]) -> set[str]:
    """The symbols among the steps, which the text then has to hold."""
    return {item.word for item in _items(compiled) if phrases.has_symbol(item.word)}


def counts_symbols(compiled: Sequence[Sequence[Step]]) -> bool:
    """Whether the symbols of the text count like words, as some step is one or asks for one."""
    return bool(symbols(compiled)) or any(item.pos in _SIGNS for item in _items(compiled))


def has_pos(compiled: Sequence[Sequence[Step]]) -> bool:
    """Whether any step asks for a part of speech, so that words have to tell theirs."""
    return any(item.pos for item in _items(compiled))


def _items(compiled: Sequence[Sequence[Step]]) -> Iterator[Item]:
    return (item for steps in compiled for step in steps for item in step.items)


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
        alternatives = [_parsed(one, key) for one in piece.split("|")]
        if len(alternatives) > 1 and any(len(words) != 1 for words in alternatives):
            raise InputError(f"{piece!r}: a|b joins single words; put spaces around | to join more than one")
        items = zip(*alternatives, strict=True) if len(alternatives) > 1 else ((word,) for word in alternatives[0])
        for number, item in enumerate(items):
            steps.append(Step(item, 0 if number else gap))
        gap = 0
    if gap:
        raise InputError(f"the pattern {pattern!r} ends with a gap")
    return steps


def _parsed(one: str, key: Callable[[str], str]) -> tuple[Item, ...]:
    """The words of a piece of a pattern, with the part of speech at its end; other brackets, as of `[sic]`, are symbols."""
    word, pos = match.groups() if (match := _TAGGED.match(one)) else (one, "")
    if pos.upper() in POS:
        return tuple(Item(each, pos.upper()) for each in phrases.parse(word or "*", key, symbols=True))
    if pos.isupper():
        raise InputError(f"{one!r}: no part of speech is called {pos} (known: {', '.join(POS)})")
    return tuple(map(Item, phrases.parse(one, key, symbols=True)))


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
    return any(item.pos in ("", word.pos) and phrases.fits(item.word, word.folded) for item in step.items)
