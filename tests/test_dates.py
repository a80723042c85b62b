from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import dates

DAY = date(2019, 5, 24)


@pytest.mark.parametrize(
    "text",
    [
        "2019-05-24",
        "2019-05-24T23:30:00Z",
        "20190524",
        "24/05/2019 à 06h00",
        "24.05.2019",
        "24-05-2019",
        "Publié le vendredi 24 mai 2019",
        "24 MAI 2019",
        "le 24 mai 2019, à Valmorne",
    ],
)
def test_day_is_found(text):
    assert dates.find(text) == (DAY, None)


@pytest.mark.parametrize("text", ["2019-02-30", "30 février 2019", "31/04/2019", "2019-13-01", "0000-01-01"])
def test_impossible_day_is_named_and_never_another(text):
    day, warning = dates.find(text)
    assert day is None
    assert warning is not None
    assert "impossible" in warning


@pytest.mark.parametrize("text", ["", "hier", "article 2019", "12 pommes", "99999-99-99"])
def test_no_date_is_no_date(text):
    assert dates.find(text) == (None, None)


@given(st.dates(date(1600, 1, 1), date(2100, 12, 31)))
def test_every_iso_day_comes_back(day):
    assert dates.find(day.isoformat()) == (day, None)


def test_first_of_the_month_and_short_months():
    assert dates.find("1er août 2020")[0] == date(2020, 8, 1)
    assert dates.find("3 févr. 2020")[0] == date(2020, 2, 3)


def test_a_date_alone_is_told_from_one_in_a_sentence():
    assert dates.is_date("Vendredi 24 mai 2019")
    assert dates.is_date("lundi 28 mars 2011, 21:02")
    assert not dates.is_date("Le 24 mai 2019, la passerelle rouvre")


@pytest.mark.parametrize(
    "line",
    [
        "jeu. 23 mai 2019",
        "Jeu 23 mai 2019 à 10h03",
        "mer., 22 mai 2019",
        "Sam. 08 déc. 2018 – 17h45",
        "24 mai 2019 à 10 h 03 min",
        "24/05/19",
        "24-05-19 à 07h12",
        "Le 1er juin 2019",
    ],
)
def test_weekdays_and_years_may_be_short(line):
    assert dates.is_date(line)


@pytest.mark.parametrize("line", ["mer 2019", "06 12 34", "12/05", "ven. 2019-20"])
def test_what_is_shorter_is_no_date(line):
    assert not dates.is_date(line)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Le 1er juin 2019 à 6h30, mis à jour le 3 juin 2019", "Le 1er juin 2019 à 6h30"),
        ("24/05/2019 | MAJ 25/05/2019", "24/05/2019"),
        ("24 MAI 2019 (MODIFIÉ LE 3 JUIN)", "24 MAI 2019"),
        ("Mis à jour le 3 juin 2019", ""),
        ("Le 24 mai 2019", "Le 24 mai 2019"),
    ],
)
def test_the_day_of_a_change_is_left_out(line, left):
    assert dates.without_change(line) == left


def test_all_days_of_a_text_and_of_addresses():
    assert dates.all_in("https://a.example/2019/05/24/x et le 3 juin 2019, mais pas le 30 février 2019") == {
        DAY,
        date(2019, 6, 3),
    }


@pytest.mark.parametrize("text", ["1558656000", "1558656000000", " 1558656000.5 "])
def test_seconds_since_1970_are_a_day(text):
    assert dates.find(text) == (DAY, None)
    assert dates.find(f"no {text.strip()}") == (None, None)


def test_a_number_in_a_cell_is_the_day_that_spreadsheets_mean():
    assert dates.of_cell("43609") == dates.of_cell("43609.75") == DAY
    assert dates.of_cell("2019") is None
