"""Sections on themes: their shares with intervals, over time and by outlet; each share leads to its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from presstm.report import charts, filters
from presstm.report.charts import Chart
from presstm.report.evidence import Group, Item, Listing, Place, listing
from presstm.report.material import Material
from presstm.report.pages import Page, Section
from presstm.report.sections.corpus import MOST_OUTLETS, every_month
from presstm.report.sections.rows import group_name, with_all

MOST_MONTHS = 120  # that are drawn, the last ones
MOST_GROUPS = 60
_MEASURES = (("themes", ("share", "low", "high")), ("intensity", ("intensity", "intensity_low", "intensity_high")))
SUBSETS = ("all", "no_wire", "whole", "no_wire_whole")


def themes(material: Material) -> Section | None:
    """Share of each theme per article and per reuse cluster, and of their sentences, with and without wire copy and cut texts."""
    rows: dict[tuple[str, str, str], Any] = {
        (row["group"], row["theme"], row["weighting"]): row
        for row in material.rows("theme_shares")
        if row["grouping"] in ("all", "subset")
    }
    keys = [theme for theme in material.themes if ("all", theme, "article") in rows]
    if not keys:
        return None
    known = all(rows["all", theme, "cluster"]["intensity"] is not None for theme in keys)
    drawn = tuple(_dots(material, rows, keys, *measure) for measure in (_MEASURES if known else _MEASURES[:1]))
    subsets = [name for name in SUBSETS if all((name, theme, "article") in rows for theme in keys)]
    found = _evidence(material, "outlet")
    links = {theme: made.pages[0].path for theme, made in found.items() if made.pages}
    return Section(
        "themes",
        {
            "rows": rows,
            "keys": keys,
            "subsets": subsets,
            "links": links,
            "sentences": _sentences(material),
            "pairs": _theme_pairs(material),
            "quality": _quality(material, keys),
            "corrected": _corrected(material, keys),
            "specifications": _specifications(material, keys),
        },
        _pages(found),
        drawn,
    )


def _dots(
    material: Material, rows: Mapping[tuple[str, str, str], Any], keys: list[str], name: str, ends: tuple[str, ...]
) -> Chart:
    """Per theme a measure of articles and of texts with its interval."""
    words = material.words
    dots = [
        (
            material.theme_name(theme),
            [tuple(rows["all", theme, weighting][end] for end in ends) for weighting in ("article", "cluster")],
        )
        for theme in keys
    ]
    names = [words.text("per_article"), words.text("per_cluster")]
    shapes, height = charts.intervals(
        dots, names, words.percent, {i: filters.link(theme=theme) for i, theme in enumerate(keys)}
    )
    columns = ("subset", "theme", "weighting", "n", *ends)
    data = tuple(tuple(row["group" if c == "subset" else c] for c in columns) for _, row in sorted(rows.items()))
    title, description = words.text(f"chart_{name}"), words.text(f"chart_{name}_desc")
    return Chart(name, title, description, height, shapes, columns, data)


def _quality(material: Material, keys: list[str]) -> list[dict[str, Any]]:
    """How right each theme is by sentences coded by hand, then the mean of all; empty where nobody coded."""
    rows = {row["theme"]: row for row in material.rows("theme_quality")}
    return [rows[theme] for theme in (*keys, "macro") if theme in rows]


def _corrected(material: Material, keys: list[str]) -> list[dict[str, Any]]:
    """Shares of the whole corpus as coded and corrected by codes by hand; empty where nobody coded."""
    rows = [row for row in material.rows("theme_corrected") if row["grouping"] == "all" and row["theme"] in keys]
    units = ("cluster", "article", "sentence")
    return sorted(rows, key=lambda row: (keys.index(row["theme"]), units.index(row["unit"])))


def _theme_pairs(material: Material) -> list[dict[str, Any]]:
    """Pairs of themes that meet in a sentence or an article, with where those are listed."""
    made = []
    for row in material.rows("theme_pairs"):
        where = {"theme": row["source"], "also": row["target"], "once": "1"}
        href = filters.sentences(**where) if row["unit"] == "sentence" else filters.link(**where)
        made.append({**row, "href": href if row["weight"] else None})
    return sorted(made, key=lambda row: (row["unit"], -row["weight"], row["source"], row["target"]))


def _specifications(material: Material, keys: list[str]) -> list[dict[str, Any]]:
    """Per theme the lowest and the highest share of distinct texts over all choices, and which those are."""
    words = material.words
    made = []
    for theme in keys:
        rows = [r for r in material.rows("theme_specifications") if r["theme"] == theme and r["weighting"] == "cluster"]
        if not rows:
            continue
        rows.sort(key=lambda row: (row["share"], row["method"], row["threshold"], row["subset"]))
        ends: dict[str, dict[str, Any]] = {}
        alike = words.text("all_choices") if rows[0]["share"] == rows[-1]["share"] else None
        high = next(row for row in rows if row["share"] == rows[-1]["share"])  # of equal ones the choice in use
        for name, row in (("low", rows[0]), ("high", high)):
            score = f" ≥ {words.number(row['threshold'])}" if row["method"] == "score" else ""
            choice = f"{words.text('method_' + row['method'])}{score}, {words.text('subset_' + row['subset']).lower()}"
            ends[name] = {"share": row["share"], "words": alike or choice}
        made.append({"theme": theme, "n": len(rows), **ends})
    return made


def months(material: Material) -> Section | None:
    """Share of each theme per month, and of its sentences, per reuse cluster."""
    return _matrix(material, "months", "month")


def outlets(material: Material) -> Section | None:
    """Share of each theme per outlet, and of its sentences, per reuse cluster."""
    return _matrix(material, "outlets", "outlet")


def groups(material: Material) -> Section | None:
    """Share of each theme per kind of outlet, access and variable, per reuse cluster; a split into one group is none."""
    rows = [row for row in material.rows("theme_shares") if row["weighting"] == "cluster"]
    found: dict[str, dict[str, dict[str, Mapping[str, Any]]]] = {}  # grouping -> group -> theme -> row
    for row in rows:
        if row["grouping"] not in ("all", "outlet", "month", "subset") and row["theme"] in material.themes:
            found.setdefault(row["grouping"], {}).setdefault(row["group"], {})[row["theme"]] = row
    first = {"outlet_kind": 0, "access": 1}
    made = [
        {
            "split": material.words.split(grouping),
            "name": group_name(material, grouping, group),
            "where": _where(grouping, group),
            "shares": found[grouping][group],
            "n": next(iter(found[grouping][group].values()))["n"],
        }
        for grouping in sorted(found, key=lambda name: (first.get(name, 2), name))
        for group in sorted(found[grouping])
        if len(found[grouping]) > 1
    ]
    return with_all(material, "groups", {"rows": made[:MOST_GROUPS], "keys": material.themes}, made) if made else None


def _where(grouping: str, group: str) -> dict[str, str]:
    """The filter of a group's articles."""
    if grouping in ("outlet_kind", "access"):
        return {grouping.removeprefix("outlet_"): group}
    return {"variable": f"{grouping}={'' if group == 'unknown' else group}"}


