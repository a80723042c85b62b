"""Terms of several words, ranked by C-value (Frantzi, Ananiadou, Mima 2000) among the noun phrases of French (Daille 1994).

A candidate is a noun with adjectives and complements: `petites lignes`, `train de nuit`, `ouverture à la concurrence`. With f its
frequency and |a| its words, C-value(a) = log2 |a| (f(a) − mean of f(b) over the longer candidates b that hold a); a candidate that none
holds has log2 |a| f(a). A piece of one longer term only (`délégation de service` in `délégation de service public`) gets 0, and one that
many terms share keeps most of its value.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from math import log2
from operator import itemgetter
from typing import Any, NamedTuple

import pyarrow as pa

from presstm import tables
from presstm.lexicon import Entry, Place, counted

COLUMNS = ("form", "words", "count", "per_100000", "articles", "c_value")
LONGEST = 6  # words of a candidate
_ROWS = 65_536  # read at a time, so that memory grows with the candidates only
_LETTERS = {"NOUN": "N", "PROPN": "N", "ADJ": "A", "DET": "D"}
_PREPOSITIONS = frozenset("de d' du des à a au aux en par pour sur sans contre".split())
_PHRASE = re.compile(r"A{0,2}N(?:A|N|PD?A?N)*")


class Occurrence(NamedTuple):
    """A candidate where it stands: its lemmas, which tell what it is, and how it is written."""

    place: Place
    lemmas: tuple[str, ...]
    written: str


def terms(
    found: Sequence[Occurrence],
    words: int,
    *,
    min_count: int = 3,
    groups: Mapping[str, Sequence[str]] | None = None,
    forms: Mapping[tuple[str, ...], str] | None = None,
) -> list[dict[str, Any]]:
    """The candidates of at least `min_count` occurrences and C-value above 0, the highest first.

    Args:
        found: `occurrences` in the corpus.
        words: words of the corpus, for `per_100000`.
        min_count: least occurrences.
        groups: article_id -> its groups, each of which gets a count.
        forms: `spelled`, where it is known already.

    Returns:
        Rows with `COLUMNS` and a count for each group. Occurrences with the same lemmas are one term, written as in `forms`.
    """
    rows = counted((Entry(one.lemmas, one.place[0]) for one in found), words, groups)
    rows = {lemmas: row for lemmas, row in rows.items() if row["count"] >= min_count}
    values = c_values({lemmas: row["count"] for lemmas, row in rows.items()})
    forms = spelled(found) if forms is None else forms
    listed = [
        {"form": forms[lemmas], "words": len(lemmas), "c_value": values[lemmas], **row}
        for lemmas, row in rows.items()
        if values[lemmas] > 0
    ]
    return sorted(listed, key=lambda row: (-row["c_value"], row["form"]))


def spelled(found: Sequence[Occurrence]) -> dict[tuple[str, ...], str]:
    """Lemmas -> how they are written most often."""
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for one in found:
        spellings[one.lemmas][one.written] += 1
    return {lemmas: min(times, key=lambda form: (-times[form], form)) for lemmas, times in spellings.items()}


def c_values(frequency: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], float]:
    """C-value of every candidate, from how often each occurs, within longer ones too."""
    within: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for key, times in frequency.items():
        pieces = {key[i:j] for i in range(len(key)) for j in range(i + 2, len(key) + 1) if j - i < len(key)}
        for piece in pieces & frequency.keys():
            within[piece].append(times)
    return {
        key: log2(len(key)) * (times - (sum(within[key]) / len(within[key]) if key in within else 0))
        for key, times in frequency.items()
    }


def occurrences(tokens: pa.Table) -> list[Occurrence]:
    """Every candidate in table tokens, those within longer ones too; punctuation counts, as no term goes across a mark."""
    order = [(name, "ascending") for name in ("article_id", "sentence_id", "token_id")]
    columns = ("article_id", "sentence_id", "start", "text", "lemma", "pos")
    parts = tokens.sort_by(order).select(columns).to_batches(max_chunksize=_ROWS)
    rows = chain.from_iterable(tables.tuples(pa.Table.from_batches([part]), *columns) for part in parts)
    return [one for place, sentence in groupby(rows, key=itemgetter(0, 1)) for one in _candidates(place, list(sentence))]


def _candidates(place: Place, sentence: Sequence[tuple[str, int, int, str, str, str]]) -> Iterator[Occurrence]:
    letters, text, starts, ends, lemmas = "", "", [], [], []
    after = 0
    for _, _, start, printed, lemma, pos in sentence:
        form = printed.lower().replace("’", "'")
        letters += "P" if pos == "ADP" and form in _PREPOSITIONS else _LETTERS.get(pos, "-")
        text += " " if start > after else ""
        starts.append(len(text))
        text += form
        ends.append(len(text))
        lemmas.append(lemma.lower())
        after = start + len(printed)
    for first, last in spans(letters):
        yield Occurrence(place, tuple(lemmas[first:last]), text[starts[first] : ends[last - 1]])


def spans(letters: str) -> Iterator[tuple[int, int]]:
    """Where a candidate of two words or more stands in a row of parts of speech (N, A, P, D, others)."""
    for start in range(len(letters)):
        for end in range(start + 2, min(start + LONGEST, len(letters)) + 1):
            if _PHRASE.fullmatch(letters, start, end):
                yield start, end
