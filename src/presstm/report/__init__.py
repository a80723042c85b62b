"""The report: one set of HTML pages, opened from disk, in which every number leads to its sentences.

A section is a function in `sections/` and a template of the same name; it is left out where its tables are absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from presstm import form_counts
from presstm.codebook import Theme
from presstm.facts import Fact
from presstm.report import paper, sections, selection, words
from presstm.report.material import Material
from presstm.report.origin import Origin
from presstm.report.pages import Renderer, asset
from presstm.report.render import Rendering
from presstm.schemas import TABLES
from presstm.settings import ReportSettings
from presstm.study import Study
from presstm.tables import empty


def read(study: Study) -> dict[str, pa.Table]:
    """The tables that the report is made from, of large ones only what it needs: themes that are present, words that it shows."""
    found = {name: study.read(name) for name in TABLES if name not in ("theme_sentences", "tokens")}
    coded = study.stream("theme_sentences")
    found["theme_sentences"] = pa.concat_tables(
        [part.filter(part["present"]) for part in coded] or [empty("theme_sentences")]
    )
    found["tokens"] = words.narrowed(study.stream("tokens", form_counts.TOKENS), found, study.settings.topics)
    return found


def build(
    tables: Mapping[str, pa.Table],
    codebook: Sequence[Theme],
    facts: Mapping[str, Fact],
    settings: ReportSettings,
    origin: Origin | None = None,
    cache: Path | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Make every file of the report, one after the other.

    Args:
        tables: tables by name; a section whose tables are absent is left out.
        codebook: the themes.
        facts: the known facts, by key.
        settings: title, language, how much text may be shown, which network is drawn.
        origin: what the study was made with; said in the report.
        cache: the content cache, for what a change does not touch.

    Yields:
        Path within the report and content; the first page is index.html.
    """
    material = Material(tables, codebook, facts, settings, origin or Origin(), cache)
    renderer = Renderer(material)
    rendering = Rendering(material, renderer)
    yield from rendering.data()
    yield from rendering.articles()
    shown = []
    for make in sections.SECTIONS:
        section = make(material)
        if section is None:
            continue
        for page in section.pages:
            yield rendering.page(page)
        for chart in section.charts:
            yield from paper.files(chart, cache).items()
        shown.append(section)
    for page in selection.page(material):
        yield rendering.page(page)
    yield "index.html", renderer.first_page(settings.title, shown)
    for name in ("report.css", "report.js"):
        yield f"assets/{name}", asset(name).encode()
