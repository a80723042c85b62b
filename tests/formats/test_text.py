from datetime import date

import pytest

from presstm import readers
from presstm.formats import text
from presstm.settings import ExtractSettings

BODY = "La filature d'Orsel rouvre ses portes, dit la directrice. Les ouvrières reviennent dès lundi."


@pytest.mark.parametrize(
    ("line", "outlet", "day", "authors"),
    [
        ("Numérica.fr - 20/01/2023 à 11:42", "Numérica.fr", date(2023, 1, 20), ()),
        (
            "Ouest-Matin, 2 décembre 2019. Propos recueillis par Ada Brunel",
            "Ouest-Matin",
            date(2019, 12, 2),
            ("Ada Brunel",),
        ),
        ("Le Courrier d'Orsel | 3 mars 2021", "Le Courrier d'Orsel", date(2021, 3, 3), ()),
        ("3 mars 2021 — Le Courrier d'Orsel", "Le Courrier d'Orsel", date(2021, 3, 3), ()),
        ("Publié le 3 mars 2021 par Le Courrier d'Orsel", "Le Courrier d'Orsel", date(2021, 3, 3), ()),
        ("Publié le 3 mars 2021 par orsel-infos.fr", "orsel-infos.fr", date(2021, 3, 3), ()),
        ("Publié le 3 mars 2021 par Ada Brunel", None, date(2021, 3, 3), ("Ada Brunel",)),
        ("L'Écho de Tercy (site web), mardi 3 mars 2020", "L'Écho de Tercy", date(2020, 3, 3), ()),
        ("Le Courrier tercéen, le 3 mars 2021", "Le Courrier tercéen", date(2021, 3, 3), ()),
        ("Le Quotidien du Val, 3 mars 2021.", "Le Quotidien du Val", date(2021, 3, 3), ()),
        (
            "La Gazette de la Filature · 3 mars 2021 - Par Léo Sarre",
            "La Gazette de la Filature",
            date(2021, 3, 3),
            ("Léo Sarre",),
        ),
        ("Le journal du centre social, 3 mars 2021", "Le journal du centre social", date(2021, 3, 3), ()),
        ("Elle, 3 mars 2021", "Elle", date(2021, 3, 3), ()),
        ("Le 3 mars 2021", None, date(2021, 3, 3), ()),
    ],
)
def test_a_dateline_gives_outlet_date_and_byline(line, outlet, day, authors):
    (item,) = text.read(f"La filature rouvre\n\n{line}\n\n{BODY}")
    assert (item.title, item.outlet, item.published, item.authors) == ("La filature rouvre", outlet, day, authors)
    assert item.text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "La loi a été votée, le 3 mars 2021.",
        "Les ouvrières de la filature reprennent le travail, lundi 3 mars 2020.",
        "Orsel vote, le 3 mars 2021.",
        "Il revient à Tercy, mardi 3 mars 2020.",
        "Un accord trouvé entre la mairie et la filature - 3 mars 2021",
        "Ada Brunel est née à Orsel, le 2 décembre 1971.",
        "Le texte sera présenté par Ada Brunel",
    ],
)
def test_a_sentence_with_a_date_is_no_dateline(line):
    assert not text.is_dateline(line)


