from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm.formats import Item, lexisnexis

ONE = "Les coursiers de Valmorne ont laissé leurs sacs devant la halle, sans un mot."
TWO = "La mairie dit qu'elle recevra leurs délégués lundi, avec la société Portéo."


def label(name: str, value: str) -> str:
    """A field as printed: its label in bold, in an element of its own."""
    return f"<BR><DIV CLASS=c5><P><SPAN CLASS=c8>{name}: </SPAN><SPAN CLASS=c2>{value}</SPAN></P>\n</DIV>\n"


def block(*paragraphs: str) -> str:
    return "<BR><DIV>" + "".join(f"<P><SPAN>{paragraph}</SPAN></P>" for paragraph in paragraphs) + "</DIV>\n"


def html(number=1, total=2, swap=False, labels=("RUBRIQUE", "LONGUEUR", "AUTEUR", "LANGUE"), body="") -> str:
    title, day = block("Des sacs devant la halle"), block("24 mai 2019 vendredi<BR>Édition du soir")
    fields = [
        block(f"{number} of {total} DOCUMENTS"), block("Le Courrier de Valmorne"), *((title, day) if swap else (day, title)),
        label(labels[0], "ÉCONOMIE; Pg. 3"), label(labels[1], "300 mots"), label(labels[2], "Jeanne Morvan"),
        body or block(ONE, TWO), label(labels[3], "FRENCH; FRANÇAIS"), label("SUJET", "GRÈVES (90%); COURSIERS (75%)"),
        block("Copyright 2019 Le Courrier de Valmorne"),
    ]  # fmt: skip
    return f'<A NAME="DOC_ID_0_{number}"></A><!-- <DOC NUMBER={number}> -->' + "".join(fields)


def page(*documents: str, stated: int | None = None) -> str:
    meta = f'<META TOPIC="null" DOCUMENTS="{stated}" UPDATED="24 mai 2019">' if stated else ""
    return f"<HTML><HEAD>{meta}</HEAD><BODY>{''.join(documents)}</BODY></HTML>"


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize(
    "labels",
    [
        ("RUBRIQUE", "LONGUEUR", "AUTEUR", "LANGUE"),
        ("SECTION", "LENGTH", "BYLINE", "LANGUAGE"),
        ("RUBRIK", "LÄNGE", "AUTOR", "SPRACHE"),
    ],
)
def test_html(swap, labels):
    content = page(html(1, 2, swap, labels), html(2, 2, swap, labels))
    assert lexisnexis.is_html(content)
    found = lexisnexis.read_html(content)
    assert [item.text for item in found] == [f"{ONE}\n\n{TWO}"] * 2
    item = found[0]
    assert (item.title, item.outlet, item.section) == ("Des sacs devant la halle", "Le Courrier de Valmorne", "ÉCONOMIE")
    assert (item.published, item.authors, item.language) == (date(2019, 5, 24), ("Jeanne Morvan",), "fr")


def test_a_body_shorter_than_its_headline_and_its_keywords_is_the_body():
    body = block("Trois mots.") + label("SECTEUR-ACTIVITE", "TRANSPORTS ROUTIERS (85%); COURSIERS ET MESSAGERS (85%)")
    (item,) = lexisnexis.read_html(page(html(1, 1, body=body)))
    assert (item.title, item.text) == ("Des sacs devant la halle", "Trois mots.")


def test_a_body_in_several_blocks_is_whole():
    (item,) = lexisnexis.read_html(page(html(1, 1, body=block(ONE) + block(TWO))))
    assert item.text == f"{ONE}\n\n{TWO}"


def test_a_list_inside_a_body_is_part_of_it_and_a_line_among_the_last_fields_is_not():
    listed = f"<BR><UL><LI><P><NOBR>&bull;</NOBR></P><DIV><P>{TWO}</P></DIV></LI></UL><DIV><P>{ONE}</P></DIV>"
    body = block(ONE) + listed + label("DATE-CHARGEMENT", "24 mai 2019") + block("MATP")
    (item,) = lexisnexis.read_html(page(html(1, 1, body=body)))
    assert item.text == f"{ONE}\n\n{TWO}\n\n{ONE}"


def test_without_a_body_a_headline_is_none():
    (result,) = lexisnexis.read_html(page(html(1, 1, body=label("GRAPHIC", "La halle, vide."))))
    assert (result.reason, result.detail) == ("no_text", "no body: Des sacs devant la halle")


def test_a_body_that_is_a_table_has_a_paragraph_for_each_row():
    table = "<BR><DIV><BR></DIV><TABLE><TR><TD><P>Ville</P></TD><TD><P>Coursiers</P></TD></TR>"
    body = f"{table}<TR><TD><P>Valmorne</P></TD><TD><P>44</P></TD></TR></TABLE></DIV>"
    (item,) = lexisnexis.read_html(page(html(1, 1, body=body)))
    assert item.text == "Ville Coursiers\n\nValmorne 44"


