import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm.codes import sample
from presstm.errors import InputError
from tests import small_study


@given(st.lists(st.floats(0.01, 10), min_size=1, max_size=30), st.integers(1, 40))
def test_probabilities_sum_to_the_size(weights, size):
    chances = sample.probabilities(np.array(weights), size)
    assert chances.sum() == pytest.approx(min(size, len(weights)))
    assert ((chances > 0) & (chances <= 1 + 1e-12)).all()


def test_each_sentence_is_drawn_as_often_as_its_probability_says():
    chances = sample.probabilities(np.array([1.0, 1, 1, 1, 2, 2, 5, 9]), 4)
    drawn = np.bincount([n for seed in range(3000) for n in sample.systematic(chances, list("aaabbbcc"), seed)], minlength=8)
    assert drawn / 3000 == pytest.approx(chances, abs=0.04)


def test_strata_are_met_in_proportion():
    labels = ["a"] * 60 + ["b"] * 40
    drawn = [labels[n] for n in sample.systematic(np.full(100, 0.1), labels, 3)]
    assert (drawn.count("a"), drawn.count("b")) == (6, 4)


def draw(**changed):
    made = small_study.made()
    order = changed.pop("order", None)
    read = [made[name] for name in ("articles", "sentences", "theme_sentences")]
    if order:
        read[1] = read[1].take(order)
    return sample.draw(*read, **{"size": 6, **changed})


@settings(max_examples=5)
@given(st.randoms())
def test_order_of_rows_does_not_matter(random):
    order = list(range(len(small_study.made()["sentences"])))
    random.shuffle(order)
    assert draw(order=order) == draw()


def test_a_sample_knows_its_sentence_and_context():
    texts = {row["article_id"]: row for row in small_study.made()["articles"].to_pylist()}
    items = draw(size=1000)
    assert len({item.key for item in items}) == len(items) == len(small_study.made()["sentences"])
    for item in items:
        article = texts[item.article_id]
        assert {"title": article["title"], "body": article["text"]}[item.part][item.start : item.end] == item.sentence
        assert item.probability == 1
        assert item.previous == "" or item.previous in article["text"]


def test_a_sample_is_read_back(tmp_path):
    path = tmp_path / "sample.csv"
    path.write_bytes(sample.to_csv(draw()))
    assert list(sample.read(path).values()) == draw()
    french = re.sub(r",(\d)\.(\d+),", r',"\1,\2",', path.read_text())
    assert french != path.read_text()
    path.write_text(french)
    assert list(sample.read(path).values()) == draw()
    path.write_text(path.read_text().replace(",part,", ",parts,", 1))
    with pytest.raises(InputError, match="line 2: column part is missing"):
        sample.read(path)
