"""What the words around a name say about a person: occupation, gender, and whether it is a person at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from presstm.parts import Mention, Part
from presstm.quoting.noun_phrases import STOPS, TITLES

_STRESSED = re.compile(r",\s(elle|lui)\s?,")  # X, elle, …
_AGE = re.compile(r",\s(?:âgée?\sde\s)?\d{1,3}\sans(?=,)")  # X, 34 ans, sociologue
_PREFIXES = frozenset("vice sous ex co sans demi porte non".split())
_DOERS = {
    "fond": "fondateur",
    "cofond": "cofondateur",
    "cré": "créateur",
    "cocré": "cocréateur",
    "dirig": "dirigeant",
    "présid": "président",
}


def introductions(part: Part, mention: Mention) -> Iterator[tuple[str, str]]:
    """(noun, gender) of nouns that introduce a person: la sociologue X; X, sociologue; X est sociologue."""
    words = part.words
    index = part.word_index(mention.start)
    for position in _before(part, index, 7):
        word = words[position]
        token = part.token_at(word.start)
        if word.low in STOPS or word.low in ("et", "à", "chez", "avec", "qui", "que"):
            break
        if token is not None and token.pos in ("VERB", "AUX"):
            break
        if token is not None and token.pos == "NOUN" and word.low not in TITLES and feature(token.morph, "Number") != "Plur":
            yield token.text.lower(), feature(token.morph, "Gender") or ""
    age = _AGE.match(part.text, mention.end)
    after = part.word_index(age.end() if age else mention.end)
    if after < len(words) and words[after].low in (",", "est", "était", "("):
        for position in range(after + 1, min(after + 7, len(words))):
            word = words[position]
            token = part.token_at(word.start)
            if word.low in STOPS | {",", "qui", "que", "de", "du", "à", "au", "dans", "chez"}:
                break
            if token is not None and token.pos in ("NOUN", "ADJ"):
                yield token.text.lower(), feature(token.morph, "Gender") or ""


def _before(part: Part, index: int, most: int) -> range:
    """Positions of at most `most` words before words[index], the nearest first; none behind de: le travail de X is not X."""
    near = [word.low for word in part.words[max(0, index - 2) : index]]
    owned = near[-1:] == ["de"] or near == ["d", "'"]
    return range(index - 1, index - 1 if owned else max(-1, index - 1 - most), -1)


def founded(part: Part, mention: Mention) -> Iterator[str]:
    """What a passive says that a person did: fondateur in "fondée à X par Y"."""
    before = part.text[max(0, mention.start - 90) : mention.start].lower()
    match = re.search(
        r"\b(fond|cofond|cré|cocré|dirig|présid)ée?s?\b[^.;:!?\n]{0,45}\bpar\s(?:(?:[\w'’.-]+\s){1,4}et\s)?\Z", before
    )
    if match:
        yield _DOERS[match[1]]


def described(part: Part, mention: Mention) -> set[str]:
    """Words longer than three letters, in lower case, of what stands around a name to say who it is."""
    end = re.compile(r"[,)]?[^,.;:!?()«»\n]*").match(part.text, mention.end)
    after = part.text[mention.end : end.end()] if end and part.text[mention.end : mention.end + 1] in ",(" else ""
    before = re.split(r"[.;:!?()«»\n]", part.text[max(0, mention.start - 70) : mention.start])[-1]
    return {word.lower() for word in re.findall(r"\w{4,}", f"{before} {after}")}


def gender_clues(part: Part, mention: Mention) -> Iterator[str]:
    """Fem or Masc for every clue around a name: Mme, la, une; the ending of an occupation."""
    index = part.word_index(mention.start)
    words = part.words
    for position in range(max(0, index - 2), index):
        if TITLES.get(words[position].low):
            yield TITLES[words[position].low]
            yield TITLES[words[position].low]
            yield TITLES[words[position].low]
    for position in _before(part, index, 4):
        if words[position].low in STOPS or words[position].low == ",":
            break
        if words[position].low in ("la", "cette", "une", "sa", "ma"):
            yield "Fem"
            break
        if words[position].low in ("le", "ce", "cet", "un", "du", "au"):
            yield "Masc"
            break
    stressed = _STRESSED.match(part.text, mention.end)
    if stressed:
        yield {"elle": "Fem", "lui": "Masc"}[stressed[1]]
    for noun, _ in introductions(part, mention):
        if re.search(r"(?:trice|euse|ière|enne|ante|ée|cate|atrice|autrice|présidente)$", noun):
            yield "Fem"
        elif re.search(r"(?:teur|eur|ier|ien|ant|é|cat|président)$", noun):
            yield "Masc"


def is_place(part: Part, mention: Mention) -> bool:
    """Whether one word after à, depuis, vers … is more likely a place that the tagger took for a person."""
    before = part.text[max(0, mention.start - 8) : mention.start]
    return " " not in mention.text and bool(re.search(r"\b(?:à|depuis|vers|de|d['’]|en)\s?\Z", before))


def is_subject(part: Part, mention: Mention) -> bool:
    """Whether a mention is a subject, or whose opinion follows (selon X, pour X)."""
    before = part.text[max(0, mention.start - 14) : mention.start].lower()
    opinion = re.search(r"\b(?:selon|pour|d['’]après)\s(?:mm?e?\.?\s|le |la |l['’])?\Z", before)
    if opinion or _STRESSED.match(part.text, mention.end):
        return True
    tokens = part.tokens_between(mention.start, mention.end)
    titles = [
        part.tokens[token.head] for token in tokens if token.dep in ("flat:name", "appos") and token.head < len(part.tokens)
    ]
    return any(token.dep in ("nsubj", "nsubj:pass", "dislocated", "ROOT") for token in [*tokens, *titles])


def same_noun(a: str, b: str) -> bool:
    """Whether two nouns are one word, in either gender (chercheur, chercheuse), or one is part of the other: enseignante-chercheuse."""
    a, b = (unicodedata.normalize("NFD", noun).encode("ascii", "ignore").decode() for noun in (a, b))
    return any(_alike(one, other) for one in _parts(a) for other in _parts(b))


def _parts(noun: str) -> list[str]:
    first, *rest = noun.split("-")
    return [noun, first, *rest] if rest and first not in _PREFIXES else [noun]


def _alike(a: str, b: str) -> bool:
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= 4 and common >= max(len(a), len(b)) - 4


def feature(morph: str, name: str) -> str | None:
    """Value of a morphological feature, or None."""
    match = re.search(rf"\b{name}=(\w+)", morph)
    return match[1] if match else None
