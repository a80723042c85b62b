"""Which words attribute a quotation."""

from pathlib import Path

import pytest

from presstm.quoting import attribution, guillemets, speakers, speech, works
from presstm.quoting.clauses import Clauses
from tests import tokens

CUES = speech.load(Path(__file__).parents[2] / "models/cues.yml")
NAMES = {"Jeanne Vial": "PER", "Marc Brun": "PER", "Wazzup": "PLATFORM", "MRC": "ORG"}
VERBS = "veut dormir explique dénonce affirme dit parle estime vit sont est doit attend dorment recule avoue dénoncent expliquent avoir payé verser vouloir promet fait préfère sera dénonçant préciser tient sourit"


def clauses(text):
    title, body = tokens.part("", name="title"), tokens.part(text, VERBS, names=NAMES)
    spans = guillemets.find(text)
    reader = speakers.Reader(title, body, CUES, {name: name for name in NAMES})
    return Clauses(reader, body, spans), spans


def attributed(text, which=-1):
    found, spans = clauses(text)
    result = attribution.find(found, spans[which], nested=False)
    if result is None:
        return None
    phrase = result.phrase
    return result.where, result.cue, text[phrase.start : phrase.end] if phrase else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Non », explique Jeanne Vial.", ("after", "expliquer", "Jeanne Vial")),
        ("« Non », a expliqué Jeanne Vial.", ("after", "expliquer", "Jeanne Vial")),
        ("« Non », explique-t-elle.", ("after", "expliquer", "elle")),
        ("« Non », selon Jeanne Vial.", ("after", "selon", "Jeanne Vial")),
        ("« Non » (Jeanne Vial, députée).", ("after", None, "Jeanne Vial")),
        ("« Tout, explique Jeanne Vial, recule ici. »", ("inside", "expliquer", "Jeanne Vial")),
        ("« Tout recule ici se plaint Jeanne Vial. On dorment. »", ("inside", "plaindre", "Jeanne Vial")),
        ("« On dorment et se plaint Jeanne Vial. Tout recule. »", None),
        ("Jeanne Vial explique : « Non. »", ("colon", "expliquer", "Jeanne Vial")),
        ("Jeanne Vial : « Non. »", ("colon", ":", "Jeanne Vial")),
        ("Grève du clic, Wazzup : « Non. »", ("colon", ":", "Wazzup")),
        ("Livreurs, modérateurs : « Non. »", None),
        ("Jules : « Non. »", ("bare colon", ":", "Jules")),
        ("« Non », explique l’un d’entre eux.", ("after", "expliquer", "l’un d’entre eux")),
        ("« Non », explique l’une des deux.", None),
        ("Jeanne Vial, proche de Marc Brun : « Non. »", ("colon", ":", "Jeanne Vial")),
        ("Pourtant, explique Jeanne Vial, « tout recule ».", ("after", "expliquer", "Jeanne Vial")),
        ("« Non », explique la maire Wazzup de Brive, Jeanne Vial, au journal.", ("after", "expliquer", "Jeanne Vial")),
        ("« Non », explique la maire, et Jeanne Vial part.", ("after", "expliquer", "la maire")),
        ("« Non », explique une partie des livreurs.", ("after", "expliquer", "une partie des livreurs")),
        ("« Non », s’est exclamée la députée MRC Jeanne Vial.", ("after", "exclamer", "Jeanne Vial")),
        ("« Non », explique la députée MRC, sans Jeanne Vial.", ("after", "expliquer", "la députée")),
        ("Wazzup s’attend à une « dérive ».", ("governed", "attendre", "Wazzup")),
        ("Wazzup attend une « dérive ».", None),
        ("Jeanne Vial a appelé les élus à une « pause ».", ("governed", "appeler", "Jeanne Vial")),
        ("Une trentaine de livreurs dénonce une « dérive ».", ("governed", "dénoncer", "Une trentaine de livreurs")),
        ("Jeanne Vial dénonce une « dérive ».", ("governed", "dénoncer", "Jeanne Vial")),
        ("Les livreurs, qui dénoncent une « dérive », expliquent une grève.", ("governed", "dénoncer", "Les livreurs")),
        ("Le livreur, qui dénonce une « dérive », explique une grève.", ("governed", "dénoncer", "Le livreur")),
        ("« Non », expliquent une quadra et Jeanne Vial.", ("after", "expliquer", "une quadra")),
        ("« Non », explique fort pour que la maire dorment.", None),
        ("« Non », explique une quadra.", ("after", "expliquer", "une quadra")),
        ("Trois livreurs dénoncent une « dérive ».", ("governed", "dénoncer", "Trois livreurs")),
        ("Les conditions générales parle d'une « dérive ».", ("governed", "parler", "Les conditions générales")),
        ("Le prévenu parle, lui, d'une « dérive ».", ("governed", "parler", "Le prévenu")),
        ("Méfiez-vous des livreurs qui dénoncent une « dérive ».", None),
        ("Sa réponse : « jamais ».", ("colon", ":", None)),
        ("Motif : « dérive ».", ("colon", ":", None)),
        ("Jeanne Vial affirme que le mot « dérive » est dit.", ("reported", "affirmer", "Jeanne Vial")),
        ("Selon Jeanne Vial, les « dérives » sont là.", ("reported", "selon", "Jeanne Vial")),
        ("Les « dérives » sont dénoncées par Jeanne Vial.", None),
        ("Le chat dort sur le « toit ».", None),
        ("On explique une « dérive ».", None),
        ("« Non », explique-t-on chez Wazzup.", ("after", "expliquer", "Wazzup")),
        ("« Non », explique-t-on au journal Le Brun.", ("after", "expliquer", "journal Le Brun")),
        ("Chez Wazzup, on affirme que « tout recule ».", ("reported", "affirmer", "Wazzup")),
        ("À la direction de Wazzup, on explique : « Non. »", ("colon", "expliquer", "la direction de Wazzup")),
        ("Du côté de Wazzup, on dénonce une « dérive ».", ("governed", "dénoncer", "Wazzup")),
        ("Chez le voisin, on dénonce une « dérive ».", ("governed", "dénoncer", "le voisin")),
        ("« Tout recule » : c’est en ces termes que Jeanne Vial parle.", ("after", None, "Jeanne Vial")),
        ("Réponse de Jeanne Vial : « Non. »", ("colon", ":", "Jeanne Vial")),
        ("Jeanne Vial a dit « prendre acte ».", ("governed", "dire", "Jeanne Vial")),
        ("Jeanne Vial affirme que les élus ne veut « pas payer ».", ("reported", "affirmer", "Jeanne Vial")),
        ("Jeanne Vial a appelé les élus à « dormir ».", ("governed", "appeler", "Jeanne Vial")),
        (
            "Jeanne Vial a dénoncé la nuit, les clics et le travail du soir et plaidé pour une « pause ».",
            ("governed", "plaider", "Jeanne Vial"),
        ),
        ("Jeanne Vial recule pour « dormir un peu ».", ("governed", None, "Jeanne Vial")),
        ("Le chat recule pour « dormir un peu ».", None),
        ("Sous la pluie, on dénonce une « dérive ».", None),
        ("Le prix, explique Jeanne Vial, doit rester « bas ».", ("reported", "expliquer", "Jeanne Vial")),
        ("Rien, affirme-t-elle, avec des « forçats ».", ("reported", "affirmer", "elle")),
        ("La salle vit sans Jeanne Vial, pour qui le prix est « juste ».", ("reported", "pour", "Jeanne Vial")),
        ("Le syndicat, lui, dénonce une « dérive ».", ("governed", "dénoncer", "Le syndicat")),
        ("La rapporteure a, elle, dénoncé une « dérive ».", ("governed", "dénoncer", "La rapporteure")),
        ("Comme le dit Marc Brun, ici : « Non. »", ("colon", "dire", "Marc Brun")),
        ("Marc Brun parle, il fait nuit : « Non. »", ("colon", "parler", "Marc Brun")),
        ("Certains dénoncent une « dérive ».", ("governed", "dénoncer", "Certains")),
        ("Lui dénonce une « dérive ».", ("governed", "dénoncer", "Lui")),
        ("Jeanne Vial fait partie de ces « forçats ».", None),
        ("Jeanne Vial fait état de « dérives ».", ("governed", "faire", "Jeanne Vial")),
        ("« Non », explique l’autre.", ("after", "expliquer", "l’autre")),
        ("« Non », explique la première.", ("after", "expliquer", "la première")),
        ("« Non », explique ce dernier.", ("after", "expliquer", "ce dernier")),
        ("« Non », finit par avouer Jeanne Vial.", ("after", "avouer", "Jeanne Vial")),
        ("« Non », explique-t-on sur le site de Wazzup.", ("after", "expliquer", "Wazzup")),
        ("« Non », explique-t-on au siège de l'entreprise.", ("after", "expliquer", "l'entreprise")),
        ("« Non », explique-t-on au siège du syndicat.", ("after", "expliquer", "syndicat")),
        ("« Non », explique-t-on au siège de Wazzup.", ("after", "expliquer", "Wazzup")),
        ("« Non », selon les mots de Jeanne Vial.", ("after", "selon", "Jeanne Vial")),
        ("Selon l’expression de Jeanne Vial, tout est « perdu ».", ("reported", "selon", "Jeanne Vial")),
        ("« Non » : c’est l’avertissement de Jeanne Vial.", ("after", None, "Jeanne Vial")),
        ("Constat partagé par Jeanne Vial : « Non. »", ("colon", ":", "Jeanne Vial")),
        ("Le mot est de Jeanne Vial : « perdu ».", ("colon", ":", "Jeanne Vial")),
        ("Un plan jugé « perdu » par Wazzup dort.", ("after", "juger", "Wazzup")),
        ("Un plan surnommé « le perdu » par Wazzup dort.", None),
        ("Une « dérive », pour Jeanne Vial.", ("after", "pour", "Jeanne Vial")),
        ("Une « dérive », pour Wazzup.", None),
        ("Un plan que Jeanne Vial estime « perdu ».", ("governed", "estimer", "Jeanne Vial")),
        ("Jeanne Vial dit avoir « payé le prix ».", ("governed", "dire", "Jeanne Vial")),
        ("Jeanne Vial se sent « perdue ».", ("governed", None, "Jeanne Vial")),
        ("Dénonçant une « dérive », Wazzup recule.", ("governed", "dénoncer", "Wazzup")),
        ("Ils se disent « travailleurs ».", None),
        ("Ils se disent « à bout de nerfs ».", ("governed", "dire", "Ils")),
    ],
)
def test_attribution(text, expected):
    assert attributed(text) == expected


def test_an_inserted_verb_governs_nothing_after_it():
    assert attributed("C’est un métier, estime Jeanne Vial, mais un « petit ».") is None


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("Il lit le livre « Le Clic ».", True),
        ("Il vit le terme « clic ».", True),
        ("Les dits « clics ».", True),
        ("Voici « Le Clic » (2018).", True),
        ("Jeanne Vial dit « vouloir partir ».", False),
        ("Il vit un « clic ».", False),
    ],
)
def test_works_and_words_are_known_by_what_introduces_them(text, work):
    found, spans = clauses(text)
    assert works.names_a_work(found, spans[0]) is work


def test_where_or_against_whom_something_happens_is_nobody_who_speaks():
    text = "Grève chez Wazzup : « Non. »"
    found, spans = clauses(text)
    found.part.tokens[0] = found.part.tokens[0]._replace(pos="NOUN")
    assert attribution.find(found, spans[0], nested=False) is None
