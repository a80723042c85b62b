"""Quotations in titles and subheads."""

from tests.test_quotes import found


def test_short_words_of_a_title_or_subhead_that_a_quotation_repeats_are_part_of_it():
    said = "« Ce métier est une arnaque légale pour tous », explique Jeanne Vial."
    text = f"Le début.\n\n« Arnaque légale »\n\n{said} Une « arnaque légale » dort."
    expected = [("Arnaque légale", "direct", "Jeanne Vial"), (said[2 : said.index(" »")], "direct", "Jeanne Vial")]
    assert found(text)[:2] == expected
    assert ("arnaque légale", "direct", "Jeanne Vial") in found(said, title="Une « arnaque légale » au travail")


def test_a_subhead_that_a_later_quotation_says_has_its_speaker():
    text = "Le début.\n\n« Tout recule »\n\nLe reste dort.\n\n« Tout recule », explique Jeanne Vial."
    assert [speaker for _, _, speaker in found(text)] == ["Jeanne Vial", "Jeanne Vial"]


def test_a_subhead_is_of_whoever_says_its_words_below_even_without_a_verb_of_speech():
    text = "« Rien », explique Marc Brun.\n\n« Tout recule ici »\n\nJeanne Vial arrive. « On dit que tout recule ici. »"
    assert [speaker for _, _, speaker in found(text)] == ["Marc Brun", "Jeanne Vial", "Jeanne Vial"]


def test_a_title_that_is_a_quotation_is_of_the_person_whom_the_first_line_presents():
    title = "« Tout recule ici »"
    assert found("Jeanne Vial, secrétaire de section.\n\nLe reste dort.", title) == [
        ("Tout recule ici", "direct", "Jeanne Vial")
    ]
    assert found("Jeanne Vial explique tout.\n\nLe reste dort.", title) == [("Tout recule ici", "direct", None)]
    assert found("Jeanne Vial, secrétaire.\n\nLe reste dort.", f"Hier {title}") == [("Tout recule ici", "direct", None)]


def test_words_in_the_first_person_are_of_the_only_person_who_speaks():
    said = "« Ici rien ne dort », explique Jeanne Vial. « Tout est là », affirme Wazzup."
    assert ("Moi, j’explique tout", "direct", "Jeanne Vial") in found(said, "« Moi, j’explique tout »")
    assert ("On explique tout", "direct", None) in found(said, "« On explique tout »")


def test_a_text_that_begins_with_its_own_headline_is_read_like_one_with_a_title():
    said = "« Tout est dit depuis longtemps », explique Jeanne Vial."
    text = f"« Tout est dit depuis longtemps »\n\nWazzup recule.\n\n{said}"
    assert [speaker for _, _, speaker in found(text)] == ["Jeanne Vial", "Jeanne Vial"]


def test_a_quotation_in_the_title_has_the_speaker_of_the_body():
    rows = found("« Tout est dit depuis longtemps », explique Jeanne Vial.", "« Tout est dit depuis longtemps »")
    assert {(kind, speaker) for _, kind, speaker in rows} == {("direct", "Jeanne Vial")}
