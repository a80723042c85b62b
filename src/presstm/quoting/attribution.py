"""Which words attribute a quotation: the verb or preposition of speech around it, and the noun phrase that speaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from presstm.parts import Mention
from presstm.quoting.clauses import Clauses, Verb
from presstm.quoting.guillemets import Quoted
from presstm.quoting.noun_phrases import BODIES, NAMED, PREPOSITIONS, Phrase, named

_SKIPPED = frozenset([",", "-", "–", "—", "»", "”", ")", '"'])
_HAVE = frozenset("a ont avait avaient".split())
_CAUSING = frozenset("fait font faisait faisaient faire laisse laissent laisser voit voient".split())
_SUBORDINATORS = frozenset("que qu qui dont où si".split())
_LINKS = _SUBORDINATORS | {"comme", "ainsi", "il", "elle", "ils", "elles", "on", "ne", "n", "et", "où"}
_ARE = frozenset("est était sont étaient".split())
TOLD = frozenset("savoir valoir remarquer observer comprendre".split())  # fait savoir que
_AS = frozenset("comme ainsi que".split())
_MENTIONED = frozenset("état part mention référence allusion".split())  # fait état de « … »
_RECEIVED = frozenset("reçu reçoit reçoivent recevait recevaient reçut reçurent".split())
_SHARED = (
    "partag",
    "confirm",
    "résum",
    "relay",
    "formul",
    "exprim",
    "dress",
    "pos",
    "adress",
    "assén",
    "livr",
    "lanc",
    "évoqu",
    "décri",
    "défendu",
)
_PAGES = frozenset("site compte page blog profil forum newsletter".split())  # on which one reads somebody's words
_UTTERING = frozenset("parler évoquer mentionner prononcer".split())
_NEVER = frozenset("pas plus jamais guère".split())
_REFUSING = ("refus", "évit", "répugn")
_SEATS = frozenset("siège entourage état-major".split())
_PHRASES = frozenset("mot formule expression phrase image comparaison constat métaphore aveu".split())
_LETTERS = frozenset("courriel e-mail email mail message sms texto lettre courrier notification mot avis".split())
_CALLED = frozenset("faut faudrait peut veut voulait voudrait veulent".split())
_TO_APPOSITION = re.compile(r"[^,.;:!?()«»\"“”\n]{0,60},\s")
_SINGULAR = frozenset("le la l un une ce cet cette son sa mon ma".split())
_REPLIES = frozenset("réponse réaction réplique commentaire conclusion explication verdict".split())
_STATED = _REPLIES | {"raison", "motif", "message", "excuse", "consigne"}
_ANSWERS = _REPLIES | {"avis", "constat", "résumé", "mot"}
_SUMMED_UP = re.compile(
    r"\s?[:,]?\s(?:(?:c['’]est (?:en ces termes|par ces mots|ainsi) que|voilà comment)\s|(?:c['’]est|tel est|voilà)\s(?:le\s|la\s|l['’])"
    r"(?:cri|mot|message|avertissement|constat|credo|promesse|conviction|avis|leitmotiv|mantra|refrain|conseil|appel|formule|conclusion|résumé|aveu)"
    r"(?:\s[a-zà-ÿ]+){0,2}?\s(?:de\s|d['’]))",
    re.I,
)
_ONESELF = frozenset(["se", "s", "'", "’"])
_NOBODY = frozenset("on je nous qui".split())  # subjects that do not tell who speaks
_GOVERNED = 10  # words between a verb and the fragment that it governs
_NEXT_TO = 12  # characters between an inserted verb and its subject
_ADJACENT = 6  # the same for verbs that carry a quotation only next to it


class Attribution(NamedTuple):
    """What attributes a quotation, and where: after, inside, colon, bare colon, governed, or reported (que, selon).

    `predicate`: for reported speech, whether a finite verb of the reported clause precedes the quotation. `by_author`: the article's
    own "je" says it.
    """

    where: str
    cue: str | None
    phrase: Phrase | None
    predicate: bool = False
    by_author: bool = False  # j'ai répondu : « … »


Place = Callable[[Clauses, Quoted], Attribution | None]


def find(clauses: Clauses, span: Quoted, *, nested: bool) -> Attribution | None:
    """What attributes the quotation, if anything does; what follows a nested one is mostly said of the outer one."""
    places = _nested_places(clauses, span) if nested else (_after, _colon, _inside)
    found = next(filter(None, (place(clauses, span) for place in (*places, _announced, _governed))), None)
    return found._replace(by_author=False) if found is not None and nested else found


def _nested_places(clauses: Clauses, span: Quoted) -> tuple[Place, ...]:
    """Where what attributes a nested quotation may stand; what follows one that ends with the outer one is said of that."""
    outer = clauses.span_at(span.start)
    ends = outer is not None and not any(map(str.isalpha, clauses.part.text[span.outer_end : outer.outer_end]))
    return (_colon,) if ends and outer is not None and outer.start < span.start else (_colon, _after)


def _after(clauses: Clauses, span: Quoted) -> Attribution | None:
    """« … », explique X; « … » selon X."""
    words = clauses.part.words
    index = clauses.part.word_index(span.outer_end)
    summed = _SUMMED_UP.match(clauses.part.text, span.outer_end)
    if summed is not None:
        phrase = clauses.reader.grammar.phrase_from(clauses.part, clauses.part.word_index(summed.end()))
        return Attribution("after", None, phrase) if phrase and clauses.reader.grammar.may_speak(phrase) else None
    named = _in_brackets(clauses, index)
    if named is not None:
        return Attribution("after", None, named)
    passive = _by_whom(clauses, span, index)
    if passive is not None:
        return passive
    comma = False
    while index < len(words) and words[index].low in _SKIPPED and clauses.same_line(span.outer_end, index):
        comma = comma or words[index].low == ","
        index += 1
    if (
        index >= len(words)
        or not clauses.same_line(span.outer_end, index)
        or clauses.part.text[words[index].start].isupper()
    ):
        return None
    length = clauses.preposition(index)
    if length and words[index].low != "pour":
        phrase = clauses.governed_by_preposition(index + length)
        return Attribution("after", clauses.words_at(index, length), phrase) if phrase else None
    if length and comma:
        phrase = clauses.reader.grammar.phrase_from(clauses.part, index + 1)
        closed = phrase is not None and re.match(r"\s?[.,;:!?\n]|$", clauses.part.text[phrase.end : phrase.end + 2])
        person = phrase is not None and phrase.mention is not None and phrase.mention.label == "PER"
        return Attribution("after", "pour", phrase) if person and closed else None
    verb = clauses.verb(index)
    if verb is None:
        return None
    phrase = verb.subject or clauses.reader.grammar.subject_after(clauses.part, verb.end, strict=not comma)
    if phrase is None or _is_object(clauses, span, words[verb.end - 1].low, phrase):
        return None
    return Attribution("after", verb.lemma, _apposed(clauses, _source(clauses, verb, phrase)))


def _is_object(clauses: Clauses, span: Quoted, verb: str, phrase: Phrase) -> bool:
    """Whether what follows a verb after the marks is no subject: les livreurs, qui parlent d'un « … », annoncent une grève;
    X, patron d'une start-up « éthique », défend son bilan."""
    if phrase.kind != "noun" or clauses.reader.grammar.may_speak(phrase):
        return False
    words = clauses.part.words
    one = re.search(r"\s", clauses.part.text[span.start : span.end]) is None
    if one and phrase.determiner in ("son", "sa", "ses", "leur", "leurs"):
        return True
    relative = any(words[index].low == "qui" and words[index - 1].low == "," for index in clauses.before(span.outer_start))
    after = words[min(clauses.part.word_index(phrase.end), len(words) - 1)].low
    return relative or (verb.endswith("ent") and phrase.determiner in _SINGULAR and after != "et")


