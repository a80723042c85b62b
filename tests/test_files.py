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
