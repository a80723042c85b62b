import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm.formats import Item, table

ONE = "Les coursiers de Valmorne, « las », ont posé leurs sacs ; ils réclament un contrat."


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "header",
    [("Titre", "Média", "Date de publication", "Auteur", "Texte"), ("title", "source", "date", "authors", "full_text")],
)
def test_columns_are_found_by_french_and_english_names(separator, header):
    row = ["Des sacs", "Le Courrier de Valmorne", "24/05/2019", "Jeanne Morvan; Sami Delorme", f"{ONE}\n{ONE}"]
    content = "\n".join((separator.join(header), separator.join(f'"{cell}"' for cell in row)))
    assert table.is_csv(content, {})
    (item,) = table.read_csv(content, {})
    assert item.text == f"{ONE}\n\n{ONE}"
    assert (item.title, item.outlet, item.published) == ("Des sacs", "Le Courrier de Valmorne", date(2019, 5, 24))
    assert item.authors == ("Jeanne Morvan", "Sami Delorme")


def test_settings_name_other_columns():
    content = f"Corps de l'article;Titre de presse\n{ONE.replace(';', ',')};Octets perdus\n"
    (item,) = table.read_csv(content, {"text": "Corps de l'article", "outlet": "Titre de presse"})
    assert (item.text, item.outlet) == (ONE.replace(";", ","), "Octets perdus")


def test_rows_without_text_and_rows_with_the_id_of_another_are_rejects():
    found = table.read_csv(f"id,titre,texte\n1,a,{ONE.replace(',', '')}\n2,b,\n1,c,{ONE.replace(',', '')}\n", {})
    assert [getattr(result, "reason", "item") for result in found] == ["item", "no_text", "duplicate"]


def test_a_table_without_texts_names_its_columns():
    (reject,) = table.read_csv("nom;valeur;unité\na;1;m\nb;2;m\n", {})
    assert (reject.reason, "nom, valeur, unité" in reject.detail) == ("unsupported_format", True)
    (reject,) = table.read_csv("url,date\nhttps://v.example/1,2019-05-24\n", {})
    assert reject.reason == "link_only"


def test_prose_is_no_table():
    assert not table.is_csv(f"Corps, travail\n\nOctets perdus, 24 mai 2019\n\n{ONE}\n{ONE}\n{ONE}\n", {})
    assert not table.is_csv("Des sacs devant la halle\n\nLe Courrier de Valmorne, 24 mai 2019\n\nOn attend, dit-on.\n", {})
    assert not table.is_csv(
        "Titre, texte et images : trois façons de lire un journal, selon les lecteurs de la région\nUn, deux\n", {}
    )


@pytest.mark.parametrize("lines", [True, False])
def test_json(lines):
    rows = [
        {
            "titre": "Des sacs",
            "texte": f"<p>{ONE}</p><p>Une <b>fin</b>.</p>",
            "auteurs": ["Jeanne Morvan", "Sami Delorme"],
            "date": None,
        },
        {"texte": 3},
    ]
    content = "\n".join(map(json.dumps, rows)) if lines else json.dumps(rows)
    assert table.is_json(content)
    item, number = table.read_json(content, {})
    assert item.text == f"{ONE}\n\nUne fin."
    assert item.authors == ("Jeanne Morvan", "Sami Delorme")
    assert number.text == "3"


def test_a_line_that_is_no_json_costs_only_itself():
    found = table.read_json(f'{{"texte": "{ONE}"}}\n{{"texte": \n{{"texte": "Deux"}}\n', {})
    assert [getattr(result, "reason", "item") for result in found] == ["item", "unreadable", "item"]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_nothing_raises(content):
    table.is_csv(content, {})
    table.is_json(content)
    assert table.read_csv(f"titre,texte\n{content}", {})
    assert table.read_json(f"[{content}", {})


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip),
        min_size=1,
        max_size=5,
    )
)
def test_every_row_is_an_item_or_a_reject(texts):
    content = "\n".join(json.dumps({"texte": text}) for text in texts)
    assert len(table.read_json(content, {})) == len(texts)
    assert all(isinstance(result, Item) or result.reason == "no_text" for result in table.read_json(content, {}))


def test_a_table_of_known_columns_is_one_however_uneven_its_rows_are():
    content = "title;text;date\nA;Un texte\nB;Deux;2020-01-02;de;trop\nC\n"
    assert table.is_csv(content, {})
    assert [getattr(result, "text", result) for result in table.read_csv(content, {})][:2] == ["Un texte", "Deux"]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"name":', "}")])
def test_a_row_nested_without_end_costs_itself_only(opening, closing):
    nested = f'{{"text": {opening * 900}"x"{closing * 900}}}'
    good, bad = table.read_json(f'{{"text": "Un texte"}}\n{nested}', {})
    assert (good.text, bad.reason) == ("Un texte", "no_text")


