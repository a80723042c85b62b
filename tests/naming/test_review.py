import csv
import io

import pytest

from presstm import entities, tables
from presstm.errors import InputError
from presstm.naming import review
from tests.test_entities import KNOWN, run, table

HEADER = "source,form,name,label,checked,reasons,n_mentions,context\n"


def overrides(folder, rows=""):
    path = folder / "overrides.csv"
    path.write_text("source,form,name,label,note\n" + rows, encoding="utf-8")
    return path


def reviewed(folder, *rows):
    path = folder / "review.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_name_seen_once_by_the_model_alone_is_listed_with_its_context():
    texts = ["Nous avons pris le train pour Brézolles hier matin. Uber est à Paris."]
    mentions, found = run(texts)
    rows = review.uncertain(
        table(texts),
        tables.empty("tokens"),
        tables.from_rows("mentions", mentions),
        tables.from_rows("entities", found),
        KNOWN,
    )
    assert [row["form"] for row in rows] == ["Brézolles"]
    assert "once" in rows[0]["reasons"].split()
    assert "le train pour Brézolles hier" in rows[0]["context"]
    assert (rows[0]["source"], rows[0]["seen_in"]) == ("", "0.txt")


def test_cells_that_a_spreadsheet_would_compute_are_quoted():
    row = dict.fromkeys(review.COLUMNS, "")
    made = review.to_csv([{**row, "form": form} for form in ("=1+1", "+x", "-x", "@x", "Uber")])
    forms = [row["form"] for row in csv.DictReader(io.StringIO(made))]
    assert forms == ["'=1+1", "'+x", "'-x", "'@x", "Uber"]


def test_corrections_come_back_and_change_the_next_run(tmp_path):
    texts = ["Le CNRS étudie Uber."]
    listed = [{**dict.fromkeys(review.COLUMNS, ""), "form": "Uber", "name": "Uber (firme)", "label": "ORG", "checked": "x"}]
    path = tmp_path / "review.csv"
    path.write_text(review.to_csv(listed), encoding="utf-8")
    text, taken = review.merge(path, overrides(tmp_path))
    assert taken == 1
    (tmp_path / "overrides.csv").write_text(text, encoding="utf-8")
    mentions, _ = run(texts, entities.load_overrides(tmp_path / "overrides.csv"))
    assert {(row["text"], row["entity_id"], row["method"]) for row in mentions} >= {("Uber", "org-uber-firme", "override")}


def test_rows_without_a_mark_are_left_out_and_older_corrections_stay(tmp_path):
    text, taken = review.merge(
        reviewed(tmp_path, ",Uber,Uber,ORG,,,1,", ",Malt,,none,x,,1,"), overrides(tmp_path, ",Bolt,Bolt,ORG,ours\n")
    )
    assert taken == 1
    assert text == "source,form,name,label,note\n,Bolt,Bolt,ORG,ours\n,Malt,,NONE,reviewed\n"


@pytest.mark.parametrize("row", [",Uber,Uber,FIRM,x,,1,", ",,Uber,ORG,x,,1,", ",Uber,,ORG,x,,1,"])
def test_a_mistake_is_named_by_its_line(tmp_path, row):
    with pytest.raises(InputError, match=r"review\.csv, line 3: "):
        review.merge(reviewed(tmp_path, ",Malt,Malt,ORG,x,,1,", row), overrides(tmp_path))


def test_two_checked_rows_for_one_form_are_refused(tmp_path):
    path = reviewed(tmp_path, ",Malt,Malt,ORG,x,,1,", ",Malt,Malt,LOC,,,1,", ",malt,,NONE,x,,1,")
    with pytest.raises(InputError, match=r"review\.csv, lines 2 and 4: both correct 'malt'"):
        review.merge(path, overrides(tmp_path))


@pytest.mark.parametrize("mark", ["non", "No", "0", "FALSE", "faux"])
def test_a_mark_that_says_no_is_none(tmp_path, mark):
    assert review.merge(reviewed(tmp_path, f",Malt,Malt,ORG,{mark},,1,"), overrides(tmp_path))[1] == 0


@pytest.mark.parametrize(
    ("encoding", "separator"), [("cp1252", ";"), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", "\t"), ("utf-8", ",")]
)
def test_a_list_is_read_as_french_spreadsheets_save_it(tmp_path, encoding, separator):
    path = tmp_path / "review.csv"
    text = "Form,Source,NAME,Label,Checked\nÉlise Vaubert,,Élise Vauberte,per,oui\n"
    path.write_bytes(text.replace(",", separator).replace("\n", "\r\n").encode(encoding))
    assert review.merge(path, overrides(tmp_path)) == (
        "source,form,name,label,note\n,Élise Vaubert,Élise Vauberte,PER,reviewed\n",
        1,
    )


def test_a_form_that_looks_like_a_formula_comes_back_as_it_was(tmp_path):
    listed = [{**dict.fromkeys(review.COLUMNS, ""), "form": "@toto", "name": "@toto", "label": "MISC", "checked": "x"}]
    path = tmp_path / "review.csv"
    path.write_text(review.to_csv(listed), encoding="utf-8")
    text, _ = review.merge(path, overrides(tmp_path))
    assert "\n,'@toto,'@toto,MISC,reviewed\n" in text
    (tmp_path / "overrides.csv").write_text(text, encoding="utf-8")
    assert entities.load_overrides(tmp_path / "overrides.csv").row("", "@toto")[2:4] == ("@toto", "MISC")