def _apposed(clauses: Clauses, phrase: Phrase) -> Phrase:
    """X in "indique la maire de Y, X": the person whose name follows what they are."""
    if phrase.kind != "noun" or not phrase.determiner.startswith("l") or phrase.determiner == "les":
        return phrase
    member = clauses.part.mention_at(phrase.end + 1)
    if member is not None and member.label == "ORG":
        beside = clauses.part.mention_at(member.end + 1)
        if beside is not None and beside.label == "PER":
            return named(beside)  # le député LFI X
    between = _TO_APPOSITION.match(clauses.part.text, phrase.end)
    mention = clauses.part.mention_at(between.end()) if between else None
    if between is None or mention is None or mention.label != "PER" or mention.start != between.end():
        return phrase
    verbs = any("VerbForm=Fin" in token.morph for token in clauses.part.tokens_between(phrase.end, mention.start))
    return phrase if verbs else named(mention)


def _announced(clauses: Clauses, span: Quoted) -> Attribution | None:
    """Pourtant, note X, « … »."""
    words, clause = clauses.part.words, clauses.before(span.outer_start)
    if not clause or words[clause[-1]].low != ",":
        return None
    comma = next((index for index in reversed(clause[:-1]) if words[index].low == ","), None)
    verb = clauses.verb(comma + 1) if comma is not None else None
    if verb is None or verb.end > clause[-1]:
        return None
    phrase = verb.subject or clauses.reader.grammar.subject_after(clauses.part, verb.end, strict=True)
    if phrase is None or phrase.end > words[clause[-1]].start:
        return None
    return Attribution("after", verb.lemma, _source(clauses, verb, phrase))