def test_a_body_that_begins_like_a_label_and_one_that_begins_with_a_place_are_kept():
    for beginning in ("Note : ", "VALMORNE: "):
        (item,) = lexisnexis.read_html(page(html(1, 1, body=block(f"{beginning}{ONE}", TWO))))
        assert item.text == f"{beginning}{ONE}\n\n{TWO}"


def test_an_inset_before_the_body_is_the_standfirst():
    (item,) = lexisnexis.read_html(page(html(1, 1, body=label("ENCART", "Trois jours de grève") + block(ONE, TWO))))
    assert (item.standfirst, item.text) == ("Trois jours de grève", f"{ONE}\n\n{TWO}")


def test_what_is_missing_and_what_the_database_could_not_show_are_rejects():
    content = html(1, 3) + '<A NAME="DOC_ID_0_2"></A><BR><DIV>We are sorry but there is an error in this document</DIV>'
    item, broken, missing = lexisnexis.read_html(content)
    assert isinstance(item, Item)
    assert (broken.reason, missing.detail) == ("no_text", "the export states 3 documents, 2 were found")


def test_a_later_part_of_a_long_search_is_not_missing_what_came_before():
    assert len(lexisnexis.read_html(page(html(501, 502), html(502, 502)))) == 2
    assert len(lexisnexis.read_html(page(html(501, 900), html(502, 900), stated=2))) == 2


HEAD = "\n\nDownload Request: Selected Items: 1-2\nTime Of Request: Friday, May 24, 2019\n\nTerms: coursiers and\nhalle\n\n"


def text(number=1, total=2, body=f"{ONE}\n\n{TWO}", extra="") -> str:
    wrapped = body.replace("leurs sacs", "leurs\nsacs").replace("lundi, avec", "lundi,\navec")
    return f"""
                               {number} of {total} DOCUMENTS



                            Le Courrier de Valmorne

                            May 24, 2019 Friday
                                 Édition 1;
                                    Soir

Des sacs devant
la halle

BYLINE: Jeanne Morvan

SECTION: ÉCONOMIE; Pg. 3

LENGTH: 300 words


{wrapped}

{extra}LOAD-DATE: May 24, 2019

LANGUAGE: FRENCH

JOURNAL-CODE: CVA


                    Copyright 2019 Le Courrier de Valmorne
                              All Rights Reserved
"""


def test_plain_text():
    content = HEAD + text(1) + text(2)
    assert lexisnexis.is_text(content)
    item, second = lexisnexis.read_text(content)
    assert item.text == second.text == f"{ONE}\n\n{TWO}"
    assert (item.title, item.outlet, item.section) == ("Des sacs devant la halle", "Le Courrier de Valmorne", "ÉCONOMIE")
    assert (item.published, item.authors, item.language) == (date(2019, 5, 24), ("Jeanne Morvan",), "fr")


def test_plain_text_with_copyright_first_and_labels_for_headline_and_body():
    content = f"""NOTE: a sample.

Download Request: All Documents: 1-1

                               1 of 1 DOCUMENTS


     Copyright 2019 Le Courrier de Valmorne
                              All Rights Reserved

                            Le Courrier de Valmorne

                            May 24, 2019 Friday

SECTION: ÉCONOMIE; Pg. 3

LENGTH: 300 words

HEADLINE: DES SACS devant la halle

BYLINE: Jeanne Morvan

BODY:

{ONE}

{TWO}

LOAD-DATE: May 24, 2019
"""
    (item,) = lexisnexis.read_text(content)
    assert (item.title, item.outlet, item.text) == ("DES SACS devant la halle", "Le Courrier de Valmorne", f"{ONE}\n\n{TWO}")


def test_unknown_labels_behind_a_plain_body_are_left_out_and_a_place_before_it_is_kept():
    content = HEAD + text(body=f"VALMORNE: {ONE}\n\n{TWO}", extra="EDITION-SPECIALE: Soir\n\n") + text(2)
    assert lexisnexis.read_text(content)[0].text == f"VALMORNE: {ONE}\n\n{TWO}"


def test_a_plain_export_says_what_is_missing():
    assert lexisnexis.read_text(HEAD + text(1))[-1].detail == "the export states 2 documents, 1 were found"


def test_an_article_that_counts_documents_is_no_export():
    assert not lexisnexis.is_text(f"{ONE}\n1 of 3 DOCUMENTS\n{TWO}")


HTML = page(html(1), html(2))
TEXT = HEAD + text(1) + text(2)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(HTML) - 1), st.integers(0, len(TEXT)), st.characters(codec="utf-8"))
def test_one_wrong_character_or_a_cut_never_raises(place, cut, character):
    assert len(lexisnexis.read_html(HTML[:place] + character + HTML[place + 1 :])) >= 1
    assert len(lexisnexis.read_text(TEXT[:cut])) >= 1
