"""Whether sentences that were coded by hand still read as they did.

An id names a place in an article. Where the article, or its cut into sentences, has changed since, another sentence stands
there, and the code of the old one would be held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from presstm.errors import InputError
from presstm.spreadsheets import read_rows, unquoted

ARTICLES = ("article_id", "title", "text")  # columns that are needed
SENTENCES = ("article_id", "sentence_id", "part", "start", "end")


def check(paths: Iterable[Path], articles: Iterable[pa.Table], sentences: Iterable[pa.Table]) -> None:
    """Hold the sentences of tables of codes against the tables articles and sentences, which come in pieces.

    Raises:
        InputError: a coded sentence is not there, or reads otherwise.
    """
    stated: dict[str, tuple[str, str]] = {}
    for path in paths:
        for line, row in read_rows(path, ()):
            if said := _plain(unquoted(row.get("sentence", ""))):
                stated.setdefault(f"{row.get('article_id')}:{row.get('sentence_id')}", (f"{path}, line {line}", said))
    if not stated:
        return
    found = _sentences({key.rpartition(":")[0] for key in stated}, articles, sentences)
    if moved := [(where, key) for key, (where, said) in stated.items() if found.get(key) != said]:
        raise InputError(
            f"{moved[0][0]}: {moved[0][1]} is not this sentence any more ({len(moved)} of {len(stated)} coded sentences have "
            "changed with their articles): take these codes out, or draw and code a new sample"
        )


def _sentences(wanted: set[str], articles: Iterable[pa.Table], sentences: Iterable[pa.Table]) -> Mapping[str, str]:
    """Sentences of the articles `wanted`, by key."""
    ids = pa.array(sorted(wanted), pa.string())
    texts: dict[str, dict[str, str]] = {}
    for part in articles:
        for row in part.filter(pc.is_in(part["article_id"], ids)).to_pylist():
            texts[row["article_id"]] = {"title": row["title"] or "", "body": row["text"] or ""}
    return {
        f"{row['article_id']}:{row['sentence_id']}": _plain(texts[row["article_id"]][row["part"]][row["start"] : row["end"]])
        for part in sentences
        for row in part.filter(pc.is_in(part["article_id"], ids)).to_pylist()
        if row["article_id"] in texts
    }


def _plain(text: str) -> str:
    return " ".join(text.split())
