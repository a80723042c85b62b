"""Who says what in invented sentences, read by the language model: rules that need its parts of speech and subjects."""

from pathlib import Path

import pytest

from presstm import entities, quotes, tables
from presstm.settings import QuotesSettings
from tests.quality import coded

MODELS = Path(__file__).parents[1] / "models"
KNOWN = entities.load_gazetteer(MODELS / "gazetteer.csv", [MODELS / "outlets.csv"], MODELS / "first_names.txt")

GERUNDS = {  # the words of indirect speech, and who says them; or nothing
    "Le maire de Vaubrun a créé la surprise en affirmant que le site serait vendu.": [
        ("le site serait vendu", "le maire de Vaubrun")
    ],
    "En estimant que les aides étaient trop nombreuses, la ministre Claire Aubin a fâché les syndicats.": [
        ("les aides étaient trop nombreuses", "Claire Aubin")
    ],
    "La Fédération des coursiers a surenchéri en affirmant que les contrôles sont inutiles.": [
        ("les contrôles sont inutiles", "Fédération des coursiers")
    ],
    "Pour rappel, en jugeant que les loyers étaient trop bas dans le canton, le conseiller a fait scandale.": [
        ("les loyers étaient trop bas dans le canton", "le conseiller")
    ],
    "« Nous partons », a lancé Paul Varennes, en précisant que la décision était prise depuis l’hiver.": [
        ("la décision était prise depuis l’hiver", "Paul Varennes")
    ],
    "« Nous partons », explique-t-elle, en leur rappelant que le bail court jusqu’en mai.": [
        ("le bail court jusqu’en mai", "elle")
    ],
    "En annonçant que l’usine fermerait, Paul Varennes savait ce qu’il risquait.": [("l’usine fermerait", "Paul Varennes")],
    "En attendant que le pont soit réparé, Claire Aubin prend le bac.": [],
    "En admettant que le budget passe, le maire devra encore trouver un terrain.": [],
    "Paul Varennes s’est levé en croyant que la séance était finie.": [],
    "Paul Varennes a voté en pensant que le texte passerait.": [],
    "On n’avance pas en répétant que tout va mal.": [],
    "Il faut commencer en rappelant que le lac appartient à tous.": [],
    "Claire Aubin est partie en chantant avant que la pluie ne tombe.": [],
}

REPORTED = {
    # what says when, where or to whom before an infinitive
    "Le conseil avait annoncé en décembre dernier vouloir réduire les tarifs.": [
        ("vouloir réduire les tarifs", "le conseil")
    ],
    "Claire Aubin a reconnu mardi avoir signé le bail.": [("avoir signé le bail", "Claire Aubin")],
    "Claire Aubin a affirmé devant la presse ne rien savoir du bail.": [("ne rien savoir du bail", "Claire Aubin")],
    "Claire Aubin a confié à Paul Varennes vouloir quitter la mairie.": [("vouloir quitter la mairie", "Claire Aubin")],
    "Claire Aubin assure dans un communiqué avoir payé la facture.": [("avoir payé la facture", "Claire Aubin")],
    "Claire Aubin a déclaré lundi à la presse regretter son vote.": [("regretter son vote", "Claire Aubin")],
    "Claire Aubin a répondu pour rassurer les habitants.": [],
    "Claire Aubin explique aux élèves comment réparer un vélo.": [],
    "Claire Aubin croit en sa capacité de convaincre les élus.": [],
    "Claire Aubin explique à la mairie où trouver du bois.": [],
    "Claire Aubin raconte sa vie à Nantes, sans oublier la pluie.": [],
    "Claire Aubin répond à la lettre et part dormir.": [],
    # the fact that
    "Claire Aubin évoque d’abord le fait que les loyers ont doublé.": [("les loyers ont doublé", "Claire Aubin")],
    "Claire Aubin déplore le fait que le lac est fermé.": [("le lac est fermé", "Claire Aubin")],
    "Claire Aubin souligne le fait que le bail court encore.": [("le bail court encore", "Claire Aubin")],
    "Claire Aubin rappelle le fait que les tarifs ont doublé.": [("les tarifs ont doublé", "Claire Aubin")],
    "Claire Aubin dénonce le fait que la cantine est fermée.": [("la cantine est fermée", "Claire Aubin")],
    "Le syndicat regrette le fait que la cantine ferme en mai.": [("la cantine ferme en mai", "le syndicat")],
    "Rien ne change le fait que les loyers ont doublé.": [],
    "Claire Aubin ignore le fait que les loyers ont doublé.": [],
    "Le fait que les loyers ont doublé surprend Claire Aubin.": [],
    "Claire Aubin évoque le fait divers que la ville raconte.": [],
    "Cela tient au fait que les loyers ont doublé.": [],
    "Claire Aubin vit avec le fait que les loyers ont doublé.": [],
}

