"""Who speaks: the subject of a verb of speech, and what il, elle, la chercheuse or le rapport stand for.

A `Reader` goes through one article. It looks for noun phrases with the words and tags around a verb rather than with the
parse alone, which is unreliable next to quotation marks. References are resolved to what the text named before:
- il, elle: the last person of that gender, subjects and earlier speakers first;
- la chercheuse, l'avocate: the last person introduced with that word, or the last person of that gender nearby;
- le rapport, les chercheurs: the last body named in one sentence with such a word;
- l'entreprise, le syndicat: the last body named.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from presstm import guillemets
from presstm.parts import Mention, Part, Word
from presstm.speech import Cues

BODIES = ("ORG", "PLATFORM", "MEDIA")
_NAMED = ("PER", *BODIES)
_DETERMINERS = frozenset(
    "le la les l un une des ce cet cette ces son sa ses leur leurs notre nos mon ma mes plusieurs certains".split()
)
_DEFINITE = frozenset("le la les l ce cet cette ces notre".split())
_PREPOSITIONS = frozenset(
    "à au aux dans devant auprès sur lors pour avec en par de du d depuis sous vers chez contre durant pendant parmi entre "
    "après avant dès malgré sans outre".split()
)
_OF = frozenset("de du des d".split())
_PRONOUNS = {"il": ("Masc", False), "elle": ("Fem", False), "ils": ("Masc", True), "elles": ("Fem", True)}
_CLITICS = frozenset("se s me m te nous vous lui leur en y l le la les ne n".split())
_AUXILIARIES = frozenset(
    "a ont avait avaient aura auront aurait auraient eut est sont était étaient sera serait fut furent fait font peut veut "
    "pouvait tient tenait vient venait va".split()
)
_TITLES = {
    "m": "Masc",
    "monsieur": "Masc",
    "mme": "Fem",
    "madame": "Fem",
    "mlle": "Fem",
    "me": "",
    "maître": "",
    "dr": "",
    "pr": "",
}
_STOPS = frozenset('.!?…;:«»“”"()')
_GENERIC = frozenset(["", "organisation", "institution", "instance", "organisme", "structure", "équipe"])
_AUTHORS = ("auteur", "autrice", "chercheu", "rapporteu", "enquêteu")
_PROJECTS = frozenset({"projet", "programme"})
_OWNER = re.compile(r"\s(?:(?:du|de la|de l['’]|de|d['’]|des)\s?)?")  # between a document and whose it is
_NEAR = 14  # words after a verb in which its subject is looked for
_FAR = 12  # sentences after which a person is referred to by a pronoun only if they spoke before
_ANY, _NEXT = 10**9, 2  # sentences back to the body that l'entreprise, and il or elle, refer to
_MEMORY = 40  # mentions of persons that il and elle may refer to


class Phrase(NamedTuple):
    """A noun phrase, mention or pronoun that may be a speaker; `head` is its first noun, in lower case."""

    start: int
    end: int
    kind: str  # mention, noun, pronoun
    head: str
    mention: Mention | None
    determiner: str = ""


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
            found.setdefault(mention.entity_id, set()).update(noun for noun, _ in _introductions(part, mention))
            if re.search(r"\b(?:Me|Maître|maître)\s\Z", part.text[max(0, mention.start - 8) : mention.start]):
                found[mention.entity_id].add("avocat")
        return found

    @cached_property
    def _genders(self) -> dict[str, str]:
        votes: dict[str, dict[str, int]] = {}
        for _, part, mention in self._people:
            counts = votes.setdefault(mention.entity_id, {"Fem": 0, "Masc": 0})
            for gender in _gender_clues(part, mention):
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

    # --- noun phrases ---

    def phrases(self, part: Part, index: int, limit: int) -> Iterator[Phrase]:
        """Noun phrases among words[index:limit] that follow no preposition, in order, up to the end of the clause."""
        words = part.words
        limit = min(limit, len(words))
        while index < limit:
            word = words[index]
            if word.low in _STOPS or word.low in ("qui", "que", "qu", "dont", "où"):
                return
            mention = part.mention_at(word.start)
            if mention is not None and mention.label in _NAMED:
                yield Phrase(mention.start, mention.end, "mention", mention.text.lower(), mention)
                index = part.word_index(mention.end)
            elif word.low in _TITLES:
                index += 2 if index + 1 < limit and words[index + 1].low == "." else 1
            elif word.low in _PREPOSITIONS:
                index = self._after_complement(part, index + 1, limit)
            elif word.low in _DETERMINERS:
                phrase = self._noun_phrase(part, index, limit)
                if phrase is None:
                    index += 1
                else:
                    yield phrase
                    index = max(index + 1, part.word_index(phrase.end))
            elif word.low in _PRONOUNS and (part.token_at(word.start) is None or index == 0 or words[index - 1].low != "-"):
                yield Phrase(word.start, word.end, "pronoun", word.low, None)
                index += 1
            elif part.text[word.start].isupper() and _pos(part, word) in ("PROPN", "NOUN", "X", "ADJ"):
                end = index
                while end < limit and part.text[words[end].start].isupper():
                    end += 1
                yield Phrase(word.start, words[end - 1].end, "name", word.low, None)
                index = end
            else:
                index += 1

    def _after_complement(self, part: Part, index: int, limit: int) -> int:
        """Index after the noun phrase that a preposition governs."""
        words = part.words
        while index < limit and (
            words[index].low in _DETERMINERS | _OF or words[index].low == "'" or _pos(part, words[index]) == "ADJ"
        ):
            index += 1
        if index >= limit:
            return index
        mention = part.mention_at(words[index].start)
        return part.word_index(mention.end) if mention is not None else index + 1

    def _noun_phrase(self, part: Part, index: int, limit: int) -> Phrase | None:
        """The noun phrase that begins with the determiner words[index], with its complements with de and a name after it."""
        words = part.words
        determiner, start, head, end = words[index].low, words[index].start, "", -1
        position, after_of = index + 1, False
        while position < limit:
            word = words[position]
            mention = part.mention_at(word.start)
            if mention is not None and mention.label in _NAMED:
                if after_of:
                    end, position, after_of = mention.end, part.word_index(mention.end), False
                    continue
                if head and mention.label == "PER" and determiner in ("les", "des", "ces"):
                    break
                if head and mention.label == "PER":
                    return Phrase(start, mention.end, "mention", head, mention, determiner)
                if not head:
                    return Phrase(start, mention.end, "mention", mention.text.lower(), mention, determiner)
                if mention.start > word.start or head not in self.cues.bodies | self.cues.documents:
                    break
                return Phrase(start, mention.end, "mention", head, mention, determiner)
            pos = _pos(part, word)
            if word.low in _STOPS or word.low in (",", "qui", "que", "qu", "dont", "où", "et", "ou", "mais", "–", "—"):
                break
            if word.low in _OF:
                after_of = True
            elif word.low in _PREPOSITIONS or (pos in ("VERB", "AUX", "PRON", "ADV", "SCONJ") and head and not after_of):
                break
            elif word.low not in _DETERMINERS and word.low not in ("'", "-"):
                if not head and (pos in ("NOUN", "PROPN") or self._is_human(_whole(part, word))):
                    head = _whole(part, word)
                after_of = False
                end = word.end
            position += 1
        if not head:
            return None
        named = self._name_after_comma(part, position, limit)
        if named is not None and not self._is_indefinite(determiner):
            return Phrase(start, named.end, "mention", head, named, determiner)
        return Phrase(start, max(end, start), "noun", head, None, determiner)

    def _name_after_comma(self, part: Part, position: int, limit: int) -> Mention | None:
        """X in "le délégué général, X"."""
        words = part.words
        if position + 1 < limit and words[position].low == ",":
            following = words[position + 1]
            if following.low in _TITLES and position + 2 < limit:
                following = (
                    words[position + 3] if words[position + 2].low == "." and position + 3 < limit else words[position + 2]
                )
            mention = part.mention_at(following.start)
            if mention is not None and mention.label == "PER":
                return mention
        return None

    @staticmethod
    def _is_indefinite(determiner: str) -> bool:
        return determiner in ("un", "une", "des", "plusieurs", "certains")

    def _is_human(self, noun: str) -> bool:
        return bool(noun) and noun.startswith(self.cues.roles)

    def may_speak(self, phrase: Phrase) -> bool:
        """Whether the phrase is a person, a body, a document, or a pronoun for one."""
        if phrase.kind in ("mention", "pronoun"):
            return True
        lists = self.cues.documents | self.cues.bodies | self.cues.groups
        return phrase.head in lists or phrase.head.rstrip("s") in lists or self._is_human(phrase.head)

    def phrase_from(self, part: Part, index: int) -> Phrase | None:
        """The noun phrase or mention that begins at words[index]."""
        words = part.words
        if index >= len(words):
            return None
        mention = part.mention_at(words[index].start)
        if mention is not None and mention.label in _NAMED:
            return Phrase(mention.start, mention.end, "mention", mention.text.lower(), mention)
        return self._noun_phrase(part, index, index + _NEAR)

    def contracted(self, part: Part, index: int) -> Phrase | None:
        """The noun phrase in "du rapport", "des auteurs", where words[index] is du or des."""
        phrase = self._noun_phrase(part, index, index + _NEAR)
        return None if phrase is None else phrase._replace(determiner="le" if part.words[index].low == "du" else "les")

    # --- the subject of a verb ---

    def subject_after(self, part: Part, index: int, *, strict: bool) -> Phrase | None:
        """The inverted subject after words[index - 1]: explique-t-elle, explique au journal la sociologue X.

        With `strict`, only what `may_speak`.
        """
        words = part.words
        pronoun = self.hyphen_pronoun(part, index)
        if pronoun is not None:
            return pronoun
        for phrase in self.phrases(part, index, index + _NEAR):
            if phrase.kind == "pronoun":
                continue
            return phrase if not strict or self.may_speak(phrase) else None
        if index < len(words) and words[index].low in ("on", "-"):
            return None
        return None

    def hyphen_pronoun(self, part: Part, index: int) -> Phrase | None:
        """The pronoun of -t-elle or -il at words[index]."""
        words = part.words
        steps = 0
        while index < len(words) and words[index].low in ("-", "t", "‑", "–", "'") and steps < 3:
            index, steps = index + 1, steps + 1
        if steps and index < len(words) and words[index].low in (*_PRONOUNS, "on", "je"):
            return Phrase(words[index].start, words[index].end, "pronoun", words[index].low, None)
        return None

    def subject_before(self, part: Part, index: int, first: int) -> Phrase | None:
        """The subject of the verb words[index], among words[first:index]."""
        words = part.words
        position = index - 1
        while position >= first and (
            words[position].low in _CLITICS | _AUXILIARIES | {"'", "jamais", "pas"} or _pos(part, words[position]) == "ADV"
        ):
            position -= 1
        if position >= first and words[position].low in (*_PRONOUNS, "on", "je", "nous"):
            return Phrase(words[position].start, words[position].end, "pronoun", words[position].low, None)
        if position >= first and words[position].low == "qui":
            return self._before_relative(part, position, first)
        parsed = self._parsed_subject(part, words[index], words[first].start if first < len(words) else 0)
        if parsed is not None:
            return parsed
        found = [phrase for phrase in self.phrases(part, first, index) if self.may_speak(phrase)]
        named = [phrase for phrase in found if phrase.kind != "noun"]
        return next(iter(named or found), None)

    def _before_relative(self, part: Part, index: int, first: int) -> Phrase | None:
        start = max(first, index - 12)
        found = list(self._restarted(part, start, index))
        return found[-1] if found else None

    def _restarted(self, part: Part, first: int, limit: int) -> Iterator[Phrase]:
        """Phrases in [first, limit) over clause ends."""
        seen = first
        while seen < limit:
            last = seen
            for phrase in self.phrases(part, seen, limit):
                yield phrase
                last = part.word_index(phrase.end)
            seen = max(last, seen) + 1

    def _parsed_subject(self, part: Part, verb: Word, earliest: int) -> Phrase | None:
        index = part.token_index(verb.start)
        for _ in range(3):
            if index is None:
                return None
            start, end = verb.start, verb.start
            for token in part.tokens_between(earliest, verb.start):
                if token.dep in ("nsubj", "nsubj:pass", "dislocated") and token.head == index:
                    return self._phrase_at(part, token.start, end)
            token = part.tokens[index]
            if token.head == index or part.tokens[token.head].start < earliest or start < earliest:
                return None
            index = token.head
        return None

    def _phrase_at(self, part: Part, offset: int, limit: int) -> Phrase | None:
        """The phrase around the noun at `offset`."""
        mention = part.mention_at(offset)
        if mention is not None and mention.label in _NAMED:
            return Phrase(mention.start, mention.end, "mention", mention.text.lower(), mention)
        index = part.word_index(offset)
        if index < len(part.words) and part.words[index].low in _PRONOUNS:
            return Phrase(part.words[index].start, part.words[index].end, "pronoun", part.words[index].low, None)
        for start in range(index - 1, max(-1, index - 5), -1):
            if part.words[start].low in _DETERMINERS:
                phrase = self._noun_phrase(part, start, part.word_index(limit))
                return phrase if phrase is not None and self.may_speak(phrase) else None
        return None

    # --- what a phrase refers to ---

    def resolve(self, part: Part, phrase: Phrase) -> Speaker:
        """The entity that a phrase stands for, and its words."""
        text = part.text[phrase.start : phrase.end]
        if phrase.mention is not None and phrase.mention.label in _NAMED:
            if self._is_indefinite(phrase.determiner) and phrase.mention.label != "PER":
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
        if phrase.head not in _PRONOUNS:
            return None
        gender, plural = _PRONOUNS[phrase.head]
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
            elif subject and _feature(token.morph, "Gender") == gender:
                found = self._phrase_at(part, token.start, offset)
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
                if self._is_indefinite(phrase.determiner) or head == "direction"
                else self._last_body(part, phrase.start, head)
            )
        if phrase.determiner not in _DEFINITE or (head.endswith("s") and phrase.determiner in ("les", "ces")):
            return None
        gender = {"le": "Masc", "ce": "Masc", "cet": "Masc", "la": "Fem", "cette": "Fem"}.get(phrase.determiner)
        if gender is None:
            token = part.token_at(part.text.lower().find(head, phrase.start, phrase.end))
            gender = _feature(token.morph, "Gender") if token else None
        return self.person(part, phrase.start, gender, role=head)

    def person(self, part: Part, offset: int, gender: str | None, role: str = "") -> str | None:
        """The person that a pronoun of `gender`, or a noun for what a person does, refers to at `offset`."""
        here = self.order(part, offset)
        last = bisect_left(self._people_at, here)
        recent = self._people[max(0, last - _MEMORY) : last]
        if role:
            for _, _, mention in reversed(recent):
                known = self._occupations.get(mention.entity_id, set())
                if any(_same_noun(role, noun) for noun in known) and self._genders.get(mention.entity_id, gender) in (
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
            penalty += 2.0 if known_gender is None and _is_place(where, mention) else 0.0
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


def _introductions(part: Part, mention: Mention) -> Iterator[tuple[str, str]]:
    """(noun, gender) of nouns that introduce a person: la sociologue X; X, sociologue; X est sociologue."""
    words = part.words
    index = part.word_index(mention.start)
    for position in range(index - 1, max(-1, index - 8), -1):
        word = words[position]
        token = part.token_at(word.start)
        if word.low in _STOPS or word.low in ("et", "à", "chez", "avec", "qui", "que"):
            break
        if token is not None and token.pos in ("VERB", "AUX"):
            break
        if token is not None and token.pos == "NOUN" and word.low not in _TITLES:
            yield token.text.lower(), _feature(token.morph, "Gender") or ""
    after = part.word_index(mention.end)
    if after < len(words) and words[after].low in (",", "est", "était", "("):
        for position in range(after + 1, min(after + 7, len(words))):
            word = words[position]
            token = part.token_at(word.start)
            if word.low in _STOPS | {",", "qui", "que", "de", "du", "à", "au", "dans", "chez"}:
                break
            if token is not None and token.pos in ("NOUN", "ADJ"):
                yield token.text.lower(), _feature(token.morph, "Gender") or ""


def _gender_clues(part: Part, mention: Mention) -> Iterator[str]:
    index = part.word_index(mention.start)
    words = part.words
    for position in range(max(0, index - 2), index):
        if _TITLES.get(words[position].low):
            yield _TITLES[words[position].low]
            yield _TITLES[words[position].low]
            yield _TITLES[words[position].low]
    for position in range(index - 1, max(-1, index - 5), -1):
        if words[position].low in _STOPS or words[position].low == ",":
            break
        if words[position].low in ("la", "cette", "une"):
            yield "Fem"
            break
        if words[position].low in ("le", "ce", "cet", "un", "du", "au"):
            yield "Masc"
            break
    for noun, _ in _introductions(part, mention):
        if re.search(r"(?:trice|euse|ière|enne|ante|ée|cate|atrice|autrice|présidente)$", noun):
            yield "Fem"
        elif re.search(r"(?:teur|eur|ier|ien|ant|é|cat|président)$", noun):
            yield "Masc"


def _is_place(part: Part, mention: Mention) -> bool:
    """Whether one word after à, depuis, vers … is more likely a place that the tagger took for a person."""
    before = part.text[max(0, mention.start - 8) : mention.start]
    return " " not in mention.text and bool(re.search(r"\b(?:à|depuis|vers|de|d['’]|en)\s?\Z", before))


def _is_subject(part: Part, mention: Mention) -> bool:
    return any(token.dep in ("nsubj", "nsubj:pass", "ROOT") for token in part.tokens_between(mention.start, mention.end))


def _sentences_between(where: Part, start: int, part: Part, offset: int) -> int:
    if where is part:
        return part.sentence_at(offset).id - where.sentence_at(start).id
    return part.sentence_at(offset).id


def _pos(part: Part, word: Word) -> str:
    token = part.token_at(word.start)
    return token.pos if token is not None else ""


def _whole(part: Part, word: Word) -> str:
    """The word with the parts that hyphens join to it, in lower case."""
    match = re.compile(r"\w+(?:[-‑]\w+)*").match(part.text, word.start)
    return match.group().lower().replace("‑", "-") if match else word.low


def _feature(morph: str, name: str) -> str | None:
    match = re.search(rf"\b{name}=(\w+)", morph)
    return match[1] if match else None


def _same_noun(a: str, b: str) -> bool:
    """Whether two nouns are one word, in either gender: chercheur, chercheuse."""
    a, b = (unicodedata.normalize("NFD", noun).encode("ascii", "ignore").decode() for noun in (a, b))
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= 4 and common >= max(len(a), len(b)) - 4
