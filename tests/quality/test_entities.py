"""Floors of the entities stage on nine articles of the demonstration corpus, coded by hand. A floor may rise, never fall.

Five types count (PER, ORG, PLATFORM, MEDIA, LOC). The articles are invented, with few known names: they test shapes and
contexts. Rules were mended while these articles were read, so the numbers say what is held, not what to expect elsewhere.
"""

from pathlib import Path

import pytest

from presstm import entities, tables
from tests.quality import coded

ROOT = Path(__file__).parents[2]
FLOORS = {"strict": 0.95, "span": 0.96, "canonical": 0.98}
TYPES = ("PER", "ORG", "PLATFORM", "MEDIA", "LOC")
TEXTS = coded.load("entities")


def gold():
    """{(article, character, text): (type, canonical name)}; characters run through title and text with a blank line between."""
    found = {}
    for article in TEXTS:
        whole = f"{article['title']}\n\n{article['text']}"
        for row in article["mentions"]:
            at = -1
            for _ in range(row["occurrence"]):
                at = whole.index(row["text"], at + 1)
            found[coded.article_id(article["id"]), at, row["text"]] = (row["label"], row["canonical"])
    return found


@pytest.fixture(scope="module")
def both():
    """(coded, found) on the coded articles."""
    articles, sentences, tokens = coded.annotated("entities")
    outlets = [ROOT / "models/outlets.csv", ROOT / "corpus/outlets.csv"]
    mentions, named = entities.find(
        articles,
        sentences,
        tokens,
        tables.empty("reuse"),
        entities.load_gazetteer(ROOT / "models/gazetteer.csv", outlets, ROOT / "models/first_names.txt"),
        entities.load_overrides(ROOT / "models/overrides.csv"),
    )
    titles = dict(zip(articles["article_id"].to_pylist(), articles["title"].to_pylist(), strict=True))
    names = dict(zip(named["entity_id"].to_pylist(), named["name"].to_pylist(), strict=True))
    found = {}
    for row in mentions.to_pylist():
        shift = 0 if row["part"] == "title" else len(titles[row["article_id"]]) + 2
        if row["label"] in TYPES:
            found[row["article_id"], row["start"] + shift, row["text"]] = (row["label"], names[row["entity_id"]])
    return gold(), found


def f1(ours, theirs):
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def test_f1_and_canonical_names_are_above_their_floors(both):
    coded_by_hand, found = both
    matched = coded_by_hand.keys() & found.keys()
    scores = {
        "strict": f1(
            {(key, label) for key, (label, _) in coded_by_hand.items()}, {(key, label) for key, (label, _) in found.items()}
        ),
        "span": f1(coded_by_hand.keys(), found.keys()),
        "canonical": sum(coded_by_hand[key][1] == found[key][1] for key in matched) / len(matched),
    }
    assert {name: score for name, score in scores.items() if score < FLOORS[name]} == {}


def test_every_type_is_coded(both):
    assert {label for label, _ in both[0].values()} == set(TYPES)
    assert len(both[0]) == sum(len(article["mentions"]) for article in TEXTS)
