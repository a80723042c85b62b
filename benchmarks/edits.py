"""What a change costs: all stages over 1,000 articles from nothing, then after one article is changed, added, deleted.

The corpus is that of benchmarks/growth.py. PATH may be the number of articles. Each stage runs in a process of its own, so its
fixed costs (start, imports, the language model) are in the numbers; the start of DVC is not.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks import grown, growth
from presstm import study


def main(path: str | None) -> None:
    """Print processor seconds per stage of each run, and what they are of the run from nothing."""
    count = int(path) if path and path.isdigit() else 1000
    with tempfile.TemporaryDirectory(dir=os.environ.get("PRESSTM_SCRATCH")) as scratch:
        stock = growth.demonstration(Path(scratch))
        folder = growth.new_study(Path(scratch) / "study")
        corpus = folder / "corpus" / "raw"
        grown.write_pages(stock, range(count), corpus)
        full = _run(folder, "from nothing", None)
        page = corpus / grown.article(stock, count // 2).source
        page.write_text(grown.page(grown.article(stock, count + 1)), encoding="utf-8")
        _run(folder, "one changed", full)
        grown.write_pages(stock, [count + 2], corpus)
        _run(folder, "one added", full)
        (corpus / grown.article(stock, count // 3).source).unlink()
        _run(folder, "one deleted", full)


def _run(folder: Path, what: str, full: float | None) -> float:
    found = {stage: growth.run_stage(folder, stage)[0] for stage in study.STAGES}
    total = sum(found.values())
    share = f", {total / full:.1%} of the run from nothing" if full else ""
    print(f"  {what}: {total:.1f} s{share}", flush=True)
    print("    " + ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in found.items()), flush=True)
    return total
