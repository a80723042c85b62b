"""Which words attribute a quotation: the verb or preposition of speech around it, and the noun phrase that speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from presstm.guillemets import Quoted
from presstm.noun_phrases import AUXILIARIES, CLITICS, PREPOSITIONS, STOPS, TITLES, Phrase, pos_of
from presstm.parts import Mention, Part, Word
from presstm.speakers import Reader

_SKIPPED = frozenset([",", "-", "–", "—", "»", "”", ")", '"'])
_SUBORDINATORS = frozenset("que qu qui dont où si".split())
_OBLIQUE = {"lui": "il", "eux": "ils", "elle": "elle", "elles": "elles"}
_FORMULAS = frozenset("expression formule terme termes appellation adage slogan cas critères".split())
_TITLES = frozenset("m mm mme mlle me dr pr st".split())
_METALANGUAGE = frozenset(
    "mot mots terme termes expression formule mention notion concept slogan hashtag label titre".split()
)
_LABELS = frozenset("dit dite dits dites soi-disant prétendu prétendue prétendus prétendues".split())
_CALLED = frozenset("faut faudrait peut veut voulait voudrait veulent".split())
_EDITED = frozenset("publier lire écrire présenter".split())
_SENTENCE_END = re.compile(r"[.!?…]\Z")
_BE = frozenset("est sont était étaient sera seront serait seraient fut furent".split())
_LONGEST_CLAUSE = 80  # words looked at before a quotation
_GOVERNED = 10  # words between a verb and the fragment that it governs
_ADJACENT = 4  # the same for verbs that carry a quotation only next to it


class Attribution(NamedTuple):
    """What attributes a quotation, and where: after, inside, colon, bare colon, governed, or reported (que, selon).

    `predicate`: for reported speech, whether a finite verb of the reported clause precedes the quotation.
    """

    where: str
    cue: str | None
    phrase: Phrase | None
    predicate: bool = False


def _named(mention: Mention) -> Phrase:
    return Phrase(mention.start, mention.end, "mention", mention.text.lower(), mention)


class _Verb(NamedTuple):
    end: int  # index of the word after it
    lemma: str
    subject: Phrase | None  # of the form -t-elle


class Clauses:
    """The words around the quotations of one part."""

    def __init__(self, reader: Reader, part: Part, spans: Sequence[Quoted]) -> None:
        self.reader, self.part, self.cues = reader, part, reader.cues
        self.spans = [span for span in spans if span.depth == 0]
        self._starts = [span.outer_start for span in self.spans]

    # --- where speech is attributed ---

    def attribution(self, span: Quoted, *, nested: bool) -> Attribution | None:
        """What attributes the quotation, if anything does."""
        return self._after(span) or self._colon(span) or (None if nested else self._inside(span)) or self._governed(span)

    def _after(self, span: Quoted) -> Attribution | None:
        """« … », explique X; « … » selon X."""
        words = self.part.words
        index = self.part.word_index(span.outer_end)
        named = self._in_brackets(index)
        if named is not None:
            return Attribution("after", None, named)
        comma = False
        while index < len(words) and words[index].low in _SKIPPED and self._same_line(span.outer_end, index):
            comma = comma or words[index].low == ","
            index += 1
        if index >= len(words) or not self._same_line(span.outer_end, index) or self.part.text[words[index].start].isupper():
            return None
        length = self.preposition(index)
        if length and words[index].low != "pour":
            phrase = self.governed_by_preposition(index + length)
            return Attribution("after", self.words_at(index, length), phrase) if phrase else None
        verb = self.verb(index)
        if verb is None:
            return None
        phrase = verb.subject or self.reader.grammar.subject_after(self.part, verb.end, strict=not comma)
        if phrase is None:
            return None
        return Attribution("after", verb.lemma, self._source(verb, phrase))

    def _in_brackets(self, index: int) -> Phrase | None:
        """X in « … » (X, députée)."""
        words = self.part.words
        if index + 1 >= len(words) or words[index].low != "(":
            return None
        mention = self.part.mention_at(words[index + 1].start)
        return _named(mention) if mention is not None and mention.label == "PER" else None

    def _inside(self, span: Quoted) -> Attribution | None:
        """« …, explique X, … »."""
        words = self.part.words
        first, last = self.part.word_index(span.start), self.part.word_index(span.end)
        for index in range(first + 1, last - 1):
            if words[index].low not in (",", "!", "?", "…", "–", "—", "("):
                continue
            verb = self.verb(index + 1)
            if verb is None or verb.end > last:
                continue
            if verb.subject is not None and verb.subject.head not in ("je", "nous"):
                return Attribution("inside", verb.lemma, self._source(verb, verb.subject))
            if verb.subject is None and words[verb.end - 1].end < span.end:
                phrase = self.reader.grammar.subject_after(self.part, verb.end, strict=True)
                named = phrase is not None and phrase.end < span.end and phrase.start - words[verb.end - 1].end < 20
                if phrase is not None and named and (phrase.kind == "mention" or words[index].low == ","):
                    closed = self.part.text[phrase.end : span.end]
                    if re.search(r"[,.–—)]", closed):
                        return Attribution("inside", verb.lemma, phrase)
        return None

    def _colon(self, span: Quoted) -> Attribution | None:
        """X explique : « … », and X : « … »."""
        words, clause = self.part.words, self._clause_before(span.outer_start)
        while clause and words[clause[-1]].low in ("-", "–", "—"):
            clause.pop()
        if not clause or words[clause[-1]].low != ":":
            return None
        clause.pop()
        if not clause:
            return None
        for index in reversed(clause):
            if words[index].low in (":", ";"):
                break
            lemma = self.cue(index)
            if lemma is not None:
                subject = self.reader.grammar.hyphen_pronoun(self.part, index + 1) or self._subject(index, clause)
                if subject is None or (subject.kind == "pronoun" and subject.head in ("on", "je", "nous")):
                    subject = subject and None
                return Attribution("colon", lemma, subject)
        named = self._speaker_in(clause)
        if named is None:
            return None
        return Attribution("colon" if named.kind == "mention" else "bare colon", ":", named)

    def _speaker_in(self, clause: Sequence[int]) -> Phrase | None:
        """Who is named in a clause without a verb of speech before a colon: a person first."""
        words, part = self.part.words, self.part
        mentions = list(part.mentions_between(words[clause[0]].start, words[clause[-1]].end))
        people = [mention for mention in mentions if mention.label == "PER" and not self._is_complement(mention)]
        bodies = [mention for mention in mentions if mention.label in ("ORG", "PLATFORM")]
        verbs = any(self._finite(words[index]) for index in clause)
        chosen = people[-1] if people else bodies[-1] if bodies and not verbs else None
        if chosen is not None:
            return _named(chosen)
        phrases = self.reader.grammar.phrases(part, clause[0], clause[-1] + 1)
        return next((phrase for phrase in phrases if phrase.kind == "name" or self.reader.grammar.may_speak(phrase)), None)

    def _is_complement(self, mention: Mention) -> bool:
        """Whether de, à, chez … stands before a name: the founder of X."""
        index = self.part.word_index(mention.start) - 1
        if index >= 0 and self.part.words[index].low in ("'", "l", "le", "la"):
            index -= 1
        return index >= 0 and self.part.words[index].low in PREPOSITIONS and self.part.words[index].low != "pour"

    def _governed(self, span: Quoted) -> Attribution | None:
        """Elle dénonce une « … »; X affirme que … « … »; selon X, … « … »; Wazzup « prend acte »."""
        words, clause = self.part.words, self._clause_before(span.outer_start)
        if not clause:
            return None
        finite = False
        subordinate = ""
        for steps, index in enumerate(reversed(clause)):
            low = words[index].low
            if low in (":", ";"):
                break
            lemma = self.cue(index)
            known = lemma is not None and lemma not in self.cues.naming
            if known and not self._is_inserted(index, clause) and not self._calls(index, clause):
                reported = subordinate in ("que", "qu")
                if (reported and lemma not in self.cues.adjacent_only) or (
                    not subordinate and not finite and steps < (_ADJACENT if lemma in self.cues.adjacent_only else _GOVERNED)
                ):
                    subject = self.reader.grammar.hyphen_pronoun(self.part, index + 1) or self._subject(index, clause)
                    if subject is not None and subject.head not in ("on", "je", "nous", "qui"):
                        return Attribution("reported" if reported else "governed", lemma, subject, finite)
            if low in _SUBORDINATORS:
                subordinate = low
            elif self._finite(words[index]):
                finite = True
        for index in clause:
            length = self.preposition(index)
            at_start = index == clause[0] or words[index - 1].low == ","
            if length and (words[index].low != "pour" or index == clause[0]) and at_start:
                phrase = self.governed_by_preposition(index + length)
                if phrase is not None and phrase.end < span.start:
                    return Attribution("reported", self.words_at(index, length), phrase, finite)
        return self._subject_of_fragment(span, clause)

    def _is_inserted(self, index: int, clause: Sequence[int]) -> bool:
        """Whether the verb stands with its subject after it between commas: ", estime X, …"."""
        if index == clause[0] or self.part.words[index - 1].low != ",":
            return False
        phrase = self.reader.grammar.subject_after(self.part, index + 1, strict=True)
        return phrase is not None and phrase.start - self.part.words[index].end < 4

    def _calls(self, index: int, clause: Sequence[int]) -> bool:
        """Whether "dire" names instead of saying: se disent « … », faut-il dire « … », cela veut dire « … »."""
        words = self.part.words
        before = [words[position].low for position in clause if position < index][-4:]
        if self.cues.forms[words[index].low] != "dire":
            return False
        plural = words[index].low in ("disent", "disaient")
        return bool(_CALLED & set(before)) or (plural and bool({"se", "s"} & set(before)))

    def _subject_of_fragment(self, span: Quoted, clause: Sequence[int]) -> Attribution | None:
        """X « prend acte de … »."""
        mention = self.part.mention_at(self.part.words[clause[-1]].start)
        token = self.part.token_at(span.start)
        if mention is None or mention.label not in ("PER", "ORG", "PLATFORM") or token is None:
            return None
        several = bool(re.search(r"\s", self.part.text[span.start : span.end]))
        if not several or "VerbForm=Fin" not in token.morph:
            return None
        return Attribution("governed", None, _named(mention))

    # --- pieces ---

    def _same_line(self, offset: int, index: int) -> bool:
        return "\n" not in self.part.text[offset : self.part.words[index].start]

    def words_at(self, index: int, length: int) -> str:
        """The text of `length` words from words[index] on, in lower case."""
        words = self.part.words
        return self.part.text[words[index].start : words[index + length - 1].end].lower().replace("’", "'")

    def preposition(self, index: int) -> int:
        """Number of words of the preposition of speech at words[index], or 0."""
        words = self.part.words
        for preposition in self.cues.prepositions:
            length = len(preposition)
            found = tuple(word.low for word in words[index : index + length])
            if found == preposition or (
                found[:-1] == preposition[:-1] and found[-1:] in (("du",), ("des",), ("d",)) and length > 1
            ):
                contracted = found != preposition
                return length - 1 if contracted else length
        return 0

    def governed_by_preposition(self, index: int) -> Phrase | None:
        """Who speaks after selon, d'après: the noun phrase or pronoun that begins at words[index]."""
        words, part = self.part.words, self.part
        if index >= len(words):
            return None
        if words[index].low in ("du", "des", "d"):
            index += 0 if words[index].low != "d" else 2
        word = words[index] if index < len(words) else words[-1]
        if word.low in _OBLIQUE:
            return Phrase(word.start, word.end, "pronoun", _OBLIQUE[word.low], None)
        if word.low in ("du", "des"):
            contracted = self.reader.grammar.contracted(part, index)
            return contracted if contracted is not None and self.reader.grammar.may_speak(contracted) else None
        phrase = next(self.reader.grammar.phrases(part, index, index + 12), None)
        if phrase is None or phrase.head in _FORMULAS:
            return None
        if any(between.low not in {*TITLES, "."} for between in words[index : part.word_index(phrase.start)]):
            return None
        return phrase if self.reader.grammar.may_speak(phrase) else None

    def verb(self, index: int) -> _Verb | None:
        """The verb of speech with inverted subject that begins at words[index], clitics and auxiliaries included."""
        words, cues = self.part.words, self.cues
        start = index
        while index < len(words) and index < start + 5 and words[index].low in CLITICS | {"'"}:
            index += 1
        if index >= len(words):
            return None
        low = words[index].low
        if any(word.low in ("le", "la", "les", "l") for word in words[start:index]) and pos_of(
            self.part, words[index]
        ) not in (
            "VERB",
            "AUX",
        ):
            return None  # le juge X
        if low in AUXILIARIES:
            subject = self.reader.grammar.hyphen_pronoun(self.part, index + 1)
            for position in range(index + 1, min(index + 9, len(words))):
                form = words[position].low
                if form in STOPS or form == ",":
                    break
                if form in cues.forms and (form in cues.participles or form == cues.forms[form]):
                    if low in _BE and not {"se", "s"} & {word.low for word in words[start:index]}:
                        return None  # sont dénoncés par X
                    return _Verb(position + 1, cues.forms[form], subject)
                if low in ("fait", "font", "faisait") and form in ("valoir", "savoir"):
                    return _Verb(position + 1, f"faire {form}", subject)
            if low not in cues.finite:
                return None
        if low in cues.finite and low != cues.forms[low] and not low.endswith("ant"):
            return _Verb(index + 1, cues.forms[low], self.reader.grammar.hyphen_pronoun(self.part, index + 1))
        token = self.part.token_at(words[index].start)
        if token is not None and token.pos == "VERB" and "VerbForm=Fin" in token.morph:
            pronoun = self.reader.grammar.hyphen_pronoun(self.part, index + 1)
            following = self.part.mention_at(words[index + 1].start) if index + 1 < len(words) else None
            if pronoun is not None or (following is not None and following.label == "PER"):
                return _Verb(index + 1, token.lemma, pronoun)
        return None

    def cue(self, index: int) -> str | None:
        """Infinitive of the verb of speech words[index], if it is one here."""
        words = self.part.words
        low = words[index].low
        if low not in self.cues.forms:
            return None
        if low in self.cues.participles and low not in self.cues.finite:
            before = [word.low for word in words[max(0, index - 6) : index]]
            return self.cues.forms[low] if set(before) & AUXILIARIES else None
        pos = pos_of(self.part, words[index])
        if pos in ("VERB", "AUX"):
            return self.cues.forms[low]
        if low not in self.cues.finite or low == self.cues.forms[low] or not index or pos == "ADJ":
            return None
        previous = words[index - 1]  # the tagger takes note, juge, pointe for nouns
        after_subject = previous.low in ("il", "elle", "ils", "elles") or pos_of(self.part, previous) in ("NOUN", "PROPN")
        return self.cues.forms[low] if after_subject and previous.end < words[index].start else None

    def _finite(self, word: Word) -> bool:
        token = self.part.token_at(word.start)
        return token is not None and token.pos in ("VERB", "AUX") and "VerbForm=Fin" in token.morph

    def _subject(self, index: int, clause: Sequence[int]) -> Phrase | None:
        return self.reader.grammar.subject_before(self.part, index, clause[0])

    def _source(self, verb: _Verb, phrase: Phrase) -> Phrase:
        """For "peut-on lire dans le rapport", the rapport."""
        if phrase.head != "on":
            return phrase
        words = self.part.words
        for index in range(verb.end, min(verb.end + 4, len(words))):
            if words[index].low in ("dans", "sur"):
                found = self.reader.grammar.phrase_from(self.part, index + 1)
                if found is not None and self.reader.grammar.may_speak(found):
                    return found
        return phrase

    def _clause_before(self, offset: int) -> list[int]:
        """Indices of the words of the same sentence before `offset`, those of other quotations left out."""
        words, text = self.part.words, self.part.text
        found: list[int] = []
        index = self.part.word_index(offset) - 1
        after, passed = offset, 0
        while index >= 0 and len(found) + passed < _LONGEST_CLAUSE:
            word = words[index]
            if "\n" in text[word.end : after]:
                break
            span = self.span_at(word.start)
            if span is not None:
                if found and text[words[found[-1]].start].isupper() and text[span.end - 1] in ".!?…»":
                    break
                after, passed = span.outer_start, passed + 1
                index = self.part.word_index(span.outer_start) - 1
                continue
            if word.low in (".", "!", "?", "…") and self._ends_sentence(index):
                break
            found.append(index)
            after = word.start
            index -= 1
        return found[::-1]

    def _ends_sentence(self, index: int) -> bool:
        words, text = self.part.words, self.part.text
        if words[index].low == "." and index:
            before = words[index - 1]
            if before.low in _TITLES or (
                before.end - before.start == 1 and before.low.isalpha() and before.end == words[index].start
            ):
                return False
        return not (index + 1 < len(words) and text[words[index].end : words[index].end + 1].strip())

    def span_at(self, offset: int) -> Quoted | None:
        """The quotation, marks included, that holds `offset`."""
        position = bisect_right(self._starts, offset) - 1
        if position >= 0 and offset < self.spans[position].outer_end:
            return self.spans[position]
        return None

    def word_before(self, span: Quoted) -> str:
        """The last word before the marks, in lower case."""
        index = self.part.word_index(span.outer_start) - 1
        return self.part.words[index].low if index >= 0 else ""

    def names_a_work(self, span: Quoted) -> bool:
        """Whether a word for works, names or labels introduces the marks, or a year of publication follows them."""
        words, text = self.part.words, self.part.text
        if re.match(r"\s?,?\s?\([^)\n]{0,60}\b(?:19|20)\d\d\)", text[span.outer_end : span.outer_end + 80]):
            return True
        capital = text[span.start].isupper() or text[span.start] == "#"
        clause = self._clause_before(span.outer_start)[-6:]
        near = [words[index].low for index in clause]
        says = bool(near) and self._finite(words[clause[-1]]) and not {"on", "personne"} & set(near)
        if (
            near
            and capital
            and self.cues.forms.get(near[-1]) in _EDITED
            and not _SENTENCE_END.search(text[span.start : span.end])
        ):
            return True
        if near and near[-1] in _LABELS and not says:
            return True
        for index in reversed(clause):
            low = words[index].low
            if low in self.cues.naming:
                return True
            if low in self.cues.works and index >= clause[-1] - 2 and (capital or low in _METALANGUAGE):
                return True
            if low in (",", ":", ";"):
                break
            if self._finite(words[index]):
                break
        return bool(
            re.match(
                r",? (?:un|une|son|le|la|l[’']|premier|nouveau)?\s?(?:livre|ouvrage|essai|roman|film|documentaire|album)\b",
                text[span.outer_end : span.outer_end + 40],
            )
        )

    # --- subjects of the sentences around a quotation ---

    def last_subject(self, start: int, end: int) -> Phrase | None:
        """The last person or body that is a subject between two offsets, outside of quotations."""
        found = None
        for token in self.part.tokens_between(start, end):
            if self.span_at(token.start) is not None:
                continue
            mention = self.part.mention_at(token.start)
            subject = token.dep in ("nsubj", "nsubj:pass")
            if mention is not None and (mention.label == "PER" or (subject and mention.label in ("ORG", "PLATFORM"))):
                found = _named(mention)
            elif token.dep in ("nsubj", "nsubj:pass") and token.text.lower() in ("il", "elle"):
                found = Phrase(token.start, token.end, "pronoun", token.text.lower(), None)
        return found

    def first_subject(self, start: int, end: int) -> Phrase | None:
        """The person with whose name the next sentence begins."""
        words = self.part.words
        index = self.part.word_index(start)
        if index < len(words) and words[index].start < end:
            mention = self.part.mention_at(words[index].start)
            if mention is not None and mention.label == "PER":
                return _named(mention)
        return None
