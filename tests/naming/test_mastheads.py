"""The outlet in the head and at the foot of a text."""

import pytest

from presstm.naming import mastheads

FIRST_NAMES = frozenset({"jeanne", "paul", "rose"})
COMMON = frozenset({"numerique", "enfin", "social"})


def found(text):
    return [text[start:end] for start, end in mastheads.find(text, FIRST_NAMES, COMMON)]


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("Le Fil de Tercy – 4 mars 2020, 18h03", "Le Fil de Tercy"),
        ("Par Jeanne Vial, le 8 mars 2024 à 11h42 | tercyweb.net", "tercyweb.net"),
        ("Valmorne & Cie / Par Jeanne Vial / 14.09.2021", "Valmorne & Cie"),
        ("Horizons Nord-Est | par Paul Brun, Rose Vial et AMN | mis à jour à 19h31", "Horizons Nord-Est"),
        ("La Lettre des services, n° 412, janvier 2022", "La Lettre des services"),
        ("L'Éveil du Val – Jeanne Vial – mars 2021", "L'Éveil du Val"),
        ("Le Journal des Trois-Lacs\nPublié vendredi 17 septembre 2021", "Le Journal des Trois-Lacs"),
        ("Les Autres Rives, le magazine\n8 mars 2020, par Jeanne Vial", "Les Autres Rives"),
        (
            "Propos recueillis par Jeanne Vial pour Les Nouvelles de l'Ouest économique",
            "Les Nouvelles de l'Ouest économique",
        ),
        ("Tercy, 12 fév 2020 (Agence Ardenne) - Le texte commence ici.", "Agence Ardenne"),
    ],
)
def test_an_outlet_stands_beside_or_over_a_date_or_a_byline(head, outlet):
    assert found(f"Un titre qui ne dit rien\n\n{head}\n\nLe texte commence et finit ici.") == [outlet]


@pytest.mark.parametrize(
    "head",
    [
        "Jeanne Vial, 3 mars 2020",
        "Numérique | 3 mars 2020",
        "Par Jeanne Vial",
        "Publié le 3 mars 2020 à 11h42 - Mis à jour le 4 mars 2020 à 9h",
        "Enfin, une voix. Comme la nôtre, il y a un an.",
        "La direction de Pixouvre, elle, relativise",
        "Grève mondiale : les livreurs, les cliqueurs\n3 mars 2020",
        "Les livreurs ont gagné\n3 mars 2020",
        "ENQUÊTE SUR LE CLIC\n3 mars 2020",
    ],
)
def test_a_person_a_section_or_a_headline_is_none(head):
    assert found(f"{head}\n\nLe texte commence et finit ici.") == []


@pytest.mark.parametrize(
    ("foot", "outlets"),
    [
        ("Jeanne Vial pour Le Temps des Lacs", ["Le Temps des Lacs"]),
        ("(avec Le Petit Valmornais)", ["Le Petit Valmornais"]),
        ("Avec Rive Gauche, La Voix de Tercy", ["Rive Gauche", "La Voix de Tercy"]),
        ("Jeanne Vial et Paul Brun", []),
        ("Avec Paul Brun", []),
    ],
)
def test_a_signature_credits_outlets(foot, outlets):
    body = "\n\n".join(["Le texte continue ici, et il ne nomme personne."] * 9)
    assert found(f"{body}\n\n{foot}") == outlets
