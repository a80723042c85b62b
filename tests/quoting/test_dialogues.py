"""Direct speech without quotation marks: interviews and lines after a dash."""

from pathlib import Path

from presstm.quoting import dialogues, guillemets, speakers, speech
from tests import tokens

CUES = speech.load(Path(__file__).parents[2] / "models/cues.yml")
NAMES = {"Claire Montval": "PER", "Jean Lambrun": "PER"}
QUESTIONS = (
    "Pourquoi ce livre ?\n\nParce que rien n’est dit. Rien.\n\nEt après ?\n\nOn verra.\n\nPropos recueillis par Jean Lambrun"
)


def replies(text, title=""):
    title, body = tokens.part(title, name="title", names=NAMES), tokens.part(text, "répond dit verra", names=NAMES)
    reader = speakers.Reader(title, body, CUES, {name: name for name in NAMES})
    found = dialogues.find(reader, body, guillemets.find(text))
    return [(text[reply.start : reply.end], reply.speaker and reply.speaker.entity_id) for reply in found]


def test_answers_of_an_interview_are_direct_speech_of_the_one_interviewed():
    expected = [("Parce que rien n’est dit. Rien.", "Claire Montval"), ("On verra.", "Claire Montval")]
    assert replies(QUESTIONS, "Claire Montval : « On verra »") == expected


def test_an_answer_runs_over_paragraphs_and_loses_its_label():
    text = "Interview\n\nQuoi ?\n\nR : Ceci.\n\nEt cela.\n\nComment ?\n\nAinsi."
    assert [answer for answer, _ in replies(text)] == ["Ceci.\n\nEt cela.", "Ainsi."]


def test_questions_in_a_text_that_is_no_interview_are_left_alone():
    assert replies(QUESTIONS.rpartition("\n\n")[0], "Un livre sort") == []


def test_lines_after_a_dash_are_dialogue():
    text = "Il entre.\n\n— Vous venez ?\n\n— Oui, répond Claire Montval.\n\nPuis rien."
    assert replies(text) == [("Vous venez ?", None), ("Oui", "Claire Montval")]


def test_lines_of_two_who_speak_in_turn_are_of_whom_any_of_them_names():
    text = "Il entre.\n\n— Vous venez ?\n\n— Oui, répond Claire Montval.\n\n— Et vous ?\n\n— Non.\n\nPuis rien."
    assert [speaker for _, speaker in replies(text)] == [None, "Claire Montval", None, "Claire Montval"]


def test_a_post_signed_below_is_of_who_signs_it():
    text = "Elle réagit.\n\nQui nous paiera ?\n\n— Claire Montval (@cmontval) 4 juin\n\nPuis rien."
    assert replies(text) == [("Qui nous paiera ?", "Claire Montval")]


def test_a_turn_of_a_transcript_is_of_whom_it_names():
    text = "Claire Montval : Et après ?\n\nJean Lambrun (il rit) : Rien.\n\nCLAIRE MONTVAL : Ah.\n\nLE LIVREUR : Oui.\n\nJ. L. : Si."
    assert replies(text) == [
        ("Et après ?", "Claire Montval"),
        ("Rien.", "Jean Lambrun"),
        ("Ah.", "Claire Montval"),
        ("Oui.", None),
        ("Si.", "Jean Lambrun"),
    ]


def test_what_is_no_person_makes_no_transcript():
    assert replies("Prix : 5 euros.\n\nLieu : le port.\n\nPrix : 8 euros.\n\nPlus : Claire Montval.") == []


def test_who_asks_in_a_transcript_may_be_an_outlet_by_its_initials():
    text = "P. : Alors ?\n\nClaire Montval : Oui.\n\nP. : Et là ?\n\nC. M. : Non.\n\nP. : Et après.\n\nC. M. : Rien."
    assert replies(text) == [("Oui.", "Claire Montval"), ("Non.", "Claire Montval"), ("Rien.", "Claire Montval")]


