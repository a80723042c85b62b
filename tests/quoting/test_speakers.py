"""Who a noun phrase stands for: names, pronouns, what people do, bodies and documents."""

from pathlib import Path

import pytest

from presstm.quoting import noun_phrases, speakers, speech
from tests import tokens

CUES = speech.load(Path(__file__).parents[2] / "models/cues.yml")
NAMES = {"Jeanne Vial": "PER", "Paul Ancelin": "PER", "Clics en commun": "ORG", "Wazzup": "PLATFORM", "Port-Chavel": "PER"}


def reader(text, verbs="", others="", title=""):
    title, body = tokens.part(title, name="title", names=NAMES), tokens.part(text, verbs, others, names=NAMES)
    return speakers.Reader(title, body, CUES, {name: name for name in NAMES}), body


def resolved(text, words, **annotation):
    """Speaker that the last occurrence of `words` stands for."""
    found, body = reader(text, **annotation)
    start = text.rindex(words)
    phrase = found.grammar.phrase_from(body, body.word_index(start))
    if words in ("il", "elle", "elles"):
        phrase = noun_phrases.Phrase(start, start + len(words), "pronoun", words, None)
    return found.resolve(body, phrase).entity_id


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Jeanne Vial arrive. Paul Ancelin part. Puis elle parle.", "elle", "Jeanne Vial"),
        ("Jeanne Vial arrive. Paul Ancelin part. Puis il parle.", "il", "Paul Ancelin"),
        ("La sociologue Jeanne Vial arrive. Paul Ancelin part. La sociologue parle.", "La sociologue", "Jeanne Vial"),
        ("Paul Ancelin, chercheur, part. Jeanne Vial, avocate, arrive. Le chercheur parle.", "Le chercheur", "Paul Ancelin"),
        ("Paul Ancelin, livreur, part. Le préfet parle.", "Le préfet", None),
        ("Paul Ancelin, livreur, part. Le quadragénaire parle.", "Le quadragénaire", "Paul Ancelin"),
        ("Paul Ancelin, sénateur, part. Le dirigeant parle.", "Le dirigeant", None),
        ("Paul Ancelin, préfet, part. Le préfet parle.", "Le préfet", "Paul Ancelin"),
        ("Paul Ancelin part. Jeanne Vial arrive. La jeune femme parle.", "La jeune femme", "Jeanne Vial"),
        ("Paul Ancelin part. Jeanne Vial arrive. Le jeune homme parle.", "Le jeune homme", "Paul Ancelin"),
        ("Me Jeanne Vial arrive. L’avocate parle.", "L’avocate", "Jeanne Vial"),
        ("Le rapport du collectif Clics en commun sort. Wazzup part. Le rapport parle.", "Le rapport", "Clics en commun"),
        ("Le siège de Wazzup ferme. La plateforme parle.", "La plateforme", "Wazzup"),
        ("Clics en commun, un cabinet, part. Le cabinet parle.", "Le cabinet", "Clics en commun"),
        ("Clics en commun, un cabinet, part. Le cabinet du ministre parle.", "Le cabinet", None),
        ("La cour de Clics en commun juge. Paul Ancelin part. Les magistrats parlent.", "Les magistrats", "Clics en commun"),
        ("Clics en commun part. Les magistrats parlent.", "Les magistrats", None),
        ("Paul Ancelin vit à Port-Chavel. Puis il parle.", "il", "Paul Ancelin"),
        ("Jeanne Vial arrive. « Paul Ancelin dort. » Puis il parle.", "il", "Paul Ancelin"),
        (
            "Le siège de Wazzup ferme. Clics en commun part. Le porte-parole de la plateforme parle.",
            "Le porte-parole",
            "Wazzup",
        ),
        ("Le siège de Wazzup ferme. Clics en commun part. La direction de la plateforme parle.", "La direction", "Wazzup"),
        ("« On dort », parle-t-elle. Selon Jeanne Vial, rien ne presse.", "elle", "Jeanne Vial"),
        ("Paul Ancelin arrive. On vit. Sa voisine Jeanne Vial, elle, dort. Puis elle parle.", "elle", "Jeanne Vial"),
        ("Jeanne Vial, la sociologue du lieu, arrive.", "la sociologue", "Jeanne Vial"),
        ("Une étude menée par le collectif Clics en commun sort. Wazzup part.", "Une étude", "Clics en commun"),
        ("Jeanne Vial arrive. Quant à Clics en commun, elle parle.", "elle", "Clics en commun"),
        ("Jeanne Vial arrive. La publicité parle.", "La publicité", None),
        ("Jeanne Vial arrive. Les journaux parlent.", "Les journaux", None),
        ("Un homme arrive. Puis elles parlent.", "elles", None),
        ("Un homme arrive. Un homme parle.", "Un homme", None),
    ],
)
def test_stands_for(text, words, speaker):
    verbs = "arrive part parle vit sort ferme dort parlent"
    assert resolved(text, words, verbs=verbs) == speaker


def test_whom_a_quotation_names_is_not_who_speaks():
    text = "Paul Ancelin arrive. On rit. « Jeanne Vial et Marc dorment. » Puis il parle."
    assert resolved(text, "il", verbs="arrive rit dorment parle") == "Paul Ancelin"


def test_who_spoke_is_referred_to_from_afar():
    text = "Jeanne Vial arrive. " + "Un chat dort. " * 20 + "Puis elle parle."
    found, body = reader(text, verbs="arrive dort parle")
    start = text.index("elle parle")
    phrase = noun_phrases.Phrase(start, start + 4, "pronoun", "elle", None)
    assert found.resolve(body, phrase).entity_id is None
    found.speaks(body, 5, "Jeanne Vial")
    assert found.resolve(body, phrase).entity_id == "Jeanne Vial"


