"""Verbs and prepositions of speech around quotations."""

from pathlib import Path

import pytest

from presstm.quoting import guillemets, speakers, speech
from presstm.quoting.clauses import Clauses
from tests import tokens

CUES = speech.load(Path(__file__).parents[2] / "models/cues.yml")
NAMES = {"Jeanne Vial": "PER"}


def clauses(text, verbs=""):
    body = tokens.part(text, verbs, names=NAMES)
    reader = speakers.Reader(tokens.part("", name="title"), body, CUES, {name: name for name in NAMES})
    return Clauses(reader, body, guillemets.find(text))


@pytest.mark.parametrize(
    ("text", "verbs", "index", "lemma"),
    [
        ("Elle pointe « un risque ».", "", 1, "pointer"),
        ("L’étude, publiée hier, pointe aussi « un risque ».", "", 7, "pointer"),
        ("La note « salée » surprend.", "surprend", 1, None),
        ("Elle dénonce un risque.", "dénonce", 1, "dénoncer"),
        ("Le chat dort.", "dort", 2, None),
    ],
)
def test_knows_a_verb_of_speech_where_the_tagger_may_not(text, verbs, index, lemma):
    found = clauses(text, verbs)
    assert found.cue(index) == lemma


@pytest.mark.parametrize(
    ("text", "index", "lemma"),
    [
        ("explique Jeanne Vial", 0, "expliquer"),
        ("a expliqué Jeanne Vial", 0, "expliquer"),
        ("le juge Jeanne Vial", 0, None),
        ("soulignant Jeanne Vial", 0, None),
        ("sont dénoncés par Jeanne Vial", 0, None),
        ("aimait à répéter Jeanne Vial", 0, "répéter"),
        ("n’hésitant pas à répéter Jeanne Vial", 0, None),
        ("compte-t-elle", 0, "compter"),
    ],
)
def test_the_inverted_verb_is_finite_and_no_noun(text, index, lemma):
    verb = clauses(text, "explique").verb(index)
    assert (verb and verb.lemma) == lemma


def test_who_is_cited_stands_right_after_the_preposition():
    assert clauses("Selon Jeanne Vial, on dort.").governed_by_preposition(1).head == "jeanne vial"
    assert clauses("Pour cela, il dort.").governed_by_preposition(1) is None


def test_the_clause_before_leaves_other_quotations_out():
    found = clauses("Elle dit « non » et « oui ».", "dit")
    words = [found.part.words[index].low for index in found.before(found.spans[1].outer_start)]
    assert words == ["elle", "dit", "et"]
