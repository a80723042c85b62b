"""The maximum tree of words as a drawing: what is drawn, free of each other, with equal bytes."""

import re
import xml.etree.ElementTree as ElementTree

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm import cli, word_tree_chart
from tests import small_study
from tests.test_cooccurrents import study

SVG = "{http://www.w3.org/2000/svg}"


def tree(links, names=None):
    """A tree from pairs of numbers; the number of a word is how often it stands, and its community by twos."""
    built = nx.Graph()
    for number in sorted({end for link in links for end in link}):
        built.add_node(
            f"w{number}", label=(names or {}).get(number, f"mot{number}"), sentences=number + 1, community=number // 2
        )
    built.add_edges_from((f"w{a}", f"w{b}", {"weight": 1 + a}) for a, b in links)
    return built


def drawn(built):
    return ElementTree.fromstring(word_tree_chart.svg(built))


def boxes(root):
    """Of dots and of words as wide as their letters may be."""
    for dot in root.iter(f"{SVG}circle"):
        x, y, r = (float(dot.get(name)) for name in ("cx", "cy", "r"))
        yield x - r, y - r, x + r, y + r
    for word in root.iter(f"{SVG}text"):
        x, y, size = (float(word.get(name)) for name in ("x", "y", "font-size"))
        wide = 0.66 * size * len(word.text)
        yield x - wide / 2, y - 0.8 * size, x + wide / 2, y + 0.1 * size


def overlapping(root):
    found = list(boxes(root))
    return [
        (a, b)
        for n, a in enumerate(found)
        for b in found[n + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.1 and min(a[3], b[3]) - max(a[1], b[1]) > 0.1
    ]


def test_every_word_has_a_dot_and_every_link_a_line():
    root = drawn(tree([(0, 1), (1, 2), (3, 4)], {0: "l\u2019été <&>"}))
    assert sorted(word.text for word in root.iter(f"{SVG}text")) == ["l\u2019été <&>", "mot1", "mot2", "mot3", "mot4"]
    assert len(list(root.iter(f"{SVG}circle"))) == 5
    assert len(list(root.iter(f"{SVG}path"))) == 3


def test_more_frequent_words_and_stronger_links_are_larger():
    root = drawn(tree([(0, 9), (9, 20)]))
    size = {word.text: float(word.get("font-size")) for word in root.iter(f"{SVG}text")}
    assert size["mot0"] < size["mot9"] < size["mot20"]
    weak, strong = sorted(float(line.get("stroke-width")) for line in root.iter(f"{SVG}path"))
    assert strong > 2 * weak


def test_words_of_a_community_have_a_colour():
    colour = [dot.get("fill") for dot in drawn(tree([(0, 1), (1, 2)])).iter(f"{SVG}circle")]
    assert colour[0] == colour[1] != colour[2]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60), st.booleans())
def test_no_word_lies_on_another_nor_outside_of_the_page(parents, long):
    links = [(number + 1, parent % (number + 1)) for number, parent in enumerate(parents)]
    names = dict.fromkeys(range(0, 61, 3), "micro-travailleurs") if long else {}
    root = drawn(tree(links, names))
    assert overlapping(root) == []
    _, _, width, height = map(float, root.get("viewBox").split())
    assert all(left > 0 and top > 0 and right < width and bottom < height for left, top, right, bottom in boxes(root))


def test_order_of_words_and_links_does_not_matter():
    built = tree([(0, 1), (1, 2), (1, 3), (4, 5)])
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(built.nodes(data=True))))
    turned.add_edges_from((b, a, values) for a, b, values in reversed(list(built.edges(data=True))))
    assert word_tree_chart.svg(turned) == word_tree_chart.svg(built)


def test_a_network_of_no_words_is_an_empty_page():
    assert list(drawn(nx.Graph()).iter(f"{SVG}text")) == []


@pytest.fixture
def results(tmp_path):
    return small_study.write(study(["train nuit"] * 6 + ["gare guichet"] * 6 + ["car"] * 8), tmp_path / "results")


def test_command_draws_the_tree(results, tmp_path):
    out = tmp_path / "words.svg"
    done = CliRunner().invoke(cli.main, ["words", "--results", str(results), "--svg", str(out)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "4 words or terms, 2 pairs with q at most 0.05" in done.stderr
    assert re.findall(r">(\w+)</text>", out.read_text()) == ["gare", "guichet", "nuit", "train"]


def test_more_words_than_a_page_holds_are_refused_in_one_line(results, tmp_path):
    out = tmp_path / "words.svg"
    done = CliRunner().invoke(cli.main, ["words", "--results", str(results), "--svg", str(out), "--top", "301"])
    assert (done.exit_code, done.stderr) == (1, "presstm: --svg draws at most 300 words: lower --top\n")
    assert not out.exists()
