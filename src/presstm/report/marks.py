"""Text with marks, as far as the report may show text: whole sentences, short windows around marks, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

WINDOW = 200  # characters, the most that a snippet shows of a sentence


@dataclass(frozen=True)
class Span:
    """Characters of a part that carry a class (none: they are not marked) and a label (a rule, a name)."""

    start: int
    end: int
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Piece:
    """A run of text with the classes and labels of the spans that cover it."""

    text: str
    kinds: str = ""
    label: str = ""


def pieces(text: str, start: int, end: int, spans: Iterable[Span]) -> list[Piece]:
    """`text[start:end]` cut wherever a span begins or ends."""
    inside = sorted(
        (max(start, span.start), min(end, span.end), span.kind, span.label)
        for span in spans
        if span.start < end and span.end > start
    )
    cuts = sorted({start, end, *(cut for a, b, _, _ in inside for cut in (a, b))})
    made: list[Piece] = []
    over: list[tuple[int, int, str, str]] = []
    begun = 0
    for left, right in pairwise(cuts):
        while begun < len(inside) and inside[begun][0] == left:
            over.append(inside[begun])
            begun += 1
        over = [span for span in over if span[1] > left]
        kinds = " ".join(dict.fromkeys(kind for _, _, kind, _ in over if kind))
        made.append(Piece(text[left:right], kinds, "; ".join(dict.fromkeys(label for *_, label in over if label))))
    return made


def shown(text: str, start: int, end: int, spans: Iterable[Span], mode: str) -> list[Piece]:
    """What the share mode lets one see of `text[start:end]`: all of it, a window around the first span, or nothing."""
    inside = sorted(
        (span for span in spans if span.start < end and span.end > start), key=lambda span: (span.start, span.end)
    )
    if mode == "full":
        return pieces(text, start, end, inside)
    if mode == "none" or not inside:
        return []
    left, right = window(inside[0].start, inside[0].end, start, end)
    made = pieces(text, left, right, inside)
    return [*([Piece("… ")] if left > start else []), *made, *([Piece(" …")] if right < end else [])]


def window(first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """At most WINDOW characters of [start, end) with [first, last) in the middle, or its beginning if it is longer."""
    first, last = max(first, start), min(last, end)
    if last - first >= WINDOW:
        return first, first + WINDOW
    spare = WINDOW - (last - first)
    left = max(start, first - spare // 2)
    right = min(end, left + WINDOW)
    return max(start, right - WINDOW), right
