import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import codes
from presstm.codes import NONE, Code, Item, formats, uima
from presstm.errors import InputError

THEMES = ("law", "ai")
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20)


def item(n: int = 0, sentence: str = "La loi 😀.") -> Item:
    return Item(f"{n:016x}", n, "a.html", "body", 0, len(sentence), "all", 0.5, "=Un titre", "Avant.", sentence)


def done(kind, items, shown):
    """The files of an export, as if a coder had given the labels `shown`, read back."""
    if kind == "csv":
        return formats.from_csv("f", formats.to_csv(items, THEMES, shown)["codes.csv"], THEMES, "c")
    if kind == "doccano":
        return formats.from_doccano("f", formats.to_doccano(items, THEMES, shown)["doccano.jsonl"], THEMES, "c")
    if kind == "inception":
        return uima.from_xmi("f", uima.to_xmi(items, THEMES, shown)["inception.xmi"], THEMES, "c")
    tasks = json.loads(formats.to_label_studio(items, THEMES, shown)["label-studio.json"])
    for task in tasks:
        task["annotations"] = [{**one, "completed_by": "c"} for one in task.pop("predictions", [])]
    return formats.from_label_studio("f", json.dumps(tasks).encode(), THEMES, "x")


KINDS = ("csv", "label-studio", "doccano", "inception")


@pytest.mark.parametrize("kind", KINDS)
@given(given_=st.lists(st.tuples(TEXT, st.sampled_from([None, (NONE,), ("law",), ("ai", "law")])), max_size=5))
def test_what_is_exported_comes_back(kind, given_):
    items = [item(n, sentence) for n, (sentence, _) in enumerate(given_)]
    shown = {one.key: labels for one, (_, labels) in zip(items, given_, strict=True) if labels}
    expected = [Code(key, "c", tuple(label for label in labels if label != NONE)) for key, labels in shown.items()]
    if kind == "inception" and not items:
        return
    assert sorted(done(kind, items, shown)) == sorted(expected)


@pytest.mark.parametrize("kind", KINDS)
def test_coders_see_no_strata_and_no_predictions(kind):
    writers = dict(zip(KINDS, (formats.to_csv, formats.to_label_studio, formats.to_doccano, uima.to_xmi), strict=True))
    made = b"".join(writers[kind]([item()], THEMES, {}).values())
    assert [word for word in (b"0.5", b"a.html", b"predictions") if word in made] == []
    assert done(kind, [item()], {}) == []


def test_a_sheet_changed_by_a_french_spreadsheet_is_read():
    text = "\ufeffNote;AI;key;none;Law;sentence\nà voir;OUI;k:1;;x;phrase\n;;;;;\n;;k:2;1;;\n;;k:3;;;non codée\n"
    expected = [Code("k:1", "c", ("ai", "law")), Code("k:2", "c", ())]
    assert formats.from_csv("f", text.encode(), THEMES, "c") == expected
    assert formats.from_csv("f", text.lstrip("\ufeff").encode("cp1252"), THEMES, "c") == expected
    assert formats.from_csv("f", text.lstrip("\ufeff").replace(";", "\t").encode("utf-16"), THEMES, "c") == expected


def test_a_sheet_holds_no_live_formula():
    assert b"\n=" not in formats.to_csv([item(0, "=1+1")], THEMES, {})["codes.csv"].replace(b",", b"\n")


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (formats.from_csv, "key,law,none\nk,,\n", "f, line 2: column ai is missing"),
        (formats.from_csv, "key,law,ai,none\nk,?,,\n", "f, line 2: . in column law is neither x nor empty"),
        (formats.from_csv, "key,law,ai,none\nk,x,,x\n", "f, line 2: none stands beside a theme"),
        (formats.from_doccano, '{"key": "k", "label": []}\n{"key": "k", "label": ["lau"]}', "f, line 2: theme lau"),
        (formats.from_doccano, "\n{", "f, line 2: no JSON"),
        (formats.from_doccano, '{"label": ["law"]}', "f, line 1: not as doccano"),
        (formats.from_doccano, "[1]", "f, line 1: not as doccano"),
        (formats.from_label_studio, "{", "f: no JSON"),
        (formats.from_label_studio, '[{"data": {}, "annotations": [{}]}]', "f, task 1: not as Label Studio"),
        (formats.from_label_studio, "[3]", "f, task 1: not as Label Studio"),
        (formats.from_label_studio, '[{"data": {"key": "k"}, "completions": []}]', "f, task 1: not as .*annotations"),
        (
            formats.from_label_studio,
            '[{"data": {"key": "k"}, "annotations": [{"result": '
            '[{"type": "choices", "from_name": "code", "value": {"choices": ["law"]}}]}]}]',
            "f, task 1: not as .*choices named code; in the labelling interface their name is theme",
        ),
        (formats.from_doccano, '{"key": "k", "annotations": [{"label": 3}]}', "f, line 1: not as doccano"),
        (uima.from_xmi, "<a>", "f: no XML"),
        (uima.from_xmi, "<a/>", "f: no annotation"),
        (uima.from_xmi, "PK no zip", "f: no readable zip"),
        (formats.from_doccano, "PK no zip", "f: no readable zip"),
    ],
)
def test_a_mistake_gets_one_line_with_its_place(read, text, message):
    with pytest.raises(InputError, match=message) as error:
        read("f", text.encode(), THEMES, "c")
    assert "\n" not in str(error.value)


def test_a_label_studio_export_without_details_is_read():
    tasks = [{"key": "k", "theme": {"choices": ["law", "ai"]}, "annotator": 7}, {"key": "l", "theme": "none"}]
    found = formats.from_label_studio("f", json.dumps(tasks).encode(), THEMES, "c")
    assert found == [Code("k", "7", ("ai", "law")), Code("l", "c", ())]


