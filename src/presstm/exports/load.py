"""What is exported, read from a folder of results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from presstm import __version__, schemas, study, tables
from presstm.codebook import load_codebook
from presstm.errors import InputError
from presstm.exports import Source


def source(results: Path, *, text: bool = True, scope: str = "paragraph") -> Source:
    """The tables of `results`, with the settings beside them (params.yaml there or in the folder above) and the metrics.

    Raises:
        InputError: there are no tables.
    """
    found = {name: tables.read(results, name) for name in schemas.TABLES if (results / f"{name}.parquet").is_file()}
    if "articles" not in found:
        raise InputError(f"no tables in {results}: name the folder of results with --results")
    loaded = study.settings_of(results).model_dump(mode="json")
    model = loaded["annotate"]["model"]
    metrics = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((results / "metrics").glob("*.json"))
    }
    return Source(
        found,
        settings=loaded,
        metrics=metrics,
        versions={
            "presstm": __version__,
            model: loaded["annotate"]["version"],
            **{name: metadata.version(name) for name in ("networkx", "numpy", "pyarrow", "scipy", "spacy", "trafilatura")},
        },
        text=text,
        scope=scope,
        title=loaded["report"]["title"],
        card=_card(results, loaded["themes"]["classifier"]),
        theme_names=_theme_names(results, loaded["themes"]["codebook"]),
    )


def _card(results: Path, classifier: str) -> str:
    """The card of the classifier of themes, of the study or as shipped; empty if there is none."""
    path = study.model_of(results, Path(classifier).with_suffix(".md"))
    return path.read_text(encoding="utf-8") if path else ""


def _theme_names(results: Path, codebook: str) -> dict[str, Mapping[str, str]]:
    """Names of themes by language, in the order of the codebook; none if it is gone."""
    path = study.model_of(results, codebook)
    return {theme.key: theme.name for theme in load_codebook(path)} if path else {}
