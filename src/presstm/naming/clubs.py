"""Clubs that sports pages call by their town: "Orsanne mène 2-0", "face à Orsanne", "le groupe d'Orsanne"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from presstm.naming import name_context, names
from presstm.naming.spans import Span, token_range
from presstm.parts import Part, Token

_SPORT = re.compile(
    r"\b(?:match|entra[iî]neur|ligue [12]|championnat|derby|but|buteur|gardien|attaquant|défenseur|pivot|ailier|arbitre|stade|gymnase|vestiaire"
    r"|mi-temps|penalty|club|coach|football|handball|rugby|basket|volley|hockey|doublé|relégation|play-offs?|supporter|promotion|essai)"
    r"(?:s|es|se|ses)?\b",
    re.I,
)
_WORDS = 4  # of sport, different ones, in an article on a match
_TEAM = name_context.words(
    "groupe joueur joueurs joueuse joueuses équipe effectif entraîneur entraîneuse coach gardien gardienne capitaine attaquant vestiaire match "
    "victoire victoires défaite défaites réception but buts hommes filles"
)
_AGAINST = name_context.words("contre devant avant après")
_MEETING = name_context.words(
    "battre recevoir affronter dominer défier accueillir retrouver éliminer écraser renverser rejoindre devancer rencontrer"
)
_PLACING = name_context.words("à en vers depuis dans sur entre chez près hors jusqu'à")
_SCORE = re.compile(r"\s?\(?\d{1,3}\s?[-–]\s?\d{1,3}\b")
_VERSUS = frozenset("–-—")


class _Use(Enum):
    CLUB = "club"
    PLACE = "place"
    OPEN = "open"


def typed(both: Sequence[Part], found: Mapping[str, Sequence[Span]]) -> dict[str, list[Span]]:
    """The spans of the parts of an article; where it tells of a match, towns that play are organisations, unless it says where."""
    words = {match.group().lower().rstrip("es") for part in both for match in _SPORT.finditer(part.text)}
    if len(words) < _WORDS:
        return {name: list(spans) for name, spans in found.items()}
    uses = {(part.name, span.start): _use(part, span) for part in both for span in found[part.name] if span.label == "LOC"}
    text_of = {(part.name, span.start): part.text[span.start : span.end] for part in both for span in found[part.name]}
    clubs = {text_of[place] for place, use in uses.items() if use is _Use.CLUB}
    return {
        part.name: [
            span._replace(label="ORG", method="context", sure=True, entry=None)
            if uses.get((part.name, span.start), _Use.PLACE) is not _Use.PLACE and text_of[part.name, span.start] in clubs
            else span
            for span in found[part.name]
        ]
        for part in both
    }


def _use(part: Part, span: Span) -> _Use:
    sentence = part.sentence_at(span.start)
    tokens = part.tokens_between(sentence.start, sentence.end)
    first, last = token_range(tokens, span.start, span.end)
    before = name_context.low(tokens[first - 1]) if first else ""
    if before in ("de", "d'", "du"):
        return _Use.CLUB if first > 1 and name_context.low(tokens[first - 2]) in _TEAM else _Use.PLACE
    if before in ("a", "au") and first and not name_context.says_where(tokens, first):
        return _Use.CLUB
    if before in _PLACING or before in ("a", "au", "le", "la", "les", "l'", "("):
        return _Use.PLACE
    met = first > 0 and tokens[first - 1].pos == "VERB" and names.fold(tokens[first - 1].lemma) in _MEETING
    versus = first > 1 and tokens[first - 1].text in _VERSUS and tokens[first - 2].text[0].isupper()
    if before in _AGAINST or met or versus or _SCORE.match(part.text, span.end):
        return _Use.CLUB
    return _Use.CLUB if _plays(tokens, last) else _Use.OPEN


def _plays(tokens: Sequence[Token], last: int) -> bool:
    """Whether a verb in the singular follows, past clitics and adverbs: Orsanne n'a plus gagné."""
    for token in tokens[last : last + 4]:
        if token.pos in ("VERB", "AUX"):
            return "Number=Plur" not in token.morph and "VerbForm=Fin" in token.morph
        if token.pos not in ("ADV", "PRON"):
            return False
    return False
