import pytest

from presstm.naming import name_context
from tests.test_entities import found, run


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le restaurant Bao Lotus travaille le dimanche.", "Bao Lotus"),
        ("La pizzeria Da Vittore ne désemplit pas.", "Da Vittore"),
        ("La boulangerie Maison Vaubert a fermé.", "Maison Vaubert"),
        ("Le supermarché Frescado de Brest embauche.", "Frescado"),
        ("Le gérant du Petit Fourneau, à Dijon, est ravi.", "Petit Fourneau"),
        ("Gérante de Burger Lux, elle compte ses commandes.", "Burger Lux"),
        ("Les salariés de Tercal et d’Armidon seront en grève.", "Armidon"),
        ("La chaîne de restauration Tacoral s’installe à Millau.", "Tacoral"),
        ("La société de conseil Vexiane publie une étude.", "Vexiane"),
        ("La directrice générale de Tercal explique sa méthode.", "Tercal"),
        ("Une union d’associations locales (Roulibre, Acoval à Lyon…) proteste.", "Acoval"),
        ("Ils ont signé avec Burgonde Solutions mardi.", "Burgonde Solutions"),
        ("Sollicitée, la direction de Vexiane n’a pas répondu.", "Vexiane"),
        ("Les modérateurs de Vexiane trient des contenus.", "Vexiane"),
        ("Fondée en 2018 à Lyon, Vexiane recrute.", "Vexiane"),
        ("Il note que Paul Vasseur dirige Vexiane depuis 2018.", "Vexiane"),
        ("Ils travaillent pour Vexiane, sous-traitant d’un grand réseau.", "Vexiane"),
        ("Vexiane, un fournisseur de gaz, se tait.", "Vexiane"),
        ("Tercal Propreté répond que rien ne change.", "Tercal Propreté"),
        ("Elle a racheté 12 % du capital de Vexiane.", "Vexiane"),
        ("Pour Orsilane, qui compte 6 800 employés, rien ne change.", "Orsilane"),
        ("Il a quitté Orsilane, numéro sept français du conseil.", "Orsilane"),
        ("L’employeur s’appelle Orsilane.", "Orsilane"),
        ("Une jeune pousse du nom de Norvalis lève des fonds.", "Norvalis"),
        ("Un opérateur de Norvalis appuie sur une touche.", "Norvalis"),
    ],
)
def test_shops_and_firms_are_organisations(text, name):
    assert (name, "ORG") in found(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Le tarif s’affiche dans l’application de Vexiane.", ["Vexiane"]),
        ("Des plateformes sont nées, parmi lesquelles Clairvia et Nounelle, les plus citées.", ["Clairvia", "Nounelle"]),
        ("Elle a envoyé 86 propositions sur Pigélia, en vain.", ["Pigélia"]),
        ("On peut commander sur Pigélia depuis mardi.", ["Pigélia"]),
        ("Chez Vexiane, une plateforme née en 2013, on conteste.", ["Vexiane"]),
    ],
)
def test_what_people_work_or_order_on_is_a_platform(text, names):
    assert {(name, "PLATFORM") for name in names} <= set(found(text))


@pytest.mark.parametrize(
    "text", ["Il livre surtout sur Angers.", "Angers compte 900 livreurs inscrits.", "L’application de Rennes plaît."]
)
def test_a_town_where_people_work_is_no_platform_and_no_firm(text):
    assert {label for _, label in found(text)} == {"LOC"}


def test_a_sentence_may_end_with_an_article_after_a_name():
    assert "Vexiane" in {name for name, _ in found("Il a vu Vexiane, le")}


def test_a_programme_and_a_channel_of_information_are_outlets():
    assert ("Zénith", "MEDIA") in found("Dans l’émission Zénith, elle raconte sa semaine.")
    assert ("Tibia", "MEDIA") in found("La chaîne d’information Tibia a diffusé les images.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jeanne Morvan Sociologue au CNRS", "Jeanne Morvan"),
        ("PAUL VASSEUR Économiste, auteur d’un rapport", "PAUL VASSEUR"),
        ("La parole à Paul Vasseur Président de la coopérative.", "Paul Vasseur"),
        ("Le texte de Bruno Le Maire sera voté.", "Bruno Le Maire"),
    ],
)
def test_a_title_after_a_name_is_no_part_of_it(text, name):
    assert (name, "PER") in found(text)


