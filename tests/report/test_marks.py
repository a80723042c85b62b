from hypothesis import given
from hypothesis import strategies as st

from presstm.report.marks import WINDOW, Span, pieces, shown, window

TEXT = "Un livreur attend sous la pluie depuis une heure."
spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30), st.sampled_from("abc")).map(
        lambda t: Span(t[0], t[0] + t[1], t[2], t[2].upper())
    )
)


@given(spans)
def test_pieces_put_together_are_the_text(found):
    assert "".join(piece.text for piece in pieces(TEXT, 3, 40, found)) == TEXT[3:40]


@given(spans)
def test_a_piece_carries_all_spans_that_cover_it(found):
    at = 0
    for piece in pieces(TEXT, 0, len(TEXT), found):
        covering = {span.kind for span in found if span.start <= at and at + len(piece.text) <= span.end}
        assert set(piece.kinds.split()) == covering
        at += len(piece.text)


@given(st.integers(0, 900), st.integers(0, 400), st.integers(0, 900), st.integers(1, 900))
def test_a_window_is_short_and_holds_the_hit(first, length, before, after):
    start, end = first - min(first, before), first + length + after
    left, right = window(first, first + length, start, end)
    assert start <= left <= right <= end
    assert right - left <= WINDOW
    assert left <= first
    assert right >= min(first + length, left + WINDOW)


def test_nothing_is_shown_in_mode_none_and_nothing_without_a_hit_in_snippets():
    hit = Span(3, 10, "hit")
    assert shown(TEXT, 0, len(TEXT), [hit], "none") == []
    assert shown(TEXT, 0, len(TEXT), [], "snippets") == []
    assert "".join(piece.text for piece in shown(TEXT, 0, len(TEXT), [], "full")) == TEXT


def test_a_snippet_says_where_it_is_cut():
    long = "a" * 300 + "hit" + "b" * 300
    made = "".join(piece.text for piece in shown(long, 0, len(long), [Span(300, 303, "hit")], "snippets"))
    assert made.startswith("… a")
    assert made.endswith("b …")
    assert len(made) <= WINDOW + 4
