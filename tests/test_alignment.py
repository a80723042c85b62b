from difflib import SequenceMatcher
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from presstm import alignment
from presstm.alignment import Run

WORDS = st.lists(st.integers(0, 6), max_size=60)


@given(WORDS, WORDS)
def test_runs_are_equal_words_and_use_each_word_once(a, b):
    found = alignment.runs(a, b, 3)
    used_a, used_b = [], []
    for run in found:
        assert run.length >= 3
        assert a[run.a : run.a + run.length] == b[run.b : run.b + run.length]
        used_a += range(run.a, run.a + run.length)
        used_b += range(run.b, run.b + run.length)
    assert len(used_a) == len(set(used_a))
    assert len(used_b) == len(set(used_b))


@given(WORDS, WORDS)
def test_the_longest_run_is_as_long_as_difflib_finds(a, b):
    longest = SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
    found = max((run.length for run in alignment.runs(a, b, 3)), default=0)
    assert found == (longest if longest >= 3 else 0)


def test_a_moved_paragraph_is_found_in_its_new_place():
    one, two = list(range(10)), list(range(100, 110))
    assert alignment.runs(one + two, two + one, 5) == [Run(0, 10, 10), Run(10, 0, 10)]


def test_passages_bridge_a_few_changed_words_and_no_more():
    found = [Run(0, 0, 5), Run(8, 6, 5), Run(40, 38, 5)]
    assert alignment.passages(found) == [found[:2], found[2:]]


@given(WORDS, WORDS)
def test_passages_hold_every_run_once_in_order(a, b):
    found = alignment.runs(a, b, 3)
    passages = alignment.passages(found)
    assert [run for passage in passages for run in passage] == found
    for passage in passages:
        assert all(one.a < two.a and one.b < two.b for one, two in pairwise(passage))
