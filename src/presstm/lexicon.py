"""The lexicon of a corpus: how often each form, lemma or part of speech stands in it, in how many articles, and in each group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from presstm import form_counts, phrases, tables

COLUMNS = ("form", "pos", "count", "per_100000", "articles")
_TAKEN = {*COLUMNS, "words", "c_value"}  # the columns of terms too


By = Literal["form", "lemma", "pos"]
Place = tuple[str, int]  # article_id, sentence_id


class Entry(NamedTuple):
    """An occurrence: what is counted, and the article where it stands."""

    what: tuple[str, ...]
    article_id: str


class Lexicon(NamedTuple):
    """Rows with `COLUMNS` and a count for each group, the most frequent first; and what a corpus is described by."""

    rows: list[dict[str, Any]]
    occurrences: int
    forms: int
    hapax: int
    articles: int


def words_of(tokens: pa.Table) -> pa.Table:
    """The tokens that are words: those with a letter or a digit, elided ones (l', qu') too."""
    return tokens.filter(pc.match_substring_regex(tokens["text"], r"[\pL\pN]"))


def lexicon(
    words: pa.Table,
    by: By,
    *,
    pos: Sequence[str] = (),
    pattern: str = "",
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Lexicon:
    """Count the words of a corpus.

    Args:
        words: rows of table tokens, as `words_of` leaves them.
        by: form as printed (in lower case) with its part of speech, lemma with its own, or part of speech.
        pos: parts of speech that are listed; all of them if none is given.
        pattern: one word, with `*` for any letters, compared without case and accents; empty: all words.
        groups: article_id -> its groups, each of which gets a count, with * behind a name that is that of a column.

    Returns:
        Rows; `per_100000` is of all words, listed or not, and so is `occurrences`; `forms` and `hapax` (those that occur once) are of the
        whole corpus as well.
    """
    forms = _forms(words, by)
    entries = zip(forms.to_pylist(), words["pos"].to_pylist(), words["article_id"].to_pylist(), strict=True)
    whole = Counter(forms.to_pylist())
    wanted = phrases.parse(pattern, phrases.plain)
    fitting = {form for form in whole if not wanted or phrases.fits(wanted[0], phrases.plain(form))}
    rows = counted(
        (Entry((form, kind), article) for form, kind, article in entries if form in fitting and (not pos or kind in pos)),
        len(words),
        groups,
    )
    named = [{"form": what[0], "pos": what[1], **row} for what, row in rows.items()]
    once = sum(number == 1 for number in whole.values())
    articles = len(pc.unique(words["article_id"]))
    return Lexicon(sorted(named, key=order), len(words), len(whole), once, articles)


def places(words: pa.Table, by: By, pos: Sequence[str] = ()) -> Iterator[tuple[Place, str]]:
    """The sentence of every word, and what it counts as (see `lexicon`)."""
    each = tables.tuples(words, "article_id", "sentence_id", "pos")
    for (article_id, sentence_id, kind), form in zip(each, _forms(words, by).to_pylist(), strict=True):
        if not pos or kind in pos:
            yield (article_id, sentence_id), form


def _forms(words: pa.Table, by: By) -> pa.ChunkedArray:
    return words["pos"] if by == "pos" else form_counts.forms_of(words, by)


def order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The most frequent first; ties by form."""
    return -row["count"], row["form"], row["pos"]


def counted(
    entries: Iterable[Entry], words: int, groups: Mapping[str, Sequence[str]] | None
) -> dict[tuple[str, ...], dict[str, Any]]:
    """Per thing counted: count, per 100,000 `words`, articles, and the count in each group."""
    per_article: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for what, article_id in entries:
        per_article[what][article_id] += 1
    names = sorted({group for own in (groups or {}).values() for group in own})
    columns = {name: f"{name}*" if name in _TAKEN else name for name in names}
    rows = {}
    for what, times in per_article.items():
        total = times.total()
        in_groups = dict.fromkeys(columns.values(), 0)
        for article_id, number in times.items() if groups else ():
            for group in (groups or {}).get(article_id, ()):
                in_groups[columns[group]] += number
        rows[what] = {"count": total, "per_100000": 100_000 * total / words, "articles": len(times), **in_groups}
    return rows
