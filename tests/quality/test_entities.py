"""Floors of the entities stage on nine articles of the demonstration corpus, coded by hand. A floor may rise, never fall.

Five types count (PER, ORG, PLATFORM, MEDIA, LOC). The articles are invented, with few known names: they test shapes and
contexts. Rules were mended while these articles were read, so the numbers say what is held, not what to expect elsewhere.
"""

import json
from pathlib import Path

import pytest

from presstm import annotate, entities, extract, progress, reuse
from presstm.settings import AnnotateSettings, EngineSettings, EntitiesSettings, ExtractSettings, ReuseSettings

ROOT = Path(__file__).parents[2]
FLOORS = {"strict": 0.94, "span": 0.95, "canonical": 0.98}
TYPES = ("PER", "ORG", "PLATFORM", "MEDIA", "LOC")
CODED = [json.loads(line) for line in (ROOT / "tests/quality/entities.jsonl").read_text(encoding="utf-8").splitlines()]
OUTLETS = [ROOT / "models/outlets.csv", ROOT / "corpus/outlets.csv"]


def coded(texts):
    """{(source, character, text): (type, canonical name)}; characters run through title and text with a blank line between."""
    found = {}
    for article in CODED:
        for row in article["mentions"]:
            at = -1
            for _ in range(row["occurrence"]):
                at = texts[article["source"]].index(row["text"], at + 1)
            found[article["source"], at, row["text"]] = (row["label"], row["canonical"])
    return found


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """(coded, found) on the coded articles."""
    folder = tmp_path_factory.mktemp("corpus")
    for article in CODED:
        (folder / article["source"]).parent.mkdir(exist_ok=True)
        (folder / article["source"]).write_bytes((ROOT / "corpus/raw" / article["source"]).read_bytes())
    one = EngineSettings(workers=1)
    articles = extract.extract_corpus(folder, OUTLETS, ExtractSettings(), one, None, progress.silent).articles
    done = annotate.annotate(articles, AnnotateSettings(), one, None, progress.silent)
    mentions, named = entities.find(
        articles,
        done.sentences,
        done.tokens,
        reuse.find(articles, (), ReuseSettings())[0],
        entities.load_gazetteer(ROOT / "models/gazetteer.csv", OUTLETS, ROOT / "models/first_names.txt"),
        entities.load_overrides(ROOT / "models/overrides.csv"),
        EntitiesSettings(),
    )
    rows = {row["article_id"]: row for row in articles.to_pylist()}
    names = dict(zip(named["entity_id"].to_pylist(), named["name"].to_pylist(), strict=True))
    found = {}
    for row in mentions.to_pylist():
        article = rows[row["article_id"]]
        shift = 0 if row["part"] == "title" else len(article["title"]) + 2
        if row["label"] in TYPES:
            found[article["source"], row["start"] + shift, row["text"]] = (row["label"], names[row["entity_id"]])
    texts = {row["source"]: f"{row['title']}\n\n{row['text']}" for row in rows.values()}
    return coded(texts), found


def f1(ours, theirs):
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def test_f1_and_canonical_names_are_above_their_floors(both):
    gold, found = both
    matched = gold.keys() & found.keys()
    scores = {
        "strict": f1(
            {(key, label) for key, (label, _) in gold.items()}, {(key, label) for key, (label, _) in found.items()}
        ),
        "span": f1(gold.keys(), found.keys()),
        "canonical": sum(gold[key][1] == found[key][1] for key in matched) / len(matched),
    }
    assert {name: score for name, score in scores.items() if score < FLOORS[name]} == {}


def test_every_type_is_coded(both):
    assert {label for label, _ in both[0].values()} == set(TYPES)
    assert len(both[0]) == sum(len(article["mentions"]) for article in CODED)
