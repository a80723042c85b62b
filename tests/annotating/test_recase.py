from hypothesis import given
from hypothesis import strategies as st

from presstm.annotating import recase

_RANKS = {"les": 9, "cnil": 900, "CNIL": 90, "travailleurs": 80, "contre": 50, "paris": 500, "Paris": 100, "de": 2, "à": 5}


def rank(form: str) -> float:
    return _RANKS.get(form, float("inf"))


def test_recase_headline_by_frequency():
    assert recase.recase("LES TRAVAILLEURS CONTRE LA CNIL À PARIS", {}, rank) == "Les travailleurs contre la CNIL à Paris"


def test_recase_prefers_the_article_s_own_forms():
    known = recase.forms(["Le patron de Cartelle et la société Cartelle."])
    assert recase.recase("LES TRAVAILLEURS DE CARTELLE", known, rank) == "Les travailleurs de Cartelle"


def test_recase_leaves_mixed_case_and_acronyms_alone():
    for text in ("Les travailleurs de la CNIL", "IA", "La CGT, la CFDT et FO", "Une étude du CNRS"):
        assert recase.recase(text, {}, rank) == text


def test_recase_run_of_capitals_in_a_mixed_line():
    text = "LES TRAVAILLEURS CONTRE PARIS : enquête sur un conflit"
    assert recase.recase(text, {}, rank) == "Les travailleurs contre Paris : enquête sur un conflit"


def test_recase_elision():
    assert recase.recase("L'ARRÊT D'AMELIN À PARIS", {"amelin": "Amelin"}, rank) == "L'arrêt d'Amelin à Paris"


def test_plain_typography():
    assert recase.plain("l’IA\u00a0: “oui”") == "l'IA : «oui»"


@given(st.text(max_size=200))
def test_recase_keeps_the_length(text):
    shown = recase.plain(text)
    assert len(shown) == len(text)
    assert len(recase.recase(shown, recase.forms([shown]), rank)) == len(text)


@given(st.text(max_size=80).map(str.upper))
def test_recase_only_changes_case(text):
    shown = recase.plain(text)
    assert recase.recase(shown, {}, rank).upper() == shown.upper()
