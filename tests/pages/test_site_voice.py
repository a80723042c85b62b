"""What a site says to its reader for itself, at the end of an article or instead of one."""

import pytest

from presstm.formats import Item, Reject, html_page

FIRST = (
    "La passerelle de Brumeval rouvrira lundi aux piétons, après onze mois de travaux et deux crues qui ont emporté une pile. "
    "Le chantier a coûté 640 000 euros, dont la moitié payée par le département et le reste par la commune et ses voisines."
)
LAST = (
    "« On ne l’attendait plus », dit Odile Ferrandon, qui tient la boulangerie du quai. Elle a perdu un client sur trois "
    "depuis que les habitants de la rive gauche font le détour par le pont des Tanneurs, à deux kilomètres de là."
)


def page(*end, first=FIRST, last=LAST, inside=False, date=True):
    paragraphs = "".join(f"<p>{text}</p>" for text in (first, last))
    closing = "".join(end)
    day = '<meta property="article:published_time" content="2019-05-24T08:00:00+02:00">' if date else ""
    body = f"{paragraphs}<div class='x7'>{closing}</div>" if inside else f"{paragraphs}</div><div class='x7'>{closing}"
    return (
        f"<html lang='fr'><head><title>La passerelle rouvre | La Gazette de Brumeval</title>{day}</head><body><main><article>"
        f"<h1>La passerelle rouvre</h1><div class='texte'>{body}</div></article></main></body></html>"
    )


def read(html):
    return html_page.read(html, None, "best")[0]


OFFERS = [
    ("<p>La fin de ce reportage vous attend : créez votre compte, c’est gratuit.</p>",),
    ("<p>Débloquez la suite</p>", "<p>1 € le premier mois, puis 7 €</p>", "<a>Je me connecte</a>"),
    ("<p>Pour continuer, identifiez-vous ou achetez cet article à l’unité (0,80 €).</p>",),
    ("<p>Plus que 64 % de ce papier à parcourir ?</p>", "<p>Retrouvez-le en entier avec notre formule découverte.</p>"),
    ("<p>Ce récit est réservé à ceux qui nous soutiennent.</p>", "<a>Devenez membre</a>"),
    ("<p>Vous souhaitez lire ce sujet en intégralité ? Essayez-nous dès CHF 2.– la première semaine.</p>",),
    ("<p>Lire la suite (1 240 mots) avec un abonnement</p>", "<p>Formule web : 5 €/mois</p>"),
    ("<p>Débloquez les 80 % restants</p>", "<p>Regardez une publicité pour accéder à cet article.</p>"),
    ("<p>Cet article est une exclusivité pour nos contributeurs.</p>", "<a>Devenir membre</a>"),
    ("<p>Un abonné peut vous offrir cet article.</p>", "<p>Pas encore abonné ?</p>"),
    ("<p>La version complète de cet entretien est réservée aux abonnés.</p>",),
    ("<p>Vous venez de lire le début de cet article.</p>", "<p>Le reste est pour nos adhérents : adhérez à prix libre.</p>"),
]


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("offer", OFFERS)
def test_an_offer_to_read_the_rest_is_cut_and_makes_the_text_partial(offer, inside):
    found = read(page(*offer, inside=inside))
    assert (found.text, found.access) == (f"{FIRST}\n\n{LAST}", "partial")
    assert found.access_signal


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize(
    "end",
    [
        "Renseignements et inscriptions à la mairie ; l’entrée coûte 5 €, vous pouvez payer sur place.",
        "Vous avez vu quelque chose ? Contactez la gendarmerie de Brumeval, au 05 55 00 00 00.",
        "Abonnez-vous à la piscine pour 25 euros par mois : la carte donne aussi accès au sauna, à la salle et aux cours du soir.",
        "La suite du chantier, elle, attendra : le conseil votera les crédits en octobre, et l’abonnement du parc relais restera à 12 € par mois.",
        "Réservez vos places au guichet du théâtre. Les abonnés paient 9 €, les autres 14 €.",
        "Le dossier complet d’inscription se retire en mairie ; pensez à apporter votre livret de famille et le tarif de la cantine.",
        "Vous pourrez découvrir la fin de l’exposition dimanche ; billets à 8 €, pass à 20 € pour la semaine.",
        "Texte complet de la pétition à la mairie : vous pouvez la signer jusqu’au 4, sans inscription.",
        "Cet article vous a plu ? Recevez notre lettre du vendredi, inscrivez-vous.",
        "Soutenez une presse libre : faites un don à La Gazette, 5 € suffisent.",
        "Faites un don pour que tous puissent continuer à nous lire gratuitement.",
        "Cet article, d’ordinaire réservé à nos abonnés, vous est offert en accès libre.",
        "Il vous reste deux articles gratuits ce mois-ci. Abonnez-vous pour lire la suite de nos enquêtes.",
        "Les commentaires sur cet article sont réservés aux abonnés.",
        "Écouter cet article : une exclusivité réservée à nos abonnés.",
        "Vous venez de lire cet article en intégralité : abonnez-vous pour 5 € et soutenez notre travail.",
        "Merci d’être abonné. Vous pouvez offrir cet article à un proche.",
        "Nous avons besoin de vous pour continuer. Abonnez-vous !",
        "Débloquez votre épargne avant le 31 : votre compte n’est soumis à aucun tarif.",
        "La suite après cette publicité",
    ],
)
def test_what_an_article_tells_its_readers_at_the_end_is_no_offer(end, inside):
    found = read(page(f"<p>{end}</p>", inside=inside))
    assert found.access != "partial"
    assert LAST in found.text