def _matrix(material: Material, key: str, grouping: str) -> Section | None:
    rows: dict[tuple[str, str], Mapping[str, Any]] = {
        (row["group"], row["theme"]): row
        for row in material.rows("theme_shares")
        if row["grouping"] == grouping and row["weighting"] == "cluster"
    }
    if not rows:
        return None
    sizes = {group: row["n"] for (group, _), row in rows.items()}
    everyone = sorted(sizes, key=(lambda name: (-sizes[name], name)) if grouping == "outlet" else str)
    groups = everyone[:MOST_OUTLETS] if grouping == "outlet" else everyone[-MOST_MONTHS:]
    keys = [theme for theme in material.themes if any((group, theme) in rows for group in groups)]
    words = material.words
    found = _evidence(material, grouping)
    links = {(group, theme): link for theme, made in found.items() for group, link in made.links.items()}
    names = {group: group_name(material, grouping, group) for group in everyone}
    labels = [f"{names[group]} ({words.number(sizes[group])})" for group in groups]
    drawn = []
    for name, ends in _MEASURES:
        if name == "intensity" and grouping == "month":
            if everyone == ["unknown"]:
                continue
            about, (shapes, height) = "trends", _trends(material, rows, keys, links)
        else:
            about, (shapes, height) = f"heat_{name}", _heat(material, rows, groups, keys, labels, links, ends[0])
        data = tuple((*at, row["n"], *(row[end] for end in ends)) for at, row in sorted(rows.items()))
        columns = (grouping, "theme", "texts", *ends)
        title, text = words.text(f"chart_{key}_{name}"), words.text(f"chart_{about}")
        drawn.append(Chart(key if name == "themes" else f"{key}-{name}", title, text, height, shapes, columns, data))
    lists = {group: filters.link(**{grouping: name if grouping == "outlet" else group}) for group, name in names.items()}
    table = [(group, name, sizes[group]) for group, name in names.items()]
    values = {
        "cells": rows,
        "rows": table[:MOST_OUTLETS],
        "keys": keys,
        "links": links,
        "lists": lists,
        "heading": drawn[0].title,
        "column": words.text(grouping),
        "few_outlets": len(sizes) < 10,
    }
    return with_all(material, key, values, table, pages=_pages(found) if grouping == "month" else (), charts=drawn)


