"""Textometry: the words that mark parts of the corpus, its factors, and themes that emerge from the words alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from presstm import form_counts, lexical
from presstm.running import batches
from presstm.settings import TopicsSettings
from presstm.textometry import classes, correspondence, specificities


@dataclass(frozen=True)
class Topics:
    """The tables of the stage, and numbers."""

    tables: dict[str, pa.Table]
    metrics: dict[str, Any]


def topics(
    tokens: Iterable[batches.Batch], read: Mapping[str, pa.Table], settings: TopicsSettings, folder: Path | None = None
) -> Topics:
    """All of textometry.

    Args:
        tokens: batches with `tokens` (the columns `form_counts.TOKENS`).
        read: the tables articles, sentences, reuse and theme_sentences; rows of the latter count whose theme is present.
        settings: of the stage.
        folder: the content cache.

    Raises:
        SettingsError: a grouping of the settings is no column of articles.
    """
    counted = lexical.lexical(form_counts.count(tokens, settings, folder), read["sentences"], read["reuse"], settings)
    groupings = lexical.groupings(read, counted.corpus, settings.groupings)
    specific, numbers = specificities.specificities(counted, groupings, settings)
    axes, inertia = correspondence.factors(counted, groupings, settings)
    classified, found = classes.emergent(counted, read["sentences"], groupings, settings, folder)
    made = {"specificities": specific, "factors": axes, **classified}
    return Topics(
        made,
        {
            "words": int(counted.words.sum()),
            "counted": int(counted.counts.sum()),
            "forms": len(counted.forms),
            "specificities": len(specific),
            **found,
            "groupings": numbers,
            "factors": inertia,
        },
    )
