import io
import zipfile
from pathlib import PurePosixPath

import pytest

from presstm.codes import zips
from presstm.errors import InputError


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_files_with_the_ending_are_read_in_order_and_those_that_a_system_adds_are_not():
    data = packed({"b.jsonl": b"2", "a/c.jsonl": b"1", "x.txt": b"3", "__MACOSX/._b.jsonl": b"4"})
    expected = [(PurePosixPath("a/c.jsonl"), b"1"), (PurePosixPath("b.jsonl"), b"2")]
    assert list(zips.members("f", data, (".jsonl",))) == expected


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.json": b"1"}, r"^f: no file that ends in \.jsonl in it$"),
        ({"a.jsonl": b" " * 2_000_000}, r"^f: a\.jsonl: packed more than 500 times, as in a bomb$"),
        ({"../a.jsonl": b"1"}, r"^f: \.\./a\.jsonl: a link, or a path out of the archive$"),
    ],
)
def test_a_zip_without_such_a_file_or_that_may_do_harm_is_refused(files, message):
    with pytest.raises(InputError, match=message):
        list(zips.members("f", packed(files), (".jsonl",)))


def test_a_zip_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(zips, "_MAX_BYTES", 10)
    with pytest.raises(InputError, match="more than 10 bytes"):
        list(zips.members("f", packed({"a.jsonl": b"12345678901"}), (".jsonl",)))
