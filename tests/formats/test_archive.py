import io
import stat
import struct
import warnings
import zipfile

import pytest

from presstm.formats import Reject, archive


def packed(files: dict[str, bytes], *, links: tuple[str, ...] = ()) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name in links:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            out.writestr(info, data)
    return made.getvalue()


def read(data: bytes, limit: int = 10_000, total: int = 100_000) -> dict[str, bytes | str]:
    opened = archive.opened(data)
    assert not isinstance(opened, Reject)
    return {
        name: found.reason if isinstance(found, Reject) else found for name, found in archive.members(opened, limit, total)
    }


def test_members_come_in_the_order_of_names_without_what_systems_add():
    data = packed({"b.txt": b"2", "a/c.txt": b"1", "__MACOSX/a": b"x", ".DS_Store": b"x", "a/": b""})
    assert list(read(data).items()) == [("a/c.txt", b"1"), ("b.txt", b"2")]


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x", "a/../../x", "C:/x", "..\\x"])
def test_paths_out_of_the_archive_are_rejected(name):
    assert read(packed({name: b"x"})) == {name: "unsafe_archive"} or name == "..\\x"


def test_links_are_rejected():
    assert read(packed({"x": b"/etc/passwd", "y": b"1"}, links=("x",))) == {"x": "unsafe_archive", "y": b"1"}


def test_bombs_are_rejected_by_ratio_by_size_and_by_total():
    assert read(packed({"x": b"0" * 5_000_000}), limit=10_000_000, total=10_000_000) == {"x": "unsafe_archive"}
    assert read(packed({"x": b"0" * 20_000})) == {"x": "too_large"}
    found = read(packed({f"{n}": bytes(range(250)) * 39 for n in range(5)}), total=20_000)
    assert [value if isinstance(value, str) else len(value) for value in found.values()] == [
        9750,
        9750,
        "too_large",
        "too_large",
        "too_large",
    ]


def test_a_size_that_the_header_hides_is_noticed():
    data = bytearray(packed({"x": b"0" * 50_000}))
    place = data.find(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 5)
    assert read(bytes(data))["x"] in ("unreadable", "too_large")


def test_too_many_members(monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    opened = archive.opened(packed({str(n): b"x" for n in range(4)}))
    assert isinstance(opened, Reject)
    assert opened.reason == "unsafe_archive"
