"""The report: one set of HTML pages, opened from disk, in which every number leads to its sentences.

A section is a function in `sections/` and a template of the same name; it is left out where its tables are absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from presstm.codebook import Theme
from presstm.facts import Fact
from presstm.report import articles, paper, sections, selection, shards, words
from presstm.report.material import Material
from presstm.report.origin import Origin
from presstm.report.pages import Renderer, asset
from presstm.settings import ReportSettings

READS = (
    "articles",
    "rejects",
    "reuse",
    "reuse_passages",
    "sentences",
    "tokens",
    "quarantine",
    "mentions",
    "entities",
    "quotes",
    "figures",
    "figure_mutations",
    "theme_sentences",
    "theme_articles",
    "theme_shares",
    "theme_pairs",
    "theme_specifications",
    "theme_corrected",
    "nodes",
    "edges",
    "group_edges",
    "theme_links",
    "outlet_links",
    "networks",
    "specificities",
    "classes",
    "class_forms",
    "class_segments",
)

COLUMNS = {"tokens": words.TOKENS}  # columns of large tables that are read; the others are read whole


def build(
    tables: Mapping[str, pa.Table],
    codebook: Sequence[Theme],
    facts: Mapping[str, Fact],
    settings: ReportSettings,
    origin: Origin | None = None,
) -> dict[str, bytes]:
    """Make every file of the report.

    Args:
        tables: tables by name; a section whose tables are absent is left out.
        codebook: the themes.
        facts: the known facts, by key.
        settings: title, language, how much text may be shown, which network is drawn.
        origin: what the study was made with; said in the report.

    Returns:
        Path within the report -> content; the first page is index.html.
    """
    material = Material(tables, codebook, facts, settings, origin or Origin())
    renderer = Renderer(material)
    shown = [section for make in sections.SECTIONS if (section := make(material)) is not None]
    pages = [*(page for section in shown for page in section.pages), *articles.pages(material), *selection.page(material)]
    made = {page.path: renderer.page(page) for page in pages}
    made["index.html"] = renderer.first_page(settings.title, shown)
    made |= {f"assets/{name}": asset(name).encode() for name in ("report.css", "report.js")}
    made |= shards.files(material)
    for chart in (chart for section in shown for chart in section.charts):
        made |= paper.files(chart)
    return dict(sorted(made.items()))


def metrics(made: Mapping[str, bytes]) -> dict[str, int]:
    """Number of files and their size in bytes."""
    return {"files": len(made), "bytes": sum(map(len, made.values()))}
