"""Which person a pronoun or a noun for what somebody does stands for."""

from pathlib import Path

import pytest

from presstm.article import Article
from presstm.quoting import speech
from presstm.quoting.noun_phrases import Grammar
from presstm.quoting.persons import Persons, Referent
from tests import tokens

CUES = speech.load(Path(__file__).parents[2] / "models/cues.yml")
NAMES = {"Jeanne Vial": "PER", "Paul Ancelin": "PER", "Wazzup": "PLATFORM"}
VERBS = "arrive part parle soupire travaille dort"


def persons(text, subjects=()):
    """The persons of a text, in which `subjects` (word -> gender) are tagged as subjects."""
    part = tokens.part(text, VERBS, names=NAMES)
    part.tokens = [
        token._replace(dep="nsubj", morph=f"Gender={dict(subjects)[token.text]}|Number=Sing")
        if token.text in dict(subjects)
        else token
        for token in part.tokens
    ]
    grammar = Grammar(CUES)
    return Persons(Article(tokens.part("", name="title"), part), grammar, {name: name for name in NAMES}), part


def test_what_is_of_a_person_does_not_say_who_they_are():
    text = "Le travail de Wanja est dur. Elle soupire. Wanja dort."
    part = tokens.part(text, VERBS, names={"Wanja": "PER"})
    found = Persons(Article(tokens.part("", name="title"), part), Grammar(CUES), {"Wanja": "Wanja"})
    assert found.pronoun(part, text.index("Elle"), "Fem") == Referent("Wanja")


def role(text, words, subjects=()):
    found, part = persons(text, subjects)
    phrase = found.grammar.phrase_from(part, part.word_index(text.rindex(words)))
    return found.role(part, phrase)


def test_the_gender_of_a_noun_is_read_at_its_place_after_letters_that_grow_in_lower_case():
    text = "İİİİİİİİ dort. Jeanne Vial, élève de Lyon, arrive. Paul Ancelin, élève de Lyon, part. L’élève parle."
    assert role(text, "L’élève", {"élève": "Fem"}) == "Jeanne Vial"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("La députée Jeanne Vial arrive. Paul Ancelin part. L’élue parle.", "L’élue", "Jeanne Vial"),
        ("Paul Ancelin, fondateur de Wazzup, arrive. Le patron parle.", "Le patron", "Paul Ancelin"),
        ("Wazzup, fondée à Lyon par Paul Ancelin, arrive. Son fondateur parle.", "Son fondateur", "Paul Ancelin"),
        ("Wazzup et Paul Ancelin arrivent. Son fondateur parle.", "Son fondateur", None),
        (
            "Paul Ancelin, élu de la Drôme, arrive. On dort. On dort. Le député de la Drôme parle.",
            "Le député",
            "Paul Ancelin",
        ),
        ("On dort. Paul Ancelin dort. On dort. Le frère de la plaignante parle.", "Le frère", None),
        ("Selon Paul Ancelin, il dort. Le directeur de la caisse parle.", "Le directeur", "Paul Ancelin"),
        ("Selon Paul Ancelin, il dort. On dort. On dort. Le directeur de la caisse parle.", "Le directeur", None),
    ],
)
def test_what_somebody_does_takes_up_who_was_introduced_so(text, words, name):
    assert role(text, words) == name


def test_a_pronoun_takes_up_somebody_unnamed_who_was_the_last_subject():
    text = "Paul Ancelin arrive. Un livreur soupire. Puis il parle."
    found, part = persons(text, {"livreur": "Masc"})
    assert found.pronoun(part, text.index("il parle"), "Masc") == Referent(None, "Un livreur")
    assert found.pronoun(part, text.index("il parle"), "Fem") is None


def test_a_noun_that_names_somebody_known_is_not_unnamed():
    text = "Le livreur Paul Ancelin arrive. On dort. Le livreur soupire. Puis il parle."
    found, part = persons(text, {"livreur": "Masc"})
    assert found.pronoun(part, text.index("il parle"), "Masc") == Referent("Paul Ancelin", "Le livreur")


def test_the_person_named_last_is_the_author_of_son_etude_if_near():
    text = "Paul Ancelin arrive. On dort. On dort. On dort."
    found, part = persons(text)
    assert found.just_named(part, text.index("On")) == "Paul Ancelin"
    assert found.just_named(part, len(text) - 1) is None


