"""What the search and the lists behind numbers read: script files that a page opened from disk can load when it needs them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from presstm.report import articles
from presstm.report.material import Material
from presstm.report.words import occurrences

_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def files(material: Material) -> Iterator[tuple[str, bytes]]:
    """data/<kind>.js and data/sentences-<n>.js; without text of articles where the report may show none."""
    if not material.articles:
        return
    for number, inside in enumerate(material.shards):
        yield f"data/sentences-{number}.js", script("sentences", _sentences(material, inside))
    yield "data/articles.js", script("articles", _articles(material))
    yield "data/entities.js", script("entities", _named(material))
    yield "data/speakers.js", script("speakers", _quoted(material))
    yield "data/words.js", script("words", ([form, "", places] for form, places in occurrences(material)))
    yield "data/classes.js", script("classes", _classes(material))


def script(kind: str, rows: Iterable[Any]) -> bytes:
    """A call with the rows as JSON, written one by one; no character can end the script or be read as markup."""
    text = ",".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED) for row in rows)
    return f'presstm.load("{kind}",[{text}]);\n'.encode("utf-8", "replace")


def _articles(material: Material) -> list[list[Any]]:
    """Rows of page, title, outlet, day, month, kind, access, agency, cluster, whether it counts for its cluster, file of
    sentences, and per theme number [sentences, first sentence]."""
    clusters = {key: n for n, key in enumerate(sorted({material.cluster(key) for key in material.articles}))}
    themes = _theme_counts(material)
    shard_of = {key: number for number, inside in enumerate(material.shards) for key in inside}
    rows = []
    for key, row in material.articles.items():
        reuse = material.reuse.get(key)
        rows.append(
            [
                articles.path(key),
                material.title(row),
                material.outlet(row),
                material.words.date(row["published"]),
                material.month(row) or "unknown",
                row["outlet_kind"] or "unknown",
                row["access"],
                reuse["wire"] if reuse else None,
                clusters[material.cluster(key)],
                int(reuse is None or reuse["representative"]),
                shard_of.get(key),
                themes.get(key, {}),
            ]
        )
    return rows


def _theme_counts(material: Material) -> dict[str, dict[int, list[int]]]:
    number = {theme: i for i, theme in enumerate(material.themes)}
    found: dict[str, dict[int, list[int]]] = {}
    columns = (material.present[name].to_pylist() for name in ("article_id", "sentence_id", "theme"))
    for article_id, sentence_id, theme in zip(*columns, strict=True):
        entry = found.setdefault(article_id, {}).setdefault(number[theme], [0, sentence_id])
        entry[0] += 1
    return found


def _named(material: Material) -> list[list[Any]]:
    """Rows of entity, its name, and where it is named: article, sentence, paragraph (−1: the title)."""
    found: dict[str, list[list[int]]] = {}
    for index, article_id in enumerate(material.articles):
        for row in material.by_article("mentions").get(article_id):
            if row["entity_id"] is not None:
                sentence = material.sentence(article_id, row["sentence_id"])
                place = [index, row["sentence_id"], sentence["paragraph"] if row["part"] == "body" else -1]
                found.setdefault(row["entity_id"], []).append(place)
    return [[key, material.entity_name(key), found[key]] for key in sorted(found)]


def _quoted(material: Material) -> list[list[Any]]:
    """Rows of speaker (empty: not identified), name, and per quotation and sentence that it touches: article, sentence,
    number of the quotation, its kind, numbers of its themes."""
    number = {theme: i for i, theme in enumerate(material.themes)}
    found: dict[str, list[list[Any]]] = {}
    count = 0
    for index, article_id in enumerate(material.articles):
        for row in material.by_article("quotes").get(article_id):
            if row["kind"] == "term":
                continue
            about = [number[theme] for theme in material.themes_touched(row)]
            ids = [sentence["sentence_id"] for sentence in material.touched(row)] or [row["sentence_id"]]
            found.setdefault(row["speaker"] or "", []).extend([index, n, count, row["kind"], about] for n in ids)
            count += 1
    return [[key, material.entity_name(key), found[key]] for key in sorted(found)]


def _classes(material: Material) -> list[list[Any]]:
    """Rows of class, and its sentences: article, sentence."""
    found: dict[int, list[list[int]]] = {}
    for index, article_id in enumerate(material.articles):
        for row in material.by_article("class_segments").get(article_id):
            if row["class_id"] is not None:
                found.setdefault(row["class_id"], []).extend([index, s["sentence_id"]] for s in material.touched(row))
    return [[str(key), "", sorted(rows)] for key, rows in sorted(found.items())]


def _sentences(material: Material, inside: Iterable[str]) -> list[list[Any]]:
    """Rows of article number, sentence id, text, theme numbers."""
    rows: list[list[Any]] = []
    number = {theme: i for i, theme in enumerate(material.themes)}
    for article_id in inside:
        coded = material.coded(article_id)
        for row in material.sentences(article_id):
            present = coded.get(row["sentence_id"], {})
            seen = material.seen(row, present)
            if seen or present:
                rows.append([material.place[article_id], row["sentence_id"], seen, [number[theme] for theme in present]])
    return rows
