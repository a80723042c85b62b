import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm import readers
from presstm.formats import Item, Reject
from presstm.settings import ExtractSettings

ONE = "Les coursiers de Valmorne ont posé leurs sacs devant la halle, mardi à l'aube ; ils réclament un contrat."
TWO = "La mairie d'Orsanne a promis une salle chauffée, et personne n'est venu en donner la clé aux coursiers."
ROW = ["Des sacs", "Le Héron", date(2019, 5, 24), "Ada Un", f"{ONE}\n\n{TWO}"]
NAMES = ["Titre", "Source", "Date", "Auteur", "Texte"]
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = f"xmlns:office='{_ODF}:office:1.0' xmlns:text='{_ODF}:text:1.0' xmlns:table='{_ODF}:table:1.0'"


def read(data: bytes) -> list[Item | Reject]:
    return readers.read(data, ExtractSettings()).results


def packed(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return data.getvalue()


def saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def opened(inside: str) -> bytes:
    return packed(
        content_xml=f"<office:document-content {_SPACES}><office:body>{inside}</office:body></office:document-content>"
    )


def check(item: Item | Reject) -> None:
    assert isinstance(item, Item), item
    assert (item.title, item.outlet, item.published) == ("Des sacs", "Le Héron", date(2019, 5, 24))
    assert item.text.split("\n\n") == [ONE, TWO]


def test_a_spreadsheet_has_an_article_for_each_row_of_each_sheet():
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("2020")
    first.append(["Revue de presse"])
    first.merge_cells("A1:E1")
    for sheet in (first, second):
        sheet.append(NAMES)
        sheet.append(ROW)
    book.create_sheet("vide")
    items = read(saved(book))
    assert len(items) == 2
    for item in items:
        check(item)
        assert item.authors == ("Ada Un",)


def test_a_cell_merged_over_rows_stands_in_each():
    book = openpyxl.Workbook()
    for row in (["Source", "Texte"], ["Le Héron", ONE], [None, TWO]):
        book.active.append(row)
    book.active.merge_cells("A2:A500")
    assert [(item.outlet, item.text) for item in read(saved(book))] == [("Le Héron", ONE), ("Le Héron", TWO)]


def test_a_spreadsheet_without_texts_names_its_columns():
    book = openpyxl.Workbook()
    book.active.append(["nom", "valeur"])
    book.active.append(["a", 1])
    (reject,) = read(saved(book))
    assert (reject.reason, "nom, valeur" in reject.detail) == ("unsupported_format", True)
    assert [one.reason for one in read(saved(openpyxl.Workbook()))] == ["empty"]


def test_a_spreadsheet_of_an_open_document():
    cells = "".join(
        f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in ("Titre", "Source", "Date", "Texte")
    )
    row = (
        "<table:table-cell><text:p>Des sacs</text:p></table:table-cell><table:table-cell><text:p>Le Héron</text:p></table:table-cell>"
        "<table:table-cell office:date-value='2019-05-24'><text:p>24/05/19</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{ONE}</text:p><text:p>{TWO}</text:p></table:table-cell><table:table-cell table:number-columns-repeated='16380'/>"
    )
    rows = "".join(f"<table:table-row>{one}</table:table-row>" for one in (cells, row))
    (item,) = read(opened(f"<office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet>"))
    check(item)


def test_a_text_of_an_open_document_without_its_notes_and_what_was_deleted():
    deleted = "<text:tracked-changes><text:p>Une phrase biffée.</text:p></text:tracked-changes>"
    note = "<text:note><text:note-body><text:p>Une note.</text:p></text:note-body></text:note>"
    body = f"{deleted}<text:h>Des sacs</text:h><text:p>Le Héron, 24 mai 2019</text:p><text:p>{ONE}{note}</text:p><text:p>{TWO.replace(' ', '<text:s/>', 1)}</text:p>"
    (item,) = read(opened(f"<office:text>{body}</office:text>"))
    check(item)


def book(*pages: str, date: str = "2019-05-24") -> bytes:
    listed = "".join(f"<item id='p{n}' href='p%20{n}.xhtml' media-type='application/xhtml+xml'/>" for n in range(len(pages)))
    shown = "".join(f"<itemref idref='p{n}'/>" for n in range(len(pages)))
    about = f"<metadata><title>Le Héron</title><publisher>Le Héron</publisher><date>{date}</date></metadata>"
    files = {
        "META-INF/container.xml": "<container><rootfiles><rootfile full-path='in/book.opf'/></rootfiles></container>",
        "in/book.opf": f"<package>{about}<manifest>{listed}<item id='nav' href='nav.xhtml' properties='nav'/></manifest><spine>{shown}</spine></package>",
        "in/nav.xhtml": "<html><body><nav><a href='p.xhtml'>Des sacs</a></nav></body></html>",
        **{f"in/p {n}.xhtml": page for n, page in enumerate(pages)},
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


PAGE = f"<html><head><title>Des sacs</title></head><body><h1>Des sacs</h1><p>{ONE}</p><p>{TWO}</p></body></html>"


def test_an_e_book_has_an_article_for_each_of_its_pages():
    item, reject = read(book(PAGE, "<html><body><p>Sommaire</p></body></html>"))
    check(item)
    assert (isinstance(reject, Reject), "p 1.xhtml" in reject.detail) == (True, True)


def test_the_day_of_a_page_is_not_that_of_its_book():
    own = PAGE.replace("</head>", "<meta name='date' content='2001-01-01'/></head>")
    assert read(book(own))[0].published == date(2001, 1, 1)


@pytest.mark.parametrize("name", ["xl__workbook_xml", "content_xml", "META-INF__container_xml"])
@pytest.mark.parametrize("content", ["", "x", "<a>"])
def test_broken_files_are_rejects(name, content):
    assert all(isinstance(one, Reject) for one in read(packed(**{name: content})))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=8))
def test_damaged_sheets_never_raise(place, noise):
    workbook = openpyxl.Workbook()
    workbook.active.append(NAMES)
    workbook.active.append(ROW)
    with zipfile.ZipFile(io.BytesIO(saved(workbook))) as whole:
        sheet = whole.read("xl/worksheets/sheet1.xml")
    damaged = sheet[: place % len(sheet)] + noise + sheet[place % len(sheet) + len(noise) :]
    assert read(packed(xl__workbook_xml="<workbook/>", xl__worksheets__sheet1_xml=damaged.decode("latin-1")))
