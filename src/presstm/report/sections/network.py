"""Section on co-mentions: the network drawn at fixed places, and its edges as a table that leads to the sentences."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from presstm.report import filters
from presstm.report.charts import CHAR, Chart, Shape, px, short
from presstm.report.evidence import Group, Item, Place, listing
from presstm.report.labels import Room, around
from presstm.report.marks import Span
from presstm.report.material import Material
from presstm.report.pages import Section
from presstm.report.rows import Row, decoded
from presstm.report.sections.rows import with_all
from presstm.running import kept

_MOST_NODES = 120
_WEAK_EDGES = 40
_ROWS = 100
_CENTRAL = 25
_SIDE, _LABEL = 860, 130  # pixels: the width, and the room for labels beside a part
_SEED = 20190524
_COLOURS = 8


def network(material: Material) -> Section | None:
    """Significant edges of the chosen scope; if there is none, the heaviest ones, said to be no evidence."""
    scope = material.settings.scope
    nodes = {row["entity_id"]: row for row in material.rows("nodes", "scope", scope)}
    edges = material.rows("edges", "scope", scope)
    if not nodes:
        return None
    kept = [row for row in edges if row["kept"]]
    shown = kept or [row for row in edges if row["weight"] > 1] or edges
    shown = sorted(shown, key=lambda row: (-row["weight"], row["q"], row["source"], row["target"]))
    drawn, drawn_edges = _drawn(nodes, shown if kept else shown[:_WEAK_EDGES])
    table = shown[:_ROWS]
    made = listing(material, "pairs", material.words.text("evidence_pairs"), _pairs(material, table, scope))
    links = {(row["source"], row["target"]): made.links.get(_key(row)) for row in table}
    values = {
        "scope": scope,
        "nodes": len(nodes),
        "edges": len(edges),
        "kept": len(kept),
        "drawn": len(drawn),
        "connected": len({end for row in shown for end in (row["source"], row["target"])}),
        "communities": len({row["community"] for row in nodes.values() if row["community"] is not None}),
        "rows": table,
        "names": {key: row["name"] for key, row in nodes.items()},
        "links": links,
        "central": _central(nodes.values()),
        "told": next((row for row in material.rows("networks") if row["scope"] == scope), None),
        "exact": all(row["betweenness_exact"] for row in nodes.values()),
    }
    drawing = (_chart(material, drawn, drawn_edges, links),) if drawn else ()
    return with_all(material, "network", values, shown, pages=made.pages, charts=drawing)


def _central(nodes: Iterable[Row]) -> list[Row]:
    """The entities with most significant links, by weight."""
    linked = [row for row in nodes if row["degree"]]
    return sorted(linked, key=lambda row: (-row["strength"], -row["degree"], row["name"]))[:_CENTRAL]


def _drawn(nodes: Mapping[str, Row], edges: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The nodes with most co-mentions over `edges`, and the edges among them."""
    strength: Counter[str] = Counter()
    for row in edges:
        strength.update({row["source"]: row["weight"], row["target"]: row["weight"]})
    chosen = set(sorted(strength, key=lambda key: (-strength[key], key))[:_MOST_NODES])
    return [nodes[key] for key in sorted(chosen)], [row for row in edges if chosen >= {row["source"], row["target"]}]


def _chart(material: Material, nodes: list[Row], edges: list[Row], links: Mapping[tuple[str, str], str | None]) -> Chart:
    places, height = _kept_places(material.cache, [row["entity_id"] for row in nodes], edges)
    most = max(row["n_units"] for row in nodes)
    radius_of = {row["entity_id"]: round(4 + 9 * math.sqrt(row["n_units"] / most), 1) for row in nodes}
    shapes = []
    for row in edges:
        ends = (*places[row["source"]], *places[row["target"]])
        names = (material.entity_name(row["source"]), material.entity_name(row["target"]))
        tip = f"{names[0]} – {names[1]}: {row['weight']}"
        href = links.get((row["source"], row["target"])) or _listed(row, material.settings.scope)
        data = {"a": row["source"], "b": row["target"], "href": href}
        shapes.append(Shape("line", ends, "edge" if row["kept"] else "edge-weak", tip=tip, data=data))
    for row in nodes:
        x, y = places[row["entity_id"]]
        radius = radius_of[row["entity_id"]]
        style = f"node-{(row['community'] or 0) % _COLOURS}"
        label = material.words.text(f"label_{row['label']}")
        tip = f"{row['name']} ({label}): {material.words.number(row['n_units'])}"
        shapes.append(Shape("circle", (x, y, radius), style, tip=tip, data={"node": row["entity_id"], "name": row["name"]}))
    shapes += _labels(nodes, places, radius_of, height)
    columns = ("source", "target", "weight", "npmi", "p", "q", "kept")
    rows = tuple(tuple(row[column] for column in columns) for row in edges)
    words = material.words
    title = words.text("section_network")
    return Chart("network", title, words.text("chart_network_desc"), round(height), tuple(shapes), columns, rows, _SIDE)


