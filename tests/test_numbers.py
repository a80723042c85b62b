"""Numbers as French writes them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import numbers

SMALL = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
).split()
TENS = ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante"]


def below_hundred(n, swiss):
    if n < 20:
        return SMALL[n]
    ten, unit = divmod(n, 10)
    if swiss and ten >= 7:
        word = {7: "septante", 8: "huitante", 9: "nonante"}[ten]
        return word + ("" if not unit else " et un" if unit == 1 else f"-{SMALL[unit]}")
    if ten == 8 and not unit:
        return "quatre-vingts"
    if ten >= 8:
        return f"quatre-vingt-{SMALL[n - 80]}"
    if ten == 7:
        return "soixante et onze" if unit == 1 else f"soixante-{SMALL[n - 60]}"
    return TENS[ten] + ("" if not unit else " et un" if unit == 1 else f"-{SMALL[unit]}")


def in_words(n, swiss=False):
    """The number in French words, for 0 < n <= 10**9."""
    for scale, singular, plural in ((10**9, "milliard", "milliards"), (10**6, "million", "millions")):
        if n >= scale:
            count, rest = divmod(n, scale)
            head = f"{in_words(count, swiss)} {singular if count == 1 else plural}"
            return f"{head} {in_words(rest, swiss)}" if rest else head
    for scale, word in ((1000, "mille"), (100, "cent")):
        if n >= scale:
            count, rest = divmod(n, scale)
            plural = "s" if word == "cent" and count > 1 and not rest else ""
            head = f"{in_words(count, swiss)} {word}{plural}" if count > 1 else word
            return f"{head} {in_words(rest, swiss)}" if rest else head
    return below_hundred(n, swiss)


@given(st.integers(1, 10**9), st.booleans(), st.sampled_from(["-", " ", None]))
def test_reads_back_every_number_in_words(n, swiss, joint):
    words = in_words(n, swiss)
    if joint == "-":
        words = words.replace(" ", "-")  # the spelling of 1990
    elif joint == " ":
        words = words.replace("-", " ")
    assert numbers.read_words(words) == n


@given(
    st.integers(1000, 10**10),
    st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", ".", "’", ""]),
    st.text("ab,.é ", max_size=8),
)
def test_reads_back_every_number_in_figures_with_its_offsets(n, mark, around):
    written = f"{n:,}".replace(",", mark)
    text = f"{around}; {written} ;{around}"
    (found,) = numbers.scan(text)
    assert (text[found.start : found.end], found.value) == (written, n)


@given(st.text("0123456789 .,'’-–%€abcdeéàsurunmiltvq\u00a0\u202f\n", max_size=60))
def test_numbers_are_in_order_without_overlap(text):
    found = numbers.scan(text)
    assert all(0 <= number.start < number.end <= len(text) for number in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,50 €", [("2,50", 2.5)]),
        ("1,3 million de comptes", [("1,3 million", 1.3e6)]),
        ("12 milliers de clics", [("12 milliers", 12000)]),
        ("une levée de 2,5 M€", [("2,5 M", 2.5e6)]),
        ("deux millions et demi", [("deux millions et demi", 2.5e6)]),
        ("un quart de million", [("un quart de million", 250_000)]),
        ("une bonne trentaine", [("une bonne trentaine", 30)]),
        ("deux douzaines", [("deux douzaines", 24)]),
        ("une dizaine de milliers", [("une dizaine de milliers", 10_000)]),
        ("des dizaines de milliers de gens", [("des dizaines de milliers", None)]),
        ("quelques milliers", [("quelques milliers", None)]),
        ("la moitié puis trois quarts", [("la moitié", 0.5), ("trois quarts", 0.75)]),
        ("un coursier sur cinq", [("un coursier sur cinq", 0.2)]),
        ("trois coursiers sur quatre", [("trois coursiers sur quatre", 0.75)]),
        ("il y a un homme et une femme", []),
        ("1" * 400, []),
        ("3 millions et demi", [("3 millions et demi", 3.5e6)]),
        ("ils sont 2 millions. Et demi-tour", [("2 millions", 2e6)]),
        ("un demi-million", [("demi-million", 500_000)]),
        ("il en boit un demi. Million après million", []),
        ("en 2019 260 000 personnes", [("2019", 2019), ("260 000", 260_000)]),
    ],
)
def test_reads_what_the_press_writes(text, expected):
    assert [(text[number.start : number.end], number.value) for number in numbers.scan(text)] == expected


@pytest.mark.parametrize("text", ["", "plateforme", "deux trois", "vingt mille mille"])
def test_words_that_spell_no_number_are_none(text):
    assert numbers.read_words(text) is None
