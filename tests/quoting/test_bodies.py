"""Which body a noun takes up."""

from pathlib import Path

import pytest

from presstm.article import Article
from presstm.quoting import speech
from presstm.quoting.bodies import Bodies
from tests import tokens

CUES = speech.load(Path(__file__).parents[2] / "models/cues.yml")
NAMES = {"Sentino": "ORG", "Terrab": "ORG", "Wazzup": "PLATFORM", "Le Réveil": "MEDIA", "Conseil de Morvan": "ORG"}


def bodies(text):
    part = tokens.part(text, names=NAMES)
    article = Article(tokens.part("", name="title"), part)
    return Bodies(article.labelled(("ORG", "PLATFORM", "MEDIA")), {name: name for name in NAMES}, CUES), len(text) + 1


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        ("La start-up Sentino et l’institut Terrab travaillent.", "start-up", "Sentino"),
        ("Sentino, une start-up de Lyon, et l’institut Terrab travaillent.", "start-up", "Sentino"),
        ("İİİİ, dit-on. Sentino, une start-up de Lyon, cite Terrab.", "start-up", "Sentino"),
        ("La start-up Sentino et l’institut Terrab travaillent.", "entreprise", "Sentino"),
        ("La start-up Sentino et l’institut Terrab travaillent.", "institut", "Terrab"),
        ("La start-up Sentino travaille.", "institut", None),
        ("Le Conseil de Morvan et Sentino se voient.", "conseil", "Conseil de Morvan"),
        ("Sentino se voit.", "ministère", None),
        ("Le Réveil cite Sentino.", "quotidien", "Le Réveil"),
        ("Le Réveil cite Sentino.", "syndicat", "Sentino"),
        ("Le Réveil cite Wazzup.", "syndicat", None),
        ("Le Réveil cite Wazzup.", "plateforme", "Wazzup"),
        ("Sentino cite Terrab.", "organisation", "Terrab"),
        ("Wazzup cite Sentino.", "plateforme", "Wazzup"),
        ("Sentino se voit.", "plateforme", "Sentino"),
        ("Le Conseil de Morvan se voit.", "plateforme", None),
        ("La start-up Sentino travaille.", "application", "Sentino"),
        ("Sentino travaille. Sa filiale Terrab dort.", "groupe", "Sentino"),
        ("Sentino travaille. Sa filiale Terrab dort.", "filiale", "Terrab"),
        ("Sentino travaille. On quitte le Terrab.", "entreprise", "Sentino"),
        ("On quitte la Terrab.", "entreprise", "Terrab"),
        ("Sentino travaille. On quitte le Terrab.", "organisation", "Terrab"),
    ],
)
def test_takes_up_the_last_body_that_fits_the_noun(text, noun, name):
    found, end = bodies(text)
    assert found.last(end, noun) == name


def test_what_is_far_is_not_taken_up():
    found, end = bodies("Sentino se voit.")
    assert found.last(end, "société", far=lambda part, start: True) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Une étude du collectif Terrab sort. Sentino se tait.", None),
        ("Une étude de Terrab sort. Sentino se tait.", "Terrab"),
        ("Le projet Sentino publie une étude. Terrab lit une étude.", "Sentino"),
        ("Une étude porte sur Wazzup. Une étude de Terrab sort.", "Terrab"),
        ("Sentino se tait.", None),
    ],
)
def test_behind_a_document_stands_the_body_named_with_it(text, name):
    found, end = bodies(text)
    assert found.behind(end, frozenset({"étude"})) == (name or ("Terrab" if "Terrab" in text else None))


def test_a_body_named_later_stands_behind_a_document_that_none_is_named_before():
    found, _ = bodies("Rien. Une étude de Terrab sort.")
    assert found.behind(0, frozenset({"étude"})) == "Terrab"


def test_a_ruling_is_of_the_last_court():
    found, end = bodies("Le Conseil de Morvan tranche, Sentino se tait.")
    assert found.court(end) == "Conseil de Morvan"
    assert found.court(0) is None


def test_of_two_bodies_in_one_sentence_a_noun_takes_up_the_subject():
    text = "Sentino cite Wazzup. Terrab dort."
    found, _ = bodies(text)
    assert found.last(text.index("Terrab"), "éditeur") == "Wazzup"
    part = found.found[0][1]
    part.tokens[0] = part.tokens[0]._replace(dep="nsubj")
    assert found.last(text.index("Terrab"), "éditeur") == "Sentino"
