"""Tables of a corpus given as words, for tests that need tokens and no language model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from presstm import schemas


def read_tables(articles: Mapping[str, Mapping[str, Any]], themes: Mapping[str, str] | None = None) -> dict[str, pa.Table]:
    """articles, sentences, tokens, reuse and theme_sentences, in the order given.

    Args:
        articles: article_id -> text (sentences end in a full stop), and outlet, outlet_kind, authors, day, cluster, title.
        themes: theme -> word that a sentence must hold to carry it.
    """
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("articles", "sentences", "tokens", "reuse", "theme_sentences")
    }
    for key, article in articles.items():
        title = article.get("title", "")
        rows["articles"].append(
            {
                "article_id": key,
                "source": f"{key}.txt",
                "outlet": article.get("outlet"),
                "outlet_kind": article.get("outlet_kind"),
                "title": title,
                "authors": article.get("authors", []),
                "published": article.get("day"),
                "language": "fr",
                "access": "full",
                "text": article["text"],
                "n_words": len(article["text"].split()),
                "method": "test",
                "warnings": [],
                "sha256": "0" * 64,
            }
        )
        cluster = article.get("cluster", key)
        rows["reuse"].append({"article_id": key, "cluster_id": cluster, "representative": cluster == key, "wire": None})
        placed = [("title", match) for match in re.finditer(r"\S.*", title)]
        placed += [("body", match) for match in re.finditer(r"[^\s.][^.]*\.", article["text"])]
        for number, (part, match) in enumerate(placed):
            where = {"article_id": key, "sentence_id": number}
            rows["sentences"].append({**where, "part": part, "paragraph": 0, "start": match.start(), "end": match.end()})
            found = [*re.finditer(r"\w+|\.", match.group())]
            for token, word in enumerate(found):
                rows["tokens"].append(
                    {
                        **where,
                        "token_id": token,
                        "start": match.start() + word.start(),
                        "text": word.group(),
                        "lemma": word.group().lower(),
                        "pos": "PUNCT" if word.group() == "." else "NOUN",
                        "morph": "",
                        "dep": "ROOT",
                        "head": token,
                        "ent": "",
                    }
                )
            for theme, needed in (themes or {}).items():
                present = needed in [word.group() for word in found]
                rows["theme_sentences"].append(
                    {**where, "theme": theme, "score": float(present), "present": present, "evidence": []}
                )
    fields = {name: pa.schema(field.with_nullable(True) for field in schemas.TABLES[name].schema) for name in rows}
    return {name: pa.Table.from_pylist(each, schema=fields[name]) for name, each in rows.items()}
