"""Networks: who is named with whom, with which theme, who speaks on it, and which outlets print the same texts.

Every reuse cluster is counted once: only the representative of a cluster contributes units, so that a wire story printed
by five outlets is one co-mention and not five.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import tables
from presstm.networks import association, communities, network_groups, network_links, units
from presstm.networks.units import Corpus, Named
from presstm.settings import NetworkSettings

Array = np.ndarray[Any, np.dtype[Any]]
COLUMNS = {  # what is needed of each table
    "articles": ("article_id", "outlet", "outlet_kind", "published"),
    "mentions": ("article_id", "sentence_id", "entity_id"),
    "entities": ("entity_id", "name", "label", "n_clusters"),
    "sentences": ("article_id", "sentence_id", "part", "paragraph", "start"),
    "reuse": ("article_id", "cluster_id", "representative"),
    "quotes": ("article_id", "sentence_id", "end", "kind", "speaker"),
    "theme_sentences": ("article_id", "sentence_id", "theme", "present"),
}


@dataclass(frozen=True)
class Networks:
    """The tables of a study's networks, and numbers about them (modularity and stability of communities per scope)."""

    tables: dict[str, pa.Table]
    metrics: dict[str, Any]


def build(
    mentions: pa.Table, entities: pa.Table, sentences: pa.Table, reuse: pa.Table, settings: NetworkSettings
) -> tuple[pa.Table, pa.Table]:
    """Nodes and edges of one co-mention network per scope in `settings.scopes`.

    Entities of `settings.labels` named in at least `settings.min_clusters` reuse clusters take part: that filter looks at
    single entities only, so it does not bias the tests of pairs. Statistics per pair: see `association.within`. An edge is
    kept if q <= settings.q_max; `backbone` thins a drawing (`association.disparity`) and tells nothing of significance.

    Returns:
        Tables `nodes` and `edges`.
    """
    corpus = units.corpus_of(sentences, reuse)
    return _build(corpus, units.named(mentions, entities, corpus, settings), entities, settings)


def _build(corpus: Corpus, named: Named, entities: pa.Table, settings: NetworkSettings) -> tuple[pa.Table, pa.Table]:
    edges, nodes = [tables.empty("edges")], [tables.empty("nodes")]
    for scope in settings.scopes:
        incidence = named.incidence(corpus, scope)
        pairs = association.within(incidence, corpus.count(scope))
        kept = pairs.q <= settings.q_max
        edges.append(_edge_table(named.ids, pairs, kept, scope, settings.backbone))
        n_units = np.asarray(incidence.sum(axis=0)).ravel()
        nodes.append(_node_table(named.ids, n_units, pairs, kept, scope, entities, settings.seed))
    return tables.conform("nodes", pa.concat_tables(nodes)), tables.conform("edges", pa.concat_tables(edges))


def _edge_table(ids: Sequence[str], pairs: association.Pairs, kept: Array, scope: str, backbone: float) -> pa.Table:
    labels = pa.array(ids, pa.string())
    spine = np.zeros(len(pairs), bool)
    spine[kept] = association.disparity(pairs.first[kept], pairs.second[kept], pairs.weight[kept], len(ids), backbone)
    return tables.from_columns(
        "edges",
        {
            "source": labels.take(pa.array(pairs.first)),
            "target": labels.take(pa.array(pairs.second)),
            "scope": [scope] * len(pairs),
            **pairs.statistics(),
            "kept": kept,
            "backbone": spine,
        },
    )


def _node_table(
    ids: Sequence[str], n_units: Array, pairs: association.Pairs, kept: Array, scope: str, entities: pa.Table, seed: int
) -> pa.Table:
    ends = np.concatenate([pairs.first[kept], pairs.second[kept]])
    weights = np.concatenate([pairs.weight[kept]] * 2)
    columns = (pairs.first[kept].tolist(), pairs.second[kept].tolist(), pairs.weight[kept].tolist())
    built = communities.graph([(ids[a], ids[b], float(weight)) for a, b, weight in zip(*columns, strict=True)])
    rank, between, exact = communities.centrality(built, seed)
    member = communities.louvain(built, seed)
    known = pc.index_in(pa.array(ids, pa.string()), entities["entity_id"].combine_chunks())
    return tables.from_columns(
        "nodes",
        {
            "entity_id": ids,
            "scope": [scope] * len(ids),
            "name": entities["name"].take(known).combine_chunks(),
            "label": entities["label"].take(known).combine_chunks(),
            "n_units": n_units,
            "degree": np.bincount(ends, minlength=len(ids)),
            "strength": np.bincount(ends, weights, minlength=len(ids)).astype(float),
            "pagerank": [_rounded(rank.get(entity)) for entity in ids],
            "betweenness": [_rounded(between.get(entity)) for entity in ids],
            "betweenness_exact": [exact] * len(ids),
            "community": [member.get(entity) for entity in ids],
        },
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 9)  # sums in another order differ in the last digits


