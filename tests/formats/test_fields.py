from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm.formats import fields


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("La Gazette, no. 43018", "La Gazette"),
        ("Le Courrier.fr (site web)", "Le Courrier.fr"),
        ("Le Courrier - Valmorne", "Le Courrier"),
        ("The Gazette(Valmorne)", "The Gazette"),
        ("Valmorne-Soir", "Valmorne-Soir"),
        ("Courrier de Valmorne, Le", "Le Courrier de Valmorne"),
        ("Écho, L'", "L'Écho"),
        ("  Octets\xa0perdus  ", "Octets perdus"),
        ("La Gazette no 12", "La Gazette"),
        ("", None),
    ],
)
def test_outlet(printed, name):
    assert fields.outlet(printed) == name


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Par Jeanne Morvan et Sami Delorme", ("Jeanne Morvan", "Sami Delorme")),
        ("Morvan, Jeanne; Delorme, Sami", ("Morvan, Jeanne", "Delorme, Sami")),
        ("Jeanne Morvan, Sami Delorme", ("Jeanne Morvan", "Sami Delorme")),
        ("By Jeanne Morvan and Sami Delorme.", ("Jeanne Morvan", "Sami Delorme")),
        ("M. T.", ("M. T.",)),
        ("C. R. et Jeanne Morvan.", ("C. R.", "Jeanne Morvan")),
        (" . ", ()),
        (" ", ()),
    ],
)
def test_authors(printed, names):
    assert fields.authors(printed) == names


@pytest.mark.parametrize(
    ("line", "section", "day"),
    [
        ("Communication, mardi 14 mars 2006, p. 16", "Communication", date(2006, 3, 14)),
        ("Thursday, December 22, 2022 13887 mots, p. 819(40)", "", date(2022, 12, 22)),
        ("Cœur de ville, lundi 3 juin 2019 - 06:00 UTC", "Cœur de ville", date(2019, 6, 3)),
        ("1er avril 2019", "", date(2019, 4, 1)),
        ("Débats", "", None),
    ],
)
def test_dated_line(line, section, day):
    assert fields.dated_line(line) == (section, day, None)


def test_only_a_line_that_begins_with_a_date_is_dated():
    assert fields.is_dated("July 1, 2019 Monday 9:20 AM GMT")
    assert fields.is_dated("Vendredi 24 mai 2019")
    assert fields.is_dated("24. März 2019")
    assert not fields.is_dated("Ce que le 3 mai 2019 a changé")


@pytest.mark.parametrize(
    ("printed", "code"), [("Français - French", "fr"), ("ENGLISH", "en"), ("fr", "fr"), ("klingon", None)]
)
def test_language(printed, code):
    assert fields.language(printed) == code


def test_is_copyright():
    assert fields.is_copyright("© 2019 La Gazette. Tous droits réservés.")
    assert fields.is_copyright("Copyright 2019 La Gazette All Rights Reserved")
    assert not fields.is_copyright("Le copyright de la photo est contesté.")


@given(st.text())
def test_nothing_raises(text):
    fields.outlet(text)
    fields.authors(text)
    fields.dated_line(text)
    fields.is_dated(text)
    fields.language(text)
