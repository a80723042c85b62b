"""Indirect speech: selon X, d'après X, pour X; X affirme que, assure avoir, promet de, en affirmant que; "…, note X"; comme le note X."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from presstm.quoting.attribution import TOLD, speaks
from presstm.quoting.clauses import Clauses, Verb
from presstm.quoting.noun_phrases import CLITICS, DETERMINERS, PRONOUNS, STOPS, Phrase, is_indefinite, pos_of

_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w' -]{1,40}(?:, [^()\n]{2,25})? \([A-Z][\w. -]{1,20}\) ?[-–—] ?"
)  # PARIS, 6 févr 2020 (AFP) -
_WORDS = 3  # of indirect speech at least
_REST = 5  # of what direct speech in the same sentence leaves of it
_CLAIMING = frozenset(  # verbs of saying what one has done or does: assure avoir payé
    "admettre affirmer annoncer assurer avouer certifier concéder confesser confier confirmer croire déclarer démentir dire espérer estimer "
    "expliquer garantir indiquer jurer nier penser préciser prétendre raconter reconnaître répéter répondre soutenir".split()
)
_UNDERTAKING = {  # the preposition before the infinitive -> verbs that say what one, or another, is to do or has done
    "de": frozenset(
        "accuser blâmer conseiller craindre demander excuser exiger féliciter jurer menacer plaindre promettre proposer recommander redouter "
        "regretter reprocher réclamer soupçonner souvenir suggérer supplier targuer vanter".split()
    ),
    "à": frozenset("appeler demander encourager exhorter inviter".split()),
}
_HOW = frozenset(
    "à au aux par sur dans lors devant en pour avec chez hier aujourd lundi mardi mercredi jeudi vendredi samedi dimanche".split()
)
_FIRST = re.compile(r"d['’](?:abord|ailleurs|emblée|entrée)\b")
_WHEN = frozenset("hier lundi mardi mercredi jeudi vendredi samedi dimanche".split())
_HOW_LONG = 9  # words between a verb and que that say where, when or to whom
_OBJECT = 8  # words between a verb and the infinitive of what it says that say to or of whom
_GOVERNING = frozenset("avant tient tenait vient venait".split())  # avant de préciser que, tient à rappeler que
_NOT_SAYING = frozenset("admettre attendre croire craindre espérer penser".split())  # en attendant que, en admettant que
_SAYS_NOTHING = ("faire", "vouloir", "voir", "sembler", "paraître", "falloir", "pouvoir", "devoir", "être")  # semble-t-il
_BEGINNING = frozenset([":", "que", "qu", "si"])
_CLOSING = ("»", "”", '"')
_COMPARING = frozenset("moins davantage autant mieux plutôt tant".split())  # rapporte davantage que
_NEGATIONS = frozenset("ne n pas plus jamais rien point guère".split())


def find(clauses: Clauses, direct: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Phrase, str]]:
    """Yield (start, end, who speaks, cue) of indirect speech; `direct` are the sorted spans of direct speech."""
    ends = [end for _, end in direct]
    for first, last in _stretches(clauses):
        position = bisect_left(ends, first + 1)
        near = [span for span in direct[position : position + 20] if span[0] < last]
        covered = sum(min(end, last) - max(start, first) for start, end in near)
        if covered > 0.5 * (last - first):
            continue
        found = _indirect_in(clauses, first, last)
        if found is None:
            continue
        start, end, phrase, cue = found
        if any(quoted_start < start < quoted_end for quoted_start, quoted_end in near):
            continue
        quoted = [span for span in near if start <= span[0] < end]
        rest = _count(clauses, start, end) - sum(_count(clauses, *span) for span in quoted)
        if quoted and (rest < _REST or quoted[-1][1] > end):
            end = quoted[0][0]
        start, end = _trimmed(clauses, start, end)
        if _count(clauses, start, end) >= (_REST if quoted else _WORDS):
            yield start, end, phrase, cue


def _stretches(clauses: Clauses) -> Iterator[tuple[int, int]]:
    """Sentences, cut at the semicolons that stand outside quotation marks."""
    for sentence in clauses.part.sentences:
        start = sentence.start
        for mark in re.finditer(";", clauses.part.text[sentence.start : sentence.end]):
            if clauses.span_at(sentence.start + mark.start()) is None:
                yield start, sentence.start + mark.start()
                start = sentence.start + mark.end()
        yield start, sentence.end


def _count(clauses: Clauses, start: int, end: int) -> int:
    return len(re.findall(r"\w+", clauses.part.text[start:end]))


def _trimmed(clauses: Clauses, start: int, end: int) -> tuple[int, int]:
    text = clauses.part.text
    dateline = _DATELINE.match(text, start, end)
    start = dateline.end() if dateline else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in '.,;:…«“"–—!'):
        end -= 1
    while start < end and (text[start].isspace() or text[start] in ",:–—"):
        start += 1
    if end < len(text) and text[end] == "»" and text[start:end].count("«") > text[start:end].count("»"):
        end += 1
    return start, end


def _indirect_in(clauses: Clauses, start: int, end: int) -> tuple[int, int, Phrase, str] | None:
    words = clauses.part.words
    first, last = clauses.part.word_index(start), clauses.part.word_index(end)
    for index in range(first, last):
        span = clauses.span_at(words[index].start)
        if span is not None and span.end - span.start > 60:
            continue
        found = next(filter(None, (way(clauses, index, first, last, start, end) for way in _WAYS)), None)
        if found is not None:
            return found
    return None


def _by_preposition(
    clauses: Clauses, index: int, first: int, last: int, start: int, end: int
) -> tuple[int, int, Phrase, str] | None:
    words = clauses.part.words
    whose = clauses.in_whose_view(index)
    if whose is not None and index > first:
        return words[index + 2].start, end, whose, "pour"
    length = clauses.preposition(index)
    if not length:
        return None
    opens = index <= first + 1
    if (words[index].low == "pour" and (not opens or index + length >= last)) or not (
        opens or words[index - 1].low in (",", ")")
    ):
        return None
    phrase = clauses.governed_by_preposition(index + length)
    if phrase is None or phrase.end > end:
        return None
    if words[index].low == "pour" and not _can_opine(clauses, phrase):
        return None
    cue = clauses.words_at(index, length)
    if not opens and _goes_on(clauses, phrase.end, last):
        begins = _clause_begins(clauses, first, index - 1)
        unfinished = clauses.is_finite(words[index - 2]) or not any(map(clauses.is_finite, words[begins:index]))
        if unfinished:
            return max(start, words[begins].start), end, phrase, cue  # Le projet, selon X, serait abandonné
    return _beside(clauses, index, phrase, cue, last, start, end, opens=opens)


def _clause_begins(clauses: Clauses, first: int, last: int) -> int:
    """Index of the first word of the clause in which words[last] stands: after a colon, que, si."""
    words = clauses.part.words
    return next((at + 1 for at in range(last - 1, first, -1) if words[at].low in _BEGINNING), first)


def _by_comparison(
    clauses: Clauses, index: int, first: int, last: int, start: int, end: int
) -> tuple[int, int, Phrase, str] | None:
    """Comme le relate X, …; …, comme l'a rappelé X."""
    words = clauses.part.words
    opens = index == first
    if words[index].low != "comme" or index + 2 >= last or words[index + 1].low not in ("le", "l"):
        return None
    if not (opens or words[index - 1].low == ",") or (said := _said_by(clauses, index + 1, last, end)) is None:
        return None
    verb, phrase = said
    return _beside(clauses, index, phrase, verb.lemma, last, start, end, opens=opens)


