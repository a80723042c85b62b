"""Where the words stand that the sections on words show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

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


def occurrences(material: Material) -> dict[str, list[list[int]]]:
    """form -> [article number, sentence, times] of the words that the sections show. Empty where `tokens` is absent."""
    if "tokens" not in material.tables:
        return {}
    tokens = material.tables["tokens"]
    if "form" not in tokens.column_names:
        tokens = narrowed([tokens], material.tables, material.topics)
    counted = tokens.group_by(["form", "article_id", "sentence_id"]).aggregate([([], "count_all")])
    columns = (counted[name].to_pylist() for name in ("form", "article_id", "sentence_id", "count_all"))
    found: dict[str, list[list[int]]] = defaultdict(list)
    for form, article_id, sentence_id, times in zip(*columns, strict=True):
        if article_id in material.place:
            found[form].append([material.place[article_id], sentence_id, times])
    return {form: sorted(rows) for form, rows in found.items()}
