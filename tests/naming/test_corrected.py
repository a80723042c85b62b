import pytest

from presstm.naming import corrected, names
from presstm.naming.linking import Mention
from presstm.naming.overrides import Overrides, Row
from presstm.naming.spans import Span
from tests.tokens import part


def corrections(*rows):
    made = [Row(source, form, form, label, "", line) for line, (source, form, label) in enumerate(rows, 2)]
    return Overrides({(row.source, names.key(row.form)): row for row in made})


def found(text, *rows, source="a.txt"):
    return [one.text for one in corrected.finder(corrections(*rows))([part(text)], source)]


def mention(text, form, label="LOC", method="model"):
    start = text.index(form)
    return Mention("a" * 16, 0, "body", form, Span(start, start + len(form), label, method))


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("rue de Belval", "Elle habite rue de Belval.", ["rue de Belval"]),
        ("gare de l'Est", "La gare de l’Est, la gare\u00a0de\u00a0l'Est.", ["gare de l’Est", "gare\u00a0de\u00a0l'Est"]),
        ("3e arrondissement", "Le 3e arrondissement et le 13e arrondissement.", ["3e arrondissement"]),
        ("agence régionale du lait", "L’Agence régionale du lait se tait.", ["Agence régionale du lait"]),
        ("Ville de Belval", "La ville de Belval, la Ville de Belval.", ["Ville de Belval"]),
        ("Orange", "Une robe orange de chez Orange.", ["Orange"]),
        ("Arte", "La carte, Artefact, Arte-Concert et Arte.", ["Arte"]),
    ],
)
def test_a_form_is_found_in_whole_words_with_its_capitals(form, text, expected):
    assert found(text, ("", form, "LOC")) == expected


def test_the_longest_form_is_found_and_those_of_other_articles_are_not():
    rows = ("", "Belval", "LOC"), ("", "Ville de Belval", "ORG"), ("b.txt", "Ville de Belval Nord", "ORG")
    text = "La Ville de Belval Nord et Belval."
    assert found(text, *rows) == ["Ville de Belval", "Belval"]
    assert found(text, *rows, source="b.txt") == ["Ville de Belval Nord", "Belval"]


def test_the_article_s_own_correction_of_a_form_is_taken():
    find = corrected.finder(corrections(("", "Belval", "LOC"), ("a.txt", "Belval", "PER")))
    assert [one.span.label for one in find([part("À Belval.")], "a.txt")] == ["PER"]
    assert [one.span.label for one in find([part("À Belval.")], "b.txt")] == ["LOC"]


@pytest.mark.parametrize(
    ("before", "form", "label", "after", "placed"),
    [
        (["Belval"], "rue de Belval", "LOC", ["rue de Belval"], True),  # shorter
        (["Belval"], "rue de Belval", "NONE", [], True),
        (["Belval Nord"], "rue de Belval", "LOC", ["rue de Belval"], True),  # across its end
        (["rue de Belval Nord"], "rue de Belval", "LOC", ["rue de Belval Nord"], False),  # a longer name
        (["rue de Belval"], "rue de Belval", "NONE", ["rue de Belval"], True),  # just that: others are linked by it
        (["Anne Vaubert"], "rue de Belval", "LOC", ["rue de Belval", "Anne Vaubert"], True),
    ],
)
def test_a_correction_stands_in_the_place_of_what_overlaps_it(before, form, label, after, placed):
    text = "La rue de Belval Nord plaît à Anne Vaubert."
    mine = mention(text, form, label, "override")
    merged, took_place = corrected.merge([mention(text, one) for one in before], [mine])
    assert [one.text for one in merged] == after
    assert took_place == ([mine] if placed else [])
