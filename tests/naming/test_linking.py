"""Shorter names of persons and bodies."""

import pytest

from presstm.naming import linking
from presstm.naming.gazetteer import Gazetteer
from presstm.naming.spans import Span


def test_initials_with_the_last_name_are_the_person_whose_full_name_they_fit():
    found = linking.shorter(["Jean-Marc Estève", "J.-M. Estève", "Anne Vial", "Alain Vial", "A. Vial"], first=True)
    assert {key: found.get(key) for key in ("jmesteve", "jesteve", "esteve", "avial", "vial")} == {
        "jmesteve": "Jean-Marc Estève",
        "jesteve": "Jean-Marc Estève",
        "esteve": "Jean-Marc Estève",
        "avial": None,
        "vial": None,
    }


def test_three_initials_without_points_are_the_person_whom_the_article_names_in_full():
    found = linking.shorter(["Dominique Orsan-Vial", "Jeanne Vial"], first=True)
    assert (found.get("dov"), found.get("jv")) == ("Dominique Orsan-Vial", None)
    assert "dov" not in linking.shorter(["Dominique Orsan-Vial"])


def test_initials_alone_are_a_full_name():
    assert linking.shorter(["P. Morvan"], first=True)["morvan"] == "P. Morvan"


def canonical(*named, short="Fédération", label="ORG"):
    """The canonical name of a body's short name in an article that names these bodies."""
    texts = [(text, "ORG") for text in named] + [(short, label)]
    mentions = [
        linking.Mention("a", 0, "body", text, Span(0, len(text), kind, "context", sure=True)) for text, kind in texts
    ]
    return linking.link(mentions, Gazetteer(), {})[-1].name


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Fédération des coursiers", "Fédération"),
        ("Vexiane Capital", "Vexiane"),
        ("Office du lac d’Orsanne", "Office"),
        ("Racing de Brumeval", "Racing"),
        ("Collège des médecins de Sornay", "Collège"),
        ("Observatoire des loyers", "Observatoire"),
    ],
)
def test_the_first_word_of_a_body_alone_is_that_body(full, short):
    assert canonical(full, short=short) == linking.clean(full)


@pytest.mark.parametrize(
    ("named", "short", "label"),
    [
        (["Fédération des coursiers", "Fédération du bâtiment"], "Fédération", "ORG"),
        (["Fédération des coursiers"], "Union", "ORG"),
        (["Fédération des coursiers"], "coursiers", "ORG"),
        (["Fédération des coursiers"], "Fédération du bâtiment", "ORG"),
        (["Brumeval Habitat"], "Brumeval", "LOC"),
        (["Max Conseil"], "Max", "ORG"),
    ],
)
def test_no_other_word_is_that_body(named, short, label):
    assert canonical(*named, short=short, label=label) == short
