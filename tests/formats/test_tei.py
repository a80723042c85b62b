from datetime import date

import pytest

from presstm.formats import tei
from tests.hostile import PARAGRAPHS, TITLE

HEADER = f"""<teiHeader><fileDesc><titleStmt><title>{TITLE}</title><author>Ada Un</author><author>Léo Deux</author></titleStmt>
<publicationStmt><publisher>Un laboratoire</publisher><date when="2024-01-01"/></publicationStmt>
<sourceDesc><bibl><title level="a">Autre</title><title level="j">Le Héron</title> <date when="2019-05-24">24 mai</date>
<ref>https://heron.example/1</ref></bibl></sourceDesc></fileDesc></teiHeader>"""
BODY = (
    f"<text><body><head>{TITLE}</head>{''.join(f'<p>{one}<note>Une note.</note></p>' for one in PARAGRAPHS)}</body></text>"
)
TEI = f'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}{BODY}</TEI>'


def test_header_and_paragraphs_of_tei():
    assert tei.is_tei(TEI)
    (item,) = tei.read(TEI, {})
    assert item.text == "\n\n".join(PARAGRAPHS)
    assert (item.title, item.outlet, item.authors) == (TITLE, "Le Héron", ("Ada Un", "Léo Deux"))
    assert (item.published, item.url) == (date(2019, 5, 24), "https://heron.example/1")


def test_each_text_of_a_corpus_is_an_article():
    small = "".join(
        f"<TEI><teiHeader><fileDesc><titleStmt><title>T{n}</title></titleStmt></fileDesc></teiHeader><text><body><p>{one}</p></body></text></TEI>"
        for n, one in enumerate(PARAGRAPHS)
    )
    found = tei.read(f"<teiCorpus><teiHeader/>{small}</teiCorpus>", {})
    assert [(one.title, one.text) for one in found] == [(f"T{n}", one) for n, one in enumerate(PARAGRAPHS)]


def test_attributes_of_txm_and_words_that_are_joined_as_french_is_printed():
    words = "L' eau , dit -elle , « monte » ( 2 m ) aujourd'hui .".split()
    marked = "\n".join(f'<w lemma="x" pos="NOM">{word}</w>' for word in words)
    content = f'<text id="a1" titre="{TITLE}" journal="Le Héron" date="2019-05-24">\n<p type="title"><s>{TITLE}</s></p><p><s n="1">{marked}</s></p></text>'
    (item,) = tei.read(content, {})
    assert (item.title, item.outlet, item.published) == (TITLE, "Le Héron", date(2019, 5, 24))
    assert item.text == "L'eau, dit -elle, « monte » (2 m) aujourd'hui."


def test_annotations_of_words_are_no_text():
    word = "<w><txm:form>{}</txm:form><txm:ana type='#pos'>NOM</txm:ana></w>"
    content = f'<text xmlns:txm="http://textometrie.org/1.0"><p>{word.format("Un")} {word.format("mot")}</p></text>'
    assert tei.read(content, {})[0].text == "Un mot"


def test_a_text_without_paragraphs_is_cut_at_blank_lines():
    (item,) = tei.read(f"<text>\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n</text>", {})
    assert item.text == "\n\n".join(PARAGRAPHS[:2])


@pytest.mark.parametrize("content", ["<html><text>a</text></html>", "<textarea>a</textarea>", "<p>TEI</p>", "Un texte"])
def test_other_markup_is_not_tei(content):
    assert not tei.is_tei(content)


def test_tei_without_a_text_is_a_reject():
    (reject,) = tei.read("<TEI><teiHeader/></TEI>", {})
    assert reject.reason == "no_text"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "<p>Elle écrit : <quote><p>Le pont ferme.</p><p>Il rouvrira.</p></quote> puis se tait.</p>",
            ["Elle écrit :", "Le pont ferme.", "Il rouvrira.", "puis se tait."],
        ),
        (
            "<p>Deux points : <list><item>le <hi>pont</hi></item><item>la route</item></list>.</p>",
            ["Deux points :", "le pont", "la route."],
        ),
        ("<item>Le bois <list><item>de chêne</item></list> coupé</item>", ["Le bois", "de chêne", "coupé"]),
        (
            "<p>Un mot.</p> Entre deux. <div>Au fond.<p>Un autre.</p></div>",
            ["Un mot.", "Entre deux.", "Au fond.", "Un autre."],
        ),
        ("<p>Un tableau <table><row><cell>Un</cell><cell>deux</cell></row></table></p>", ["Un tableau", "Un", "deux"]),
        (
            "<p><w>L'</w><w>eau</w><w>:</w><quote><p><w>elle</w><w>monte</w><w>.</w></p></quote><w>Puis</w><w>rien</w></p>",
            ["L'eau :", "elle monte.", "Puis rien"],
        ),
    ],
)
def test_text_beside_nested_paragraphs_is_kept_in_order(content, expected):
    (item,) = tei.read(f"<TEI><text><body>{content}</body></text></TEI>", {})
    assert item.text.split("\n\n") == expected
