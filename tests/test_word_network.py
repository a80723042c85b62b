"""The network of words: tested pairs, and what it is written as."""

import xml.etree.ElementTree as ElementTree
from math import comb

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from presstm import cli, word_network
from tests import small_study
from tests.test_cooccurrents import study

SENTENCES = ["train nuit"] * 6 + ["gare guichet"] * 6 + ["car train"] + ["car"] * 7
HELD = [(("a", number), word) for number, sentence in enumerate(SENTENCES) for word in sentence.split()]
NAMES = ["train", "nuit", "gare", "guichet", "car"]


def network(names=NAMES, held=HELD, q_max=0.05):
    return word_network.network(held, names, len(SENTENCES), q_max, 1)


def test_words_that_share_more_sentences_than_chance_are_joined():
    built = network()
    assert sorted(map(sorted, built.edges)) == [["gare", "guichet"], ["nuit", "train"]]
    edge = built.edges["gare", "guichet"]
    assert (edge["weight"], edge["npmi"]) == (6, 1)
    # Of ten pairs the smallest p is that of six sentences of twenty, drawn twice alike
    assert edge["q"] == pytest.approx(10 / comb(20, 6), abs=1e-6)


def test_nodes_tell_their_sentences_and_community():
    built = network()
    assert built.nodes["train"]["sentences"] == 7
    assert built.nodes["train"]["community"] == built.nodes["nuit"]["community"] != built.nodes["gare"]["community"]
    assert "car" not in built


def test_only_the_words_asked_for_take_part():
    assert set(network(names=["gare", "guichet", "car"])) == {"gare", "guichet"}
    assert len(network(names=[])) == 0


def test_a_term_and_its_piece_are_not_joined():
    held = [(("a", number), name) for number in range(6) for name in ("train de nuit", "retour du train de nuit", "gare")]
    built = network(["train de nuit", "retour du train de nuit", "gare"], held)
    assert sorted(map(sorted, built.edges)) == [["gare", "retour du train de nuit"], ["gare", "train de nuit"]]


def test_words_are_shown_as_written_and_chosen_by_that():
    held = [(("a", number), name) for number in range(6) for name in ("petit ligne", "gare", "car")]
    written = {"petit ligne": "petites lignes", "gare": "gares", "car": "cars"}
    built = word_network.network(held, ["petites lignes", "gares"], 20, 0.05, 1, written)
    assert dict(built.nodes(data="label")) == {"petit ligne": "petites lignes", "gare": "gares"}


def joined(*edges):
    built = nx.Graph()
    built.add_edges_from((a, b, {"weight": weight, "npmi": npmi}) for a, b, weight, npmi in edges)
    return word_network.maximum_tree(built)


def test_the_tree_leaves_out_the_weakest_link_of_every_circle():
    tree = joined(("a", "b", 3, 0.1), ("b", "c", 2, 0.1), ("a", "c", 1, 0.9), ("x", "y", 1, 0.2))
    assert sorted(map(sorted, tree.edges)) == [["a", "b"], ["b", "c"], ["x", "y"]]


def test_of_links_of_as_many_sentences_the_tree_keeps_those_of_higher_association():
    tree = joined(("a", "b", 3, 0.1), ("b", "c", 3, 0.5), ("a", "c", 3, 0.9))
    assert sorted(map(sorted, tree.edges)) == [["a", "c"], ["b", "c"]]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 6), st.integers(0, 6)), st.tuples(st.integers(1, 5), st.floats(0, 1)), max_size=20
    )
)
def test_the_tree_joins_what_the_network_joins_by_one_link_less_than_words(links):
    edges = [(a, b, *values) for (a, b), values in links.items() if a < b]
    built = nx.Graph(edge[:2] for edge in edges)
    tree = joined(*edges)
    assert sorted(map(sorted, nx.connected_components(tree))) == sorted(map(sorted, nx.connected_components(built)))
    assert nx.is_forest(tree) if edges else not len(tree)


def test_order_of_words_does_not_matter():
    assert list(network(NAMES[::-1], HELD[::-1]).edges(data=True)) == list(network().edges(data=True))


def test_command_writes_the_network_for_gephi(tmp_path):
    small_study.write(study(SENTENCES), tmp_path)
    out = tmp_path / "words.gexf"
    done = CliRunner().invoke(cli.main, ["words", "--results", str(tmp_path), "--gexf", str(out)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "4 words or terms, 2 pairs with q at most 0.05" in done.stderr
    nodes = ElementTree.parse(out).getroot().iter("{http://www.gexf.net/1.2draft}node")
    assert sorted(node.get("label") for node in nodes) == ["gare", "guichet", "nuit", "train"]