def _by_whom(clauses: Clauses, span: Quoted, index: int) -> Attribution | None:
    """A plan qualifié de « … » par X, jugé « … » par X: who says what a participle before the marks calls something."""
    words = clauses.part.words
    if index >= len(words) or words[index].low != "par" or not clauses.same_line(span.outer_end, index):
        return None
    before = [words[at] for at in clauses.before(span.outer_start)[-3:]]
    said = next((word for word in reversed(before) if word.low in clauses.cues.participles), None)
    if said is None or said.low in clauses.cues.naming or any(word.low == "," for word in before[before.index(said) :]):
        return None
    phrase = clauses.reader.grammar.phrase_from(clauses.part, index + 1)
    able = phrase is not None and clauses.reader.grammar.may_speak(phrase)
    return Attribution("after", clauses.cues.forms[said.low], phrase) if able else None


def _in_brackets(clauses: Clauses, index: int) -> Phrase | None:
    """X in « … » (X, députée)."""
    words = clauses.part.words
    if index + 1 >= len(words) or words[index].low != "(":
        return None
    mention = clauses.part.mention_at(words[index + 1].start)
    return named(mention) if mention is not None and mention.label == "PER" else None


def _inside(clauses: Clauses, span: Quoted) -> Attribution | None:
    """« …, explique X, … »."""
    words = clauses.part.words
    first, last = clauses.part.word_index(span.start), clauses.part.word_index(span.end)
    for index in range(first + 1, last - 1):
        if words[index].low not in (",", "!", "?", "…", "–", "—", "("):
            if words[index + 1].low not in ("se", "s") or words[index].low in _LINKS:
                continue
            bare = clauses.verb(index + 1)  # the comma left out: … des emplois se rappelle X. …
            phrase = clauses.reader.grammar.subject_after(clauses.part, bare.end, strict=True) if bare else None
            if bare is None or phrase is None or phrase.mention is None or phrase.mention.label != "PER":
                continue
            if phrase.start - words[bare.end - 1].end > 1 or not re.match(r"[.,]", clauses.part.text[phrase.end : span.end]):
                continue
            return Attribution("inside", bare.lemma, phrase)
        verb = clauses.verb(index + 1)
        if verb is None or verb.end > last:
            continue
        if verb.subject is not None and verb.subject.head not in ("je", "nous"):
            return Attribution("inside", verb.lemma, _source(clauses, verb, verb.subject))
        if verb.subject is None and words[verb.end - 1].end < span.end:
            phrase = clauses.reader.grammar.subject_after(clauses.part, verb.end, strict=True)
            named = phrase is not None and phrase.end < span.end and phrase.start - words[verb.end - 1].end < 20
            if phrase is not None and named and (phrase.kind == "mention" or words[index].low == ","):
                closed = clauses.part.text[phrase.end : span.end]
                if re.search(r"[,.–—)]", closed):
                    return Attribution("inside", verb.lemma, phrase)
    return None


