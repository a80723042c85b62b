import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm.formats import Item, pdf

LINES = [
    "Les coursiers de Valmorne ont posé leurs sacs devant la halle, mardi soir,",
    "et réclament un contrat. Le micro-travail, disent-ils, ne les nourrit pas plus",
    "que les courses, et les deux se ressem-",
    "blent beaucoup par ces temps d’hiver.",
    "Leur porte-parole attend une réponse de la société avant la fin du mois, et ne",
    "compte pas sur le micro-",
    "travail pour passer l’hiver avec tous les siens.",
]
PARAGRAPHS = [
    "Les coursiers de Valmorne ont posé leurs sacs devant la halle, mardi soir, et réclament un contrat. Le micro-travail, disent-ils, "
    "ne les nourrit pas plus que les courses, et les deux se ressemblent beaucoup par ces temps d’hiver.",
    "Leur porte-parole attend une réponse de la société avant la fin du mois, et ne compte pas sur le micro-travail pour passer l’hiver "
    "avec tous les siens.",
]


def document(*pages: list[str]) -> bytes:
    """A PDF with one line of text under the other, written by hand."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode())
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for n, lines in enumerate(pages):
        shown = b"".join(
            b"(" + line.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)") + b") Tj T*\n" for line in lines
        )
        stream = b"BT /F1 10 Tf 12 TL 50 780 Td\n" + shown + b"ET" if lines else b""
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * n} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>\nstream\n" % len(stream) + stream + b"\nendstream")
    made, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % offset for offset in offsets
    )
    return made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def test_lines_are_joined_and_hyphens_undone():
    (item,) = pdf.read(document(LINES))
    assert isinstance(item, Item)
    assert item.text.split("\n\n") == PARAGRAPHS
    assert item.method == "pdf"


def test_running_heads_and_page_numbers_are_dropped_and_a_sentence_goes_on_over_the_page():
    pages = [["LE COURRIER 1", *LINES[:3], "1"], ["LE COURRIER 2", *LINES[3:5], "2"], ["LE COURRIER 3", *LINES[5:], "3"]]
    (item,) = pdf.read(document(*pages))
    assert item.text.split("\n\n") == PARAGRAPHS


def test_cut_words_of_a_long_paragraph_are_made_whole_in_one_pass():
    cut = "les coursiers de Valmorne et de Morvan se ressem-"
    began = time.process_time()
    assert pdf.rejoined([[cut, "blent et"] * 3000]) == [" ".join([cut.replace("-", "blent et")] * 3000)]
    assert time.process_time() - began < 20


def test_a_title_stands_alone():
    (item,) = pdf.read(document(["Des sacs devant la halle", "", *LINES]))
    assert (item.title, item.text.split("\n\n")) == ("Des sacs devant la halle", PARAGRAPHS)


def test_a_scan_is_rejected_by_name():
    (reject,) = pdf.read(document([], []))
    assert (reject.reason, reject.detail[:13]) == ("no_text", "no text layer")


def test_a_broken_file_is_rejected():
    assert [result.reason for result in pdf.read(b"%PDF-1.4\nnothing")] == ["unreadable"]


DATA = document(LINES, LINES)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(DATA) - 1), st.integers(0, 255))
def test_broken_files_never_raise(place, byte):
    assert len(pdf.read(DATA[:place])) == 1
    assert len(pdf.read(DATA[:place] + bytes([byte]) + DATA[place + 1 :])) == 1


def test_several_documents_of_europresse_in_one_pdf_are_named_and_one_is_read():
    def page(number):
        return [*LINES, f"news\xb720190524\xb7VA\xb70{number}"]

    (reject,) = pdf.read(document(page(1), page(2)))
    assert (reject.reason, "HTML" in reject.detail) == ("unsupported_format", True)
    assert isinstance(pdf.read(document(page(1)))[0], Item)


def test_a_title_stands_alone_before_a_text_that_opens_with_a_quotation():
    (item,) = pdf.read(document(["Des sacs devant la halle", "« " + LINES[0], *LINES[1:]]))
    assert (item.title, item.text[:30]) == ("Des sacs devant la halle", "« " + PARAGRAPHS[0][:28])


def test_a_title_whose_line_cannot_end_there_goes_on():
    (item,) = pdf.read(document(["Les coursiers ne veulent plus de", "Valmorne Livraisons", "", *LINES]))
    assert (item.title, item.text.split("\n\n")) == ("Les coursiers ne veulent plus de Valmorne Livraisons", PARAGRAPHS)


def test_a_dateline_parts_a_title_as_long_as_the_lines_from_the_text():
    title = "Des sacs devant la halle, et une réponse qui se fait attendre depuis mardi"
    (item,) = pdf.read(document([title, "Le Héron, 24 mai 2019", *LINES]))
    assert (item.title, item.outlet, item.text.split("\n\n")) == (title, "Le Héron", PARAGRAPHS)


TITLE = "Des sacs devant la halle"
PAGE = "https://heron.example/vallee/sacs"


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (f"12/03/2024 10:11 {TITLE} - Le Héron", PAGE + " {}/2"),
        (f"12/03/2024, 10:11 {TITLE} | Le Héron", PAGE + " {}/2"),
        (f"{TITLE} - Le Héron {PAGE}", "{} sur 2 12/03/2024 à 10:11"),
        (f"{TITLE} - Le Héron {PAGE}", "{} of 2 3/12/24, 10:11 AM"),
    ],
)
def test_what_browsers_print_around_a_page_is_no_text_and_tells_its_address(head, foot):
    pages = [[head, TITLE, "Le 24/05/2019", *LINES[:3], foot.format(1)], [head, *LINES[3:], foot.format(2)]]
    (item,) = pdf.read(document(*pages))
    assert (item.title, item.url, item.outlet, item.published) == (TITLE, PAGE, "heron.example", date(2019, 5, 24))
    assert item.text.split("\n\n") == PARAGRAPHS


def test_an_address_that_was_printed_shortened_is_none():
    (item,) = pdf.read(
        document([f"12/03/2024 10:11 {TITLE}", TITLE, "Le 24/05/2019", *LINES, "https://heron.example/va… 1/1"])
    )
    assert (item.title, item.url, item.text.split("\n\n")) == (TITLE, None, PARAGRAPHS)


def test_a_day_with_a_time_and_an_address_of_which_browsers_print_less_are_those_of_the_article():
    (item,) = pdf.read(document([TITLE, "", "24/05/2019 10:03", *LINES, "", PAGE]))
    assert (item.title, item.url, item.published) == (TITLE, PAGE, date(2019, 5, 24))
