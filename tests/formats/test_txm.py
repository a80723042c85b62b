from datetime import date

import pytest

from presstm import readers
from presstm.formats import txm
from presstm.settings import ExtractSettings
from tests.formats.test_archive import packed
from tests.hostile import PARAGRAPHS, TITLE

ONE, TWO, THREE, FOUR = PARAGRAPHS
METADATA = f"id,titre,journal,date\na1,{TITLE},Le Héron,2019-05-24\na2,Encore,Le Héron,24/05/2019\na3,Sans texte,Le Héron,\n"
FILES = {
    "txm/metadata.csv": METADATA.encode(),
    "txm/a1.txt": f"{TITLE}\n\n{ONE}\n\n{TWO}".encode(),
    "txm/a2.txt": f"{THREE}\n{FOUR}".encode("cp1252"),
    "txm/b.txt": ONE.encode(),
}


def test_texts_have_the_metadata_of_their_rows_and_none_is_lost():
    found = readers.read(packed(FILES), ExtractSettings())
    assert found.format == "txm"
    first, second, alone, lost = found.results
    assert (first.title, first.outlet, first.published) == (TITLE, "Le Héron", date(2019, 5, 24))
    assert first.text == f"{ONE}\n\n{TWO}"
    assert (second.title, second.text, second.published) == ("Encore", f"{THREE}\n\n{FOUR}", date(2019, 5, 24))
    assert (alone.text, alone.outlet) == (ONE, None)
    assert (lost.reason, "a3" in lost.detail) == ("no_text", True)


@pytest.mark.parametrize(
    "names",
    [
        ["a.txt", "b.txt"],
        ["metadata.csv"],
        ["a/metadata.csv", "b/x.txt"],
        ["metadata.csv", "a.txt", "b.html"],
        ["metadata.csv", "x/metadata.csv", "a.txt"],
    ],
)
def test_other_archives_are_read_file_by_file(names):
    assert not txm.is_corpus(names)


def test_metadata_that_are_no_table_cost_no_text():
    found = readers.read(packed({"metadata.csv": b"\n\n", "a.txt": ONE.encode()}), ExtractSettings()).results
    assert [getattr(one, "text", "") for one in found] == [ONE]