def _colon(clauses: Clauses, span: Quoted) -> Attribution | None:
    """X explique : « … », and X : « … »."""
    words, clause = clauses.part.words, clauses.before(span.outer_start)
    while clause and words[clause[-1]].low in ("-", "–", "—"):
        clause.pop()
    if not clause or words[clause[-1]].low != ":":
        return None
    clause.pop()
    if not clause:
        return None
    if span.depth == 0 and _say_i(clauses, clause):
        return Attribution("colon", None, None, by_author=True)
    for index in reversed(clause):
        if words[index].low in (":", ";"):
            break
        lemma = clauses.cue(index)
        if lemma == "apprendre" and words[index + 1].low in ("par", "dans", "via"):
            told = clauses.reader.grammar.phrase_from(clauses.part, index + 2)
            if told is not None and told.head in _LETTERS:
                return Attribution("colon", ":", told)  # ils l'ont appris par un courriel : « … »
        if lemma is not None and not (lemma == "faire" and words[index - 1].low == "il"):  # il faisait froid
            grammar = clauses.reader.grammar
            subject = grammar.hyphen_pronoun(clauses.part, index + 1) or clauses.subject(index, clause)
            if subject is None and words[clause[0]].low in _AS:
                subject = grammar.subject_after(clauses.part, index + 1, strict=True)  # Comme le disait X : « … »
            return Attribution("colon", lemma, speaks(clauses, subject, clause))
    if any(words[index].low in _RECEIVED for index in clause):  # X a reçu un courriel : « … »
        phrases = clauses.reader.grammar.phrases(clauses.part, clause[0], clause[-1] + 1)
        letter = next((phrase for phrase in phrases if phrase.head in _LETTERS), None)
        if letter is not None:
            return Attribution("colon", ":", letter)
    speaker = _speaker_in(clauses, clause)
    if any(words[index].low in _STATED for index in clause[:2]):
        return Attribution("colon", ":", speaker if speaker and speaker.mention else None)  # Sa réponse : « … »
    if speaker is None:
        return None
    return Attribution("colon" if speaker.kind == "mention" else "bare colon", ":", speaker)


def _say_i(clauses: Clauses, clause: Sequence[int]) -> bool:
    """Whether the author says what follows: je réponds, j'ai lancé, je lui ai dit."""
    near = [clauses.part.words[index].low for index in clause[-8:]]
    if not {"je", "j"} & set(near):
        return False
    after = near[max(at for at, word in enumerate(near) if word in ("je", "j")) + 1 :]
    cues = clauses.cues
    past = bool({"ai", "avais"} & set(after)) and any(word in cues.participles for word in after)
    present = any(
        word in cues.finite or word.removesuffix("s") + "t" in cues.finite or f"{word[:-1]}d" in cues.finite
        for word in after
    )
    return past or present


def _speaker_in(clauses: Clauses, clause: Sequence[int]) -> Phrase | None:
    """Who is named in a clause without a verb of speech before a colon: its subject, or a person, first."""
    words, part = clauses.part.words, clauses.part
    verb = next((index for index in reversed(clause) if clauses.is_finite(words[index])), None)
    subject = clauses.subject(verb, clause) if verb is not None else None
    if subject is not None and (subject.kind == "pronoun" or (subject.mention and subject.mention.label == "PER")):
        return subject if subject.head not in ("on", "je", "nous") else None
    mentions = list(part.mentions_between(words[clause[0]].start, words[clause[-1]].end))
    people = [mention for mention in mentions if mention.label == "PER" and not _is_complement(clauses, mention)]
    bodies = [mention for mention in mentions if mention.label in ("ORG", "PLATFORM") and not _is_place(clauses, mention)]
    chosen = people[-1] if people else bodies[-1] if bodies and verb is None else None
    if chosen is not None:
        return named(chosen)
    if any(m.label == "LOC" for m in mentions) and part.name == "title":
        return None  # Nantes : « … »
    phrases = clauses.reader.grammar.phrases(part, clause[0], clause[-1] + 1)
    return next((phrase for phrase in phrases if phrase.kind == "name" or clauses.reader.grammar.may_speak(phrase)), None)


def _is_place(clauses: Clauses, mention: Mention) -> bool:
    """Whether a name says where or against whom something happens: grève chez X, procès contre X."""
    index = clauses.part.word_index(mention.start)
    return any(word.low in ("chez", "contre") for word in clauses.part.words[max(0, index - 1) : index])


def _is_complement(clauses: Clauses, mention: Mention) -> bool:
    """Whether de, à, chez … stands before a name: the founder of X; not in "réponse de X", "partagé par X", "le mot est de X"."""
    words, index = clauses.part.words, clauses.part.word_index(mention.start) - 1
    if index >= 0 and words[index].low in ("'", "l", "le", "la"):
        index -= 1
    if index > 0 and words[index].low in ("de", "d", "du") and words[index - 1].low in _ANSWERS:
        return False
    before = [word.low for word in words[max(0, index - 3) : index]]
    if index > 0 and words[index].low == "par" and before[-1].startswith(_SHARED):
        return False
    if index > 1 and words[index].low in ("de", "d") and before[-1] in _ARE and before[-2] in _PHRASES:
        return False
    return index >= 0 and words[index].low in PREPOSITIONS and words[index].low != "pour"