def _beside(
    clauses: Clauses, index: int, phrase: Phrase, cue: str, last: int, start: int, end: int, *, opens: bool
) -> tuple[int, int, Phrase, str] | None:
    """What stands after the comma behind words that name who says it, if these open the sentence, or else before them."""
    words = clauses.part.words
    if not opens:
        return start, words[index - 1].start, phrase, cue
    comma = _comma_after(clauses, phrase, last)
    return (words[comma].end, end, phrase, cue) if comma is not None else None


def _said_by(clauses: Clauses, index: int, last: int, end: int) -> tuple[Verb, Phrase] | None:
    """The verb that begins at words[index], if it can say something, and its subject before it or near behind it."""
    verb = clauses.verb(index)
    if verb is None or verb.end > last or verb.lemma in _SAYS_NOTHING:
        return None
    phrase = verb.subject or clauses.reader.grammar.subject_after(clauses.part, verb.end, strict=True)
    return (verb, phrase) if phrase is not None and phrase.end <= end and _near(clauses, verb.end, phrase) else None


def _can_opine(clauses: Clauses, phrase: Phrase) -> bool:
    after = clauses.part.text[phrase.end : phrase.end + 1]
    if phrase.kind == "mention":
        return phrase.mention is not None and phrase.mention.label == "PER" and after == ","
    return phrase.kind == "pronoun" or (phrase.determiner in ("le", "la", "l", "ce", "cet", "cette") and after == ",")