def _heat(
    material: Material,
    rows: Mapping[tuple[str, str], Mapping[str, Any]],
    groups: list[str],
    keys: list[str],
    labels: list[str],
    links: Mapping[tuple[str, str], str],
    measure: str,
) -> tuple[tuple[charts.Shape, ...], float]:
    """A measure of each theme in each group."""
    places = {(group, theme): (i, j) for i, group in enumerate(groups) for j, theme in enumerate(keys)}
    cells = {at: rows[key][measure] for key, at in places.items() if key in rows and rows[key][measure] is not None}
    marks = {at: links[key] for key, at in places.items() if key in links}
    return charts.heat(labels, [material.theme_name(theme) for theme in keys], cells, material.words.percent, marks)


def _trends(
    material: Material,
    rows: Mapping[tuple[str, str], Mapping[str, Any]],
    keys: list[str],
    links: Mapping[tuple[str, str], str],
) -> tuple[tuple[charts.Shape, ...], float]:
    """Intensity of each theme, month by month, and in the whole corpus."""
    named = {theme: material.theme_name(theme) for theme in keys}
    values = {(named[theme], month): row["intensity"] or 0.0 for (month, theme), row in rows.items() if theme in named}
    whole = {
        named[row["theme"]]: row["intensity"] or 0.0
        for row in material.rows("theme_shares")
        if (row["grouping"], row["weighting"]) == ("all", "cluster") and row["theme"] in named
    }
    months = every_month(sorted({month for month, _ in rows} - {"unknown"}))
    leads = {(named[theme], month): href for (month, theme), href in links.items() if theme in named}
    return charts.columns(list(named.values()), months, values, material.words.month, leads, whole, material.words.percent)


def _evidence(material: Material, grouping: str) -> dict[str, Listing]:
    """Theme -> its sentences, in groups by outlet or month that are named as in theme_shares."""
    order = material.place if grouping == "month" else material.order
    layout = material.layout
    ids = layout.articles.to_pylist()
    rows = [material.articles[article_id] for article_id in ids]
    groups = [(row["outlet"] if grouping == "outlet" else material.month(row)) or "unknown" for row in rows]
    sentences, themes = np.nonzero(material.themes_in)
    article, sentence_id = layout.article[sentences], layout.sentence_id[sentences]
    place = np.array([order[article_id] for article_id in ids], dtype=np.int64)[article]
    ordered = np.lexsort((sentence_id, place))
    found: dict[str, dict[str, list[Place]]] = {theme: {} for theme in material.themes}
    columns = (column[ordered].tolist() for column in (article, sentence_id, themes))
    for number, sentence, theme in zip(*columns, strict=True):
        found[material.themes[theme]].setdefault(groups[number], []).append((ids[number], sentence))
    return {
        theme: listing(
            material,
            f"{grouping}-{theme}".lower().replace("_", "-"),
            material.words.text("evidence_theme", theme=material.theme_name(theme)),
            (
                Group(group, group_name(material, grouping, group), places, partial(_item, material, theme))
                for group, places in by_group.items()
            ),
        )
        for theme, by_group in found.items()
    }


def _item(material: Material, theme: str, place: Place) -> Item:
    article_id, sentence_id = place
    evidence = material.evidence(article_id, sentence_id)[theme]
    spans = tuple(material.decides(theme, hit) for hit in evidence)
    return Item(article_id, sentence_id, spans, material.deciders(evidence))


def _pages(found: Mapping[str, Listing]) -> tuple[Page, ...]:
    return tuple(page for made in found.values() for page in made.pages)


def _sentences(material: Material) -> dict[str, int]:
    counts = {row["values"]: row["counts"] for row in material.present["theme"].value_counts().to_pylist()}
    return {theme: counts.get(theme, 0) for theme in material.themes}
