from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm.formats import Item, Reject, europresse

ONE = "Les coursiers de Valmorne ont posé leurs sacs devant la halle, mardi, et réclament un contrat."
TWO = "Leur porte-parole attend une réponse de la société avant la fin du mois."
THREE = "La société, jointe par téléphone, renvoie à son communiqué de la veille."


def layout_a(
    number="news·20121004·CV·2040056000", title="Des sacs <span style='color:red'>devant</span> la halle", body="table > tr"
):
    open_, close = ("<tbody>", "</tbody>") if body == "tbody" else ("", "")
    return f"""<table>{open_}<tr><td><form action="save"><input type="submit" value="Sauvegarder"></form>
<span class="DocPublicationName">Le Courrier de Valmorne, no. 5968</span><br>
<span class="DocHeader">Économie, </span><span class="DocHeader">jeudi </span><span class="DocHeader">4 octobre 2012</span><span class="DocHeader">, p. 03</span>
<br>Un sous-titre<br><span class="TitreArticleVisu">{title}</span><br>Jeanne Morvan<br><br>
{ONE.replace("contrat", "<font color=red><b>contrat</b></font>")}<p></p>{TWO}<br>{THREE}<br><br><b><i>© 2012 Le Courrier de Valmorne. Tous droits réservés.</i></b><br>
Numéro de document : {number}
<table><tr><td align="center">{number}</td></tr><tr><td>Ce certificat est émis à un compte.</td></tr></table></td></tr>{close}</table>"""


def layout_b(
    number="news·20060314·CV·1",
    text='<div class="DocText"><div class="docOcurrContainer">',
    close="</div></div>",
    author="<div>Jeanne Morvan</div>",
):
    return f"""<article><header><img sourcecode="CV" src="x.png"><div><span class="DocPublicationName">   Le Courrier de Valmorne   </span></div>
<div><span class="DocHeader">Communication, mardi 14 mars 2006, p. 16</span></div><div><p>Un surtitre</p></div>
<div class="titreArticle"><p class="sm-margin-bottom">Reportage</p><p class="titreArticleVisu">Des sacs <mark>devant</mark> la halle</p></div>{author}</header>
<section>{text}<p>{ONE.replace("contrat", "<mark>contrat</mark>")}</p><p>{TWO}</p><p>{THREE}</p>{close}</section>
<aside><p>Illustration(s) :</p><p>Une halle vide, le soir.</p></aside>
<footer><small>© 2006 Le Courrier de Valmorne. Tous droits réservés.</small><p>Numéro de document : {number}</p>
<span id="PubliC_lblNodoc">{number}</span><span id="PubliC_lblEndDate">2015-05-02</span></footer></article>"""


LAYOUT_C = f"""<article><header><span sourcecode="CVW"></span><div class="sm-margin-bottom"><span class="DocPublicationName">Le Courrier de Valmorne (site web)</span>
<span class="DocPublicationName">Courrier V.</span></div><div class="sm-margin-bottom"><span class="DocHeader">December 24, 2000</span></div>
<div class="titreArticle"><div class="titreArticleVisu">Des sacs devant la halle</div></div></header>
<section><div class="DocText"><div class="docOcurrContainer"><p>{ONE}</p><p>{TWO}</p></div></div></section>
<footer><small>© 2000</small><span id="PubliC_lblNodoc">web·20001224·CVW·a_1-b</span></footer></article>"""

