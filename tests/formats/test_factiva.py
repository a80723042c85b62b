from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm.formats import Item, Reject, factiva

ONE = "Les coursiers de Valmorne ont posé leurs sacs devant la halle, mardi, et réclament un contrat."
TWO = "Leur porte-parole attend une réponse de la société avant la fin du mois."
THREE = "LA POSTE de Valmorne, elle, ne commente pas la demande."
FIELDS = {
    "HD": '<b class="frHeadline">Des sacs devant la halle</b>',
    "BY": "Par Jeanne Morvan et Sami Delorme",
    "WC": "295 mots",
    "PD": "29 décembre 2011",
    "ET": "15:32",
    "SN": "Le Courrier de Valmorne",
    "SC": "COURV",
    "SE": "Économie",
    "LA": "Français",
    "CY": "Copyright 2011 Le Courrier de Valmorne. Tous droits réservés.",
    "LP": f'<p class="articleParagraph frarticleParagraph">{ONE.replace("contrat", "<b>contrat</b>")}</p>',
    "TD": f'<p class="articleParagraph frarticleParagraph">{TWO}</p><p class="articleParagraph frarticleParagraph">{THREE}</p>',
    "NS": "c42 : Emploi | gcat : Politique",
    "AN": "Document COURV00020111229e7ct0001r",
}


def document(language="fr", **changes: str | None) -> str:
    values = {code: value for code, value in {**FIELDS, **changes}.items() if value is not None}
    rows = "".join(
        f'<tr><td class="index" align="right"><b>&nbsp;{code}&nbsp;</b></td><td>{value}</td></tr>'
        for code, value in values.items()
    )
    return f'<div id="a" class="article {language}Article"><table>{rows}</table></div>'


def page(*documents: str) -> str:
    return f"<html><body><div id='pageDisplay'>{''.join(documents)}</div></body></html>"


def test_html_with_codes():
    assert factiva.is_html(page(document()))
    (item,) = factiva.read_html(page(document()))
    assert item.text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert (item.title, item.outlet, item.section) == ("Des sacs devant la halle", "Le Courrier de Valmorne", "Économie")
    assert (item.authors, item.published) == (("Jeanne Morvan", "Sami Delorme"), date(2011, 12, 29))
    assert (item.language, item.key) == ("fr", "factiva:COURV00020111229e7ct0001r")


def test_an_ordinary_page_is_no_export():
    assert not factiva.is_html('<div class="article"><p class="paragraph">Un texte.</p></div>')


def test_missing_fields_cost_only_themselves():
    (item,) = factiva.read_html(page(document("en", BY=None, SN=None, LA=None, LP=None, AN=None, SE=None)))
    assert (item.text, item.authors, item.outlet, item.language, item.key) == (f"{TWO}\n\n{THREE}", (), None, "en", None)


def test_a_document_without_text_is_rejected_with_its_number():
    (result,) = factiva.read_html(page(document(LP=None, TD=None)))
    assert result == Reject("no_text", "no body: COURV00020111229e7ct0001r Des sacs devant la halle")


def test_an_article_repeated_inside_itself_is_one():
    assert (
        len(factiva.read_html(page(document().replace("<table>", f"<table><tr><td></td><td>{document()}</td></tr>")))) <= 2
    )
    (item,) = factiva.read_html(page(f'<div class="article frArticle">{document()}</div>'))
    assert item.text == f"{ONE}\n\n{TWO}\n\n{THREE}"


def test_an_element_that_is_not_closed_does_not_swallow_the_next():
    second = document(AN="Document COURV00020111230e7cu00002", HD="Un autre titre")
    found = factiva.read_html(page(document().replace("</div>", ""), second))
    assert [(item.title, item.text) for item in found] == [
        ("Des sacs devant la halle", f"{ONE}\n\n{TWO}\n\n{THREE}"),
        ("Un autre titre", f"{ONE}\n\n{TWO}\n\n{THREE}"),
    ]


def test_rows_outside_of_any_article_are_documents():
    found = factiva.read_html(page(document().replace("frArticle", "x"), document(AN="Document B0000000001")))
    assert len(found) == 2
    assert all(isinstance(item, Item) for item in found)


