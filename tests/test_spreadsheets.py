import csv

import pytest

from presstm import spreadsheets
from presstm.errors import InputError

TEXT = "Source;FORM;Name\n;Élodie Vaubert;« Élodie »\n;gare de l’Est\n;;\n"
SAVED = {
    "csv": TEXT.encode("cp1252"),
    "csv-utf-8": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    "unicode-text": TEXT.replace(";", "\t").encode("utf-16"),
    "unicode-text-without-mark": TEXT.replace(";", "\t").encode("utf-16-le"),
    "tabs": TEXT.replace(";", "\t").encode("cp1252"),
    "commas": TEXT.replace(";", ",").encode(),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED)
def test_rows_are_the_same_however_a_spreadsheet_saves_them(tmp_path, data):
    path = tmp_path / "names.csv"
    path.write_bytes(data)
    assert spreadsheets.read_rows(path, ("source", "form", "name")) == [
        (2, {"source": "", "form": "Élodie Vaubert", "name": "« Élodie »"}),
        (3, {"source": "", "form": "gare de l’Est", "name": ""}),
    ]


def test_a_line_that_names_the_separator_is_no_row():
    assert spreadsheets.rows("sep=;\nform;name\na,b;c\n", "names.csv") == [(3, {"form": "a,b", "name": "c"})]


@pytest.fixture
def _short_cells():
    """The limit of the library, which reading tables of articles raises for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("_short_cells")
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"source;form\n;Valmorne\n", "column name, label is missing"),
        (b"", "column form, name, label is missing"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0", "column form, name, label is missing"),
        (b"form,name,label\n" + b"x" * 200_000, "line 2: field larger than"),
        (b'form,name,label\nx,y,LOC\nx,"y,LOC\nx,y,ORG\n', "line 3: a quotation mark opens a cell here"),
    ],
)
def test_a_file_that_is_no_such_list_gets_one_line_with_its_name(tmp_path, data, problem):
    path = tmp_path / "names.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=rf"names\.csv.*{problem}") as error:
        spreadsheets.read_rows(path, ("form", "name", "label"))
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"names\.csv cannot be read"):
        spreadsheets.read_rows(tmp_path / "names.csv", ())


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-x", "@x", "Valmorne", "l'Est"])
def test_a_cell_that_a_spreadsheet_would_compute_comes_back_as_it_was(cell):
    assert not spreadsheets.quoted(cell).startswith(("=", "+", "-", "@"))
    assert spreadsheets.unquoted(spreadsheets.quoted(cell)) == cell


def test_a_row_with_too_many_cells_is_refused_where_its_cells_would_stand_in_wrong_columns():
    text = "form,name,note\nx,y,a union, a party\n"
    assert spreadsheets.rows(text, "names.csv") == [(2, {"form": "x", "name": "y", "note": "a union"})]
    with pytest.raises(
        InputError, match=r"names\.csv, line 2: 4 cells for 3 columns: put a cell that holds a comma in quotes"
    ):
        spreadsheets.rows(text, "names.csv", exact=True)
