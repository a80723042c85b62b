"""The words around quotations: the clause before one, verbs and prepositions of speech in it, other quotations left out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from presstm.parts import Part, Word
from presstm.quoting.guillemets import Quoted
from presstm.quoting.noun_phrases import (
    AUXILIARIES,
    CLITICS,
    DETERMINERS,
    NAMED,
    PREPOSITIONS,
    STOPS,
    TITLES,
    Phrase,
    named,
    pos_of,
)
from presstm.quoting.speakers import Reader
from presstm.quoting.speech import conjugate

_OBLIQUE = {"lui": "il", "eux": "ils", "elle": "elle", "elles": "elles"}
_OPENS = frozenset('« “ " que qu'.split())  # l'organisation pointe « … »
_ADVERBS = frozenset("aussi également ainsi même notamment ici encore".split())
_FORMULAS = frozenset("expression formule terme termes appellation adage slogan cas critères".split())
_TITLES = frozenset("m mm mme mlle me dr pr st".split())
_BE = frozenset("est sont était étaient sera seront serait seraient fut furent".split())
_BEING = _BE | {"été", "être", "étant"}
_BEFORE_INFINITIVE = {"plaît", "plaisait"}.union(  # se borne à répondre X, finit par lâcher X, aimait à dire X
    form
    for verb in "borner contenter finir commencer empresser hâter hasarder hésiter préférer aimer oser efforcer risquer".split()
    for form, participle in conjugate(verb)
    if not participle and not form.endswith("ant")
)
_TO_WHAT = frozenset("un une la l plus davantage".split())
_JOINED = 25  # words back to the auxiliary of a participle that "et" joins to another
_LONGEST_CLAUSE = 80  # words looked at before a quotation


class Verb(NamedTuple):
    """A verb of speech whose subject comes after it."""

    end: int  # index of the word after it
    lemma: str
    subject: Phrase | None  # of the form -t-elle


class Clauses:
    """The words around the quotations of one part: clauses, verbs and prepositions of speech."""

    def __init__(self, reader: Reader, part: Part, spans: Sequence[Quoted]) -> None:
        self.reader, self.part, self.cues = reader, part, reader.cues
        self.spans = [span for span in spans if span.depth == 0]
        self._starts = [span.outer_start for span in self.spans]

    def same_line(self, offset: int, index: int) -> bool:
        """Whether no line ends between `offset` and words[index]."""
        return "\n" not in self.part.text[offset : self.part.words[index].start]

    def words_at(self, index: int, length: int) -> str:
        """The text of `length` words from words[index] on, in lower case."""
        words = self.part.words
        return self.part.text[words[index].start : words[index + length - 1].end].lower().replace("’", "'")

    def preposition(self, index: int) -> int:
        """Number of words of the preposition of speech at words[index], or 0."""
        words = self.part.words
        for preposition in self.cues.prepositions:
            if words[index].low != preposition[0]:
                continue
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
        index = self._past_words_of(index)
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

    def _past_words_of(self, index: int) -> int:
        """Index after "les mots de" in selon les mots de X, or `index`: it is X who speaks."""
        words = [word.low for word in self.part.words[index : index + 5]]
        at = 1 if words[:1] in (["les"], ["la"]) else 2 if words[:2] == ["l", "'"] else 0
        if not at or words[at : at + 1] not in (
            ["mots"],
            ["mot"],
            ["termes"],
            ["propos"],
            ["dires"],
            ["expression"],
            ["formule"],
        ):
            return index
        if words[at + 1 : at + 2] not in (["de"], ["du"], ["des"], ["d"]):
            return index
        return index + at + 1 + (words[at + 1] == "de")

    def in_whose_view(self, index: int) -> Phrase | None:
        """X in "X, pour qui … est …", where words[index] is pour."""
        words, grammar = self.part.words, self.reader.grammar
        if [word.low for word in words[index - 1 : index + 2]] != [",", "pour", "qui"] or index + 2 >= len(words):
            return None
        mention = self.part.mention_at(words[index - 2].start)
        if mention is not None and mention.label in NAMED:
            return named(mention)
        phrase = grammar.last_phrase(self.part, index - 1)
        return phrase if phrase is not None and phrase.end == words[index - 2].end and grammar.may_speak(phrase) else None

    def verb(self, index: int) -> Verb | None:
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
        if low in AUXILIARIES or low in _BEFORE_INFINITIVE:
            subject = self.reader.grammar.hyphen_pronoun(self.part, index + 1)
            for position in range(index + 1, min(index + 9, len(words))):
                form = words[position].low
                if form in STOPS or form == ",":
                    break
                infinitive = form == cues.forms.get(form)
                if infinitive or (form in cues.participles and low in AUXILIARIES):
                    if low in _BE and not {"se", "s"} & {word.low for word in words[start:index]}:
                        return None  # sont dénoncés par X
                    return Verb(position + 1, cues.forms[form], subject)
                if low in ("fait", "font", "faisait") and form in ("valoir", "savoir"):
                    return Verb(position + 1, f"faire {form}", subject)
            done = self.part.token_at(words[index + 1].start) if index + 1 < len(words) else None
            if low in ("a", "avait", "ont", "avaient") and words[start - 1].low == "," and self._before_person(index + 2):
                return Verb(index + 2, done.lemma, None) if done is not None and "VerbForm=Part" in done.morph else None
            if low not in cues.finite:
                return None
        if pos_of(self.part, words[index]) == "ADP" and words[start - 1].low != ",":
            return None  # une « croisade » contre X
        asks_to = cues.forms.get(low) == "demander" and [word.low for word in words[index + 1 : index + 2]] == ["à"]
        if asks_to and pos_of(self.part, words[min(index + 2, len(words) - 1)]) in ("VERB", "AUX"):
            return None  # demande à voir
        if low in cues.finite and low != cues.forms[low] and not low.endswith("ant"):
            return Verb(index + 1, cues.forms[low], self.reader.grammar.hyphen_pronoun(self.part, index + 1))
        token = self.part.token_at(words[index].start)
        pronoun = self.reader.grammar.hyphen_pronoun(self.part, index + 1)
        if token is not None and token.pos == "VERB" and "VerbForm=Fin" in token.morph:
            if pronoun is not None or self._before_person(index + 1):
                return Verb(index + 1, token.lemma, pronoun)
        elif pronoun is not None and low.endswith("e"):
            return Verb(index + 1, low + "r", pronoun)  # compte-t-il, which the tagger takes for a name
        return None

    def _before_person(self, index: int) -> bool:
        """Whether a person's name, or what somebody is, begins at words[index]: X, l'entraîneur X, l'adjoint au commerce."""
        words = self.part.words
        for at in range(index, min(index + 4, len(words))):
            mention = self.part.mention_at(words[at].start)
            if mention is not None:
                return mention.label == "PER"
            if at > index and self.reader.grammar.is_human(words[at].low) and words[at - 1].low in DETERMINERS | {"'"}:
                return True  # évacue l'adjoint au commerce
            if words[at].low not in DETERMINERS | {"'"} and pos_of(self.part, words[at]) not in ("NOUN", "ADJ"):
                return False
        return False

    def cue(self, index: int) -> str | None:
        """Infinitive of the verb of speech words[index], if it is one here."""
        words = self.part.words
        low = words[index].low
        if low not in self.cues.forms:
            return None
        if low in self.cues.participles and low not in self.cues.finite:
            if self._is_object(index):
                return None  # a déposé plainte
            joined = index > 0 and words[index - 1].low in ("et", "puis", "mais")  # a exclu … et plaidé
            before = [word.low for word in words[max(0, index - (_JOINED if joined else 6)) : index]]
            return self.cues.forms[low] if set(before) & AUXILIARIES else None
        pos = pos_of(self.part, words[index])
        if pos in ("VERB", "AUX"):
            return self.cues.forms[low]
        guessed = pos in ("NOUN", "ADJ", "PROPN", "X") and low in self.cues.finite and low != self.cues.forms[low]
        if guessed and self._quotes_next(index):
            return self.cues.forms[low]  # the tagger takes note, juge, pointe for nouns
        if low not in self.cues.finite or low == self.cues.forms[low] or not index:
            return None
        if pos == "ADJ" or low == "contre":
            return None  # un manifeste contre « … »
        previous = words[index - 1]
        after_subject = previous.low in ("il", "elle", "ils", "elles") or pos_of(self.part, previous) in ("NOUN", "PROPN")
        return self.cues.forms[low] if after_subject and previous.end < words[index].start else None

    def is_passive(self, index: int) -> bool:
        """Whether words[index] is a participle after être: X est accusé de, a été prié de; not s'est plaint de."""
        words = self.part.words
        if words[index].low not in self.cues.participles:
            return False
        at = index - 1
        while at > 0 and pos_of(self.part, words[at]) == "ADV":
            at -= 1
        return words[at].low in _BEING and not {"se", "s"} & {word.low for word in words[max(0, at - 3) : at]}

    def _is_object(self, index: int) -> bool:
        """Whether words[index], which looks like a participle, is a noun that another one governs: a déposé plainte."""
        before = self.part.token_at(self.part.words[index - 1].start) if index else None
        return pos_of(self.part, self.part.words[index]) == "NOUN" and before is not None and "VerbForm=Part" in before.morph

    def calls_for(self, index: int) -> bool:
        """Whether à follows the verb words[index], as in il appelle (les élus) à « … », where appeler names nothing."""
        words = self.part.words
        if index + 1 < len(words) and words[index + 1].low in ("à", "au", "aux"):
            return True
        if self.cues.forms.get(words[index].low) != "appeler":
            return False
        for at in range(index + 2, min(index + 6, len(words) - 2)):
            if words[at].low == "à":
                if words[at + 1].low in _TO_WHAT:
                    return True  # appelle les élus à une « … »
                asked = words[at + 1] if words[at + 1].low.isalpha() else words[at + 2]
                token = self.part.token_at(asked.start)
                return token is not None and "VerbForm=Inf" in token.morph
        return False

    def _quotes_next(self, index: int) -> bool:
        """Whether marks or que follow words[index] at once or after an adverb, and no article stands before it."""
        words = self.part.words
        after = index + 1
        while after < min(len(words), index + 3) and (
            words[after].low in _ADVERBS or pos_of(self.part, words[after]) == "ADV"
        ):
            after += 1
        if after < len(words) and words[after].low in DETERMINERS and after + 1 < len(words):
            after += 1 + (words[after + 1].low == "'")
        opens = after < len(words) and words[after].low in _OPENS
        return opens and index > 0 and words[index - 1].low not in DETERMINERS | PREPOSITIONS | {"'"}

    def is_finite(self, word: Word) -> bool:
        """Whether the word is a finite verb."""
        token = self.part.token_at(word.start)
        return token is not None and token.pos in ("VERB", "AUX") and "VerbForm=Fin" in token.morph

    def subject(self, index: int, clause: Sequence[int]) -> Phrase | None:
        """The subject of the verb words[index] among the words of its clause before it."""
        return self.reader.grammar.subject_before(self.part, index, clause[0])

    def before(self, offset: int) -> list[int]:
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
            if span is not None and word.start < span.start and offset < span.outer_end:
                break  # a nested quotation: its clause begins with the outer one
            if span is not None and span.outer_end <= offset:
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