def _comma_after(clauses: Clauses, phrase: Phrase, last: int) -> int | None:
    """Index of the comma that ends the noun phrase with its apposition (, qui …, / , sociologue à …,)."""
    words = clauses.part.words
    index = clauses.part.word_index(phrase.end)
    commas = [position for position in range(index, min(last, index + 25)) if words[position].low == ","]
    if not commas:
        return None
    following = words[commas[0] + 1] if commas[0] + 1 < last else None
    apposition = (
        phrase.kind == "mention"
        and len(commas) > 1
        and following is not None
        and (
            following.low in ("qui", "dont", "que", "pour")
            or (pos_of(clauses.part, following) in ("NOUN", "ADJ") and following.low not in DETERMINERS)
        )
    )
    return commas[1] if apposition else commas[0]


def _by_verb(
    clauses: Clauses, index: int, first: int, last: int, start: int, end: int
) -> tuple[int, int, Phrase, str] | None:
    words = clauses.part.words
    told = _told(clauses, index, last)
    lemma = None if clauses.is_passive(index) else told or clauses.cue(index)
    if index > first + 1 and words[index - 1].low == "," and words[index - 2].low in _CLOSING:
        return None  # « … », croit savoir X
    if lemma is not None and (told or lemma not in clauses.cues.adjacent_only):
        content = _content(clauses, index + (told is not None), last, lemma)
        if content is not None:
            phrase = _governing(clauses, index, first) if _is_object(clauses, index) else _stated_by(clauses, index, first)
            if phrase is not None:
                return words[content].start, end, phrase, lemma
        if index + 1 < last and words[index + 1].low == ":":
            phrase = _stated_by(clauses, index, first)
            if phrase is not None:
                return words[index + 1].end, end, phrase, lemma
    if index > first + 1 and words[index - 1].low == "," and (said := _said_by(clauses, index, last, end)) is not None:
        verb, phrase = said
        if phrase.head not in ("on", "je", "nous"):
            after = max(phrase.end, words[verb.end - 1].end)
            unfinished = verb.subject is not None or not any(map(clauses.is_finite, words[first:index]))
            if unfinished and _goes_on(clauses, after, last):
                return start, end, phrase, verb.lemma
            whole = index > first + 3 and not _is_own_subject(clauses, first, index)
            return (start, words[index - 1].start, phrase, verb.lemma) if whole else None
    return None