@pytest.mark.parametrize(
    ("row", "outlet"),
    [
        ({"id": "a", "media_name": "heron.example", "publish_date": "2019-05-24", "title": "Des sacs"}, "heron.example"),
        ({"Item Type": "newspaperArticle", "Publication Title": "Le Héron", "Date": "2019-05-24"}, "Le Héron"),
        ({"Title": "Des sacs", "Journal": "Le Héron", "ISIpubdate": "2019-05-24"}, "Le Héron"),
        ({"id": "a", "series": "Le Héron", "date": "2019-05-24"}, "Le Héron"),
        ({"source": {"id": None, "name": "Le Héron"}, "publishedAt": "2019-05-24T10:00:00Z"}, "Le Héron"),
    ],
)
def test_columns_as_other_tools_name_them(row, outlet):
    (item,) = table.read_json(json.dumps([{**row, "content": ONE}]), {})
    assert (item.outlet, item.published) == (outlet, date(2019, 5, 24))


def test_rows_may_lie_in_an_object_around_them():
    rows = [{"title": "Des sacs", "content": ONE}, {"title": "Encore", "content": ONE}]
    found = table.read_json(json.dumps({"status": "ok", "totalResults": 2, "articles": rows}), {})
    assert [item.title for item in found] == ["Des sacs", "Encore"]


@pytest.mark.parametrize(
    ("printed", "day"), [("24/05/19", date(2019, 5, 24)), ("24/05/19 10:30", date(2019, 5, 24)), ("24/05/1", None)]
)
def test_a_day_with_a_year_of_two_digits(printed, day):
    (item,) = table.read_csv(f"titre;date;texte\nDes sacs;{printed};{ONE.replace(';', ',')}\n", {})
    assert item.published == day


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_table_whose_columns_are_not_known_is_no_article(separator):
    rows = [["Corps complet", "Support", "Jour"], *[[f"{ONE}\n{ONE}", "Le Héron", "24/05/2019"]] * 2]
    content = "\n".join(separator.join(f'"{cell}"' if " " in cell else cell for cell in row) for row in rows)
    assert table.is_csv(content, {})
    (reject,) = table.read_csv(content, {})
    assert (reject.reason, "Corps complet" in reject.detail) == ("unsupported_format", True)


def test_a_title_with_commas_before_a_quotation_is_no_table():
    assert not table.is_csv(f'Des sacs, des vélos, des mots\n"Un sac", dit-elle, {ONE}\n', {})
    assert not table.is_csv(f'Des sacs ; des vélos ; des mots\n\n"Un sac", dit-elle ; {ONE}\n', {})


def test_a_table_that_is_longer_than_what_is_looked_at_is_one():
    rows = "".join(f'"{ONE * 500}";Le Héron;24/05/2019\n' for _ in range(30))
    assert table.is_csv(f"Corps complet;Support;Jour\n{rows}", {})


def test_numbers_of_any_length_are_read_as_printed():
    row = f'{{"id": {"9" * 5000}, "text": "{ONE}", "title": 1.50}}'
    for content in (row, f"[{row}]"):
        (item,) = table.read_json(content, {})
        assert (item.text, item.title) == (ONE, "1.50")


@pytest.mark.parametrize("rest", [', {"text": "De', ', {"text": }]', ' {"text": "Deux"}]', f", {'[' * 100_000}"])
def test_an_array_that_breaks_off_keeps_the_objects_before(rest):
    good, also, bad = table.read_json(f'[{{"text": "Un texte"}}, {{"text": "Un autre"}}{rest}', {})
    assert (good.text, also.text, bad.reason) == ("Un texte", "Un autre", "unreadable")
    assert bad.detail.startswith("row 3: no JSON from here on")


def test_what_is_no_json_from_the_beginning_is_unreadable_and_no_table_without_texts():
    (bad,) = table.read_json('[{"text": "Un te', {})
    assert (bad.reason, bad.detail.startswith("row 1: no JSON")) == ("unreadable", True)


def test_half_characters_in_names_and_rows_are_rejects_that_can_be_written():
    content = '[{"texte": "Un texte"}, "\\ud800"]'
    good, bad = table.read_json(content, {})
    assert (good.text, bad.detail) == ("Un texte", "row 2: ?")
    (bad,) = table.read_json('[{"corps\\udfff du texte": 1, "y": 2}]', {})
    assert "corps? du texte" in bad.detail


@pytest.mark.parametrize("stated", ["sep=;\n", '"sep=;"\n'])
def test_a_line_that_names_the_separator_is_no_row(stated):
    content = f"{stated}titre;texte\nDes sacs;Un texte\nDes vélos;Un autre\n"
    assert table.is_csv(content, {})
    assert [item.text for item in table.read_csv(content, {})] == ["Un texte", "Un autre"]


def test_a_cell_that_is_never_closed_says_so():
    closed, opened = table.read_csv('titre,texte\nUn,"Un texte"\nDeux,"Un autre,\nqui n’a pas de fin', {})
    assert (closed.warnings, opened.text) == ((), "Un autre,\n\nqui n’a pas de fin")
    assert "never closed" in opened.warnings[0]


