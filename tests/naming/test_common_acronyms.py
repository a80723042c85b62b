import pytest

from presstm.naming import common_acronyms
from tests.test_entities import KNOWN, found


@pytest.mark.parametrize(
    "text",
    [
        "Les chauffeurs de VTC réclament un CDI.",
        "La TVA et la CSG pèsent sur les ménages.",
        "Ce PSE touche 300 ETP, sur fond de RTT.",
        "Les Réunions sectorielles annuelles (RSA) ont lieu en mars. Les RSA durent une semaine.",
        "Le Revenu universel de base (RUB) divise. Le RUB coûterait cher.",
        "Chaque TQR rapporte deux centimes. Le TQR se choisit dans une liste.",
    ],
)
def test_acronyms_of_statuses_and_things_are_no_organisations(text):
    assert {label for _, label in found(text)} <= {"MISC"}


def test_an_acronym_in_the_singular_is_an_organisation():
    assert found("La FDAC appelle à la grève, selon l’UTLP.") == {("FDAC", "ORG"), ("UTLP", "ORG")}


def test_a_known_organisation_stays_one_in_the_plural():
    assert common_acronyms.used_as_nouns(["Les CGT locales, les NAO, un TQR et des TQRs."], KNOWN) == {"NAO", "TQR"}
