"""Phrases: words compared without case and accents, with `*`."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import phrases


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("micro travailleu*", "Les micro-travailleuses", True),
        ("microtravailleu*", "Les micro-travailleuses", False),
        ("d'entre eux", "certains d’entre eux", True),
        ("PRÉCARITÉ", "la precarite", True),
        ("*clic*", "cyclique", False),
        ("*cli*", "cyclique", True),
        ("a*b*c", "aXbYc", True),
        ("a*a", "a", False),
        ("œuvre", "main d'oeuvre", True),
    ],
)
def test_occurs(pattern, text, expected):
    assert phrases.occurs(phrases.parse(pattern), phrases.line(phrases.words(text))) is expected


@given(st.text("abé*", max_size=6), st.text("abé", max_size=8))
def test_star_fits_any_run_of_letters(item, word):
    def fits(item, word):
        if not item:
            return not word
        if item[0] == "*":
            return any(fits(item[1:], word[cut:]) for cut in range(len(word) + 1))
        return bool(word) and item[0] == word[0] and fits(item[1:], word[1:])

    assert phrases.fits(item, word) == fits(item, word)


@given(st.lists(st.text("ab*", min_size=1, max_size=4), min_size=1, max_size=3), st.text("ab ", max_size=12))
def test_a_phrase_occurs_where_it_stands_at_a_word(phrase, text):
    words = phrases.words(text)
    stands = any(phrases.at(tuple(phrase), words, index) for index in range(len(words) - len(phrase) + 1))
    assert phrases.occurs(tuple(phrase), phrases.line(words)) == stands


@given(st.text(max_size=40))
def test_words_keep_offsets(text):
    assert all(phrases.fold(text[word.start : word.end]) == word.folded for word in phrases.words(text))


@pytest.mark.parametrize(("text", "expected"), [("Proﬁt", "profit"), ("CO₂", "co2"), ("1ᵉʳ", "1er"), ("Œuvre™", "oeuvretm")])
def test_plain_letters_stand_for_their_variants(text, expected):
    assert phrases.plain(text) == expected
    assert phrases.plain(expected) == expected


@given(st.text())
def test_unaccented_leaves_out_combining_characters_only(text):
    kept = [c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)]
    assert phrases.unaccented(text) == "".join(kept)
    assert phrases.unaccented("Élève ﬁ", "NFKD") == "Eleve fi"
