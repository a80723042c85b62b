"""One page per article: its text with themes, mentions, quotations and figures marked, or its codes alone."""

from __future__ import annotations

from typing import Any

from presstm.report.material import Material, Row, safe_name
from presstm.report.pages import Page


def path(article_id: str) -> str:
    """Path of an article's page."""
    return f"articles/{safe_name(article_id)}.html"


def pages(material: Material) -> list[Page]:
    """A page per article."""
    return [
        Page(
            path(article_id),
            "article.html",
            material.title(row),
            {"article": row, "parts": _parts(material, article_id), "reuse": material.reuse.get(article_id)},
        )
        for article_id, row in material.articles.items()
    ]


def _parts(material: Material, article_id: str) -> list[list[dict[str, Any]]]:
    """Paragraphs of the article, the title first, each a list of sentences."""
    paragraphs: dict[tuple[bool, int], list[dict[str, Any]]] = {}
    for row in material.sentences.get(article_id, []):
        paragraphs.setdefault((row["part"] == "body", row["paragraph"]), []).append(_sentence(material, row))
    return [paragraphs[key] for key in sorted(paragraphs)]


def _sentence(material: Material, row: Row) -> dict[str, Any]:
    text = material.text(row["article_id"], row["part"])[row["start"] : row["end"]]
    return {**row, "text": text, "themes": material.coded.get((row["article_id"], row["sentence_id"]), {})}
