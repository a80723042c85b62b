from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import schemas, tables
from presstm.errors import InputError

REUSE = [
    {"article_id": "b", "cluster_id": "a", "representative": False, "wire": "AFP"},
    {"article_id": "a", "cluster_id": "a", "representative": True, "wire": None},
]


def test_every_column_has_a_description():
    for table in schemas.TABLES.values():
        for column in table.schema:
            assert column.metadata[b"description"].decode().endswith("."), f"{table.name}.{column.name}"


def test_keys_checks_and_references_name_existing_columns():
    for table in schemas.TABLES.values():
        named = {*table.key, *table.allowed, *table.ranges, *table.foreign}
        assert named <= set(table.schema.names)
        for target in table.foreign.values():
            other, column = target.split(".")
            assert column in schemas.TABLES[other].schema.names


def test_the_contract_has_its_columns():
    assert {
        "article_id",
        "source",
        "outlet",
        "title",
        "authors",
        "published",
        "url",
        "language",
        "access",
        "text",
        "method",
    } <= set(schemas.TABLES["articles"].schema.names)
    assert {"source", "target", "scope", "weight", "npmi", "p", "q", "kept"} <= set(schemas.TABLES["edges"].schema.names)


def test_from_rows_sorts_by_key():
    assert tables.from_rows("reuse", REUSE)["article_id"].to_pylist() == ["a", "b"]


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "é"]), st.integers(0, 3), st.integers(0, 3)), max_size=6))
def test_rows_come_out_sorted_or_are_refused_whatever_their_order(keys):
    rows = [
        {"article_id": article, "sentence_id": sentence, "token_id": token, "start": 0, "text": "x", "lemma": "x"}
        | {"pos": "X", "morph": "", "dep": "dep", "head": 0, "ent": ""}
        for article, sentence, token in keys
    ]
    if len(set(keys)) < len(keys):
        with pytest.raises(AssertionError, match="not unique"):
            tables.from_rows("tokens", rows)
    else:
        found = tables.from_rows("tokens", rows).select(["article_id", "sentence_id", "token_id"])
        assert [tuple(row.values()) for row in found.to_pylist()] == sorted(keys)


def test_from_rows_gives_an_empty_table():
    assert tables.from_rows("reuse", []).equals(tables.empty("reuse"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"article_id": None}, "reuse.article_id: null"),
        ({"article_id": "a"}, "not unique"),
    ],
)
def test_conform_refuses_what_breaks_the_contract(change, message):
    with pytest.raises(AssertionError, match=message):
        tables.from_rows("reuse", [REUSE[0] | change, REUSE[1]])


def test_conform_refuses_a_value_out_of_the_closed_list():
    row = {"source": "x", "stage": "extract", "reason": "because", "detail": ""}
    with pytest.raises(AssertionError, match="because"):
        tables.from_rows("rejects", [row])


def test_conform_refuses_a_number_out_of_range():
    row = {"article_id": "a", "theme": "t", "share": 1.5, "sentences": 2, "present": True}
    with pytest.raises(AssertionError, match=r"theme_articles\.share"):
        tables.from_rows("theme_articles", [row])


def test_check_foreign_finds_a_reference_that_points_nowhere():
    reuse = tables.from_rows("reuse", REUSE)
    articles = pa.table({"article_id": ["a"]})
    with pytest.raises(AssertionError, match="'b'"):
        tables.check_foreign({"reuse": reuse, "articles": articles})


def test_write_then_read_gives_the_same_table(tmp_path):
    table = tables.from_rows("reuse", REUSE)
    tables.write(tmp_path, "reuse", table)
    assert tables.read(tmp_path, "reuse").equals(table)
    assert [path.name for path in tmp_path.iterdir()] == ["reuse.parquet"]


def test_rows_and_columns_can_be_chosen_where_a_table_is_read(tmp_path):
    table = tables.from_rows("reuse", REUSE)
    tables.write(tmp_path, "reuse", table)
    chosen = tables.read(tmp_path, "reuse", ["article_id", "representative"], where="representative")
    assert 0 < len(chosen) < len(table)
    assert chosen["article_id"].to_pylist() == [row["article_id"] for row in table.to_pylist() if row["representative"]]
    tables.write(tmp_path, "reuse", tables.empty("reuse"))
    assert tables.read(tmp_path, "reuse", where="representative").equals(tables.empty("reuse"))


def test_write_gives_equal_bytes(tmp_path):
    for folder in ("one", "two"):
        tables.write(tmp_path / folder, "reuse", tables.from_rows("reuse", REUSE[:: 1 if folder == "one" else -1]))
    assert (tmp_path / "one/reuse.parquet").read_bytes() == (tmp_path / "two/reuse.parquet").read_bytes()