LAYOUT_D = f"""<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">La Gazette imaginaire, no. 43018</span></div>
<div class="rdp__DocHeader"><span class="DocHeader">Thursday, December 22, 2022 13887 mots, p. 819(40)</span></div>
<p class="sm-margin-bottomNews">Un surtitre</p><div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Des sacs devant la halle</p></div>
<p class="sm-margin-TopNews rdp__subtitle">Le chapô de la page.</p><p class="sm-margin-bottomNews">Jeanne Morvan et Sami Delorme</p></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer"><p>{ONE}</p><p>{TWO}</p></div><div class="rdp__newsdoc"><p>{THREE}</p></div></div></section>
<aside>Note(s) : une note</aside><div>Cet article est paru dans <a href="https://gazette.example/sacs">La Gazette imaginaire (site web)</a></div>
<footer><div class="Doc-LegalInfo"><small>© 2022 La Gazette imaginaire. Tous droits réservés.</small></div><div class="publiC-lblNodoc">news·20221222·GI·43018x7</div>
<div class="apd-wrapper"><table><tr><td class="apd-sources-date">23 décembre 2022</td><td><span class="source-name-APD">Le Courrier de nulle part (site web)</span></td></tr>
<tr><td class="apd-sources-date">24 décembre 2022</td><td><span class="source-name-APD">Octets perdus</span></td></tr></table></div></footer></article>"""


def page(*documents: str) -> str:
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(documents)}</body></html>"


def only(content: str) -> Item:
    (result,) = europresse.read(content)
    assert isinstance(result, Item), result
    return result


@pytest.mark.parametrize("content", [page(layout_a()), page(layout_b()), page(LAYOUT_C), page(LAYOUT_D)])
def test_exports_are_told_by_their_classes(content):
    assert europresse.is_europresse(content)
    assert not europresse.is_europresse("<html><body><article><p>Un article sur Europresse.</p></article></body></html>")


@pytest.mark.parametrize("body", ["tbody", "table > tr"])
def test_layout_a(body):
    item = only(page(layout_a(body=body)))
    assert item.text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert (item.title, item.outlet, item.section) == ("Des sacs devant la halle", "Le Courrier de Valmorne", "Économie")
    assert (item.authors, item.published) == (("Jeanne Morvan",), date(2012, 10, 4))
    assert (item.method, item.key) == ("europresse-A", "europresse:news·20121004·CV·2040056000")


def test_layout_a_written_with_entities():
    content = page(layout_a(), layout_a("news·20121005·CV·2")).encode("ascii", "xmlcharrefreplace").decode()
    found = europresse.read(content)
    assert [item.key for item in found] == ["europresse:news·20121004·CV·2040056000", "europresse:news·20121005·CV·2"]
    assert {(item.text, item.section) for item in found} == {(f"{ONE}\n\n{TWO}\n\n{THREE}", "Économie")}


def test_layout_a_without_author_keeps_its_first_paragraph():
    item = only(page(layout_a().replace("Jeanne Morvan<br>", "")))
    assert item.authors == ()
    assert item.text.startswith(ONE)


@pytest.mark.parametrize(
    ("line", "authors"),
    [("J. M.", ("J. M.",)), ("JEANNE MORVAN, AVEC L'AFP", ("JEANNE MORVAN", "AVEC L'AFP")), ("C'est fini.", ())],
)
def test_layout_a_tells_bylines_from_short_sentences(line, authors):
    item = only(page(layout_a().replace("Jeanne Morvan", line)))
    assert item.authors == authors
    assert item.text.startswith(ONE if authors else line)


def test_layout_a_documents_whose_tables_are_not_closed_stay_apart():
    content = page(layout_a().replace("</table>", ""), layout_a("news·20121005·CV·2", "Un autre titre"))
    assert [item.title for item in europresse.read(content)] == ["Des sacs devant la halle", "Un autre titre"]
    assert {item.text for item in europresse.read(content)} == {f"{ONE}\n\n{TWO}\n\n{THREE}"}


def test_layout_a_a_document_without_outlet_is_not_part_of_the_one_before():
    second = layout_a("news·20121005·CV·2", "Un autre titre").replace(
        '<span class="DocPublicationName">Le Courrier de Valmorne, no. 5968</span>', ""
    )
    found = europresse.read(page(layout_a(), second))
    assert [(item.title, item.outlet) for item in found] == [
        ("Des sacs devant la halle", "Le Courrier de Valmorne"),
        ("Un autre titre", None),
    ]


def test_layout_b():
    item = only(page(layout_b()))
    assert item.text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert (item.title, item.outlet, item.section) == (
        "Des sacs devant la halle",
        "Le Courrier de Valmorne",
        "Communication",
    )
    assert (item.authors, item.published, item.method) == (("Jeanne Morvan",), date(2006, 3, 14), "europresse-B")
    assert item.warnings == ()


