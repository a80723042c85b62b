import io
import xml.etree.ElementTree as ET

import pypdf
import pytest

from presstm import drawing
from presstm.drawing import Box, Dot, Drawing, Line, Word

WORDS = ["Le <Port> & l’œuvre à 3 €", "χ² 12", "Ćwir (a)\\b", "漢 🙂", "quai\n\ud800"]


def drawn(**settings):
    return Drawing(
        200,
        150,
        [
            Box(5, 5, 100, 20, "#4a6785"),
            Line([(10, 10), (50, 10), (50, 90)], 1.2, "#1b2a3a", dash=(2, 3)),
            Dot(100, 50, 3, "#ffffff", "#1b2a3a", 1),
            *(Word(20, 20 + 20 * n, word, 9, "#1b2a3a", bold=n == 1, anchor="end" if n else "start") for n, word in enumerate(WORDS)),
            Word(190, 75, "debout", 9, "#000000", anchor="middle", upright=True),
        ],
        **settings,
    )  # fmt: skip


def test_equal_drawings_give_equal_bytes():
    assert drawing.files(drawn()) == drawing.files(drawn())


def test_the_svg_holds_its_words_as_text():
    read = ET.fromstring(drawing.svg(drawn(title="Un <titre>")))
    written = [each.text for each in read.iter("{http://www.w3.org/2000/svg}text")]
    assert written == [*WORDS[:4], "quai\ufffd\ufffd", "debout"]
    assert read.findtext("{http://www.w3.org/2000/svg}title") == "Un <titre>"
    assert [len(list(read.iter(f"{{http://www.w3.org/2000/svg}}{tag}"))) for tag in ("rect", "path", "circle")] == [2, 1, 1]


def test_the_pdf_has_its_size_and_embeds_the_letters_of_its_words():
    page = pypdf.PdfReader(io.BytesIO(drawing.pdf(drawn(unit=0.5))), strict=True).pages[0]
    assert [float(side) for side in page.mediabox] == [0, 0, 100, 75]
    text = page.extract_text()
    assert all(word in text for word in [*WORDS[:3], "debout"])
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    embedded = {
        str(font["/BaseFont"]).partition("+")[2] for font in fonts if "/FontFile2" in font.get("/FontDescriptor", {})
    }
    assert embedded == {"DejaVuSans", "DejaVuSans-Bold"}


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_a_drawing_of_nothing_can_be_written(kind):
    assert drawing.files(Drawing(10, 10))[kind]