def test_read_names_the_stage_that_makes_a_missing_table(tmp_path):
    with pytest.raises(InputError, match="run the stage that makes it, reuse"):
        tables.read(tmp_path, "reuse")


def test_read_says_that_a_table_is_damaged(tmp_path):
    (tmp_path / "reuse.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(InputError, match="run stage reuse again"):
        tables.read(tmp_path, "reuse")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop_columns(["wire"]), "columns are not those of table reuse"),
        (lambda table: table.append_column("more", table["wire"]), "columns are not those of table reuse"),
        (lambda table: tables.empty("edges"), "columns are not those of table reuse"),
        (lambda table: pa.table({name: pa.nulls(2) for name in table.column_names}), "columns are not those of table reuse"),
        (lambda table: pa.concat_tables([table, table]), "rows are double or out of order"),
        (lambda table: table.take([1, 0]), "rows are double or out of order"),
    ],
)
def test_a_table_that_is_not_as_it_was_written_is_damaged(tmp_path, change, message):
    pq.write_table(change(tables.from_rows("reuse", REUSE)), tmp_path / "reuse.parquet")
    with pytest.raises(InputError, match=f"{message}.*run stage reuse again"):
        tables.read(tmp_path, "reuse")


def test_a_table_whose_key_may_be_null_is_read_as_it_was_written(tmp_path):
    row = {"fact": "pay", "article_id": "a", "part": "body", "end": 9, "text": "deux"}
    days = [None, date(2019, 5, 24), None]
    table = tables.from_rows("figure_mutations", [{**row, "published": day, "start": n} for n, day in enumerate(days)])
    tables.write(tmp_path, "figure_mutations", table)
    assert tables.read(tmp_path, "figure_mutations").equals(table)


@pytest.mark.parametrize("read", [tables.count, lambda folder, name: list(tables.stream(folder, name, None, 10))])
def test_another_table_under_the_name_is_neither_counted_nor_streamed(tmp_path, read):
    pq.write_table(tables.empty("edges"), tmp_path / "reuse.parquet")
    with pytest.raises(InputError, match="columns are not those of table reuse"):
        read(tmp_path, "reuse")


def test_published_tables_are_written_as_csv_with_rounded_numbers(tmp_path):
    row = {"grouping": "all", "group": "all", "theme": "t", "weighting": "article", "n": 3, "share": 1 / 3}
    row |= {"n_outlets": 1, "flag": "few_clusters"}
    tables.write(tmp_path, "theme_shares", tables.from_rows("theme_shares", [row]))
    assert "0.333333," in (tmp_path / "theme_shares.csv").read_text()


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "source": st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
                "detail": st.text(st.characters(exclude_categories=["Cs"])),
            }
        ),
        unique_by=lambda row: row["source"],
    )
)
def test_order_of_rows_does_not_matter(rows):
    full = [{**row, "stage": "extract", "reason": "empty"} for row in rows]
    assert tables.from_rows("rejects", full).equals(tables.from_rows("rejects", full[::-1]))


def test_dates_are_days():
    assert schemas.TABLES["articles"].schema.field("published").type == pa.date32()
    assert pa.array([date(2019, 5, 24)], pa.date32())[0].as_py() == date(2019, 5, 24)


def test_a_table_that_was_made_from_other_texts_is_out_of_date(tmp_path):
    def articles(text, **changes):
        values = dict.fromkeys(schemas.TABLES["articles"].schema.names)
        lists = {"authors": [], "warnings": []}
        words = dict.fromkeys(("article_id", "source", "title", "language", "method", "sha256"), "a")
        row = {**values, **lists, **words, "access": "full", "n_words": 3, "text": text, **changes}
        tables.write(tmp_path, "articles", tables.from_rows("articles", [row]))

    articles("Un texte.")
    tables.write(tmp_path, "reuse", tables.empty("reuse"))
    tables.write_parts(tmp_path, ("figures",), [])
    articles("Un texte.", outlet="Le Cap", url="https://cap.example/1")  # all the same texts
    for name in ("reuse", "figures"):
        assert tables.read(tmp_path, name).equals(tables.empty(name), check_metadata=True)
    articles("Un autre texte.")
    for name, stage in (("reuse", "reuse"), ("figures", "figures")):
        for read in (tables.read, tables.count, lambda *of: list(tables.stream(*of, None, 10))):
            with pytest.raises(InputError, match=f"texts of the articles have changed since.*presstm {stage}"):
                read(tmp_path, name)


def test_rows_come_as_tuples_of_some_columns_or_of_all():
    table = pa.table({"article_id": ["a", "b"], "outlet": ["La Vigie", None], "n": [1, 2]})
    assert list(tables.tuples(table, "outlet", "article_id")) == [("La Vigie", "a"), (None, "b")]
    assert list(tables.tuples(table)) == [("a", "La Vigie", 1), ("b", None, 2)]
