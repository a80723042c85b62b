"""Sections on links beyond the network: entities and themes, outlets that print the same texts, links that come and go."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from presstm.report.evidence import Group, Item, listing
from presstm.report.marks import Span
from presstm.report.material import Material, Row, safe_name
from presstm.report.pages import Section

_MOST = 60


def associations(material: Material) -> Section | None:
    """Entities named, and speakers quoted, in sentences on a theme more often than chance; weights lead to the sentences."""
    rows = sorted(
        material.rows("theme_links"), key=lambda row: (row["q"], -row["weight"], row["kind"], row["entity_id"], row["theme"])
    )
    if not rows:
        return None
    shown = rows[:_MOST]
    found = {"entity": _by_entity(material, "mentions"), "speaker": _by_entity(material, "quotes")}
    groups = []
    for row in shown:
        spans = {
            place: span
            for place, span in found[row["kind"]].get(row["entity_id"], {}).items()
            if row["theme"] in material.coded.get(place, {})
        }
        heading = f"{material.entity_name(row['entity_id'])}, {material.theme_name(row['theme'])}"
        groups.append(Group(_key(row), heading, tuple(Item(*place, (span,)) for place, span in spans.items())))
    made = listing(material, "associations", material.words.text("section_associations"), groups)
    links = {(row["kind"], row["entity_id"], row["theme"]): made.links.get(_key(row)) for row in shown}
    values = {"rows": shown, "hidden": len(rows) - len(shown), "kept": sum(row["kept"] for row in rows), "links": links}
    return Section("associations", values, made.pages)


def _key(row: Row) -> str:
    return "\n".join((row["kind"], row["entity_id"], row["theme"]))


def _by_entity(material: Material, table: str) -> dict[str, dict[tuple[str, int], Span]]:
    """entity_id -> sentences of representatives that name or quote it, with where."""
    found: dict[str, dict[tuple[str, int], Span]] = defaultdict(dict)
    for article_id in material.order:
        reuse = material.reuse.get(article_id)
        if reuse is not None and not reuse["representative"]:
            continue
        for row in material.by_article(table).get(article_id, []):
            entity = row["entity_id"] if table == "mentions" else row["speaker"]
            if entity is not None and row.get("kind") != "term":
                for sentence_id in _sentences(material, row):
                    span = Span(row["start"], row["end"], "mention" if table == "mentions" else "quote")
                    found[entity].setdefault((article_id, sentence_id), span)
    return found


def _sentences(material: Material, row: Row) -> list[int]:
    """The sentences that a mention or a quotation touches."""
    return [
        sentence["sentence_id"]
        for sentence in material.sentences.get(row["article_id"], [])
        if sentence["part"] == row["part"] and sentence["start"] < row["end"] and row["start"] < sentence["end"]
    ]


def exchanges(material: Material) -> Section | None:
    """Pairs of outlets that printed the same texts, and which was first; each leads to the texts side by side."""
    rows = sorted(material.rows("outlet_links"), key=lambda row: (-row["n_clusters"], row["source"], row["target"]))
    if not rows:
        return None
    printed: dict[str, set[str]] = defaultdict(set)
    for article_id, row in material.articles.items():
        if row["outlet"]:
            printed[row["outlet"]].add(material.cluster(article_id))
    shown: list[dict[str, Any]] = []
    for row in rows[:_MOST]:
        both = sorted(printed[row["source"]] & printed[row["target"]])
        shown.append({**row, "pages": [f"reuse/{safe_name(cluster)}.html" for cluster in both]})
    return Section("exchanges", {"rows": shown, "hidden": len(rows) - len(shown)})


def changes(material: Material) -> Section | None:
    """Links that are significant in a period or a kind of outlet, and what changed."""
    rows = material.rows("group_edges")
    rows.sort(key=lambda row: (row["grouping"], row["group"], -row["weight"], row["source"], row["target"]))
    if not rows:
        return None
    shown = [
        {**row, "names": (material.entity_name(row["source"]), material.entity_name(row["target"]))}
        for row in rows[: 2 * _MOST]
    ]
    return Section("changes", {"rows": shown, "hidden": len(rows) - len(shown)})