def test_an_offer_in_an_element_left_out_makes_the_text_partial():
    found = read(page("<aside><h3>Envie de lire la suite ?</h3><p>Testez La Gazette : 1 € par semaine.</p></aside>"))
    assert (found.text, found.access) == (f"{FIRST}\n\n{LAST}", "partial")


@pytest.mark.parametrize(
    "links",
    [
        "<h3>Poursuivez votre lecture</h3><ul><li><a href='/1'>Le pont des Tanneurs fermera</a></li></ul><p>S’abonner</p>",
        "<ul><li><a href='/1'>Le pont des Tanneurs fermera</a></li><li>Article réservé aux abonnés</li></ul>",
        "<h3><a href='/1'>Le pont des Tanneurs fermera</a></h3><p>Pour lire la suite, abonnez-vous.</p>",
    ],
)
def test_what_stands_beside_links_to_other_articles_is_no_offer(links):
    assert read(page(links)).access == "unknown"


def test_a_sentence_that_invites_to_a_museum_is_kept_between_paragraphs():
    advice = "Abonnez-vous aux guichets du musée, ou sur place lors des journées portes ouvertes, samedi et dimanche."
    assert advice in read(page(f"<p>{advice}</p>", f"<p>{FIRST.replace('lundi', 'mardi')}</p>", inside=True)).text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("On refait les peintures", "Notre site est en maintenance jusqu’à 6 heures. Revenez nous lire plus tard, vous retrouverez toutes nos pages."),
        ("La Gazette", "Votre navigateur bloque nos publicités. Merci d’ajouter notre adresse à votre liste blanche, puis de recharger la page."),
        ("Ravis de vous revoir", "Saisissez votre mot de passe. Si vous l’avez perdu, nous vous enverrons un lien à l’adresse de votre compte."),
        ("Perdu ?", "La page que vous cherchez a changé d’adresse ou n’existe plus. Vérifiez le lien, ou revenez à l’accueil de notre site."),
    ],
)  # fmt: skip
def test_a_page_of_nothing_but_what_the_site_says_is_no_article(title, text):
    html = (
        f"<html lang='fr'><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    )
    found = read(html)
    assert isinstance(found, Reject)
    assert found.reason == "not_article"


@pytest.mark.parametrize(
    "text",
    [
        "Changez de mot de passe au moins une fois par an, conseille l’agence. Vos comptes de banque et de courriel sont les premiers visés : "
        "douze signes valent mieux que huit, et un carnet fermé à clé mieux qu’un fichier sur l’écran. « Personne n’en retient trente », admet la directrice.",
        "La piscine rouvre samedi. L’abonnement passe à 22 euros par mois. Vous pouvez vous inscrire à l’accueil ou sur le site de la ville ; "
        "le bassin ferme à 20 heures.",
        "Le site de la mairie de Brumeval est en panne depuis mardi. Les habitants ne peuvent plus ni inscrire leurs enfants à la cantine ni consulter "
        "les comptes rendus du conseil. Le prestataire promet un retour vendredi, sans dire ce qui a brûlé dans ses serveurs.",
    ],
)
def test_an_undated_article_about_sites_is_one(text):
    html = f"<html lang='fr'><head><title>En panne</title></head><body><main><h1>En panne</h1><p>{text}</p></main></body></html>"
    assert isinstance(read(html), Item)
