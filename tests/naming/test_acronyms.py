from hypothesis import given
from hypothesis import strategies as st

from presstm.naming import acronyms


def found(text):
    return [(text[slice(*pair.long)], text[slice(*pair.short)]) for pair in acronyms.find(text)]


def test_the_short_form_in_brackets():
    text = "La Fédération des tâcherons numériques (FTN) et l’Union du clic (UC) se taisent."
    assert found(text) == [("Fédération des tâcherons numériques", "FTN"), ("Union du clic", "UC")]


def test_the_long_form_in_brackets():
    assert found("Le CPX (Collectif des petites mains de X) proteste.") == [("Collectif des petites mains de X", "CPX")]


def test_an_acronym_that_is_written_as_a_name_has_just_these_initials():
    text = "Le Centre d’analyse des mondes professionnels (Camp) se tait."
    assert found(text) == [("Centre d’analyse des mondes professionnels", "Camp")]
    assert found("La Ligue du clic de Lyon (Lille) se tait, comme la Maison du clic (Mairie).") == []


def test_a_preposition_with_a_capital_begins_no_long_form():
    assert found("À la réunion syndicale (ARS), on attend.") == []
    assert found("La France qui avance (LFQA) attend.") == [("La France qui avance", "LFQA")]


def test_a_body_may_be_spelt_out_without_a_capital_and_a_thing_may_not():
    assert found("La direction générale du clic (DGC) se tait.") == [("direction générale du clic", "DGC")]
    assert found("La direction de l’étude du clic et des métiers (Décim) se tait.") == []
    assert found("La direction de l’étude du clic (Dec) se tait.") == [("direction de l’étude du clic", "Dec")]
    assert found("La directrice des achats (DA) et l’intelligence artificielle (IA) attendent.") == []


def test_words_whose_initials_do_not_spell_it_are_no_pair():
    assert found("Trois chercheurs du laboratoire (CNRS) répondent, puis Anne Vial (Lyon).") == []


def test_a_sentence_end_is_not_crossed():
    assert found("Fin. Tout va (FTV) bien.") == []


@given(st.text(alphabet="AB ab().é’\n", max_size=80))
def test_any_text_gives_spans_of_itself(text):
    for pair in acronyms.find(text):
        for start, end in pair:
            assert 0 <= start < end <= len(text)
