import csv
import io
import json
import re
import zipfile

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from presstm.exports import corpora


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
