"""Attention as a chart: shares with their intervals per group, or a matrix of shares for two groupings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from presstm.errors import InputError
from presstm.report import charts, paper
from presstm.report.wording import Wording

_COLUMNS = 14  # of a matrix, whose cells have to hold "100 %"
_SHARES = (("share", "low", "high"), ("text_share", "text_low", "text_high"))


def svg(rows: Sequence[Mapping[str, Any]], over: Sequence[str], pattern: str, language: str) -> bytes:
    """The chart as SVG; in a matrix, the grouping of more groups goes down.

    Args:
        rows: of `attention.attention`, grouped by one or two names.
        over: these names, as they are called in the rows.
        pattern: what was looked for, as title.
        language: fr or en, of words and numbers.

    Raises:
        InputError: both groupings have more groups than a page has room for.
    """
    words = Wording(language)

    def called(name: str, group: str) -> str:
        return words.outlet_kind(group) if name == "outlet_kind" else group

    if len(over) == 1:
        data = [
            (
                f"{called(over[0], row[over[0]])} ({words.number(row['articles'])})",
                [(row[s], row[low], row[high]) for s, low, high in _SHARES if row[s] is not None],
            )
            for row in rows
        ]
        shapes, height = charts.intervals(data, [words.text("per_article"), words.text("per_cluster")], words.percent)
    else:
        groups = {name: sorted({row[name] for row in rows}) for name in over}
        down, across = sorted(over, key=lambda name: -len(groups[name]))
        if len(groups[across]) > _COLUMNS:
            many = " and ".join(f"{len(groups[name])} of {name}" for name in over)
            raise InputError(
                f"--svg draws a matrix of at most {_COLUMNS} columns, not {many}: narrow with --where, --since or --outlet"
            )
        cells = {
            (groups[down].index(row[down]), groups[across].index(row[across])): row["share"]
            for row in rows
            if row["share"] is not None
        }
        lines, heads = ([called(name, group) for group in groups[name]] for name in (down, across))
        shapes, height = charts.heat(lines, heads, cells, words.percent)
    chart = charts.Chart("attention", pattern, pattern, height, shapes, (), ())
    return paper.files(chart)["figures/attention.svg"]
