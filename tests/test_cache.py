from hypothesis import given
from hypothesis import strategies as st

from presstm import cache


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
