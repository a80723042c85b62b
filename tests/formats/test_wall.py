"""Notes for subscribers at the end of a text."""

import pytest

from presstm import readers
from presstm.formats import Item, Reject, wall
from presstm.settings import ExtractSettings

TEXT = "Le convoi de nuit quitte Brumeval à l’heure. La mairie, elle, attend une réponse…"

NOTES = [
    "Il vous reste 72 % de cet article à lire. La suite est réservée aux abonnés.",
    "Il vous reste 61.5% de l'article à découvrir",
    "La suite de cet article est réservée à nos abonné·e·s",
    "Cet article est réservé aux abonnés.\n\nDéjà abonné ? Se connecter",
    "[ Article réservé à nos abonnés ]",
    "🔒 Réservé aux abonnés",
    "Pour lire la suite de cet article, abonnez-vous dès 1 euro.",
    "Abonnez-vous pour lire la suite.",
    "Cet article est payant.",
    "La suite de cet article est réservée à nos abonnés.\n\nDéjà abonné ? Se connecter\n\nS’abonner pour 1 €",
    "Vous avez lu 30 % de cet article. Abonnez-vous.",
    "Lire la suite en vous abonnant :\n- Offre web 4,90 €/mois\n- Offre web + papier 14,90 €/mois",
    "Cet article vous intéresse ? Achetez-le pour 1,50 € ou choisissez un abonnement.",
]


@pytest.mark.parametrize("gap", [" ", "\n\n"])
@pytest.mark.parametrize("note", NOTES)
def test_a_note_for_subscribers_ends_a_text_that_is_cut(note, gap):
    found = wall.without_note(Item(f"{TEXT}{gap}{note}"))
    assert (found.text, found.access) == (TEXT, "partial")
    assert found.access_signal


def test_a_note_may_follow_a_sentence_cut_in_the_middle():
    found = wall.without_note(Item("Le convoi de nuit quitte Brumeval à l’heu Il vous reste 40 % de cet article à lire."))
    assert (found.text, found.access) == ("Le convoi de nuit quitte Brumeval à l’heu", "partial")


@pytest.mark.parametrize(
    "end",
    [
        "La suite est réservée aux abonnés, regrette la libraire.",
        "Le premier rang est réservé aux abonnés du théâtre, le balcon est libre.",
        "Il vous reste dix jours pour visiter l’exposition.",
        "Il reste 40 % des places à vendre.",
        "Abonnez-vous pour lire la suite. Ce message barre désormais la une du Courrier de nulle part.",
        "Se connecter",
        "Samedi, à 20 heures, salle des fêtes. Réservé aux adhérents du club.",
        "Navette gratuite. Réservé aux abonnés du théâtre.",
        "« Cet article est réservé », dit le vendeur.",
        "Vous pourrez continuer à lire vos magazines en vous abonnant à la médiathèque.",
        "« Pour lire la suite, abonnez-vous », dit l’affiche.",
        "Inscrivez-vous en mairie pour consulter le dossier complet.",
        "« Il vous reste 70 % de cet article à lire : cette phrase m’a fait rire », dit la libraire.",
        "« J’ai tout lu. Abonnez-vous pour lire la suite ! »",
        "Cet article vous est offert par la rédaction. Abonnez-vous pour lire la suite.",
    ],
)
def test_a_sentence_of_the_article_stays(end):
    item = Item(f"{TEXT} {end}")
    assert wall.without_note(item) is item


def test_a_note_without_text_is_no_article():
    assert wall.without_note(Item("Cet article est réservé aux abonnés.")) == Reject(
        "no_text", "nothing but a note for subscribers: Cet article est réservé aux abonnés"
    )


def test_what_a_page_says_of_its_access_stays():
    item = Item(f"{TEXT} {NOTES[0]}", method="html:best", access="full")
    assert wall.without_note(item) is item


@pytest.mark.parametrize(
    "data",
    [
        f"La nuit remue\n\nLe Quotidien, 24 mai 2019\n\n{TEXT} {NOTES[0]}\n",
        f"titre;texte\nLa nuit remue;{TEXT} {NOTES[0]}\n",
        f"**** *journal_quotidien *date_2019-05-24\n{TEXT} {NOTES[0]}\n",
    ],
    ids=["text", "table", "iramuteq"],
)
def test_texts_of_all_formats_lose_it(data):
    (found,) = readers.read(data.encode(), ExtractSettings()).results
    assert (found.access, "abonnés" in found.text) == ("partial", False)
