"""One page per article: its text with themes, mentions, quotations and figures marked, or its codes alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from presstm.report.marks import Span, shown
from presstm.report.material import Material, safe_name
from presstm.report.pages import Page
from presstm.report.rows import Row


def path(article_id: str) -> str:
    """Path of an article's page."""
    return f"articles/{safe_name(article_id)}.html"


def page(material: Material, article_id: str) -> Page:
    """The page of an article."""
    row = material.articles[article_id]
    reuse = material.reuse.get(article_id)
    values = {
        "article": row,
        "paragraphs": _paragraphs(material, article_id),
        "wire": reuse["wire"] if reuse else None,
        "family": material.family(article_id),
        "themes": [theme for theme in material.themes if theme in material.themes_of(article_id)],
    }
    return Page(path(article_id), "article.html", material.title(row), values)


def _paragraphs(material: Material, article_id: str) -> list[dict[str, Any]]:
    """Paragraphs of the article, the title first, each with its sentences."""
    spans = {part: _spans(material, article_id, part) for part in ("title", "body")}
    found: dict[tuple[bool, int], list[dict[str, Any]]] = {}
    for row in material.sentences(article_id):
        sentence = _sentence(material, row, spans[row["part"]])
        found.setdefault((row["part"] == "body", row["paragraph"]), []).append(sentence)
    return [{"part": "body" if body else "title", "sentences": found[body, number]} for body, number in sorted(found)]


def _sentence(material: Material, row: Row, spans: Sequence[Span]) -> dict[str, Any]:
    coded = material.evidence(row["article_id"], row["sentence_id"])
    hits = [material.decides(theme, hit) for theme, evidence in coded.items() for hit in evidence]
    themes = [
        {
            "name": material.theme_name(theme),
            "style": material.theme_class(theme),
            "rules": material.deciders(coded[theme]),
        }
        for theme in material.themes
        if theme in coded
    ]
    text = material.text(row["article_id"], row["part"])
    inside = [span for span in spans if span.start < row["end"] and row["start"] < span.end]
    marks = [] if material.settings.text == "full" else [*hits, *inside]
    return {
        "id": row["sentence_id"],
        "part": row["part"],
        "start": row["start"],
        "end": row["end"],
        "pieces": shown(text, row["start"], row["end"], [*hits, *inside], material.settings.text),
        "themes": themes,
        "marks": sorted({(span.start, span.end, span.kind, span.label) for span in marks if span.kind}),
    }


def _spans(material: Material, article_id: str, part: str) -> list[Span]:
    words = material.words
    found = []
    for row in material.by_article("mentions").get(article_id):
        label = f"{material.entity_name(row['entity_id'])} ({words.text('label_' + row['label'])})"
        found.append((row, "mention", label))
    for row in material.by_article("quotes").get(article_id):
        kind = words.text(f"kind_{row['kind']}")
        found.append((row, "term" if row["kind"] == "term" else "quote", f"{kind}: {material.entity_name(row['speaker'])}" if row["speaker"] else kind))  # fmt: skip
    for row in material.by_article("figures").get(article_id):
        value = words.number(row["value"])
        found.append((row, "figure", f"{value} {words.unit(row['unit'])}"))
    return [Span(row["start"], row["end"], kind, label) for row, kind, label in found if row["part"] == part]
