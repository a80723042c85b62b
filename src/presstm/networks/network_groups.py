"""Co-mention networks within periods and kinds of outlet, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import tables
from presstm.networks import association, units
from presstm.networks.units import Corpus, Named
from presstm.settings import NetworkSettings


def by_group(corpus: Corpus, named: Named, articles: pa.Table, settings: NetworkSettings) -> pa.Table:
    """Networks of `settings.group_scope` within each period and each kind of outlet, and what changed.

    Statistics are as in `association.within`, with the units of the group as population and the entities that it names in
    at least `min_clusters` articles. `change`, for periods: new (kept here, not in the period before), stays, gone (kept
    before, not here); for kinds of outlet: only (kept in no other kind).

    Returns:
        Table `group_edges`: kept edges, and those that are gone.
    """
    about = {row["article_id"]: row for row in articles.select(["article_id", "published", "outlet_kind"]).to_pylist()}
    ids = corpus.article_ids.to_pylist()
    form = {"year": "%Y", "month": "%Y-%m"}[settings.period]
    days = [about[article]["published"] for article in ids]
    splits = {
        "period": [day.strftime(form) if day else None for day in days],
        "outlet_kind": [about[article]["outlet_kind"] for article in ids],
    }
    rows: list[dict[str, Any]] = []
    for grouping, values in splits.items():
        groups = sorted({value for value in values if value})
        found = {group: _group_edges(corpus, named, [value == group for value in values], settings) for group in groups}
        rows += _changes(grouping, found)
    return tables.from_rows("group_edges", rows)


def _group_edges(
    corpus: Corpus, named: Named, chosen: Sequence[bool], settings: NetworkSettings
) -> dict[tuple[str, str], dict[str, Any]]:
    inside = np.asarray(chosen, bool)[corpus.article]
    mine = inside[named.sentence]
    article, entity = corpus.article[named.sentence[mine]], named.entity[mine]
    per_article = units.incidence(article, entity, len(corpus.article_ids), len(named.ids))
    frequent = np.flatnonzero(np.asarray(per_article.sum(axis=0)).ravel() >= settings.min_clusters)
    unit = corpus.units[settings.group_scope]
    incidence = units.incidence(unit[named.sentence[mine]], entity, corpus.count(settings.group_scope), len(named.ids))
    pairs = association.within(incidence[:, frequent], len(np.unique(unit[inside])))
    keys = [(named.ids[frequent[a]], named.ids[frequent[b]]) for a, b in zip(pairs.first, pairs.second, strict=True)]
    statistics = pairs.statistics()
    columns = [column.tolist() for column in statistics.values()]
    return {
        key: {**dict(zip(statistics, values, strict=True)), "kept": values[-1] <= settings.q_max}
        for key, *values in zip(keys, *columns, strict=True)
    }


def _changes(grouping: str, found: Mapping[str, Mapping[tuple[str, str], dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    kept = {group: {key for key, edge in edges.items() if edge["kept"]} for group, edges in found.items()}
    before = {later: kept[earlier] for earlier, later in pairwise(found)}
    unseen = {"weight": 0, "npmi": None, "p": None, "q": None, "kept": False}
    for group, edges in found.items():
        previous = before.get(group, set()) if grouping == "period" else set()
        for key in sorted(kept[group] | previous):
            if grouping != "period":
                change = None if any(key in other for name, other in kept.items() if name != group) else "only"
            elif group not in before:
                change = None
            elif key not in kept[group]:
                change = "gone"
            else:
                change = "stays" if key in previous else "new"
            edge = edges.get(key, unseen)
            yield {"grouping": grouping, "group": group, "source": key[0], "target": key[1], **edge, "change": change}
