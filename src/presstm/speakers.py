"""Who speaks: what il, elle, la chercheuse or le rapport stand for.

A `Reader` goes through one article. References are resolved to what the text named before:
- il, elle: the last person of that gender, subjects and earlier speakers first;
- la chercheuse, l'avocate: the last person introduced with that word, or the last person of that gender nearby;
- le rapport, les chercheurs: the body most often named in one sentence with such a word;
- l'entreprise, le syndicat: the last body named.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from presstm import guillemets, people
from presstm.noun_phrases import BODIES, NAMED, PRONOUNS, Grammar, Phrase, is_indefinite
from presstm.parts import Mention, Part
from presstm.speech import Cues

_GENERIC = frozenset(["", "organisation", "institution", "instance", "organisme", "structure", "équipe"])
_AUTHORS = ("auteur", "autrice", "chercheu", "rapporteu", "enquêteu")
_PROJECTS = frozenset({"projet", "programme"})
_OWNER = re.compile(r"\s(?:(?:du|de la|de l['’]|de|d['’]|des)\s?)?")  # between a document and whose it is
_FAR = 12  # sentences after which a person is referred to by a pronoun only if they spoke before
_ANY, _NEXT = 10**9, 2  # sentences back to the body that l'entreprise, and il or elle, refer to
_MEMORY = 40  # mentions of persons that il and elle may refer to
_DEFINITE = frozenset("le la les l ce cet cette ces notre".split())


class Speaker(NamedTuple):
    """Who speaks: the entity, if known, and the words for it."""

    entity_id: str | None
    text: str


@dataclass
class Reader:
    """One article: its parts, and what the text has named so far."""

    title: Part
    body: Part
    cues: Cues
    names: dict[str, str]  # entity_id -> name

    def __post_init__(self) -> None:
        """Start without anybody having spoken."""
        self.grammar = Grammar(self.cues)
        self._spoken: list[tuple[int, str]] = []

    # --- people and bodies of the article ---

    def order(self, part: Part, offset: int) -> int:
        """A number that grows from the first character of the title to the last of the body."""
        return offset if part is self.title else offset + len(self.title.text) + 1

    @cached_property
    def _people(self) -> list[tuple[int, Part, Mention]]:
        return self._labelled(("PER",))

    @cached_property
    def _bodies(self) -> list[tuple[int, Part, Mention]]:
        return self._labelled(("ORG", "PLATFORM"))

    @cached_property
    def _people_at(self) -> list[int]:
        return [order for order, _, _ in self._people]

    @cached_property
    def _bodies_at(self) -> list[int]:
        return [order for order, _, _ in self._bodies]

    def _labelled(self, labels: Sequence[str]) -> list[tuple[int, Part, Mention]]:
        return [
            (self.order(part, mention.start), part, mention)
            for part in (self.title, self.body)
            for mention in part.mentions
            if mention.label in labels
        ]

    def _is_quoted(self, part: Part, offset: int) -> bool:
        starts, ends = self._marks[part.name]
        position = bisect_right(starts, offset) - 1
        return position >= 0 and offset < ends[position]

    @cached_property
    def _marks(self) -> dict[str, tuple[list[int], list[int]]]:
        """Starts and ends of what stands between marks in title and body, nested marks left out."""
        found = {
            part.name: [span for span in guillemets.find(part.text) if span.depth == 0] for part in (self.title, self.body)
        }
        return {name: ([span.start for span in spans], [span.end for span in spans]) for name, spans in found.items()}

    @cached_property
    def _occupations(self) -> dict[str, set[str]]:
        """Nouns by which the text introduces each person (la sociologue X; X, sociologue)."""
        found: dict[str, set[str]] = {}
        for _, part, mention in self._people:
            found.setdefault(mention.entity_id, set()).update(noun for noun, _ in people.introductions(part, mention))
            if re.search(r"\b(?:Me|Maître|maître)\s\Z", part.text[max(0, mention.start - 8) : mention.start]):
                found[mention.entity_id].add("avocat")
        return found

    @cached_property
    def _genders(self) -> dict[str, str]:
        votes: dict[str, dict[str, int]] = {}
        for _, part, mention in self._people:
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
        known = self.cues.genders.get(first) or self.cues.genders.get(first.split("-")[0])
        if not rest:
            return known
        return known or ("Fem" if re.search(r"(?:a|ine|ette|elle|ienne|ie|ée)$", first) else None)

    def speaks(self, part: Part, offset: int, entity_id: str | None) -> None:
        """Remember who spoke at `offset`; il and elle refer to speakers first."""
        if entity_id is not None:
            self._spoken.append((self.order(part, offset), entity_id))

    # --- what a phrase refers to ---

    def resolve(self, part: Part, phrase: Phrase) -> Speaker:
        """The entity that a phrase stands for, and its words."""
        text = part.text[phrase.start : phrase.end]
        if phrase.mention is not None and phrase.mention.label in NAMED:
            if is_indefinite(phrase.determiner) and phrase.mention.label != "PER":
                return Speaker(None, text)
            if phrase.mention.label == "PER":
                text = phrase.mention.text
            return Speaker(phrase.mention.entity_id, text)
        if phrase.kind == "pronoun":
            return Speaker(self._pronoun(part, phrase), text)
        if phrase.kind == "name":
            return Speaker(self._known_name(text), text)
        return Speaker(self._noun(part, phrase), text)

    def _known_name(self, text: str) -> str | None:
        """The person of the article called so, where the words around kept this mention from being found."""
        called = {
            mention.entity_id for _, _, mention in self._people if text in (mention.text, self.names.get(mention.entity_id))
        }
        return min(called, default=None)

    def _pronoun(self, part: Part, phrase: Phrase) -> str | None:
        if phrase.head not in PRONOUNS:
            return None
        gender, plural = PRONOUNS[phrase.head]
        if plural:
            return (
                self._linked_body(part, phrase.start, self.cues.documents | self.cues.groups) if gender == "Masc" else None
            )
        body = self._body_subject(part, phrase.start, gender)
        if body is not None:
            return self._noun(part, body)
        return self.person(part, phrase.start, gender) or self._last_body(part, phrase.start, reach=_NEXT)

    def _body_subject(self, part: Part, offset: int, gender: str) -> Phrase | None:
        """The body or document that is the subject of the sentence before, if no person is named since."""
        sentence = part.sentence_at(offset)
        start = part.sentence_at(max(0, sentence.start - 1)).start if sentence.start else 0
        start = max(start, part.paragraphs[part.paragraph_at(offset)][0])
        known = self.cues.bodies | self.cues.documents
        found = None
        for token in part.tokens_between(start, offset):
            mention = part.mention_at(token.start)
            subject = token.dep in ("nsubj", "nsubj:pass") and token.pos == "NOUN" and token.text.lower() in known
            if mention is not None and mention.label == "PER":
                found = None
            elif subject and people.feature(token.morph, "Gender") == gender:
                found = self.grammar.phrase_at(part, token.start, offset)
        return found if found is not None and found.kind == "noun" else None

    def _noun(self, part: Part, phrase: Phrase) -> str | None:
        head, cues = phrase.head, self.cues
        complement = next((m for m in part.mentions_between(phrase.start, phrase.end) if m.label in BODIES), None)
        if head in cues.documents or head in cues.bodies or head == "porte-parole" or head in cues.groups:
            if complement is not None:
                return complement.entity_id
            if head in cues.documents:
                return self._linked_body(part, phrase.start, cues.documents)
            if head in cues.groups:
                authors = cues.documents | cues.groups if head.startswith(_AUTHORS) else frozenset([head])
                return self._linked_body(part, phrase.start, authors)
            return (
                None
                if is_indefinite(phrase.determiner) or head == "direction"
                else self._last_body(part, phrase.start, head)
            )
        if phrase.determiner not in _DEFINITE or (head.endswith("s") and phrase.determiner in ("les", "ces")):
            return None
        gender = {"le": "Masc", "ce": "Masc", "cet": "Masc", "la": "Fem", "cette": "Fem"}.get(phrase.determiner)
        if gender is None:
            token = part.token_at(part.text.lower().find(head, phrase.start, phrase.end))
            gender = people.feature(token.morph, "Gender") if token else None
        return self.person(part, phrase.start, gender, role=head)

    def person(self, part: Part, offset: int, gender: str | None, role: str = "") -> str | None:
        """The person that a pronoun of `gender`, or a noun for what a person does, refers to at `offset`."""
        here = self.order(part, offset)
        last = bisect_left(self._people_at, here)
        recent = self._people[max(0, last - _MEMORY) : last]
        if role:
            for _, _, mention in reversed(recent):
                known = self._occupations.get(mention.entity_id, set())
                if any(people.same_noun(role, noun) for noun in known) and self._genders.get(mention.entity_id, gender) in (
                    gender,
                    None,
                ):
                    return mention.entity_id
        ever = {entity_id for _, entity_id in self._spoken}
        spoken = {entity_id for order, entity_id in self._spoken[-6:] if here - 1500 < order <= here}
        best: tuple[float, int, str] | None = None
        for order, where, mention in recent:
            known_gender = self._genders.get(mention.entity_id)
            if gender is not None and known_gender not in (gender, None):
                continue
            distance = _sentences_between(where, mention.start, part, offset)
            penalty = 0.0 if _is_subject(where, mention) else 1.5
            penalty -= 1.0 if mention.entity_id in spoken else 0.0
            penalty += 1.0 if known_gender is None else 0.0
            if mention.entity_id not in ever and self._is_quoted(where, mention.start):
                penalty += 3.0  # whom a speaker names is mostly not who speaks
            penalty += 2.0 if known_gender is None and people.is_place(where, mention) else 0.0
            score = (distance + penalty, -order, mention.entity_id)
            if best is None or score < best:
                best = score
        if best is not None and best[0] < _FAR:
            return best[2]
        if role:
            return None
        before = (entity_id for _, entity_id in reversed(self._spoken) if self._genders.get(entity_id) == gender)
        return next(before, None) if gender else None

    def _last_body(self, part: Part, offset: int, noun: str = "", reach: int = _ANY) -> str | None:
        """The last body named, but none whose own name says that it is something else than `noun` (le fabricant)."""
        last = bisect_left(self._bodies_at, self.order(part, offset))
        for _, where, mention in reversed(self._bodies[max(0, last - _MEMORY) : last]):
            if _sentences_between(where, mention.start, part, offset) > reach:
                return None
            own = set(re.findall(r"[\w-]+", self.names.get(mention.entity_id, mention.text).lower())) & self.cues.bodies
            if not own or noun in own or noun in _GENERIC:
                return mention.entity_id
        return None

    def _linked_body(self, part: Part, offset: int, nouns: frozenset[str]) -> str | None:
        """The body most often named in one sentence with one of `nouns`, or with a project; the later one of two.

        A body whose name follows the noun (l'étude du collectif X, le projet X) counts more.
        """
        last = bisect_left(self._bodies_at, self.order(part, offset))
        votes: dict[str, float] = {}
        for _, where, mention in self._bodies[max(0, last - _MEMORY) : last]:
            sentence = where.sentence_at(mention.start)
            here = {token.text.lower(): token.start for token in where.tokens_between(sentence.start, sentence.end)}
            near = [(start + len(noun), noun) for noun, start in here.items() if noun in nouns or noun in _PROJECTS]
            owned = [noun for end, noun in near if _OWNER.fullmatch(where.text[end : max(end, mention.start)])]
            if near:
                weight = 4.0 if _PROJECTS & set(owned) else 3.0 if owned else 1.0
                votes[mention.entity_id] = votes.pop(mention.entity_id, 0.0) + weight
        return max(reversed(votes), key=lambda entity_id: votes[entity_id]) if votes else None


def _is_subject(part: Part, mention: Mention) -> bool:
    return any(token.dep in ("nsubj", "nsubj:pass", "ROOT") for token in part.tokens_between(mention.start, mention.end))


def _sentences_between(where: Part, start: int, part: Part, offset: int) -> int:
    if where is part:
        return part.sentence_at(offset).id - where.sentence_at(start).id
    return part.sentence_at(offset).id
