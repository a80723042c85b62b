import pytest

from presstm.naming import inhabitants
from tests.test_entities import found


@pytest.mark.parametrize("word", ["guineen", "guineenne", "ivoiriens", "toulousaine", "grecque", "francais", "malgaches"])
def test_every_form_of_a_name_of_inhabitants_is_one(word):
    assert inhabitants.is_one(word, "")


def test_an_unlisted_one_needs_a_determiner():
    assert inhabitants.is_one("valmornois", "cet")
    assert not inhabitants.is_one("valmornois", "de")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Guinéen de 24 ans, il roule à vélo.", set()),
        ("Cet Ivoirien vit à Nantes.", {("Nantes", "LOC")}),
        ("La Toulousaine, 32 ans, livre des repas.", set()),
        ("Le Sénégal forme des Sénégalais et des Guinéens.", {("Sénégal", "LOC")}),
        ("Les Philippines et l’Argentine protestent.", {("Philippines", "LOC"), ("Argentine", "LOC")}),
    ],
)
def test_inhabitants_are_no_places_nor_persons(text, names):
    assert found(text) == names