@pytest.mark.parametrize(
    "above",
    [
        "Titre : La filature rouvre\nSource : Le Héron\nDate : 24 mai 2019\nAuteur : Ada Brunel\n\n",
        '---\ntitle: "La filature rouvre"\nauthor: Ada Brunel\nsource: Le Héron\ndate: 2019-05-24\n---\n\n',
        "Objet : La filature rouvre\nPage : 4\nMédia : Le Héron\nDate de parution : 24 mai 2019\nAuteur : Ada Brunel\n\nTexte :\n\n",
        "TITRE: La filature rouvre\n\nJOURNAL: Le Héron\n\nDATE: 2019-05-24\n\nAUTEUR: Ada Brunel\n\nTexte de l’article : ",
        "**Titre :** La filature rouvre\n**Journal :** Le Héron\nNombre de mots : 312\nDate : 24/05/19\nAuteur : Ada Brunel\n\nLa filature rouvre\n\n",
    ],
)
def test_lines_above_a_text_say_what_they_name(above):
    (item,) = text.read(above + BODY)
    assert (item.title, item.outlet, item.published, item.authors) == (
        "La filature rouvre", "Le Héron", date(2019, 5, 24), ("Ada Brunel",)
    )  # fmt: skip
    assert item.text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "\nConstat : rien ne va.",
        "Constat : les fileuses de Tercy ont repris leurs bobines et la mairie ne dit toujours rien.",
    ],
)
def test_a_paragraph_with_a_colon_below_such_lines_is_text(line):
    (item,) = text.read(f"Titre : La filature rouvre\nSource : Le Héron\n{line}\n\n{BODY}")
    assert item.text == f"{line.strip()}\n\n{BODY}"


@pytest.mark.parametrize(
    "above", ["Date : mardi\n\n", "Constat : rien ne va.\nSource : Insee\n\n", "Source : Insee\nAuteur : la mairie\n\n"]
)
def test_other_lines_with_a_colon_are_text(above):
    (item,) = text.read(above + BODY)
    assert item.text.endswith(BODY)
    assert above.split("\n")[0] in (item.title + item.text)


def test_lines_about_a_text_without_it_are_no_article():
    assert [one.reason for one in text.read("Titre : La filature rouvre\nSource : Le Héron\nDate : 24 mai 2019")] == [
        "no_text"
    ]


def test_words_that_the_ends_of_lines_cut_are_made_whole():
    lines = (
        "Les fileuses de Tercy ont repris leurs bobines, et l'atelier se rem-\nplit peu à peu de celles qui l'avaient quitté pour la sous-\n"
        "traitance, dont on sait que la sous-traitance ne paie guère plus à Saint-\nOrsel."
    )
    (item,) = text.read(f"La filature rouvre\n\nLe Héron, 24 mai 2019\n\n{lines}")
    assert item.text == lines.replace("rem-\nplit", "remplit").replace("-\n", "-").replace("\n", " ")


def test_the_signs_of_markdown_around_lines_are_no_part_of_them():
    (item,) = readers.read(
        "# Des sacs\n\n**Le Héron, 24 mai 2019**\n\nLes coursiers de Valmorne ont *enfin* posé leurs sacs devant la halle.\n".encode(),
        ExtractSettings(),
    ).results
    assert (item.title, item.outlet, item.published) == ("Des sacs", "Le Héron", date(2019, 5, 24))
    assert "*enfin*" in item.text


@pytest.mark.parametrize(
    "content",
    [
        "https://heron.example/filature?id=1\n\nLa filature rouvre\n\n{}\n\n{}",
        "La filature rouvre\n\n{}\n\n{}\n\nSource : https://heron.example/filature?id=1",
    ],
)
def test_an_address_before_or_after_all_is_that_of_the_article(content):
    (item,) = text.read(content.format("Le 24/05/19 à 6h30, mis à jour le 3 juin 2019 à 8h", BODY))
    assert (item.url, item.outlet) == ("https://heron.example/filature?id=1", "heron.example")
    assert (item.title, item.published, item.text) == ("La filature rouvre", date(2019, 5, 24), BODY)


def test_a_long_paragraph_is_no_dateline_whatever_it_says_of_a_change():
    paragraph = f"Le 24 mai 2019, mis à jour depuis, le plan d'Orsel prévoyait deux ateliers. {BODY}"
    assert not text.is_dateline(paragraph)


def test_an_address_tells_the_day_of_a_text_without_one():
    copy = "https://web.archive.org/web/2024/https://heron.example/2019/05/24/filature"
    (item,) = text.read(f"{copy}\n\nLa filature rouvre\n\n{BODY}")
    assert (item.url, item.published) == ("https://heron.example/2019/05/24/filature", date(2019, 5, 24))
