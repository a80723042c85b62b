"""Spans that name something in one sentence: known names, and what the language model found, mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from presstm import names
from presstm.gazetteer import Entry, Form, Gazetteer
from presstm.parts import Part, Sentence, Token, Word

_TITLES = frozenset(
    "m mm mme mmes mlle monsieur madame messieurs mesdames me dr docteur pr professeur professeure maître président présidente "
    "ministre sénateur sénatrice député députée maire directeur directrice avocat avocate sociologue chercheur chercheuse "
    "économiste secrétaire journaliste".split()
)
_EDGES = frozenset("de du des d' à au aux en l' le la les un une et ou par pour sur dans chez avec selon que qu'".split())
_NEVER_ALONE = frozenset(("ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "PRON", "SCONJ", "VERB"))


class Span(NamedTuple):
    """Characters [start, end) of a part that name something; `entry` if known."""

    start: int
    end: int
    label: str
    method: str
    entry: Entry | None = None


def find(part: Part, sentence: Sentence, known: Gazetteer) -> list[Span]:
    """Spans of a sentence, in order, without overlap: known names first, then the model's where nothing is known."""
    words = _words(part, sentence)
    tokens = part.tokens_between(sentence.start, sentence.end)
    modelled = [span for span in (_mended(part, run) for run in _runs(tokens)) if span is not None]
    spans = _known(part, words, known, modelled)
    taken = list(spans)
    for span in modelled:
        if not any(span.start < other.end and other.start < span.end for other in taken):
            spans.append(span)
    return sorted(spans)


def _words(part: Part, sentence: Sentence) -> Sequence[Word]:
    return [word for word in part.words if sentence.start <= word.start < sentence.end]


def _known(part: Part, words: Sequence[Word], known: Gazetteer, modelled: Sequence[Span]) -> list[Span]:
    spans = []
    for match in known.matches(part.text, words):
        start, end = words[match.first].start, words[match.last - 1].end
        form = _choice(match.forms, part, start, end, first=match.first == 0, modelled=modelled)
        if form is not None:
            spans.append(Span(start, end, form.entry.label, "gazetteer", form.entry))
    return spans


def _choice(
    forms: Sequence[Form], part: Part, start: int, end: int, *, first: bool, modelled: Sequence[Span]
) -> Form | None:
    """The form meant, or None: strong ones win, weak ones need a name's place in the sentence."""
    covering = [span for span in modelled if span.start < end and start < span.end]
    if any(span.label == "PER" and span.end - span.start > end - start for span in covering):
        return None
    for form in forms:
        if not form.weak:
            return form
    if first and not covering:
        return None
    places = [form for form in forms if form.entry.label == "LOC"]
    if places and names.fold(part.text[:start]).endswith((" a ", " en ")):
        return places[0]
    return next((form for form in forms if form.entry.label != "LOC"), places[0] if places else None)


def _runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens of each entity that the model found."""
    runs: list[list[Token]] = []
    for token in tokens:
        if token.ent.startswith("B-"):
            runs.append([token])
        elif token.ent and runs and runs[-1][-1].ent:
            runs[-1].append(token)
    return runs


def _mended(part: Part, run: Sequence[Token]) -> Span | None:
    """The model's span without titles, articles and punctuation around the name; None if no name is left."""
    label = run[0].ent[2:]
    first, last = 0, len(run)
    while first < last and (_is_edge(run[first]) or names.fold(run[first].text).strip(".") in _TITLES):
        first += 1
    while last > first and _is_edge(run[last - 1]):
        last -= 1
    if first == last:
        return None
    start, end = run[first].start, run[last - 1].end
    text = part.text[start:end]
    if not any(char.isupper() for char in text) or "\n" in text:
        return None
    if last - first == 1 and run[first].pos in _NEVER_ALONE:
        return None
    return Span(start, end, label, "model")


def _is_edge(token: Token) -> bool:
    if not any(char.isalnum() for char in token.text):
        return True
    return token.text.replace("’", "'").lower() in _EDGES
