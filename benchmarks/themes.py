"""Themes: sentences per second of each method, on the coded sentences; with PATH, how well each codes other press.

PATH is a folder with gold.jsonl, one object per text ({"id", "sentences": [[start, end, [themes]], …]}, offsets into
<id>.txt beside it). What is reported on it must not be used to choose rules or thresholds.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from presstm import classifier, codebook
from presstm.theming import coding, training
from presstm.theming.coding import Coded

ROOT = Path(__file__).parents[1]


def main(path: str | None) -> None:
    """Print speed and, with a path, scores."""
    themes = codebook.load_codebook(ROOT / "models/themes.yml")
    model = classifier.load(ROOT / "models/themes-classifier.json")
    coded = coding.read(sorted((ROOT / "corpus/coding").glob("*.csv")), [theme.key for theme in themes])
    classifier.embed(["Une phrase pour charger le modèle."])
    for name, work in (("rules", codebook.matcher(themes)), ("embedding", lambda text: classifier.embed([text]))):
        started = time.process_time()
        for row in coded:
            work(row.sentence)
        print(f"{name}: {len(coded) / (time.process_time() - started):,.0f} sentences per CPU second")
    if path is not None:
        if not (Path(path) / "gold.jsonl").is_file():
            sys.exit(f"benchmarks: {path} holds no gold.jsonl")
        gold = _gold(Path(path))
        rows, rules = training.features(gold, themes)
        scores = classifier.probabilities(model, rows, [row.sentence for row in gold], themes)
        codes = {key: np.array([key in row.themes for row in gold]) for key in rules}
        groups = np.unique([row.group for row in gold], return_inverse=True)[1]
        for method in training.METHODS:
            found = {key: training.present(method, rules[key], scores[key], model.thresholds[key]) for key in rules}
            print(method, json.dumps(training.evaluate(codes, found, groups)))


def _gold(folder: Path) -> list[Coded]:
    found = []
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        text = (folder / f"{item['id']}.txt").read_text(encoding="utf-8")
        sentences = [text[start:end] for start, end, _ in item["sentences"]]
        before = ["", *sentences[:-1]]
        for sentence, previous, (_, _, themes) in zip(sentences, before, item["sentences"], strict=True):
            found.append(Coded(item["id"], "gold", sentences[0], previous, sentence, frozenset(themes)))
    return found
