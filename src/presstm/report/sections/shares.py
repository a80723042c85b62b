"""Sections on themes: their shares with intervals, over time and by outlet; each share leads to its sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from presstm.report import charts
from presstm.report.charts import Chart
from presstm.report.evidence import Group, Item, Listing, listing
from presstm.report.marks import Span
from presstm.report.material import Material
from presstm.report.pages import Page, Section
from presstm.report.sections.corpus import MOST_OUTLETS

SUBSETS = ("all", "no_wire", "whole", "no_wire_whole")


def themes(material: Material) -> Section | None:
    """Share of each theme per article and per reuse cluster, with and without wire copy, with and without cut texts."""
    rows: dict[tuple[str, str, str], Any] = {
        (row["group"], row["theme"], row["weighting"]): row
        for row in material.rows("theme_shares")
        if row["grouping"] in ("all", "subset")
    }
    keys = [theme for theme in material.themes if ("all", theme, "article") in rows]
    if not keys:
        return None
    words = material.words
    dots = [
        (
            material.theme_name(theme),
            [
                (row["share"], row["low"], row["high"])
                for row in (rows["all", theme, weighting] for weighting in ("article", "cluster"))
            ],
        )
        for theme in keys
    ]
    names = [words.text("per_article"), words.text("per_cluster")]
    shapes, height = charts.intervals(dots, names, words.percent)
    columns = ("subset", "theme", "weighting", "n", "share", "low", "high")
    data = tuple(tuple(row["group" if c == "subset" else c] for c in columns) for _, row in sorted(rows.items()))
    chart = Chart("themes", words.text("chart_themes"), words.text("chart_themes_desc"), height, shapes, columns, data)
    subsets = [name for name in SUBSETS if all((name, theme, "article") in rows for theme in keys)]
    found = _evidence(material, "outlet")
    links = {theme: made.pages[0].path for theme, made in found.items() if made.pages}
    return Section(
        "themes",
        {"rows": rows, "keys": keys, "subsets": subsets, "links": links, "sentences": _sentences(material)},
        _pages(found),
        (chart,),
    )


def months(material: Material) -> Section | None:
    """Share of each theme per month, per reuse cluster."""
    return _matrix(material, "months", "month", material.words.month)


def outlets(material: Material) -> Section | None:
    """Share of each theme per outlet, per reuse cluster."""
    unknown = material.words.text("unknown_outlet")
    return _matrix(material, "outlets", "outlet", lambda name: unknown if name == "unknown" else name)


def _matrix(material: Material, key: str, grouping: str, named: Callable[[str], str]) -> Section | None:
    rows: dict[tuple[str, str], Mapping[str, Any]] = {
        (row["group"], row["theme"]): row
        for row in material.rows("theme_shares")
        if row["grouping"] == grouping and row["weighting"] == "cluster"
    }
    if not rows:
        return None
    sizes = {group: row["n"] for (group, _), row in rows.items()}
    if grouping == "outlet":
        groups = sorted(sizes, key=lambda name: (-sizes[name], name))[:MOST_OUTLETS]
    else:
        groups = sorted(sizes)
    keys = [theme for theme in material.themes if any((group, theme) in rows for group in groups)]
    words = material.words
    cells = {
        (i, j): rows[group, theme]["share"]
        for i, group in enumerate(groups)
        for j, theme in enumerate(keys)
        if (group, theme) in rows
    }
    labels = [f"{named(group)} ({words.number(sizes[group])})" for group in groups]
    shapes, height = charts.heat(labels, [material.theme_name(theme) for theme in keys], cells, words.percent)
    columns = (grouping, "theme", "texts", "share", "low", "high")
    data = tuple(
        (group, theme, row["n"], row["share"], row["low"], row["high"]) for (group, theme), row in sorted(rows.items())
    )
    chart = Chart(key, words.text(f"chart_{key}"), words.text("chart_heat_desc"), height, shapes, columns, data)
    found = _evidence(material, grouping)
    links = {(group, theme): link for theme, made in found.items() for group, link in made.links.items()}
    values = {
        "rows": rows,
        "groups": [(group, named(group), sizes[group]) for group in groups],
        "hidden": len(sizes) - len(groups),
        "keys": keys,
        "links": links,
        "few": len(sizes) < 10,
    }
    return Section(key, values, _pages(found) if grouping == "month" else (), (chart,))


def _evidence(material: Material, grouping: str) -> dict[str, Listing]:
    """Theme -> its sentences, in groups by outlet or month that are named as in theme_shares."""

    def group_of(article_id: str) -> str:
        row = material.articles[article_id]
        return (row["outlet"] if grouping == "outlet" else material.month(row)) or "unknown"

    place = {key: i for i, key in enumerate(material.articles)}
    found: dict[str, dict[str, list[Item]]] = {theme: {} for theme in material.themes}
    order = place if grouping == "month" else material.order
    for (article_id, sentence_id), present in sorted(material.coded.items(), key=lambda item: (order[item[0][0]], item[0])):
        for theme, evidence in present.items():
            spans = tuple(Span(hit["start"], hit["end"], "hit", hit["rule"]) for hit in evidence)
            note = ", ".join(dict.fromkeys(hit["rule"] for hit in evidence))
            item = Item(article_id, sentence_id, spans, note)
            found[theme].setdefault(group_of(article_id), []).append(item)
    return {
        theme: listing(
            material,
            f"{grouping}-{theme}".lower().replace("_", "-"),
            material.words.text("evidence_theme", theme=material.theme_name(theme)),
            (Group(group, _heading(material, grouping, group), tuple(items)) for group, items in groups.items()),
        )
        for theme, groups in found.items()
    }


def _heading(material: Material, grouping: str, group: str) -> str:
    if grouping == "month":
        return material.words.month(group)
    return material.words.text("unknown_outlet") if group == "unknown" else group


def _pages(found: Mapping[str, Listing]) -> tuple[Page, ...]:
    return tuple(page for made in found.values() for page in made.pages)


def _sentences(material: Material) -> dict[str, int]:
    counts = dict.fromkeys(material.themes, 0)
    for present in material.coded.values():
        for theme in present:
            counts[theme] += 1
    return counts
