import csv
import dataclasses
import io
import json
import re
import zipfile

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from presstm import readers
from presstm.exports import corpora, zip_bytes
from presstm.formats import Item
from presstm.settings import ExtractSettings


@given(st.text())
def test_a_modality_is_letters_and_digits(text):
    assert re.fullmatch(r"[a-z0-9]+", corpora.modality(text))


def test_iramuteq_has_one_starred_line_per_article_and_stars_nowhere_else(source, small):
    text = corpora.iramuteq(source)["corpus.txt"].decode()
    starred = [line for line in text.split("\n") if line.startswith("****")]
    assert len(starred) == len(small["articles"])
    assert all(re.fullmatch(r"\*{4}( \*[a-z]+_[a-z0-9]+)+", line) for line in starred)
    assert "*" not in "\n".join(line for line in text.split("\n") if not line.startswith("****"))
    assert "**** *article_a1 *journal_lagazetteimaginaire *genre_regional *annee_2019 *mois_201905 *acces_full" in starred


def test_txm_texts_have_their_row_of_metadata(source, small):
    files = corpora.txm(source)
    rows = list(csv.DictReader(io.StringIO(files["metadata.csv"].decode())))
    assert {f"{row['id']}.txt" for row in rows} | {"metadata.csv"} == set(files)
    assert all(name.isascii() and name.isalnum() for name in rows[0])
    text = {row["article_id"]: row["text"] for row in small["articles"].to_pylist()}
    assert files["a1.txt"].decode().endswith(text["a1"] + "\n")


def test_xtz_is_xml_with_sentences_in_paragraphs(source):
    for content in corpora.xtz(source).values():
        root = etree.fromstring(content)
        assert root.tag == "text"
        assert all("_" not in name and name.isascii() for name in root.attrib)
        assert root.xpath("count(p/s)") > 0


def test_cortext_is_a_zip_with_one_csv_without_reserved_columns(source, small):
    with zipfile.ZipFile(io.BytesIO(corpora.cortext(source)["cortext.zip"])) as archive:
        (name,) = archive.namelist()
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode())))
    assert len(rows) == len(small["articles"])
    assert not {"Terms", "ISITerms"} & set(rows[0])
    assert {"ISIpubdate", "Journal", "Author", "Title", "Content", "PubYear", "theme_precarity"} <= set(rows[0])


def test_passim_reads_back_as_the_articles(source, small):
    lines = corpora.passim(source)["passim.jsonl"].decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == small["articles"]["text"].to_pylist()


def letters(text):
    return "".join(re.findall(r"\w", text.casefold()))


def with_words(source):
    """The study with the words of its sentences, parted as annotation parts them, as tokens."""
    articles = {row["article_id"]: row for row in source.articles()}
    rows = []
    for row in source.rows("sentences"):
        text = articles[row["article_id"]]["title" if row["part"] == "title" else "text"][row["start"] : row["end"]]
        rows += [{**row, "text": word, "lemma": word, "pos": "X"} for word in re.findall(r"\w+['’]?|[^\w\s]", text)]
    tokens = pa.Table.from_pylist(rows)
    return dataclasses.replace(source, tables={**source.tables, "tokens": tokens})


@pytest.mark.parametrize("form", ["iramuteq", "txm", "xtz", "cortext", "passim"])
def test_an_exported_corpus_can_be_brought_in_again(source, form):
    files = getattr(corpora, form)(with_words(source))
    data = zip_bytes(files) if len(files) > 1 else next(iter(files.values()))
    found = {letters(item.title): item for item in readers.read(data, ExtractSettings()).results if isinstance(item, Item)}
    for article in source.articles():
        item = found.pop(letters(article["title"]))
        assert letters(item.text) == letters(article["text"])
        assert item.text.count("\n\n") == article["text"].count("\n\n")
        missing = "unknown" if form == "passim" else None
        assert corpora.modality(item.outlet) == corpora.modality(article["outlet"] or missing)
        assert item.published == (None if form == "iramuteq" else article["published"])  # IRaMuTeQ gets year and month
    assert found == {}
