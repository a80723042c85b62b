import random
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from presstm import reuse, schemas, tables
from presstm.credits import Agency
from presstm.settings import ReuseSettings

AGENCIES = (Agency("Agence Lanterne", ("Agence Lanterne",)),)

# Invented. Two papers cut one dispatch to different lengths; a third one turns a few words.
DISPATCH = (
    "La commission sociale de Villebrume a rendu mercredi un avis sur le travail à la tâche en ligne. Elle propose que chaque "
    "plateforme affiche avant toute mission le temps prévu et le montant versé, et que les refus soient motivés par écrit dans "
    "un délai de trois jours. Les deux tiers des membres ont voté le texte, que la mairie examinera en septembre. Aucun budget "
    "n’est prévu pour le contrôle, regrette l’association Tâcherons unis, qui réclamait un guichet ouvert le soir."
)
REWRITE = (
    "La commission sociale de Villebrume a publié jeudi un avis sur le travail à la tâche en ligne. Elle souhaite que toute "
    "plateforme affiche avant chaque mission le temps prévu et le montant versé, et que les refus soient expliqués par écrit dans "
    "un délai de trois jours. Une majorité des membres ont voté le texte, que la mairie examinera à la rentrée. Aucun budget "
    "n’est réservé pour le contrôle, déplore l’association Tâcherons unis, qui demandait un guichet ouvert le soir."
)
SUBJECT = [  # unrelated articles on one subject, which share its fixed expressions
    "À Orsanne, les coursiers à vélo des plateformes de livraison de repas ont manifesté devant la préfecture pour demander un contrat de travail et une protection sociale. La préfète doit les recevoir lundi.",
    "Le tribunal de Port-Chavel dira en mai si les coursiers à vélo des plateformes de livraison de repas sont des salariés. L’avocat de la société plaide l’indépendance et la liberté des horaires.",
    "Combien gagne un coursier ? À Valmorne, trois d’entre eux ont ouvert leurs comptes : le loyer du vélo, les réparations et l’attente ne sont payés par personne, disent-ils, reçus à l’appui.",
    "Trois coopératives de livraison à vélo ouvrent cet automne. Elles promettent un contrat de travail et une protection sociale à leurs membres, contre une part de dix euros par commande livrée.",
]


def articles(texts, outlets=None, days=None):
    rows = [
        {
            "article_id": f"{number:04d}",
            "source": f"{number}.txt",
            "outlet": outlets[number] if outlets else f"Journal {number}",
            "outlet_kind": None,
            "title": "",
            "standfirst": None,
            "authors": [],
            "published": days[number] if days else None,
            "modified": None,
            "url": None,
            "language": "fr",
            "section": None,
            "access": "unknown",
            "access_signal": None,
            "text": text,
            "n_words": len(text.split()),
            "method": "text",
            "warnings": [],
            "sha256": "",
        }
        for number, text in enumerate(texts)
    ]
    schema = schemas.TABLES["articles"].schema
    filled = [
        {**{name: [] if str(schema.field(name).type).startswith("list") else None for name in schema.names}, **row}
        for row in rows
    ]
    return tables.from_rows("articles", filled)


def find(texts, **about):
    found, passages = reuse.find(articles(texts, **about), AGENCIES, ReuseSettings())
    return (
        dict(zip(found["article_id"].to_pylist(), found["cluster_id"].to_pylist(), strict=True)),
        passages.to_pylist(),
        found,
    )


def test_two_extracts_that_share_one_run_of_26_words_are_one_text():
    shared = " ".join(DISPATCH.split()[18:44])
    one = f"À Villebrume, rien ne change avant l’automne pour les tâcherons, dit la mairie, qui attend. {shared} selon un avis rendu hier soir."
    two = f"{shared}, lit-on dans un document que la rédaction a pu consulter ; reste à savoir qui paiera, et quand viendra le vote."
    clusters, passages, _ = find([one, two, *SUBJECT])
    assert clusters["0000"] == clusters["0001"]
    (passage,) = passages
    assert passage["containment"] < 0.6
    assert len(one[passage["a_start"] : passage["a_end"]].split()) >= 26


def test_a_lightly_rewritten_reprint_is_found_and_its_source_stands_for_it():
    clusters, _, found = find([REWRITE, DISPATCH, *SUBJECT], days=[date(2019, 5, 23), date(2019, 5, 22), *[None] * 4])
    assert clusters["0000"] == clusters["0001"] == "0001"
    assert found["representative"].to_pylist() == [False, True, True, True, True, True]


