"""How time and memory of every stage grow with the corpus: seconds and peak memory per stage and size, and exponents of growth.

    python -m benchmarks growth                          1,000 and 10,000 articles
    python -m benchmarks growth 1000,10000,100000        any sizes
    python -m benchmarks growth 1000,10000 FOLDER        growth.csv and growth.svg as well

The corpus is synthetic (see benchmarks/grown.py). Up to 1,000 articles (or `PRESSTM_ANNOTATED` of them), web pages are written
and every stage runs on them. Beyond, the stages extract and annotate, whose cost is the sum of their articles' costs, are left
out, and the others get the tables that the generator writes. Each stage runs in a process of its own, from an empty cache. Time is
that of processors, all processes of a stage together, so that other work on the machine counts little; memory is the largest
sum of what these processes hold (resident set), looked at every tenth of a second.
"""

from __future__ import annotations

import csv
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from statistics import linear_regression
from typing import Any, NamedTuple

from benchmarks import grown
from presstm import study

_SIZES = "1000,10000"
_ANNOTATED = int(os.environ.get("PRESSTM_ANNOTATED", "1000"))
_TIME_LIMIT = float(os.environ.get("PRESSTM_STAGE_LIMIT", "7200"))  # seconds after which a stage is given up
_CORPUS = Path(__file__).parents[1] / "corpus" / "raw"


class Measured(NamedTuple):
    """One stage at one size."""

    stage: str
    articles: int
    seconds: float  # of processors
    peak_mb: float
    wall: float


def main(sizes: str | None, folder: str | None = None) -> None:
    """Print a table; with a folder, write growth.csv and growth.svg."""
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory(dir=os.environ.get("PRESSTM_SCRATCH")) as scratch:
        stock = demonstration(Path(scratch))
        for size in map(int, (sizes or _SIZES).split(",")):
            for found in _measure_all(stock, size, Path(scratch)):
                measured.append(found)
                each = 1000 * found.seconds / size
                print(
                    f"  {size:>9,} {found.stage:<9} {found.seconds:9.1f} s {each:8.2f} ms an article {found.peak_mb:8,.0f} MB",
                    flush=True,
                )
    for stage, exponent in exponents(measured).items():
        print(f"  {stage:<9} time grows as n^{exponent['seconds']:.2f}, memory as n^{exponent['peak_mb']:.2f}")
    if folder:
        _write(measured, Path(folder))


def demonstration(scratch: Path) -> grown.Stock:
    """The stock of the demonstration corpus, annotated in a folder of `scratch`."""
    out = scratch / "demonstration"
    command = [sys.executable, "-m", "presstm.cli", "run", str(_CORPUS), "--out", str(out), "--until", "annotate", "-q"]
    subprocess.run(command, check=True)
    return grown.stock(out)


def new_study(folder: Path) -> Path:
    """A study folder with the shipped settings and an empty corpus."""
    (folder / "corpus" / "raw").mkdir(parents=True)
    shipped = (study.shipped() / "params.yaml").read_text(encoding="utf-8")
    (folder / "params.yaml").write_text(shipped, encoding="utf-8")
    return folder


def _measure_all(stock: grown.Stock, size: int, scratch: Path) -> Any:
    folder = new_study(scratch / f"study-{size}")
    left_out: tuple[str, ...] = ()
    if size <= _ANNOTATED:
        grown.write_pages(stock, range(size), folder / "corpus" / "raw")
    else:
        grown.write_tables(stock, size, folder / "results")
        left_out = ("extract", "annotate")
    for stage in study.STAGES:
        if stage not in left_out:
            yield Measured(stage, size, *run_stage(folder, stage))


def run_stage(folder: Path, stage: str) -> tuple[float, float, float]:
    """Run a stage of a study in a process of its own: as `run_command`."""
    return run_command(folder, [stage, "--study", str(folder)])


