"""The co-mention network for Gephi, Gephi-Lite and other programs: GEXF, GraphML, graphology's JSON."""

from __future__ import annotations

import io
import re
from typing import Any

from presstm import network
from presstm.exports import Files, Source, json_bytes, xml_text


def _graph(source: Source) -> Any:
    """Kept edges of one scope; `label` is the name to show, `type` the type of entity; nothing that a format cannot hold."""
    import networkx as nx

    found = network.graph(source.shown("nodes"), source.shown("edges"), source.scope)
    plain = nx.Graph()
    for node, values in found.nodes(data=True):
        renamed = {**values, "type": values["label"], "label": values["name"]}
        plain.add_node(
            xml_text(node), **{key: _plain(value) for key, value in renamed.items() if key not in ("name", "entity_id")}
        )
    for a, b, values in found.edges(data=True):
        plain.add_edge(xml_text(a), xml_text(b), **{key: _plain(value) for key, value in values.items()})
    return plain


def _plain(value: Any) -> Any:
    return xml_text(value) if isinstance(value, str) else value


def gexf(source: Source) -> Files:
    """GEXF of the network."""
    return {"network.gexf": gexf_bytes(_graph(source))}


def gexf_bytes(graph: Any) -> bytes:
    """A networkx.Graph as GEXF 1.2, without the date and version that networkx stamps on it."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_gexf(graph, out)
    text = re.sub(r'(<meta[^>]*?) lastmodifieddate="[^"]*"', r"\1", out.getvalue().decode())
    return re.sub(r"<creator>[^<]*</creator>", "<creator>presstm</creator>", text).encode()


def graphml(source: Source) -> Files:
    """GraphML, with a `label` on every node."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(_graph(source), out, named_key_ids=True)
    return {"network.graphml": out.getvalue()}


def gephi_lite(source: Source) -> Files:
    """The JSON of graphology, which Gephi-Lite opens."""
    graph = _graph(source)
    value = {
        "attributes": {"name": source.title},
        "options": {"type": "undirected", "multi": False, "allowSelfLoops": False},
        "nodes": [{"key": node, "attributes": values} for node, values in graph.nodes(data=True)],
        "edges": [
            {"key": f"{a}--{b}", "source": a, "target": b, "attributes": values} for a, b, values in graph.edges(data=True)
        ],
    }
    return {"network.json": json_bytes(value, 1)}
