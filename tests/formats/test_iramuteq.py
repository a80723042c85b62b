from datetime import date

import pytest

from presstm.formats import Item, iramuteq
from tests.hostile import PARAGRAPHS

ONE, TWO, THREE, FOUR = PARAGRAPHS
CORPUS = f"""**** *article_a1 *journal_le_heron *date_20190524
La passerelle rouvre
{ONE}
{TWO}

**** *journal_courrier *annee_2019 *mois_201906
-*conseil
{THREE}
"""


def test_each_line_of_stars_is_an_article_with_its_variables():
    assert iramuteq.is_corpus(CORPUS)
    first, second = iramuteq.read(CORPUS, {})
    assert (first.title, first.outlet, first.published) == ("La passerelle rouvre", "le heron", date(2019, 5, 24))
    assert first.text == f"{ONE}\n\n{TWO}"
    assert (second.title, second.outlet, second.text) == ("", "courrier", THREE)
    assert (second.published, second.warnings) == (None, ("no date in '2019-06'",))


@pytest.mark.parametrize(
    "stars",
    [
        "*date_2019-05-24",
        "*date_24052019",
        "*date_2019_05_24",
        "*annee_2019 *mois_05 *jour_24",
        "*Annee_2019 *Mois_2019-05 *Jour_24",
    ],
)
def test_the_day_of_variables(stars):
    (item,) = iramuteq.read(f"**** {stars}\n{ONE}\n", {})
    assert item.published == date(2019, 5, 24)


def test_no_line_of_stars_disappears_in_the_article_before_it():
    found = iramuteq.read(f"**** *journal_le heron *x\n{ONE}\n****\n{TWO}\n**** *a_b \n\n****  *journal_c\n{THREE}", {})
    assert [getattr(one, "text", getattr(one, "reason", "")) for one in found] == [ONE, TWO, "no_text", THREE]
    assert isinstance(found[0], Item)
    assert found[0].outlet == "le heron"


def test_numbered_lines_of_alceste_begin_articles_and_numbers_of_a_text_do_not():
    first, second = iramuteq.read(f"0001 *journal_a\n{ONE}\n2019\n{TWO}\n0002 *journal_b\n{THREE}\n", {})
    assert (first.outlet, first.text, second.outlet) == ("a", f"{ONE}\n\n2019\n\n{TWO}", "b")


def test_a_value_that_is_said_to_be_unknown_is_none():
    (item,) = iramuteq.read(f"**** *journal_inconnu *date_inconnu *auteur_inconnu\n{ONE}\n", {})
    assert (item.outlet, item.published, item.authors, item.warnings) == (None, None, (), ())


def test_settings_name_variables():
    (item,) = iramuteq.read(f"**** *support_heron *titre_x\n{ONE}\n", {"outlet": "support"})
    assert (item.outlet, item.title) == ("heron", "x")


@pytest.mark.parametrize("text", [f"{ONE}\n**** *a_b\n{TWO}", "**** \n", "2019 fut *belle\n", f"* {ONE}", ""])
def test_other_texts_are_no_corpus(text):
    assert not iramuteq.is_corpus(text)
