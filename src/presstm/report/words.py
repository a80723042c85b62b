"""Where the words stand that the sections on words show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import form_counts
from presstm.report import axes
from presstm.report.layout import BITS, grouped, whole
from presstm.report.material import Material
from presstm.settings import TopicsSettings
from presstm.tables import empty


def narrowed(parts: Iterable[pa.Table], tables: Mapping[str, pa.Table], settings: TopicsSettings) -> pa.Table:
    """The rows of tokens, given in parts, that are words in `specificities` or `class_forms` or shown on axes, with their `form`.

    Forms, texts (in lower case) and ids are dictionaries, forms in order: of all tables that the report holds this is the longest.
    """
    forms: set[str] = set()
    for name in ("specificities", "class_forms"):
        if name in tables:
            forms |= set(tables[name]["form"].unique().to_pylist())
    if "factors" in tables:
        forms |= axes.forms(tables["factors"])
    wanted = pa.array(sorted(forms), pa.string())
    ids = tables["articles"]["article_id"].combine_chunks()
    found = [_coded(empty("tokens"), ids, empty("tokens")["text"], wanted)]
    for tokens in parts:
        written, counts = form_counts.written(tokens, settings)
        chosen = pc.and_(counts, pc.is_in(written, wanted))
        found.append(_coded(tokens.filter(chosen), ids, written.filter(chosen), wanted))
    return pa.concat_tables(found)


def _coded(tokens: pa.Table, ids: pa.Array, written: pa.ChunkedArray, forms: pa.Array) -> pa.Table:
    columns = {"article_id": (tokens["article_id"], ids), "form": (written, forms)}
    coded = {
        name: pa.DictionaryArray.from_arrays(pc.index_in(column, among).combine_chunks(), among)
        for name, (column, among) in columns.items()
    }
    texts = pc.utf8_lower(tokens["text"]).combine_chunks().dictionary_encode()
    return pa.table({**coded, "text": texts, "sentence_id": tokens["sentence_id"].cast(pa.int32())})


def occurrences(material: Material) -> Iterator[tuple[str, list[str], list[list[int]]]]:
    """Form, how it is written in lower case, and [article number, sentence, times] of each sentence with it, of the words that the
    sections show, in order.

    Nothing where `tokens` is absent.
    """
    if "tokens" not in material.tables:
        return
    tokens = material.tables["tokens"]
    if "form" not in tokens.column_names:
        tokens = narrowed([tokens], material.tables, material.topics)
    tokens = tokens.filter(tokens["article_id"].is_valid())
    forms, ids, texts = (tokens[name].combine_chunks() for name in ("form", "article_id", "text"))
    place = np.array([material.place[article_id] for article_id in ids.dictionary.to_pylist()], dtype=np.int64)
    sentence = place[ids.indices] << BITS | whole(tokens["sentence_id"])
    for form, rows in grouped(forms):
        found, times = np.unique(sentence[rows], return_counts=True)
        written = sorted(texts.take(pa.array(rows)).unique().to_pylist())
        yield form, written, np.column_stack([found >> BITS, found & (1 << BITS) - 1, times]).tolist()
