from datetime import date

import pytest

from presstm import schemas, tables
from presstm.networks import network_links, units
from presstm.settings import NetworkSettings
from tests.test_network import corpus

SETTINGS = NetworkSettings(min_clusters=1)


def prepared(articles, clusters=None):
    mentions, entities, sentences, reuse = corpus(articles, clusters)
    counted = units.corpus_of(sentences, reuse)
    return counted, units.named(mentions, entities, counted, SETTINGS), reuse


def coded(present: dict[tuple[str, int], bool]):
    rows = (
        {"article_id": article, "sentence_id": n, "theme": "law", "score": float(yes), "present": yes, "evidence": []}
        for (article, n), yes in present.items()
    )
    return tables.from_rows("theme_sentences", rows)


def quote(article, start, end, sentence_id, speaker, kind="direct"):
    return {
        "article_id": article, "part": "body", "start": start, "end": end, "sentence_id": sentence_id, "kind": kind,
        "speaker": speaker, "speaker_text": None, "cue": None,
    }  # fmt: skip


def links(counted, named, quotes, themes):
    found = network_links.theme_links(counted, named, tables.from_rows("quotes", quotes), themes, SETTINGS)
    return {(row["kind"], row["entity_id"], row["theme"]): row for row in found.to_pylist()}


def test_an_entity_is_linked_to_the_themes_of_the_sentences_that_name_it():
    counted, named, _ = prepared({"1": [["a"], ["a", "b"], ["b"], []]})
    found = links(counted, named, [], coded({("1", 0): True, ("1", 1): True, ("1", 2): False, ("1", 3): False}))
    assert {key: row["weight"] for key, row in found.items()} == {("entity", "a", "law"): 2, ("entity", "b", "law"): 1}
    assert found["entity", "a", "law"]["p"] == pytest.approx(1 / 6)


def test_a_quotation_over_three_sentences_links_its_speaker_to_the_theme_of_each():
    counted, named, _ = prepared({"1": [[], [], [], []], "2": [[]]})
    themes = coded({("1", 0): True, ("1", 1): True, ("1", 2): True, ("1", 3): True, ("2", 0): True})
    found = links(counted, named, [quote("1", 10, 250, 0, "x"), quote("1", 310, 320, 3, "x", "term")], themes)
    assert {key: row["weight"] for key, row in found.items()} == {("speaker", "x", "law"): 3}


def test_quotations_in_reprints_do_not_count():
    counted, named, _ = prepared({"1": [[]], "2": [[]]}, {"2": "1"})
    assert links(counted, named, [quote("2", 0, 50, 0, "x")], coded({("2", 0): True})) == {}


def test_outlets_are_linked_by_the_texts_both_printed_and_who_was_first():
    _, _, reuse = prepared({"1": [[]], "2": [[]], "3": [[]], "4": [[]]}, {"2": "1", "4": "3"})
    rows = [
        ("1", "La Vigie", date(2019, 5, 24)),
        ("2", "Écho", date(2019, 5, 25)),
        ("3", "Écho", None),
        ("4", "La Vigie", None),
    ]
    schema = schemas.TABLES["articles"].schema
    columns = {"article_id": [r[0] for r in rows], "outlet": [r[1] for r in rows], "published": [r[2] for r in rows]}
    import pyarrow as pa

    articles = pa.table({name: pa.array(values, schema.field(name).type) for name, values in columns.items()})
    assert network_links.outlet_links(articles, reuse).to_pylist() == [
        {"source": "La Vigie", "target": "Écho", "n_clusters": 2, "source_first": 1, "target_first": 0}
    ]
