"""What a number in a sentence measures or counts, and which numbers are no quantities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import phrases, quantities
from presstm.facts import Facts
from tests import tokens

COUNTED = {
    "workers": tuple(map(phrases.parse, ("micro travailleu*", "livreu*", "personne*", "actifs", "francais"))),
    "platforms": (phrases.parse("plateforme*"),),
}
FACTS = Facts(COUNTED, {})


def read(text, verbs="", others=""):
    part = tokens.part(text, verbs, others)
    return [
        (
            text[found.start : found.end],
            found.value if found.high is None else (found.value, found.high),
            found.unit,
            found.hedge,
        )
        for found in quantities.read(part, part.sentences[0], FACTS)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("près de 12 000 livreurs", [("12 000", 12000, "workers", "près de")]),
        ("quelque 300 très jeunes micro-travailleurs", [("300", 300, "workers", "quelque")]),
        ("une trentaine de plateformes", [("une trentaine", 30, "platforms", None)]),
        ("plusieurs centaines de livreurs", [("plusieurs centaines", None, "workers", "plusieurs")]),
        ("dix balles les vingt minutes", [("dix balles", 10, "EUR", None), ("vingt minutes", 20, "minutes", None)]),
        ("payé 2,50 € pièce", [("2,50 €", 2.5, "EUR", None)]),
        ("moins d’un euro", [("un euro", 1, "EUR", "moins d’")]),
        ("pour 8 € 40", [("8 € 40", 8.4, "EUR", None)]),
        ("contre quelques centimes", [("quelques centimes", None, "cents", "quelques")]),
        ("à peine 40 centimes d’euro", [("40 centimes d’euro", 40, "cents", "à peine")]),
        ("3,5 millions de dollars", [("3,5 millions de dollars", 3.5e6, "USD", None)]),
        ("36 % des livreurs", [("36 %", 36, "%", None)]),
        ("36 pour cent des livreurs", [("36 pour cent", 36, "%", None)]),
        ("un livreur sur quatre", [("un livreur sur quatre", 0.25, "share", None)]),
        ("la moitié des livreurs", [("la moitié", 0.5, "share", None)]),
        ("entre 20 et 60 heures", [("20 et 60 heures", (20, 60), "hours", "entre")]),
        ("de 10 à 15 euros", [("10 à 15 euros", (10, 15), "EUR", None)]),
        ("entre 40 centimes et 2,50 euros", [("40 centimes et 2,50 euros", (0.4, 2.5), "EUR", "entre")]),
        ("de 30 minutes à 2 heures", [("30 minutes à 2 heures", (0.5, 2), "hours", None)]),
        ("40 centimes et 2 euros", [("40 centimes", 40, "cents", None), ("2 euros", 2, "EUR", None)]),
        ("plus de quatre heures et demie par semaine", [("quatre heures et demie", 4.5, "hours", "plus de")]),
        ("payé deux centimes de dollar", [("deux centimes de dollar", 2, "USD cents", None)]),
        ("entre 50 centimes de dollar et 2 dollars", [("50 centimes de dollar et 2 dollars", (0.5, 2), "USD", "entre")]),
        ("cela n’a jamais rapporté un centime", []),
        ("sans toucher un euro", []),
        ("cela ne rapporte pas plus d’un euro", [("un euro", 1, "EUR", "pas plus d’")]),
        ("cela ne rapporte pas un euro de l’heure", [("un euro", 1, "EUR", None)]),
        ("à 3 euros et demi la tâche", [("3 euros et demi", 3.5, "EUR", None)]),
        ("depuis plus de sept mois", [("sept mois", 7, "months", "plus de")]),
        ("six jours sur sept", [("six jours sur sept", 6, "days", None)]),
        ("ouvert 7j/7", [("7j/7", 7, "days", None)]),
        ("roule 80 kilomètres par jour", [("80 kilomètres", 80, "km", None)]),
        ("900 livreurs contre 800 en mai", [("900", 900, "workers", None), ("800", 800, "workers", None)]),
        ("40 euros, parfois 30", [("40 euros", 40, "EUR", None), ("30", 30, "EUR", "parfois")]),
        ("9 000 sociétés contre 800 en mai", []),
        ("3-4 plateformes", [("3-4", (3, 4), "platforms", None)]),
        ("4 ou 5 plateformes", [("4 ou 5", (4, 5), "platforms", None)]),
        ("entre 40 et 60 millions de personnes", [("40 et 60 millions", (40e6, 60e6), "workers", "entre")]),
        ("30 livreurs et 40 plateformes", [("30", 30, "workers", None), ("40", 40, "platforms", None)]),
        ("900 livreurs, dont 120 françaises", [("900", 900, "workers", None), ("120", 120, "workers", None)]),
        ("quatorze des 23 plateformes", [("quatorze", 14, "platforms", None), ("23", 23, "platforms", None)]),
        ("la prime est passée de 8 à 12 %", [("8", 8, "%", None), ("12 %", 12, "%", None)]),
        ("le tarif est passé de 40 à 30 euros", [("40", 40, "EUR", None), ("30 euros", 30, "EUR", None)]),
        ("le tarif tombe de 40 à moins de 30 euros", [("40", 40, "EUR", None), ("30 euros", 30, "EUR", "moins de")]),
        ("le salaire augmente de 40 à 50 euros", [("40", 40, "EUR", None), ("50 euros", 50, "EUR", None)]),
        ("les tarifs ont augmenté de 8 à 12 %", [("8 à 12 %", (8, 12), "%", None)]),
        ("ils passent de 2 à 3 heures par jour au volant", [("2 à 3 heures", (2, 3), "hours", None)]),
        ("ils passent de 2 à 3 heures par jour", [("2", 2, "hours", None), ("3 heures", 3, "hours", None)]),
        (
            "Parmi les douze plateformes, trois ont signé",
            [("douze", 12, "platforms", None), ("trois", 3, "platforms", None)],
        ),
        ("un montant de 10 à 20 euros", [("10 à 20 euros", (10, 20), "EUR", None)]),
        (
            "300, 400 ou 500 livreurs",
            [("300", 300, "workers", None), ("400", 400, "workers", None), ("500", 500, "workers", None)],
        ),
        ("à 5, 10 et 20 euros", [("5", 5, "EUR", None), ("10", 10, "EUR", None), ("20 euros", 20, "EUR", None)]),
        ("payé 9 euros, 4 ou 5 plateformes", [("9 euros", 9, "EUR", None), ("4 ou 5", (4, 5), "platforms", None)]),
        ("10, 20 ou 30 vaches", []),
        ("900 livreurs, dont deux mineurs", [("900", 900, "workers", None), ("deux", 2, "workers", None)]),
        ("900 livreurs, dont la moitié à vélo", [("900", 900, "workers", None), ("la moitié", 0.5, "share", None)]),
        ("900 livreurs, dont 30 % à vélo", [("900", 900, "workers", None), ("30 %", 30, "%", None)]),
        ("90 euros, dont 20 pour le livreur", [("90 euros", 90, "EUR", None), ("20", 20, "EUR", None)]),
        (
            "30 livreurs payés 90 euros, dont 20 à vélo",
            [("30", 30, "workers", None), ("90 euros", 90, "EUR", None), ("20", 20, "workers", None)],
        ),
        ("Sur douze plateformes, trois ont signé", [("douze", 12, "platforms", None), ("trois", 3, "platforms", None)]),
        ("Sur un gain de 50 euros, il en garde 30", [("50 euros", 50, "EUR", None), ("30", 30, "EUR", None)]),
        ("on compte sur douze plateformes, trois ont signé", [("douze", 12, "platforms", None), ("trois", 3, "", None)]),
        ("des frais de port de 10 à 20 euros", [("10 à 20 euros", (10, 20), "EUR", None)]),
        ("deux fois plus vite", [("deux fois plus", 2, "times", None)]),
        ("pas moins de 300 livreurs", [("300", 300, "workers", "pas moins de")]),
        ("toucheraient 300 euros", [("300 euros", 300, "EUR", "toucheraient")]),
        ("estimés à 300 livreurs", [("300", 300, "workers", "estimés à")]),
        ("300 livreurs tout au plus", [("300", 300, "workers", None)]),
        ("300 euros au bas mot", [("300 euros", 300, "EUR", "au bas mot")]),
        ("à 300 le nombre de livreurs", [("300", 300, "workers", None)]),
        ("à 300 le nombre de logements", []),
    ],
)
def test_reads_value_unit_and_hedge(text, expected):
    assert read(text, others="très jeunes françaises vite", verbs="ont garde") == expected


@pytest.mark.parametrize(
    "text",
    [
        "le 24 mai", "le 1er juin", "mai 2019", "en 2019", "une femme de 42 ans", "à 20 heures", "à 21 h 30", "au 3e rang", "12e étage",
        "l’article 7", "la loi n° 2016-1088", "page 12", "06 12 34 56 78", "le projet 14", "une note de 4,1", "le G20", "sur 5euros",
        "le covid-19", "80 000 palettes", "12 km", "40 voix", "12/05/2019", "à dix centimes près", "au 14, rue des Lilas", "une personne", "une société de moins de 50 personnes",
        "il y a six mois", "dans trois semaines", "trois mois plus tard", "les deux derniers mois", "en moins de huit jours",
    ],
)  # fmt: skip
def test_what_is_no_quantity_of_the_study_is_left_out(text):
    assert [found for found in read(text) if found[2]] == []


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("21 euros par mois", "month"),
        ("12 € de l’heure", "hour"),
        ("3 €, parfois 4 € de l’heure", "hour"),
        ("300 euros et 4 euros de l’heure", None),
        ("3 heures chaque semaine", "week"),
        ("le gain mensuel moyen, 21 euros", None),
        ("le gain mensuel moyen avoisine 21 euros", "month"),
        ("13 €/h", "hour"),
        ("dix minutes par heure", "hour"),
        ("8 euros par test, deux par mois", "task"),
        ("8 euros net la course", "task"),
        ("8 centimes l’unité", "task"),
        ("80 euros la journée", "day"),
        ("80 euros la semaine dernière", None),
        ("80 euros le mois de mai", None),
        ("80 euros la course de 3 kilomètres", "task"),
        ("80 euros en course", None),
        ("10 centimes", None),
    ],
)
def test_reads_the_period(text, per):
    part = tokens.part(text)
    assert quantities.read(part, part.sentences[0], FACTS)[0].per == per


@given(st.text("0123456789 .,-–%€àéduneslivrqotmhc\u00a0\u202f", max_size=80), st.integers(0, 20))
def test_offsets_stay_in_the_sentence(text, shift):
    part = tokens.part(" " * shift + text)
    sentence = part.sentences[0]._replace(start=shift)
    for found in quantities.read(part, sentence, FACTS):
        assert shift <= found.start < found.end <= len(part.text)
        assert found.high is None or found.value < found.high


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("on est 400", True),
        ("ils sont près de 400", True),
        ("on compte 400", False),
        ("près de 400 d’entre elles dorment", True),
    ],
)
def test_a_number_with_a_pronoun_for_people_counts_people(text, people):
    part = tokens.part(text, verbs="compte")
    assert quantities.read(part, part.sentences[0], FACTS)[0].people == people
