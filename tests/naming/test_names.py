import pytest

from presstm import entities
from presstm.naming import names


@pytest.mark.parametrize("text", ["Foule Factory", "FouleFactory", "foule-factory", "Foule\u00a0Factory"])
def test_ways_to_write_a_name_share_a_key(text):
    assert names.key(text) == "foulefactory"


def test_accents_ligatures_and_apostrophes_do_not_count():
    assert names.key("L’Œuvre d’Élodie") == names.key("l'oeuvre d'elodie")


def test_slug_has_single_hyphens():
    assert names.slug("Clément  Le Ludec (i3)") == "clement-le-ludec-i3"


def test_the_id_of_an_entity_holds_the_slug_of_its_name():
    assert names.slug_of(entities.entity_id("PER", "Clément Le Ludec")) == names.slug("Clément Le Ludec")
