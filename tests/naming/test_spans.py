"""Spans that name something: what an enumeration says of its members."""

from presstm.naming import spans
from presstm.naming.spans import Span

TEXT = "Ormel, Tavi, Brenne et Lusk attendent."


def labels(*given):
    """Labels of the four names of TEXT after the enumeration was looked at; "!" marks one beyond a vote."""
    names = ("Ormel", "Tavi", "Brenne", "Lusk")
    found = [
        Span(TEXT.index(name), TEXT.index(name) + len(name), label.rstrip("!"), "model", label.endswith("!"))
        for name, label in zip(names, given, strict=True)
    ]
    return [span.label for span in spans._alike(found, TEXT)]


def test_most_of_an_enumeration_say_what_the_others_are():
    assert labels("PER", "LOC", "PER", "PER") == ["PER"] * 4
    assert labels("ORG", "ORG", "MISC", "ORG") == ["ORG"] * 4


def test_what_is_sure_stays_and_a_half_is_not_most():
    assert labels("PER", "LOC!", "PER", "PER") == ["PER", "LOC", "PER", "PER"]
    assert labels("PER", "LOC", "LOC", "PER") == ["PER", "LOC", "LOC", "PER"]
    assert labels("MISC", "MISC", "MISC", "PER") == ["MISC", "MISC", "MISC", "PER"]
