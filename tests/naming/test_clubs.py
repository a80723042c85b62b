"""Towns that play are clubs where an article tells of a match."""

import pytest

from tests.test_entities import found

MATCH = " Le gardien et l’attaquant ont quitté le stade avant la mi-temps. L’entraîneur accuse l’arbitre de ce match de championnat."


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Nantes quitte la dernière place.", "ORG"),
        ("Le club jouera samedi contre Nantes.", "ORG"),
        ("Le groupe de Nantes est connu.", "ORG"),
        ("Il a marqué face à Nantes.", "ORG"),
        ("Ils ont renversé Nantes (3-2) samedi.", "ORG"),
        ("Prochaine journée samedi à Nantes.", "LOC"),
        ("Le maire de Nantes était là.", "LOC"),
    ],
)
def test_a_town_that_plays_is_a_club(text, label):
    assert ("Nantes", label) in found(text + MATCH)


def test_towns_of_other_articles_are_places():
    assert found("Nantes compte mille coursiers. Le gardien du stade livre des repas.") == {("Nantes", "LOC")}


def test_a_town_of_a_match_is_a_club_or_a_place_mention_by_mention():
    text = "Nantes quitte la dernière place. Le match s’est joué à Nantes." + MATCH
    assert {("Nantes", "ORG"), ("Nantes", "LOC")} <= found(text)