def _by_gerund(
    clauses: Clauses, index: int, first: int, last: int, start: int, end: int
) -> tuple[int, int, Phrase, str] | None:
    """X a surpris en affirmant que …; En affirmant que …, X a surpris."""
    words = clauses.part.words
    verb = index + 1 + (index + 1 < last and words[index + 1].low in CLITICS)
    if words[index].low != "en" or verb >= last or not words[verb].low.endswith("ant"):
        return None
    lemma = clauses.cue(verb)
    content = (
        _content(clauses, verb, last, lemma) if lemma and lemma not in clauses.cues.adjacent_only | _NOT_SAYING else None
    )
    if lemma is None or content is None:
        return None
    if any(map(clauses.is_finite, words[first:index])):
        phrase = _main_subject(clauses, index, first)
        return (words[content].start, end, phrase, lemma) if phrase is not None else None
    for comma in range(content + _WORDS, last - 1):
        phrase = clauses.reader.grammar.phrase_from(clauses.part, comma + 1) if words[comma].low == "," else None
        if phrase is None or is_indefinite(phrase.determiner) or not clauses.reader.grammar.may_speak(phrase):
            continue
        after = clauses.part.word_index(phrase.end)
        if any(map(clauses.is_finite, words[after : min(after + _OBJECT, last)])):
            return words[content].start, words[comma].start, phrase, lemma
    return None


def _told(clauses: Clauses, index: int, last: int) -> str | None:
    """Infinitive of a verb that says something with the infinitive after it: fait savoir que, laisse entendre que."""
    words = clauses.part.words
    after = words[index + 1].low if index + 1 < last else ""
    if words[index].low.startswith("laiss") and after == "entendre":
        return "laisser"
    return "faire" if after in TOLD and clauses.cue(index) == "faire" else None


def _is_own_subject(clauses: Clauses, first: int, verb: int) -> bool:
    """Whether what stands before the comma is who speaks, and no words of theirs: La rapporteuse, l'Italienne X, a salué un texte."""
    if any(map(clauses.is_finite, clauses.part.words[first:verb])):
        return False
    phrase = clauses.reader.grammar.phrase_from(clauses.part, first)
    return phrase is not None and not is_indefinite(phrase.determiner) and clauses.reader.grammar.may_speak(phrase)


def _goes_on(clauses: Clauses, offset: int, last: int) -> bool:
    """Whether what is said goes on after an inserted "explique X" that ends at `offset`: Le prix, explique X, a doublé."""
    words, comma = clauses.part.words, clauses.part.word_index(offset)
    return comma + 1 < last and words[comma].low == "," and words[comma + 1].low not in ("qui", "que", "qu", "dont", "où")


def _content(clauses: Clauses, verb: int, last: int, lemma: str) -> int | None:
    """Index of the first word of what the verb words[verb] says: after que, or the infinitive in "assure ne rien devoir"."""
    words = clauses.part.words
    that = _past_circumstances(clauses, verb + 1, last)
    if [word.low for word in words[that : min(that + 2, last)]] == ["le", "fait"]:
        that += 2  # évoque le fait que
    if that < last and words[that].low in ("que", "qu"):
        content = that + (2 if words[that].low == "qu" else 1)
        return content if content < last else None
    if lemma == "demander" and that < last and words[that].low in ("si", "s"):
        return that  # se demande si
    if lemma in _CLAIMING and (infinitive := _infinitive(clauses, that, last)) is not None:
        return infinitive
    for preposition, verbs in _UNDERTAKING.items():
        if lemma not in verbs:
            continue
        for at in range(verb + 1, min(verb + 1 + _OBJECT, last - 1)):
            if words[at].low in STOPS | {",", "et", "que", "qu", "qui"}:
                break
            if words[at].low not in (preposition, preposition[0]):
                continue
            content = at + 1 + (words[at + 1].low == "'")
            if _is_infinitive(clauses, content, last):
                return content
    return None


