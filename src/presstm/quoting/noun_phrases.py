"""Noun phrases that may be speakers, and the subjects of verbs of speech.

They are looked for with the words and tags around a verb rather than with the parse alone, which is unreliable next to
quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from presstm.parts import JOINED_PRONOUN, Mention, Part, Word
from presstm.quoting.speech import Cues

BODIES = ("ORG", "PLATFORM", "MEDIA")
NAMED = ("PER", *BODIES)
_NUMERALS = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante cent"
DETERMINERS = frozenset(
    f"le la les l un une des ce cet cette ces son sa ses leur leurs notre nos mon ma mes plusieurs certains {_NUMERALS}".split()
)
_NEW = frozenset(f"un une des plusieurs certains {_NUMERALS}".split())
PREPOSITIONS = frozenset(
    "à au aux dans devant auprès sur lors pour avec en par de du d depuis sous vers chez contre durant pendant parmi entre "
    "après avant dès malgré sans outre".split()
)
_ABSTRACT = re.compile(
    r"(?:tions?|ises?|ités?|(?<!e)ures?|jeunesse|onat)$"
)  # modération, expertise, responsabilité, candidature, jeunesse
_IMPERATIVE = re.compile(rf"\w+{JOINED_PRONOUN}\b")
_OF = frozenset("de du des d".split())
STRESSED = {"lui": "il", "eux": "ils"}  # Lui préfère se taire
PRONOUNS = {"il": ("Masc", False), "elle": ("Fem", False), "ils": ("Masc", True), "elles": ("Fem", True)}
CLITICS = frozenset("se s me m te nous vous lui leur en y l le la les ne n".split())
AUXILIARIES = frozenset(
    "a ont avait avaient aura auront aurait auraient eut est sont était étaient sera serait fut furent fait font peut veut "
    "pouvait tient tenait vient venait va".split()
)
TITLES = {
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
_CLAUSES = frozenset("qui que qu dont où quand lorsque lorsqu comment pourquoi combien parce puisque tandis alors".split())
STOPS = frozenset('.!?…;:«»“”"()')
_ONE = ("le", "la", "l", "ce", "cet", "cette")
_HYPHENATED = re.compile(r"\w+(?:[-‑]\w+)*")
_CLOSED = re.compile(r"\s*(?:[,.;:)(»”\n]|et\b|$)")  # after a name in apposition
_PARTICIPLES = ("é", "ée", "is", "ise", "u", "ue", "ant")
AMOUNTS = frozenset(  # une partie des livreurs speak as livreurs
    "partie plupart moitié majorité minorité dizaine quinzaine vingtaine trentaine quarantaine cinquantaine centaine poignée millier tiers"
    " quart ensemble dizaines centaines milliers".split()
)
_WHO = {"celui": "il", "celle": "elle"}  # déplore celle qui …
_SOMEBODY = re.compile(
    r"(?:quelqu['’]une?|quelques-une?s|certaine?s|plusieurs|beaucoup|d['’]autres|d['’]aucuns|une? autre|l['’](?:une?|autre)|les (?:uns|unes|autres))\b"
    r"(?:\s?d['’](?:entre )?(?:eux|elles)\b|(?= *(?:[,.;:)«»]|$|d['’]entre\b)))",
    re.MULTILINE,
)
_ONE_OF_THEM = re.compile(
    r"(?:l[ea] (?:premi(?:er|ère)|seconde?|deuxième)|ce dernier|cette dernière)(?=\s*(?:[.,;:)«»\n]|$|à\b|au\b|avec\b|dans\b|sur\b|en\b))"
)
_THE_LATTER = re.compile(r"cel(?:ui|le)[-‑]ci\b", re.I)
_SOME = frozenset("certains certaines plusieurs beaucoup d'autres d'aucuns".split())
_NEAR = 14  # words after a verb in which its subject is looked for


class Phrase(NamedTuple):
    """A noun phrase, mention or pronoun that may be a speaker; `head` is its first noun, in lower case."""

    start: int
    end: int
    kind: str  # mention, noun, pronoun, one of them (la première, ce dernier)
    head: str
    mention: Mention | None
    determiner: str = ""


def named(mention: Mention) -> Phrase:
    """A mention as a phrase."""
    return Phrase(mention.start, mention.end, "mention", mention.text.lower(), mention)


@dataclass(frozen=True)
class Grammar:
    """Reads noun phrases and subjects with the words of cues.yml."""

    cues: Cues

    # --- noun phrases ---

    def phrases(self, part: Part, index: int, limit: int) -> Iterator[Phrase]:
        """Noun phrases among words[index:limit] that follow no preposition, in order, up to the end of the clause."""
        words = part.words
        limit = min(limit, len(words))
        while index < limit:
            word = words[index]
            if word.low in STOPS or word.low in _CLAUSES:
                return
            mention = part.mention_at(word.start)
            if mention is not None and mention.label in NAMED:
                yield named(mention)
                index = part.word_index(mention.end)
            elif word.low in TITLES:
                index += 2 if index + 1 < limit and words[index + 1].low == "." else 1
            elif word.low in PREPOSITIONS:
                index = self._after_complement(part, index + 1, limit)
            elif word.low == "des" and index and pos_of(part, words[index - 1]) in ("NOUN", "PROPN"):
                index = self._after_complement(part, index + 1, limit)  # les couloirs des rédactions
            elif (latter := _the_latter(part, word)) is not None:
                yield latter
                index = part.word_index(latter.end)
            elif word.low in DETERMINERS:
                phrase = self._noun_phrase(part, index, limit)
                if phrase is None:
                    index += 1
                else:
                    yield phrase
                    index = max(index + 1, part.word_index(phrase.end))
            elif word.low in PRONOUNS and (part.token_at(word.start) is None or index == 0 or words[index - 1].low != "-"):
                yield Phrase(word.start, word.end, "pronoun", word.low, None)
                index += 1
            elif _IMPERATIVE.match(part.text, word.start):
                index += 1
            elif part.text[word.start].isupper() and pos_of(part, word) in ("PROPN", "NOUN", "X", "ADJ"):
                end = index
                while end < limit and (part.text[words[end].start].isupper() or _is_glued(words, index, end)):
                    end += 1
                if end > index + 1 or not self._is_common(part, index):
                    yield Phrase(word.start, words[end - 1].end, "name", word.low, None)
                index = end
            else:
                index += 1

    def _is_common(self, part: Part, index: int) -> bool:
        """Whether words[index] is a common noun in spite of its capital: Livreurs, modérateurs : « … »; Grève chez X : « … »."""
        word, after = part.words[index], part.words[index + 1 : index + 2]
        governs = bool(after) and after[0].low in PREPOSITIONS and pos_of(part, word) == "NOUN"
        return governs or self.is_human(word.low)

    def _after_complement(self, part: Part, index: int, limit: int) -> int:
        """Index after the noun phrase that a preposition governs."""
        words = part.words
        while index < limit and (
            words[index].low in DETERMINERS | _OF or words[index].low == "'" or pos_of(part, words[index]) == "ADJ"
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
            if mention is not None and mention.label in NAMED:
                if after_of or (head and mention.label in BODIES and self._is_complement(words, position, index)):
                    end, position, after_of = mention.end, part.word_index(mention.end), False
                    continue
                if head and mention.label == "PER" and determiner in ("les", "des", "ces"):
                    break
                if head and mention.label == "PER":
                    return Phrase(start, mention.end, "mention", head, mention, determiner)
                if not head:
                    return Phrase(start, mention.end, "mention", mention.text.lower(), mention, determiner)
                known = head in self.cues.bodies or head in self.cues.documents
                if mention.start > word.start or not (known or (determiner in _ONE and not self.is_human(head))):
                    break  # les livreurs X, but le géant X
                return Phrase(start, mention.end, "mention", head, mention, determiner)
            pos = pos_of(part, word)
            if word.low in STOPS or word.low in (",", "qui", "que", "qu", "dont", "où", "et", "ou", "mais", "–", "—"):
                break
            if word.low in _OF:
                after_of = True
            elif word.low in PREPOSITIONS or (pos in ("VERB", "AUX", "PRON", "ADV", "SCONJ") and head and not after_of):
                break
            elif word.low not in DETERMINERS and word.low not in ("'", "-"):
                human = pos not in ("VERB", "AUX") and self.is_human(_whole(part, word))
                if (not head or (after_of and head in AMOUNTS)) and (pos in ("NOUN", "PROPN") or human):
                    head = _whole(part, word)
                after_of = False
                end = word.end
            position += 1
        noun = words[index + 1] if index + 1 < limit else None
        if not head and noun is not None and determiner in ("un", "une") and pos_of(part, noun) in ("ADJ", "VERB"):
            head, end = noun.low, noun.end  # une visiteuse, un passant, tagged as what they come from
        if not head:
            return None
        named = self._name_after_comma(part, position, limit)
        if named is not None and (not is_indefinite(determiner) or self.is_human(head)):
            return Phrase(start, named.end, "mention", head, named, determiner)
        return Phrase(start, max(end, start), "noun", head, None, determiner)

    def _is_complement(self, words: Sequence[Word], position: int, index: int) -> bool:
        """Whether a word for a body that is the complement of the noun of the phrase stands before words[position]: du groupe X."""
        before = [word.low for word in words[index + 2 : position] if word.low not in DETERMINERS and word.low != "'"]
        return len(before) > 1 and before[-2] in _OF and before[-1] in self.cues.bodies

    def _name_after_comma(self, part: Part, position: int, limit: int) -> Mention | None:
        """X in "le délégué général, X" and in "l'adjointe chargée du commerce, X"."""
        words = part.words
        if position < limit and words[position].low.endswith(_PARTICIPLES) and words[position].low not in STOPS:
            comma = next(
                (at for at in range(position, min(position + 8, len(words))) if words[at].low in STOPS | {","}), position
            )
            finite = any(
                "VerbForm=Fin" in token.morph for token in part.tokens_between(words[position].start, words[comma].start)
            )
            position, limit = (comma, comma + 4) if not finite else (position, limit)
        if position + 1 < limit and words[position].low == ",":
            following = words[position + 1]
            if following.low in TITLES and position + 2 < limit:
                following = (
                    words[position + 3] if words[position + 2].low == "." and position + 3 < limit else words[position + 2]
                )
            mention = part.mention_at(following.start)
            if mention is not None and mention.label == "PER" and _CLOSED.match(part.text, mention.end):
                return mention
        return None

    def is_human(self, noun: str) -> bool:
        """Whether a noun in lower case says what a person is or does."""
        return (
            bool(noun)
            and not _ABSTRACT.search(noun)
            and noun.removeprefix("ex-").removeprefix("co-").startswith(self.cues.roles)
        )

    def may_speak(self, phrase: Phrase) -> bool:
        """Whether the phrase is a person, a body, a document, or a pronoun for one."""
        if phrase.kind in ("mention", "pronoun", "one of them"):
            return True
        lists = self.cues.documents | self.cues.papers | self.cues.bodies | self.cues.groups
        another = phrase.head in ("autre", "ancien", "ancienne") and phrase.determiner in ("un", "une", "l")
        return another or phrase.head in lists or phrase.head.rstrip("s") in lists or self.is_human(phrase.head)

    def phrase_from(self, part: Part, index: int) -> Phrase | None:
        """The noun phrase or mention that begins at words[index]."""
        words = part.words
        if index >= len(words):
            return None
        mention = part.mention_at(words[index].start)
        if mention is not None and mention.label in NAMED:
            return named(mention)
        return self._noun_phrase(part, index, index + _NEAR)

    def contracted(self, part: Part, index: int) -> Phrase | None:
        """The noun phrase in "du rapport", "aux auteurs", where words[index] is du, des, au or aux."""
        phrase = self._noun_phrase(part, index, index + _NEAR)
        if phrase is None:
            return None
        if phrase.mention is not None and phrase.head == phrase.mention.text.lower():
            return phrase._replace(start=phrase.mention.start, determiner="")
        start = phrase.start if part.words[index].low == "des" else part.words[index + 1].start  # selon des sources
        return phrase._replace(start=start, determiner="le" if part.words[index].low in ("du", "au") else "les")

    # --- the subject of a verb ---

    def subject_after(self, part: Part, index: int, *, strict: bool) -> Phrase | None:
        """The inverted subject after words[index - 1]: explique-t-elle, explique au journal la sociologue X.

        With `strict`, only what `may_speak`.
        """
        words = part.words
        pronoun = self.hyphen_pronoun(part, index)
        if pronoun is not None:
            return pronoun
        if index + 1 < len(words) and words[index].low in _WHO and words[index + 1].low == "qui":
            return Phrase(words[index].start, words[index].end, "pronoun", _WHO[words[index].low], None)
        somebody = _SOMEBODY.match(part.text, words[index].start) if index < len(words) else None
        if somebody is not None:
            return Phrase(somebody.start(), somebody.end(), "pronoun", "quelqu'un", None)
        one = _ONE_OF_THEM.match(part.text, words[index].start) if index < len(words) else None
        if one is not None:
            determiner, which = one.group().lower().split()
            return Phrase(one.start(), one.end(), "one of them", which, None, determiner)
        last = next(
            (at for at in range(index, min(index + _NEAR, len(words))) if words[at].low in ("que", "qu")), index + _NEAR
        )
        for phrase in self.phrases(part, index, last):
            if phrase.kind == "pronoun":
                continue
            beside = part.mention_at(phrase.end + 1) if not self.may_speak(phrase) else None
            if beside is not None and beside.label == "PER" and beside.start == phrase.end + 1:
                return named(beside)  # l'adjudant X
            return phrase if not strict or self.may_speak(phrase) else None
        return None

    def hyphen_pronoun(self, part: Part, index: int) -> Phrase | None:
        """The pronoun of -t-elle or -il at words[index]."""
        words = part.words
        steps = 0
        while index < len(words) and words[index].low in ("-", "t", "‑", "–", "'") and steps < 3:
            index, steps = index + 1, steps + 1
        if steps and index < len(words) and words[index].low in (*PRONOUNS, "on", "je"):
            return Phrase(words[index].start, words[index].end, "pronoun", words[index].low, None)
        return None

    def subject_before(self, part: Part, index: int, first: int) -> Phrase | None:
        """The subject of the verb words[index], among words[first:index]."""
        words = part.words
        position = index - 1
        while position >= first and (
            words[position].low in CLITICS | AUXILIARIES | {"'", "jamais", "pas"} or pos_of(part, words[position]) == "ADV"
        ):
            position -= 1
        if position >= first and words[position].low in (*PRONOUNS, "on", "je", "nous"):
            if self._is_impersonal(part, position, index):
                return None
            return Phrase(words[position].start, words[position].end, "pronoun", words[position].low, None)
        if position >= first and words[position].low == "qui":
            return self._said_more_of(part, position) or self.last_phrase(part, position, first)
        described = self._said_more_of(part, position + 1) if position >= first and words[position].low == "," else None
        if described is not None and described.start >= words[first].start:
            return described
        if position >= first and words[position].low in _SOME:
            return Phrase(words[position].start, words[position].end, "pronoun", "certains", None, words[position].low)
        aside = [word.low for word in words[position - 2 : position + 1]]
        if position > first + 2 and aside[::2] == [",", ","] and aside[1] in (*STRESSED, *PRONOUNS):
            set_apart = self._ending_at(part, first, position - 2)
            if set_apart is not None:
                return set_apart
        if first < index and words[first].low in STRESSED and part.text[words[first].start].isupper():
            return _stressed(words[first])
        adjacent = self._person_apposed(part, position, first) or self._in_relative(part, position, first)
        if adjacent is not None:
            return adjacent
        parsed = self._parsed_subject(part, words[index], words[first].start if first < len(words) else 0)
        if parsed is not None:
            return parsed
        found = [phrase for phrase in self.phrases(part, first, index) if self.may_speak(phrase)]
        named = [phrase for phrase in found if phrase.kind != "noun"]
        return next(iter(named or found), None)

    def _person_apposed(self, part: Part, position: int, first: int) -> Phrase | None:
        """X in "Directeur d'une plateforme, X" before a verb: a name between a comma and words[position]."""
        mention = part.mention_at(part.words[position].start) if position >= first else None
        before = part.word_index(mention.start) - 1 if mention is not None else -1
        if mention is None or mention.label != "PER" or before < first or part.words[before].low != ",":
            return None
        head = part.words[first]
        begins = part.text[head.start].isupper() and part.mention_at(head.start) is None and self.is_human(head.low)
        return named(mention) if begins else None

    def _said_more_of(self, part: Part, relative: int) -> Phrase | None:
        """X in "X, salarié de Y, qui …" and "X, salarié de Y, dit", where words[relative] is qui or the verb: whom the words between the commas describe."""
        words = part.words
        if relative < 1 or words[relative - 1].low != ",":
            return None
        opening = next((at for at in range(relative - 2, 0, -1) if words[at].low == "," or words[at].low in STOPS), 0)
        mention = part.mention_to(words[opening].start) if opening and words[opening].low == "," else None
        if mention is None or mention.label not in NAMED or part.text[words[opening + 1].start].isupper():
            return None
        begins = words[opening + 1].low
        if mention.label != "PER" and (begins in DETERMINERS or self.is_human(begins)):
            return None  # selon X, le patron de Y, qui …
        between = part.tokens_between(words[opening].start, words[relative].start)
        verbal = any("VerbForm=Fin" in token.morph for token in between) or begins in (*_CLAUSES, "et", "ou", "mais")
        person = any(other.label == "PER" for other in part.mentions_between(words[opening].start, words[relative].start))
        return None if verbal or person else named(mention)

    def _in_relative(self, part: Part, position: int, first: int) -> Phrase | None:
        """X in "un système que X juge …": a name between que and the verb after words[position]."""
        mention = part.mention_at(part.words[position].start) if position >= first else None
        before = part.word_index(mention.start) - 1 if mention is not None and mention.label in NAMED else -1
        while before >= first and part.words[before].low in (*_ONE, "'"):
            before -= 1
        if mention is None or before < first or part.words[before].low not in ("que", "qu"):
            return None
        return named(mention)

    def _is_impersonal(self, part: Part, pronoun: int, verb: int) -> bool:
        """Whether the il of words[pronoun] stands for nobody, as in il faut dire; it does not in il dit."""
        token = part.token_at(part.words[pronoun].start)
        verbs = part.words[verb : verb + 1]
        speaks = any(word.low in self.cues.finite and word.low != self.cues.forms[word.low] for word in verbs)
        return token is not None and token.dep.startswith("expl") and not speaks

    def _ending_at(self, part: Part, first: int, limit: int) -> Phrase | None:
        """X in "X, elle, affirme" and "X a, elle, affirmé": the phrase that may speak and ends before words[limit]."""
        while limit > first + 1 and part.words[limit - 1].low in AUXILIARIES:
            limit -= 1
        found = (phrase for phrase in self._restarted(part, first, limit) if phrase.end == part.words[limit - 1].end)
        return next((phrase for phrase in found if self.may_speak(phrase)), None)

    def last_phrase(self, part: Part, index: int, first: int = 0) -> Phrase | None:
        """The last noun phrase before words[index], such as that of a relative clause."""
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
            for token in part.tokens_between(earliest, verb.start):
                if token.dep in ("nsubj", "nsubj:pass", "dislocated") and token.head == index:
                    return self.phrase_at(part, token.start, verb.start)
            token = part.tokens[index]
            if token.head == index or part.tokens[token.head].start < earliest or verb.start < earliest:
                return None
            index = token.head
        return None

    def phrase_at(self, part: Part, offset: int, limit: int) -> Phrase | None:
        """The phrase around the noun at `offset`."""
        mention = part.mention_at(offset)
        if mention is not None and mention.label in NAMED:
            return named(mention)
        index = part.word_index(offset)
        if index < len(part.words) and part.words[index].low in STRESSED:
            return _stressed(part.words[index])
        latter = _the_latter(part, part.words[index]) if index < len(part.words) else None
        if latter is not None:
            return latter
        if index < len(part.words) and part.words[index].low in PRONOUNS:
            if self._is_impersonal(part, index, index + 1):
                return None
            return Phrase(part.words[index].start, part.words[index].end, "pronoun", part.words[index].low, None)
        for start in range(index - 1, max(-1, index - 5), -1):
            if part.words[start].low in DETERMINERS:
                phrase = self._noun_phrase(part, start, part.word_index(limit))
                around = phrase is not None and phrase.end > offset
                return phrase if phrase is not None and around and self.may_speak(phrase) else None
        return None


def _is_glued(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether words[at] is a figure or a stroke within a pseudonym that begins with words[first]: Pixelle42."""
    return at > first and words[at].start == words[at - 1].end and (words[at].low.isdigit() or words[at].low == "_")


def _the_latter(part: Part, word: Word) -> Phrase | None:
    """Celui-ci, celle-ci: the one named last, as ce dernier is."""
    match = _THE_LATTER.match(part.text, word.start)
    determiner = "ce" if match and "ui" in match.group().lower() else "cette"
    return Phrase(match.start(), match.end(), "one of them", "dernier", None, determiner) if match else None


def _stressed(word: Word) -> Phrase:
    """Lui or eux as the pronoun for a subject."""
    return Phrase(word.start, word.end, "pronoun", STRESSED[word.low], None)


def is_indefinite(determiner: str) -> bool:
    """Whether a determiner introduces somebody new."""
    return determiner in _NEW


def pos_of(part: Part, word: Word) -> str:
    """Part of speech of the token that holds the word; empty where there is none."""
    token = part.token_at(word.start)
    return token.pos if token is not None else ""


def _whole(part: Part, word: Word) -> str:
    """The word with the parts that hyphens join to it, in lower case."""
    match = _HYPHENATED.match(part.text, word.start)
    return match.group().lower().replace("‑", "-") if match else word.low
