"""Names to look at by hand: which are uncertain and why, as CSV with context, and corrections taken back into overrides.

A row of the list is a form and what it was taken for. Who reviews it writes into `name` and `label` what it is (NONE: no
entity) and anything but no into `checked`; rows without it are left out on the way back. `seen_in` is the article that the context is
from; `source`, which limits a row to one article, is for the reviewer to fill.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from presstm.naming import names, overrides
from presstm.naming.gazetteer import Gazetteer
from presstm.spreadsheets import quoted

COLUMNS = ("source", "form", "name", "label", "checked", "reasons", "n_mentions", "seen_in", "context")
_AROUND = 60  # characters of context on either side


def uncertain(
    articles: pa.Table, tokens: pa.Table, mentions: pa.Table, entities: pa.Table, known: Gazetteer
) -> list[dict[str, Any]]:
    """Forms to look at, those with most mentions first.

    Args:
        articles, tokens, mentions, entities: tables of these names.
        known: names known beforehand.

    Returns:
        Rows with COLUMNS; `reasons` is one or more of: labels (mentions of the form differ in type), model (the language model
        says another type than the known name has), candidates (several known names share the form), once (named once, by the
        language model alone), misc (of no definite type).
    """
    sources = {row["article_id"]: row for row in articles.select(["article_id", "source", "title", "text"]).to_pylist()}
    named = dict(zip(entities["entity_id"].to_pylist(), entities["name"].to_pylist(), strict=True))
    tagged = _model_labels(tokens)
    by_form: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in mentions.to_pylist():
        by_form[names.key(row["text"])].append(row)
    rows = []
    for found in by_form.values():
        if any(row["method"] == "override" for row in found):
            continue
        reasons = _reasons(found, tagged, known)
        if not reasons:
            continue
        entity = Counter(row["entity_id"] for row in found).most_common(1)[0][0]
        first = next(row for row in found if row["entity_id"] == entity)
        article = sources[first["article_id"]]
        text = article["title" if first["part"] == "title" else "text"]
        rows.append(
            {
                "source": "",
                "form": first["text"],
                "name": named[entity],
                "label": first["label"],
                "checked": "",
                "reasons": " ".join(reasons),
                "n_mentions": len(found),
                "seen_in": article["source"],
                "context": " ".join(text[max(0, first["start"] - _AROUND) : first["end"] + _AROUND].split()),
            }
        )
    return sorted(rows, key=lambda row: (-row["n_mentions"], row["form"]))


def _model_labels(tokens: pa.Table) -> dict[tuple[str, int, int], str]:
    """Type by the language model of the token that starts at (article, sentence, character)."""
    columns = [tokens[name].to_pylist() for name in ("article_id", "sentence_id", "start", "ent")]
    return {(article, sentence, start): ent[2:] for article, sentence, start, ent in zip(*columns, strict=True) if ent}


def _reasons(found: Sequence[Mapping[str, Any]], tagged: Mapping[tuple[str, int, int], str], known: Gazetteer) -> list[str]:
    reasons = []
    if len({row["label"] for row in found}) > 1:
        reasons.append("labels")
    sure = [row for row in found if row["method"] == "gazetteer"]
    said = Counter(tagged.get((row["article_id"], row["sentence_id"], row["start"])) for row in sure)
    if sure and sure[0]["label"] in ("PER", "LOC") and any(label not in (None, "MISC", sure[0]["label"]) for label in said):
        reasons.append("model")
    if len({form.entry for form in known.of(found[0]["text"])}) > 1:
        reasons.append("candidates")
    if len(found) == 1 and found[0]["method"] == "model":
        reasons.append("once")
    if all(row["label"] == "MISC" for row in found) and not sure:
        reasons.append("misc")
    return reasons


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV with COLUMNS and the mark that tells Excel that it is UTF-8; a cell that it would take for a formula gets an apostrophe."""
    made = io.StringIO("\ufeff")
    made.seek(1)
    writer = csv.DictWriter(made, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: quoted(str(row[name])) for name in COLUMNS} for row in rows)
    return made.getvalue()


def merge(reviewed: Path, ours: Path) -> tuple[str, int]:
    """The overrides with the checked rows of a reviewed list: the text of the new file, and how many rows were taken.

    Raises:
        InputError: as `overrides.read`, of either file.
    """
    checked = overrides.read(reviewed, ("source", "form", "name", "label", "checked"))
    merged = overrides.read(ours, overrides.COLUMNS) | {key: row._replace(note="reviewed") for key, row in checked.items()}
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(overrides.COLUMNS)
    writer.writerows([quoted(getattr(merged[key], name)) for name in overrides.COLUMNS] for key in sorted(merged))
    return made.getvalue(), len(checked)