def _past_circumstances(clauses: Clauses, at: int, last: int) -> int:
    """Index after an aside between commas, adverbs, and what says when, where or to whom: a annoncé jeudi à la presse que."""
    words, part = clauses.part.words, clauses.part
    if at < last and words[at].low == ",":
        comma = next((i for i in range(at + 1, min(last, at + 14)) if words[i].low == ","), None)
        at = comma + 1 if comma is not None else at
    limit = min(last, at + _HOW_LONG)
    after = at
    while after < limit and pos_of(part, words[after]) == "ADV" and words[after].low not in _NEGATIONS | _COMPARING:
        after += 1
    first = _FIRST.match(part.text, words[after].start) if after < limit else None
    at = after = part.word_index(first.end()) if first else after
    if after < limit and words[after].low in _HOW:
        while after < limit and words[after].low not in STOPS | {"que", "qu", ","}:
            if pos_of(part, words[after]) in ("VERB", "AUX"):
                return at
            after += 1
        if after < limit and words[after].low in ("que", "qu") and pos_of(part, words[after]) == "SCONJ":
            return after
    return at


def _infinitive(clauses: Clauses, at: int, last: int) -> int | None:
    """Index of the infinitive at words[at], or after words that say when, where or to whom: a annoncé jeudi à la presse vouloir."""
    if _is_infinitive(clauses, at, last):
        return at
    words, part = clauses.part.words, clauses.part
    for after in range(at + 1, min(last, at + _HOW_LONG) if at < last and words[at].low in _HOW else 0):
        if words[after].low in STOPS | {",", "que", "qu", "et", "ou"}:
            return None
        if _is_infinitive(clauses, after, last):
            named = pos_of(part, words[after - 1]) in ("NOUN", "PROPN", "ADJ", "NUM")
            return after if named or words[after - 1].low in _WHEN else None
    return None


def _is_infinitive(clauses: Clauses, at: int, last: int) -> bool:
    """Whether an infinitive begins at words[at], with its negation and pronouns: ne pas en avoir reçu."""
    words = clauses.part.words
    while at < last and words[at].low in CLITICS | _NEGATIONS | {"'"}:
        at += 1
    token = clauses.part.token_at(words[at].start) if at < last else None
    return token is not None and token.pos in ("VERB", "AUX") and "VerbForm=Inf" in token.morph


def _near(clauses: Clauses, index: int, phrase: Phrase) -> bool:
    return phrase.start - clauses.part.words[index - 1].end < 30


def _is_object(clauses: Clauses, index: int) -> bool:
    """Whether the verb is an infinitive or participle whose subject is unclear."""
    low = clauses.part.words[index].low
    return low.endswith("ant") or low == clauses.cues.forms.get(low)


def _governing(clauses: Clauses, infinitive: int, first: int) -> Phrase | None:
    """X in "X tient à préciser que …" and "« … », sourit-il, avant de préciser que …": the subject of what governs the infinitive."""
    words = clauses.part.words
    link = infinitive - 1 - (words[infinitive - 1].low == "'")
    if link <= first or words[link].low not in ("à", "de", "d") or words[link - 1].low not in _GOVERNING:
        return None
    return _main_subject(clauses, link, first)


def _main_subject(clauses: Clauses, before: int, first: int) -> Phrase | None:
    """The subject of the last finite verb in words[first:before] that is not quoted, before it or inverted: …, sourit-il, avant de."""
    words, grammar, part = clauses.part.words, clauses.reader.grammar, clauses.part
    for at in range(before - 1, first - 1, -1):
        if clauses.span_at(words[at].start) is not None:
            continue
        subject = grammar.hyphen_pronoun(part, at + 1)
        if subject is not None:
            return subject if subject.head in PRONOUNS else None
        if clauses.is_finite(words[at]):
            said = _said_by(clauses, at, before, words[before].start) if words[at - 1].low in (",", *_CLOSING) else None
            return said[1] if said is not None else _stated_by(clauses, at, first)
    return None


def _stated_by(clauses: Clauses, index: int, first: int) -> Phrase | None:
    phrase = speaks(clauses, clauses.reader.grammar.subject_before(clauses.part, index, first), range(first, index))
    if phrase is None:
        return None
    return phrase if clauses.reader.grammar.may_speak(phrase) else None


_WAYS = (_by_preposition, _by_comparison, _by_gerund, _by_verb)
