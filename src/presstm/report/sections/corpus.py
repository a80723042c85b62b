"""Sections on the corpus itself: key numbers, what was received and kept, when it appeared, and the list of articles."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from presstm.report import articles, charts, filters
from presstm.report.charts import Chart
from presstm.report.evidence import pager
from presstm.report.material import Material, safe_name
from presstm.report.pages import Page, Section
from presstm.report.sections.rows import with_all

_PER_PAGE = 500
MOST_OUTLETS = 40
_DRAWN_OUTLETS = 20
_MOST_MONTHS = 24  # columns of the table on the first page; with more, it has a column per year


def summary(material: Material) -> Section | None:
    """Key numbers, each with where it leads."""
    if not material.articles:
        return None
    days = sorted(row["published"] for row in material.articles.values() if row["published"])
    shares = [row for row in material.rows("theme_shares") if row["grouping"] == "all" and row["weighting"] == "cluster"]
    shares.sort(key=lambda row: (-row["share"], material.themes.index(row["theme"])))
    return Section(
        "summary",
        {
            "articles": len(material.articles),
            "clusters": len(material.cluster_sizes),
            "outlets": len({row["outlet"] for row in material.articles.values() if row["outlet"]}),
            "first": days[0] if days else None,
            "last": days[-1] if days else None,
            "undated": len(material.articles) - len(days),
            "sentences": material.count("sentences"),
            "coded": material.coded_sentences,
            "partial": sum(row["access"] == "partial" for row in material.articles.values()),
            "wire": sum(bool(row["wire"]) for row in material.reuse.values()),
            "shares": shares,
        },
    )


def flow(material: Material) -> Section:
    """Seen = kept + rejected, with the reasons."""
    kept = len(material.articles)
    rejects = material.rows("rejects")
    reasons = Counter(row["reason"] for row in rejects)
    ordered = [
        *sorted(rejects, key=lambda row: (-reasons[row["reason"]], row["reason"], row["source"])),
        *material.rows("quarantine"),
    ]
    heads: dict[str, int] = {}
    for number, row in enumerate(ordered):
        heads.setdefault(row["reason"] if number < len(rejects) else "quarantine", number)
    anchors = {number: name.replace("_", "-") for name, number in heads.items()}
    page = Page("rejects.html", "rejects.html", material.words.text("rejects_list"), {"rows": ordered, "anchors": anchors})
    return Section(
        "flow",
        {
            "seen": kept + len(rejects),
            "kept": kept,
            "rejected": len(rejects),
            "clusters": len(material.cluster_sizes),
            "families": sum(n > 1 for n in material.cluster_sizes.values()),
            "quarantined": material.count("quarantine"),
            "access": sorted(Counter(row["access"] for row in material.articles.values()).items()),
            "reasons": sorted(reasons.items(), key=lambda item: (-item[1], item[0])),
            "list": page.path if ordered else None,
        },
        (page,) if ordered else (),
    )


def timeline(material: Material) -> Section | None:
    """Articles per month and outlet; each number leads to its articles."""
    counts = Counter((material.outlet(row), material.month(row)) for row in material.articles.values())
    if not counts:
        return None
    months = sorted({month for _, month in counts}, key=lambda month: (not month, month))
    totals = Counter(map(material.outlet, material.articles.values()))
    everyone = sorted(totals, key=lambda name: (-totals[name], name))
    names = everyone[:_DRAWN_OUTLETS]
    dated = every_month([month for month in months if month])
    words = material.words
    links = _anchors(material)
    made: tuple[Chart, ...] = ()
    if dated:
        shapes, height = charts.columns(names, dated, counts, words.month, links)
        title = words.text("chart_timeline")
        rows = tuple((outlet, month, n) for (outlet, month), n in sorted(counts.items()))
        made = (
            Chart(
                "timeline", title, words.text("chart_timeline_desc"), height, shapes, ("outlet", "month", "articles"), rows
            ),
        )
    cells = {(outlet, month): (n, links[outlet, month]) for (outlet, month), n in counts.items()}
    steps = [(month, words.month(month)) for month in months]
    whole = {"steps": steps, "rows": everyone, "cells": cells, "totals": totals, "unfolded": not made}
    few = {**whole, "rows": names}
    if len(months) > _MOST_MONTHS:
        few |= _by_year(material, counts)
    return with_all(material, "timeline", few, everyone, charts=made, whole=whole)


def _by_year(material: Material, counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    """Columns per year, and what each outlet printed in it."""
    sums: Counter[tuple[str, str]] = Counter()
    for (outlet, month), n in counts.items():
        sums[outlet, month[:4] or "unknown"] += n
    years = sorted({year for _, year in sums}, key=lambda year: (year == "unknown", year))
    undated = material.words.text("undated")
    return {
        "steps": [(year, undated if year == "unknown" else year) for year in years],
        "cells": {(outlet, year): (n, filters.link(outlet=outlet, year=year)) for (outlet, year), n in sums.items()},
    }


def every_month(months: list[str]) -> list[str]:
    """All months from the first to the last, also those without an article; at most 50 years."""
    if not months:
        return []
    first, last = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (months[0], months[-1]))
    if last - first > 600:
        return months
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1)]


def _groups(material: Material) -> list[tuple[tuple[str, str], list[str]]]:
    groups: dict[tuple[str, str], list[str]] = {}
    for key in material.order:
        row = material.articles[key]
        groups.setdefault((material.outlet(row), material.month(row)), []).append(key)
    return list(groups.items())


def _anchors(material: Material) -> dict[tuple[str, str], str]:
    """(outlet, month) -> where its articles are listed."""
    links, seen = {}, 0
    for group, keys in _groups(material):
        links[group] = f"{_path(seen // _PER_PAGE)}#{_anchor(group)}"
        seen += len(keys)
    return links


def _anchor(group: tuple[str, str]) -> str:
    return safe_name("\n".join(group))


def texts(material: Material) -> Section | None:
    """Where the list of articles begins; the list itself is on pages of its own."""
    if not material.articles:
        return None
    listed = [(key, _anchor(group) if i == 0 else None) for group, keys in _groups(material) for i, key in enumerate(keys)]
    count = math.ceil(len(listed) / _PER_PAGE)
    pages = tuple(
        Page(_path(i), "articles.html", material.words.text("articles_list"), partial(_page, material, listed, i, count))
        for i in range(count)
    )
    few = [_listed(material, *each) for each in listed] if len(listed) <= 100 else []
    return Section("texts", {"rows": few, "total": len(listed), "first": _path(0)}, pages)


def _path(number: int) -> str:
    return f"lists/articles-{number + 1}.html"


def _page(material: Material, listed: Sequence[tuple[str, str | None]], number: int, count: int) -> dict[str, Any]:
    return {
        "rows": [_listed(material, *each) for each in listed[number * _PER_PAGE : (number + 1) * _PER_PAGE]],
        **pager(_path, number, count),
    }


def _listed(material: Material, key: str, anchor: str | None) -> dict[str, Any]:
    present = [theme for theme in material.themes if theme in material.themes_of(key)]
    return {
        "row": material.articles[key],
        "page": articles.path(key),
        "anchor": anchor,
        "themes": present,
        "reuse": material.reuse.get(key),
    }
