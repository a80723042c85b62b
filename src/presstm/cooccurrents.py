"""Cooccurrents: the words that stand in the same sentences as a pattern more often, or less, than chance (Lafon 1981)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import form_counts, phrases, tables
from presstm.kwic import Line
from presstm.lexical import Grouping, lexical
from presstm.networks.units import incidence
from presstm.settings import TopicsSettings
from presstm.textometry.specificities import specificities

COLUMNS = ("form", "count", "total", "n_articles", "specificity", "q", "q_units", "log_ratio", "part_size", "corpus_size")
_PLACE = ["article_id", "sentence_id", "start", "text"]


def cooccurrents(
    found: Sequence[Line], sentences: pa.Table, tokens: pa.Table, reuse: pa.Table, settings: TopicsSettings
) -> list[dict[str, Any]]:
    """The forms whose specificity in the sentences of `found` is beyond chance: the most specific first, avoided ones last.

    Forms are counted as by stage topics (unit, pos, counting, min_count, q_max of its settings), the matches themselves left out.

    Args:
        found: a concordance.
        sentences: those where the pattern was looked for, with which its own are compared.
        tokens, reuse: tables of these names.
        settings: of stage topics.

    Returns:
        Rows with `COLUMNS`, as in table specificities; `q_units` is the test on sentences that hold the form.
    """
    place = ["article_id", "sentence_id"]
    beside = _beside(found, tokens).join(sentences.select(place), place, join_type="left semi")
    around = form_counts.counted(beside, settings)
    counted = lexical([around], sentences, reuse, settings)
    hits = pa.table(
        {
            "article_id": pa.array([line.article_id for line in found], pa.string()),
            "sentence_id": pa.array([line.sentence_id for line in found], pa.int32()),
        }
    )
    _, rows = counted.corpus.rows(hits)
    members = incidence(rows, np.zeros(len(rows), np.int64), len(counted.corpus.key), 1)
    table, _ = specificities(
        counted,
        [Grouping("pattern", ["pattern"], members, by_sentence=True)],
        settings.model_copy(update={"permutations": 0}),
    )
    cells = [
        {name: round(value, 6) if isinstance(value, float) else value for name, value in row.items()}
        for row in table.select(COLUMNS).to_pylist()
    ]
    return sorted(cells, key=lambda row: (-row["specificity"], row["form"]))


def lines_with(
    form: str, found: Sequence[Line], tokens: pa.Table, settings: TopicsSettings, *, without: bool = False
) -> list[Line]:
    """The lines of a concordance whose sentence holds a form beside the matches, or does not (`without`).

    The form is what `settings.unit` says, a lemma or a form as printed; where the corpus has no such lemma, a form as printed.
    """
    holdings = (_holding(form, form_counts.forms_of(tokens, unit), tokens) for unit in (settings.unit, "form"))
    holding = next((rows for rows in holdings if len(rows)), tokens.slice(0, 0))
    beside = _beside(found, holding)
    places = set(tables.tuples(beside, "article_id", "sentence_id"))
    return [line for line in found if ((line.article_id, line.sentence_id) in places) is not without]


def _holding(form: str, forms: pa.ChunkedArray, tokens: pa.Table) -> pa.Table:
    spellings = [spelling for spelling in pc.unique(forms).to_pylist() if phrases.plain(spelling) == phrases.plain(form)]
    return tokens.filter(pc.is_in(forms, pa.array(spellings, pa.string())))


def _beside(found: Sequence[Line], tokens: pa.Table) -> pa.Table:
    """The tokens that are no part of a match."""
    spans: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for line in found:
        spans[line.article_id, line.sentence_id].append((line.start, line.end))
    articles = pa.array(sorted({line.article_id for line in found}), pa.string())
    near = np.flatnonzero(pc.is_in(tokens["article_id"], articles).to_numpy())
    inside = [
        any(token["start"] < end and start < token["start"] + len(token["text"]) for start, end in spans[place])
        for token in tokens.select(_PLACE).take(pa.array(near)).to_pylist()
        for place in [(token["article_id"], token["sentence_id"])]
    ]
    keep = np.ones(len(tokens), bool)
    keep[near[inside]] = False
    return tokens.filter(pa.array(keep))
