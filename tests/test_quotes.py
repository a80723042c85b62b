"""Table quotes: kinds, speakers of titles, order and offsets."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import quotes
from presstm.settings import QuotesSettings
from tests import tokens

CUES = quotes.load_cues(Path(__file__).parents[1] / "models/cues.yml")
NAMES = {"Jeanne Vial": "PER", "Marc Brun": "PER", "Wazzup": "PLATFORM"}
VERBS = "scande lit avait explique dénonce affirme dit parle estime vit sont est recule avons promis clique dorment refuse parler propose décrit permis conclure mijoter mis met a"

OTHERS = "légers"


def find(text, title=""):
    made = tokens.tables_of(
        tokens.part(title, VERBS, OTHERS, name="title", names=NAMES), tokens.part(text, VERBS, OTHERS, names=NAMES)
    )
    return quotes.find(*made.values(), CUES, QuotesSettings()).to_pylist()


def found(text, title=""):
    texts = {"title": title, "body": text}
    return [(texts[row["part"]][row["start"] : row["end"]], row["kind"], row["speaker"]) for row in find(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Tout est dit », explique Jeanne Vial.", [("Tout est dit", "direct", "Jeanne Vial")]),
        ("Les « travailleurs du clic » sont là.", [("travailleurs du clic", "term", None)]),
        ("Jeanne Vial dénonce une « dérive ».", [("dérive", "direct", "Jeanne Vial")]),
        (
            "Jeanne Vial dénonce « dix dérives » et des « abus ».",
            [("dix dérives", "direct", "Jeanne Vial"), ("abus", "direct", "Jeanne Vial")],
        ),
        (
            "Jeanne Vial dénonce « dix dérives », des « clics ».",
            [("dix dérives", "direct", "Jeanne Vial"), ("clics", "direct", "Jeanne Vial")],
        ),
        ("Jeanne Vial dénonce ces « dérives ».", [("dérives", "term", None)]),
        ("Jeanne Vial a reçu un courriel : « Tout est dit. »", [("Tout est dit.", "direct", None)]),
        ("Le loueur, Wazzup, affirme : « Tout est dit. »", [("Tout est dit.", "direct", "Wazzup")]),
        (
            "Jeanne Vial affirme que le marché « recule » ici.",
            [("recule", "direct", "Jeanne Vial")],
        ),
        ("Ils l'avaient appris par un courriel : « Tout est dit. »", [("Tout est dit.", "direct", None)]),
        ("Le loueur Wazzup (WZP) « dit non à tout ».", [("dit non à tout", "direct", "Wazzup")]),
        ("Une appli « éthique », explique son modèle.", [("éthique", "term", None)]),
        (
            "Le statut, affirme la juridiction, est « caduc ».",
            [("Le statut, affirme la juridiction, est « caduc »", "indirect", None), ("caduc", "direct", None)],
        ),
        ("« Tout est dit », rigole Jeanne Vial.", [("Tout est dit", "direct", "Jeanne Vial")]),
        ("« Tout est dit », anticipe Marc Brun.", [("Tout est dit", "direct", "Marc Brun")]),
        ("Jeanne Vial s'est dit « sereine » hier.", [("sereine", "direct", "Jeanne Vial")]),
        (
            "« Il dit « souplesse » à tous », explique Jeanne Vial.",
            [("Il dit « souplesse » à tous", "direct", "Jeanne Vial"), ("souplesse", "term", None)],
        ),
        (
            "« Marc Brun a dit : « Tout est là. » Voilà. », explique Jeanne Vial.",
            [
                ("Marc Brun a dit : « Tout est là. » Voilà.", "direct", "Jeanne Vial"),
                ("Tout est là.", "direct", "Marc Brun"),
            ],
        ),
        ("Jeanne Vial parle des « petites mains ».", [("petites mains", "term", None)]),
        (
            "Wazzup a vu Marc Brun et Jeanne Vial. « Tout est dit », explique celle-ci.",
            [("Tout est dit", "direct", "Jeanne Vial")],
        ),
        ("Jeanne Vial a vu Marc Brun. Celui-ci explique : « Tout est dit. »", [("Tout est dit.", "direct", "Marc Brun")]),
        ("Jeanne Vial, salariée de Wazzup, qui parle d'« un piège », dort.", [("un piège", "direct", "Jeanne Vial")]),
        (
            "Wazzup a dit oui, alors que Jeanne Vial, salariée ici, dénonce « un piège ».",
            [("un piège", "direct", "Jeanne Vial")],
        ),
        ("Wazzup dort, tandis que Jeanne Vial a mis en garde contre « un piège ».", [("un piège", "direct", "Jeanne Vial")]),
        ("Jeanne Vial met en garde contre « un piège ».", [("un piège", "direct", "Jeanne Vial")]),
        ("Jeanne Vial a signé un manifeste contre « un piège ».", [("un piège", "term", None)]),
        ("Jeanne Vial explique comment ils font « mijoter » leurs clients.", [("mijoter", "term", None)]),
        ("Jeanne Vial dit lire « Le Clic » (2018).", [("Le Clic", "term", None)]),
        ("Un texte intitulé « Tout est dit ».", [("Tout est dit", "term", None)]),
        ("Un chat « a b c d e f g h » ici.", [("a b c d e f g h", "direct", None)]),
        ("Selon Jeanne Vial, le marché du travail recule.", [("le marché du travail recule", "indirect", "Jeanne Vial")]),
        ("Un écran de « Wazzup » clignote.", []),
        ("Le « Wazzup » du clic clignote.", []),
        ("Le site « Wazzup pour tous » clignote.", [("Wazzup pour tous", "term", None)]),
        ("Jeanne Vial clique (lire aussi « On dorment ici »).", []),
        ("Ici, Jeanne Vial a eu « que trois pauses ce matin ».", [("que trois pauses ce matin", "direct", "Jeanne Vial")]),
        ("Jeanne Vial avait promis de créer une « taxe clic ».", [("taxe clic", "term", None)]),
        ("Jeanne Vial affirme créer une « taxe clic ».", [("taxe clic", "direct", "Jeanne Vial")]),
        ("Un chat dort. « Elle vit de clics », éd. du Quai, 232 p.", [("Elle vit de clics", "term", None)]),
        ("La mission d'enquête sur « les clics de nuit » dort.", [("les clics de nuit", "term", None)]),
        ("Jeanne Vial dit que les uns « recule et estiment ».", [("recule et estiment", "direct", "Jeanne Vial")]),
        ("Jeanne Vial dit que l'outil « libère des tâches ».", [("libère des tâches", "direct", "Jeanne Vial")]),
        (
            "Jeanne Vial dit que les « tâches en ligne » recule.",
            [("les « tâches en ligne » recule", "indirect", "Jeanne Vial"), ("tâches en ligne", "term", None)],
        ),
        ("Jeanne Vial parle d'un poste de « veilleur de nuit ».", [("veilleur de nuit", "term", None)]),
        ("Jeanne Vial dénonce notre article « Elle vit de clics ».", [("Elle vit de clics", "term", None)]),
        ("De « clics » en « tâches », rien.", [("clics", "term", None), ("tâches", "term", None)]),
        ("« Qui vit de clics ? » : une conférence.", [("Qui vit de clics ?", "term", None)]),
        ("La foule scande « Du respect pour tous ».", [("Du respect pour tous", "direct", None)]),
        ("On lit « Du respect pour tous » là.", [("Du respect pour tous", "term", None)]),
        ("Sur une banderole, on lit « Du respect pour tous ».", [("Du respect pour tous", "direct", None)]),
        ("Un « travailleur du clic » dort.", [("travailleur du clic", "term", None)]),
        ("Jeanne Vial avait lancé une « chasse aux clics ».", [("chasse aux clics", "term", None)]),
        ("Jeanne Vial dénonce une « croisade » contre Wazzup.", [("croisade", "direct", "Jeanne Vial")]),
        ("Rien sinon une « croisade » contre Wazzup.", [("croisade", "term", None)]),
        ("Un chat dort.\n\n« Aucun clic »\n\nUn chien dort.", [("Aucun clic", "direct", None)]),
        ("Un chat dort.\n\n« Clic »\n\nUn chien dort.", [("Clic", "term", None)]),
        ("Jeanne Vial dénonce un « clic », c’est-à-dire une tâche.", [("clic", "term", None)]),
        ("Jeanne Vial est coupable de « fraude aux clics ».", [("fraude aux clics", "term", None)]),
        ("Des horaires souvent dits « légers » dorment.", [("légers", "term", None)]),
        ("Certains chercheurs dénoncent une « dérive ».", [("dérive", "term", None)]),
        ("Plus de « clics », explique Jeanne Vial, ni rien.", [("clics", "direct", "Jeanne Vial")]),
        ("Selon Jeanne Vial, « les clics en vrac » sont là.", [("les clics en vrac", "direct", "Jeanne Vial")]),
        (
            "Selon Jeanne Vial, des « clics en vrac » sont là.",
            [("des « clics en vrac » sont là", "indirect", "Jeanne Vial"), ("clics en vrac", "term", None)],
        ),
        (
            "Directrice de la section, Jeanne Vial estime que « tout est dit ici ».",
            [("tout est dit ici", "direct", "Jeanne Vial")],
        ),
        ("« Tout dort », scande quelqu’un.", [("Tout dort", "direct", None)]),
        ("De l’aveu même de Jeanne Vial, ce qui est « promis » dort.", [("promis", "direct", "Jeanne Vial")]),
        ("Jeanne Vial dort, et tout relève du « clic ».", [("clic", "term", None)]),
        ("Jeanne Vial a dit « prendre acte » de cela.", [("prendre acte", "direct", "Jeanne Vial")]),
        ("VALMORNE, 6 mai (ADI) - Le clic recule, explique Jeanne Vial.", [("Le clic recule", "indirect", "Jeanne Vial")]),
        ("Pour Jeanne Vial, les clics « sont est recule ici ».", [("sont est recule ici", "direct", "Jeanne Vial")]),
        ("Jeanne Vial vit là, « aucun clic ici ».", [("aucun clic ici", "direct", "Jeanne Vial")]),
        (
            "« Un écran, là : « Merci à tous. » Puis rien. », explique Jeanne Vial.",
            [
                ("Un écran, là : « Merci à tous. » Puis rien.", "direct", "Jeanne Vial"),
                ("Merci à tous.", "direct", None),
            ],
        ),
        (
            "Jeanne Vial affirme que « rien de tel ici » et que tout dort.",
            [("rien de tel ici", "direct", "Jeanne Vial")],
        ),
        ("Le prix, demande à conclure Jeanne Vial, recule ici.", []),
        ("On arrive. Je lui dis : « Non. »", [("Non.", "direct", None)]),
        ("Jeanne Vial arrive. J’ai dit : « Non. »", [("Non.", "direct", None)]),
        ("Chez Wazzup, on dorment. « Tout est dit », dit-on.", [("Tout est dit", "direct", "Wazzup")]),
        ("« Tout est dit », estime savoir Jeanne Vial.", [("Tout est dit", "direct", "Jeanne Vial")]),
        ("Jeanne Vial dénonce les « clics de nuit » ici.", [("clics de nuit", "direct", "Jeanne Vial")]),
        ("Jeanne Vial dénonce ces « clics de nuit » ici.", [("clics de nuit", "direct", "Jeanne Vial")]),
        ("Jeanne Vial ne parle pas de « clics » ici.", [("clics", "term", None)]),
        ("Jeanne Vial parle ici de « clics » de nuit.", [("clics", "direct", "Jeanne Vial")]),
        ("Jeanne Vial refuse de parler de « clics » ici.", [("clics", "term", None)]),
        ("Jeanne Vial dénonce les « clics » ici.", [("clics", "term", None)]),
        ("Jeanne Vial décrit les « clics de nuit » ici.", [("clics de nuit", "term", None)]),
        ("Jeanne Vial estime des « clics » ici.", [("clics", "direct", "Jeanne Vial")]),
        ("Jeanne Vial parle des « clics de nuit » ici.", [("clics de nuit", "term", None)]),
        ("Jeanne Vial propose des « clics » ici.", [("clics", "term", None)]),
        ("Le clic a permis « de mijoter un plat ».", [("de mijoter un plat", "direct", None)]),
        ("Le clic vit d'un stage « de nuit et de jour ».", [("de nuit et de jour", "term", None)]),
        ("Jeanne Vial propose de conclure un contrat « légers ».", [("légers", "term", None)]),
        ("Jeanne Vial affirme conclure un contrat « légers ».", [("légers", "direct", "Jeanne Vial")]),
        (
            '« Rien sans un "clic" », explique Jeanne Vial.',
            [('Rien sans un "clic"', "direct", "Jeanne Vial"), ("clic", "term", None)],
        ),
        ("Rien.", []),
    ],
)
def test_kinds_and_speakers(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Jeanne Vial « inquiète » pour la nuit", "direct"),
        ("Wazzup « très inquiète » pour la nuit", "direct"),
        ("Wazzup « inquiète » pour la nuit", "term"),
        ("Jeanne Vial « patronne de clics »", "term"),
    ],
)
def test_a_headline_may_leave_out_that_somebody_says_to_be_so(title, kind):
    made = tokens.tables_of(
        tokens.part(title, VERBS, "inquiète très", name="title", names=NAMES), tokens.part("Rien.", VERBS)
    )
    (row,) = quotes.find(*made.values(), CUES, QuotesSettings()).to_pylist()
    assert (row["kind"], row["speaker"]) == (kind, title.split(" «")[0] if kind == "direct" else None)


def test_a_noun_that_is_tagged_as_a_verb_speaks_after_its_article():
    text = "« Tout dort », scande un passant."
    made = tokens.tables_of(tokens.part("", name="title"), tokens.part(text, "scande passant"))
    (row,) = quotes.find(*made.values(), CUES, QuotesSettings()).to_pylist()
    assert (row["kind"], row["speaker_text"]) == ("direct", "un passant")


def test_who_a_pronoun_before_qui_stands_for_may_speak():
    text = "Jeanne Vial arrive. « Tout est dit », explique celle qui dorment."
    assert found(text) == [("Tout est dit", "direct", "Jeanne Vial")]


def test_a_paragraph_in_the_first_person_is_of_whom_the_one_before_it_is_about():
    text = "« Tout est dit », explique Jeanne Vial.\n\n« Tout recule ici. »\n\nSelon Marc Brun, rien.\n\n« Je vis et je recule. »"
    assert [speaker for _, kind, speaker in found(text) if kind == "direct"] == ["Jeanne Vial", "Jeanne Vial", "Marc Brun"]


def test_a_paragraph_of_one_quotation_is_of_whom_the_one_before_it_came_to_be_about():
    text = "« Tout est dit », explique Jeanne Vial. Selon Marc Brun, rien ici.\n\n« Tout recule ici. »"
    assert [speaker for _, _, speaker in found(text)] == ["Jeanne Vial", "Marc Brun"]
    text = text.replace("Selon Marc Brun, rien ici", "Un chat dort")
    assert [speaker for _, _, speaker in found(text)] == ["Jeanne Vial", "Jeanne Vial"]


@pytest.mark.parametrize(
    "after",
    ["Le cri du cœur de Jeanne Vial est là.", "Ces mots sont de Jeanne Vial.", "La phrase est de la juge Jeanne Vial."],
)
@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_whose_words_they_were_may_be_said_after_them(after, between):
    assert found(f"« Tout recule ici. »{between}{after}") == [("Tout recule ici.", "direct", "Jeanne Vial")]
    assert found(f"« Tout recule ici. »{between}Le chat de Jeanne Vial dort.")[0][2] is None


def test_the_words_for_somebody_unnamed_do_not_begin_with_a_capital_because_a_sentence_does():
    (row,) = find("Une conseillère explique : « Tout est dit. »")
    assert (row["speaker"], row["speaker_text"]) == (None, "une conseillère")
    (row,) = find("Jeanne Vial explique : « Tout est dit. »")
    assert row["speaker_text"] == "Jeanne Vial"


def test_all_quotations_of_a_list_are_of_who_is_named_above_it():
    text = "Jeanne Vial affirme avoir promis. Voici tout.\n\n– « Tout est dit. »\n\n- « On dorment ici. »\n\n– « Rien avait recule. »"
    assert [speaker for _, kind, speaker in found(text) if kind == "direct"] == ["Jeanne Vial"] * 3


def test_the_only_person_who_is_quoted_says_what_has_hardly_a_word_around_it():
    text = "« Tout est dit », explique Jeanne Vial.\n\nUn chat dort. Un chien clique.\n\nSur le clic « Je lit tout ici. »"
    speakers = [speaker for _, kind, speaker in found(text) if kind == "direct"]
    assert speakers == ["Jeanne Vial", "Jeanne Vial"]
    text = text.replace("Un chien clique.", "« Tout recule », explique Marc Brun.")
    assert [speaker for _, kind, speaker in found(text) if kind == "direct"][2] is None


def test_a_quotation_without_words_around_it_is_of_who_spoke_last_in_the_paragraph():
    text = "« Tout est dit », explique Jeanne Vial. « On dorment. »"
    assert [speaker for _, _, speaker in found(text)] == ["Jeanne Vial", "Jeanne Vial"]


def test_a_quotation_after_et_de_conclure_is_of_who_spoke_before():
    text = "« Tout est dit », explique Jeanne Vial.\n\nEt de conclure : « On dorment. »"
    assert [speaker for _, _, speaker in found(text)] == ["Jeanne Vial", "Jeanne Vial"]


@pytest.mark.parametrize("between", [" Le reste dort. ", "\n\n"])
def test_a_quotation_that_names_no_speaker_is_of_who_says_the_next_one(between):
    text = f"Rien.\n\n« On dorment. »{between}« Tout est dit », explique Jeanne Vial."
    assert [speaker for _, _, speaker in found(text)] == ["Jeanne Vial", "Jeanne Vial"]


def test_a_quotation_two_paragraphs_above_the_next_one_stays_without_speaker():
    text = "Rien.\n\n« On dorment. »\n\nLe reste dort.\n\n« Tout est dit », explique Jeanne Vial."
    assert [speaker for _, _, speaker in found(text)] == [None, "Jeanne Vial"]


def test_the_same_short_words_twice_are_a_term():
    assert [kind for _, kind, _ in found("Jeanne Vial dénonce une « dérive ». Wazzup dénonce une « dérive ».")] == [
        "term",
        "term",
    ]


def test_metrics_count_kinds_and_known_speakers():
    made = tokens.tables_of(
        tokens.part("", name="title"), tokens.part("« Tout est dit », explique Jeanne Vial.", VERBS, names=NAMES)
    )
    table = quotes.find(*made.values(), CUES, QuotesSettings())
    assert quotes.metrics(table) == {"direct": 1, "indirect": 0, "term": 0, "direct_with_speaker": 1}


@given(st.text("«»“”\" .,:\n—?abé’'", max_size=60))
def test_any_text_gives_rows_in_order_inside_the_text(text):
    rows = find(f"Jeanne Vial explique {text}")
    for row in rows:
        assert 0 <= row["start"] < row["end"] <= len(text) + 21
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_names_on_lines_of_their_own_stand_on_one_side_of_their_quotations():
    lines = ["Jeanne Vial, juriste", "« Tout est dit ici. »", "Marc Brun, livreur", "« Tout recule ici. »"]
    above, below = "\n\n".join(lines), "\n\n".join([lines[1], lines[0], lines[3], lines[2]])
    for text in (above, below):
        assert [speaker for _, _, speaker in found(text)] == ["Jeanne Vial", "Marc Brun"]


def test_who_goes_on_is_who_spoke_last():
    text = "« Tout est dit », explique Jeanne Vial. Marc Brun est là. Une juriste dorment. « Rien », poursuit-elle."
    made = tokens.tables_of(tokens.part("", name="title"), tokens.part(text, f"{VERBS} poursuit", names=NAMES))
    rows = quotes.find(*made.values(), CUES, QuotesSettings()).to_pylist()
    assert [row["speaker"] for row in rows] == ["Jeanne Vial", "Jeanne Vial"]


def test_a_pseudonym_has_its_figures():
    (row,) = find("« Tout est dit », explique Pixelle42. Puis rien.")
    assert row["speaker_text"] == "Pixelle42"


def test_a_batch_gets_the_entities_that_it_names_and_the_study_and_no_others():
    entities = pa.table({"entity_id": ["a", "b", "c", "s"], "name": ["A", "B", "C", "S"], "label": ["PER"] * 4})
    narrow = quotes._with_entities(entities, frozenset({"s"}))
    mentions = pa.table({"entity_id": pa.array(["c", None, "a", "c"])})
    assert narrow({"mentions": mentions})["entities"].to_pydict() == {"entity_id": ["a", "c", "s"], "name": ["A", "C", "S"]}
    assert narrow({"mentions": mentions.slice(1, 1)})["entities"]["entity_id"].to_pylist() == ["s"]