def _governed(clauses: Clauses, span: Quoted) -> Attribution | None:
    """Elle dénonce une « … »; X affirme que … « … »; selon X, … « … »; Wazzup « prend acte »."""
    clause = clauses.before(span.outer_start)
    if not clause or _is_caused(clauses, span, clause):
        return None
    here = [index for index in clause if index > _last_colon(clauses, clause)]
    finite = any(clauses.is_finite(clauses.part.words[index]) for index in here)
    return (
        _by_verb(clauses, span, clause, here)
        or _by_preposition(clauses, span, clause, finite)
        or _inserted(clauses, clause)
        or _subject_of_fragment(clauses, span, clause)
    )


def _last_colon(clauses: Clauses, clause: Sequence[int]) -> int:
    """Index of the last colon or semicolon of a clause, or -1."""
    return next((index for index in reversed(clause) if clauses.part.words[index].low in (":", ";")), -1)


def _is_infinitive(clauses: Clauses, span: Quoted) -> bool:
    """Whether the marks begin with an infinitive: dit « prendre acte »."""
    first = clauses.part.token_at(span.start)
    return first is not None and "VerbForm=Inf" in first.morph


def _is_caused(clauses: Clauses, span: Quoted, clause: Sequence[int]) -> bool:
    """Whether the marks hold what somebody makes others do: raconte comment ils font « mijoter » leurs clients."""
    first = clauses.part.token_at(span.start)
    alone = first is not None and first.end >= span.end
    return alone and _is_infinitive(clauses, span) and clauses.part.words[clause[-1]].low in _CAUSING


def _by_verb(clauses: Clauses, span: Quoted, clause: Sequence[int], here: Sequence[int]) -> Attribution | None:
    """Elle dénonce une « … »; X affirme que … « … »: the nearest verb of speech, with no other clause between it and the marks but one
    of "que"."""
    words = clauses.part.words
    infinitive = _is_infinitive(clauses, span)
    finite, subordinate = False, ""
    for steps, index in enumerate(reversed(here)):
        alone = not subordinate and not finite
        warner = _warner(clauses, index, clause) if alone else None
        if warner is not None:
            return warner
        lemma = _saying(clauses, index, clause, infinitive=infinitive)
        if lemma is not None:
            reported = subordinate in ("que", "qu")
            beside = lemma in clauses.cues.adjacent_only
            tells = lemma == "faire" and words[index + 1].low in TOLD
            reaches = alone and steps < (_ADJACENT if beside else _GOVERNED)
            subject = _who_says(clauses, span, index, clause) if reaches or (reported and (tells or not beside)) else None
            if subject is not None:
                return Attribution("reported" if reported else "governed", lemma, subject, finite)
        if words[index].low in _SUBORDINATORS:
            subordinate = words[index].low
        elif clauses.is_finite(words[index]):
            finite = True
    return None


def _warner(clauses: Clauses, index: int, clause: Sequence[int]) -> Attribution | None:
    """X met en garde contre « … », where words[index] is contre."""
    words = clauses.part.words
    warns = words[index].low == "contre" and [word.low for word in words[max(0, index - 2) : index]] == ["en", "garde"]
    if not warns or index - 3 < clause[0]:
        return None
    warner = speaks(clauses, clauses.subject(index - 3, clause), clause)
    return Attribution("governed", "mettre en garde", warner) if warner is not None else None


def _saying(clauses: Clauses, index: int, clause: Sequence[int], *, infinitive: bool) -> str | None:
    """Infinitive of the verb of speech words[index], if what it governs is what somebody says."""
    lemma = clauses.cue(index)
    if lemma is None or _means_else(clauses, index, lemma) or _is_inserted(clauses, index, clause):
        return None
    to_have = lemma == "dire" and _says_to_have(clauses, index)
    if clauses.part.words[index].low in clauses.cues.naming and not clauses.calls_for(index):
        tells = lemma == "dire" and (infinitive or to_have or _said_it(clauses, index))
        if not tells:
            return None
    says = lemma == "dire" and (infinitive or to_have)
    return lemma if says or not _calls(clauses, index, clause) else None


def _said_it(clauses: Clauses, participle: int) -> bool:
    """Whether the participle words[participle] has an auxiliary: a dit « … », s'est dite « … »."""
    return clauses.part.words[participle - 1].low in _HAVE or _of_oneself(clauses, participle)


