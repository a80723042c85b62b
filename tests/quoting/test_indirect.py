"""Indirect speech: what is said, by whom, and the word that introduces it."""

import pytest

from presstm.quoting import indirect
from tests.quoting.test_attribution import clauses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selon Jeanne Vial, le marché du travail recule.", ("le marché du travail recule", "Jeanne Vial", "selon")),
        ("Le marché du travail recule, selon Jeanne Vial.", ("Le marché du travail recule", "Jeanne Vial", "selon")),
        ("Jeanne Vial affirme que le marché recule.", ("le marché recule", "Jeanne Vial", "affirmer")),
        ("Le marché du travail recule, affirme Jeanne Vial.", ("Le marché du travail recule", "Jeanne Vial", "affirmer")),
        ("Le marché du travail recule.", None),
        ("On affirme que le marché recule.", None),
        (
            "Le marché, affirme Jeanne Vial, recule ici.",
            ("Le marché, affirme Jeanne Vial, recule ici", "Jeanne Vial", "affirmer"),
        ),
        ("Rien de plus, affirme Jeanne Vial, qui recule.", ("Rien de plus", "Jeanne Vial", "affirmer")),
        ("« Non », affirme-t-elle, et le marché recule ici.", None),
        ("Le marché du clic, semble-t-elle, recule ici.", None),
        (
            "Il lit un communiqué. Certains nous affirment que le marché recule.",
            ("le marché recule", "Certains", "affirmer"),
        ),
        ("Un avis de Jeanne Vial, pour qui le marché recule.", ("le marché recule", "Jeanne Vial", "pour")),
        ("Chez Wazzup, on affirme que le marché recule.", ("le marché recule", "Wazzup", "affirmer")),
        ("Jeanne Vial affirme avoir payé ses livreurs.", ("avoir payé ses livreurs", "Jeanne Vial", "affirmer")),
        ("Jeanne Vial dit ne rien vouloir verser.", ("ne rien vouloir verser", "Jeanne Vial", "dire")),
        ("Jeanne Vial promet à Marc Brun de verser une prime.", ("verser une prime", "Jeanne Vial", "promettre")),
        ("Jeanne Vial veut verser une prime.", None),
        ("Jeanne Vial tient à préciser que le marché recule.", ("le marché recule", "Jeanne Vial", "préciser")),
        ("« Non », sourit-elle, avant de préciser que le marché recule.", ("le marché recule", "elle", "préciser")),
        ("Jeanne Vial oblige à préciser que le marché recule.", None),
        ("Jeanne Vial se demande si le marché recule.", ("si le marché recule", "Jeanne Vial", "demander")),
        ("Jeanne Vial affirme si le marché recule.", None),
        ("Jeanne Vial demande à verser une prime.", ("verser une prime", "Jeanne Vial", "demander")),
        (
            "Le prix du clic, selon Jeanne Vial, recule.",
            ("Le prix du clic, selon Jeanne Vial, recule", "Jeanne Vial", "selon"),
        ),
        ("Rien de plus, selon Jeanne Vial, qui recule.", ("Rien de plus", "Jeanne Vial", "selon")),
        (
            "Le marché recule : en mai, selon Jeanne Vial, le prix recule.",
            ("en mai, selon Jeanne Vial, le prix recule", "Jeanne Vial", "selon"),
        ),
        (
            "Ce qui recule, selon Jeanne Vial, le prix du clic.",
            ("Ce qui recule, selon Jeanne Vial, le prix du clic", "Jeanne Vial", "selon"),
        ),
        ("Le marché recule ici, selon Jeanne Vial, le prix dort.", ("Le marché recule ici", "Jeanne Vial", "selon")),
        ("Jeanne Vial a laissé entendre que le marché recule.", ("le marché recule", "Jeanne Vial", "laisser")),
        ("Jeanne Vial est accusée de verser une prime.", None),
        ("Jeanne Vial a été informée que le marché recule.", None),
        ("Jeanne Vial s’est souvenue que le marché recule.", ("le marché recule", "Jeanne Vial", "souvenir")),
        ("Comme l’affirme Jeanne Vial, le marché recule ici.", ("le marché recule ici", "Jeanne Vial", "affirmer")),
        ("Le marché recule ici, comme l’affirme Jeanne Vial.", ("Le marché recule ici", "Jeanne Vial", "affirmer")),
        ("Comme le marché affirme Jeanne Vial, rien ne recule.", None),
        ("Jeanne Vial affirme jeudi à la presse que le marché recule.", ("le marché recule", "Jeanne Vial", "affirmer")),
        ("Jeanne Vial a fait savoir que le marché recule.", ("le marché recule", "Jeanne Vial", "faire")),
        (
            "Le marché, affirme-t-elle, recule depuis hier.",
            ("Le marché, affirme-t-elle, recule depuis hier", "elle", "affirmer"),
        ),
        ("La juriste de Lyon, Jeanne Vial, affirme un texte.", None),
        ("Un marché sans aucun clic, affirme Jeanne Vial.", ("Un marché sans aucun clic", "Jeanne Vial", "affirmer")),
        ("Le marché dort ; Jeanne Vial affirme que le prix recule.", ("le prix recule", "Jeanne Vial", "affirmer")),
        ("Jeanne Vial affirme que le marché recule ; rien ne dort.", ("le marché recule", "Jeanne Vial", "affirmer")),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jeanne Vial affirme que ses livreurs dorment « où ils veulent » et que nul ne recule.",
            ["ses livreurs dorment « où ils veulent » et que nul ne recule"],
        ),
        ("Jeanne Vial affirme que le marché « recule » ici.", []),
    ],
)
def test_indirect_speech_goes_on_around_direct_speech_if_enough_of_it_is_left(text, expected):
    found, spans = clauses(text)
    direct = [(spans[0].start, spans[0].end)]
    assert [text[start:end] for start, end, *_ in indirect.find(found, direct)] == expected
