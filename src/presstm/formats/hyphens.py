"""Words that the end of a line cuts: made whole, unless the text has them with a hyphen elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

_LONGEST_WORD = 100  # characters
_CUT = re.compile(r"([^\W\d_]+)[-‐]$")  # a word at its hyphen
_TAIL = re.compile(r"[a-zà-ÿ]+")
_HYPHENED = re.compile(r"\b([^\W\d_]+)-(?=([^\W\d_]+))")


def kept(text: str) -> Mapping[str, Set[str]]:
    """What stands before a hyphen within a word -> what stands after it, in lower case."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in _HYPHENED.finditer(text.lower()):
        found[match[1]].add(match[2])
    return found


def cut_word(text: str) -> str | None:
    """What stands before the hyphen at which the last word of a text is cut."""
    found = _CUT.search(text, max(0, len(text) - _LONGEST_WORD))
    return found[1] if found else None


def joined(lines: Iterable[str], hyphened: Mapping[str, Set[str]]) -> str:
    """Lines as one text; a word cut at its hyphen is made whole, unless the text has it with the hyphen elsewhere (`kept`)."""
    pieces: list[str] = []
    last = ""
    for line in lines:
        head, tail = cut_word(last), _TAIL.match(line)
        if head and head[:1].isupper() and line[:1].isupper():
            pass  # Saint-|Orsel
        elif head and tail:
            if not any(end.startswith(tail.group()) for end in hyphened.get(head.lower(), ())):
                pieces[-1] = last[:-1]
        elif last:
            pieces.append(" ")
        pieces.append(line)
        last = line
    return "".join(pieces)