def test_an_article_without_codes():
    lines = "".join(
        f"<div>{line}</div>"
        for line in ("295 mots", "29 décembre 2011", "15:32", "Le Courrier de Valmorne", "COURV", "Français")
    )
    body = "".join(
        f'<p class="articleParagraph frarticleParagraph">{text}</p>'
        for text in (ONE, TWO, "Document COURV00020111229e7ct0001r")
    )
    content = f'<div class="article frArticle"><div id="hd"><span class="frHeadline">Des sacs</span></div><div class="author">Jeanne Morvan</div>{lines}<div>Copyright 2011</div>{body}</div>'
    (item,) = factiva.read_html(page(content))
    assert (item.title, item.text, item.outlet) == ("Des sacs", f"{ONE}\n\n{TWO}", "Le Courrier de Valmorne")
    assert (item.published, item.authors, item.language) == (date(2011, 12, 29), ("Jeanne Morvan",), "fr")
    assert item.key == "factiva:COURV00020111229e7ct0001r"


XML = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>
<PPSResponse><ppsArticleResponse><ppsarticleResultSet count="2"><ppsarticle><article>
<accessionNo>courv00020111229e7ct0001r</accessionNo><baseLanguage>fr</baseLanguage>
<headline><paragraph truncation="None">Des <hlt>sacs</hlt> devant la halle</paragraph></headline><byline>Jeanne Morvan</byline>
<leadParagraph><paragraph truncation="None">{ONE}&e;</paragraph></leadParagraph>
<tailParagraphs><paragraph truncation="None">{TWO}</paragraph><paragraph truncation="None">{THREE}</paragraph></tailParagraphs>
<publicationDate><date>2011-12-29</date></publicationDate><sourceName>Le Courrier de Valmorne</sourceName><sourceCode>COURV</sourceCode>
<region code="FRA"><name>France</name></region></article></ppsarticle>
<ppsarticle><article><accessionNo>courv2</accessionNo><headline><paragraph>Deux</paragraph></headline>
<tailParagraphs><paragraph truncation="End">{TWO}</paragraph></tailParagraphs>
<publicationDate><dateTime>2012-01-02T10:00:00</dateTime></publicationDate></article></ppsarticle></ppsarticleResultSet></ppsArticleResponse></PPSResponse>"""


def test_xml():
    assert factiva.is_xml(XML)
    one, two = factiva.read_xml(XML)
    assert one.text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert (one.title, one.authors, one.language) == ("Des sacs devant la halle", ("Jeanne Morvan",), "fr")
    assert (one.published, one.outlet, one.access) == (date(2011, 12, 29), "Le Courrier de Valmorne", "unknown")
    assert (two.published, two.access, two.key) == (date(2012, 1, 2), "partial", "factiva:courv2")


@pytest.mark.parametrize("gap", ["\t", "  ", "|", "\n"])
def test_text_of_an_rtf_export(gap):
    values = {
        "HD": "Des sacs",
        "PD": "29 décembre 2011",
        "SN": "Le Courrier de Valmorne",
        "LP": ONE,
        "TD": f"{TWO}\n\n{THREE}",
        "AN": "Document C00000001",
    }
    text = "\n".join(f"{code}{gap}{value}" for code, value in values.items())
    assert factiva.is_coded(text)
    found = factiva.read_rtf(f"{text}\n\n{text.replace('C00000001', 'C00000002')}")
    assert [item.key for item in found] == ["factiva:C00000001", "factiva:C00000002"]
    assert {item.text for item in found} == {f"{ONE}\n\n{TWO}\n\n{THREE}"}
    assert {item.published for item in found} == {date(2011, 12, 29)}


MIXED = page(document(), document(AN="Document B0000000001"), document("en", AN="Document B0000000002"))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(MIXED)))
def test_what_is_cut_off_takes_nothing_else_with_it(length):
    found = factiva.read_html(MIXED[:length])
    complete = MIXED[:length].count("</table></div>")
    assert found[:complete] == factiva.read_html(MIXED)[:complete]
    assert len(found) >= max(1, complete)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(MIXED) - 1), st.characters(codec="utf-8"))
def test_one_wrong_character_never_loses_a_document(place, character):
    assert len(factiva.read_html(MIXED[:place] + character + MIXED[place + 1 :])) >= 3


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(XML)), st.integers(0, len(XML)))
def test_broken_xml_never_raises(start, length):
    assert factiva.read_xml(XML[start : start + length])