def _means_else(clauses: Clauses, index: int, lemma: str) -> bool:
    """Whether a verb that is one of speech elsewhere is none here: veut « … », but se veut « … »; fait partie; relève du « … »."""
    words = clauses.part.words
    after = words[index + 1].low
    if lemma in _UTTERING and _is_left_unsaid(clauses, index):
        return True
    if lemma == "vouloir":
        return words[index - 1].low not in _ONESELF
    if lemma == "attendre":
        return not _ONESELF & {word.low for word in words[max(0, index - 3) : index]}  # s'attend à, but not attend « … »
    if lemma == "faire":
        return after not in TOLD | _MENTIONED
    return lemma == "relever" and after in ("de", "du", "d")


def _is_left_unsaid(clauses: Clauses, verb: int) -> bool:
    """Whether the word is one that somebody does not use: ne parle pas de « … », refuse de parler de « … »."""
    near = [word.low for word in clauses.part.words[max(0, verb - 4) : verb + 3]]
    return bool({"ne", "n"} & set(near) and _NEVER & set(near)) or any(word.startswith(_REFUSING) for word in near)


def _who_says(clauses: Clauses, span: Quoted, index: int, clause: Sequence[int]) -> Phrase | None:
    """The subject of the verb of speech words[index], if it says who speaks."""
    subject = clauses.reader.grammar.hyphen_pronoun(clauses.part, index + 1) or clauses.subject(index, clause)
    if subject is None and index == clause[0] and clauses.part.words[index].low.endswith("ant"):
        subject = _after_participle(clauses, span)
    return speaks(clauses, subject, clause)


def _by_preposition(clauses: Clauses, span: Quoted, clause: Sequence[int], finite: bool) -> Attribution | None:
    """Selon X, … « … »; X, pour qui … « … »."""
    words = clauses.part.words
    for index in clause:
        whose = clauses.in_whose_view(index)
        if whose is not None:
            return Attribution("reported", "pour", whose, finite)
        length = clauses.preposition(index)
        at_start = index == clause[0] or words[index - 1].low == "," or words[index + 1].low in ("lui", "elle", "eux")
        if length and (words[index].low != "pour" or index == clause[0]) and at_start:
            phrase = clauses.governed_by_preposition(index + length)
            if phrase is not None and phrase.end < span.start:
                return Attribution("reported", clauses.words_at(index, length), phrase, finite)
    return None


def _inserted(clauses: Clauses, clause: Sequence[int]) -> Attribution | None:
    """La hausse, a expliqué X, serait « … »; rien à voir, insiste-t-elle, avec « … »."""
    words, part = clauses.part.words, clauses.part
    for at in (index for index in reversed(clause[1:]) if words[index].low == ","):
        verb = clauses.verb(at + 1)
        if verb is None or verb.end > clause[-1]:
            continue
        phrase = verb.subject or clauses.reader.grammar.subject_after(part, verb.end, strict=True)
        near = phrase is not None and phrase.start - words[verb.end - 1].end < _NEXT_TO
        if phrase is None or not near or phrase.head in _NOBODY or phrase.end > words[clause[-1]].start:
            continue
        if part.text[max(phrase.end, words[verb.end - 1].end) :][:1] != ",":
            continue
        goes_on = any(clauses.is_finite(words[index]) for index in clause if words[index].start > phrase.end)
        if goes_on or verb.subject is not None:
            before = any(clauses.is_finite(words[index]) for index in clause if index < at)
            return Attribution("reported", verb.lemma, phrase, goes_on or before)
    return None


def _is_inserted(clauses: Clauses, index: int, clause: Sequence[int]) -> bool:
    """Whether the verb stands with its subject after it between commas: ", estime X, …"."""
    if index == clause[0] or clauses.part.words[index - 1].low != ",":
        return False
    phrase = clauses.reader.grammar.subject_after(clauses.part, index + 1, strict=True)
    return phrase is not None and phrase.start - clauses.part.words[index].end < 4