def test_a_note_of_the_press_database_joins_texts_that_share_less():
    shared = " ".join(DISPATCH.split()[:18])
    one = f"{shared} {' '.join(f'motif{n}' for n in range(75))}."
    two = f"{shared} {' '.join(f'suite{n}' for n in range(75))}."
    assert len(set(find([one, two], outlets=["La Vigie", "L’Écho"])[0].values())) == 2
    table = articles([one, two], outlets=["La Vigie", "L’Écho"])
    place = table.schema.get_field_index("syndicated")
    noted = table.set_column(place, table.schema.field("syndicated"), pa.array([["L'Écho (2019-05-24)"], None]))
    found, _ = reuse.find(noted, AGENCIES, ReuseSettings())
    assert len(set(found["cluster_id"].to_pylist())) == 1


def test_unrelated_articles_on_one_subject_are_not_joined():
    clusters, passages, _ = find(SUBJECT)
    assert len(set(clusters.values())) == len(SUBJECT)
    assert passages == []


def test_two_articles_that_quote_one_statement_are_not_joined():
    quoted = "« Nous ne savons ni pour qui nous travaillons ni ce que deviennent les images que nous trions, et personne ne nous l’a jamais dit depuis trois ans », déclare Odile Ferrandon."
    one = f"{SUBJECT[0]} {quoted} Elle habite Orsanne."
    two = f"{SUBJECT[2]} {quoted} Elle a cessé au printemps."
    clusters, _, _ = find([one, two])
    assert clusters["0000"] != clusters["0001"]


def test_a_formula_of_a_site_ties_nothing():
    formula = "Cet article vous est offert par la rédaction : recevez chaque matin notre lettre, gratuite et sans publicité, en vous inscrivant ici avec votre adresse."
    texts = [f"{text} {formula}" for text in [*SUBJECT, DISPATCH]]
    clusters, _, _ = find(texts, outlets=["La Vigie"] * 5)
    assert len(set(clusters.values())) == 5


def test_a_press_review_does_not_tie_what_it_cites_together():
    review = f"Ce que dit la presse. {DISPATCH} Et ailleurs : {SUBJECT[2]}"
    days = [date(2019, 5, 20), date(2019, 5, 21), date(2019, 5, 25)]
    clusters, passages, _ = find([DISPATCH, SUBJECT[2], review], days=days)
    assert len(set(clusters.values())) == 3
    assert {(passage["a"], passage["b"]) for passage in passages} == {("0000", "0002"), ("0001", "0002")}


def test_passages_lie_inside_their_texts_and_say_the_same_words():
    texts = [DISPATCH, REWRITE, f"Avant. {DISPATCH}"]
    _, passages, _ = find(texts)
    assert passages
    for passage in passages:
        a = texts[int(passage["a"])][passage["a_start"] : passage["a_end"]]
        b = texts[int(passage["b"])][passage["b_start"] : passage["b_end"]]
        assert a.split()[0] == b.split()[0]
        assert a.split()[-1] == b.split()[-1]


def test_the_agency_is_credited():
    _, _, found = find([f"{DISPATCH}\n\n(Agence Lanterne)", SUBJECT[0]])
    assert found["wire"].to_pylist() == ["Agence Lanterne", None]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_articles_does_not_matter(seed):
    table = articles([DISPATCH, REWRITE, *SUBJECT, f"{DISPATCH} Et voilà."])
    order = list(range(len(table)))
    random.Random(seed).shuffle(order)
    one, two = (reuse.find(each, AGENCIES, ReuseSettings()) for each in (table, table.take(np.array(order))))
    assert all(a.equals(b) for a, b in zip(one, two, strict=True))


def test_no_article_gives_empty_tables():
    found, passages = reuse.find(tables.empty("articles"), AGENCIES, ReuseSettings())
    assert len(found) == len(passages) == 0


def test_the_columns_that_are_read_give_what_the_whole_table_gives():
    table = articles([DISPATCH, REWRITE, *SUBJECT])
    whole = reuse.find(table, AGENCIES, ReuseSettings())
    chosen = reuse.find(table.select(reuse.COLUMNS), AGENCIES, ReuseSettings())
    assert len(whole[1]) > 0
    assert all(one.equals(other) for one, other in zip(chosen, whole, strict=True))
