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
from math import log2
from typing import Any

import pyarrow as pa

from presstm.lexicon import Entry, counted

COLUMNS = ("form", "words", "count", "per_100000", "articles", "c_value")
LONGEST = 6  # words of a candidate
_LETTERS = {"NOUN": "N", "PROPN": "N", "ADJ": "A", "DET": "D"}
_PREPOSITIONS = frozenset("de d' du des à a au aux en par pour sur sans contre".split())
_PHRASE = re.compile(r"A{0,2}N(?:A|N|PD?A?N)*")
_ELIDED = re.compile(r"(?<=') ")
Word = tuple[str, str]  # form in lower case, lemma


def terms(
    tokens: pa.Table, words: int, *, min_count: int = 3, groups: Mapping[str, Sequence[str]] | None = None
) -> list[dict[str, Any]]:
    """The candidates of at least `min_count` occurrences and C-value above 0, the highest first.

    Args:
        tokens: table tokens, punctuation included: no term goes across a mark.
        words: words of the corpus, for `per_100000`.
        min_count: least occurrences.
        groups: article_id -> its groups, each of which gets a count.

    Returns:
        Rows with `COLUMNS` and a count for each group. Occurrences with the same lemmas are one term, written as it is most often.
    """
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    entries: list[Entry] = []
    for article_id, phrase in _phrases(tokens):
        lemmas = tuple(lemma for _, lemma in phrase)
        spellings[lemmas][_ELIDED.sub("", " ".join(form for form, _ in phrase))] += 1
        entries.append(Entry(lemmas, article_id))
    rows = {key: row for key, row in counted(entries, words, groups).items() if row["count"] >= min_count}
    values = c_values({key: row["count"] for key, row in rows.items()})
    found = []
    for key, row in rows.items():
        form = min(spellings[key].items(), key=lambda item: (-item[1], item[0]))[0]
        if values[key] > 0:
            found.append({"form": form, "words": len(key), "c_value": values[key], **row})
    return sorted(found, key=lambda row: (-row["c_value"], row["form"]))


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


def _phrases(tokens: pa.Table) -> Iterator[tuple[str, list[Word]]]:
    """Article and words of every candidate, those within longer ones too."""
    order = [(name, "ascending") for name in ("article_id", "sentence_id", "token_id")]
    columns = ["article_id", "sentence_id", "token_id", "text", "lemma", "pos"]
    place, letters = ("", -1), ""
    words: list[Word] = []
    for row in [*tokens.select(columns).sort_by(order).to_pylist(), None]:
        if row is None or place != (row["article_id"], row["sentence_id"]):
            yield from ((place[0], words[start:end]) for start, end in spans(letters))
            if row is None:
                return
            place, letters, words = (row["article_id"], row["sentence_id"]), "", []
        form = row["text"].lower().replace("’", "'")
        letters += "P" if form in _PREPOSITIONS and row["pos"] == "ADP" else _LETTERS.get(row["pos"], "-")
        words.append((form, row["lemma"].lower()))


def spans(letters: str) -> Iterator[tuple[int, int]]:
    """Where a candidate of two words or more stands in a row of parts of speech (N, A, P, D, others)."""
    for start in range(len(letters)):
        for end in range(start + 2, min(start + LONGEST, len(letters)) + 1):
            if _PHRASE.fullmatch(letters, start, end):
                yield start, end
