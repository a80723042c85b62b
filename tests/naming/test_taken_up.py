"""What a noun at the head of the next sentence says of an unknown name."""

import pytest

from presstm.naming import taken_up
from presstm.naming.spans import Span
from tests import tokens


def label(text, name="Roulix", first_names=frozenset(), **span):
    part = tokens.part(text)
    start = text.index(name)
    (typed,) = taken_up.typed(part, [Span(start, start + len(name), "PER", span.get("method", "model"))], first_names)
    return typed.label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On dit que Roulix ferme. La plateforme se tait.", "PLATFORM"),
        ("On dit que Roulix ferme. L’entreprise se tait.", "ORG"),
        ("On dit que Roulix ferme. Cette start-up se tait.", "ORG"),
        ("On dit que Roulix ferme. La plateforme de Lyon se tait.", "PER"),
        ("On dit que Roulix ferme. La ville se tait.", "PER"),
        ("On dit que Roulix ferme.", "PER"),
    ],
)
def test_the_next_sentence_types_the_name(text, expected):
    assert label(text) == expected


def test_what_is_no_guess_of_the_model_keeps_its_type():
    text = "On dit que Roulix ferme. La plateforme se tait."
    assert label(text, method="gazetteer") == "PER"
    assert label(text, first_names=frozenset({"roulix"})) == "PER"


@pytest.mark.parametrize(("before", "expected"), [("On ouvre", ["LOC", "PER"]), ("On est lié", ["LOC", "PLATFORM"])])
def test_a_place_where_something_is_stays_one(before, expected):
    text = f"{before} à Roulix. On dit que Roulix change. La plateforme emploiera cent personnes."
    starts = [text.index("Roulix"), text.rindex("Roulix")]
    found = [Span(start, start + 6, label, "model") for start, label in zip(starts, ("LOC", "PER"), strict=True)]
    part = tokens.part(text)
    part.tokens = [token._replace(lemma="lier") if token.text == "lié" else token for token in part.tokens]
    assert [span.label for span in taken_up.typed(part, found, frozenset())] == expected
