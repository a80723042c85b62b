import pytest
from click.testing import CliRunner

from presstm import cli, importing
from presstm.errors import InputError
from tests.formats import test_europresse as europresse


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "Presse régionale (1).HTML"
    empty = europresse.layout_b("news·20060316·CV·3").replace("<p>", "<i>").replace("</p>", "</i>")
    path.write_text(
        europresse.page(europresse.layout_b(), europresse.LAYOUT_D, europresse.layout_b(), empty), encoding="utf-8"
    )
    return path


def run(*args, **options):
    return CliRunner().invoke(cli.main, ["import", *map(str, args)], **options)


def test_what_a_file_holds_is_shown_and_nothing_is_copied(export, tmp_path):
    result = run(export, "--into", tmp_path / "raw", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "europresse-B, europresse-D, 4 documents" in result.output
    assert "Le Courrier de Valmorne" in result.output
    assert "La Gazette imaginaire 1" in result.output
    assert "dates: 2006-03-14 to 2022-12-22" in result.output
    assert "1 duplicate (news·20060314·CV·1 is the document of item 1)" in result.output
    assert not (tmp_path / "raw").exists()


def test_a_copy_is_made_once_under_a_safe_name_and_recorded(export, tmp_path):
    into = tmp_path / "corpus/raw"
    assert run(export, "--into", into, "--yes").exit_code == 0
    (copy,) = into.iterdir()
    assert copy.name.startswith("presse-regionale-1-")
    assert copy.suffix == ".html"
    assert copy.read_bytes() == export.read_bytes()
    assert "already there" in run(export, "--into", into, "--yes").output
    assert len(list(into.iterdir())) == 1
    (row,) = importing.read_record(tmp_path / "corpus/imports.csv").values()
    assert (row.file, row.original) == (f"raw/{copy.name}", export.name)
    assert row.seen == row.kept + row.rejected == 4


def test_another_file_of_the_same_name_is_never_overwritten(export, tmp_path):
    into = tmp_path / "raw"
    run(export, "--into", into, "--yes")
    (copy,) = into.iterdir()
    copy.write_text("something else")
    result = run(export, "--into", into, "--yes")
    assert (result.exit_code, "is another file" in result.stderr) == (1, True)
    assert copy.read_text() == "something else"
    copy.unlink()
    copy.mkdir()
    result = run(export, "--into", into, "--yes")
    assert (result.exit_code, "is another file" in result.stderr) == (1, True)


def test_without_yes_it_asks(export, tmp_path):
    assert run(export, "--into", tmp_path / "raw", input="n\n").exit_code == 0
    assert not (tmp_path / "raw").exists()
    assert run(export, "--into", tmp_path / "raw", input="y\n").exit_code == 0
    assert (tmp_path / "raw").exists()


def test_files_without_any_article_are_not_copied(export, tmp_path):
    (tmp_path / "map.xml").write_text("<urlset><url><loc>https://v.example/1</loc></url></urlset>")
    result = run(tmp_path / "map.xml", "--into", tmp_path / "raw", "--yes")
    assert (result.exit_code, "nothing to import" in result.stderr) == (1, True)
    result = run(tmp_path / "map.xml", export, "--into", tmp_path / "raw", "--yes")
    assert f"{tmp_path / 'map.xml'}: nothing to import" in result.output
    assert len(list((tmp_path / "raw").iterdir())) == 1


def test_mistakes_get_one_line(export, tmp_path):
    (tmp_path / "imports.csv").write_text("a,b\n1,2\n")
    for args, words in (
        ((tmp_path / "none.html",), "is no file"),
        ((tmp_path,), f"{tmp_path} is a folder: name the files in it, for example {tmp_path}/*"),
        ((export, "--quiet"), "add --yes"),
        ((export, "--yes"), "no record"),
    ):
        result = run(*args, "--into", tmp_path / "raw")
        assert result.exit_code == 1
        assert words in result.stderr.splitlines()[-1]


def test_a_record_is_read_as_it_was_written(tmp_path):
    rows = {"raw/a": importing.Row("raw/a", 'a "b", c', "00", "text", 2, 1, 1, "2019-05-24", "2019-05-24")}
    importing._write_record(tmp_path / "imports.csv", rows)
    assert importing.read_record(tmp_path / "imports.csv") == rows
    (tmp_path / "imports.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError):
        importing.read_record(tmp_path / "imports.csv")


def test_files_are_shown_as_the_study_they_are_brought_into_reads_them(tmp_path):
    (tmp_path / "params.yaml").write_text(
        "extract: {columns: {text: Corps complet, outlet: Support}, outlets: [corpus/outlets.csv]}\n"
    )
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/outlets.csv").write_text("host,name,aliases,kind\nheron.example,Le Héron cendré,Le Héron,weekly\n")
    rows = tmp_path / "rows.csv"
    rows.write_text(f'Corps complet;Support;Jour\n"{europresse.ONE} {europresse.TWO}";Le Héron;24/05/2019\n')
    shown = run(rows, "--into", tmp_path / "corpus/raw", "--dry-run").output
    assert "csv, 1 document = 1 kept" in shown
    assert "Le Héron cendré 1" in shown
    other = run(rows, "--into", tmp_path / "elsewhere/in/raw", "--dry-run")
    assert "name it in extract.columns" in other.output
