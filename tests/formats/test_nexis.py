from datetime import date
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm.formats import Item, nexis

ONE = "Les coursiers de Valmorne ont posé leurs sacs devant la halle, mardi, et réclament un contrat."
TWO = "Leur porte-parole attend une réponse de la société avant la fin du mois."
ENGLISH = {
    "section": "Section",
    "length": "Length",
    "byline": "Byline",
    "body": "Body",
    "class": "Classification",
    "language": "Language",
    "load": "Load-Date",
    "end": "End of Document",
}
FRENCH = {
    "section": "Rubrique",
    "length": "Longueur",
    "byline": "Auteur",
    "body": "Corps",
    "class": "Classification",
    "language": "Langue",
    "load": "Date-Chargement",
    "end": "Fin du document",
}


def paragraph(text="", bold=False, bookmark="", section=False) -> str:
    mark = f'<w:bookmarkStart w:id="1" w:name="{bookmark}"/><w:bookmarkEnd w:id="1"/>' if bookmark else ""
    props = "<w:pPr><w:sectPr/></w:pPr>" if section else ""
    half = len(text) // 2  # Word cuts runs anywhere
    runs = "".join(
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t xml:space='preserve'>{escape(part)}</w:t></w:r>"
        for part in (text[:half], text[half:])
    )
    return f"<w:p>{props}{mark}{runs if text else ''}</w:p>"


def article(
    number=1,
    labels=ENGLISH,
    title="Le 3 mai 2018, jour des sacs",
    body=(ONE, TWO),
    marker=True,
    bookmark=True,
    day="July 1, 2019 Monday 9:20 AM GMT",
) -> str:
    made = [
        paragraph(bookmark=f"Bookmark_{number}" if bookmark else ""),
        paragraph(title, bold=True),
        paragraph("Le Courrier de Valmorne(Valmorne)"),
        paragraph(day),
        paragraph("Copyright 2019 Le Courrier de Valmorne All Rights Reserved"),
        paragraph(f"{labels['section']}:\xa0ÉCONOMIE; Version:28; Pg. 3", bold=True),
        paragraph(f"{labels['length']}:\xa0355 words"),
        paragraph(f"{labels['byline']}:\xa0Jeanne Morvan"),
    ]
    if marker:
        made += [paragraph(labels["body"], bold=True, bookmark="Body"), *(paragraph(text) for text in body)]
        made += [
            paragraph(labels["class"], bold=True),
            paragraph(f"{labels['language']}: FRENCH; FRANÇAIS"),
            paragraph("Subject: GRÈVES (90%)"),
            paragraph(f"{labels['load']}: July 2, 2019"),
        ]
    return "".join([*made, paragraph(labels["end"], bold=True)])


def cover(stated: int) -> str:
    lines = [
        "Date and Time: Tuesday, July 2, 2019",
        "Job Number: 12345",
        f"Documents ({stated})",
        "1. Le 3 mai 2018, jour des sacs",
        "Client/Matter: -None-",
        "Search Terms: sacs",
    ]
    return "".join(paragraph(line, bold=line.startswith("Documents")) for line in lines) + paragraph(section=True)


def word(*parts: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{space}"><w:body>{"".join(parts)}</w:body></w:document>'.encode()


def read(*parts: str):
    found = nexis.word_paragraphs(word(*parts))
    assert nexis.is_word_export(found)
    return nexis.read_word(found)


@pytest.mark.parametrize("labels", [ENGLISH, FRENCH])
@pytest.mark.parametrize("day", ["July 1, 2019 Monday 9:20 AM GMT", "lundi 1 juillet 2019", "1 juillet 2019 lundi"])
def test_word_export(labels, day):
    item, second = read(cover(2), article(labels=labels, day=day), article(2, labels, "Un autre titre"))
    assert item.text == f"{ONE}\n\n{TWO}"
    assert (item.title, item.outlet, item.section) == ("Le 3 mai 2018, jour des sacs", "Le Courrier de Valmorne", "ÉCONOMIE")
    assert (item.published, item.authors, item.language) == (date(2019, 7, 1), ("Jeanne Morvan",), "fr")
    assert second.title == "Un autre titre"


def test_without_bookmarks_documents_end_at_their_end_marks():
    found = read(cover(2), article(bookmark=False), article(bookmark=False, title="Un autre titre"))
    assert [item.title for item in found] == ["Le 3 mai 2018, jour des sacs", "Un autre titre"]


def test_without_body_marker_a_document_is_rejected():
    first, second = read(cover(2), article(marker=False), article(2))
    assert (first.reason, isinstance(second, Item)) == ("no_text", True)
    assert "no body marker" in first.detail


def test_fewer_documents_than_the_cover_states_are_a_reject():
    assert [result.detail for result in read(cover(10), article()) if not isinstance(result, Item)] == [
        "the export states 10 documents, 1 were found"
    ]


def test_a_body_that_speaks_of_graphics_goes_on():
    (item,) = read(article(body=(ONE, "Graphic", TWO)))
    assert item.text == f"{ONE}\n\nGraphic\n\n{TWO}"


def test_a_headline_and_a_body_that_begin_like_labels_are_kept():
    (item,) = read(article(title="Note : les sacs", body=("Person: un mot anglais.", ONE)))
    assert (item.title, item.text) == ("Note : les sacs", f"Person: un mot anglais.\n\n{ONE}")


def test_lines_of_an_rtf_export_are_read_as_those_of_a_word_file():
    parts = (cover(2), article(bookmark=False), article(bookmark=False, title="Un autre titre"))
    plain = "\n".join(one.text for one in nexis.word_paragraphs(word(*parts)))
    found = nexis.lines(plain)
    assert nexis.is_word_export(found)
    first, second = nexis.read_word(found)
    assert (first.title, first.outlet, first.text) == (
        "Le 3 mai 2018, jour des sacs",
        "Le Courrier de Valmorne",
        f"{ONE}\n\n{TWO}",
    )
    assert (second.title, second.published) == ("Un autre titre", date(2019, 7, 1))


DOCUMENT = word(cover(2), article(), article(2, title="Un autre titre"))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(DOCUMENT)))
def test_a_word_file_that_breaks_off_keeps_what_came_before(length):
    found = nexis.read_word(nexis.word_paragraphs(DOCUMENT[:length]))
    complete = DOCUMENT[:length].count(b"End o") if length < len(DOCUMENT) else 2
    assert sum(isinstance(result, Item) for result in found) >= complete - 1
    assert found


def test_a_word_file_that_ends_with_fin_du_document_is_no_export():
    assert not nexis.is_word_export(nexis.word_paragraphs(word(paragraph(ONE), paragraph("Fin du document"))))
