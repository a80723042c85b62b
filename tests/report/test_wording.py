import datetime
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import schemas
from presstm.report import pages, strings
from presstm.report.material import safe_name
from presstm.report.wording import Wording

FR, EN = Wording("fr"), Wording("en")


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (1234.5, "1\u202f234,5", "1,234.5"),
        (0, "0", "0"),
        (1000000, "1\u202f000\u202f000", "1,000,000"),
        (-12.25, "\u221212,25", "\u221212.25"),
        (None, "–", "–"),
        (float("nan"), "–", "–"),
    ],
)
def test_numbers_follow_the_language(value, fr, en):
    assert (FR.number(value), EN.number(value)) == (fr, en)


def test_shares_and_intervals_follow_the_language():
    assert FR.percent(0.123) == "12\u00a0%"
    assert EN.percent(0.123) == "12%"
    assert EN.percent(0.1234, 1) == "12.3%"
    assert FR.interval(None, None) == "trop peu de textes"
    assert EN.interval(0.1, 0.25) == "10% – 25%"


def test_a_small_difference_is_not_written_as_none():
    assert [FR.signed(share) for share in (0.0, -0.0005, 0.13)] == ["0\u00a0%", "−0,05\u00a0%", "+13\u00a0%"]


def test_units_with_a_period_and_kinds_of_outlets_are_in_words():
    assert FR.unit("EUR/month") == "€ par mois"
    assert EN.unit("hours/week") == "hours per week"
    assert FR.unit("sacs/lune") == "sacs/lune"
    assert FR.outlet_kind("regional_daily") == "quotidien régional"
    assert EN.outlet_kind("else") == "else"


def test_dates_follow_the_language():
    assert FR.date(datetime.date(2019, 6, 1)) == "1er\u00a0juin\u00a02019"
    assert EN.date(datetime.date(2019, 6, 1)) == "1\u00a0June\u00a02019"
    assert FR.date(None) == "sans date"
    assert EN.month("2019-05") == "May\u00a02019"
    assert FR.month("unknown") == "sans date"


def test_forms_agree_with_their_number():
    assert [FR.text("n_articles", n=n) for n in (0, 1, 2)] == ["article", "article", "articles"]
    assert [EN.text("n_articles", n=n) for n in (0, 1, 2)] == ["articles", "article", "articles"]


def test_a_small_p_is_said_to_be_smaller_not_zero():
    assert EN.probability(1e-9) == "<\u00a00.0001"
    assert EN.probability(0.03) == "0.0300"


def fields(form):
    forms = form if isinstance(form, tuple) else (form,)
    return [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in forms]


def test_both_languages_say_the_same_things():
    for key, forms in strings.STRINGS.items():
        assert fields(forms["fr"]) == fields(forms["en"]), key
        assert all(forms[language] for language in ("fr", "en")), key


def test_every_word_of_the_interface_comes_from_the_strings():
    folder = Path(pages.__file__).parent / "templates"
    for path in sorted(folder.rglob("*.html")):
        source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r'(?:title|alt|placeholder|aria-label)="[^"]*[a-z][^"]*"', source) == [], path.name
        words = set(re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", " ", source)))
        assert words <= {"NPMI", "data", "lang"}, path.name  # data-… and lang are attributes put together by macros


@given(st.text())
def test_any_string_has_a_safe_file_name(text):
    name = safe_name(text)
    assert name
    assert set(name) <= set(string.ascii_lowercase + string.digits + "-")
    assert len(name) <= 64


def test_safe_names_keep_harmless_ids_and_tell_others_apart():
    assert safe_name("0f6720b6471879f7") == "0f6720b6471879f7"
    assert safe_name("../a") != safe_name("..\\a")
    assert safe_name("A") != safe_name("a")


@pytest.mark.parametrize("reason", schemas.REJECT_REASONS)
def test_every_reason_of_a_reject_has_words_in_both_languages(reason):
    assert FR.text(f"reason_{reason}") != EN.text(f"reason_{reason}")
