import pytest

from presstm.errors import InputError
from presstm.naming import overrides

HEADER = "source,form,name,label,note\n"


def load(folder, rows):
    path = folder / "overrides.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return overrides.load(path)


def test_the_correction_of_an_article_goes_before_that_of_the_corpus(tmp_path):
    made = load(tmp_path, ",Valmorne,Valmorne,LOC,\na.txt,Valmorne,Anne Valmorne,PER,\n")
    assert made.row("a.txt", "Valmorne")[2:4] == ("Anne Valmorne", "PER")
    assert made.row("b.txt", "VALMORNE")[2:4] == ("Valmorne", "LOC")
    assert made.row("b.txt", "Valmornes") is None


@pytest.mark.parametrize("other", [",l’Écho,Écho,MEDIA,", ",L'Echo,Écho,MEDIA,"])
def test_two_rows_for_one_form_are_refused_and_both_named(tmp_path, other):
    with pytest.raises(InputError, match=r"overrides\.csv, lines 2 and 4: both correct ") as error:
        load(tmp_path, f",L’Écho,L’Écho,ORG,\na.txt,L’Écho,L’Écho,LOC,\n{other}\n")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("row", [",Valmorne,Valmorne,TOWN,", ",,Valmorne,LOC,", ",Valmorne,,LOC,"])
def test_a_mistake_is_named_by_its_line(tmp_path, row):
    with pytest.raises(InputError, match=r"overrides\.csv, line 2: "):
        load(tmp_path, row)


def test_rows_without_effect_are_named_by_their_lines(tmp_path):
    made = load(tmp_path, ",Valmorne,Valmorne,LOC,\nc.txt,Valmorne,,NONE,\n,Nulle part,,none,\n")
    lines = list(overrides.without_effect(made, {"a.txt"}, {made.row("a.txt", "Valmorne")}))
    assert lines == [
        f"{tmp_path}/overrides.csv, line 3: no article has the source 'c.txt', so that 'Valmorne' is not corrected",
        f"{tmp_path}/overrides.csv, line 4: 'Nulle part' is found nowhere, or only within longer names",
    ]
