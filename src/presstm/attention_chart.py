"""Attention as a chart: shares with their intervals per group, or a matrix of shares for two groupings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from presstm.report import charts, paper
from presstm.report.wording import Wording


def svg(rows: Sequence[Mapping[str, Any]], over: Sequence[str], pattern: str, language: str) -> bytes:
    """The chart as SVG.

    Args:
        rows: of `attention.attention`, grouped by one or two names.
        over: these names, as they are called in the rows.
        pattern: what was looked for, as title.
        language: fr or en, of words and numbers.
    """
    words = Wording(language)
    if len(over) == 1:
        data = [
            (
                f"{row[over[0]]} ({words.number(row['articles'])})",
                [(row[s], row[low], row[high]) for s, low, high in _SHARES if row[s] is not None],
            )
            for row in rows
        ]
        shapes, height = charts.intervals(data, [words.text("per_article"), words.text("per_cluster")], words.percent)
    else:
        lines, heads = (sorted({row[name] for row in rows}) for name in over)
        cells = {
            (lines.index(row[over[0]]), heads.index(row[over[1]])): row["share"] for row in rows if row["share"] is not None
        }
        shapes, height = charts.heat(lines, heads, cells, words.percent)
    chart = charts.Chart("attention", pattern, pattern, height, shapes, (), ())
    return paper.files(chart)["figures/attention.svg"]


_SHARES = (("share", "low", "high"), ("text_share", "text_low", "text_high"))