def run_command(folder: Path, arguments: list[str]) -> tuple[float, float, float]:
    """Run presstm in a process of its own, its output in `folder`: processor seconds, peak of the memory its processes hold in MB,
    seconds.

    Raises:
        SystemExit: it fails or takes too long.
    """
    stage = arguments[0]
    start, used = time.perf_counter(), _used()
    with (folder / f"{stage}.log").open("w") as log:
        command = [sys.executable, "-m", "presstm.cli", *arguments]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        peak = [0.0]
        watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
        watcher.start()
        try:
            code: int | None = process.wait(_TIME_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait() or 1
        seconds = time.perf_counter() - start
        watcher.join()
    if code:
        sys.exit(f"benchmarks: {stage} ended with code {code}: {(folder / f'{stage}.log').read_text()[-500:]}")
    return _used() - used, peak[0], seconds


def _used() -> float:
    """Processor seconds of all processes that have been started and waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    import psutil

    seen = psutil.Process(process.pid)
    while process.poll() is None:
        total = 0
        try:
            for each in (seen, *seen.children(recursive=True)):
                try:
                    total += each.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
        except psutil.NoSuchProcess:
            break
        peak[0] = max(peak[0], total / 1e6)
        time.sleep(0.1)


def exponents(measured: list[Measured]) -> dict[str, dict[str, float]]:
    """Slope of the logarithm of time and of memory on that of size, per stage, by least squares."""
    found = {}
    for stage, rows in _by_stage(measured).items():
        if len(rows) > 1:
            sizes = [math.log(row.articles) for row in rows]
            found[stage] = {
                name: linear_regression(sizes, [math.log(max(getattr(row, name), 1e-3)) for row in rows]).slope
                for name in ("seconds", "peak_mb")
            }
    return found


def _by_stage(measured: list[Measured]) -> dict[str, list[Measured]]:
    found: dict[str, list[Measured]] = defaultdict(list)
    for row in measured:
        found[row.stage].append(row)
    return found


def _write(measured: list[Measured], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "growth.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(Measured._fields)
        writer.writerows(
            (row.stage, row.articles, round(row.seconds, 2), round(row.peak_mb), round(row.wall, 1)) for row in measured
        )
    (folder / "growth.svg").write_text(plot(measured), encoding="utf-8")
    (folder / "growth.json").write_text(json.dumps(exponents(measured), indent=2) + "\n", encoding="utf-8")


def plot(measured: list[Measured]) -> str:
    """Seconds and memory by size, both axes logarithmic, a line per stage, as SVG."""
    width, height, margin = 420, 300, 50
    colours = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#555555", "#ee7733", "#009988", "#000000")
    sizes = sorted({row.articles for row in measured})
    low_x, high_x = math.log10(sizes[0]), math.log10(sizes[-1]) if len(sizes) > 1 else math.log10(sizes[0]) + 1
    drawn = []
    for place, (name, title) in enumerate((("seconds", "Processor seconds"), ("peak_mb", "Peak memory, MB"))):
        values = [math.log10(max(getattr(row, name), 0.1)) for row in measured]
        low, high = math.floor(min(values)), math.ceil(max(values))
        left = place * (width + 2 * margin) + margin

        def x(articles: int, left: int = left) -> float:
            return left + width * (math.log10(articles) - low_x) / (high_x - low_x)

        def y(value: float, low: int = low, high: int = high) -> float:
            return margin + height * (1 - (math.log10(max(value, 0.1)) - low) / max(high - low, 1))

        drawn.append(f'<text x="{left}" y="30" font-weight="bold">{title}</text>')
        for power in range(low, high + 1):
            at = y(10.0**power)
            drawn.append(f'<path d="M{left} {at:.1f}h{width}" stroke="#ddd"/>')
            drawn.append(f'<text x="{left - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
        for size in sizes:
            drawn.append(f'<text x="{x(size):.1f}" y="{margin + height + 18}" text-anchor="middle">{size:,}</text>')
        for (stage, rows), colour in zip(_by_stage(measured).items(), colours, strict=False):
            points = [(x(row.articles), y(getattr(row, name))) for row in rows]
            path = "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
            drawn.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"><title>{stage}</title></path>')
            drawn += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
    for place, (stage, colour) in enumerate(zip(_by_stage(measured), colours, strict=False)):
        at = margin + 90 * place
        drawn.append(f'<circle cx="{at}" cy="{height + 2 * margin}" r="5" fill="{colour}"/>')
        drawn.append(f'<text x="{at + 9}" y="{height + 2 * margin + 4}">{stage}</text>')
    size = f"{2 * width + 4 * margin} {height + 2 * margin + 20}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(drawn)}</svg>\n'
    )