@pytest.mark.parametrize(
    ("text", "close"),
    [
        ("", ""),  # no DocText
        ('<div class="DocText"><div class="docOcurrContainer">', "</div></div></div></div>"),
        ('<div class="doctext"><div class="dococcurrcontainer">', ""),  # another spelling, never closed
        ('<div class="DocText"></div>', ""),
    ],
)
def test_broken_nesting_loses_and_joins_nothing(text, close):
    found = europresse.read(page(layout_b(text=text, close=close), layout_b("news·20060315·CV·2")))
    assert [item.text for item in found] == [f"{ONE}\n\n{TWO}\n\n{THREE}"] * 2


def test_paragraphs_that_slip_out_of_their_section_are_kept():
    item = only(page(layout_b().replace(f"<p>{TWO}</p>", f"</div></div></section><p>{TWO}</p>")))
    assert item.text == f"{ONE}\n\n{TWO}\n\n{THREE}"


def test_pictures_in_the_body_are_left_out():
    pictures = "<figure><img src=x><figcaption>Une halle vide.</figcaption></figure><div class='DocIllustration'><p>Une place.</p></div>"
    assert only(page(layout_b().replace(f"<p>{TWO}</p>", f"{pictures}<p>{TWO}</p>"))).text == f"{ONE}\n\n{TWO}\n\n{THREE}"


def test_captions_behind_the_body_are_left_out():
    captions = "<p>Illustration(s) :</p><p>Une halle vide, le soir.</p>"
    assert only(page(layout_b(close=f"{captions}</div></div>"))).text == f"{ONE}\n\n{TWO}\n\n{THREE}"


def test_links_and_pointers_to_other_articles_are_left_out():
    linked = ONE.replace("halle", "halle (lien : https://v.example/a?b=1)")
    pointer = "<p>Lire aussi : Un autre jour de halle (lien : https://v.example/c)</p>"
    text = (
        layout_b()
        .replace(ONE.replace("contrat", "<mark>contrat</mark>"), linked)
        .replace(f"<p>{TWO}</p>", f"{pointer}<p>{TWO}</p>")
    )
    assert only(page(text)).text == f"{ONE}\n\n{TWO}\n\n{THREE}"


def test_author_beside_the_title_and_kicker_before_it():
    title = '<p class="sm-margin-bottomNews">Reportage</p><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Des sacs</p>'
    content = LAYOUT_D.replace('<p class="sm-margin-bottomNews">Un surtitre</p>', "")
    content = (
        content[: content.index('<div class="titreArticle">')]
        + f'<div class="titreArticle">{title}</div>'
        + content[content.index("</header>") :]
    )
    assert only(page(content)).authors == ()
    assert only(
        page(content.replace("</header>", '<p class="sm-margin-bottomNews">Jeanne Morvan</p></header>'))
    ).authors == ("Jeanne Morvan",)


def test_author_by_class_wins_and_a_long_plain_div_is_no_author():
    assert only(page(layout_b(author='<div>Page 3</div><div class="docAuthors">Paul Ductil</div>'))).authors == (
        "Paul Ductil",
    )
    assert only(page(layout_b(author=f"<div>{ONE} {TWO}</div>"))).authors == ()


def test_layout_c():
    item = only(page(LAYOUT_C))
    assert (item.text, item.outlet, item.published) == (f"{ONE}\n\n{TWO}", "Le Courrier de Valmorne", date(2000, 12, 24))
    assert (item.authors, item.key, item.method) == ((), "europresse:web·20001224·CVW·a_1-b", "europresse-C")


