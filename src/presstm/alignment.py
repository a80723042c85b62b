"""Local alignment of two texts given as words: the passages they share, in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_MAX_PLACES = 20  # a shingle that a text repeats more often starts no run
_MAX_GAP = 8  # words that may differ inside a passage, on either side


@dataclass(frozen=True, order=True)
class Run:
    """Equal words: `length` words from word `a` of one text and word `b` of the other."""

    a: int
    b: int
    length: int


def runs(a: Sequence[int], b: Sequence[int], shortest: int) -> list[Run]:
    """Maximal runs of at least `shortest` equal words, longest first where they overlap; sorted by place in `a`.

    Each word of either text is in one run at most; runs may cross (a moved paragraph).
    """
    places: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place in range(len(b) - shortest + 1):
        places[tuple(b[place : place + shortest])].append(place)
    seen: dict[int, int] = {}  # diagonal -> where its last run ends in a
    found: list[Run] = []
    for start in range(len(a) - shortest + 1):
        others = places.get(tuple(a[start : start + shortest]), ())
        if len(others) > _MAX_PLACES:
            continue
        for other in others:
            diagonal = other - start
            if seen.get(diagonal, -1) > start:
                continue
            length = shortest
            while start + length < len(a) and other + length < len(b) and a[start + length] == b[other + length]:
                length += 1
            seen[diagonal] = start + length - shortest + 1
            found.append(Run(start, other, length))
    return _disjoint(found, len(a), len(b), shortest)


def _disjoint(found: list[Run], a_length: int, b_length: int, shortest: int) -> list[Run]:
    free_a, free_b = bytearray(b"\1") * a_length, bytearray(b"\1") * b_length
    kept: list[Run] = []
    for run in sorted(found, key=lambda run: (-run.length, run.a, run.b)):
        first = 0
        while first < run.length:
            last = first
            while last < run.length and free_a[run.a + last] and free_b[run.b + last]:
                last += 1
            if last - first >= shortest:
                kept.append(Run(run.a + first, run.b + first, last - first))
                for place in range(first, last):
                    free_a[run.a + place] = free_b[run.b + place] = 0
            first = last + 1
    return sorted(kept)


def passages(found: Sequence[Run]) -> list[list[Run]]:
    """Join runs that follow one another in both texts with at most eight other words between them."""
    joined: list[list[Run]] = []
    for run in found:
        if joined:
            last = joined[-1][-1]
            gap_a, gap_b = run.a - last.a - last.length, run.b - last.b - last.length
            if 0 <= gap_a <= _MAX_GAP and 0 <= gap_b <= _MAX_GAP:
                joined[-1].append(run)
                continue
        joined.append([run])
    return joined
