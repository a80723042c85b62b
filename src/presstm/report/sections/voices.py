"""Sections on people and bodies: who is named, and who speaks on which theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from presstm import tables
from presstm.report import charts
from presstm.report.charts import Chart
from presstm.report.evidence import Group, Item, Place, listing
from presstm.report.marks import Span
from presstm.report.material import Material
from presstm.report.pages import Section
from presstm.report.sections.rows import with_all

NOBODY = ""
_FEW = 8  # speakers named per type


def named(material: Material) -> Section | None:
    """The entities named in most reuse clusters; each leads to the sentences that name it."""
    mentioned = (row for row in material.entities.values() if row["n_mentions"])
    everyone = sorted(mentioned, key=lambda row: (-row["n_clusters"], -row["n_mentions"], row["name"], row["entity_id"]))
    rows = everyone[: material.settings.top]
    if not rows:
        return None
    words = material.words
    wanted = {row["entity_id"] for row in rows}
    found: dict[str, list[Place]] = {row["entity_id"]: [] for row in rows}
    mentions = material.each("mentions", material.order, material.among("mentions", "entity_id", wanted))
    for entity, article_id, number in tables.tuples(mentions, "entity_id", "article_id", "number"):
        found[entity].append((article_id, number))
    made = listing(
        material,
        "named",
        words.text("evidence_named"),
        (
            Group(entity, material.entity_name(entity), places, partial(_mentioned, material))
            for entity, places in found.items()
        ),
    )
    shapes, height = charts.bars(
        [(row["name"], row["n_clusters"]) for row in rows], words.number, [made.links.get(row["entity_id"]) for row in rows]
    )
    columns = ("entity_id", "name", "label", "n_clusters", "n_articles", "n_mentions")
    data = tuple(tuple(row[column] for column in columns) for row in rows)
    chart = Chart("named", words.text("chart_named"), words.text("chart_bars_desc"), height, shapes, columns, data)
    return with_all(material, "named", {"rows": rows, "links": made.links}, everyone, pages=made.pages, charts=(chart,))


def speakers(material: Material) -> Section | None:
    """Who is quoted, directly or indirectly, how often, and on which themes; each number leads to the quotations."""
    said: dict[str, dict[str, list[Place]]] = {}  # speaker -> theme ("" for all) -> quotations
    counts: Counter[tuple[str, str]] = Counter()
    quotes = material.each("quotes", material.order, material.said)
    each = tables.tuples(quotes, "speaker", "kind", "article_id", "number")
    for about, (name, kind, article_id, number) in zip(material.themes_touched(quotes), each, strict=True):
        speaker = name or NOBODY
        counts[speaker, kind] += 1
        for theme in ("", *(material.themes[i] for i in np.flatnonzero(about))):
            said.setdefault(speaker, {}).setdefault(theme, []).append((article_id, number))
    if not said:
        return None
    themes = Counter({(who, theme): len(places) for who, on in said.items() for theme, places in on.items() if theme})
    totals = Counter({speaker: len(on[""]) for speaker, on in said.items()})
    everyone = sorted((s for s in totals if s != NOBODY), key=lambda s: (-totals[s], s))
    everyone += [NOBODY] * (NOBODY in totals)
    ordered = everyone[: material.settings.top] + [NOBODY] * (NOBODY in totals and len(everyone) > material.settings.top)
    words = material.words
    made = listing(material, "speakers", words.text("evidence_speakers"), _speaker_groups(material, said, ordered))
    labels_of = {speaker: material.entities.get(speaker, {}).get("label", "") for speaker in everyone}
    rows = [{"id": key, "name": material.entity_name(key), "label": label} for key, label in labels_of.items()]
    kinds: dict[str, list[str]] = {}
    for speaker in everyone:
        kinds.setdefault(labels_of[speaker], []).append(speaker)
    shown = [row for row in rows if row["id"] in set(ordered)]
    keys = material.themes
    spoken = {(i, j): themes[s, t] / totals[s] for i, s in enumerate(ordered) for j, t in enumerate(keys) if totals[s]}
    labels = [f"{material.entity_name(s)} ({words.number(totals[s])})" for s in ordered]
    marks = {(i, j): made.links[f"{s}\n{t}"] for i, s in enumerate(ordered) for j, t in enumerate(keys) if themes[s, t]}
    shapes, height = charts.heat(labels, [material.theme_name(theme) for theme in keys], spoken, words.percent, marks)
    columns = ("entity_id", "name", "quotations", *keys)
    data = tuple(
        (speaker, material.entity_name(speaker), totals[speaker], *(themes[speaker, t] for t in keys))
        for speaker in sorted(totals, key=lambda speaker: (-totals[speaker], speaker))
    )
    title = words.text("chart_speakers")
    chart = Chart("speakers", title, words.text("chart_speakers_desc"), height, shapes, columns, data)
    values = {
        "rows": shown,
        "keys": keys,
        "counts": counts,
        "totals": totals,
        "themes": themes,
        "links": made.links,
        "kinds": [(kind, sum(totals[s] for s in kinds[kind]), kinds[kind][:_FEW]) for kind in sorted(kinds)],
        "quotes": counts.total(),
    }
    return with_all(material, "speakers", values, rows, pages=made.pages, charts=(chart,) if keys else ())


def _speaker_groups(
    material: Material, said: Mapping[str, Mapping[str, list[Place]]], ordered: list[str]
) -> Iterator[Group]:
    """Per speaker all quotations, then those on each theme."""
    quoted = partial(_quoted, material)
    for speaker in ordered:
        name = material.entity_name(speaker)
        yield Group(speaker, name, said[speaker][""], quoted)
        for theme in material.themes:
            heading = f"{name}, {material.theme_name(theme)}"
            yield Group(f"{speaker}\n{theme}", heading, said[speaker].get(theme, []), quoted)


def _mentioned(material: Material, place: Place) -> Item:
    row = material.by_article("mentions").row(*place)
    return _item(row, "mention", material.entity_name(row["entity_id"]))


def _quoted(material: Material, place: Place) -> Item:
    row = material.by_article("quotes").row(*place)
    note = material.words.text(f"kind_{row['kind']}")
    if row["cue"]:
        note = f"{note} ({row['cue']})"
    if row["speaker_text"] and material.settings.text != "none":
        note = f"{note}, {row['speaker_text'][:80]}"
    return _item(row, "quote", note)


def _item(row: Mapping[str, Any], kind: str, note: str) -> Item:
    return Item(row["article_id"], row["sentence_id"], (Span(row["start"], row["end"], kind, note),), note)
