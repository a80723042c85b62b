import json

import pytest

from presstm import files
from presstm.errors import OutputError


def test_write_text_makes_folders_and_leaves_nothing_else(tmp_path):
    files.write_text(tmp_path / "a/b.txt", "é\n")
    assert (tmp_path / "a/b.txt").read_bytes() == "é\n".encode()
    assert len(list((tmp_path / "a").iterdir())) == 1


def test_a_failed_write_keeps_the_old_file(tmp_path):
    path = tmp_path / "a.txt"
    files.write_text(path, "old")

    def fail(temporary):
        temporary.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        files.write_with(path, fail)
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_a_file_gets_one_line(tmp_path):
    (tmp_path / "a").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        files.write_text(tmp_path / "a" / "b.txt", "x")


def test_write_json_does_not_depend_on_the_order_of_keys(tmp_path):
    files.write_json(tmp_path / "one", {"a": 1, "b": "é"})
    files.write_json(tmp_path / "two", {"b": "é", "a": 1})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert json.loads((tmp_path / "one").read_text(encoding="utf-8")) == {"a": 1, "b": "é"}


def test_write_folder_replaces_the_whole_folder(tmp_path):
    files.write_folder(tmp_path / "a", {"old.txt": b"1"})
    files.write_folder(tmp_path / "a", {"deep/new.txt": b"2"})
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt")] == ["a/deep/new.txt"]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_filled_keeps_the_old_one(tmp_path):
    files.write_folder(tmp_path / "a", {"old.txt": b"1"})
    with pytest.raises(OutputError, match="cannot write"):
        files.write_folder(tmp_path / "a", {"new.txt": b"2", "new.txt/under-a-file": b"3"})
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["old.txt"]
    assert len(list(tmp_path.iterdir())) == 1


def test_sweep_removes_what_was_left_half_written_and_nothing_else(tmp_path):
    for name in ("a.parquet", ".hidden", ".a.parquet.k2j4.partial", "metrics/.b.json.x.partial", ".a.new.partial/page.html"):
        files.write_text(tmp_path / name, "x")
    files.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".hidden", "a.parquet", "metrics"]


def test_write_folder_takes_the_place_of_a_link_and_leaves_what_it_leads_to(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine.txt").write_text("kept")
    (tmp_path / "a").symlink_to("elsewhere")
    files.write_folder(tmp_path / "a", {"new.txt": b"2"})
    assert {path.name for path in tmp_path.iterdir()} == {"a", "elsewhere"}
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["new.txt"]
    assert (tmp_path / "elsewhere" / "mine.txt").read_text() == "kept"


def test_a_path_is_told_from_a_folder_on_or_as_a_whole(tmp_path):
    assert files.relative(tmp_path / "a/../b/c.txt", tmp_path) == "b/c.txt"
    assert files.relative(tmp_path / "c.txt", tmp_path / "a") == (tmp_path / "c.txt").resolve().as_posix()


def test_a_file_may_be_filled_in_another_folder(tmp_path):
    (tmp_path / "aside").mkdir()
    files.write_with(tmp_path / "a/b", lambda temporary: temporary.write_text(temporary.parent.name), tmp_path / "aside")
    assert ((tmp_path / "a/b").read_text(), list((tmp_path / "aside").iterdir())) == ("aside", [])
