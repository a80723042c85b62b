"""Sections on links beyond the network: entities and themes, outlets that print the same texts, links that come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any

import pyarrow.compute as pc

from presstm import tables
from presstm.report import filters
from presstm.report.evidence import Group, Item, Place, listing
from presstm.report.marks import Span
from presstm.report.material import Material, safe_name
from presstm.report.pages import Section
from presstm.report.rows import Row
from presstm.report.sections.rows import with_all

_MOST = 60
_FEW = 5  # texts that a pair of outlets shows on the first page


def associations(material: Material) -> Section | None:
    """Entities named, and speakers quoted, in sentences on a theme more often than chance; weights lead to the sentences."""
    rows = sorted(
        material.rows("theme_links"), key=lambda row: (row["q"], -row["weight"], row["kind"], row["entity_id"], row["theme"])
    )
    if not rows:
        return None
    shown = rows[:_MOST]
    found = {
        kind: _by_entity(material, table, {row["entity_id"] for row in shown if row["kind"] == kind})
        for kind, table in (("entity", "mentions"), ("speaker", "quotes"))
    }
    groups = []
    for row in shown:
        theme = material.themes.index(row["theme"])
        spans = {
            (article_id, sentence_id): span
            for (article_id, sentence_id), span in found[row["kind"]].get(row["entity_id"], {}).items()
            if material.themes_in[material.layout.number(article_id, sentence_id), theme]
        }
        heading = f"{material.entity_name(row['entity_id'])}, {material.theme_name(row['theme'])}"
        groups.append(Group(_key(row), heading, list(spans), partial(_marked, spans)))
    made = listing(material, "associations", material.words.text("section_associations"), groups)
    links = {(row["kind"], row["entity_id"], row["theme"]): made.links.get(_key(row)) for row in shown}
    values = {"rows": shown, "kept": sum(row["kept"] for row in rows), "links": links}
    return with_all(material, "associations", values, rows, pages=made.pages)


def _key(row: Row) -> str:
    return "\n".join((row["kind"], row["entity_id"], row["theme"]))


def _marked(spans: Mapping[Place, Span], place: Place) -> Item:
    return Item(*place, (spans[place],))


def _by_entity(material: Material, table: str, wanted: set[str]) -> dict[str, dict[tuple[str, int], Span]]:
    """entity_id -> sentences of representatives that name or quote it, with where, for the entities that are wanted."""
    found: dict[str, dict[tuple[str, int], Span]] = defaultdict(dict)
    column, kind = {"mentions": ("entity_id", "mention"), "quotes": ("speaker", "quote")}[table]
    chosen = material.among(table, column, wanted)
    if table == "quotes":
        chosen = pc.and_(chosen, material.said)
    rows = material.each(table, material.order_once, chosen)
    touching, sentences = material.layout.touched(rows)
    each = tables.tuples(rows.take(touching), column, "article_id", "start", "end")
    for sentence_id, (entity, article_id, start, end) in zip(
        material.layout.sentence_id[sentences].tolist(), each, strict=True
    ):
        found[entity].setdefault((article_id, sentence_id), Span(start, end, kind))
    return found


def exchanges(material: Material) -> Section | None:
    """Pairs of outlets that printed the same texts, and which was first; each leads to the texts side by side."""
    rows = sorted(material.rows("outlet_links"), key=lambda row: (-row["n_clusters"], row["source"], row["target"]))
    if not rows:
        return None
    printed: dict[str, set[str]] = defaultdict(set)
    for article_id, row in material.articles.items():
        if row["outlet"]:
            printed[row["outlet"]].add(material.cluster(article_id))
    made: list[dict[str, Any]] = []
    for row in rows:
        both = sorted(printed[row["source"]] & printed[row["target"]])
        made.append({**row, "pages": [f"reuse/{safe_name(cluster)}.html" for cluster in both]})
    few = [{**row, "pages": row["pages"][:_FEW]} for row in made[:_MOST]]
    return with_all(material, "exchanges", {"rows": few, "few": _FEW}, made)


def changes(material: Material) -> Section | None:
    """Links that are significant in a period or a kind of outlet, and what changed."""
    rows = material.rows("group_edges")
    rows.sort(key=lambda row: (row["grouping"], row["group"], -row["weight"], row["source"], row["target"]))
    if not rows:
        return None
    made = [
        {
            **row,
            "names": (material.entity_name(row["source"]), material.entity_name(row["target"])),
            "href": _of_group(material, row),
        }
        for row in rows
    ]
    return with_all(material, "changes", {"rows": made[: 2 * _MOST]}, made)


def _of_group(material: Material, row: Row) -> str | None:
    """Where the co-mentions of a link within a period or a kind of outlet are listed."""
    if not row["weight"]:
        return None
    network = material.origin.settings.network
    group = {"period": network.period, "outlet_kind": "kind"}[row["grouping"]]
    ends = {"entity": row["source"], "with": row["target"], "scope": network.group_scope, "once": "1"}
    return filters.sentences(**ends, **{group: row["group"]})
