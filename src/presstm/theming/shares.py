"""How many articles, and reuse clusters, have a theme, and how much of them it takes, with intervals and flags of small groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import stats, tables, variables
from presstm.settings import ThemesSettings

Array = np.ndarray[Any, np.dtype[Any]]


def shares(
    articles: pa.Table, reuse: pa.Table, per_article: pa.Table, themes: Sequence[str], settings: ThemesSettings
) -> pa.Table:
    """Share of articles, and of reuse clusters, in which a theme is present, and the mean share of their sentences, by group.

    A cluster carries a theme in a group if one of its articles in the group does; its sentences are those of all of these. Intervals: see
    `stats.ratio_intervals`. Clusters of very different size say as much about articles as fewer equal ones; these are what
    is held against `settings.few`.
    """
    place = {article_id: number for number, article_id in enumerate(articles["article_id"].to_pylist())}
    sentences = np.zeros((len(articles), len(themes)))
    carrying = np.zeros_like(sentences)
    for article_id, theme, share, count in tables.tuples(per_article, "article_id", "theme", "share", "sentences"):
        sentences[place[article_id], themes.index(theme)] = count
        carrying[place[article_id], themes.index(theme)] = round(share * count)
    cluster = dict(tables.tuples(reuse, "article_id", "cluster_id"))
    outlets = outlets_of(articles)
    rows = []
    for grouping, group, members in groups_of(articles, reuse):
        _, clusters, sizes = np.unique(
            [cluster[article_id] for article_id in members], return_inverse=True, return_counts=True
        )
        n_outlets = len({outlets[article_id] for article_id in members})
        alike = {"article": float(stats.effective(sizes)), "cluster": len(sizes)}
        flags = {name: flag(grouping, count, n_outlets, settings.few) for name, count in alike.items()}
        inside = [place[article_id] for article_id in members]
        present = weighted((carrying[inside] > 0).astype(float), clusters, settings)
        taken = intensities(carrying[inside], sentences[inside], clusters, settings)
        rows += [
            {
                "grouping": grouping,
                "group": group,
                "theme": theme,
                "n_outlets": n_outlets,
                "flag": flags[each["weighting"]],
                **each,
                **intensity,
            }
            for theme, *counted in zip(themes, present, taken, strict=True)
            for each, intensity in zip(*counted, strict=True)
        ]
    return tables.from_rows("theme_shares", rows)


def weighted(values: Array, clusters: Sequence[str] | Array, settings: ThemesSettings) -> list[list[dict[str, Any]]]:
    """For each theme its share of articles, then of clusters, with its interval where there are `settings.min_group` clusters.

    Args:
        values: 0 or 1 per article and theme.
        clusters: reuse cluster of each article; it has the theme if one of its articles does.
        settings: min_group.
    """
    names, index = np.unique(np.asarray(clusters), return_inverse=True)
    merged = np.zeros((len(names), values.shape[1]))
    np.maximum.at(merged, index, values)
    found: list[list[dict[str, Any]]] = [[] for _ in values.T]
    for weighting, numbers, units in (("article", values, index), ("cluster", merged, names)):
        intervals: Sequence[tuple[float | None, float | None]] = [(None, None)] * len(found)
        if len(names) >= settings.min_group:
            intervals = stats.share_intervals(numbers, units)
        for rows, share, (low, high) in zip(found, numbers.mean(axis=0).tolist(), intervals, strict=True):
            rows.append({"weighting": weighting, "n": len(numbers), "share": share, "low": low, "high": high})
    return found


def intensities(carrying: Array, sentences: Array, clusters: Array, settings: ThemesSettings) -> list[list[dict[str, Any]]]:
    """For each theme the mean share of sentences that carry it, of articles, then of clusters, with intervals as in `weighted`.

    Args:
        carrying: sentences with the theme, per article and theme.
        sentences: sentences, of the same shape.
        clusters: number of the reuse cluster of each article, 0 to the last one.
        settings: min_group.
    """

    def by_cluster(values: Array) -> Array:
        return np.stack([np.bincount(clusters, column) for column in values.T], axis=1)

    def shares_of(part: Array, whole: Array) -> Array:
        return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)

    merged = by_cluster(sentences)
    units = (
        (by_cluster(shares_of(carrying, sentences)), by_cluster((sentences > 0).astype(float))),
        (shares_of(by_cluster(carrying), merged), (merged > 0).astype(float)),
    )
    found: list[list[dict[str, Any]]] = [[] for _ in carrying.T]
    for parts, wholes in units:
        ends = stats.ratio_intervals(parts, wholes, sentences.sum(axis=0))
        for rows, counted, *values in zip(found, wholes.sum(axis=0), *ends, strict=True):
            known = [float(value) if counted else None for value in values]
            if len(merged) < settings.min_group:
                known[1:] = None, None
            rows.append(dict(zip(("intensity", "intensity_low", "intensity_high"), known, strict=True)))
    return found


def outlets_of(articles: pa.Table) -> dict[str, str]:
    """Outlet of every article; articles without one are of an outlet `unknown`."""
    return {
        article_id: outlet or variables.UNKNOWN for article_id, outlet in tables.tuples(articles, "article_id", "outlet")
    }


def flag(grouping: str, clusters: float, outlets: int, few: int) -> str:
    """Why the interval of a group says little: few_clusters, few_outlets (nothing can be said of outlets in general), or nothing.

    One outlet is not a sample of outlets, so that a group that is an outlet is not flagged for it.
    """
    if clusters < few:
        return "few_clusters"
    return "few_outlets" if outlets < few and grouping != "outlet" else ""


def groups_of(articles: pa.Table, reuse: pa.Table) -> Iterable[tuple[str, str, list[str]]]:
    """(grouping, group, sorted article ids) for the whole corpus, for each split, and without wire copy or cut texts."""
    ids = articles["article_id"].to_pylist()
    given = variables.by_name(articles)
    splits = {"all": [["all"]] * len(ids)}
    for name in ("outlet", "outlet_kind", "access", "month", *given):
        splits[name] = variables.labels(articles, name, given.get(name))
    for grouping, labels in splits.items():
        groups: dict[str, list[str]] = {}
        for article_id, (group,) in zip(ids, labels, strict=True):
            groups.setdefault(group, []).append(article_id)
        for group in sorted(groups):
            yield grouping, group, sorted(groups[group])
    wire = {article_id for article_id, agency in tables.tuples(reuse, "article_id", "wire") if agency}
    cut = {article_id for article_id, access in tables.tuples(articles, "article_id", "access") if access == "partial"}
    for subset, without in (("no_wire", wire), ("whole", cut), ("no_wire_whole", wire | cut)):
        if members := sorted({*ids} - without):
            yield "subset", subset, members
