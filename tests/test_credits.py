import pytest

from presstm import credits
from presstm.credits import Agency

KNOWN = (
    Agency("AFP", ("AFP", "Agence France-Presse")),
    Agency("ATS", ("ATS", "Keystone-ATS")),
    Agency("Agence Lanterne", ("Agence Lanterne", "AL")),
    Agency("Reuters", ("Reuters",)),
)
BODY = "Les coursiers de Villebrume ont cessé le travail samedi matin.\n\nIls demandent un contrat."


def credit(text=BODY, authors=(), outlet=None):
    return credits.credit(text, authors, outlet, KNOWN)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"PARIS (AFP) - {BODY}", "AFP"),
        (f"Villebrume, 24 mai (Reuters) - {BODY}", "Reuters"),
        (f"{BODY}\n\n(ats)", "ATS"),
        (f"{BODY}\n\nAFP et Reuters", "AFP"),
        (f"{BODY}\n\nJeanne Morvan avec AFP", "AFP"),
        (f"{BODY} (avec Agence Lanterne)", "Agence Lanterne"),
        (f"{BODY}\n\n© 2019 AFP", "AFP"),
    ],
)
def test_a_dateline_signature_or_credit_line_names_the_agency(text, agency):
    assert credit(text) == agency


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"Selon l'AFP, {BODY}",
        f"{BODY}\n\nLa directrice l'a confirmé à l'AFP.",
        f"{BODY}\n\nPhoto AFP",
        f"{BODY}\n\n© AFP",
        f"{BODY}\n\nL'AFP a-t-elle tout dit ?",
    ],
)
def test_an_agency_that_is_cited_or_took_the_picture_is_no_credit(text):
    assert credit(text) is None


def test_an_author_or_the_outlet_may_be_the_agency():
    assert credit(authors=["Le Courrier avec Reuters"]) == "Reuters"
    assert credit(outlet="Agence France-Presse") == "AFP"
    assert credit(authors=["Jeanne Morvan"], outlet="La Vigie") is None


def test_agencies_come_from_the_outlet_lists(tmp_path):
    path = tmp_path / "outlets.csv"
    path.write_text("host,name,aliases,kind,country\nafp.com,AFP,Agence France-Presse,agency,FR\nx.example,X,,other,FR\n")
    assert credits.agencies([path]) == (Agency("AFP", ("AFP", "Agence France-Presse")),)
