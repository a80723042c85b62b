"""Speed of the entities stage, in words a second, over the tables of a run: `python -m benchmarks entities RESULTS`."""

from __future__ import annotations

import time
from pathlib import Path

from presstm import entities, study, tables
from presstm.settings import EntitiesSettings


def main(path: str | None) -> None:
    """Time the stage on the tables in `path` (a folder that `presstm run --until annotate` wrote), and on twice as many."""
    folder = Path(path or "results")
    if not (folder / "tokens.parquet").exists():
        print(f"no tables in {folder}: give the folder of a run")
        return
    settings, shipped = EntitiesSettings(), study.shipped()
    started = time.perf_counter()
    known = entities.load_gazetteer(
        shipped / settings.gazetteer, [shipped / path for path in settings.outlets], shipped / settings.first_names
    )
    corrections = entities.load_overrides(shipped / settings.overrides)
    print(f"gazetteer loaded in {time.perf_counter() - started:.2f} s ({len(known.forms)} keys)")
    found = [tables.read(folder, name) for name in ("articles", "sentences", "tokens", "reuse")]
    ids = found[0]["article_id"].to_pylist()
    for share in (0.5, 1.0):
        kept = set(ids[: int(len(ids) * share)])
        part = [table.filter([article in kept for article in table["article_id"].to_pylist()]) for table in found]
        words = sum(len(text.split()) for text in part[0]["text"].to_pylist())
        started = time.perf_counter()
        mentions, _ = entities.find(*part, known, corrections)
        seconds = time.perf_counter() - started
        print(
            f"{len(kept)} articles, {words} words: {seconds:.2f} s, {words / seconds:,.0f} words/s, {len(mentions)} mentions"
        )