def test_names_and_titles_printed_twice_do_not_cut_a_document():
    far = f"<div title='{'x' * 400}'></div>"
    twice = LAYOUT_C.replace(
        '<span class="DocPublicationName">Courrier V.', f'{far}<span class="DocPublicationName">Courrier V.'
    )
    title = '<div class="titreArticleVisu">Des sacs devant la halle</div>'
    twice = twice.replace(title, title + '<div class="grandTitre">Rapport</div>')
    twice = twice.replace("<footer>", '<footer><span class="DocPublicationName">Le Courrier de Valmorne</span>')
    assert only(page(twice)).title == "Des sacs devant la halle"
    assert only(
        page(layout_a().replace("halle</span>", "halle</span><span class='TitreArticleVisu'>, encore</span>"))
    ).text.endswith(THREE)


def test_layout_d_with_its_syndication_notes():
    item = only(page(LAYOUT_D))
    assert item.text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert (item.title, item.outlet, item.section) == ("Des sacs devant la halle", "La Gazette imaginaire", None)
    assert (item.standfirst, item.authors) == ("Le chapô de la page.", ("Jeanne Morvan", "Sami Delorme"))
    assert (item.published, item.url, item.method) == (date(2022, 12, 22), "https://gazette.example/sacs", "europresse-D")
    assert item.syndicated == ("Le Courrier de nulle part (2022-12-23)", "Octets perdus (2022-12-24)")


def test_layout_d_without_header_class_finds_the_date_behind_the_section():
    content = LAYOUT_D.replace(
        '<span class="DocHeader">Thursday, December 22',
        '<span class="DocTitreSousSection">Débats</span><span>Thursday, December 22',
    )
    item = only(page(content.replace("rdp__DocHeader", "x").replace("20221222", "20221321")))
    assert (item.section, item.published) == ("Débats", date(2022, 12, 22))
    assert item.warnings == ("impossible date in document number news·20221321·GI·43018x7",)


def test_the_date_of_the_number_wins_over_another_one_printed():
    item = only(page(layout_b("news·20060315·CV·1")))
    assert item.published == date(2006, 3, 15)
    assert item.warnings == ("printed date 2006-03-14, document number 2006-03-15",)


def test_a_document_without_body_is_rejected_with_its_number():
    (first, second) = europresse.read(
        page(
            layout_b().replace(ONE.replace("contrat", "<mark>contrat</mark>"), "").replace(TWO, "").replace(THREE, ""),
            LAYOUT_D,
        )
    )
    assert first == Reject("no_text", "no body: news·20060314·CV·1 Des sacs devant la halle")
    assert isinstance(second, Item)


def test_a_number_that_belongs_to_no_document_is_named():
    found = europresse.read(page(layout_b(), "<p>Numéro de document : news·20200101·XX·9</p>"))
    assert [type(result) for result in found] == [Item, Reject]
    assert found[1].reason == "missing_documents"
    assert "news·20200101·XX·9" in found[1].detail


MIXED = page(layout_b("news·20060314·CV·1"), LAYOUT_C, LAYOUT_D)
ENDS = [n + len("</article>") for n in range(len(MIXED)) if MIXED.startswith("</article>", n)]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(MIXED)))
def test_what_is_cut_off_takes_nothing_else_with_it(length):
    found = europresse.read(MIXED[:length])
    whole = europresse.read(MIXED)
    complete = sum(end <= length for end in ENDS)
    assert found[:complete] == whole[:complete]
    assert len(found) >= max(1, complete)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(MIXED) - 1), st.characters(codec="utf-8"))
def test_one_wrong_character_never_loses_a_document(place, character):
    found = europresse.read(MIXED[:place] + character + MIXED[place + 1 :])
    assert len(found) >= 3


def test_a_supplement_behind_a_gap_is_no_part_of_the_outlet():
    padded = LAYOUT_D.replace("La Gazette imaginaire, no. 43018", "La Gazette imaginaire" + " " * 20 + "Le magazine")
    assert only(page(padded)).outlet == "La Gazette imaginaire"


def test_the_times_of_a_transcript_are_left_out():
    said = "".join(
        f'<div class="transcript"><span class="time">00:0{n}:10</span><span class="value">{text}</span></div>'
        for n, text in enumerate((ONE, TWO))
    )
    item = only(page(layout_b(text=f'<div class="DocText"><div class="docOcurrContainer">{said}')))
    assert item.text.startswith(f"{ONE}\n\n{TWO}")
