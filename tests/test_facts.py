"""Facts are read strictly: a slip in the file is named with its place."""

from pathlib import Path

import pytest

from presstm import facts
from presstm.errors import SettingsError

SHIPPED = Path(__file__).parents[1] / "models/facts.yml"
STUDY = "counted:\n  workers: [livreu*]\nfacts:\n  all:\n    value: 900\n    unit: workers\n"


def load(tmp_path, text):
    path = tmp_path / "facts.yml"
    path.write_text(text, encoding="utf-8")
    return facts.load(path)


def test_shipped_facts_hold_the_numbers_of_record():
    found = facts.load(SHIPPED).facts
    values = {key: fact.low for key, fact in found.items() if fact.low == fact.high}
    expected = {"occasional_workers": 266126, "regular_workers": 52337, "very_active_workers": 14903, "platforms": 23}
    expected |= {"below_poverty_share": 22, "women_share": 56.1, "inactive_share": 27.9, "monthly_income": 21}
    assert expected.items() <= values.items()
    assert facts.load(SHIPPED).wholes("very_active_workers") == ["regular_workers", "occasional_workers"]


def test_a_fact_is_a_number_a_range_or_lies_between_two(tmp_path):
    more = "  range:\n    value: [4, 5]\n    unit: hours\n  unsure:\n    low: 70\n    high: 100\n    unit: workers\n"
    found = load(tmp_path, STUDY + more).facts
    assert [(fact.low, fact.high, fact.is_range) for fact in found.values()] == [
        (900, 900, False),
        (4, 5, True),
        (70, 100, False),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("unit: workers", "unit: bees"), "fact all: unknown unit bees"),
        (("value: 900", "value: many"), "fact all: expected a number, got 'many'"),
        (("value: 900", "value: 900\n    low: 4"), "not both"),
        (("value: 900", "low: 4"), "low and high go together"),
        (("value: 900", "value: [5, 4]"), "low is above high"),
        (("value: 900", "valu: 900"), "unknown key valu"),
        (("value: 900", "value: 900\n    part_of: none"), "part_of none, which is no fact"),
        (("value: 900", "value: 900\n    part_of: all"), "a part of itself"),
        (("value: 900", "value: 900\n    per: decade"), "unknown period decade"),
        (("value: 900", "value: 900\n    value: 901"), "line 6"),
        (("value: 900", "value: 0"), "fact all: a value is 0"),
        (("value: 900", "value: [0, 0]"), "fact all: a value is 0"),
        (("value: 900", "value: .nan"), "fact all: expected a number, got nan"),
        (("value: 900", "value: [.nan, 3]"), "fact all: expected a number, got nan"),
        (("value: 900", "low: 3\n    high: .inf"), "fact all: expected a number, got inf"),
        (("value: 900", f"value: 1{'0' * 400}"), "fact all: expected a number, got 1000"),
        (("value: 900", "value: 900\n    tolerance: .inf"), "fact all: tolerance: expected a number from 0, got inf"),
        (("facts:", "tolerance: .nan\nfacts:"), "tolerance: expected a number from 0, got nan"),
        (("[livreu*]", "livreu*"), "counted, workers: expected a list of words"),
        (("[livreu*]", "['*']"), "'*' holds no word"),
        (("facts:", "tolerance: -1\nfacts:"), "tolerance: expected a number from 0"),
        (("facts:", "contexts: {time_of_day: {}}\nfacts:"), "unknown key time_of_day"),
        (("[livreu*]", "['livreu*|coursier*']"), "'livreu*|coursier*' is in the notation of themes: here, words and *"),
        (("[livreu*]", "['livreu* ~3 nuit']"), "'livreu* ~3 nuit' is in the notation of themes"),
        (("facts:", "tolerance: 8\nfacts:"), "tolerance: 8 is a share of the value, so less than 1: 0.08 is 8 %"),
        (("value: 900", "value: 900.000"), "900.000 is read as 900: write 900000"),
        (("value: 900", "value: [1.250, 2.500]"), "1.250 is read as 1.25: write 1250"),
        (("value: 900", "value: [900,\n      2.500]"), "2.500 is read as 2.5: write 2500"),
        (("value: 900", "value:\n      - 900\n      - 2.500"), "2.500 is read as 2.5: write 2500"),
        (("value: 900", "low: 1\n    high: 2.500"), "2.500 is read as 2.5: write 2500"),
        (("value: 900", "value: 900\n    tolerance: 10"), "fact all: tolerance: 10 is a share of the value"),
    ],
)
def test_a_slip_is_named_with_its_place(tmp_path, change, message):
    with pytest.raises(SettingsError) as error:
        load(tmp_path, STUDY.replace(*change))
    assert message in str(error.value)
    assert "facts.yml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_value_with_decimals_is_one(tmp_path):
    for written, value in (("0.125", 0.125), ("12.5", 12.5), ("1.2500", 1.25), ("1234.500", 1234.5)):
        assert load(tmp_path, STUDY.replace("value: 900", f"value: {written}")).facts["all"].low == value
