import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm.annotating import sentences


def split(text: str) -> list[str]:
    """The sure sentences of a line."""
    starts = [0, *sorted(sentences.starts(text).sure), len(text)]
    return [text[start:end].strip() for start, end in itertools.pairwise(starts)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Les annotateurs gagnent peu.", "Ils travaillent la nuit."],
        ["M. Ruellan a rencontré Mme Ferrandon et le Dr. Quesnel."],
        ["L'art. 5 du code, cf. Annexe 2, le dit."],
        ["Elle aime l'art.", "Le cinéma aussi."],
        ["Le prêt de 1.000 euros vaut 1. 000 clics."],
        ["Il est né en 2019.", "300 personnes sont venues."],
        ["La plateforme, p. ex. Cartelle, paie peu."],
        ["Les photos, les sons, etc.", "Les machines en ont besoin."],
        ["« Nous sommes fatigués. »", "La préfète n'a pas répondu."],
        ["« Nous sommes fatigués. » dit-elle."],
        ["« Tout est flou.", "Rien n'est écrit », note Odile Ferrandon."],
        ["Qui entraîne les machines ?", "Des humains !", "Et alors ?"],
        ["J. Ruellan et J.-M. Quesnel ont signé."],
        ["Elle a dit… qu'elle partait."],
        ["Le rapport (paru en mars.)", "La suite en mai."],
        ["Première phrase.", "(…) Deuxième phrase."],
        ["1. Le travail du clic"],
        ['Il répond : "Je reste."', "Puis il se tait."],
        ["Un silence.", '"Je reste", dit-il.'],
        ["Le prix baisse.", "– Vraiment ?", "– Oui."],
        ["Le site. fr est fermé."],
        ["Une étude.[3]", "Une autre."],
        ["Il a quitté Yahoo! France en mai."],
        ["Elle travaille pour n° 5, au 12 bd. Voltaire."],
        ["Le micro-travail, c'est-à-dire peu."],
        ["Le contrat est signé.", "iPhone et eBay suivent."],
    ],
)
def test_sentences_splits_where_a_reader_does(expected):
    assert split(" ".join(expected)) == expected


def test_sentences_leaves_a_lost_space_to_the_parser():
    found = sentences.starts("La fin du travail.Les robots arrivent.")
    assert found.sure == set()
    assert found.unsure == {18}


def test_sentences_no_break_space_before_marks():
    assert split("Qui\u00a0? «\u00a0Moi\u00a0!\u00a0» Elle rit.") == ["Qui\u00a0?", "«\u00a0Moi\u00a0!\u00a0»", "Elle rit."]


@given(st.text(st.sampled_from("aA.!?…«» \"'()[]1,-–\u00a0é"), max_size=80))
def test_sentences_never_start_on_space_or_closing_mark_or_between_digits(text):
    found = sentences.starts(text)
    assert not found.sure & found.unsure
    for start in found.sure | found.unsure:
        assert 0 < start < len(text)
        assert not text[start].isspace()
        assert text[start] not in "»)]"
        assert not text[:start].rstrip().endswith("«")
        assert not re.search(r"\d\.$", text[:start]) or not text[start].isdigit()


@pytest.mark.parametrize("unit", ["«", "... ", "a. ", '"', "(", "Le. ", "- ", "«\u00a0"])
def test_sentences_are_found_in_linear_time(unit):
    # A quadratic pass would take minutes on this.
    sentences.starts(unit * (200_000 // len(unit)))
