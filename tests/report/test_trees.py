from presstm.report import charts, trees
from presstm.report.trees import Leaf

BELOW = {10: [11, 1], 11: [12, 2], 12: [3, 13], 13: [4, 5]}
LEAVES = {number: Leaf(f"Classe {number}", ["quai", "port"] * number, f"evidence/{number}.html") for number in range(1, 6)}


def drawn(below=BELOW, root=10):
    return trees.tree(below, LEAVES, {number: f"χ² {number}" for number in below}, root)


def test_every_class_is_named_and_leads_to_its_list():
    shapes, height = drawn()
    names = {shape.text: shape.data["href"] for shape in shapes if shape.style == "group-label"}
    assert names == {f"Classe {number}": f"evidence/{number}.html" for number in range(1, 6)}
    assert {"χ² 10", "χ² 11", "χ² 12", "χ² 13"} <= {shape.text for shape in shapes}
    assert all(0 <= shape.at[0] <= charts.WIDTH and 0 <= shape.at[1] <= height for shape in shapes)


def test_what_stands_at_a_division_lies_on_no_line():
    shapes, _ = drawn()
    lines = [shape.at for shape in shapes if shape.style == "branch"]
    for shape in (shape for shape in shapes if shape.text.startswith("χ²")):
        left, right, top, bottom = shape.at[0], shape.at[0] + 7 * len(shape.text), shape.at[1] - 9, shape.at[1] + 2
        for x1, y1, x2, y2 in lines:
            assert x2 < left or x1 > right or max(y1, y2) < top or min(y1, y2) > bottom


def test_lines_of_words_stay_within_the_canvas():
    shapes, _ = drawn()
    words = [shape for shape in shapes if shape.style == "word-label"]
    assert all(shape.at[0] + 6.5 * len(shape.text) <= charts.WIDTH for shape in words)


def test_the_tree_in_brackets():
    assert trees.nested(10, BELOW) == "(((3, (4, 5)), 2), 1)"
