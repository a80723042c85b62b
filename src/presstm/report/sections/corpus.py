"""Sections on the corpus itself: what was received and kept, when it appeared, and the list of articles."""

from __future__ import annotations

from collections import Counter

from presstm.report import articles
from presstm.report.material import Material
from presstm.report.pages import Section


def flow(material: Material) -> Section:
    """Seen = kept + rejected, with the reasons."""
    kept = len(material.articles)
    reasons = Counter(row["reason"] for name in ("rejects", "quarantine") for row in material.rows(name))
    rejected = len(material.rows("rejects"))
    clusters = len({row["cluster_id"] for row in material.reuse.values()})
    return Section(
        "flow",
        {
            "seen": kept + rejected,
            "kept": kept,
            "rejected": rejected,
            "clusters": clusters,
            "reasons": sorted(reasons.items(), key=lambda item: (-item[1], item[0])),
        },
    )


def timeline(material: Material) -> Section | None:
    """Articles per month and outlet."""
    counts = Counter(
        (f"{row['published']:%Y-%m}" if row["published"] else "", material.outlet(row)) for row in material.articles.values()
    )
    if not counts:
        return None
    months = sorted({month for month, _ in counts}, key=lambda month: (not month, month))
    names = sorted({outlet for _, outlet in counts})
    return Section("timeline", {"months": months, "outlets": names, "counts": counts})


def texts(material: Material) -> Section | None:
    """The list of articles."""
    rows = [{**row, "page": articles.path(key)} for key, row in material.articles.items()]
    return Section("texts", {"rows": rows}) if rows else None
