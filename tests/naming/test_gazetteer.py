from pathlib import Path

import pytest

from presstm.errors import InputError
from presstm.naming import gazetteer
from presstm.parts import Part

ROOT = Path(__file__).parents[2]
HEADER = "name,label,aliases,weak,wikidata,note\n"


def known(tmp_path, *rows):
    path = tmp_path / "gazetteer.csv"
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    return gazetteer.load(path)


def found(made, text):
    words = Part("a", "body", text, [], [], []).words
    matches = made.matches(text, words)
    return [text[words[match.first].start : words[match.last - 1].end] for match in matches]


@pytest.mark.parametrize("form", ["Foule Factory", "FouleFactory", "Foule-Factory", "FOULE FACTORY", "Foulefactory"])
def test_a_name_is_found_however_it_is_joined(tmp_path, form):
    assert found(known(tmp_path, "Foule Factory,PLATFORM,,,,"), f"Chez {form}, on clique.") == [form]


def test_accents_and_apostrophes_may_differ(tmp_path):
    made = known(tmp_path, "L'Écho de Valmorne,MEDIA,,,,")
    assert found(made, "Lu dans L’Echo de Valmorne hier.") == ["L’Echo de Valmorne"]


def test_words_without_their_capitals_are_no_name(tmp_path):
    assert found(known(tmp_path, "Les Échos,MEDIA,,,,"), "On a entendu les échos.") == []


def test_an_outlet_with_an_article_needs_the_capitals_of_a_french_title_only(tmp_path):
    made = known(tmp_path, "La Voix de Valmorne Libre,MEDIA,,,,", "La Fleur de Valmorne,ORG,,,,")
    assert found(made, "La Voix de Valmorne libre paraît.") == ["La Voix de Valmorne libre"]
    assert found(made, "Selon LA VOIX DE VALMORNE LIBRE, rien.") == ["LA VOIX DE VALMORNE LIBRE"]
    assert found(made, "On entend la voix de Valmorne libre.") == found(made, "La voix de Valmorne libre.") == []
    assert found(made, "La Fleur de valmorne") == []


def test_the_longest_name_wins(tmp_path):
    made = known(tmp_path, "Uber,PLATFORM,,,,", "Uber Eats,PLATFORM,,,,")
    assert found(made, "Uber Eats et Uber.") == ["Uber Eats", "Uber"]


def test_a_comma_or_a_dash_between_spaces_ends_a_name(tmp_path):
    made = known(tmp_path, "Just Eat,PLATFORM,,,,")
    assert found(made, "Just, Eat") == found(made, "Just - Eat") == []
    assert found(made, "Just-Eat") == ["Just-Eat"]


def test_a_hyphen_joins_a_name_to_another(tmp_path):
    made = known(tmp_path, "La Croix,MEDIA,,,,", "Paris,LOC,,,,")
    assert found(made, "La Croix-Rouge, Paris-Saclay") == []


def test_words_that_happen_to_spell_a_name_are_none(tmp_path):
    assert found(known(tmp_path, "Sion,LOC,,,,"), "Si on clique") == []


def test_an_outlet_without_its_article_is_a_weak_form(tmp_path):
    made = known(tmp_path, "Le Figaro,MEDIA,,,,")
    assert [(form.entry.name, form.weak) for form in made.of("Figaro")] == [("Le Figaro", True)]


@pytest.mark.parametrize("slip", ["Delivroo", "Deliverro", "Deliveroos", "Deilveroo"])
def test_a_slip_of_one_letter_is_near(tmp_path, slip):
    entry = known(tmp_path, "Deliveroo,PLATFORM,,,,", "Uber,PLATFORM,,,,").near(slip)
    assert (entry.name if entry else None) == (None if slip.endswith("s") else "Deliveroo")


def test_short_names_and_known_ones_have_nothing_near(tmp_path):
    made = known(tmp_path, "Uber,PLATFORM,,,,", "Bordeaux,LOC,,,,")
    assert [made.near(text) for text in ("Ubar", "Uber", "Bordaux")] == [None, None, None]


def test_a_weak_form_counts_only_to_the_letter(tmp_path):
    made = known(tmp_path, "5euros,PLATFORM,,5euros,,")
    assert found(made, "Sur 5euros, il gagne 5 euros.") == ["5euros"]


@pytest.mark.parametrize("row", ["Uber,FIRM,,,,", ",ORG,,,,"])
def test_a_row_that_cannot_be_is_named_by_its_line(tmp_path, row):
    with pytest.raises(InputError, match=r"gazetteer\.csv, line 3: "):
        known(tmp_path, "Malt,PLATFORM,,,,", row)


@pytest.mark.parametrize(
    "rows",
    [
        ("Vexiane,ORG,,,,", "Vexiane,ORG,,,Q1,"),
        ("Vexiane,ORG,Vexiane Capital,,,", "Vexiane-Capital,ORG,,,,"),
        ("Groupe Vexiane,ORG,,Vexiane,,", "Fonds Vexiane,ORG,,Vexiane,,"),
        ("Groupe Vexiane,ORG,,VEXIANE,,", "Vexiane,ORG,,,,"),
    ],
)
def test_a_name_that_two_rows_of_a_type_share_is_named_with_both_lines(tmp_path, rows):
    with pytest.raises(InputError, match=r"gazetteer\.csv, line 4: .* is a name of .* on line 3 already"):
        known(tmp_path, "Malt,PLATFORM,,,,", *rows)


def test_a_name_that_two_types_share_is_left_to_the_context_and_weak_forms_to_their_letters(tmp_path):
    made = known(tmp_path, "Suez,ORG,,Suez,,", "Suez,LOC,,Suez,,", "Union Solire,ORG,,UNIS,,", "Unis pour agir,ORG,,Unis,,")
    assert [form.entry.label for form in made.of("Suez")] == ["ORG", "LOC"]
    assert [form.entry.name for form in made.of("Unis")] == ["Union Solire", "Unis pour agir"]


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "gazetteer.csv"
    path.write_text("name,label\n", encoding="utf-8")
    with pytest.raises(InputError, match="column aliases, weak, wikidata, note is missing"):
        gazetteer.load(path)


def test_the_shipped_gazetteer_and_outlets_load():
    made = gazetteer.load(ROOT / "models/gazetteer.csv", [ROOT / "models/outlets.csv"])
    assert {form.entry.label for form in made.of("Le Monde")} == {"MEDIA"}
    assert {form.entry.name for form in made.of("Centre national de la recherche scientifique")} == {"CNRS"}


def test_no_shipped_name_leads_to_two_entities_of_a_type():
    made = gazetteer.load(ROOT / "models/gazetteer.csv", [ROOT / "models/outlets.csv"])
    entries = [{form.entry for form in forms} for forms in made.forms.values()]
    assert [found for found in entries if len({entry.label for entry in found}) < len(found)] == []
