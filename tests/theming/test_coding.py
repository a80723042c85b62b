import pytest

from presstm.errors import InputError
from presstm.theming import coding

HEAD = "piece,register,part,n,sentence,themes,note\n"


def test_sentences_are_read_with_their_context(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}p,wire,title,0,Un titre,law,\np,wire,body,1,Une phrase.,law;ai,\nq,wire,body,0,Une autre.,,\n")
    first, second, third = coding.read([path], ["law", "ai"])
    assert (first.title, first.previous, first.themes) == ("Un titre", "", {"law"})
    assert (second.title, second.previous, second.themes) == ("Un titre", "Un titre", {"law", "ai"})
    assert (third.title, third.previous, third.themes, third.register) == ("", "", frozenset(), "wire")
    assert first.group == second.group != third.group


def test_the_register_is_the_folder_of_the_source_where_there_is_no_column_for_it(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source,part,sentence,themes\nradio/2019/a.txt,body,Un.,\nb.txt,body,Deux.,\nc.csv#3,body,Trois.,\n")
    assert [row.register for row in coding.read([path], [])] == ["radio", "", ""]


def test_texts_that_share_a_long_sentence_are_one_group(tmp_path):
    same = "Cette phrase assez longue est partagée."
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}p,r,body,0,{same},,\nq,r,body,0,Oui.,,\nq,r,body,1,{same},,\ns,r,body,0,Oui.,,\n")
    groups = [row.group for row in coding.read([path], [])]
    assert groups[0] == groups[1] == groups[2] != groups[3]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("part,n,sentence,themes\n", "column source or piece is missing"),
        ("piece,part,n,sentence\n", "column themes is missing"),
        (f"{HEAD}p,r,body,0,Oui.,lau,\n", "line 2: theme lau is not in the codebook"),
        ("piece,part,sentence,themes,weight\np,body,Oui.,law,0\n", "line 2: weight 0 is no number above 0"),
        ("piece,part,sentence,themes,weight\np,body,Oui.,law,x\n", "line 2: weight x is no number above 0"),
    ],
)
def test_a_mistake_in_coded_sentences_is_named(tmp_path, text, message):
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        coding.read([path], ["law"])


def test_a_file_saved_by_a_french_spreadsheet_is_read(tmp_path):
    path = tmp_path / "a.csv"
    text = 'piece;part;sentence;themes;weight\r\np;body;"Créé ; oui.";"law;ai";0,5\r\n'
    for data in (text.encode("utf-8-sig"), text.encode("cp1252")):
        path.write_bytes(data)
        (row,) = coding.read([path], ["law", "ai"])
        assert (row.sentence, row.themes, row.weight) == ("Créé ; oui.", {"law", "ai"}, 0.5)


def test_drawn_sentences_of_one_article_are_one_group_whatever_the_files_that_hold_them(tmp_path):
    for name, sentence in (("anne", "Un."), ("luc", "Deux.")):
        head = "source,part,title,previous,sentence,themes\n"
        (tmp_path / f"{name}.csv").write_text(f"{head}a.txt,body,T,,{sentence},law\n")
    found = coding.read([tmp_path / "anne.csv", tmp_path / "luc.csv"], ["law"])
    assert {row.group for row in found} == {"a.txt"}


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"a\.csv cannot be read"):
        coding.read([tmp_path / "a.csv"], [])


def test_a_weight_is_read_where_there_is_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("piece,part,sentence,themes,weight\np,body,Oui.,,3\np,body,Non.,,\n")
    assert [row.weight for row in coding.read([path], [])] == [3, 1]
