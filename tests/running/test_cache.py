from hypothesis import given
from hypothesis import strategies as st

from presstm.errors import OutputError
from presstm.running import cache


def test_get_gives_what_was_put(tmp_path):
    entry = cache.key(["a"])
    cache.put(tmp_path, entry, b"data")
    assert cache.get(tmp_path, entry) == b"data"


def test_get_gives_none_for_a_missing_entry(tmp_path):
    assert cache.get(tmp_path, cache.key(["a"])) is None
    assert cache.get(None, cache.key(["a"])) is None


def test_get_gives_none_for_a_damaged_entry(tmp_path):
    entry = cache.key(["a"])
    cache.put(tmp_path, entry, b"data")
    path = cache.path(tmp_path, entry)
    for damaged in (path.read_bytes()[:-1], b"", b"\0" * 40):
        path.write_bytes(damaged)
        assert cache.get(tmp_path, entry) is None


def test_put_does_not_fail_where_the_cache_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache.put(tmp_path / "file", cache.key(["a"]), b"data")
    assert cache.get(tmp_path / "file", cache.key(["a"])) is None


@given(st.lists(st.text()), st.lists(st.text()))
def test_keys_differ_where_the_parts_differ(one, two):
    assert (cache.key(one) == cache.key(two)) == (one == two)


def test_an_entry_under_the_name_of_another_is_damaged(tmp_path):
    one, other = cache.key(["a"]), cache.key(["b"])
    cache.put(tmp_path, one, b"data")
    cache.put(tmp_path, other, b"other data")
    cache.path(tmp_path, other).write_bytes(cache.path(tmp_path, one).read_bytes())
    assert cache.get(tmp_path, other) is None
    assert cache.get(tmp_path, one) == b"data"


def test_a_folder_in_the_place_of_an_entry_is_no_entry(tmp_path):
    entry = cache.key(["a"])
    cache.path(tmp_path, entry).mkdir(parents=True)
    cache.put(tmp_path, entry, b"data")
    assert cache.get(tmp_path, entry) is None


def test_what_a_killed_process_left_half_written_is_swept_and_what_is_swept_on_its_way_is_written_again(
    tmp_path, monkeypatch
):
    written = []

    def swept(path, data, aside):
        written.append(aside)
        if len(written) == 1:
            (aside / ".half.partial").write_bytes(data)
            raise OutputError("swept")
        write(path, data, aside)

    write = cache.files.write_bytes
    monkeypatch.setattr(cache.files, "write_bytes", swept)
    entry = cache.key(["a"])
    assert cache.put(tmp_path, entry, b"data")
    assert written == [tmp_path, tmp_path]
    cache.sweep(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == [entry[:2], entry[2:]]
    assert cache.get(tmp_path, entry) == b"data"
