"""Which person il, elle, la chercheuse or l'avocate stands for, from what the article says of its people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from presstm.article import Article, Place
from presstm.naming import people
from presstm.parts import Mention, Part
from presstm.quoting.noun_phrases import NAMED, PRONOUNS, Grammar, Phrase
from presstm.quoting.speech import Cues

_FAR = 12  # sentences after which a person is referred to by a pronoun only if they spoke before
_HERE = 1.0  # sentences that a person of the same paragraph is nearer
_NEXT = 2  # sentences back to somebody unnamed
_LAST = 3  # sentences back to who spoke last
_MEMORY = 40  # mentions of persons that il and elle may refer to
_LONG = 1500  # characters after which it no longer counts that somebody spoke
_OF_WHAT = re.compile(r"\b(?:du|des|chez|aux?|de la|à la)\s|\b(?:de|à) l['’]|\b(?:de\s|d['’])(?=[^\W\d_a-zà-ÿ])")
_KINDS = {  # what somebody may be called in one word who was introduced with a narrower one
    "élu": ("déput", "sénat", "maire", "conseill", "adjoint", "eurodéput", "bourgmestre", "rapporteu"),
    "parlementaire": ("déput", "sénat", "eurodéput", "rapporteu"),
    "chercheu": (
        "sociolog",
        "économist",
        "anthropolog",
        "historien",
        "géograph",
        "politolog",
        "doctorant",
        "maître",
        "professeur",
    ),
    "universitaire": (
        "sociolog",
        "économist",
        "historien",
        "géograph",
        "politolog",
        "professeur",
        "maître",
        "chercheu",
        "jurist",
    ),
    "scientifique": ("sociolog", "économist", "informaticien", "chercheu", "professeur"),
    "spécialiste": ("sociolog", "économist", "jurist", "chercheu", "professeur", "avocat"),
    "expert": ("sociolog", "économist", "jurist", "chercheu", "consultant", "analyst"),
    "enseignant": ("professeur", "maître"),
    "dirigeant": ("président", "directeur", "directrice", "pdg", "fondat", "cofondat", "patron", "gérant"),
    "patron": ("président", "directeur", "directrice", "pdg", "fondat", "cofondat", "dirigeant", "gérant"),
    "entrepreneu": ("fondat", "cofondat", "président", "dirigeant", "pdg", "patron"),
    "responsable": ("secrétaire", "délégué", "président", "directeur", "directrice", "chargé", "coordina"),
    "syndicaliste": ("secrétaire", "délégué", "représentant", "coordina"),
    "magistrat": ("juge", "procureu", "président", "conseill"),
    "travailleu": ("livreu", "coursier", "coursière", "chauffeu", "modérat", "annotat", "transcript"),
}
_OFFICES = (  # with which somebody who holds one is introduced
    "adjoint",
    "ambassad",
    "avocat",
    "bourgmestre",
    "capitaine",
    "commissaire",
    "conseill",
    "député",
    "directeur",
    "directrice",
    "dirigeant",
    "élu",
    "entraîneu",
    "eurodéput",
    "gérant",
    "inspect",
    "juge",
    "magistrat",
    "maire",
    "ministre",
    "patron",
    "préfet",
    "préfète",
    "présiden",
    "procureu",
    "recteur",
    "rectrice",
    "sénat",
    "sous-préf",
    "vice-présiden",
)
_RELATIONS = (
    "frère",
    "sœur",
    "mère",
    "père",
    "fils",
    "fille",
    "mari",
    "épou",
    "ami",
    "proche",
    "collègue",
    "voisin",
    "avocat",
)
_PARTNERS = (
    "collègue",
    "confrère",
    "consœur",
    "cofondat",
    "associé",
    "coaut",
    "acolyte",
    "compère",
    "comparse",
    "binôme",
    "corapporteu",
    "coprésident",
    "camarade",
    "compagn",
    "complice",
)
_BYLINE = re.compile(
    r"\W*(?:par|de notre|(?:la |le )?(?:chronique|billet|édito\w*|reportage|récit|texte|carnet)s?)\b[^.!?»:]*\Z", re.I
)
_PRESENTED = re.compile(r",\s(?:une?\s|\d\d\sans\b)")  # X, une voisine; X, 24 ans
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[\s-]?){2,4}")
_VOWELS = "aàâeéèêiîoôuh"
_LINE = 90  # characters of a line that only names who wrote
_APPOSED = 25  # characters after a noun in which the name may stand that it introduces
_NEUTRAL = frozenset("général générale exécutif exécutive délégué déléguée adjoint adjointe associé associée".split())


class Referent(NamedTuple):
    """Whom a pronoun stands for: a person by entity, or somebody unnamed by the words for them."""

    entity_id: str | None
    words: str = ""


def _signs(part: Part, mention: Mention) -> bool:
    """Whether a mention stands in a line that names who wrote the article: Par X; LA CHRONIQUE DE X."""
    start, end = part.paragraphs[part.paragraph_at(mention.start)]
    return end - start <= _LINE and _BYLINE.match(part.text[start:end].rstrip()) is not None


@dataclass
class Persons:
    """The persons of an article, and who spoke so far."""

    article: Article
    grammar: Grammar
    names: dict[str, str]  # entity_id -> name
    spoken: list[tuple[int, str]] = field(default_factory=list)
    ever: set[str] = field(default_factory=set)  # who spoke at all

    @property
    def _cues(self) -> Cues:
        return self.grammar.cues

    @cached_property
    def found(self) -> list[Place]:
        """Mentions of persons, in reading order."""
        return self.article.labelled(("PER",))

    @cached_property
    def _at(self) -> list[int]:
        return [position for position, _, _ in self.found]

    @cached_property
    def _occupations(self) -> dict[str, list[set[str]]]:
        """For each time that the text introduces a person (la sociologue X; X, sociologue), the nouns that do."""
        said: dict[str, list[set[str]]] = {}
        for _, part, mention in self.found:
            nouns = {noun for noun, _ in people.introductions(part, mention)} - self._cues.documents  # dans son livre, X
            if re.search(r"\b(?:Me|Maître|maître)\s\Z", part.text[max(0, mention.start - 8) : mention.start]):
                nouns.add("avocat")
            nouns.update(people.founded(part, mention))
            if nouns:
                said.setdefault(mention.entity_id, []).append(nouns)
        return said

    @cached_property
    def _described(self) -> dict[str, set[str]]:
        """Words by which the text says who each person is."""
        said: dict[str, set[str]] = {}
        for _, part, mention in self.found:
            said.setdefault(mention.entity_id, set()).update(people.described(part, mention))
        return said

    @cached_property
    def _genders(self) -> dict[str, str]:
        votes: dict[str, dict[str, int]] = {}
        for _, part, mention in self.found:
            counts = votes.setdefault(mention.entity_id, {"Fem": 0, "Masc": 0})
            for gender in people.gender_clues(part, mention):
                counts[gender] += 1
            if by_name := self._gender_of_name(self.names.get(mention.entity_id, mention.text)):
                counts[by_name] += 2
        return {
            entity_id: "Fem" if counts["Fem"] > counts["Masc"] else "Masc"
            for entity_id, counts in votes.items()
            if counts["Fem"] != counts["Masc"]
        }

    def _gender_of_name(self, name: str) -> str | None:
        first, *rest = name.lower().split() or [""]
        known = self._cues.genders.get(first) or self._cues.genders.get(first.split("-")[0])
        if not rest:
            return known
        return known or ("Fem" if re.search(r"(?:a|ine|ette|elle|ienne|ie|ée)$", first) else None)

    @cached_property
    def _leading(self) -> set[str]:
        """Persons named in the title or in the first sentence."""
        body = self.article.body
        end = self.article.order(body, body.sentences[0].end) if body.sentences else 0
        return {mention.entity_id for position, _, mention in self.found if position < end}

    @cached_property
    def _unnamed(self) -> dict[str, list[tuple[int, str, Phrase]]]:
        """By part, (offset, gender, phrase) of subjects in the singular that are somebody by what they do, without a name."""
        return {part.name: list(self._subjects(part)) for part in (self.article.title, self.article.body)}

    def _subjects(self, part: Part) -> Iterator[tuple[int, str, Phrase]]:
        for token in part.tokens:
            if token.pos != "NOUN" or part.mention_at(token.start) is not None:
                continue
            begins = token.dep == "ROOT" and len(part.text[part.sentence_at(token.start).start : token.start].split()) == 1
            if not (token.dep.startswith("nsubj") or begins):  # Le maire, dont la fille …, se tait: no subject to the parser
                continue
            gender = people.feature(token.morph, "Gender")
            if (
                gender is None
                or people.feature(token.morph, "Number") == "Plur"
                or not self.grammar.is_human(token.text.lower())
            ):
                continue
            phrase = self.grammar.phrase_at(part, token.start, token.end + 80)
            followed = any(
                m.label == "PER" or (m.label in NAMED and part.text[token.end : m.start] == ", ")  # son employeur, X, …
                for m in part.mentions_between(token.end, token.end + _APPOSED)
            )
            if (
                phrase is not None
                and phrase.kind == "noun"
                and not followed
                and not self.article.is_quoted(part, token.start)
            ):
                yield token.start, gender, phrase

    # --- who is meant ---

    def pronoun(self, part: Part, offset: int, gender: str) -> Referent | None:
        """Whom il (Masc) or elle (Fem) refers to at `offset`."""
        best = self._nearest(part, offset, gender)
        unnamed = self._last_unnamed(part, offset, gender)
        if unnamed is not None and (best is None or unnamed[:2] < best[:2] or self._is_last(part, unnamed[2], offset)):
            phrase = unnamed[2]
            named = self.role(part, phrase) if phrase.determiner not in ("un", "une") else None
            return Referent(named, part.text[phrase.start : phrase.end])
        if best is not None and best[0] < _FAR:
            return Referent(best[2])
        before = (entity_id for _, entity_id in reversed(self.spoken) if self._genders.get(entity_id) == gender)
        last = next(before, None)
        return Referent(last) if last else None

    def role(self, part: Part, phrase: Phrase, offset: int | None = None) -> str | None:
        """The person that a noun phrase for what a person does takes up: introduced with that noun, or the last that fits."""
        gender = self._gender_of_phrase(part, phrase)
        anchor = phrase.start if offset is None else offset
        words = {word for word in re.findall(r"[\w-]+", part.text[phrase.start : phrase.end].lower()) if len(word) > 3}
        complement = self._complement(part, phrase)
        for _, _, mention in self._before(part, anchor):
            if self._genders.get(mention.entity_id, gender) not in (gender, None) and gender is not None:
                continue
            for nouns in self._occupations.get(mention.entity_id, ()):
                same = {noun for noun in nouns if people.same_noun(phrase.head, noun)}
                others = nouns - same - words - _NEUTRAL
                if (same or words & nouns) and not (complement and others and not words & nouns - {phrase.head}):
                    return mention.entity_id
        kinds = next((kinds for head, kinds in _KINDS.items() if phrase.head.startswith(head)), None)
        for _, _, mention in self._before(part, anchor) if kinds else ():
            fits = gender is None or self._genders.get(mention.entity_id, gender) == gender
            said = self._occupations.get(mention.entity_id, ()) if fits else ()
            if kinds and any(noun.startswith(kinds) for nouns in said for noun in nouns):
                return mention.entity_id
        if phrase.determiner in ("son", "sa", "leur"):
            own = {"sa": "Fem", "son": None if phrase.head[0] in _VOWELS else "Masc"}.get(phrase.determiner)  # son associée
            return self._partner(part, anchor, own) if phrase.head.startswith(_PARTNERS) else None
        if complement and phrase.head.startswith(_RELATIONS):
            return None
        if complement:
            return self._just_introduced(part, anchor, gender, words - {phrase.head})
        introduced = self._occupations if phrase.head.startswith(_OFFICES) else ()
        nearest = self._nearest(part, anchor, gender, favour=self.ever, without=introduced)
        return nearest[2] if nearest is not None and nearest[0] < _FAR else None

    def one_of_them(self, part: Part, phrase: Phrase, anchor: int) -> str | None:
        """The first or second of the persons named in one of the last sentences; ce dernier is the one named last."""
        gender = self._gender_of_phrase(part, phrase)
        for together in self._together(part, anchor):
            fitting = [entity_id for entity_id in together if self._genders.get(entity_id, gender) == gender]
            if phrase.determiner in ("ce", "cette"):
                if fitting:
                    return fitting[-1]
            elif len(together) > 1:
                chosen = together[0] if phrase.head.startswith("prem") else together[1]
                return chosen if chosen in fitting else fitting[0] if len(fitting) == 1 else None
        return None

    def _partner(self, part: Part, anchor: int, gender: str | None) -> str | None:
        """Whom son collègue, sa cofondatrice mean: the other of two persons whom one of the last sentences names together."""
        last = self.spoken[-1][1] if self.spoken else None
        for together in self._together(part, anchor, reach=_FAR):
            others = [entity_id for entity_id in together if entity_id != last]
            if len(together) == 2 and len(others) == 1:
                return others[0] if self._genders.get(others[0], gender) == gender else None
        return None

    def _together(self, part: Part, anchor: int, reach: int = _LAST) -> Iterator[list[str]]:
        """The persons whom each of the sentences before `anchor` names outside quotations, the last sentence first."""
        at: tuple[str, int] | None = None
        named: list[str] = []
        for _, where, mention in self._before(part, anchor):
            if self.article.is_quoted(where, mention.start):
                continue
            sentence = (where.name, where.sentence_at(mention.start).id)
            if sentence != at and named:
                yield named[::-1]
                named = []
            if self.article.sentences_between(where, mention.start, part, anchor) > reach:
                return
            at = sentence
            named += [] if mention.entity_id in named else [mention.entity_id]
        if named:
            yield named[::-1]

    def just_named(self, part: Part, offset: int) -> str | None:
        """The person named last, in this sentence or one of the two before it."""
        for _, where, mention in self._before(part, offset):
            near = where is part and self.article.sentences_between(where, mention.start, part, offset) <= _NEXT
            return mention.entity_id if near else None
        return None

    def goes_on(self, entity_id: str, pronoun: str) -> bool:
        """Whether il or elle may be the person who spoke last."""
        gender, plural = PRONOUNS.get(pronoun, ("", True))
        return not plural and self._genders.get(entity_id, gender) == gender

    def announced(self, part: Part, offset: int, gender: str) -> str | None:
        """The first person of the body, named in one of the next sentences, whom a lead takes up beforehand: « … »,
        souffle-t-elle. X, 24 ans, …"""
        after = bisect_left(self._at, self.article.order(part, offset))
        first = bisect_left(self._at, self.article.order(self.article.body, 0))
        if part is not self.article.body or after != first or after == len(self.found):
            return None
        _, where, mention = self.found[after]
        near = self.article.sentences_between(part, offset, where, mention.start) <= _NEXT
        fits = self._genders.get(mention.entity_id, gender) == gender and people.is_subject(where, mention)
        return mention.entity_id if near and fits else None

    def _just_introduced(self, part: Part, offset: int, gender: str | None, of_what: set[str]) -> str | None:
        """The person described by one of the words, or who is the subject of the sentence before and not described at all."""
        fitting = [
            (where, mention)
            for _, where, mention in self._before(part, offset)
            if gender is None or self._genders.get(mention.entity_id, gender) == gender
        ]
        for _, mention in fitting:
            if of_what & self._described[mention.entity_id]:
                return mention.entity_id
        last = self.spoken[-1][1] if self.spoken else None
        for where, mention in fitting:
            reach = _LAST if mention.entity_id == last else 1
            near = where is part and self.article.sentences_between(where, mention.start, part, offset) <= reach
            if near and people.is_subject(where, mention) and mention.entity_id not in self._occupations:
                return mention.entity_id
        return None

    def _complement(self, part: Part, phrase: Phrase) -> bool:
        """Whether the phrase says of what or whom: le directeur de X, la présidente du groupe; ce père de famille does not."""
        if phrase.determiner in ("ce", "cet", "cette"):
            return False
        text = part.text[phrase.start : phrase.end]
        return bool(_OF_WHAT.search(text, text.lower().find(phrase.head) + len(phrase.head)))

    def _gender_of_phrase(self, part: Part, phrase: Phrase) -> str | None:
        known = {"le": "Masc", "ce": "Masc", "cet": "Masc", "la": "Fem", "cette": "Fem"}.get(phrase.determiner)
        if known is not None:
            return known
        at = part.text[phrase.start : phrase.end].lower().find(phrase.head)
        token = part.token_at(phrase.start + at) if at >= 0 else None
        return people.feature(token.morph, "Gender") if token else None

    def _before(self, part: Part, offset: int) -> list[Place]:
        last = bisect_left(self._at, self.article.order(part, offset))
        return [place for place in self.found[max(0, last - _MEMORY) : last][::-1] if not _signs(*place[1:])]

    def _last_unnamed(self, part: Part, offset: int, gender: str) -> tuple[float, int, Phrase] | None:
        known = self._unnamed[part.name]
        last = bisect_left(known, offset, key=lambda item: item[0])
        for start, own, phrase in known[max(0, last - 3) : last][::-1]:
            distance = self.article.sentences_between(part, start, part, offset)
            if own == gender and distance <= _NEXT and part.paragraph_at(start) >= part.paragraph_at(offset) - 1:
                return distance, -self.article.order(part, start), phrase
        return None

    def _is_last(self, part: Part, phrase: Phrase, offset: int) -> bool:
        """Whether nobody is named or speaks between a phrase of the sentence before, or of this one, and `offset`."""
        start, here = self.article.order(part, phrase.start), self.article.order(part, offset)
        named = bisect_left(self._at, here) > bisect_left(self._at, start)
        spoke = any(start < position < here for position, _ in self.spoken)
        return not named and not spoke and self.article.sentences_between(part, phrase.start, part, offset) <= 1

    def _nearest(
        self,
        part: Part,
        offset: int,
        gender: str | None,
        favour: Collection[str] = (),
        without: Collection[str] = (),
    ) -> tuple[float, int, str] | None:
        """(distance with penalties, minus the position, entity) of the person most likely meant at `offset`.

        Those of `favour` come before the others, those of `without` are not meant.
        """
        here = self.article.order(part, offset)
        spoken = {entity_id for position, entity_id in self.spoken[-6:] if here - _LONG < position <= here}
        best: tuple[float, int, str] | None = None
        for position, where, mention in self._before(part, offset):
            own = self._genders.get(mention.entity_id)
            if mention.entity_id in without or (gender is not None and own not in (gender, None)):
                continue
            presented = _PRESENTED.match(where.text, mention.end) is not None
            penalty = 0.0 if presented or people.is_subject(where, mention) else 1.5
            penalty -= 1.0 if mention.entity_id in spoken else 0.0
            penalty -= 3.0 if mention.entity_id in favour else 0.0
            penalty -= 1.0 if mention.entity_id in self._leading else 0.0
            penalty += 0.0 if own is not None else 0.5 if penalty < 0.5 else 1.0
            if mention.entity_id not in self.ever and self.article.is_quoted(where, mention.start):
                penalty += 3.0  # whom a speaker names is mostly not who speaks
            penalty += 2.0 if own is None and people.is_place(where, mention) else 0.0
            same = where is part and where.paragraph_at(mention.start) == part.paragraph_at(offset)
            penalty -= _HERE if same else 0.0
            distance = self.article.sentences_between(where, mention.start, part, offset)
            score = (distance + penalty, -position, mention.entity_id)
            if best is None or score < best:
                best = score
        return best

    def called(self, text: str) -> str | None:
        """The person of the article called so, or by these initials, where the words around kept this mention from being found."""
        letters = re.sub(r"[.\s]", "", text) if _INITIALS.fullmatch(text) else None
        called = set()
        for _, _, mention in self.found:
            name = self.names.get(mention.entity_id, mention.text)
            initials = "".join(word[0] for word in re.split(r"[\s-]", name) if word)
            if text.casefold() in (mention.text.casefold(), name.casefold()) or letters == initials:
                called.add(mention.entity_id)
        return min(called, default=None)

    def speaks(self, part: Part, offset: int, entity_id: str | None) -> None:
        """Remember who spoke at `offset`."""
        if entity_id is not None:
            self.spoken.append((self.article.order(part, offset), entity_id))
            self.ever.add(entity_id)
