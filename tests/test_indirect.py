"""Indirect speech: what is said, by whom, and the word that introduces it."""

import pytest

from presstm import indirect
from tests.test_attribution import clauses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selon Jeanne Vial, le marché du travail recule.", ("le marché du travail recule", "Jeanne Vial", "selon")),
        ("Le marché du travail recule, selon Jeanne Vial.", ("Le marché du travail recule", "Jeanne Vial", "selon")),
        ("Jeanne Vial affirme que le marché recule.", ("le marché recule", "Jeanne Vial", "affirmer")),
        ("Le marché du travail recule, affirme Jeanne Vial.", ("Le marché du travail recule", "Jeanne Vial", "affirmer")),
        ("Le marché du travail recule.", None),
        ("On affirme que le marché recule.", None),
    ],
)
def test_indirect_speech(text, expected):
    found, _ = clauses(text)
    rows = [(text[start:end], text[phrase.start : phrase.end], cue) for start, end, phrase, cue in indirect.find(found, [])]
    assert rows == ([expected] if expected else [])


def test_what_is_mostly_direct_speech_is_not_indirect_as_well():
    text = "« Le marché recule depuis hier », affirme Jeanne Vial."
    found, spans = clauses(text)
    assert list(indirect.find(found, [(spans[0].start, spans[0].end)])) == []
