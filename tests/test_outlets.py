import pytest

from presstm import outlets
from presstm.errors import InputError
from presstm.outlets import Outlet
from presstm.study import shipped


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return [path]


@pytest.mark.parametrize("printed", ["leheroncendre", "LeHéronCendré", "HéronC", "heron c"])
def test_an_outlet_is_known_by_its_name_without_spaces(tmp_path, printed):
    lists = written(tmp_path / "outlets.csv", "host,name,aliases,kind\nheron.example,Le Héron cendré,Héron C,weekly\n")
    assert outlets.of({"url": None, "outlet": printed}, outlets.load(lists)) == Outlet("Le Héron cendré", "weekly")


def test_an_outlet_that_no_list_has_is_called_as_printed(tmp_path):
    lists = written(tmp_path / "outlets.csv", "host,name,aliases,kind\nheron.example,Le Héron cendré,,weekly\n")
    known = outlets.load(lists)
    assert outlets.of({"url": "https://bleu.example/1", "outlet": "Le Héron bleu"}, known) == Outlet("Le Héron bleu")
    assert outlets.of({"url": None, "outlet": None}, known) == Outlet(None)


def test_outlet_list_of_the_project_is_sound():
    path = shipped() / "models/outlets.csv"
    hosts = [row.split(",")[0] for row in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(hosts) == len(set(hosts)) >= 150
    known = outlets.load([path])
    assert {known["lemonde.fr"].name, known["radio-canada.ca"].kind} == {"Le Monde", "broadcast"}


@pytest.mark.parametrize("content", [b"host,name\n", b"a,b\n1,2\n", b"\x9e\x00\xff"])
def test_an_outlet_list_without_its_columns_gets_one_line(tmp_path, content):
    (tmp_path / "outlets.csv").write_bytes(content)
    with pytest.raises(InputError, match=r"outlets\.csv: column .*aliases, kind is missing"):
        outlets.load([tmp_path / "outlets.csv"])


def test_an_outlet_list_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"outlets\.csv cannot be read"):
        outlets.load([tmp_path / "outlets.csv"])


def test_an_outlet_list_may_leave_out_its_last_columns_on_a_line(tmp_path):
    lists = written(tmp_path / "outlets.csv", "host,name,aliases,kind,country\nheron.example,Héron\n")
    assert set(outlets.load(lists)) == {"heron.example", "heron"}


def test_an_outlet_list_may_be_one_that_a_spreadsheet_saved(tmp_path):
    path = tmp_path / "outlets.csv"
    path.write_bytes("host;name;aliases;kind\r\nheron.example;Le Héron;Héron | Le Grand Héron ;weekly\r\n".encode("cp1252"))
    assert set(outlets.load([path])) == {"heron.example", "le heron", "leheron", "heron", "le grand heron", "legrandheron"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_an_outlet_list_is_read_as_any_spreadsheet_saves_it(tmp_path, separator, encoding):
    text = "Host,Name, Aliases ,kind,accès\nwww.heron.example,Le Héron cendré,Héron,weekly,libre\n"
    (tmp_path / "outlets.csv").write_bytes(text.replace(",", separator).encode(encoding))
    known = outlets.load([tmp_path / "outlets.csv"])
    assert known["heron.example"] == known["le heron cendre"] == Outlet("Le Héron cendré", "weekly", ("acces=libre",))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a.example,Foin, Paille et Cie,,weekly", "line 3: 5 cells for 4 columns: put a cell that holds a comma in quotes"),
        (
            'a.example,"Foin,,weekly\nb.example,Paille,,weekly',
            "line 3: a quotation mark opens a cell here, and none closes it",
        ),
        (
            "https://www.a.example/une,Foin,,weekly",
            "line 3: host 'https://www.a.example/une' is an address: write 'a.example'",
        ),
        ("b.example,LE HERON,,agency", "lines 2 and 3: LE HERON has two kinds, 'weekly' and 'agency'"),
    ],
)
def test_a_row_of_an_outlet_list_that_cannot_be_is_named_with_its_line(tmp_path, row, problem):
    lists = written(tmp_path / "outlets.csv", f"host,name,aliases,kind\nh.example,Le Héron,,weekly\n{row}\n")
    with pytest.raises(InputError) as caught:
        outlets.load(lists)
    assert problem in str(caught.value)


def test_an_outlet_without_a_kind_has_none(tmp_path):
    lists = written(tmp_path / "outlets.csv", "host,name,aliases,kind\nheron.example,Héron,,\n")
    assert outlets.of({"url": None, "outlet": "Héron"}, outlets.load(lists)) == Outlet("Héron", None)
