import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import exports
from presstm.commands import export
from presstm.errors import SettingsError
from presstm.exports import formats

OF_TEXTS = ("iramuteq", "txm", "xtz", "cortext", "passim", "label-studio")


def sentences(small):
    texts = {row["article_id"]: row for row in small["articles"].to_pylist()}
    for row in small["sentences"].to_pylist():
        yield texts[row["article_id"]]["title" if row["part"] == "title" else "text"][row["start"] : row["end"]]


def test_the_command_offers_the_formats_that_there_are():
    assert tuple(formats.FORMATS) == export.FORMATS


@pytest.mark.parametrize("name", formats.FORMATS)
def test_bytes_are_the_same_each_time(name, source):
    one, two = formats.FORMATS[name](source), formats.FORMATS[name](source)
    assert one
    assert one == two


@pytest.mark.parametrize("name", sorted(set(formats.FORMATS) - set(OF_TEXTS)))
def test_text_free_exports_hold_no_sentence(name, source, small):
    made = formats.FORMATS[name](dataclasses.replace(source, text=False))
    for file, content in made.items():
        if file.endswith(".bib"):  # a reference needs its title
            content = b""
        for sentence in sentences(small):
            if len(sentence.split()) > 3:
                assert sentence.encode() not in content, file


@pytest.mark.parametrize("name", OF_TEXTS)
def test_formats_of_texts_refuse_to_be_text_free(name, source):
    with pytest.raises(SettingsError, match="cannot be exported with --text none"):
        formats.FORMATS[name](dataclasses.replace(source, text=False))


@given(st.text())
def test_a_cell_never_starts_like_a_formula(text):
    assert not str(exports.safe_cell(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_keep_their_sign():
    assert exports.safe_cell(-0.5) == -0.5


@given(st.text())
def test_xml_text_can_stand_in_xml(text):
    from lxml import etree

    element = etree.Element("a")
    element.text = exports.xml_text(text)
    assert json.dumps(element.text) is not None
