"""Indirect speech: selon X, d'après X, pour X; X affirme que; "…, note X"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from presstm.clauses import Clauses
from presstm.noun_phrases import DETERMINERS, Phrase, pos_of

_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w' -]{1,40}(?:, [^()\n]{2,25})? \([A-Z][\w. -]{1,20}\) ?[-–—] ?"
)  # PARIS, 6 févr 2020 (AFP) -
_WORDS = 3  # of indirect speech at least
_REST = 5  # of what direct speech in the same sentence leaves of it


def find(clauses: Clauses, direct: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Phrase, str]]:
    """Yield (start, end, who speaks, cue) of indirect speech; `direct` are the sorted spans of direct speech."""
    ends = [end for _, end in direct]
    for sentence in clauses.part.sentences:
        position = bisect_left(ends, sentence.start + 1)
        near = [span for span in direct[position : position + 20] if span[0] < sentence.end]
        covered = sum(min(end, sentence.end) - max(start, sentence.start) for start, end in near)
        if covered > 0.5 * (sentence.end - sentence.start):
            continue
        found = _indirect_in(clauses, sentence.start, sentence.end)
        if found is None:
            continue
        start, end, phrase, cue = found
        whole = start, end
        for quoted_start, quoted_end in near:
            if start <= quoted_start < end:
                end = quoted_start
            elif quoted_start < start < quoted_end:
                end = start
        least = _WORDS if (start, end) == whole else _REST
        start, end = _trimmed(clauses, start, end)
        if len(re.findall(r"\w+", clauses.part.text[start:end])) >= least:
            yield start, end, phrase, cue


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
        found = _by_preposition(clauses, index, first, last, start, end) or _by_verb(clauses, index, first, last, start, end)
        if found is not None:
            return found
    return None


def _by_preposition(
    clauses: Clauses, index: int, first: int, last: int, start: int, end: int
) -> tuple[int, int, Phrase, str] | None:
    words = clauses.part.words
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
    if not opens:
        return start, words[index - 1].start, phrase, cue
    comma = _comma_after(clauses, phrase, last)
    return (words[comma].end, end, phrase, cue) if comma is not None else None


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
            following.low in ("qui", "dont", "que")
            or (pos_of(clauses.part, following) in ("NOUN", "ADJ") and following.low not in DETERMINERS)
        )
    )
    return commas[1] if apposition else commas[0]


def _by_verb(
    clauses: Clauses, index: int, first: int, last: int, start: int, end: int
) -> tuple[int, int, Phrase, str] | None:
    words = clauses.part.words
    lemma = clauses.cue(index)
    if lemma is not None and lemma not in clauses.cues.adjacent_only:
        that = index + 1
        if that < last and words[that].low == ",":
            comma = next((i for i in range(that + 1, min(last, that + 14)) if words[i].low == ","), None)
            that = comma + 1 if comma is not None else that
        while (
            that < last
            and that < index + 4
            and words[that].low in ("aussi", "également", "ainsi", "même", "notamment", "ici")
        ):
            that += 1
        if that < last and words[that].low in ("que", "qu"):
            phrase = _stated_by(clauses, index, first)
            content = that + (2 if words[that].low == "qu" else 1)
            if phrase is not None and content < last and not _is_object(clauses, index):
                return words[content].start, end, phrase, lemma
        if that < last and words[that].low == ":" and that == index + 1:
            phrase = _stated_by(clauses, index, first)
            if phrase is not None:
                return words[that].end, end, phrase, lemma
    if index > first + 3 and words[index - 1].low == ",":
        verb = clauses.verb(index)
        if verb is not None and verb.end <= last and verb.lemma not in ("faire", "vouloir", "voir"):
            phrase = verb.subject or clauses.reader.grammar.subject_after(clauses.part, verb.end, strict=True)
            if (
                phrase is not None
                and phrase.end <= end
                and _near(clauses, verb.end, phrase)
                and phrase.head not in ("on", "je", "nous")
            ):
                return start, words[index - 1].start, phrase, verb.lemma
    return None


def _near(clauses: Clauses, index: int, phrase: Phrase) -> bool:
    return phrase.start - clauses.part.words[index - 1].end < 30


def _is_object(clauses: Clauses, index: int) -> bool:
    """Whether the verb is an infinitive or participle whose subject is unclear."""
    low = clauses.part.words[index].low
    return low.endswith("ant") or (low == clauses.cues.forms[low])


def _stated_by(clauses: Clauses, index: int, first: int) -> Phrase | None:
    phrase = clauses.reader.grammar.subject_before(clauses.part, index, first)
    if phrase is None or (phrase.kind == "pronoun" and phrase.head in ("on", "je", "nous")):
        return None
    return phrase if clauses.reader.grammar.may_speak(phrase) else None