@pytest.mark.parametrize(
    ("text", "after", "subject"),
    [
        ("explique Jeanne Vial hier", 1, "Jeanne Vial"),
        ("explique à la radio Jeanne Vial", 1, "Jeanne Vial"),
        ("réagit auprès de l’agence Jeanne Vial", 1, "Jeanne Vial"),
        ("explique-t-elle hier", 1, "elle"),
        ("explique la chercheuse Jeanne Vial", 1, "la chercheuse Jeanne Vial"),
        ("explique un porte-parole de Wazzup", 1, "un porte-parole de Wazzup"),
        ("explique hier", 1, None),
    ],
)
def test_finds_the_subject_after_a_verb(text, after, subject):
    found, body = reader(text, verbs="explique réagit", others="hier")
    phrase = found.grammar.subject_after(body, after, strict=True)
    assert (phrase and text[phrase.start : phrase.end]) == subject


def test_unnamed_speakers_keep_their_words():
    found, body = reader("Un livreur parle.", verbs="parle")
    phrase = found.grammar.phrase_from(body, 0)
    assert found.resolve(body, phrase) == (None, "Un livreur")


def test_where_no_body_is_named_with_it_a_report_is_of_the_study():
    title, body = tokens.part("", name="title"), tokens.part("Le rapport parle. Wazzup part.", "parle part", names=NAMES)
    for study in (None, "Clics en commun"):
        found = speakers.Reader(title, body, CUES, {name: name for name in NAMES}, speakers.Study(study))
        assert found.resolve(body, found.grammar.phrase_from(body, 0)).entity_id == study


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Le rapport parle.", "report"),
        ("Les auteurs parlent.", "report"),
        ("L’étude de Wazzup parle.", "Wazzup"),  # one of the bodies that made it is not enough
        ("Wazzup et Clics en commun publient une étude. Le rapport parle.", "report"),
        ("La plateforme Wazzup vient. La plateforme parle.", "Wazzup"),
    ],
)
def test_the_report_of_the_study_speaks_for_itself(text, speaker):
    study = speakers.Study("diplab", "report", frozenset({"Wazzup", "Clics en commun", "diplab"}))
    title, body = tokens.part("", name="title"), tokens.part(text, "parle parlent publient vient", names=NAMES)
    found = speakers.Reader(title, body, CUES, {name: name for name in NAMES}, study)
    last = text.rindex(". ") + 2 if ". " in text else 0
    assert found.resolve(body, found.grammar.phrase_from(body, body.word_index(last))).entity_id == speaker


def test_two_who_speak_together_are_the_first_with_the_words_for_both():
    found, body = reader("« Non », disent Jeanne Vial et Paul Ancelin.", verbs="disent")
    phrase = found.grammar.phrase_from(body, body.word_index(body.text.index("Jeanne")))
    assert found.resolve(body, phrase) == ("Jeanne Vial", "Jeanne Vial et Paul Ancelin")


def test_a_young_man_is_whom_the_sentence_before_is_about_although_another_spoke():
    text = "Paul Ancelin parle. Pour Marc Brun, tout change. Puis le jeune homme rit."
    names = {"Paul Ancelin": "PER", "Marc Brun": "PER"}
    body = tokens.part(text, "parle change rit", names=names)
    found = speakers.Reader(tokens.part("", name="title"), body, CUES, {name: name for name in names})
    found.speaks(body, 10, "Paul Ancelin")
    phrase = found.grammar.phrase_from(body, body.word_index(text.index("le jeune")))
    assert found.resolve(body, phrase).entity_id == "Marc Brun"


@pytest.mark.parametrize("subject", ["Six anciens livreurs", "Une dizaine de livreurs", "Des livreurs", "Certains livreurs"])
def test_ils_are_the_subject_in_the_plural_before_them(subject):
    text = f"{subject} dorment. Puis ils parlent."
    found, body = reader(text, "dorment parlent", "anciens")
    many = {"dizaine": "Sing"} if "dizaine" in subject else {"livreurs": "Plur"}
    body.tokens[:] = [
        token._replace(dep="nsubj", morph=f"Number={many[token.text]}") if token.text in many else token
        for token in body.tokens
    ]
    start = text.index("ils")
    assert found.resolve(body, noun_phrases.Phrase(start, start + 3, "pronoun", "ils", None)) == (None, subject)


def test_ils_are_who_an_inserted_verb_of_speech_says_to_speak():
    text = "Rien ne va, notent les auteurs. « Non », écrivent-ils."
    found, body = reader(text, "va notent écrivent")
    body.tokens[:] = [token._replace(morph="Number=Plur") if token.text == "auteurs" else token for token in body.tokens]
    start = text.index("ils")
    phrase = noun_phrases.Phrase(start, start + 3, "pronoun", "ils", None)
    assert found.resolve(body, phrase, text.index("«")) == (None, "les auteurs")


@pytest.mark.parametrize(
    "noun", ["modération", "expertise", "candidature", "responsabilité", "enquête", "automate", "commande"]
)
def test_what_somebody_does_or_has_is_nobody(noun):
    assert not noun_phrases.Grammar(CUES).is_human(noun)


@pytest.mark.parametrize(
    "noun", ["modératrice", "experte", "candidate", "responsable", "enquêteur", "autrice", "professeure", "pdg"]
)
def test_who_does_something_is_somebody(noun):
    assert noun_phrases.Grammar(CUES).is_human(noun)