def graph(nodes: pa.Table, edges: pa.Table, scope: str) -> Any:
    """The network of `scope` as a networkx.Graph, from kept edges only; nodes and edges in sorted order."""
    import networkx as nx

    built = nx.Graph()
    for row in nodes.filter(pc.equal(nodes["scope"], scope)).to_pylist():
        built.add_node(row["entity_id"], **{key: value for key, value in row.items() if value is not None})
    for row in edges.filter(pc.and_(pc.equal(edges["scope"], scope), edges["kept"])).to_pylist():
        built.add_edge(row["source"], row["target"], weight=row["weight"], npmi=row["npmi"], q=row["q"])
    return built


def networks(read: Mapping[str, pa.Table], settings: NetworkSettings) -> Networks:
    """All networks of a study, from the columns COLUMNS of its tables."""
    corpus = units.corpus_of(read["sentences"], read["reuse"])
    named = units.named(read["mentions"], read["entities"], corpus, settings)
    nodes, edges = _build(corpus, named, read["entities"], settings)
    found = {
        "nodes": nodes,
        "edges": edges,
        "group_edges": network_groups.by_group(corpus, named, read["articles"], settings),
        "theme_links": network_links.theme_links(corpus, named, read["quotes"], read["theme_sentences"], settings),
        "outlet_links": network_links.outlet_links(read["articles"], read["reuse"]),
    }
    scopes = {scope: _scope_metrics(corpus, named, nodes, edges, scope, settings) for scope in settings.scopes}
    found["networks"] = tables.from_rows("networks", [_scope_row(scope, told) for scope, told in scopes.items()])
    numbers = {
        "nodes": len(nodes),
        "edges": len(edges),
        "kept": pc.sum(edges["kept"]).as_py() or 0,
        "scopes": scopes,
    }
    return Networks(found, numbers)


def _scope_metrics(
    corpus: Corpus, named: Named, nodes: pa.Table, edges: pa.Table, scope: str, settings: NetworkSettings
) -> dict[str, Any]:
    kept = edges.filter(pc.and_(pc.equal(edges["scope"], scope), edges["kept"]))
    built = communities.graph(list(tables.tuples(kept, "source", "target", "weight")))
    here = nodes.filter(pc.and_(pc.equal(nodes["scope"], scope), pc.is_valid(nodes["community"])))
    found = dict(tables.tuples(here, "entity_id", "community"))
    redrawn = map(communities.graph, _resampled(corpus, named, kept, scope, settings))
    return {
        "kept": len(kept),
        "communities": len(set(found.values())),
        "modularity": round(communities.modularity(built, found), 3),
        "stability": communities.stability(built, found, redrawn, settings.seed, settings.resamples),
    }


def _scope_row(scope: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """A row of table networks."""
    stable = {f"stability_{what}": value for what, value in told["stability"].items()}
    return {"scope": scope, **{name: told[name] for name in ("kept", "communities", "modularity")}, **stable}


def _resampled(
    corpus: Corpus, named: Named, kept: pa.Table, scope: str, settings: NetworkSettings
) -> Iterator[list[tuple[str, str, float]]]:
    """The kept edges with the weights that bootstrap samples of the articles give them."""
    if not len(kept):
        return
    incidence = named.incidence(corpus, scope)
    labels = pa.array(named.ids, pa.string())
    a, b = (pc.index_in(kept[name], labels).to_numpy() for name in ("source", "target"))
    both = incidence[:, a].multiply(incidence[:, b]).tocsc()
    article_of_unit = np.empty(corpus.count(scope), np.int64)
    article_of_unit[corpus.units[scope]] = corpus.article
    articles = len(corpus.article_ids)
    random = np.random.default_rng(settings.seed)
    names = list(tables.tuples(kept, "source", "target"))
    for _ in range(settings.resamples):
        drawn = random.multinomial(articles, np.full(articles, 1 / articles))
        weights = both.T @ drawn[article_of_unit]
        yield [(*name, float(weight)) for name, weight in zip(names, weights, strict=True) if weight > 0]