def test_a_pronoun_takes_up_somebody_unnamed_before_a_person_who_spoke_earlier():
    text = "Paul Ancelin parle. Un pharmacien soupire. Puis il dort."
    found, part = persons(text, {"pharmacien": "Masc"})
    found.speaks(part, text.index(" parle"), "Paul Ancelin")
    assert found.pronoun(part, text.index("il dort"), "Masc") == Referent(None, "Un pharmacien")


def test_somebody_unnamed_who_begins_a_sentence_needs_no_verb_to_be_taken_up():
    text = "Le maire, dont la salle est là, soupire. Puis il dort."
    part = tokens.part(text, VERBS)
    part.tokens = [t._replace(dep="ROOT", morph="Gender=Masc") if t.text == "maire" else t for t in part.tokens]
    found = Persons(Article(tokens.part("", name="title"), part), Grammar(CUES), {})
    assert found.pronoun(part, text.index("il dort"), "Masc") == Referent(None, "Le maire")


@pytest.mark.parametrize(("line", "name"), [("Par Jeanne Vial", None), ("Jeanne Vial", "Jeanne Vial")])
def test_who_signs_is_not_whom_a_pronoun_takes_up(line, name):
    text = f"{line}\n\nOn dort. Puis elle parle."
    found, part = persons(text)
    assert found.pronoun(part, text.index("elle"), "Fem") == (Referent(name) if name else None)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("la première", "Jeanne Vial"),
        ("le second", "Paul Ancelin"),
        ("le premier", "Paul Ancelin"),
        ("ce dernier", "Paul Ancelin"),
        ("cette dernière", "Jeanne Vial"),
    ],
)
def test_one_of_the_persons_named_together(words, name):
    text = f"Jeanne Vial et Paul Ancelin arrivent. « Non », avoue {words}."
    found, part = persons(text)
    phrase = found.grammar.subject_after(part, part.word_index(text.index(words)), strict=True)
    assert found.one_of_them(part, phrase, text.index("«")) == name


def test_a_colleague_is_the_other_of_two_named_together():
    text = "Jeanne Vial et Paul Ancelin arrivent. On dort. Son collègue parle."
    found, part = persons(text)
    found.speaks(part, text.index("On"), "Jeanne Vial")
    phrase = found.grammar.phrase_from(part, part.word_index(text.index("Son")))
    assert found.role(part, phrase) == "Paul Ancelin"
    found.speaks(part, text.index("On"), "Paul Ancelin")
    assert found.role(part, phrase) is None  # son, but she


def test_a_rank_alone_makes_nobody_what_another_is():
    text = "Jeanne Vial, sociologue, arrive. Paul Ancelin, adjoint, part. La chercheuse parle."
    assert role(text, "La chercheuse") == "Jeanne Vial"
    assert (
        role("Paul Ancelin, sociologue, arrive. Marc, adjoint, part. Le chercheur parle.", "Le chercheur") == "Paul Ancelin"
    )


def test_a_book_of_somebodys_is_not_what_they_are():
    text = "Dans le livre, Jeanne Vial parle. On dort. La chercheuse de la caisse parle."
    found, part = persons(text)
    part.tokens[:] = [token._replace(dep="nsubj") if token.text == "Jeanne" else token for token in part.tokens]
    found.speaks(part, text.index("On"), "Jeanne Vial")
    phrase = found.grammar.phrase_from(part, part.word_index(text.index("La chercheuse")))
    assert found.role(part, phrase) == "Jeanne Vial"


@pytest.mark.parametrize(
    ("presented", "name"), [(", une voisine", "Léa Roche"), (", 24 ans", "Léa Roche"), ("", "Jeanne Vial")]
)
def test_a_pronoun_takes_up_whom_the_last_sentence_presents(presented, name):
    text = f"On dort. Jeanne Vial parle. On dort avec Léa Roche{presented}. Puis elle rit."
    names = {"Jeanne Vial": "PER", "Léa Roche": "PER"}
    part = tokens.part(text, VERBS, names=names)
    part.tokens[:] = [token._replace(dep="nsubj") if token.text == "Jeanne" else token for token in part.tokens]
    found = Persons(Article(tokens.part("", name="title"), part), Grammar(CUES), {name: name for name in names})
    found.speaks(part, text.index(" parle"), "Jeanne Vial")
    assert found.pronoun(part, text.index("elle"), "Fem") == Referent(name)
