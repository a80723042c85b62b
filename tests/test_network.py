from functools import cache

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import network, tables
from presstm.settings import NetworkSettings
from tests import small_study

SETTINGS = NetworkSettings(scopes=("sentence", "article"), min_clusters=1)


def corpus(articles: dict[str, list[list[str]]], clusters: dict[str, str] | None = None):
    """Tables of articles given as lists of sentences, each a list of the names that it mentions."""
    clusters = clusters or {}
    named: dict[str, set[str]] = {}
    mentions, sentences, reuse = [], [], []
    for article, parts in articles.items():
        cluster = clusters.get(article, article)
        reuse.append({"article_id": article, "cluster_id": cluster, "representative": article == cluster, "wire": None})
        for i, names in enumerate(parts):
            sentences.append(
                {
                    "article_id": article,
                    "sentence_id": i,
                    "part": "body",
                    "paragraph": 0,
                    "start": 100 * i,
                    "end": 100 * i + 99,
                }
            )
            for j, name in enumerate(names):
                start = 100 * i + 3 * j
                mentions.append(
                    {"article_id": article, "sentence_id": i, "part": "body", "start": start, "end": start + 1, "text": name, "label": "ORG", "entity_id": name, "method": "model"}
                )  # fmt: skip
                named.setdefault(name, set()).add(cluster)
    entities = [
        {
            "entity_id": name,
            "name": name,
            "label": "ORG",
            "wikidata": None,
            "n_mentions": 1,
            "n_articles": 1,
            "n_clusters": len(found),
        }
        for name, found in named.items()
    ]
    rows = {"mentions": mentions, "entities": entities, "sentences": sentences, "reuse": reuse}
    return [tables.from_rows(name, rows[name]) for name in ("mentions", "entities", "sentences", "reuse")]


def edges_of(*args, **kwargs):
    _, edges = network.build(*corpus(*args), kwargs.get("settings", SETTINGS))
    return {(r["scope"], r["source"], r["target"]): r for r in edges.to_pylist()}


def test_weights_are_units_with_both_names():
    edges = edges_of({"1": [["a", "b", "a"], ["a"], ["a", "b", "c"]], "2": [["b"], ["c"]]})
    assert {key: row["weight"] for key, row in edges.items()} == {
        ("sentence", "a", "b"): 2,
        ("sentence", "a", "c"): 1,
        ("sentence", "b", "c"): 1,
        ("article", "a", "b"): 1,
        ("article", "a", "c"): 1,
        ("article", "b", "c"): 2,
    }


def test_statistics_of_a_case_worked_by_hand():
    # 6 sentences; a in 2, b in 2, both in 2: p = 1 / C(6,2) = 1/15; three names make 3 pairs, so q = 3/15.
    edge = edges_of({"1": [["a", "b"], ["a", "b"], ["c"], [], [], []]})["sentence", "a", "b"]
    assert edge["p"] == pytest.approx(1 / 15)
    assert edge["q"] == pytest.approx(3 / 15)
    assert edge["npmi"] == pytest.approx(1)
    assert not edge["kept"]


def test_a_reuse_cluster_counts_once():
    texts = {"1": [["a", "b"]], "2": [["a", "b"]], "3": [["c"]]}
    assert edges_of(texts, {"2": "1"})["article", "a", "b"]["weight"] == 1


def test_rare_entities_and_other_types_are_left_out():
    texts = {"1": [["a", "b", "c"]], "2": [["a", "b"]]}
    edges = edges_of(texts, settings=NetworkSettings(scopes=("article",), min_clusters=2))
    assert set(edges) == {("article", "a", "b")}
    assert edges_of(texts, settings=NetworkSettings(labels=("PER",), min_clusters=1)) == {}


def test_no_mentions_give_empty_tables():
    nodes, edges = network.build(*corpus({"1": [[]]}), SETTINGS)
    assert len(nodes) == len(edges) == 0


def random_corpus(seed: int, planted: bool) -> dict[str, list[list[str]]]:
    rng = np.random.default_rng(seed)
    names = [f"n{i:02}" for i in range(30)]
    articles = {f"{i:03}": [sorted(set(rng.choice(names, size=4)))] for i in range(120)}
    if planted:
        for i in range(0, 120, 6):
            articles[f"{i:03}"][0] += ["x", "y"]
    return articles


def test_unrelated_entities_get_an_edge_in_at_most_a_twentieth_of_corpora_and_a_planted_pair_is_found():
    settings = NetworkSettings(scopes=("article",), min_clusters=2)
    false = sum(
        any(row["kept"] for row in edges_of(random_corpus(seed, False), settings=settings).values()) for seed in range(40)
    )
    assert false <= 4  # 40 corpora at 5 %: 2 expected, 4 or fewer with probability 0.95
    kept = {key for key, row in edges_of(random_corpus(1, True), settings=settings).items() if row["kept"]}
    assert ("article", "x", "y") in kept


def test_graph_is_built_from_kept_edges():
    settings = NetworkSettings(scopes=("article",), min_clusters=2)
    nodes, edges = network.build(*corpus(random_corpus(1, True)), settings)
    graph = network.graph(nodes, edges, "article")
    assert graph.has_edge("x", "y")
    assert graph.number_of_edges() == sum(edges["kept"].to_pylist())
    degrees = {row["entity_id"]: row["degree"] for row in nodes.to_pylist()}
    assert degrees == dict(graph.degree())


IN_ORDER = corpus(random_corpus(3, True))


@cache
def built_in_order():
    return network.build(*IN_ORDER, SETTINGS)


@given(st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(random):
    shuffled = [table.take(random.sample(range(len(table)), len(table))) for table in IN_ORDER]
    assert all(a.equals(b) for a, b in zip(built_in_order(), network.build(*shuffled, SETTINGS), strict=True))


def test_a_row_per_network_tells_how_clear_and_stable_its_communities_are():
    trios = {f"{i:02}": [["a", "b", "c"] if i % 2 else ["x", "y", "z"]] for i in range(40)}
    mentions, entities, sentences, reuse = corpus(trios)
    read = {"mentions": mentions, "entities": entities, "sentences": sentences, "reuse": reuse}
    read |= {name: tables.empty(name) for name in ("quotes", "theme_sentences")}
    read["articles"] = pa.table(
        {
            "article_id": list(trios),
            "published": pa.nulls(40, pa.date32()),
            "outlet": ["o"] * 40,
            "outlet_kind": ["press"] * 40,
        }
    )
    found = network.networks(read, NetworkSettings(scopes=("article",), min_clusters=2, resamples=3))
    (row,) = found.tables["networks"].to_pylist()
    assert (row["scope"], row["kept"], row["communities"]) == ("article", 6, 2)
    assert row["modularity"] == 0.5  # two components of equal weight
    assert (row["stability_seeds"], row["stability_bootstrap"]) == (1, 1)


def test_the_columns_that_are_read_give_what_whole_tables_give():
    read = small_study.made()
    settings = NetworkSettings(min_clusters=1, resamples=2)
    whole = network.networks(read, settings)
    chosen = network.networks({name: read[name].select(columns) for name, columns in network.COLUMNS.items()}, settings)
    assert chosen.metrics == whole.metrics
    assert len(whole.tables["edges"]) > 0
    assert all(chosen.tables[name].equals(table) for name, table in whole.tables.items())
