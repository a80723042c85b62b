import dataclasses
import io
import json

import networkx as nx
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from presstm import tables
from presstm.exports import graphs


def counts(source):
    edges = source.tables["edges"].filter(pc.equal(source.tables["edges"]["scope"], source.scope))
    nodes = source.tables["nodes"].filter(pc.equal(source.tables["nodes"]["scope"], source.scope))
    return len(nodes), len(edges.filter(edges["kept"]))


@pytest.fixture
def hostile(source):
    """The same study with a name that holds markup, a control character and a lone surrogate stand-in."""
    nodes = source.tables["nodes"]
    place = nodes.schema.get_field_index("name")
    names = [f'{name} <b>&"\x00\x1b' for name in nodes["name"].to_pylist()]
    nodes = nodes.set_column(place, nodes.schema.field("name"), pa.array(names))
    return dataclasses.replace(source, tables={**source.tables, "nodes": tables.conform("nodes", nodes)})


def test_gexf_reads_back_with_equal_counts(hostile):
    content = graphs.gexf(hostile)["network.gexf"]
    found = nx.read_gexf(io.BytesIO(content))
    assert (len(found), found.number_of_edges()) == counts(hostile)
    assert b"lastmodifieddate" not in content
    assert b"NetworkX" not in content


def test_graphml_reads_back_with_equal_counts_and_labels(hostile):
    found = nx.read_graphml(io.BytesIO(graphs.graphml(hostile)["network.graphml"]))
    assert (len(found), found.number_of_edges()) == counts(hostile)
    assert all(values["label"] for _, values in found.nodes(data=True))


def test_gephi_lite_is_graphology(source):
    found = json.loads(graphs.gephi_lite(source)["network.json"])
    assert (len(found["nodes"]), len(found["edges"])) == counts(source)
    keys = {node["key"] for node in found["nodes"]}
    assert all({edge["source"], edge["target"]} <= keys for edge in found["edges"])
    assert found["options"] == {"type": "undirected", "multi": False, "allowSelfLoops": False}
