"""Who a passage without a verb of speech next to its quotation is about: the subjects of the sentences around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presstm.naming import people
from presstm.parts import Mention, Part, Sentence, Token
from presstm.quoting.attribution import speaks
from presstm.quoting.clauses import Clauses
from presstm.quoting.noun_phrases import BODIES, PREPOSITIONS, Phrase, named
from presstm.quoting.speakers import ANYBODY

_WORDS = re.compile(
    r"(?:L[ae]s?\s|L['’]|C(?:es?|ette)\s)(?:mots?|phrases?|propos|paroles?|cri|constat|aveu|message|formule|confidence|témoignage|appel|citation"
    r"|avertissement|remarque|interrogation|question)\b(?:\s(?:du|de)\s(?:cœur|colère|guerre|détresse|alarme))?(?:,?\s(?:est|sont|était|étaient|c['’]est)"
    r"(?:\scelles?|\sceux)?)?\s(?:de\s|du\s|d['’])(?:la\s|l['’])?(?:[a-zà-ÿ-]+\s){0,3}\Z"
)
_HE_OR_SHE = re.compile(r"(?:\A|(?<=-))(?:il|elle)\Z")  # the tokenizer leaves the hyphen of dit-elle with it
_SPEAKS = 4  # rank of who is the subject of a verb of speech
_ASKING = frozenset(  # lemmas, and a form that has none
    "citer contacter donne donner écouter inviter interroger interviewer joindre laisser recevoir rencontrer suivre".split()
)
_WHICH = (
    "lequel",
    "laquelle",
    "duquel",
    "auquel",
    "lesquels",
    "lesquelles",
    "desquels",
    "desquelles",
    "auxquels",
    "auxquelles",
)
_VERB_NEXT = re.compile(
    r"\s(?!(?:et|ou|ni|de|du|des|d['’]|à|au|aux|qui|que|dont|en|dans|chez|par|pour|sur|surtout|notamment)\b)[a-zà-ÿ]"
)
_IS_SUBJECT = 3  # rank of a person who is the subject of another verb
_CREDIT = 150  # characters of a line that names who said what stands above it


def last(clauses: Clauses, start: int, end: int, *, person: bool = False) -> Phrase | None:
    """Who the last sentence between two offsets that has such a subject is about, what is quoted left out.

    In a sentence, the subject of a verb of speech comes first, then a person who is a subject or whose opinion it gives, then
    a body or a pronoun. A person who is named in another way counts only if no sentence has such a subject. Where it has to be
    a `person`, bodies do not count.
    """
    part, weak = clauses.part, None
    for sentence in _backwards(clauses, start, end):
        best: tuple[int, int] = (0, 0)
        chosen: Phrase | None = None
        for token in part.tokens_between(max(start, sentence.start), min(end, sentence.end)):
            if clauses.span_at(token.start) is not None:
                continue
            rank, phrase = _candidate(clauses, token)
            if phrase is None or (person and phrase.mention is not None and not _may_say_i(clauses, phrase.mention)):
                continue
            before_name = chosen is not None and chosen.kind == "pronoun" and rank and _heads_clause(clauses, phrase)
            if (rank, token.start) > best or before_name:  # Quand elle en parle, X rit
                best, chosen = (max(rank, best[0]), token.start), phrase
        if chosen is not None and best[0] > 1:
            return chosen
        weak = weak or chosen
    return weak


def first(clauses: Clauses, start: int, end: int) -> Phrase | None:
    """The person with whose name the next sentence begins, who speaks in it, or who is its subject and the only one it names:
    « … » Au téléphone, X raconte; « … » Assise à son bureau, X range."""
    words = clauses.part.words
    index = clauses.part.word_index(start)
    if index < len(words) and words[index].start < end:
        mention = clauses.part.mention_at(words[index].start)
        if mention is not None and mention.label == "PER":
            return named(mention)
        sentence = clauses.part.sentence_at(words[index].start)
        if clauses.span_at(words[index].start) is None:
            said = [_candidate(clauses, token) for token in clauses.part.tokens_between(start, min(sentence.end, end))]
            persons = [
                (rank, phrase) for rank, phrase in said if phrase and phrase.mention and phrase.mention.label == "PER"
            ]
            alone = len({phrase.mention for _, phrase in persons}) == 1 and _heads_clause(clauses, persons[0][1])
            alone = alone and words[index].low not in PREPOSITIONS  # Au café, X dort
            return next((phrase for rank, phrase in persons if rank == _SPEAKS or alone), None)
    return None


def house(clauses: Clauses, start: int, end: int) -> Phrase | None:
    """X in the last sentence between two offsets that says what is said there: chez X, on s'étonne."""
    for sentence in _backwards(clauses, start, end):
        for token in clauses.part.tokens_between(max(start, sentence.start), min(end, sentence.end)):
            if token.text.lower() == "on" and clauses.span_at(token.start) is None:
                return _house(clauses, token)
    return None


def whose_words(clauses: Clauses, start: int) -> Phrase | None:
    """X where the text goes on after `start` with « Le cri du cœur de X … », « Ces mots sont de X. »."""
    part = clauses.part
    while start < len(part.text) and not part.text[start].isalnum():
        start += 1
    if start >= len(part.text):
        return None
    named_here = (
        m for m in part.mentions_between(start, part.sentence_at(start).end) if m.label == "PER" or m.label in BODIES
    )
    mention = next(named_here, None)
    return named(mention) if mention is not None and _WORDS.match(part.text, start, mention.start) else None


def credit(clauses: Clauses, end: int) -> Phrase | None:
    """The person with whose name the short line after a quotation begins, if that line says no more."""
    return name_line(clauses, clauses.part.paragraph_at(end) + 1)