def _labels(
    nodes: list[Row], places: Mapping[str, tuple[float, float]], radius_of: Mapping[str, float], height: float
) -> list[Shape]:
    """Names beside their circles, those of the most named entities first; one without room is left to the tip."""
    room = Room((0, 0, _SIDE, height), dots=[around(places[key], radius) for key, radius in radius_of.items()])
    made = []
    for row in sorted(nodes, key=lambda row: (-row["n_units"], row["entity_id"])):
        key, name = row["entity_id"], short(row["name"], 28)
        placed = room.place(places[key], (0.88 * CHAR * len(name), 13), radius_of[key] + 2)
        if placed:
            box = placed[0]
            where = (px((box[0] + box[2]) / 2), px(box[3] - 3))
            made.append(Shape("text", where, "node-label", name, "middle", data={"node": key}))
    return made


def _kept_places(cache: Path | None, ids: list[str], edges: list[Row]) -> tuple[dict[str, tuple[float, float]], float]:
    """`_places`, from the content cache where it is known."""
    weights = [(row["source"], row["target"], row["weight"]) for row in edges]
    versions = [metadata.version(name) for name in ("networkx", "numpy", "scipy")]
    depends = [Path(__file__).read_text(encoding="utf-8"), *versions, json.dumps(ids), json.dumps(weights)]
    made = kept.files(cache, depends, lambda: {"places": json.dumps(_places(ids, edges)).encode()})
    places, height = json.loads(made["places"])
    return {key: (x, y) for key, (x, y) in places.items()}, height


def _places(ids: list[str], edges: list[Row]) -> tuple[dict[str, tuple[float, float]], float]:
    """Fixed places by the force model of Fruchterman and Reingold (1991), and the height that they need.

    Connected parts are placed one by one and set side by side, the largest first: the model would drive them apart.
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_weighted_edges_from((row["source"], row["target"], 1 + math.log(row["weight"])) for row in edges)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    places: dict[str, tuple[float, float]] = {}
    left, top, shelf = 30.0, 30.0, 0.0
    for part in parts:
        width = min(60 * math.sqrt(len(part)) + 30, _SIDE - 60 - _LABEL)
        height = 0.75 * width
        if left > 30 and left + width + _LABEL > _SIDE:
            left, top, shelf = 30.0, top + shelf + 40, 0.0
        for key, (x, y) in _inside(graph, part).items():
            places[key] = (round(left + width * x, 1), round(top + height * y, 1))
        left, shelf = left + width + _LABEL, max(shelf, height)
    return places, top + shelf + 30


def _inside(graph: Any, part: list[str]) -> dict[str, tuple[float, float]]:
    """Places of one connected part, 0 to 1."""
    import networkx as nx

    ordered = nx.Graph()
    ordered.add_nodes_from(part)
    ordered.add_weighted_edges_from(sorted((*sorted(edge), graph.edges[edge]["weight"]) for edge in graph.edges(part)))
    found = nx.spring_layout(ordered, k=2 / math.sqrt(len(part)), iterations=200, seed=_SEED)
    lows, highs = ([float(end(place[axis] for place in found.values())) for axis in (0, 1)] for end in (min, max))

    def share(place: Any, axis: int) -> float:
        span = highs[axis] - lows[axis]
        return (float(place[axis]) - lows[axis]) / span if span > 0 else 0.5

    return {key: (share(place, 0), share(place, 1)) for key, place in found.items()}


def _listed(row: Row, scope: str) -> str:
    """Where the co-mentions of an edge are listed."""
    return filters.sentences(**{"entity": row["source"], "with": row["target"], "scope": scope, "once": "1"})


def _key(row: Row) -> str:
    return f"{row['source']}\n{row['target']}"


def _pairs(material: Material, edges: Sequence[Row], scope: str) -> list[Group]:
    """Per edge the sentences that name either entity in a unit that names both, in representatives as the edge counts."""
    units: dict[str, dict[tuple[Any, ...], list[Row]]] = {}
    wanted = {end for edge in edges for end in (edge["source"], edge["target"])}
    mentions = material.each("mentions", material.order_once, material.among("mentions", "entity_id", wanted))
    paragraphs = material.layout.paragraph[material.layout.entry(mentions)].tolist()
    for mention, paragraph in zip(decoded(mentions), paragraphs, strict=True):
        units.setdefault(mention["entity_id"], {}).setdefault(_unit(mention, paragraph, scope), []).append(mention)
    groups = []
    for edge in edges:
        a, b = units.get(edge["source"], {}), units.get(edge["target"], {})
        items: dict[tuple[str, int], list[Span]] = {}
        for unit in (unit for unit in a if unit in b):
            for row in (*a[unit], *b[unit]):
                span = Span(row["start"], row["end"], "mention", material.entity_name(row["entity_id"]))
                items.setdefault((row["article_id"], row["sentence_id"]), []).append(span)
        heading = f"{material.entity_name(edge['source'])} – {material.entity_name(edge['target'])}"
        ordered = sorted(items, key=lambda key: (material.order[key[0]], key[1]))
        groups.append(Group(_key(edge), heading, ordered, partial(_marked, items)))
    return groups


def _marked(spans: Mapping[Place, Sequence[Span]], place: Place) -> Item:
    return Item(*place, tuple(spans[place]))


def _unit(row: Row, paragraph: int, scope: str) -> tuple[Any, ...]:
    return (row["article_id"], *{"article": (), "sentence": (row["sentence_id"],), "paragraph": (paragraph,)}[scope])
