"""Sections on themes: their shares with intervals, and by outlet."""

from __future__ import annotations

from presstm.report.material import Material
from presstm.report.pages import Section


def themes(material: Material) -> Section | None:
    """Share of each theme in the whole corpus, per article and per reuse cluster."""
    rows = {(row["theme"], row["weighting"]): row for row in material.rows("theme_shares") if row["grouping"] == "all"}
    return Section("themes", {"rows": rows}) if rows else None


def outlets(material: Material) -> Section | None:
    """Share of each theme in each outlet."""
    rows = {
        (row["group"], row["theme"]): row
        for row in material.rows("theme_shares")
        if row["grouping"] == "outlet" and row["weighting"] == "article"
    }
    names = sorted({outlet for outlet, _ in rows})
    return Section("outlets", {"rows": rows, "names": names}) if rows else None
