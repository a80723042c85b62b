import dataclasses

from presstm.exports import methods


def test_the_paragraph_gives_the_numbers_of_the_study(source):
    text = methods.paragraph(source, "en")
    assert "of 5 documents read, 4 articles from 3 outlets were kept and 1 rejected" in text
    assert "containment of 5-word shingles (threshold 0.25), which leaves 3 distinct texts" in text
    assert "between 2019-05-24 and 2019-07-01" in text


def test_french_numbers_are_written_in_french(source):
    assert "seuil d’inclusion 0,25" in methods.paragraph(source, "fr")


def test_what_was_not_run_is_not_said(source):
    few = {name: source.tables[name] for name in ("articles", "rejects")}
    text = methods.paragraph(dataclasses.replace(source, tables=few), "en")
    assert "spaCy" not in text
    assert "themes" not in text
