import pytest

from presstm.pages import french_pages
from presstm.pages.page import Block


@pytest.mark.parametrize(
    "text",
    [
        "Cet article est réservé aux abonnés. Il vous reste 80 % de cet article à lire. Ces deux phrases couvrent désormais six articles sur dix.",
        "Vous pouvez retirer votre consentement à tout moment, mais où ? Le lien qui le permet se cache tout au bas de la page.",
        "Inscrivez-vous à notre newsletter : la phrase est partout. Une lettre sur trois reste fermée, selon une étude de la mairie.",
        "Une erreur s’est glissée dans notre article du 3 mai, qui citait les chiffres de 2018.",
    ],
)
def test_a_paragraph_that_begins_like_a_notice_and_speaks_of_others_is_none(text):
    assert french_pages.line(text) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("À lire aussi : le tracé nord abandonné", "see also"),
        ("LIRE AUSSI > Le tracé nord", "see also"),
        ("Il vous reste 45 % de cet article à lire.", "paywall"),
        ("Cet article est réservé aux abonnés", "paywall"),
        ("Chaque vendredi, recevez notre newsletter « Le Fil »", "newsletter"),
        ("Partager sur Facebook", "sharing"),
        ("Newsletter « Vallées »", "newsletter"),
        ("Newsletter Valmorne Chaque matin, recevez toute l’information de la vallée", "newsletter"),
        ("[ Notre lettre vous intéresse ? Abonnez-vous aujourd’hui. ]", "newsletter"),
        ("Pour visualiser cette vidéo, veuillez activer JavaScript", "media"),
        ("ab/cde/fg", "colophon"),
        ("L’actu en direct : téléchargez gratuitement notre application", "newsletter"),
        ("Vous avez lu cet article librement. Soutenez notre rédaction dès 5 € par mois.", "colophon"),
        ("Vous êtes témoin d’un événement ? Écrivez-nous.", "colophon"),
        ("© Photo A. Nonyme", "media"),
        ("Crédit photo : A. Nonyme", "media"),
        ("Publié le 24 mai 2019 à 10h12", "colophon"),
        ("Tags : travail, plateformes", "colophon"),
        ("Bons plans : clavier à 34 €", "affiliate"),
        ("Les performances passées ne préjugent pas des performances futures.", "legal"),
        ("— Le Riverain (@riverain) 14 mai 2020", "embedded post"),
        ("Vous devez activer les cookies de votre navigateur.", "notice"),
        ("Se désinscrire de cette lettre", "notice"),
        ("Vous devez être abonné pour consulter cette page.", "notice"),
        ("Notre site est actuellement en maintenance. Nos équipes y travaillent.", "notice"),
        ("Une erreur inattendue est survenue. Veuillez réessayer plus tard.", "notice"),
        ("La suite après cette publicité", "notice"),
    ],
)
def test_line_of_a_page_is_named(text, rule):
    assert french_pages.line(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "Il vous reste à apprendre la patience, conclut le jardinier, qui en a vu d’autres.",
        "Lire reste un plaisir, dit-elle, et l’on voit bien qu’elle le pense.",
        "Photographe depuis trente ans, Ninon Palluau n’aime pas les portraits.",
        "Retour à la terre pour les maraîchers de la vallée, qui quittent les serres.",
        "Le partage des eaux a été fixé par un arrêté de 1911.",
        "Les commentaires du préfet n’ont rassuré personne.",
        "La Cnil demande aux sites de ne plus activer les cookies sans l’accord de chacun.",
        "Nous et nos partenaires de la vallée refusons ce tracé, écrivent les maires.",
        "Se désabonner est un parcours du combattant, disent les clients.",
        "« Activez les cookies », répète la machine au guichet.",
        "Le site est indisponible depuis mardi, indique la mairie, qui ne sait pas pourquoi.",
        "Une erreur est survenue dans le décompte, reconnaît le greffier.",
        "« Suivez le chemin », répète le guide aux marcheurs.",
        "« Téléchargez l’application et on en reparle », lance le chef de dépôt aux coursiers.",
        "À la tribune, une voix insiste : « Soutenez notre journal ! » et la salle applaudit.",
    ],
)
def test_sentence_of_an_article_is_left_alone(text):
    assert french_pages.line(text) is None


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        ("comments-list", "comments"),
        ("article__commentaires", "comments"),
        ("bloc-lire-aussi", "related"),
        ("relatedArticles", "related"),
        ("share-bar", "sharing"),
        ("newsletter-box", "selling"),
        ("author-bio", "credits"),
        ("twitter-tweet", "embedded"),
        ("cookie-banner", "notices"),
        ("has-comments", None),
        ("no-sidebar", None),
        ("article-body", None),
        ("corps-article", None),
    ],
)
def test_class_names_tell_what_a_box_holds(names, rule):
    assert french_pages.label_of(names) == rule


@pytest.mark.parametrize(
    "text", ["Vos réactions", "12 commentaires", "Laisser un commentaire", "Réagir", "Les avis des lecteurs"]
)
def test_headings_of_comments(text):
    assert french_pages.opens_comments(Block(text, "h3", None))


@pytest.mark.parametrize("text", ["À lire aussi", "Sur le même sujet :", "Les plus lus", "Articles similaires"])
def test_headings_of_links(text):
    assert french_pages.opens_links(Block(text, "h3", None))


@pytest.mark.parametrize(
    "text", ["Les réactions des riverains divisent le conseil", "Une réaction en chaîne", "Lire en prison"]
)
def test_subheadings_of_articles_open_nothing(text):
    assert not french_pages.opens_comments(Block(text, "h2", None))
    assert not french_pages.opens_links(Block(text, "h2", None))
