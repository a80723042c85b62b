"""What a noun that takes a name up says of it: "Xab ferme des comptes. La plateforme se tait." makes Xab a platform."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from presstm.naming import name_context, name_shapes, names
from presstm.naming.spans import Span, token_range
from presstm.parts import Part

_SUBJECT = re.compile(r"(?:[LlCc](?:a|e|ette|et) |S(?:a|on) |[Ll]['’])(?P<noun>[\w-]+)\b(?! (?:de|du|des|d['’]))")
_PLACED = re.compile(r"\b(?:(?P<at>[àÀ])\s|(?:maire|ville|commune|habitants?|région|quartier|gare|près)\s(?:de\s|d['’]))\Z")
_BEFORE = 20  # characters before a place that say so
_GUESSED = ("MISC", "LOC", "PER", "ORG")


def typed(part: Part, spans: Sequence[Span], first_names: Set[str]) -> list[Span]:
    """The spans, with the type of a noun for platforms or firms that begins the next sentence and has no name with it.

    Only a name that the model alone found gets it, if it is the only such name in its sentence.
    """
    found, places = list(spans), _places(part, spans)
    for before, sentence in zip(part.sentences[:-1], part.sentences[1:], strict=True):
        match = _SUBJECT.match(part.text, sentence.start, sentence.end)
        label = name_context.noun_label(names.fold(match["noun"])) if match else None
        if match is None or label not in ("PLATFORM", "ORG"):
            continue
        if any(match.end() <= span.start < match.end() + 3 for span in found):
            continue  # la plateforme X
        guessed = [
            at
            for at, span in enumerate(found)
            if before.start <= span.start < before.end
            and _is_guessed(part, span, first_names)
            and part.text[span.start : span.end] not in places
        ]
        if len({part.text[found[at].start : found[at].end] for at in guessed}) == 1:
            for at in guessed:
                found[at] = found[at]._replace(label=label, method="context")
    return found


def _places(part: Part, spans: Sequence[Span]) -> set[str]:
    """The names of which the text says that something is there or from there: à Orsanne, le maire d'Orsanne."""
    places = [span for span in spans if span.label == "LOC" and _is_where(part, span)]
    return {part.text[place.start : place.end] for place in places}


def _is_where(part: Part, place: Span) -> bool:
    placed = _PLACED.search(part.text, max(0, place.start - _BEFORE), place.start)
    if placed is None or placed["at"] is None:
        return placed is not None
    tokens = part.tokens_between(part.sentence_at(place.start).start, place.end)
    return name_context.says_where(tokens, token_range(tokens, place.start, place.end)[0])


def _is_guessed(part: Part, span: Span, first_names: Set[str]) -> bool:
    text = part.text[span.start : span.end]
    one = " " not in text and not name_shapes.is_first_name(names.fold(text), first_names)
    return span.method == "model" and span.entry is None and span.label in _GUESSED and one
