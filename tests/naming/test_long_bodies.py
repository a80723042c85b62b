"""Bodies whose names go on past commas, or begin with an acronym."""

import pytest

from presstm.naming import long_bodies


def found(text):
    return [text[start:end] for start, end in long_bodies.find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Le ministère de l'Enseignement supérieur, de la Recherche et de l'Innovation se tait.",
            ["ministère de l'Enseignement supérieur, de la Recherche et de l'Innovation"],
        ),
        (
            "Au ministère du travail, de la santé et des solidarités, on nie.",
            ["ministère du travail, de la santé et des solidarités"],
        ),
        ("Le secrétariat d'État chargé du Numérique finance.", ["secrétariat d'État chargé du Numérique"]),
        ("Le ministère du Travail et la CGT discutent.", ["ministère du Travail"]),
        ("Le ministère de la Justice et de l'avis de tous.", ["ministère de la Justice"]),
        ("L'UD CFDT de la Vienne et la CGT Transports.", ["UD CFDT de la Vienne", "CGT Transports"]),
        ("Avec Sud Commerces et Services, Sud-Rail aussi.", ["Sud Commerces et Services", "Sud-Rail"]),
        ("Étudiants à l'INSA Rouen Normandie ou à l'IUT de Tercy.", ["INSA Rouen Normandie", "IUT de Tercy"]),
        ("Dans le Sud, la CGT attend. Le Sud Ouest aussi.", []),
    ],
)
def test_the_whole_name_is_found_and_no_more(text, expected):
    assert found(text) == expected
