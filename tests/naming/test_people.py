"""What the words around a name say about a person."""

import pytest

from presstm.naming import people
from tests import tokens


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("chercheuse", "chercheur", True),
        ("chercheuse", "enseignante-chercheuse", True),
        ("présidente", "vice-présidente", False),
        ("maire", "ministre", False),
    ],
)
def test_a_noun_is_the_same_in_either_gender_and_as_a_part_of_another(one, other, same):
    assert people.same_noun(one, other) is same


def test_what_follows_an_age_introduces_a_person():
    text = "Jeanne Vial, 34 ans, éleveuse ici, dort."
    part = tokens.part(text, names={"Jeanne Vial": "PER"}, others="")
    part.tokens = [token._replace(pos="NOUN") if token.text == "éleveuse" else token for token in part.tokens]
    assert "éleveuse" in {noun for noun, _ in people.introductions(part, part.mentions[0])}
