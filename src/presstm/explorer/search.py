"""Concordance queries on an SQLite database with full-text search."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presstm.exports import Source, sheets

PAGE = 50
TABLES = ("articles", "sentences", "theme_sentences")
_TERM = re.compile(r'"([^"]*)"|(\w+)(\*?)')


@dataclass(frozen=True)
class Query:
    """What is looked for: words (all of them; `mot*` for beginnings, "…" for a phrase) and filters."""

    words: str = ""
    theme: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    page: int = 1


def make(path: Path, source: Source) -> None:
    """Write the database."""
    with closing(sqlite3.connect(path)) as connection:
        sheets.fill(connection, source, [name for name in TABLES if name in source.names()])


def terms(typed: str) -> Iterator[tuple[list[str], bool]]:
    """The words of each term that a person typed, and whether they are the beginning of one: `"mots exacts" mot*`."""
    for phrase, word, star in _TERM.findall(typed):
        if found := re.findall(r"\w+", phrase or word):
            yield found, star == "*"


def expression(typed: str) -> str:
    """An FTS5 expression for what a person typed: every term quoted, so that nothing typed is an operator."""
    return " ".join(f'"{" ".join(words)}"{"*" * begins}' for words, begins in terms(typed))


def find(connection: sqlite3.Connection, query: Query) -> tuple[int, list[dict[str, Any]]]:
    """Number of sentences that fit, and one page of them by date, each with the ranges of its hits.

    An empty query fits nothing, unless a theme is asked for.
    """
    text = expression(query.words)
    if not text and not query.theme:
        return 0, []
    where, values = ["1"], {}
    if text:
        where.append("s.id IN (SELECT rowid FROM search WHERE search MATCH :text)")
        values["text"] = text
    if query.theme:
        where.append(
            "EXISTS (SELECT 1 FROM theme_sentences t WHERE t.article_id = s.article_id AND t.sentence_id = s.sentence_id "
            "AND t.theme = :theme AND t.present)"
        )
        values["theme"] = query.theme
    for name, condition in (
        ("outlet", "a.outlet = :outlet"),
        ("since", "a.published >= :since"),
        ("until", "a.published <= :until"),
    ):
        if getattr(query, name):
            where.append(condition)
            values[name] = getattr(query, name)
    tables = f"FROM sentence_texts s JOIN articles a USING (article_id) WHERE {' AND '.join(where)}"
    (count,) = connection.execute(f"SELECT count(*) {tables}", values).fetchone()
    offset = (query.page - 1) * PAGE
    rows = connection.execute(
        f"SELECT s.article_id, s.sentence_id, s.part, s.start, s.text, a.outlet, a.published, a.title, a.url, a.source {tables} "
        f"ORDER BY a.published IS NULL, a.published, s.article_id, s.sentence_id LIMIT {PAGE} OFFSET {offset}",
        values,
    )
    return count, _dicts(rows)


def article(connection: sqlite3.Connection, article_id: str) -> dict[str, Any] | None:
    """One article with its sentences and their themes, or None."""
    found = _dicts(connection.execute("SELECT * FROM articles WHERE article_id = ?", (article_id,)))
    if not found:
        return None
    themes: dict[int, list[str]] = {}
    if _has_themes(connection):
        coded = "SELECT sentence_id, theme FROM theme_sentences WHERE article_id = ? AND present ORDER BY theme"
        for sentence_id, theme in connection.execute(coded, (article_id,)):
            themes.setdefault(sentence_id, []).append(theme)
    sentences = connection.execute(
        "SELECT t.sentence_id, t.part, s.paragraph, t.text FROM sentence_texts t JOIN sentences s USING (article_id, sentence_id) "
        "WHERE t.article_id = ? ORDER BY t.sentence_id",
        (article_id,),
    )
    shown = [
        {"id": number, "part": part, "paragraph": paragraph, "text": text, "themes": themes.get(number, [])}
        for number, part, paragraph, text in sentences
    ]
    return {**found[0], "sentences": shown}


def choices(connection: sqlite3.Connection) -> Mapping[str, list[str]]:
    """What the filters offer."""
    queries = {"outlets": "SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL ORDER BY outlet"}
    if _has_themes(connection):
        queries["themes"] = "SELECT DISTINCT theme FROM theme_sentences ORDER BY theme"
    return {name: [row[0] for row in connection.execute(query)] for name, query in queries.items()}


def _has_themes(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'theme_sentences'").fetchone() is not None


def _dicts(rows: sqlite3.Cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]
