"""entities: tokens and the gazetteer -> mentions of named entities, and the entities that they name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from presstm import article_names, gazetteer, linking, names, overrides, parts, tables
from presstm.gazetteer import Gazetteer
from presstm.linking import Mention
from presstm.overrides import NO_ENTITY, Overrides

load_gazetteer = gazetteer.load
load_overrides = overrides.load


def find(
    articles: pa.Table,
    sentences: pa.Table,
    tokens: pa.Table,
    reuse: pa.Table,
    known: Gazetteer,
    corrections: Overrides,
) -> tuple[pa.Table, pa.Table]:
    """Find the mentions of named entities, and link each to an entity.

    Args:
        articles, sentences, tokens, reuse: tables of these names.
        known: names known beforehand (`load_gazetteer`).
        corrections: by hand (`load_overrides`).

    Returns:
        Tables mentions and entities; names have typographic apostrophes.
    """
    sources = dict(zip(articles["article_id"].to_pylist(), articles["source"].to_pylist(), strict=True))
    common = _common_words(tokens)
    found: list[Mention] = []
    explained: dict[str, dict[str, str]] = {}
    for both in parts.read(articles, sentences, tokens):
        mentions, explained[both[0].article_id] = article_names.find(both, known, common)
        found += mentions
    named = linking.link(found, known, explained)
    rows: list[dict[str, Any]] = []
    wikidata: dict[tuple[str, str], str | None] = {}
    for mention, (name, label, entry) in zip(found, named, strict=True):
        method = mention.span.method
        correction = corrections.of(sources[mention.article_id], mention.text)
        if correction is not None:
            name, label, method = correction.name, correction.label, "override"
        if label == NO_ENTITY:
            continue
        if entry is not None and correction is None:
            wikidata[label, names.slug(name)] = entry.wikidata
        name = name.replace("'", "’")
        rows.append(
            {
                "article_id": mention.article_id,
                "sentence_id": mention.sentence_id,
                "part": mention.part,
                "start": mention.span.start,
                "end": mention.span.end,
                "text": mention.text,
                "label": label,
                "name": name,
                "entity_id": entity_id(label, name),
                "method": method,
            }
        )
    return tables.from_rows("mentions", rows), tables.from_rows("entities", _entities(rows, reuse, wikidata))


def _common_words(tokens: pa.Table) -> frozenset[str]:
    """Folded words that the corpus has in lower case: where a sentence begins with one, its capital says nothing."""
    distinct = pc.unique(tokens["text"]).to_pylist()
    return frozenset(names.fold(word) for word in distinct if word.islower())


def entity_id(label: str, name: str) -> str:
    """Type and name, simplified: ("PER", "Antonio Casilli") -> "per-antonio-casilli"."""
    return f"{label.lower()}-{names.slug(name)}"


def _entities(
    rows: Sequence[Mapping[str, Any]], reuse: pa.Table, wikidata: Mapping[tuple[str, str], str | None]
) -> list[dict[str, Any]]:
    cluster = dict(zip(reuse["article_id"].to_pylist(), reuse["cluster_id"].to_pylist(), strict=True))
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    named_in: dict[str, set[str]] = defaultdict(set)
    label: dict[str, str] = {}
    for row in rows:
        spelled[row["entity_id"]][row["name"]] += 1
        named_in[row["entity_id"]].add(row["article_id"])
        label[row["entity_id"]] = row["label"]
    return [
        {
            "entity_id": entity,
            "name": min(forms, key=lambda form: (-forms[form], form)),
            "label": label[entity],
            "wikidata": wikidata.get((label[entity], entity.partition("-")[2])),
            "n_mentions": forms.total(),
            "n_articles": len(named_in[entity]),
            "n_clusters": len({cluster.get(article, article) for article in named_in[entity]}),
        }
        for entity, forms in spelled.items()
    ]


def metrics(mentions: pa.Table, entities: pa.Table) -> dict[str, Any]:
    """Number of mentions and entities, and of mentions by label and by method."""
    labels, methods = (Counter(mentions[column].to_pylist()) for column in ("label", "method"))
    return {
        "mentions": len(mentions),
        "entities": len(entities),
        "by_label": {label: labels[label] for label in gazetteer.LABELS},
        "by_method": dict(sorted(methods.items())),
    }
