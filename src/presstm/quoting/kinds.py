"""Whether the marks hold somebody's words or a term: rules in order, the first that knows decides.

The module `quotes` tells what the two are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from presstm.parts import Part
from presstm.quoting import headlines, works
from presstm.quoting.attribution import Attribution
from presstm.quoting.clauses import Clauses
from presstm.quoting.guillemets import Quoted
from presstm.quoting.noun_phrases import AUXILIARIES, DETERMINERS

Kind = Literal["direct", "term"]

_DEMONSTRATIVES = frozenset("ce cet cette ces fameux fameuse fameuses célèbres célèbre".split())
_FRAGMENT = re.compile(
    r"(?:que|qu[’']|pas|plus|ne|n[’']|jamais|parce|car|si|comme|mais|très|trop|tellement|une?|aucune?)(?:\b|(?<=[’']))", re.I
)
_NO_MORE = re.compile(r"\s?(?:[.,;!?)]|\Z|\n)")
_PLURAL = frozenset("les des aux".split())
_SOME = frozenset(["certains", "plusieurs"])
_INFINITIVE = re.compile(r"(?:de|à|pour|sans)\s|d[’']", re.I)
_GLOSS = re.compile(
    r"\s?[,(]\s?(?:c[’']est-à-dire|autrement dit|à savoir|comprendre|comprenez|entendez|en (?:français|anglais))\b"
)
_LABEL = 5  # words


@dataclass(frozen=True)
class Stretch:
    """What stands between two marks, with what attributes it.

    `longest` is the number of words up to which it may be a term; `repeated`, whether the part has the same words in marks twice.
    """

    clauses: Clauses
    span: Quoted
    attribution: Attribution | None
    nested: bool
    repeated: bool
    longest: int

    @property
    def part(self) -> Part:
        """Where it stands."""
        return self.clauses.part

    @cached_property
    def text(self) -> str:
        """The words without the marks."""
        return self.part.text[self.span.start : self.span.end]

    @cached_property
    def length(self) -> int:
        """Number of words."""
        return len(re.findall(r"\w+(?:-\w+)*", self.text))

    @cached_property
    def before(self) -> str:
        """The last word before the marks, in lower case."""
        return self.clauses.word_before(self.span)

    @property
    def where(self) -> str | None:
        """Where what attributes it stands."""
        return self.attribution.where if self.attribution else None

    @property
    def cue(self) -> str | None:
        """The verb or preposition that attributes it."""
        return self.attribution.cue if self.attribution else None

    @cached_property
    def is_clause(self) -> bool:
        """Whether a finite verb with something before it stands between the marks, or an imperative that ends in ! or ?."""
        tokens = [token for token in self.part.tokens_between(self.span.start, self.span.end) if token.pos != "PUNCT"]
        finite = [i for i, token in enumerate(tokens) if "VerbForm=Fin" in token.morph and token.pos in ("VERB", "AUX")]
        if not finite or self.length < 2:
            return False
        relative = {token.text.lower() for token in tokens[: finite[0]]} & {"qui", "que", "dont"}
        with_subject = not relative and any(
            token.pos in ("PRON", "NOUN", "PROPN") or token.dep.startswith("nsubj") for token in tokens[: finite[0]]
        )
        return with_subject or (self.text[-1] in "!?." and self.length > 2)


def kind(stretch: Stretch) -> Kind:
    """Direct or term."""
    rules = (_pointed_at, _introduced, _named, _long, _label, _done, _governed, _reported, _begun)
    return next((found for rule in rules if (found := rule(stretch)) is not None), "term")


def _pointed_at(it: Stretch) -> Kind | None:
    """Ces « … »; coupable de « … »; « … », c'est-à-dire."""
    if it.is_clause or it.length > _LABEL:
        return None
    pointed = (it.before in _DEMONSTRATIVES and not _is_own_word(it)) or works.is_a_charge(it.clauses, it.span)
    return "term" if pointed or _GLOSS.match(it.part.text, it.span.outer_end) else None


def _introduced(it: Stretch) -> Kind | None:
    """« … », explique X; X : « … »; scandent « … »."""
    said = it.where in ("after", "inside", "colon") or works.is_displayed(it.clauses, it.span)
    return "direct" if said else None


def _named(it: Stretch) -> Kind | None:
    """A measure, a work or a name: propose de créer une « … »; un livre intitulé « … »."""
    if works.proposes_a_measure(it.clauses, it.span) and not it.is_clause and it.length <= it.longest:
        return "term"
    if it.cue == "dire" == it.clauses.cues.forms.get(it.before):
        return None
    told = it.is_clause and it.where is not None and it.where != "governed"
    titled = it.before in it.clauses.cues.naming
    return "term" if titled or (works.names_a_work(it.clauses, it.span) and not told) else None


def _long(it: Stretch) -> Kind | None:
    return "direct" if it.length > it.longest else None


def _label(it: Stretch) -> Kind | None:
    """A label that others use as well: twice in marks, or pointed at."""
    if it.is_clause:
        return "term" if it.before in _DEMONSTRATIVES else None
    others = it.before in _PLURAL | _DEMONSTRATIVES and not _is_own_word(it)
    return "term" if it.repeated or others else None


