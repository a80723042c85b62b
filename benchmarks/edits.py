"""What a change costs: all stages over 1,000 articles from nothing, again, then after one article is changed, added, deleted.

    python -m benchmarks edits             each stage in a process of its own, so its start and imports are in the numbers ten times;
                                           the start of DVC is not
    python -m benchmarks edits 1000 run    `presstm run`, one worker

The corpus is that of benchmarks/growth.py.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks import grown, growth
from presstm import study


def main(path: str | None, how: str = "stages") -> None:
    """Print processor seconds of each run, and what they are of the run from nothing."""
    measure = {"stages": _stages, "run": _at_once}[how]
    count = int(path) if path and path.isdigit() else 1000
    with tempfile.TemporaryDirectory(dir=os.environ.get("PRESSTM_SCRATCH")) as scratch:
        stock = growth.demonstration(Path(scratch))
        folder = growth.new_study(Path(scratch) / "study")
        corpus = folder / "corpus" / "raw"
        grown.write_pages(stock, range(count), corpus)
        full = _shown("from nothing", measure(folder), None)
        _shown("nothing changed", measure(folder), full)
        page = corpus / grown.article(stock, count // 2).source
        page.write_text(grown.page(grown.article(stock, count + 1)), encoding="utf-8")
        _shown("one changed", measure(folder), full)
        grown.write_pages(stock, [count + 2], corpus)
        _shown("one added", measure(folder), full)
        (corpus / grown.article(stock, count // 3).source).unlink()
        _shown("one deleted", measure(folder), full)


def _stages(folder: Path) -> dict[str, float]:
    return {stage: growth.run_stage(folder, stage)[0] for stage in study.STAGES}


def _at_once(folder: Path) -> dict[str, float]:
    places = [str(folder / "corpus" / "raw"), "--out", str(folder / "results"), "--params", str(folder / "params.yaml")]
    return {"run": growth.run_command(folder, ["run", *places, "-S", "engine.workers=1"])[0]}


def _shown(what: str, found: dict[str, float], full: float | None) -> float:
    total = sum(found.values())
    share = f", {total / full:.1%} of the run from nothing" if full else ""
    print(f"  {what}: {total:.1f} s{share}", flush=True)
    print("    " + ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in found.items()), flush=True)
    return total
