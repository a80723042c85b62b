import io
import xml.etree.ElementTree as ET

import pypdf
import pytest

from presstm import plain_figures
from presstm.plain_figures import Figure


def figure(*words):
    made = Figure(200, 100)
    made.line([(10, 10), (50, 10), (50, 90)], 1.2, "#1b2a3a")
    made.line([(100, 50)], 6, "#767676")
    for number, word in enumerate(words):
        made.word(20, 20 + 20 * number, word, 9, "#1b2a3a", bold=number % 2 == 1, anchor="end" if number else "start")
    return made


def test_equal_figures_give_equal_bytes():
    assert plain_figures.written(figure("un", "deux")) == plain_figures.written(figure("un", "deux"))
    assert tuple(plain_figures.written(figure())) == plain_figures.KINDS


def test_the_svg_holds_its_words_as_text():
    words = ["Le <Port> & l’œuvre", "漢 χ² 12", "quai\n"]
    read = ET.fromstring(plain_figures.svg(figure(*words)))
    assert [each.text for each in read.iter("{http://www.w3.org/2000/svg}text")] == [*words[:2], "quai\ufffd"]
    assert len(list(read.iter("{http://www.w3.org/2000/svg}circle"))) == 1


@pytest.mark.parametrize(
    ("word", "shown"), [("l’œuvre à 3 €", "l’œuvre à 3 €"), ("χ² 12", "χ² 12"), ("Ćwir (a)\\b", "Cwir (a)\\b"), ("漢", "?")]
)
def test_the_pdf_can_be_read_with_all_letters_that_the_standard_fonts_have(word, shown):
    read = pypdf.PdfReader(io.BytesIO(plain_figures.pdf(figure(word))), strict=True)
    assert [float(side) for side in read.pages[0].mediabox] == [0, 0, 200, 100]
    assert read.pages[0].extract_text().strip() == shown
