"""Sections on people and bodies: who is named, and who speaks."""

from __future__ import annotations

from collections import Counter

from presstm.report.material import Material
from presstm.report.pages import Section


def named(material: Material) -> Section | None:
    """The entities named in most reuse clusters."""
    rows = sorted(
        material.entities.values(), key=lambda row: (-row["n_clusters"], -row["n_mentions"], row["name"], row["entity_id"])
    )
    return Section("named", {"rows": rows[: material.settings.top]}) if rows else None


def speakers(material: Material) -> Section | None:
    """The entities quoted most, directly or indirectly."""
    counts = Counter(row["speaker"] for row in material.rows("quotes") if row["speaker"] and row["kind"] != "term")
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: material.settings.top]
    rows = [(material.entities[speaker], n) for speaker, n in ordered if speaker in material.entities]
    return Section("speakers", {"rows": rows}) if rows else None
