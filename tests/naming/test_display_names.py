import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm.naming import display_names
from presstm.naming.gazetteer import Entry, Gazetteer


def known(*entries):
    made = Gazetteer()
    for name, label, *others in entries:
        for text in (name, *others):
            made.add(text, Entry(name, label))
    return made


KNOWN = known(
    ("FDT", "ORG", "Fédération des tâcherons"),
    ("Parti des rives", "ORG", "PDR"),
    ("Ministère des Ponts", "ORG"),
    ("L'Écho d'Orsanne", "MEDIA"),
    ("La Rive libre", "ORG", "LRL", "Rive libre"),
    ("IDC", "ORG", "Institut du clic", "institut du clic"),
)


def shown(name, label, *texts):
    """The name of mentions with these texts, one article each."""
    mentions = [(str(number), text, label, name) for number, text in enumerate(texts)]
    return display_names.choose(mentions, KNOWN)[label, name]


@pytest.mark.parametrize(
    ("name", "label", "texts", "expected"),
    [
        ("FDT", "ORG", ["FDT", "FDT", "Fédération des tâcherons"], "FDT"),
        ("FDT", "ORG", ["FDT", "Fédération des tâcherons"], "Fédération des tâcherons"),
        ("IDC", "ORG", ["IDC", "Institut du clic"], "Institut du clic"),
        ("Parti des rives", "ORG", ["PDR"], "PDR"),
        ("Parti des rives", "ORG", ["Parti des rives", "PDR"], "Parti des rives"),
        ("La Rive libre", "ORG", ["Rive libre"], "La Rive libre"),
        ("Ministère des Ponts", "ORG", ["ministère des Ponts"], "ministère des Ponts"),
        ("Ministère des Ponts", "ORG", ["ministère des Ponts", *["Ministère des Ponts"] * 3], "Ministère des Ponts"),
        ("L'Écho d'Orsanne", "MEDIA", ["L’Écho d’Orsanne"], "L’Écho d’Orsanne"),
        ("L'Écho d'Orsanne", "MEDIA", ["L'Écho d'Orsanne"], "L'Écho d'Orsanne"),
        ("L'Écho d'Orsanne", "MEDIA", ["Écho"], "L’Écho d’Orsanne"),
        ("JEAN-PAUL DE MORVAN", "PER", ["JEAN-PAUL DE MORVAN"], "Jean-Paul de Morvan"),
        ("LOGIREP SERVICES", "ORG", ["LOGIREP SERVICES"], "LOGIREP SERVICES"),
    ],
)
def test_a_name_is_shown_as_the_corpus_writes_it(name, label, texts, expected):
    assert shown(name, label, *texts) == expected


@given(st.permutations(["FDT", "Fédération des tâcherons", "fdt", "F.D.T.", "FDT"]))
def test_the_order_of_mentions_does_not_matter(texts):
    assert shown("FDT", "ORG", *texts) == "FDT"
