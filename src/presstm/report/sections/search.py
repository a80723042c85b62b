"""Section with the concordance: a search over all sentences, or over snippets, in the reader's browser."""

from __future__ import annotations

from presstm.report.material import Material
from presstm.report.pages import Section


def search(material: Material) -> Section | None:
    """The search form, with how many data files the script may load; none where the report may show no text."""
    if material.settings.text == "none" or not material.count("sentences"):
        return None
    outlets = sorted({material.outlet(row) for row in material.articles.values()})
    return Section("search", {"shards": len(material.shards), "outlets": outlets, "themes": material.themes})
