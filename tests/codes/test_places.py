"""Codes of sentences that changed after they were coded."""

import pytest

from presstm import exports
from presstm.codes import COLUMNS, places
from presstm.errors import InputError
from tests import small_study


def write(path, said):
    rows = [(*key.split(":"), "", "body", "", "", text, "ai", "anne", 0.5) for key, text in said.items()]
    path.write_bytes(exports.csv_bytes(COLUMNS, rows))
    return [path]


@pytest.fixture
def made():
    read = small_study.made()
    texts = {row["article_id"]: {"title": row["title"], "body": row["text"]} for row in read["articles"].to_pylist()}
    said = {
        f"{row['article_id']}:{row['sentence_id']}": texts[row["article_id"]][row["part"]][row["start"] : row["end"]]
        for row in read["sentences"].to_pylist()
    }
    return read, said


def test_sentences_that_read_as_they_did_pass(tmp_path, made):
    read, said = made
    places.check(write(tmp_path / "all.csv", said), [read["articles"]], [read["sentences"]])


@pytest.mark.parametrize("change", ["another sentence", "gone"])
def test_a_sentence_that_reads_otherwise_is_named_and_all_are_counted(tmp_path, made, change):
    read, said = made
    key = sorted(said)[0]
    given = {key: "Une autre phrase."} if change == "another sentence" else {"zz:1": said[key]}
    paths = write(tmp_path / "all.csv", given | {sorted(said)[1]: said[sorted(said)[1]]})
    with pytest.raises(InputError, match=r"all\.csv, line 2: \w+:\d is not this sentence any more \(1 of 2 coded"):
        places.check(paths, [read["articles"]], [read["sentences"]])


def test_tables_without_the_sentences_pass(tmp_path, made):
    read, _ = made
    (tmp_path / "all.csv").write_text("article_id,sentence_id,themes,coder\na,1,ai,anne\n")
    places.check([tmp_path / "all.csv"], [read["articles"]], [read["sentences"]])
    places.check([], [], [])