REVIEW = "« Un élu de terrain », résume La Gazette d’Orsanne.\n\n« Une fin de règne », note Le Courrier de Valmorne.\n\n"
LAST = {  # who says the last direct quotation
    # a press review passes over the person written about
    REVIEW + "La Voix de Brumeval se montre sévère avec Paul Varennes. « Un charmeur, et rien de plus. »": "La Voix de Brumeval",
    REVIEW + "La Voix de Brumeval préfère chercher l’homme derrière Paul Varennes. « Un timide. »": "La Voix de Brumeval",
    REVIEW + "La Voix de Brumeval ne pardonne rien à Paul Varennes. « Je le dis sans crainte : il a menti. »": "La Voix de Brumeval",
    REVIEW + "Peu d’élus furent aussi seuls que Paul Varennes constate La Voix de Brumeval. « Il dormait peu. »": "La Voix de Brumeval",
    REVIEW + "La Voix de Brumeval compare Paul Varennes à Jules Ferrand. « Même ruse, même fin. »": "La Voix de Brumeval",
    REVIEW + "La Voix de Brumeval revient sur la chute de Paul Varennes. « La ville est sonnée. »": "La Voix de Brumeval",
    # but not where the outlet asks, where somebody else speaks, or where the article is no press review
    REVIEW + "La Voix de Brumeval a interrogé Paul Varennes. « Je pars sans regret. »": "Paul Varennes",
    REVIEW + "La Voix de Brumeval a rencontré Paul Varennes. « Je pars sans regret. »": "Paul Varennes",
    REVIEW + "La Voix de Brumeval donne la parole à Paul Varennes. « Je pars sans regret. »": "Paul Varennes",
    REVIEW + "La Voix de Brumeval y revient. « Je pars sans regret », répond Paul Varennes.": "Paul Varennes",
    "La Voix de Brumeval consacre sa une à Paul Varennes. « La ville est sonnée et le conseil se tait. »": "Paul Varennes",
    "« Un élu », note La Voix de Brumeval. La Voix de Brumeval suit Paul Varennes. « Je pars sans regret. »": "Paul Varennes",
    # the papers of a publisher, and what is described by a relative clause
    "« La deuxième mort du maire », estiment les journaux du groupe Mélandre.": "Mélandre",
    "« Une page se tourne », notent les quotidiens du groupe Mélandre.": "Mélandre",
    "« Le bail court jusqu’en mai », rappelle la direction du groupe Mélandre.": "Mélandre",
    "« Nous signerons en mai », promet le porte-parole de la société Mélandre.": "Mélandre",
    "« Une page se tourne », notent les magazines de la société Mélandre.": "Mélandre",
    "« Une fin », estiment les journaux du groupe Mélandre aux yeux desquels Paul Varennes a perdu. « Il avait tout. »": "Mélandre",
    "« Une page se tourne », notent les journaux.": None,
    "« Une page se tourne », notent les journaux de la région.": None,
    "« Une page se tourne », notent les salariés du groupe Mélandre.": None,
    "« Une page se tourne », note un salarié du groupe Mélandre.": None,
    "« Une page se tourne », notent des clients du groupe Mélandre.": None,
    "« Une page se tourne », note une voisine du groupe Mélandre.": None,
    # il is the daily that stands right before
    "La Gazette d’Orsanne a enquêté. Le quotidien accuse le maire : selon lui, « le bail est nul ».": "La Gazette d’Orsanne",
    "Paul Varennes accuse le maire : selon lui, « le bail est nul ».": "Paul Varennes",
    # a leader writer speaks for the outlet named last
    "La Gazette d’Orsanne change d’avis. « Le maire doit partir », écrit l’éditorialiste.": "La Gazette d’Orsanne",
    "La Gazette d’Orsanne change d’avis. « Le maire doit partir », tranche le chroniqueur.": "La Gazette d’Orsanne",
    "La Gazette d’Orsanne change d’avis. « Le maire doit partir », écrit un éditorialiste.": None,
    "La Gazette d’Orsanne change d’avis. « Le maire doit partir », écrit un lecteur.": None,
    "« Le maire doit partir », écrit l’éditorialiste.": None,
    "L’éditorialiste Anne Morval écrit dans La Gazette d’Orsanne. « Le maire doit partir », tranche l’éditorialiste.": "Anne Morval",
}  # fmt: skip

