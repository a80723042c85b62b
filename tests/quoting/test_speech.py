"""The words that introduce speech are read strictly and conjugated."""

from pathlib import Path

import pytest

from presstm.errors import SettingsError
from presstm.quoting import speech

SHIPPED = Path(__file__).parents[2] / "models/cues.yml"


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        ("explique", "expliquer"), ("expliquait", "expliquer"), ("expliqué", "expliquer"), ("rappelle", "rappeler"),
        ("révèle", "révéler"), ("avançait", "avancer"), ("dit", "dire"), ("répond", "répondre"), ("conclut", "conclure"),
    ],
)  # fmt: skip
def test_forms_lead_to_the_infinitive(form, infinitive):
    assert speech.load(SHIPPED).forms[form] == infinitive


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- dire", "expected the keys"),
        ("", "at least one verb"),
        ("verb: [dire]", "unknown key verb"),
        ("verbs: {a: b}", "verbs"),
        ("verbs: [rire]", "rire"),
        ("first_names: {x: Alix}", "unknown key x"),
        ("verbs: [dire]\nirregular: {dire: dit}\nstudy: [a]", "study: expected the name of an entity"),
    ],
)
def test_a_slip_is_one_line(tmp_path, text, message):
    path = tmp_path / "cues.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message) as error:
        speech.load(path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("name", "gender"), [("Nadia", "Fem"), ("Léa", "Fem"), ("Francis", "Masc"), ("Mamadou", "Masc")])
def test_first_names_tell_the_gender_whatever_their_origin_and_ending(name, gender):
    assert speech.load(SHIPPED).genders[name.lower()] == gender


@pytest.mark.parametrize("role", ["entraîneuse", "pharmacien", "grand-mère", "vétérinaire", "adolescente", "source"])
def test_people_by_what_they_do_cover_sport_health_family_and_trades(role):
    assert role.startswith(speech.load(SHIPPED).roles)
