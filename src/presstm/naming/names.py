"""Names as keys: one form for every way to write a name, and slugs for ids."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})


@lru_cache(1 << 16)
def fold(text: str) -> str:
    """Lower case, without accents and ligatures: "Écho" -> "echo"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(1 << 16)
def key(text: str) -> str:
    """`fold` without anything but letters and digits: "Foule-Factory" and "FouleFactory" share a key."""
    return "".join(char for char in fold(text) if char.isalnum())


def slug_of(entity_id: str) -> str:
    """The simplified name in the id of an entity: "per-clement-le-ludec" -> "clement-le-ludec"."""
    return entity_id.partition("-")[2]


def slug(text: str) -> str:
    """`fold` with one hyphen for every run of other characters: "Clément Le Ludec" -> "clement-le-ludec"."""
    return re.sub(r"[^\w]+|_+", "-", fold(text)).strip("-")
