from hashlib import blake2b

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from presstm import shingles

TEXTS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=30).map(" ".join), max_size=12)


def test_words_ignore_case_accents_ligatures_and_the_kind_of_apostrophe():
    one = shingles.words("L’œuvre d'ÉLODIE Ferrandon")
    two = shingles.words("l'oeuvre d’Elodie ferrandon")
    assert np.array_equal(one, two)


def test_an_accent_apart_from_its_letter_is_of_the_word():
    assert shingles.WORD.findall("e\u0301te\u0301s d'a\u0300b -\u0301c_d") == ["e\u0301te\u0301s", "d", "a\u0300b", "c", "d"]


def test_hashes_do_not_depend_on_the_run():
    expected = [int.from_bytes(blake2b(word, digest_size=8).digest(), "little") for word in (b"micro", b"travail")]
    assert shingles.words("Micro-travail").tolist() == expected


def test_a_text_shorter_than_a_shingle_has_none():
    assert len(shingles.shingles(shingles.words("quatre mots et puis"), 5)) == 0


def test_quoted_tells_words_between_marks():
    assert shingles.quoted("Elle dit « non merci » et part").tolist() == [False, False, True, True, False, False]


@given(TEXTS)
def test_the_index_holds_the_distinct_shingles_of_each_text(texts):
    hashes = [shingles.words(text) for text in texts]
    found = shingles.index(hashes, 3)
    for row, words in enumerate(hashes):
        assert found.of(row).tolist() == sorted(set(shingles.shingles(words, 3).tolist()))


@given(TEXTS)
def test_candidates_are_the_pairs_that_share_enough_rare_shingles(texts):
    found = shingles.index([shingles.words(text) for text in texts], 3)
    sets = [set(found.of(row).tolist()) for row in range(len(texts))]
    frequent = {code for own in sets for code in own if sum(code in other for other in sets) > 8}
    pairs = shingles.candidates(found, 2, 0.5)
    for a, b in pairs:
        assert len(sets[a] & sets[b]) >= 2
    if not frequent:
        expected = {
            (a, b)
            for a in range(len(sets))
            for b in range(a + 1, len(sets))
            if len(shared := sets[a] & sets[b]) >= 2 and len(shared) >= 0.5 * min(len(sets[a]), len(sets[b]))
        }
        assert set(pairs) == expected