def _calls(clauses: Clauses, index: int, clause: Sequence[int]) -> bool:
    """Whether "dire" names instead of saying: se disent « … », faut-il dire « … », cela veut dire « … »."""
    words = clauses.part.words
    before = [words[position].low for position in clause if position < index][-4:]
    if clauses.cues.forms[words[index].low] == "vouloir":
        return "dire" in {word.low for word in words[index + 1 : index + 4]}
    if clauses.cues.forms[words[index].low] != "dire" or _of_oneself(clauses, index):
        return False
    if words[index].low in ("dit", "dits", "dite", "dites") and not _HAVE & set(before):
        token = clauses.part.token_at(words[index].start)
        if words[index].low != "dit" or (token is not None and "VerbForm=Part" in token.morph):
            return True  # des horaires dits « … »
    plural = words[index].low in ("disent", "disaient")
    return bool(_CALLED & set(before)) or (plural and bool({"se", "s"} & set(before)) and _names_next(clauses, index))


def _names_next(clauses: Clauses, index: int) -> bool:
    """Whether the marks after words[index] hold a noun, which is what one calls oneself, and no adjective, which is how one feels."""
    word = next((word for word in clauses.part.words[index + 1 : index + 4] if word.low.isalpha()), None)
    token = clauses.part.token_at(word.start) if word is not None else None
    return token is None or token.pos not in ("ADJ", "VERB", "ADV", "ADP")


def _says_to_have(clauses: Clauses, verb: int) -> bool:
    """Whether the infinitive of what is said follows words[verb]: dit avoir, dit ne pas être."""
    words, at = clauses.part.words, verb + 1
    while at < len(words) and words[at].low in ("ne", "n", "'", "pas", "plus", "rien", "s", "se", "en", "y"):
        at += 1
    token = clauses.part.token_at(words[at].start) if at < len(words) else None
    return token is not None and token.pos in ("VERB", "AUX") and "VerbForm=Inf" in token.morph


def _after_participle(clauses: Clauses, span: Quoted) -> Phrase | None:
    """X in "Dénonçant un « … », X appelle à …"."""
    words, grammar = clauses.part.words, clauses.reader.grammar
    comma = clauses.part.word_index(span.outer_end)
    if comma + 1 >= len(words) or words[comma].low != "," or not clauses.same_line(span.outer_end, comma + 1):
        return None
    phrase = grammar.phrase_from(clauses.part, comma + 1)
    return phrase if phrase is not None and grammar.may_speak(phrase) else None


def _of_oneself(clauses: Clauses, participle: int) -> bool:
    """Whether the participle words[participle] is of what somebody said of themselves: s'est dite « … »."""
    words = clauses.part.words
    return participle > 1 and words[participle - 1].low in _ARE and words[participle - 2].low in _ONESELF


def _subject_of_fragment(clauses: Clauses, span: Quoted, clause: Sequence[int]) -> Attribution | None:
    """X « prend acte de … », la plateforme « étudie … »."""
    words, token = clauses.part.words, clauses.part.token_at(span.start)
    several = bool(re.search(r"\s", clauses.part.text[span.start : span.end]))
    if words[clause[-1]].low == ")" and len(clause) > 3 and words[clause[-3]].low == "(":
        clause = clause[:-3]  # la Fédération des coursiers (FDC) « étudie … »
    if several and token is not None and "VerbForm=Part" in token.morph:
        return _subject_of_participle(clauses, clause)
    if words[clause[-1]].low.startswith("sent") and _ONESELF & {words[index].low for index in clause[-4:]}:
        return _governing(clauses, clause[-1], clause)  # X se sent « … », s'est sentie « … »
    if several and token is not None and "VerbForm=Inf" in token.morph:
        return _subject_of_infinitive(clauses, clause)
    if clauses.part.name == "title" and token is not None and token.pos in ("ADJ", "ADV"):
        return _subject_of_headline(clauses, clause, several=several)
    if not several or token is None or "VerbForm=Fin" not in token.morph:
        return None
    mention = clauses.part.mention_at(words[clause[-1]].start)
    if mention is not None:
        return Attribution("governed", None, named(mention)) if mention.label in ("PER", "ORG", "PLATFORM") else None
    grammar = clauses.reader.grammar
    phrases = [phrase for phrase in grammar.phrases(clauses.part, clause[0], clause[-1] + 1) if grammar.may_speak(phrase)]
    ends = bool(phrases) and phrases[-1].end == words[clause[-1]].end
    return Attribution("governed", None, phrases[-1]) if ends else None


def _subject_of_headline(clauses: Clauses, clause: Sequence[int], *, several: bool) -> Attribution | None:
    """X « inquiet » pour l'avenir, Wazzup « très surpris »: a headline that leaves out that X says to be so; Wazzup « éthique » does not."""
    mention = clauses.part.mention_at(clauses.part.words[clause[-1]].start)
    says = mention is not None and (mention.label == "PER" or (several and mention.label in ("ORG", "PLATFORM")))
    return Attribution("governed", None, named(mention)) if mention is not None and says else None


