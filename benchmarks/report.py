"""The report on a large corpus: seconds to make it, its size, and how long its first page takes to open in Chromium.

The corpus is made of random words: 5,000 articles of 20 sentences in 60 outlets. PATH may be the number of articles.
"""

from __future__ import annotations

import datetime
import random
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa

from presstm import files, network, report, schemas, tables, themes
from presstm.codebook import Rule, Theme
from presstm.settings import NetworkSettings, ReportSettings, ThemesSettings
from presstm.theming.patterns import compile_pattern

SYLLABLES = "ba be bi bo bu ca ce ci co da de di do fa fe fi fo la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti".split()
THEMES = {"precarity": "precarite", "invisibility": "invisible*", "regulation": "loi", "ai": "algorithme*"}


def main(path: str | None) -> None:
    """Print seconds and sizes."""
    count = int(path) if path and path.isdigit() else 5000
    built, codebook = corpus(count)
    start = time.perf_counter()
    made = dict(report.build(built, codebook, {}, ReportSettings(title="Corpus", text="full")))
    seconds = time.perf_counter() - start
    first = len(made["index.html"]) / 1e6
    print(
        f"  {count:,} articles: made in {seconds:.1f} s, {len(made):,} files, {sum(map(len, made.values())) / 1e6:.0f} MB, first page {first:.2f} MB"
    )
    with tempfile.TemporaryDirectory() as folder:
        files.write_folder(Path(folder) / "report", made)
        _open(Path(folder) / "report" / "index.html")


def _open(page: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("  no chromium on this machine: opening is not measured")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_page()
        start = time.perf_counter()
        opened.goto(page.as_uri(), wait_until="load")
        print(f"  first page opened in {time.perf_counter() - start:.2f} s")
        opened.fill("#search-words", "precarite")
        start = time.perf_counter()
        opened.click("#search-form button")
        opened.wait_for_selector("#search-found li", timeout=120_000)
        print(f"  first search, with reading all sentences, {time.perf_counter() - start:.2f} s")
        start = time.perf_counter()
        opened.fill("#search-words", "algorithme")
        opened.click("#search-form button")
        print(f"  next search {time.perf_counter() - start:.2f} s")
        browser.close()


def corpus(count: int) -> tuple[dict[str, pa.Table], tuple[Theme, ...]]:
    """All tables of `count` articles, and the codebook."""
    rng = random.Random(1)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in schemas.TABLES}
    names = [f"{_word(rng).title()} {_word(rng).title()}" for _ in range(2000)]
    for number in range(count):
        _article(rng, rows, number, names)
    _entities(rows)
    codebook = tuple(
        Theme(key, {"fr": key, "en": key}, {}, {}, (Rule(key, compile_pattern(pattern)),)) for key, pattern in THEMES.items()
    )
    built = {name: tables.from_rows(name, rows[name]) for name in schemas.TABLES}
    coded = themes.code(built["articles"], built["sentences"], built["reuse"], codebook, ThemesSettings())
    built |= {"theme_sentences": coded.sentences, "theme_articles": coded.articles, "theme_shares": coded.shares}
    return built | network.networks(built, NetworkSettings(resamples=1)).tables, codebook


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(1, 4)))


def _article(rng: random.Random, rows: dict[str, list[dict[str, Any]]], number: int, names: list[str]) -> None:
    key = f"{number:016x}"
    text = ""
    for sentence_id in range(20):
        words = [_word(rng) for _ in range(18)]
        if rng.random() < 0.15:
            words[3] = rng.choice(["précarité", "invisibles", "loi", "algorithme"])
        name = names[min(int(rng.expovariate(0.01)), len(names) - 1)]
        sentence = " ".join([*words[:9], name, *words[9:]]) + "."
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{sentence}" if text else sentence
        place = {"article_id": key, "sentence_id": sentence_id, "part": "body"}
        rows["sentences"].append({**place, "paragraph": sentence_id, "start": start, "end": len(text)})
        at = start + sentence.index(name)
        rows["mentions"].append(
            {**place, "start": at, "end": at + len(name), "text": name, "label": "ORG", "entity_id": name, "method": "model"}
        )
        if rng.random() < 0.2:
            rows["quotes"].append(
                {
                    **place,
                    "start": start,
                    "end": len(text),
                    "kind": "direct",
                    "speaker": name,
                    "speaker_text": name,
                    "cue": "dire",
                }
            )
    day = datetime.date(2017, 1, 1) + datetime.timedelta(days=rng.randrange(2000))
    reuse = number - number % 5 if number % 20 == 4 else number
    rows["articles"].append(
        {
            "article_id": key,
            "source": f"{key}.html",
            "outlet": f"Titre {number % 60}",
            "title": " ".join(_word(rng) for _ in range(8)),
            "authors": [],
            "published": day,
            "url": f"https://example.org/{key}",
            "language": "fr",
            "access": "full",
            "text": text,
            "n_words": 380,
            "method": "made",
            "warnings": [],
            "sha256": "0",
        }
    )
    rows["reuse"].append({"article_id": key, "cluster_id": f"{reuse:016x}", "representative": reuse == number, "wire": None})


def _entities(rows: dict[str, list[dict[str, Any]]]) -> None:
    seen = Counter(name for name, _ in {(row["entity_id"], row["article_id"]) for row in rows["mentions"]})
    for name, n in sorted(seen.items()):
        rows["entities"].append(
            {"entity_id": name, "name": name, "label": "ORG", "n_mentions": n, "n_articles": n, "n_clusters": n}
        )
