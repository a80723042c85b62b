"""Where the words stand that the sections on words show."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
import pyarrow.compute as pc

from presstm.report.material import Material

TOKENS = ("article_id", "sentence_id", "text", "lemma", "pos")  # columns of tokens that are read


def occurrences(material: Material) -> dict[str, list[list[int]]]:
    """form -> [article number, sentence, times] of the words in `specificities` and `class_forms`.

    Counted as the stage `topics` does: lemmas or forms in lower case, of its parts of speech. Empty where `tokens` is absent.
    """
    forms = {row["form"] for name in ("specificities", "class_forms") for row in material.rows(name)}
    if not forms or "tokens" not in material.tables:
        return {}
    tokens = material.tables["tokens"]
    written = pc.replace_substring(pc.utf8_lower(tokens["lemma" if material.topics.unit == "lemma" else "text"]), "’", "'")
    chosen = pc.is_in(written, pa.array(sorted(forms), pa.string()))
    if material.topics.pos:
        chosen = pc.and_(chosen, pc.is_in(tokens["pos"], pa.array(material.topics.pos, pa.string())))
    kept = tokens.select(["article_id", "sentence_id"]).append_column("form", written).filter(chosen)
    counted = kept.group_by(["form", "article_id", "sentence_id"]).aggregate([([], "count_all")])
    place = {key: index for index, key in enumerate(material.articles)}
    found: dict[str, list[list[int]]] = defaultdict(list)
    for row in counted.to_pylist():
        if row["article_id"] in place:
            found[row["form"]].append([place[row["article_id"]], row["sentence_id"], row["count_all"]])
    return {form: sorted(rows) for form, rows in found.items()}
