"""Sections on people and bodies: who is named, and who speaks on which theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from presstm.report import charts
from presstm.report.charts import Chart
from presstm.report.evidence import Group, Item, listing
from presstm.report.marks import Span
from presstm.report.material import Material, Row
from presstm.report.pages import Section

NOBODY = ""


def named(material: Material) -> Section | None:
    """The entities named in most reuse clusters; each leads to the sentences that name it."""
    rows = sorted(
        material.entities.values(), key=lambda row: (-row["n_clusters"], -row["n_mentions"], row["name"], row["entity_id"])
    )[: material.settings.top]
    if not rows:
        return None
    words = material.words
    shapes, height = charts.bars([(row["name"], row["n_clusters"]) for row in rows], words.number)
    columns = ("entity_id", "name", "label", "n_clusters", "n_articles", "n_mentions")
    data = tuple(tuple(row[column] for column in columns) for row in rows)
    chart = Chart("named", words.text("chart_named"), words.text("chart_bars_desc"), height, shapes, columns, data)
    wanted = {row["entity_id"] for row in rows}
    found: dict[str, list[Item]] = {row["entity_id"]: [] for row in rows}
    for article_id in material.order:
        for row in material.by_article("mentions").get(article_id, []):
            if row["entity_id"] in wanted:
                found[row["entity_id"]].append(_item(row, "mention", material.entity_name(row["entity_id"])))
    made = listing(
        material,
        "named",
        words.text("evidence_named"),
        (Group(entity, material.entity_name(entity), tuple(items)) for entity, items in found.items()),
    )
    return Section("named", {"rows": rows, "links": made.links}, made.pages, (chart,))


def speakers(material: Material) -> Section | None:
    """Who is quoted, directly or indirectly, how often, and on which themes; each number leads to the quotations."""
    quotes = [row for key in material.order for row in material.by_article("quotes").get(key, []) if row["kind"] != "term"]
    if not quotes:
        return None
    counts = Counter((row["speaker"] or NOBODY, row["kind"]) for row in quotes)
    themes = Counter((row["speaker"] or NOBODY, theme) for row in quotes for theme in _themes(material, row))
    totals: Counter[str] = Counter()
    for (speaker, _), n in counts.items():
        totals[speaker] += n
    ordered = sorted((s for s in totals if s != NOBODY), key=lambda s: (-totals[s], s))[: material.settings.top]
    ordered += [NOBODY] * (NOBODY in totals)
    words = material.words
    made = listing(material, "speakers", words.text("evidence_speakers"), _speaker_groups(material, quotes, ordered))
    rows = [
        {"id": speaker, "name": material.entity_name(speaker), "label": material.entities.get(speaker, {}).get("label", "")}
        for speaker in ordered
    ]
    kinds = Counter(row["label"] for row in rows for _ in range(totals[row["id"]]))
    keys = material.themes
    spoken = {(i, j): themes[s, t] / totals[s] for i, s in enumerate(ordered) for j, t in enumerate(keys) if totals[s]}
    labels = [f"{row['name']} ({words.number(totals[row['id']])})" for row in rows]
    shapes, height = charts.heat(labels, [material.theme_name(theme) for theme in keys], spoken, words.percent)
    columns = ("entity_id", "name", "quotations", *keys)
    data = tuple(
        (speaker, material.entity_name(speaker), totals[speaker], *(themes[speaker, t] for t in keys))
        for speaker in sorted(totals, key=lambda speaker: (-totals[speaker], speaker))
    )
    title = words.text("chart_speakers")
    chart = Chart("speakers", title, words.text("chart_speakers_desc"), height, shapes, columns, data)
    values = {
        "rows": rows,
        "keys": keys,
        "counts": counts,
        "totals": totals,
        "themes": themes,
        "links": made.links,
        "kinds": sorted(kinds.items(), key=lambda item: (-item[1], item[0])),
        "quotes": len(quotes),
        "hidden": len(totals) - len(ordered),
    }
    return Section("speakers", values, made.pages, (chart,) if keys else ())


def _speaker_groups(material: Material, quotes: list[Row], ordered: list[str]) -> list[Group]:
    """Per speaker all quotations, then those on each theme."""
    groups = []
    for speaker in ordered:
        said = [row for row in quotes if (row["speaker"] or NOBODY) == speaker]
        name = material.entity_name(speaker)
        groups.append(Group(speaker, name, tuple(_quoted(material, row) for row in said)))
        for theme in material.themes:
            on_theme = tuple(_quoted(material, row) for row in said if theme in _themes(material, row))
            groups.append(Group(f"{speaker}\n{theme}", f"{name}, {material.theme_name(theme)}", on_theme))
    return groups


def _themes(material: Material, quote: Row) -> list[str]:
    """Themes of the sentences that the quotation touches."""
    found = {
        theme
        for row in material.sentences.get(quote["article_id"], [])
        if row["part"] == quote["part"] and row["start"] < quote["end"] and quote["start"] < row["end"]
        for theme in material.coded.get((row["article_id"], row["sentence_id"]), {})
    }
    return [theme for theme in material.themes if theme in found]


def _quoted(material: Material, row: Row) -> Item:
    note = material.words.text(f"kind_{row['kind']}")
    if row["cue"]:
        note = f"{note} ({row['cue']})"
    if row["speaker_text"] and material.settings.text != "none":
        note = f"{note}, {row['speaker_text'][:80]}"
    return _item(row, "quote", note)


def _item(row: Mapping[str, Any], kind: str, note: str) -> Item:
    return Item(row["article_id"], row["sentence_id"], (Span(row["start"], row["end"], kind, note),), note)