def test_a_name_ends_before_a_title_or_a_credit():
    assert name_context.person_end(["Anne", "Porteval", "Directrice", "Générale"]) == 2
    assert name_context.person_end(["Anne", "Porteval", "ADI"]) == 2
    assert name_context.person_end(["Anne", "de", "La", "Porteval"]) == 4


def test_a_state_is_its_name():
    assert found("L’État de Californie poursuit la société.") == {("Californie", "LOC")}


@pytest.mark.parametrize(
    ("text", "span", "label", "name"),
    [
        ("Le directeur d’Uber France a répondu.", "Uber France", "PLATFORM", "Uber"),
        ("Selon Amazon Italie, tout va bien.", "Amazon Italie", "ORG", "Amazon"),
        ("Interrogé par France Bleu Mayenne, il nie.", "France Bleu Mayenne", "MEDIA", "France Bleu Mayenne"),
        ("Il vit au Havre depuis dix ans.", "Havre", "LOC", "Le Havre"),
        ("Le maire des Lilas a voté.", "Lilas", "LOC", "Les Lilas"),
        ("Elle vit aux Sables-d’Olonne.", "Sables-d’Olonne", "LOC", "Les Sables-d’Olonne"),
    ],
)
def test_branches_and_places_with_a_contracted_article_have_their_name(text, span, label, name):
    mentions, entities = run([text])
    called = {row["entity_id"]: row["name"] for row in entities}
    assert (span, label, name) in {(row["text"], row["label"], called[row["entity_id"]]) for row in mentions}


def test_flowers_are_no_place():
    assert not {text for text, label in found("Les lilas sont en fleur, un mas domine le cap.") if label == "LOC"}


def test_the_party_of_a_member_of_parliament_is_one():
    assert found("La sénatrice PS Léa Morlin a voté contre.") == {("PS", "ORG"), ("Léa Morlin", "PER")}


def test_who_does_what_people_do_is_a_person():
    assert found("Nidhem attend devant le restaurant.") == {("Nidhem", "PER")}


def test_who_has_an_age_is_a_person():
    assert ("Amizor", "PER") in found("Amizor, un Malien de 37 ans, en France depuis 2019, attend.")


def test_the_site_of_a_firm_is_named_by_the_firm():
    assert "Panier Vert" in {text for text, _ in found("Le site Internet de Panier Vert promet la lune.")}


def test_a_street_is_no_person_and_a_fund_is_none():
    assert found("Il habite avenue Jeanne Vaubert.") == {("avenue Jeanne Vaubert", "LOC")}
    assert ("Serena Capital", "ORG") in found("Le fonds Serena Capital investit.")


def test_a_form_of_address_written_together_with_the_name_is_no_part_of_it():
    assert found("M.Vaubert a parlé.") == {("Vaubert", "PER")}


def test_an_initial_keeps_its_point():
    assert found("Karim B., 29 ans, a tout perdu.") == {("Karim B.", "PER")}
    assert found("On doit ce texte à Karim B.") == {("Karim B.", "PER")}


def test_a_law_is_no_organisation():
    assert ("DSA", "MISC") in found("Le règlement sur les services numériques (DSA) oblige les plateformes.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Une appli baptisée Cliquomat vient de naître.", "Cliquomat"),
        ("Nadia a connu Kliquomat et ses micro-tâches.", "Kliquomat"),
        ("Elle s’est inscrite, par curiosité, sur Picomat.", "Picomat"),
        ("Il travaille sur une appli locale, Asakoly, depuis hier.", "Asakoly"),
        ("La plateforme a fermé et c’est sur une autre, Facelume, qu’il a repris.", "Facelume"),
        ("Le site de micro-travail Facelume a fermé.", "Facelume"),
        ("Le spécialiste de la livraison de repas Velovite lève dix millions.", "Velovite"),
        ("Le patron de Velovite, qui compte 11 500 coursiers, se tait.", "Velovite"),
        ("Elle a ouvert un compte chez Nuagia, deux ans plus tôt.", "Nuagia"),
    ],
)
def test_what_the_text_calls_an_application_or_gives_workers_is_a_platform(text, name):
    assert (name, "PLATFORM") in found(text)


