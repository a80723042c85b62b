"""Sentences for the search, in script files that a page opened from disk can load when it needs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from presstm.report import articles
from presstm.report.marks import Span, shown
from presstm.report.material import Material

_SIZE = 400_000  # characters of text per file


def files(material: Material) -> dict[str, bytes]:
    """data/articles.js and data/sentences-<n>.js; none where the report may show no text."""
    if material.settings.text == "none" or not material.sentences:
        return {}
    listed = [
        [articles.path(key), material.title(row), material.outlet(row), material.words.date(row["published"])]
        for key, row in material.articles.items()
    ]
    made = {"data/articles.js": script("articles", listed)}
    for number, rows in enumerate(_shards(material)):
        made[f"data/sentences-{number}.js"] = script("sentences", rows)
    return made


def count(material: Material) -> int:
    """Number of files of sentences."""
    return sum(1 for _ in _shards(material))


def script(kind: str, value: Any) -> bytes:
    """A call with `value` as JSON; no character of it can end the script or be read as markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'presstm.load("{kind}",{text});\n'.encode("utf-8", "replace")


def _shards(material: Material) -> Iterator[list[list[Any]]]:
    """Rows of article number, sentence id, text, theme numbers."""
    rows: list[list[Any]] = []
    size = 0
    number = {theme: i for i, theme in enumerate(material.themes)}
    for index, article_id in enumerate(material.articles):
        for row in material.sentences.get(article_id, []):
            present = material.coded.get((article_id, row["sentence_id"]), {})
            spans = [Span(hit["start"], hit["end"], "") for evidence in present.values() for hit in evidence]
            text = material.text(article_id, row["part"])
            seen = "".join(piece.text for piece in shown(text, row["start"], row["end"], spans, material.settings.text))
            if seen:
                rows.append([index, row["sentence_id"], seen, [number[theme] for theme in present]])
                size += len(seen)
        if size >= _SIZE:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows
