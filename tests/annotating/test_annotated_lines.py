"""Lines of an article, and the rows that are made of their docs."""

import spacy
from hypothesis import given
from hypothesis import strategies as st

from presstm.annotating import annotated_lines

TEXT = st.text(st.sampled_from("ab é.’\n\r\t\u2028\u00a0«»"), max_size=60)


@given(TEXT, TEXT, st.integers(1, 20))
def test_lines_hold_all_of_an_article_but_blanks_at_their_places(title, body, limit):
    stored = {"title": title, "body": body}
    seen = {"title": set(), "body": set()}
    for line in annotated_lines.lines(title, body, limit):
        places = range(line.offset, line.offset + len(line.text))
        assert line.text == stored[line.part][line.offset : places.stop]
        assert line.text.strip()
        assert len(line.text) <= limit
        assert not seen[line.part].intersection(places)
        seen[line.part].update(places)
    for part, text in stored.items():
        assert all(place in seen[part] for place, char in enumerate(text) if not char.isspace())


def test_a_paragraph_ends_at_a_blank_line():
    found = annotated_lines.lines("Titre", "un\ndeux\n \ntrois\r\n\r\nquatre", 100)
    assert [(line.part, line.paragraph, line.text) for line in found] == [
        ("title", 0, "Titre"),
        ("body", 0, "un"),
        ("body", 0, "deux"),
        ("body", 1, "trois"),
        ("body", 2, "quatre"),
    ]


def test_rows_point_at_the_article_and_leave_out_white_space():
    nlp = spacy.blank("fr")
    lines = list(annotated_lines.lines("", "Un clic.  Deux clics.\nTrois.", 100))
    sentences, tokens = annotated_lines.rows(lines, iter(annotated_lines.docs(nlp, lines, "fr_core_news_md")))
    body = "Un clic.  Deux clics.\nTrois."
    spans = zip(sentences["start"], sentences["end"], strict=True)
    assert [body[start:end] for start, end in spans] == ["Un clic.", "Deux clics.", "Trois."]
    for start, text in zip(tokens["start"], tokens["text"], strict=True):
        assert body[start : start + len(text)] == text
        assert text.strip()
    assert tokens["token_id"] == [0, 1, 2, 0, 1, 2, 0, 1]
    assert tokens["sentence_id"] == [0, 0, 0, 1, 1, 1, 2, 2]
