import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from presstm.report.rows import ByArticle, decoded

SCHEMA = pa.schema([("article_id", pa.string()), ("n", pa.int32()), ("word", pa.string()), ("share", pa.float64())])
rows = st.lists(
    st.fixed_dictionaries(
        {
            "article_id": st.sampled_from(["a", "b", "c", "d"]),
            "n": st.none() | st.integers(-9, 9),
            "word": st.none() | st.text(max_size=2),
            "share": st.none() | st.floats(allow_nan=False),
        }
    )
).map(lambda found: sorted(found, key=lambda row: row["article_id"]))


@given(rows, st.integers(1, 5))
def test_decoded_rows_are_those_of_arrow(given_rows, size):
    whole = pa.Table.from_pylist(given_rows, SCHEMA)
    parts = pa.concat_tables([whole.slice(0, 0), *(whole.slice(at, size) for at in range(0, len(whole), size))])
    assert decoded(parts) == whole.to_pylist()


@given(rows)
def test_each_article_has_its_rows_in_order(given_rows):
    found = ByArticle(pa.Table.from_pylist(given_rows, SCHEMA))
    for article_id in "abcd":
        own = [row for row in given_rows if row["article_id"] == article_id]
        assert found.get(article_id) == own
        assert [found.row(article_id, number) for number in range(len(own))] == own
    span = found.span(["b", "c"])
    assert ([] if span is None else span.to_pylist()) == [row for row in given_rows if row["article_id"] in "bc"]


def test_a_table_that_is_absent_has_no_rows():
    assert ByArticle(None).get("a") == []
    assert ByArticle(None).span(["a"]) is None
