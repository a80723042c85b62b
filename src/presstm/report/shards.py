"""What the search and the lists behind numbers read: script files that a page opened from disk can load when it needs them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from presstm import tables
from presstm.report import articles
from presstm.report.layout import grouped, whole
from presstm.report.material import Material
from presstm.report.words import occurrences

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SIGNS = "<>&\u2028\u2029"  # could end a script or a line of it


def files(material: Material) -> Iterator[tuple[str, bytes]]:
    """data/<kind>.js for all kinds but sentences."""
    if not material.articles:
        return
    yield "data/articles.js", script("articles", _articles(material))
    yield "data/entities.js", script("entities", _named(material))
    yield "data/speakers.js", script("speakers", _quoted(material))
    yield "data/words.js", script("words", occurrences(material))
    yield "data/classes.js", script("classes", _classes(material))


def script(kind: str, rows: Iterable[Any]) -> bytes:
    """A call with the rows as JSON, written one by one; no character can end the script or be read as markup."""
    text = ",".join(map(_ENCODER.encode, rows))
    for sign in _SIGNS:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'presstm.load("{kind}",[{text}]);\n'.encode("utf-8", "replace")


def _articles(material: Material) -> list[list[Any]]:
    """Rows of page, title, outlet, day, month, kind, access, agency, cluster, whether it counts for its cluster, file of
    sentences, per theme number [sentences, first sentence], variables, and the day as 2019-05-24."""
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
                row.get("variables") or [],
                row["published"].isoformat() if row["published"] else "",
            ]
        )
    return rows


def _theme_counts(material: Material) -> dict[str, dict[int, list[int]]]:
    """article_id -> theme number -> number of sentences, first sentence."""
    layout = material.layout
    sentences, themes = np.nonzero(material.themes_in)
    ids = layout.articles.to_pylist()
    found: dict[str, dict[int, list[int]]] = {}
    columns = (each.tolist() for each in (layout.article[sentences], layout.sentence_id[sentences], themes))
    for article, sentence_id, theme in zip(*columns, strict=True):
        found.setdefault(ids[article], {}).setdefault(theme, [0, sentence_id])[0] += 1
    return found


def _named(material: Material) -> Iterator[list[Any]]:
    """Rows of entity, its name, and where it is named: article, sentence, paragraph (−1: the title)."""
    mentions = material.each("mentions", material.place, material.table("mentions")["entity_id"].is_valid())
    paragraph = material.layout.paragraph[material.layout.entry(mentions)]
    rows = np.column_stack([whole(mentions["place"]), whole(mentions["sentence_id"]), paragraph])
    named = grouped(mentions["entity_id"].combine_chunks().dictionary_encode())
    return ([key, material.entity_name(key), rows[inside].tolist()] for key, inside in named)


def _quoted(material: Material) -> list[list[Any]]:
    """Rows of speaker (empty: not identified), name, and per quotation and sentence that it touches: article, sentence,
    number of the quotation, its kind, numbers of its themes."""
    quotes = material.each("quotes", material.place, material.said)
    rows, sentences = material.layout.touched(quotes)
    touched = np.split(material.layout.sentence_id[sentences], np.searchsorted(rows, np.arange(1, len(quotes))))
    about = material.themes_touched(quotes)
    found: dict[str, list[list[Any]]] = {}
    for count, (speaker, place, first, kind) in enumerate(tables.tuples(quotes, "speaker", "place", "sentence_id", "kind")):
        themes = np.flatnonzero(about[count]).tolist()
        ids = touched[count].tolist() or [first]
        found.setdefault(speaker or "", []).extend([place, n, count, kind, themes] for n in ids)
    return [[key, material.entity_name(key), found[key]] for key in sorted(found)]


def _classes(material: Material) -> Iterator[list[Any]]:
    """Rows of class, and its sentences: article, sentence, number of the segment."""
    segments = material.each("class_segments", material.place, material.table("class_segments")["class_id"].is_valid())
    rows, sentences = material.layout.touched(segments)
    class_id = whole(segments["class_id"])[rows]
    found = np.column_stack([class_id, whole(segments["place"])[rows], material.layout.sentence_id[sentences], rows])
    for key in np.unique(class_id).tolist():
        inside = found[class_id == key, 1:]
        yield [str(key), "", inside[np.lexsort((inside[:, 1], inside[:, 0]))].tolist()]


def sentences(material: Material, inside: Iterable[str]) -> Iterator[list[Any]]:
    """Rows of article number, sentence id, text (as far as the report may show it), theme numbers, of some articles."""
    layout = material.layout
    for article_id in inside:
        place, here = material.place[article_id], layout.of(article_id)
        title, body = (material.text(article_id, part) for part in ("title", "body"))
        columns = (layout.sentence_id[here], layout.paragraph[here], *layout.offsets(here))
        for themes, sentence_id, paragraph, start, end in zip(
            material.themes_in[here], *(column.tolist() for column in columns), strict=True
        ):
            present = np.flatnonzero(themes).tolist()
            if material.settings.text == "full":
                seen = (title if paragraph < 0 else body)[start:end]
            else:
                seen = material.snippet(article_id, sentence_id) if present else ""
            if seen or present:
                yield [place, sentence_id, seen, present]