def _subject_of_participle(clauses: Clauses, clause: Sequence[int]) -> Attribution | None:
    """X a d'abord « travaillé sur … », X ne s'est pas « senti menacé »."""
    words = clauses.part.words
    for index in reversed(clause[-4:]):
        reflexive = words[index].low in _ARE and words[index - 1].low in _ONESELF
        if words[index].low in _HAVE or reflexive:
            return _governing(clauses, index, clause)
    return None


def _subject_of_infinitive(clauses: Clauses, clause: Sequence[int]) -> Attribution | None:
    """X annule un voyage pour « surveiller les préparatifs »; X n'a pas voulu « commenter »."""
    last = clauses.part.words[clause[-1]].low
    wants = clauses.cues.forms.get(last) == "vouloir"
    if not wants and last not in ("pour", "de", "d", "à", "'"):
        return None
    verb = next((index for index in reversed(clause) if clauses.is_finite(clauses.part.words[index])), None)
    return _governing(clauses, verb, clause, bodies=wants) if verb is not None else None


def _governing(clauses: Clauses, verb: int, clause: Sequence[int], *, bodies: bool = False) -> Attribution | None:
    """The subject of a verb as the speaker, if it is a person, or one of the `bodies` that are named."""
    subject = clauses.subject(verb, clause)
    if subject is None or subject.head in _NOBODY:
        return None
    named = subject.mention is not None and (subject.mention.label == "PER" or (bodies and subject.mention.label in BODIES))
    person = (
        named or subject.kind == "pronoun" or (subject.mention is None and clauses.reader.grammar.is_human(subject.head))
    )
    return Attribution("governed", None, subject) if person else None


def _source(clauses: Clauses, verb: Verb, phrase: Phrase) -> Phrase:
    """For "peut-on lire dans le rapport" and "assure-t-on chez X", the rapport and X."""
    if phrase.head != "on":
        return phrase
    last = min(verb.end + 7, len(clauses.part.words))
    found = (_house(clauses, index) for index in range(verb.end, last) if clauses.same_line(phrase.end, index))
    return next(filter(None, found), phrase)


def _house(clauses: Clauses, index: int) -> Phrase | None:
    """Whose words "on" gives: what chez, au, dans … at words[index] governs, if it may speak."""
    words, grammar, part = clauses.part.words, clauses.reader.grammar, clauses.part
    if [word.low for word in words[index : index + 2]] == ["du", "côté"] and index + 2 < len(words):
        index += 2
        after = index + 2 if words[index].low == "d" else index + 1
        found = grammar.contracted(part, index) if words[index].low in ("du", "des") else grammar.phrase_from(part, after)
    elif words[index].low in ("au", "aux"):
        found = grammar.contracted(part, index)
    elif words[index].low in ("chez", "à", "dans", "sur"):
        found = grammar.phrase_from(part, index + 1)
    else:
        return None
    if found is not None and found.head in _PAGES | _SEATS:
        whose = next((m for m in part.mentions_between(found.start, found.end) if m.label in NAMED), None)
        if whose is not None:
            return named(whose)
        of = part.word_index(part.text.lower().find(found.head, found.start)) + 1
        found = _owner(clauses, of) if found.head in _SEATS and of < len(words) else None
    return found if found is not None and grammar.may_speak(found) else None


def _owner(clauses: Clauses, index: int) -> Phrase | None:
    """L'entreprise in "(au siège) de l'entreprise", where words[index] is de, du or des."""
    words, grammar = clauses.part.words, clauses.reader.grammar
    if words[index].low in ("du", "des"):
        return grammar.contracted(clauses.part, index)
    return grammar.phrase_from(clauses.part, index + 1) if words[index].low == "de" else None


def speaks(clauses: Clauses, subject: Phrase | None, clause: Sequence[int]) -> Phrase | None:
    """The subject of a verb of speech if it says who speaks; for "chez X, on précise", X."""
    if subject is None or subject.head not in _NOBODY:
        return subject
    if subject.head != "on":
        return None
    words = clauses.part.words
    heads = (index for index in clause if index == clause[0] or words[index - 1].low == ",")
    found = (_house(clauses, index) for index in heads if words[index].end < subject.start)
    return next(filter(None, found), None)