def _is_own_word(it: Stretch) -> bool:
    """Whether what follows a verb of speech right away is the speaker's own word: reconnaît des « erreurs »; fustige les (or ces)
    « méthodes de voyous », where the verb judges; but présente les « X », parle des « X »."""
    cues, words = it.clauses.cues, it.part.words
    verb = words[max(0, it.part.word_index(it.span.outer_start) - 2)].low
    if it.where != "governed" or it.cue is None or cues.forms.get(verb) != it.cue:
        return False
    new = it.before == "des" and it.cue not in cues.adjacent_only and it.cue not in (*works.PROPOSING, "parler")
    return new or (it.cue in cues.judging and it.length > 1)


def _done(it: Stretch) -> Kind | None:
    """What somebody does, or nobody in particular says: a lancé un « … »; certains parlent de « … »; ils disent « souplesse »."""
    if it.where != "governed" or it.is_clause or it.attribution is None:
        return None
    phrase = it.attribution.phrase
    nobody = phrase is not None and phrase.determiner in _SOME
    mere_word = it.cue == "dire" and it.nested and it.length == 1
    return "term" if nobody or mere_word or _does(it) else None


def _does(it: Stretch) -> bool:
    """Whether the verb is of what somebody does: a conclu un « … », but conclut à une « … »."""
    if it.cue not in it.clauses.cues.doing or it.before not in DETERMINERS:
        return False
    phrase = it.attribution.phrase if it.attribution and it.cue == "conclure" else None
    after = it.part.words[it.part.word_index(phrase.end) :][:5] if phrase is not None else []
    return not any(word.low == "à" for word in after)


def _governed(it: Stretch) -> Kind | None:
    """Elle dénonce une « … »."""
    return "direct" if it.where == "governed" else None


def _reported(it: Stretch) -> Kind | None:
    """Selon X, la hausse est « … »; X affirme que « … »."""
    if it.where != "reported" or it.attribution is None:
        return None
    whole = (
        it.before in ("que", "qu") and it.length > 1 and it.text[0].islower()
    )  # affirme que « personne ne contrôle rien »
    fragment = it.attribution.predicate and not it.is_clause
    return "direct" if fragment or whole or _judges(it) or _predicates(it) else None


def _judges(it: Stretch) -> bool:
    """Whether the marks hold adjectives alone, which are somebody's opinion: selon lui une « excellente » année."""
    tokens = it.part.tokens_between(it.span.start, it.span.end)
    return it.text[0].islower() and all(token.pos in ("ADJ", "ADV") for token in tokens)


def _predicates(it: Stretch) -> bool:
    """Whether the marks begin with the verb or the determiner of a reported sentence: selon lui, ces emplois « restent dans
    l'ombre », que le projet sera « étudié », "des dizaines de dossiers" sont en cours; a label has its determiner before
    the marks. They hold the verb as well where the sentence ends without another."""
    token = it.part.token_at(it.span.start)
    if token is None:
        return False
    plural = token.pos == "VERB" and token.text.endswith("ent")  # fixent, which the tagger takes for a participle
    participle = "VerbForm=Part" in token.morph and it.before in AUXILIARIES
    if plural or participle or "VerbForm=Fin" in token.morph:
        return True
    last = it.attribution is not None and not it.attribution.predicate and _NO_MORE.match(it.part.text, it.span.outer_end)
    return it.length > 2 and (bool(last) or token.pos == "DET")


def _begun(it: Stretch) -> Kind | None:
    """A clause, a sentence of its own, or what begins like no label: « que deux pauses par jour »."""
    if it.length > 2 and (_FRAGMENT.match(it.text) or _begins_with_infinitive(it)):
        return "direct"
    return "direct" if it.is_clause or (_cites(it) if it.nested else _stands_alone(it)) else None


def _begins_with_infinitive(it: Stretch) -> bool:
    """Whether the marks cut a clause before its infinitive: lui a permis « d'avoir une visibilité »."""
    begins = _INFINITIVE.match(it.text)
    token = it.part.token_at(it.span.start + begins.end()) if begins else None
    return token is not None and "VerbForm=Inf" in token.morph


def _cites(it: Stretch) -> bool:
    """Whether a colon introduces a sentence within another quotation: « L'écran affichait : « Merci à tous. » »."""
    return it.before == ":" and it.text[0].isupper() and it.text[-1] in headlines.ENDS


def _stands_alone(it: Stretch) -> bool:
    """Whether the marks hold a whole sentence: a capital, a sentence end before, a sentence end inside or after; or a subhead."""
    text, span = it.part.text, it.span
    before = text[max(0, span.outer_start - 3) : span.outer_start].rstrip()
    starts = it.text[0].isupper() and (not before or before.endswith((*headlines.ENDS, "»", "”", '"')) or "\n" in before)
    after = text[span.outer_end : span.outer_end + 2].lstrip("\u00a0\u202f ")
    ends = after[:1] in (".", "") or (after[:1] == "\n" and " " in it.text)
    return starts and (it.text[-1] in headlines.ENDS or (ends and it.part.name == "body"))
