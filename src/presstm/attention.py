"""Attention: how much, and in what share of articles, a pattern is found in each group of articles and over time.

What is counted is set against what each group printed, so that an outlet with many articles, or a month, gets no attention for its
volume alone.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import phrases, tables, themes, variables
from presstm.kwic import Line
from presstm.settings import ThemesSettings
from presstm.theming import shares

COLUMNS = (
    *("matches", "words", "per_100000", "articles", "articles_with", "share", "low", "high"),
    *("texts", "texts_with", "text_share", "text_low", "text_high"),
)


def attention(
    found: Sequence[Line],
    places: pa.Table,
    articles: pa.Table,
    reuse: pa.Table,
    over: Sequence[str],
    settings: ThemesSettings,
) -> list[dict[str, Any]]:
    """A row for every group, or meeting of groups, of the articles where a pattern was looked for.

    Args:
        found: a concordance.
        places: the sentences where it was looked for: their articles and words are what the matches are set against.
        articles, reuse: tables of these names.
        over: what articles are grouped by (see `variables.groupings`).
        settings: of stage themes: min_group, clusters from which a share gets an interval.

    Returns:
        Rows with the groups by name of `over` (`share (variable)` for a variable called like a count), then `COLUMNS`: matches, words of
        the places, matches per 100,000 of them; articles, those with a match, and their share with its 95 % interval; the same of
        distinct texts (reuse clusters; intervals as in
        `stats.ratio_intervals`). A single period has a row for every one between the first and the last.

    Raises:
        InputError: articles cannot be grouped so.
    """
    names = [variables.called(name, variables.by_name(articles)) for name in over]
    labels = [variables.groups(articles, name) for name in names]
    columns = [f"{name} (variable)" if name in COLUMNS else name for name in names]
    cluster = dict(tables.tuples(reuse, "article_id", "cluster_id"))
    matches, words = Counter(line.article_id for line in found), _words(places, articles)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for article_id in words:
        for group in product(*(own[article_id] for own in labels)):
            groups[group].append(article_id)
    if len(names) == 1 and names[0] in variables.PERIODS:
        days = (day for key, day in tables.tuples(articles, "article_id", "published") if key in words and day is not None)
        groups |= {(period,): [] for period in _between(sorted(days), names[0]) if (period,) not in groups}
    rows = []
    for group, members in sorted(groups.items()):
        values = np.array([[float(matches[key] > 0)] for key in members]).reshape(-1, 1)
        total, printed = sum(matches[key] for key in members), sum(words[key] for key in members)
        row = {**dict(zip(columns, group, strict=True)), "matches": total, "words": printed}
        row["per_100000"] = 100_000 * total / printed if printed else None
        counted = shares.weighted(values, [cluster[key] for key in members], settings)[0] if members else [{"n": 0}] * 2
        for (many, some, share, low, high), one in zip((COLUMNS[3:8], COLUMNS[8:]), counted, strict=True):
            row |= {many: one["n"], some: round(one["n"] * one.get("share", 0))}
            row |= {share: one.get("share"), low: one.get("low"), high: one.get("high")}
        rows.append(row)
    return rows


def _words(places: pa.Table, articles: pa.Table) -> Counter[str]:
    """Words of the places, by article, as patterns see words."""
    counted: Counter[str] = Counter()
    for key, *_, text in themes.sentence_texts(articles, places):
        counted[key] += len(phrases.words(text, str))
    return counted


def _between(days: Sequence[datetime.date], period: str) -> Iterator[str]:
    """Every period from the first of sorted days to the last."""
    for number in range((days[-1] - days[0]).days + 1 if days else 0):
        yield (days[0] + datetime.timedelta(number)).strftime(variables.PERIODS[period])
