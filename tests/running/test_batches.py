"""Batches of articles: reading them, all or some."""

import hashlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm import quotes, tables
from presstm.errors import InputError
from presstm.running import batches
from presstm.settings import QuotesSettings

IDS = [hashlib.sha256(str(number).encode()).hexdigest()[:16] for number in range(60)]


def study(folder, rows):
    """The tables articles and sentences, with so many sentences of each article."""
    articles = [
        {"article_id": key, "source": key, "title": key, "text": "x" * count, "n_words": 1, "method": "made", "sha256": "0"}
        | {"authors": [], "language": "fr", "access": "full", "warnings": []}
        for key, count in rows.items()
    ]
    place = {"part": "body", "paragraph": 0, "start": 0, "end": 1}
    sentences = [{"article_id": key, "sentence_id": n, **place} for key, count in rows.items() for n in range(count)]
    for name, made in (("articles", articles), ("sentences", sentences)):
        tables.write(folder, name, tables.from_rows(name, made))


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(IDS), st.integers(0, 5)), st.integers(1, 40))
def test_batches_put_together_are_the_tables(tmp_path_factory, rows, read_at_once):
    folder = tmp_path_factory.mktemp("study")
    study(folder, rows)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(batches, "_ROWS", read_at_once)
        found = list(batches.read(folder, {"articles": None, "sentences": ("article_id", "sentence_id")}))
    assert len(found) == batches.number(folder)
    for batch in found:
        starts = {key[:2] for table in batch.values() for key in table["article_id"].to_pylist()}
        assert len(starts) == 1
    if found:
        assert pa.concat_tables(batch["articles"] for batch in found).equals(tables.read(folder, "articles"))
        whole = tables.read(folder, "sentences", ("article_id", "sentence_id"))
        assert pa.concat_tables(batch["sentences"] for batch in found).equals(whole)


def test_a_missing_table_is_an_input_error(tmp_path):
    study(tmp_path, {IDS[0]: 1})
    with pytest.raises(InputError, match=r"tokens\.parquet is missing"):
        list(batches.read(tmp_path, {"articles": None, "tokens": None}))


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(IDS), st.integers(0, 5)), st.sets(st.sampled_from(IDS)), st.integers(1, 40))
def test_some_batches_are_those_of_the_whole(tmp_path_factory, rows, some, rows_in_a_group):
    folder = tmp_path_factory.mktemp("study")
    study(folder, rows)
    whole = tables.read(folder, "sentences")
    pq.write_table(whole, folder / "sentences.parquet", row_group_size=rows_in_a_group)
    names = {"articles": ("article_id",), "sentences": None}
    every = dict(zip(batches.prefixes(folder), batches.read(folder, names), strict=True))
    wanted = {key[:2] for key in some}
    found = dict(batches.read_some(folder, names, wanted))
    assert list(found) == sorted(wanted)
    for prefix, batch in found.items():
        assert batch == every.get(prefix, {name: table.slice(0, 0) for name, table in batch.items()})


def test_only_the_part_of_a_file_that_holds_them_is_read(tmp_path):
    study(tmp_path, dict.fromkeys(IDS, 2))
    whole = tables.read(tmp_path, "sentences")
    pq.write_table(whole, tmp_path / "sentences.parquet", row_group_size=10)
    ids = [key[:2] for key in sorted(IDS)]
    read = sum(len(part) for part in tables.stream(tmp_path, "sentences", None, 1000, {ids[0], ids[-1]}))
    assert (len(whole), read) == (120, 20)
    assert list(tables.stream(tmp_path, "sentences", None, 1000, {"zz"})) == []


def test_parts_written_are_the_table_written_whole(tmp_path):
    study(tmp_path, dict.fromkeys(IDS, 3))
    parts = list(batches.read(tmp_path, {"sentences": None, "articles": None}))
    tables.write_parts(tmp_path / "again", ("sentences", "articles"), parts)
    for name in ("sentences", "articles"):
        assert tables.read(tmp_path / "again", name).equals(tables.read(tmp_path, name))
    with pytest.raises(AssertionError, match="not in order"):
        tables.write_parts(tmp_path / "again", ("sentences",), reversed(parts))
    assert tables.read(tmp_path / "again", "sentences").equals(tables.read(tmp_path, "sentences"))
    tables.write_parts(tmp_path / "none", ("sentences",), [])
    assert tables.read(tmp_path / "none", "sentences").equals(tables.empty("sentences"))


def test_the_code_of_a_module_and_its_settings_are_part_of_a_key():
    assert batches.code(quotes) != batches.code(tables)
    assert batches.settings(QuotesSettings()) != batches.settings(QuotesSettings(max_term_words=9))


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.none() | st.integers(-5, 5),
            "word": st.none() | st.text(max_size=3),
            "words": st.lists(st.text(max_size=2), max_size=2),
            "yes": st.none() | st.booleans(),
            "found": st.lists(st.fixed_dictionaries({"rule": st.text(max_size=1), "start": st.integers(0, 3)}), max_size=2),
        }
    ),
    max_size=6,
)
SCHEMA = pa.schema(
    {
        "number": pa.int32(),
        "word": pa.string(),
        "words": pa.list_(pa.string()),
        "yes": pa.bool_(),
        "found": pa.list_(pa.struct({"rule": pa.string(), "start": pa.int32()})),
    }
)


@settings(max_examples=200, deadline=None)
@given(ROWS, ROWS, ROWS)
def test_rows_have_the_same_hash_wherever_they_stand_and_others_another(before, rows, other):
    def hash_of(some, around):
        table = pa.Table.from_pylist([*around, *some, *around], SCHEMA)
        return batches.digests(table, [len(around), len(around) + len(some), len(table)])[1]

    assert hash_of(rows, before) == hash_of(rows, []) == batches.digests(pa.Table.from_pylist(rows, SCHEMA), [len(rows)])[0]
    assert (hash_of(rows, before) == hash_of(other, before)) == (rows == other)


@settings(max_examples=200, deadline=None)
@given(ROWS, ROWS, ROWS)
def test_rows_have_the_same_content_wherever_they_stand_and_others_another(before, rows, other):
    def content_of(some, around):
        table = pa.Table.from_pylist([*around, *some, *around], SCHEMA)
        return batches.content(table.slice(len(around), len(some)))

    assert content_of(rows, before) == content_of(rows, []) == batches.content(pa.Table.from_pylist(rows, SCHEMA))
    assert (content_of(rows, before) == content_of(other, before)) == (rows == other)


def test_a_slice_has_the_hash_of_its_rows():
    table = pa.Table.from_pylist(
        [{"number": n, "word": str(n), "words": ["a"] * n, "yes": None, "found": []} for n in range(9)], SCHEMA
    )
    assert batches.digests(table.slice(2, 4), [1, 4]) == batches.digests(table, [2, 3, 6])[1:]