REPLY = "« Nous n’avons rien à cacher », répond Anne Morval.\n\n"
SUBHEADS = {  # who says the second quotation, a paragraph of its own
    "« Une page se tourne »\n\nPour Paul Varennes, rien ne presse. « Nous verrons bien en mai », explique-t-il.": "Paul Varennes",
    "« Attendons le printemps »\n\nRien ne presse. « Nous verrons bien en mai », explique Paul Varennes.": "Paul Varennes",
    "« Rien ne presse »\n\nPaul Varennes hausse les épaules : « Nous verrons bien en mai. »": "Paul Varennes",
    "« Le dossier est vide »\n\nSelon Paul Varennes, « nous verrons bien en mai ».": "Paul Varennes",
    "“Rien ne presse”\n\nLe ton change. “Nous verrons bien en mai”, explique Paul Varennes.": "Paul Varennes",
    "\"Rien ne presse\"\n\nLe ton change. \"Nous verrons bien en mai\", explique Paul Varennes.": "Paul Varennes",
    # a sentence that goes on, or what nothing quoted stands right below
    "« Et nous le prouverons. »\n\nPaul Varennes n’y croit pas. « Nous verrons bien en mai », explique-t-il.": "Anne Morval",
    "« Et nous le prouverons ! »\n\nPaul Varennes n’y croit pas. « Nous verrons bien en mai », explique-t-il.": "Anne Morval",
    "« Et nous le prouverons, c’est notre devoir envers les habitants de la vallée et envers ceux du lac »\n\n"
    "Le ton change. « Nous verrons bien en mai », explique Paul Varennes.": "Anne Morval",
    "« Et nous le prouverons »\n\n« Nous verrons bien en mai. »\n\nPaul Varennes se tait.": "Anne Morval",
    "« Et nous le prouverons »\n\nLa salle applaudit.\n\nLe ton change. « Nous verrons », explique Paul Varennes.": "Anne Morval",
    "« Et nous le prouverons », ajoute-t-elle.\n\nLe ton change. « Nous verrons », explique Paul Varennes.": "Anne Morval",
}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    """The quotations of each text, with the name of who speaks."""
    texts = [*GERUNDS, *REPORTED, *LAST, *(REPLY + text for text in SUBHEADS)]
    read = [{"id": str(number), "title": "", "text": text} for number, text in enumerate(texts)]
    articles, sentences, tokens = coded.annotate_texts(read)
    none = tables.empty("reuse")
    mentions, named = entities.find(
        articles, sentences, tokens, none, KNOWN, entities.load_overrides(MODELS / "overrides.csv")
    )
    cues = quotes.load_cues(MODELS / "cues.yml")
    names = dict(zip(named["entity_id"].to_pylist(), named["name"].to_pylist(), strict=True))
    found = {coded.article_id(str(number)): [] for number in range(len(texts))}
    for row in quotes.find(articles, sentences, tokens, mentions, named, cues, QuotesSettings()).to_pylist():
        found[row["article_id"]].append({**row, "speaker": names.get(row["speaker"])})
    return {text: found[coded.article_id(str(number))] for number, text in enumerate(texts)}


def reported(found, text):
    """The words of indirect speech, and those for who says them."""
    return [(text[row["start"] : row["end"]], row["speaker_text"]) for row in found if row["kind"] == "indirect"]


@pytest.mark.parametrize("text", GERUNDS)
def test_a_gerund_of_saying_reports_what_the_subject_of_the_main_verb_says(rows, text):
    assert reported(rows[text], text) == GERUNDS[text]


@pytest.mark.parametrize("text", REPORTED)
def test_what_a_verb_reports_after_what_says_when_or_to_whom_and_after_the_fact_that(rows, text):
    assert reported(rows[text], text) == REPORTED[text]


@pytest.mark.parametrize("text", LAST)
def test_who_says_the_last_quotation(rows, text):
    assert [row for row in rows[text] if row["kind"] == "direct"][-1]["speaker"] == LAST[text]


@pytest.mark.parametrize("text", SUBHEADS)
def test_a_quotation_that_is_a_subhead_is_of_who_is_quoted_right_below(rows, text):
    assert [row["speaker"] for row in rows[REPLY + text] if row["kind"] == "direct"][1] == SUBHEADS[text]
