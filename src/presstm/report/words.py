"""Where the words stand that the sections on words show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm.report.material import Material
from presstm.settings import TopicsSettings

_SCHEMA = pa.schema([("article_id", pa.string()), ("sentence_id", pa.int32()), ("form", pa.string())])
TOKENS = ("article_id", "sentence_id", "text", "lemma", "pos")  # columns of tokens that are read


def narrowed(parts: Iterable[pa.Table], tables: Mapping[str, pa.Table], settings: TopicsSettings) -> pa.Table:
    """The rows of tokens, given in parts, that are words in `specificities` or `class_forms`, with their `form`.

    Words are written as the stage `topics` does: lemmas or forms in lower case, of its parts of speech.
    """
    forms: set[str] = set()
    for name in ("specificities", "class_forms"):
        if name in tables:
            forms |= set(tables[name]["form"].unique().to_pylist())
    wanted = pa.array(sorted(forms), pa.string())
    found = [_SCHEMA.empty_table()]
    for tokens in parts:
        written = pc.replace_substring(pc.utf8_lower(tokens["lemma" if settings.unit == "lemma" else "text"]), "’", "'")
        chosen = pc.is_in(written, wanted)
        if settings.pos:
            chosen = pc.and_(chosen, pc.is_in(tokens["pos"], pa.array(settings.pos, pa.string())))
        kept = tokens.select(["article_id", "sentence_id"]).append_column("form", written).filter(chosen)
        found.append(kept.cast(_SCHEMA))
    return pa.concat_tables(found)


def occurrences(material: Material) -> Iterator[tuple[str, list[list[int]]]]:
    """Form, and [article number, sentence, times] of each sentence with it, of the words that the sections show, in order.

    Nothing where `tokens` is absent.
    """
    if "tokens" not in material.tables:
        return
    tokens = material.tables["tokens"]
    if "form" not in tokens.column_names:
        tokens = narrowed([tokens], material.tables, material.topics)
    places = pc.index_in(tokens["article_id"], pa.array(list(material.place), pa.string()))
    placed = pa.table({"form": tokens["form"], "place": places, "sentence_id": tokens["sentence_id"]}).drop_null()
    counted = placed.group_by(["form", "place", "sentence_id"]).aggregate([([], "count_all")])
    counted = counted.sort_by([(name, "ascending") for name in ("form", "place", "sentence_id")]).combine_chunks()
    runs = pc.run_end_encode(counted["form"].combine_chunks())
    numbers = np.column_stack([counted[name].to_numpy() for name in ("place", "sentence_id", "count_all")])
    start = 0
    for form, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        yield form, numbers[start:end].tolist()
        start = end
