"""The network of words: tested pairs, and what it is written as."""

import xml.etree.ElementTree as ElementTree
from math import comb

import pytest
from click.testing import CliRunner

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
