"""What touches what, in columns, against the plain comparison of offsets."""

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from presstm.report.layout import grouped, layout, places

_CUTS = st.lists(st.integers(0, 60), max_size=8, unique=True).map(sorted)
_ARTICLE = st.tuples(_CUTS, _CUTS)  # where sentences of title and body begin and end by turns
_SPANS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["title", "body"]), st.integers(0, 60), st.integers(1, 30)), max_size=20)  # fmt: skip


def _sentences(articles: list[tuple[list[int], list[int]]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for article_id, parts in zip("abc", articles, strict=False):
        spans = [(part, *pair) for part, cuts in zip(("title", "body"), parts, strict=True) for pair in pairwise(cuts)]
        for number, (part, start, end) in enumerate(spans[::2] if len(spans) > 3 else spans):
            rows.append({"article_id": article_id, "sentence_id": number, "part": part, "paragraph": number // 2, "start": start, "end": end})  # fmt: skip
    return rows


def _table(rows: list[dict[str, Any]], numbers: tuple[str, ...]) -> pa.Table:
    schema = pa.schema([("article_id", pa.string()), ("part", pa.string()), *((name, pa.int32()) for name in numbers)])
    return pa.Table.from_pylist(rows, schema)


@given(st.lists(_ARTICLE, max_size=3), _SPANS)
def test_a_row_touches_the_sentences_that_share_a_character_with_it(
    articles: list[tuple[list[int], list[int]]], spans: list[tuple[str, str, int, int]]
) -> None:
    rows = _sentences(articles)
    asked = [{"article_id": a, "part": part, "start": start, "end": start + size} for a, part, start, size in spans]
    found = layout(_table(rows, ("sentence_id", "paragraph", "start", "end")))
    pairs = list(zip(*(each.tolist() for each in found.touched(_table(asked, ("start", "end")))), strict=True))
    assert pairs == [
        (i, j)
        for i, one in enumerate(asked)
        for j, row in enumerate(rows)
        if (one["article_id"], one["part"]) == (row["article_id"], row["part"])
        and row["start"] < one["end"]
        and one["start"] < row["end"]
    ]


@given(st.lists(_ARTICLE, max_size=3), st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 12)), max_size=20))
def test_a_sentence_is_found_by_its_id_or_said_to_be_absent(
    articles: list[tuple[list[int], list[int]]], asked: list[tuple[str, int]]
) -> None:
    rows = _sentences(articles)
    known = {(row["article_id"], row["sentence_id"]): number for number, row in enumerate(rows)}
    wanted = _table([{"article_id": a, "part": "body", "sentence_id": n} for a, n in asked], ("sentence_id",))
    found = layout(_table(rows, ("sentence_id", "paragraph", "start", "end"))).entry(wanted)
    assert found.tolist() == [known.get(each, -1) for each in asked]


def test_the_title_has_no_paragraph() -> None:
    rows = _sentences([([0, 5], [0, 3, 7])])
    assert layout(_table(rows, ("sentence_id", "paragraph", "start", "end"))).paragraph.tolist() == [-1, 0, 1]


def test_places_are_those_of_the_articles_in_the_order_given() -> None:
    table = pa.table({"article_id": ["b", "x", "a", "b"]})
    assert np.array_equal(places(table, ["a", "b"]), [1, -1, 0, 1])


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_rows_are_grouped_by_key_in_the_order_of_both(keys: list[str]) -> None:
    found = [(key, rows.tolist()) for key, rows in grouped(pa.array(keys, pa.string()).dictionary_encode())]
    assert found == [(key, [n for n, one in enumerate(keys) if one == key]) for key in sorted(set(keys))]
