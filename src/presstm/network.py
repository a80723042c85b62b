"""Co-mention networks: which entities are named together, and whether more often than chance.

Every reuse cluster is counted once: only the representative of a cluster contributes units, so that a wire story printed
by five outlets is one co-mention and not five.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import stats, tables
from presstm.settings import NetworkSettings

UNITS = {
    "sentence": ("article_id", "sentence_id"),
    "paragraph": ("article_id", "part", "paragraph"),
    "article": ("article_id",),
}


def build(
    mentions: pa.Table, entities: pa.Table, sentences: pa.Table, reuse: pa.Table, settings: NetworkSettings
) -> tuple[pa.Table, pa.Table]:
    """Nodes and edges of one network per scope in `settings.scopes`.

    Entities of `settings.labels` named in at least `settings.min_clusters` reuse clusters take part: that filter looks at
    single entities only, so it does not bias the tests of pairs. Per pair of them: number of units that name both; NPMI
    (Bouma 2009); one-sided hypergeometric p over all units; q by Benjamini-Hochberg over ALL pairs of these entities,
    also those never seen together. An edge is kept if q <= settings.q_max.

    Returns:
        Tables `nodes` and `edges`.
    """
    counted = _units(mentions, entities, sentences, reuse, settings)
    names = {row["entity_id"]: row for row in entities.to_pylist()}
    node_rows: list[dict[str, Any]] = []
    edge_rows: list[dict[str, Any]] = []
    for scope in settings.scopes:
        ids, incidence = _incidence(counted, UNITS[scope])
        edges = _edges(ids, incidence, sentences, UNITS[scope], reuse, scope, settings.q_max)
        edge_rows += edges
        node_rows += _nodes(ids, incidence, edges, scope, names, settings.seed)
    return tables.from_rows("nodes", node_rows), tables.from_rows("edges", edge_rows)


def metrics(nodes: pa.Table, edges: pa.Table) -> dict[str, int]:
    """Numbers of nodes and of edges, seen and kept."""
    return {"nodes": len(nodes), "edges": len(edges), "kept": pc.sum(edges["kept"]).as_py() or 0}


def graph(nodes: pa.Table, edges: pa.Table, scope: str) -> Any:
    """The network of `scope` as a networkx.Graph, from kept edges only; nodes and edges in sorted order."""
    import networkx as nx

    built = nx.Graph()
    for row in nodes.filter(pc.equal(nodes["scope"], scope)).to_pylist():
        built.add_node(row["entity_id"], **{key: value for key, value in row.items() if value is not None})
    for row in edges.filter(pc.and_(pc.equal(edges["scope"], scope), edges["kept"])).to_pylist():
        built.add_edge(row["source"], row["target"], weight=row["weight"], npmi=row["npmi"], q=row["q"])
    return built


def _units(
    mentions: pa.Table, entities: pa.Table, sentences: pa.Table, reuse: pa.Table, settings: NetworkSettings
) -> pa.Table:
    """Mentions, in representatives, of the entities that take part, with the paragraph of each."""
    kept = entities.filter(
        pc.and_(
            pc.is_in(entities["label"], pa.array(settings.labels, pa.string())),
            pc.greater_equal(entities["n_clusters"], settings.min_clusters),
        )
    )
    chosen = mentions.filter(
        pc.and_(
            pc.is_in(mentions["entity_id"], kept["entity_id"]),
            pc.is_in(mentions["article_id"], _representatives(reuse)),
        )
    ).select(["article_id", "sentence_id", "entity_id"])
    places = sentences.select(["article_id", "sentence_id", "part", "paragraph"])
    return chosen.join(places, ["article_id", "sentence_id"], join_type="inner")


def _representatives(reuse: pa.Table) -> pa.Array:
    return reuse.filter(reuse["representative"])["article_id"]


def _incidence(counted: pa.Table, unit: tuple[str, ...]) -> tuple[list[str], Any]:
    """Sorted entity ids and the binary unit x entity matrix."""
    from scipy import sparse

    pairs = counted.group_by([*unit, "entity_id"]).aggregate([])
    pairs = pairs.sort_by([(column, "ascending") for column in (*unit, "entity_id")])
    ids = sorted(pc.unique(pairs["entity_id"]).to_pylist())
    columns = pc.index_in(pairs["entity_id"], pa.array(ids, pa.string())).to_numpy()
    rows = _unit_numbers(pairs, unit)
    shape = (int(rows[-1]) + 1 if len(rows) else 0, len(ids))
    return ids, sparse.csr_array((np.ones(len(rows), np.int64), (rows, columns)), shape=shape)


def _unit_numbers(pairs: pa.Table, unit: tuple[str, ...]) -> np.ndarray[Any, Any]:
    """Running number of the unit of each row of a sorted table."""
    if not len(pairs):
        return np.empty(0, np.int64)
    codes = [pairs[column].combine_chunks().dictionary_encode() for column in unit]
    arrays = [
        np.concatenate([chunk.indices.to_numpy() for chunk in (code.chunks if hasattr(code, "chunks") else [code])])
        for code in codes
    ]
    changed = np.zeros(len(pairs), bool)
    for array in arrays:
        changed[1:] |= array[1:] != array[:-1]
    return np.cumsum(changed)


def _edges(
    ids: list[str],
    incidence: Any,
    sentences: pa.Table,
    unit: tuple[str, ...],
    reuse: pa.Table,
    scope: str,
    q_max: float,
) -> list[dict[str, Any]]:
    from scipy import sparse

    if not ids:
        return []
    together = sparse.triu(incidence.T @ incidence, k=1).tocoo()
    order = np.lexsort((together.col, together.row))
    a, b, weight = together.row[order], together.col[order], together.data[order]
    units = _n_units(sentences, unit, reuse)
    named = np.asarray(incidence.sum(axis=0)).ravel()
    npmi = stats.npmi(weight, named[a], named[b], units)
    p = stats.hypergeometric_sf(weight, named[a], named[b], units)
    q = stats.benjamini_hochberg(p, tests=len(ids) * (len(ids) - 1) // 2)
    return [
        {
            "source": ids[i],
            "target": ids[j],
            "scope": scope,
            "weight": int(w),
            "npmi": float(association),
            "p": float(p_value),
            "q": float(q_value),
            "kept": bool(q_value <= q_max),
        }
        for i, j, w, association, p_value, q_value in zip(a, b, weight, npmi, p, q, strict=True)
    ]


def _n_units(sentences: pa.Table, unit: tuple[str, ...], reuse: pa.Table) -> int:
    """Number of units in representatives, with or without entities: the population of the hypergeometric test."""
    chosen = sentences.filter(pc.is_in(sentences["article_id"], _representatives(reuse)))
    return len(chosen.group_by(list(unit)).aggregate([]))


def _nodes(
    ids: list[str],
    incidence: Any,
    edges: list[dict[str, Any]],
    scope: str,
    names: dict[str, dict[str, Any]],
    seed: int,
) -> list[dict[str, Any]]:
    named = np.asarray(incidence.sum(axis=0)).ravel() if ids else np.empty(0)
    kept = [edge for edge in edges if edge["kept"]]
    degree = dict.fromkeys(ids, 0)
    strength = dict.fromkeys(ids, 0)
    for edge in kept:
        for end in (edge["source"], edge["target"]):
            degree[end] += 1
            strength[end] += edge["weight"]
    communities = _communities(kept, seed)
    return [
        {
            "entity_id": entity,
            "scope": scope,
            "name": names[entity]["name"],
            "label": names[entity]["label"],
            "n_units": int(count),
            "degree": degree[entity],
            "strength": float(strength[entity]),
            "community": communities.get(entity),
        }
        for entity, count in zip(ids, named, strict=True)
    ]


def _communities(kept: list[dict[str, Any]], seed: int) -> dict[str, int]:
    """Louvain communities (Blondel et al. 2008) over kept edges, numbered by size, then by first member."""
    if not kept:
        return {}
    import networkx as nx

    built = nx.Graph()
    built.add_nodes_from(sorted({end for edge in kept for end in (edge["source"], edge["target"])}))
    built.add_weighted_edges_from(sorted((edge["source"], edge["target"], edge["weight"]) for edge in kept))
    found = nx.community.louvain_communities(built, weight="weight", seed=seed)
    ordered = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members[0]))
    return {member: number for number, members in enumerate(ordered) for member in members}
