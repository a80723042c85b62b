import pytest

from presstm.naming import name_shapes

FIRST = frozenset(("jeanne", "jean", "marc", "hubert", "ursula", "sami"))


def people(text):
    return [text[phrase.start : phrase.end] for phrase in name_shapes.persons(text, FIRST)]


@pytest.mark.parametrize(
    "name",
    [
        "Jeanne Morvan",
        "Jean-Marc Peltrault",
        "Hubert de Lestrac",
        "Jeanne d’Arsenac",
        "Sami Delattre-Sow",
        "J.-M. Peltrault",
    ],
)
def test_a_first_name_and_a_last_name_are_a_person(name):
    assert people(f"Selon {name}, rien ne presse.") == [name]


@pytest.mark.parametrize("name", ["Jelle Van Dorne", "Wilhelm von Ostrau", "Ruud van den Akkers"])
def test_a_particle_of_other_languages_makes_a_person_of_a_first_name_that_is_not_known(name):
    assert people(f"Hier, {name} attend ; selon Van Dorne, rien ne presse.") == [name]


def test_an_age_makes_a_person_of_what_stands_before_it():
    text = "La Lormoise, 32 ans, cette Lormoise, 33 ans, Mme Orcelle, 44 ans, Maïwenn, 34 ans, et Kalis Dorn (13 ans), Sidwell, âgée de 9 ans, dorment. Garantie, 10 ans. Lyon, 20 ans après."
    assert [text[one.start : one.end] for one in name_shapes.aged(text)] == ["Orcelle", "Maïwenn", "Sidwell"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orsanne, 14 mars 2021 (ARD) - Le conseil dort.", [("Orsanne", "LOC"), ("ARD", "MEDIA")]),
        ("SAINT-LORMEL (Agir) – Le conseil dort.", [("SAINT-LORMEL", "LOC"), ("Agir", "MEDIA")]),
        ("Orsanne (Hautes-Plaines) dort.", []),
    ],
)
def test_a_dateline_names_a_place_and_an_agency(text, expected):
    assert [(text[one.start : one.end], one.label) for one in name_shapes.dateline(text)] == expected


def test_what_is_no_first_name_begins_no_person():
    assert people("La Cour Suprême et Uber Eats, M. Peltrault") == []


def test_the_employer_is_no_part_of_the_person():
    assert people("Jeanne Morvan de France Culture et Sami Vial d’Uber") == ["Jeanne Morvan", "Sami Vial"]


@pytest.mark.parametrize(
    "name",
    [
        "université de Valmorne",
        "tribunal judiciaire de Bobigny",
        "cour d’appel de Paris",
        "conseil de prud’hommes de Port-Chavel",
        "ministère des Affaires étrangères",
        "conseil régional des Hautes-Plaines",
        "inspection du travail",
        "ministère de l’intérieur",
        "cour de cassation",
    ],
)
def test_an_institution_in_lower_case_needs_a_name_or_is_one_of_a_kind(name):
    text = f"Dans l’{name}, on attend ; au tribunal aussi."
    assert [text[p.start : p.end] for p in name_shapes.institutions(text, [], 0, len(text))] == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Elle lit Valmorne-Matin et Tercy Hebdo Plus.", ["Valmorne-Matin", "Tercy Hebdo Plus"]),
        ("L’Écho de Tercy et La Gazette valmornaise paraissent.", ["L’Écho de Tercy"]),
        ("Un Vendredi Matin, elle appelle. Le soir aussi.", []),
    ],
)
def test_outlets_have_words_of_their_own(text, names):
    assert [text[one.start : one.end] for one in name_shapes.outlets(text, 0, len(text))] == names


def test_an_outlet_and_a_day_may_begin_a_text():
    text = "Le Valmornais, 2 décembre 2019. Propos recueillis"
    assert [text[one.start : one.end] for one in name_shapes.dated(text)] == ["Le Valmornais"]
    assert not list(name_shapes.dated("Jeanne Vial, 52 ans, dort."))
