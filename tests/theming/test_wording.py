import numpy as np
import pytest

from presstm.theming import wording


def test_forms_of_a_word_are_one_stem_and_neighbours_make_a_pair():
    assert wording.grams("Protections") == wording.grams("protection")
    assert wording.grams("la loi") == {"la", "loi", "la loi"}
    assert wording.grams("…") == set()


def test_the_vocabulary_is_what_enough_texts_hold():
    texts = ["la loi", "la loi", "La pluie, la loi."]
    assert wording.vocabulary(texts, 3) == ("la", "la loi", "loi")
    assert wording.vocabulary(reversed(texts), 3) == wording.vocabulary(texts, 3)


def test_a_row_has_length_one_whatever_its_words():
    rows = wording.rows(["la loi la loi", "pluie", ""], ("la", "la loi", "loi", "neige")).toarray()
    assert rows[0] == pytest.approx(np.array([1, 1, 1, 0]) / np.sqrt(3))
    assert not rows[1:].any()
    assert wording.rows(["la loi"], ()).shape == (1, 0)
