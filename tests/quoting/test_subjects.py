"""Who a passage without a verb of speech next to its quotation is about."""

from pathlib import Path

import pytest

from presstm.quoting import guillemets, speakers, speech, subjects
from presstm.quoting.clauses import Clauses
from tests import tokens

CUES = speech.load(Path(__file__).parents[2] / "models/cues.yml")
NAMES = {"Jeanne Vial": "PER", "Paul Ancelin": "PER", "Wazzup": "PLATFORM", "Le Réveil": "MEDIA"}
VERBS = "arrive part rappelle dort soupire explique"


def clauses(text, subject=""):
    body = tokens.part(text, VERBS, names=NAMES)
    body.tokens = [
        token._replace(dep="nsubj", head=number + 1) if token.text in subject.split() else token._replace(head=number)
        for number, token in enumerate(body.tokens)
    ]
    reader = speakers.Reader(tokens.part("", name="title"), body, CUES, {name: name for name in NAMES})
    return Clauses(reader, body, guillemets.find(text))


@pytest.mark.parametrize(
    ("text", "subject", "found"),
    [
        ("Jeanne Vial arrive.", "Jeanne", "Jeanne Vial"),
        ("Jeanne Vial arrive. On voit Paul Ancelin.", "Jeanne", "Jeanne Vial"),
        ("On voit Paul Ancelin.", "", "Paul Ancelin"),
        ("Le Réveil rappelle cela à Jeanne Vial.", "Réveil", "Le Réveil"),
        ("Selon Jeanne Vial, Wazzup part.", "Wazzup", "Jeanne Vial"),
        ("Jeanne Vial arrive. Wazzup part.", "Jeanne Wazzup", "Wazzup"),
        ("Or, rappelle Jeanne Vial, tout dort.", "", "Jeanne Vial"),
        ("Le syndicat rappelle cela.", "syndicat", "Le syndicat"),
        ("Le chat dort.", "chat", None),
        ("Jeanne Vial arrive. Son contrat rappelle cela.", "Jeanne contrat", "Jeanne Vial"),
        ("Le pire, explique-t-elle, est là.", "", "elle"),
        ("Le pire, part-elle là.", "", None),
        ("« Jeanne Vial dort. »", "Jeanne", None),
        ("Quand elle part, Jeanne Vial soupire.", "elle", "Jeanne Vial"),
        ("Chez Wazzup, on soupire.", "on", "Wazzup"),
        ("Jeanne Vial arrive. Le jeune homme dort.", "Jeanne homme", "Le jeune homme"),
    ],
)
def test_the_last_sentence_is_about(text, subject, found):
    phrase = subjects.last(clauses(text, subject), 0, len(text))
    assert (phrase and text[phrase.start : phrase.end]) == found


@pytest.mark.parametrize(
    ("text", "about"),
    [("La dérive où Paul Ancelin arrive dort.", None), ("La ruelle où arrive Paul Ancelin dort.", "paul ancelin")],
)
def test_a_relative_clause_is_about_who_is_named_after_its_verb(text, about):
    found = clauses(text)
    verb = next(number for number, token in enumerate(found.part.tokens) if token.text == "arrive")
    found.part.tokens = [
        token._replace(dep="nsubj", head=verb)
        if token.text == "Paul"
        else token._replace(dep="acl:relcl")
        if number == verb
        else token
        for number, token in enumerate(found.part.tokens)
    ]
    phrase = subjects.last(found, 0, len(text))
    assert (phrase and phrase.head) == about


def test_the_next_sentence_may_begin_with_who_spoke():
    text = "« Non. » Jeanne Vial part."
    assert subjects.first(clauses(text), 8, len(text)).head == "jeanne vial"
    assert subjects.first(clauses("« Non. » Wazzup part."), 8, 20) is None


def test_the_next_sentence_may_say_who_spoke():
    text = "« Non. » Au café, Jeanne Vial rappelle sa chute."
    assert subjects.first(clauses(text, "Vial"), 8, len(text)).head == "jeanne vial"
    assert subjects.first(clauses("« Non. » Au café, Jeanne Vial dort.", "Vial"), 8, 40) is None
    assert subjects.first(clauses("« Non. » Assise là, Jeanne Vial dort."), 8, 40).head == "jeanne vial"


def test_where_a_person_speaks_bodies_do_not_count():
    text = "Wazzup part sans Jeanne Vial."
    assert subjects.last(clauses(text, "Wazzup"), 0, len(text)).head == "wazzup"
    assert subjects.last(clauses(text, "Wazzup"), 0, len(text), person=True).head == "jeanne vial"


def test_a_short_line_after_a_quotation_may_credit_it():
    text = "« Non. »\nJeanne Vial, juriste, 25 mars"
    assert subjects.credit(clauses(text), 8).head == "jeanne vial"
    assert subjects.credit(clauses("« Non. »\nJeanne Vial dort."), 8) is None
    assert subjects.credit(clauses("« Non. »"), 8) is None