def name_line(clauses: Clauses, paragraph: int) -> Phrase | None:
    """The person with whose name a short paragraph begins, if it says no more: X, journaliste, 25 mars."""
    part = clauses.part
    if not 0 <= paragraph < len(part.paragraphs):
        return None
    start, stop = part.paragraphs[paragraph]
    phrase = first(clauses, start + (len(part.text[start:stop]) - len(part.text[start:stop].lstrip("—–- "))), stop)
    short = stop - start <= _CREDIT and not any("VerbForm=Fin" in token.morph for token in part.tokens_between(start, stop))
    return phrase if short else None


def _backwards(clauses: Clauses, start: int, end: int) -> Iterator[Sentence]:
    part = clauses.part
    if start >= end:
        return
    sentences = part.sentences
    at = part.sentence_at(end - 1).id - sentences[0].id
    while at >= 0 and sentences[at].end > start:
        yield sentences[at]
        at -= 1


def _may_say_i(clauses: Clauses, mention: Mention) -> bool:
    """Whether words in the first person may be of whom the mention names: a person, or an outlet whose leader is quoted."""
    return mention.label == "PER" or (mention.label == "MEDIA" and clauses.reader.reviews_press())


def _follows_verb(clauses: Clauses, token: Token) -> bool:
    """Whether an inserted verb of speech stands right before: "…, rappelle X"."""
    words, at = clauses.part.words, clauses.part.word_index(token.start) - 1
    inserted = at > 0 and words[at - 1].low in (",", "(", "–", "—")
    mention = clauses.part.mention_at(token.start)
    inserted = inserted or (mention is not None and mention.label == "MEDIA" and clauses.reader.reviews_press())
    return inserted and words[at].low in clauses.cues.finite and token.text[0].isupper()


def _is_inverted(clauses: Clauses, pronoun: Token) -> bool:
    """Whether a verb of speech stands before a pronoun with its hyphen: raconte-t-elle."""
    words, at = clauses.part.words, clauses.part.word_index(pronoun.end) - 2
    joined = words[at].low in ("-", "‑")
    while at > 0 and words[at].low in ("-", "‑", "t"):
        at -= 1
    return joined and words[at].low in clauses.cues.forms


def _heads_clause(clauses: Clauses, phrase: Phrase) -> bool:
    """Whether a name stands between a comma and what looks like its verb: Assise à son bureau, X range; to the parser it is no subject."""
    return (
        clauses.part.text[phrase.start - 2 : phrase.start] == ", "
        and _VERB_NEXT.match(clauses.part.text, phrase.end) is not None
    )


def _house(clauses: Clauses, on: Token) -> Phrase | None:
    """X in "chez X, on relativise"."""
    words, at = clauses.part.words, clauses.part.word_index(on.start)
    first = clauses.part.word_index(clauses.part.sentence_at(on.start).start)
    return speaks(clauses, Phrase(on.start, on.end, "pronoun", "on", None), range(first, at)) if at < len(words) else None


def _in_relative_clause(part: Part, mention: Mention) -> bool:
    """Whether a name is the subject of a relative clause, which describes something else: la dérive où X s'est perdu; after its
    verb the clause presents who it names: l'atelier où travaille X."""
    before = part.words[part.word_index(mention.start) - 1].low if mention.start else ""
    if before.endswith(_WHICH):
        return True  # aux yeux desquels X a tort
    tokens = part.tokens_between(mention.start, mention.end)
    verbs = [part.tokens[token.head] for token in tokens if token.dep == "nsubj" and token.head < len(part.tokens)]
    return any(verb.dep == "acl:relcl" and verb.start > mention.start for verb in verbs)


def _candidate(clauses: Clauses, token: Token) -> tuple[int, Phrase | None]:
    part, cues = clauses.part, clauses.cues
    subject = token.dep in ("nsubj", "nsubj:pass")
    governing = part.tokens[token.head] if token.head < len(part.tokens) else token
    says = (subject and governing.text.lower() in cues.forms) or _follows_verb(clauses, token)
    mention = part.mention_at(token.start)
    if mention is not None and mention.label == "PER":
        if not says and _in_relative_clause(part, mention):
            return 0, None
        return (_SPEAKS if says else _IS_SUBJECT if people.is_subject(part, mention) else 1), named(mention)
    if mention is not None and mention.label in BODIES:
        if mention.label == "MEDIA" and subject and governing.lemma in _ASKING:
            return 0, None  # Le Sémaphore a rencontré X
        if says:
            return _SPEAKS, named(mention)
        about = mention.label != "MEDIA" or clauses.reader.reviews_press()
        return (2, named(mention)) if subject and about else (0, None)
    if token.text.lower() == "on" and subject:
        house = _house(clauses, token)
        return (_SPEAKS, house) if house is not None else (0, None)
    pronoun = _HE_OR_SHE.search(token.text.lower())
    says = says or (pronoun is not None and _is_inverted(clauses, token))
    if not (subject or says):
        return 0, None
    if pronoun is not None:
        return (_SPEAKS if says else _IS_SUBJECT), Phrase(
            token.start + pronoun.start(), token.end, "pronoun", pronoun.group(), None
        )
    taken_up = token.text.lower() in ANYBODY  # le jeune homme roule de nuit
    if token.pos == "NOUN" and (says or taken_up):
        phrase = clauses.reader.grammar.phrase_at(part, token.start, token.end + 80)
        speaks_of = (
            phrase is not None
            and phrase.kind == "noun"
            and phrase.head not in cues.papers
            and (says or phrase.determiner in ("le", "la", "ce", "cette"))
        )
        return (_SPEAKS if says else _IS_SUBJECT, phrase) if speaks_of else (0, None)
    return 0, None