def test_an_age_after_a_place_makes_no_person_of_it():
    assert ("Marmandin", "LOC") in found("Ancien géomètre à Marmandin, licencié à 54 ans, il se tait.")


@pytest.mark.parametrize("what", ["une application", "une plateforme de ménage", "un quotidien", "une start-up"])
def test_what_a_place_at_the_head_of_a_sentence_has_is_not_what_it_is(what):
    assert {label for name, label in found(f"À Marmandin, {what} a fermé ses portes lundi.") if name == "Marmandin"} <= {
        "LOC"
    }
    assert ("Marmandin", "PLATFORM") in found("Elle livre pour Marmandin, une application de repas, depuis lundi.")


def test_an_agency_ends_before_a_region_that_pays_as_well():
    text = "La hausse est payée par l’Agence nationale du sport et de la région Bretagne."
    assert {("Agence nationale du sport", "ORG"), ("Bretagne", "LOC")} == found(text)


def test_a_ministry_of_another_country_is_one():
    assert found("Le ministère malgache du travail a répondu.") == {("ministère malgache du travail", "ORG")}


def test_a_sport_at_the_head_of_a_line_is_no_name():
    assert found("Rugby : la saison reprend. Basket : elle finit.") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La start-up Vexiane, qui met en relation des étudiants et des magasins, recrute.", "Vexiane"),
        ("Puis Vexiane a bloqué mon compte, sans un mot.", "Vexiane"),
        ("Un mois plus tard, Vexiane suspend son compte.", "Vexiane"),
        ("Chez Vexiane, les livreurs sont payés à la course.", "Vexiane"),
        ("Vexiane rémunère ses contributeurs à l’image.", "Vexiane"),
        ("Elles travaillent pour Vexiane, Orsilane ou Microworkers le soir.", "Vexiane"),
        ("Vexiane, Moolineo, Wirk : que valent ces sites ?", "Vexiane"),
    ],
)
def test_a_platform_closes_accounts_has_workers_or_stands_among_platforms(text, name):
    assert (name, "PLATFORM") in found(text)


@pytest.mark.parametrize("text", ["Jeanne a fermé son compte.", "La banque Morval a suspendu son compte."])
def test_who_closes_an_account_of_their_own_or_a_bank_is_no_platform(text):
    assert "PLATFORM" not in {label for _, label in found(text)}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Le nantais Merkélan s’appuie sur un centre à Brest.", "Merkélan", "ORG"),
        ("L’alsacien Merkling vise le même marché.", "Merkling", "ORG"),
        ("Elle se connecte à une petite plateforme lilloise, Tâchélo.", "Tâchélo", "PLATFORM"),
        ("Une autre application belge, Clicadou, paie mieux.", "Clicadou", "PLATFORM"),
        ("Sur cette nouvelle plateforme, Julie gagne trois euros.", "Julie", "PER"),
        ("À réécouter sur l’application Radio Estuaire.", "Radio Estuaire", "MEDIA"),
        ("On l’entend sur l’appli Radio Val-de-Brume. Puis plus rien.", "Radio Val-de-Brume", "MEDIA"),
        ("Du côté de l’Union locale CFDT, on se dit prêt.", "Union locale CFDT", "ORG"),
        ("L’association Clicréa Europe a réagi.", "Clicréa Europe", "ORG"),
        ("Son essai a paru aux éditions du Bief.", "éditions du Bief", "ORG"),
        ("Le camarade Rivolet a parlé.", "Rivolet", "PER"),
        ("Camarade Rivolet a parlé.", "Rivolet", "PER"),
    ],
)
def test_what_stands_around_a_name_says_its_type_and_where_it_ends(text, name, label):
    assert (name, label) in found(text)


def test_a_place_after_de_is_no_part_of_a_shop_and_a_rubric_is_none():
    assert {("Frescado", "ORG"), ("Brest", "LOC")} <= found("Le supermarché Frescado de Brest embauche.")
    assert not found("CHRONIQUE. Il y a dans mon téléphone une voix.")