def test_a_table_without_names_of_columns_is_no_article():
    row = f'"{ONE}","Le Héron","24/05/2019"\n'
    assert table.is_csv(row * 3, {})
    (reject,) = table.read_csv(row * 3, {})
    assert reject.reason == "unsupported_format"


def test_escapes_of_what_is_no_text_are_left_out():
    (item,) = table.read_json('[{"text": "Un\\u0000 texte\\ud83d\\u200b", "title": "Des\\u0000 sacs"}]', {})
    assert (item.text, item.title) == ("Un texte", "Des sacs")


def test_markup_of_a_title_is_left_out():
    (item,) = table.read_json('[{"text": "Un texte", "title": "<b>Des</b> sacs &amp; des vélos"}]', {})
    assert item.title == "Des sacs & des vélos"


def test_quotation_marks_behind_backslashes_stand_within_their_cells():
    rows = [f'"Des sacs {n}","2019-05-0{n}","Elle a dit \\"non, jamais\\", puis {ONE}"' for n in range(1, 4)]
    found = table.read_csv("\n".join(("titre,date,texte", *rows)), {})
    assert [item.title for item in found] == ["Des sacs 1", "Des sacs 2", "Des sacs 3"]
    assert {item.text for item in found} == {f'Elle a dit "non, jamais", puis {ONE}'}


def test_a_backslash_at_the_end_of_a_cell_is_one():
    (one, two) = table.read_csv(f'titre,date,texte\n"Des sacs\\",2019-05-24,"{ONE}"\n"Des vélos",2019-05-25,"{ONE}"\n', {})
    assert (one.title, one.text, two.title) == ("Des sacs\\", ONE, "Des vélos")


@pytest.mark.parametrize("above", ["Export du 3 mai 2019\n\n", "Revue de presse;;;\n", "sep=;\nRevue;;;\n;;;\n"])
def test_lines_above_the_header_are_none_of_the_table(above):
    text = ONE.replace(" ;", ",")
    content = f"{above}titre;source;date;texte\nDes sacs;Le Héron;2019-05-24;{text}\nDes vélos;Le Héron;2019-05-25;{text}\n"
    assert table.is_csv(content, {})
    assert [(item.title, item.outlet, item.text) for item in table.read_csv(content, {})] == [
        ("Des sacs", "Le Héron", text),
        ("Des vélos", "Le Héron", text),
    ]


def test_ends_of_lines_that_a_program_printed_part_paragraphs():
    rows = "".join(f'"Des sacs {n}","2019-05-2{n}","{ONE}\\n\\n« Non », dit-elle \\"hier\\".\\n{ONE}"\n' for n in range(3))
    found = table.read_csv("titre,date,texte\n" + rows, {})
    assert [item.text.split("\n\n") for item in found] == [[ONE, '« Non », dit-elle "hier".', ONE]] * 3


def test_a_backslash_before_a_letter_in_a_line_is_none_of_its_ends():
    (item,) = table.read_csv("titre;date;texte\nDes sacs;2019-05-24;Le dossier C:\\notes est vide. Il le dit.\n", {})
    assert item.text == "Le dossier C:\\notes est vide. Il le dit."


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("header", ["'titre'{0}'source'{0}'texte'", "titre{0}source{0}texte"])
def test_cells_in_single_quotation_marks(separator, header):
    first, second = (
        f"'L''heure {n}'{separator}'Le Héron'{separator}'{ONE.replace(chr(39), chr(39) * 2)}\n\n{ONE}'" for n in (1, 2)
    )
    content = "\n".join((header.format(separator), first, second))
    assert table.is_csv(content, {})
    items = table.read_csv(content, {})
    assert [(item.title, item.outlet, item.text) for item in items] == [
        (f"L'heure {n}", "Le Héron", f"{ONE}\n\n{ONE}") for n in (1, 2)
    ]


def test_a_text_that_begins_with_an_apostrophe_is_no_table():
    assert not table.is_csv(f"'Tis, dit-il, l'heure\n\n{ONE}\n\n{ONE}\n", {})


def test_the_text_of_the_article_may_be_called_so():
    (item,) = table.read_csv(f"Intitulé\tCorps de l'article\nDes sacs\t{ONE}\n", {})
    assert (item.title, item.text) == ("Des sacs", ONE)


def test_a_json_feed_names_the_outlet_of_its_items():
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Le Héron",
            "items": [{"title": "Des sacs", "content_html": f"<p>{ONE}</p>", "date_published": "2019-05-24T08:00:00Z"}]}  # fmt: skip
    (item,) = table.read_json(json.dumps(feed), {})
    assert (item.title, item.outlet, item.text, item.published) == ("Des sacs", "Le Héron", ONE, date(2019, 5, 24))