def test_notes_between_turns_of_one_person_make_no_transcript():
    text = "Claire Montval : Oui.\n\nNote : épuisé.\n\nC. M. : Non.\n\nC. M. : Rien."
    assert replies(text) == []


def test_a_list_with_dashes_is_no_dialogue():
    assert replies("Il faut :\n\n— un clavier.\n\n— une souris.\n\nPuis rien.") == []


def test_a_name_before_an_answer_makes_an_interview():
    text = "Le Réveil — Pourquoi ce livre ?\n\nClaire Montval — Parce que rien n’est dit.\n\nEt après ?\n\nOn verra."
    assert replies(text) == [("Parce que rien n’est dit.", "Claire Montval"), ("On verra.", "Claire Montval")]


def test_three_questions_that_address_somebody_make_an_interview():
    asked = "Que voyez-vous, Claire Montval ?\n\nUn mur.\n\nEt vous en dites ?\n\nRien.\n\nPourquoi ?\n\nParce que."
    assert [answer for answer, _ in replies(asked)] == ["Un mur.", "Rien.", "Parce que."]
    assert replies(asked.rpartition("\n\nPourquoi")[0]) == []


def test_three_questions_of_which_one_addresses_somebody_who_says_i_make_an_interview():
    text = "Pourquoi ?\n\n{}\n\nEt vous, alors ?\n\nOn verra.\n\nQui range ?\n\nDes gens."
    assert len(replies(text.format("Parce que je range."))) == 3
    assert replies(text.format("Parce qu’on range.")) == []


def test_a_few_words_to_vous_between_answers_ask_as_well():
    text = QUESTIONS.replace(
        "On verra.", "On verra.\n\nVous ne semblez pas pressé…\n\nJe prends le temps que demande un livre."
    )
    answers = [answer for answer, _ in replies(text, "Claire Montval : « On verra »")]
    assert answers == ["Parce que rien n’est dit. Rien.", "On verra.", "Je prends le temps que demande un livre."]


def test_answers_in_quotation_marks_are_of_the_one_interviewed():
    text = "Claire Montval arrive.\n\nQuoi ?\n\n« Ceci. »\n\nComment ?\n\n« Ainsi. »"
    title, body = tokens.part("", name="title"), tokens.part(text, names=NAMES)
    reader = speakers.Reader(title, body, CUES, {name: name for name in NAMES})
    spans = guillemets.find(text)
    assert dialogues.interviewee(reader, body, spans).entity_id == "Claire Montval"
    assert dialogues.interviewee(reader, body, spans[:1]) is None


def test_a_box_of_questions_within_an_article_has_one_paragraph_for_each_answer():
    text = "Il pleut.\n\nDeux questions à Claire Montval, avocate\n\nPourquoi ?\n\nParce que.\n\nEt après ?\n\nRien.\n\nIl pleut encore."
    assert replies(f"Un.\n\nDeux.\n\n{text}") == [("Parce que.", "Claire Montval"), ("Rien.", "Claire Montval")]


def test_a_name_above_two_questions_makes_a_box_without_more():
    text = "Il pleut.\n\nClaire Montval, avocate\n\nPourquoi ?\n\nParce que.\n\nEt après ?\n\nRien.\n\nIl pleut encore."
    assert replies(f"Un.\n\nDeux.\n\n{text}") == [("Parce que.", "Claire Montval"), ("Rien.", "Claire Montval")]
    assert replies("Un.\n\nDeux.\n\nClaire Montval, avocate\n\nPourquoi ?\n\nParce que.\n\nIl pleut.") == []


def test_lines_after_a_hyphen_are_dialogue_where_most_address_somebody():
    assert replies("Il entre.\n\n- Vous venez ?\n\n- Non, madame.\n\nPuis rien.") == [
        ("Vous venez ?", None),
        ("Non, madame.", None),
    ]
    assert replies("Il faut :\n\n- un clavier pour vous.\n\n- une souris.\n\n- un écran.\n\nPuis rien.") == []
