"""Who speaks: what il, elle, la chercheuse or le rapport stand for.

A `Reader` goes through one article. References are resolved to what the text named before:
- il, elle: the last person of that gender, subjects and earlier speakers first, or the words for somebody unnamed;
- la chercheuse, l'avocate: the last person introduced with that word, or the last person of that gender nearby;
- le rapport, les chercheurs: the body most often named in one sentence with such a word, or the study of the corpus;
- l'entreprise, le syndicat: the last body that such a word may take up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from presstm.article import Article
from presstm.naming import people
from presstm.parts import Mention, Part, Token
from presstm.quoting.bodies import Bodies
from presstm.quoting.noun_phrases import AMOUNTS, BODIES, NAMED, PRONOUNS, Grammar, Phrase, is_indefinite
from presstm.quoting.persons import Persons
from presstm.quoting.speech import Cues

_AUTHORS = ("auteur", "autrice", "chercheu", "rapporteu", "enquêteu")
_EDITORS = ("éditorialiste", "chroniqueu")  # who speak for their outlet
_PLURAL = re.compile(r"(?:aux|s)\Z")
_JUDGES = frozenset("juges magistrats".split())
_RULINGS = frozenset("décision jugement arrêt verdict ordonnance".split())
ANYBODY = frozenset(
    "jeune vieil vieux vieille homme femme dame monsieur garçon fille mère père de famille"
    " trentenaire quadragénaire quinquagénaire sexagénaire".split()
)
_MADE_BY = re.compile(
    r"\s\w+(?:ées?|ites?)\s(?:\w+\s){0,3}?par\s(?:(?:les?|la|une?)\s|l['’])?(?:[a-zà-ÿ-]+\s){0,2}(?:de\s)?(?=[A-ZÀ-Þ])"
)
_TOGETHER = 8  # characters from one of two speakers to the other
_NEXT = 2  # sentences back to the body that il and elle may refer to
_THINGS = frozenset(  # that say something, but are nobody
    "publicité affiche formule slogan brochure guide loi règlement dicton chanson courriel mail message annonce panneau banderole pancarte "
    "page phrase vidéo clip film série roman titre expression légende fiche".split()
)
_OF_SOMEBODY = re.compile(r"\b(?:cabinet|ministère|mairie|préfecture|département|région|ville)\s(?:de|du|des|d['’])", re.I)
_AS_FOR = re.compile(r"(?:Quant (?:à|au|aux)|De son côté|De leur côté)\b")
_DEFINITE = frozenset("le la les l ce cet cette ces notre son sa leur".split())


class Speaker(NamedTuple):
    """Who speaks: the entity, if known, and the words for it."""

    entity_id: str | None
    text: str


class Study(NamedTuple):
    """The study that a corpus covers: its entity, that of its report, and those of the bodies that made it."""

    entity_id: str | None = None
    report: str | None = None
    bodies: frozenset[str] = frozenset()


_NO_STUDY = Study()


@dataclass
class Reader:
    """One article: its parts, and what the text has named so far.

    `study` is what "le rapport" and "les auteurs" mean where the article names no body with them.
    """

    title: Part
    body: Part
    cues: Cues
    names: dict[str, str]  # entity_id -> name
    study: Study = _NO_STUDY

    def __post_init__(self) -> None:
        """Start without anybody having spoken."""
        self.grammar = Grammar(self.cues)
        self.article = Article(self.title, self.body)
        self.persons = Persons(self.article, self.grammar, self.names)
        self.bodies = Bodies(self.article.labelled(BODIES), self.names, self.cues)
        self._outlets = {mention.entity_id for _, _, mention in self.bodies.found if mention.label == "MEDIA"}
        named = {mention.entity_id for _, _, mention in self.bodies.found} & self.study.bodies
        self._covers_study = self.study.entity_id in named or len(named) > 1

    def speaks(self, part: Part, offset: int, entity_id: str | None) -> None:
        """Remember who spoke at `offset`; il and elle refer to speakers first."""
        self.persons.speaks(part, offset, entity_id)

    def reviews_press(self) -> bool:
        """Whether two outlets have spoken so far: the article goes through what the press says."""
        return len(self._outlets & self.persons.ever) > 1

    def resolve(self, part: Part, phrase: Phrase, before: int | None = None) -> Speaker:
        """The entity that a phrase stands for, and its words.

        What it takes up stands before `before` (by default, before the phrase): what a quotation names is not who says it.
        """
        text = part.text[phrase.start : phrase.end]
        anchor = phrase.start if before is None else min(before, phrase.start)
        if phrase.mention is not None and phrase.mention.label in NAMED:
            someone = is_indefinite(phrase.determiner) and phrase.head not in self.cues.documents
            if someone and phrase.mention.label != "PER":
                return Speaker(None, text)  # un porte-parole de X
            if phrase.mention.label == "PER":
                text = part.text[phrase.mention.start : self._end_of_speakers(part, phrase.mention)]
            return Speaker(phrase.mention.entity_id, text)
        if phrase.kind == "pronoun":
            return self._pronoun(part, phrase, anchor)
        if phrase.kind == "one of them":
            person = self.persons.one_of_them(part, phrase, anchor)
            last = phrase.determiner in ("ce", "cette")
            return Speaker(person or (self._last_body(part, anchor, reach=_NEXT) if last else None), text)
        if phrase.kind == "name":
            return Speaker(self.persons.called(text), text)
        named = self._apposed_to(part, phrase) or self._named_after(part, phrase)
        if named is not None:
            return Speaker(named.entity_id, named.text)
        return Speaker(self._noun(part, phrase, anchor), text)

    def _end_of_speakers(self, part: Part, mention: Mention) -> int:
        """The end of a name, or of the last of the names that "et" joins to it: X, Y et Z."""
        end = mention.end
        for other in part.mentions_between(mention.end, mention.end + _TOGETHER):
            if other.label == "PER" and part.text[mention.end : other.start].strip() == "et":
                end = other.end
        return end

    def _apposed_to(self, part: Part, phrase: Phrase) -> Mention | None:
        """X in "s'agace X, la porte-parole du collectif", where the phrase says what the subject X is."""
        comma = part.text[max(0, phrase.start - 2) : phrase.start] == ", "
        before = part.mention_to(phrase.start - 2) if comma and self.grammar.is_human(phrase.head) else None
        person = before is not None and before.label == "PER" and people.is_subject(part, before)
        return before if person else None

    def _named_after(self, part: Part, phrase: Phrase) -> Mention | None:
        """X in "le bailleur, X, évoque": the body that the phrase says what it is of."""
        comma = part.text[phrase.end : phrase.end + 2] == ", "
        after = part.mention_from(phrase.end + 2) if comma and phrase.determiner in ("le", "la", "l") else None
        body = after is not None and after.label in BODIES and part.text[after.end : after.end + 1] == ","
        return after if body else None

    def _pronoun(self, part: Part, phrase: Phrase, anchor: int) -> Speaker:
        text = part.text[phrase.start : phrase.end]
        if phrase.head not in PRONOUNS:
            return Speaker(None, text)
        gender, plural = PRONOUNS[phrase.head]
        if plural:
            subject = self._plural_subject(part, anchor)
            if subject is None:
                return Speaker(None, text)
            return Speaker(self._noun(part, subject, anchor), part.text[subject.start : subject.end])
        topic = self._set_apart(part, phrase)
        if topic is not None:
            return Speaker(topic.entity_id, text)
        subject = self._body_subject(part, anchor, gender)
        if subject is not None:
            return Speaker(self._noun(part, subject, anchor), text)
        person = self.persons.pronoun(part, anchor, gender)
        if person is not None:
            return Speaker(person.entity_id, person.words or text)
        announced = self.persons.announced(part, anchor, gender)
        if announced is not None:
            return Speaker(announced, text)
        return Speaker(self._last_body(part, anchor, reach=_NEXT), text)

    def _set_apart(self, part: Part, pronoun: Phrase) -> Mention | None:
        """X in "Quant à X, elle plaide": the name before the pronoun in a sentence that begins so."""
        start = part.sentence_at(pronoun.start).start
        if not _AS_FOR.match(part.text, start):
            return None
        named = [m for m in part.mentions_between(start, pronoun.start) if m.label in NAMED]
        return named[-1] if named and part.text[named[-1].end : pronoun.start].strip() == "," else None

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

    def _plural_subject(self, part: Part, offset: int) -> Phrase | None:
        """The last subject in the plural of this sentence and the two before it that may speak: les chercheurs."""
        last = part.sentence_at(offset).id - part.sentences[0].id
        start = part.sentences[max(0, last - _NEXT)].start
        for token in reversed(part.tokens_between(start, offset)):
            plural = people.feature(token.morph, "Number") == "Plur" or token.text.lower() in AMOUNTS
            if (
                plural
                and token.pos == "NOUN"
                and (token.dep in ("nsubj", "nsubj:pass") or self._is_inverted(part, token))
                and not self.article.is_quoted(part, token.start)
            ):
                phrase = self.grammar.phrase_at(part, token.start, offset)
                if phrase is not None and phrase.kind == "noun":
                    return phrase
        return None

    def _is_inverted(self, part: Part, noun: Token) -> bool:
        """Whether an inserted verb of speech stands before a noun with its article: …, notent les auteurs."""
        words, at = part.words, part.word_index(noun.start) - 2
        return at > 0 and words[at - 1].low == "," and words[at].low in self.cues.finite

    def _noun(self, part: Part, phrase: Phrase, anchor: int) -> str | None:
        found = self._referent(part, phrase, anchor)
        of_study = found == self.study.entity_id or (self._covers_study and found in self.study.bodies)
        writes = phrase.head in self.cues.documents or phrase.head.startswith(_AUTHORS)
        return self.study.report or found if found is not None and of_study and writes else found

    def _referent(self, part: Part, phrase: Phrase, anchor: int) -> str | None:
        head, cues = phrase.head, self.cues
        speaking = (cues.documents, cues.bodies, cues.groups, cues.outlets)
        if _PLURAL.sub(lambda end: "al" if end[0] == "aux" else "", head) in cues.outlets - {head}:
            publisher = self._complement(part, phrase)  # les journaux du groupe X
            return publisher.entity_id if publisher is not None else None
        if head == "porte-parole" or any(head in nouns for nouns in speaking):
            whose = self._complement(part, phrase)
            if whose is not None:
                return whose.entity_id
            if head in _RULINGS and (court := self.bodies.court(self.article.order(part, anchor))) is not None:
                return court
            if head in cues.documents and phrase.determiner in ("son", "sa"):
                author = self.persons.just_named(part, anchor)
                return author or self._behind(part, anchor, cues.documents)
            if head in cues.documents:
                return self._behind(part, anchor, cues.documents)
            if head in _JUDGES and (court := self.bodies.court(self.article.order(part, anchor))) is not None:
                return court
            if head in cues.groups:
                authors = head.startswith(_AUTHORS)
                return self._behind(part, anchor, cues.documents | cues.groups) if authors else None
            of = self._noun_of(part, phrase) if head in ("direction", "porte-parole") else None
            another = _OF_SOMEBODY.search(part.text, phrase.start, phrase.end) is not None  # le cabinet de la ministre
            if is_indefinite(phrase.determiner) or (head == "direction" and of is None) or another:
                return None
            return self._last_body(part, anchor, of or head)
        if (
            head in _THINGS
            or phrase.determiner not in _DEFINITE
            or (head.endswith(("s", "x")) and phrase.determiner in ("les", "ces"))
        ):
            return None
        anybody = set(part.text[phrase.start : phrase.end].lower().split()[1:]) <= ANYBODY
        topic = self._topic(part, phrase, anchor) if anybody and phrase.determiner in ("le", "la", "ce", "cette") else None
        somebody = topic or self.persons.role(part, phrase, anchor)
        writes = somebody is None and head.startswith(_EDITORS)
        return self._last_body(part, anchor, "journal", reach=_NEXT) if writes else somebody

    def _topic(self, part: Part, phrase: Phrase, anchor: int) -> str | None:
        """For le jeune homme, la trentenaire, which say nothing of what somebody does: the person who is the subject, or whose
        opinion is given, in the sentence before."""
        mentions = [m for m in part.mentions_between(0, anchor) if m.label == "PER"]
        if not mentions or self.article.sentences_between(part, mentions[-1].start, part, anchor) > 1:
            return None
        last = mentions[-1]
        gender = self.cues.genders.get(last.text.split()[0].lower())
        other = {"le": "Fem", "ce": "Fem", "la": "Masc", "cette": "Masc"}[phrase.determiner]
        fits = gender != other and people.is_subject(part, last) and not self.article.is_quoted(part, last.start)
        return last.entity_id if fits else None

    def _complement(self, part: Part, phrase: Phrase) -> Mention | None:
        """Whose body or document the phrase is: X in la direction de X, le rapport de X; a person for a document only."""
        document = phrase.head in self.cues.documents
        labels = (*BODIES, "PER") if document else BODIES
        made = _MADE_BY.match(part.text, phrase.end) if document else None
        end = made.end() + 1 if made else phrase.end
        return next((m for m in part.mentions_between(phrase.start, end) if m.label in labels), None)

    def _noun_of(self, part: Part, phrase: Phrase) -> str | None:
        """The word for a body in la direction de l'entreprise, le porte-parole de la plateforme."""
        words = re.findall(r"[\w-]+", part.text[phrase.start : phrase.end].lower())
        return next((word for word in words if word in self.cues.bodies and word != phrase.head), None)

    def _behind(self, part: Part, offset: int, nouns: frozenset[str]) -> str | None:
        return self.bodies.behind(self.article.order(part, offset), nouns) or self.study.entity_id

    def _last_body(self, part: Part, offset: int, noun: str = "", reach: int | None = None) -> str | None:
        far = None if reach is None else lambda where, start: self._is_far(where, start, part, offset, reach)
        return self.bodies.last(self.article.order(part, offset), noun, far)

    def _is_far(self, where: Part, start: int, part: Part, offset: int, reach: int) -> bool:
        return self.article.sentences_between(where, start, part, offset) > reach