def test_skipped_tasks_and_further_choices_of_label_studio_are_no_codes():
    law, hard = (
        {"type": "choices", "from_name": n, "value": {"choices": [c]}} for n, c in (("theme", "law"), ("hard", "yes"))
    )
    answers = [{"result": [], "was_cancelled": True}, {"result": [hard, law], "completed_by": {"id": 2}}, {"result": []}]
    task = {"data": {"key": "k"}, "annotations": answers, "drafts": [], "predictions": [{"result": [hard]}]}
    found = formats.from_label_studio("f", json.dumps([task]).encode(), THEMES, "c")
    assert found == [Code("k", "2", ("law",))]


def test_offsets_for_inception_count_utf16_units():
    from lxml import etree

    items = [item(0, "Un 😀."), item(1, "Deux.")]
    root = etree.fromstring(uima.to_xmi(items, THEMES, {})["inception.xmi"])
    text = root.find("{http:///uima/cas.ecore}Sofa").get("sofaString").encode("utf-16-le")
    spans = [text[2 * int(e.get("begin")) : 2 * int(e.get("end"))].decode("utf-16-le") for e in root.iter(uima._TAG)]
    assert spans == [one.sentence for one in items]


def test_features_for_inception_are_names_of_their_own_whatever_the_themes_are_called():
    themes = ("5G", "école", "Énergie", "c++", "c--", "c___2", "begin", "l'eau", "日本")
    features = uima._features(themes)
    names = "t_5G ecole Energie c__ c___2 c___2_2 begin_2 l_eau t___ none"
    assert [*features] == [*themes, NONE]
    assert [*features.values()] == names.split()
    assert {name: uima._features(themes[::-1])[name] for name in features} == features


@pytest.mark.parametrize("theme", ["5G", "école", "c++", "c--", "begin", "日本"])
def test_codes_of_a_theme_come_back_from_inception_whatever_it_is_called(theme):
    themes = ("5G", "école", "c++", "c--", "begin", "日本")
    made = uima.to_xmi([item()], themes, {item().key: [theme]})
    assert f"<name>{uima._features(themes)[theme]}</name>".encode() in made["TypeSystem.xml"]
    assert uima.from_xmi("f", made["inception.xmi"], themes[::-1], "c") == [Code(item().key, "c", (theme,))]


def test_the_coders_of_a_zip_from_doccano_are_named_by_its_files_or_its_lines():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("admin.jsonl", '{"key": "k:1", "label": ["law"]}\n{"key": "k:2", "label": []}\n')
        archive.writestr(
            "anne.jsonl", '{"key": "k:1", "label": ["none"]}\n{"key": "k:2", "label": ["ai"], "username": "luc"}'
        )
        archive.writestr("readme.txt", "no codes")
    found = formats.from_doccano("f.zip", out.getvalue(), THEMES, "c")
    assert found == [Code("k:1", "admin", ("law",)), Code("k:1", "anne", ()), Code("k:2", "luc", ("ai",))]


def test_a_mistake_in_a_zip_from_doccano_is_named_with_its_file_and_line():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("admin.jsonl", '\n{"key": "k:1", "label": ["lau"]}')
    with pytest.raises(InputError, match=r"f\.zip/admin\.jsonl, line 2: theme lau"):
        formats.from_doccano("f.zip", out.getvalue(), THEMES, "c")


def test_zips_in_zips_in_zips_are_not_followed():
    data = uima.to_xmi([item()], THEMES, {item().key: ["law"]})["inception.xmi"]
    for name in ("a.xmi", "b.zip", "c.zip", "d.zip"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        data = out.getvalue()
    with pytest.raises(InputError, match=r"f/d\.zip/c\.zip: no file that ends in \.xmi"):
        uima.from_xmi("f", data, THEMES, "c")


def test_the_coders_of_a_zip_are_named_by_its_files():
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("luc.xmi", uima.to_xmi([item()], THEMES, {item().key: ["law"]})["inception.xmi"])
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("annotation/doc/anne.xmi", uima.to_xmi([item()], THEMES, {item().key: [NONE]})["inception.xmi"])
        archive.writestr("annotation/doc/luc.zip", inner.getvalue())
    found = uima.from_xmi("f.zip", outer.getvalue(), THEMES, "c")
    assert found == [Code(item().key, "anne", ()), Code(item().key, "luc", ("law",))]


def test_several_files_side_by_side_in_a_zip_are_of_several_coders():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for who, label in (("anne", "law"), ("luc", NONE)):
            archive.writestr(f"{who}.xmi", uima.to_xmi([item()], THEMES, {item().key: [label]})["inception.xmi"])
    found = uima.from_xmi("f.zip", packed.getvalue(), THEMES, "c")
    assert found == [Code(item().key, "anne", ("law",)), Code(item().key, "luc", ())]


def test_a_table_of_codes_is_read_back_and_feeds_the_training(tmp_path):
    from presstm.theming import coding

    one, other = item(0, "-Une phrase."), item(1)
    given_ = [Code(one.key, "a", ("law",)), Code(other.key, "a", ())]
    (tmp_path / "codes.csv").write_bytes(codes.table(given_, {one.key: one, other.key: other}))
    assert codes.read_codes([tmp_path / "codes.csv"], THEMES) == given_
    first, _ = coding.read([tmp_path / "codes.csv"], THEMES)
    assert (first.previous, first.themes) == ("Avant.", {"law"})
    with pytest.raises(InputError, match=r"has coded .* twice"):
        codes.read_codes([tmp_path / "codes.csv", tmp_path / "codes.csv"], THEMES)
