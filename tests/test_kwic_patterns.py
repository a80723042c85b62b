"""Patterns of a concordance: alternatives, gaps, and what is written as for another program."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import kwic_patterns, phrases
from presstm.errors import InputError


def found(pattern, text):
    words = phrases.words(text)
    compiled = kwic_patterns.compile_pattern(pattern, phrases.fold)
    return [text[words[first].start : words[last].end] for first, last in kwic_patterns.matches(compiled, words)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("train|ligne", ["train", "ligne"]),
        ("train|ligne de", ["train de", "ligne de"]),
        ("train de nuit | ligne", ["train de nuit", "ligne"]),
        ("train | train de", ["train", "train de"]),
        ("train ~1 nuit", ["train de nuit"]),
        ("train nuit", []),
        ("de ~9 ligne", ["de nuit et la ligne"]),
        ("train ~2 la|nuit", ["train de nuit"]),
        ("*ain|fe*", ["train", "fer"]),
    ],
)
def test_pattern_meets(pattern, expected):
    assert found(pattern, "le train de nuit et la ligne de fer") == expected


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("~2 nuit", "begins with a gap"),
        ("nuit ~2", "ends with a gap"),
        ("nuit | ", "holds no word beside a |"),
        ("nuit|l'aube", "put spaces around |"),
        ("train AND nuit", "use --with"),
        ("train OU car", "part patterns by |"),
        ("train NOT nuit", "use --without"),
        ('[lemma="train"]', "is CQL"),
    ],
)
def test_what_is_no_pattern_is_one_line(pattern, message):
    with pytest.raises(InputError, match=re.escape(message)) as error:
        kwic_patterns.compile_pattern(pattern, phrases.fold)
    assert "\n" not in str(error.value)


@given(st.lists(st.sampled_from("abc"), max_size=9), st.integers(0, 4))
def test_a_gap_is_any_number_of_words_up_to_it(words, gap):
    text = phrases.words(" ".join(words))
    expected = []
    for start in (n for n, word in enumerate(words) if word == "a"):
        near = [at for at in range(start + 1, start + gap + 2) if at < len(words) and words[at] == "b"]
        expected += [(start, near[0])] if near else []
    pattern = f"a ~{gap} b" if gap else "a b"
    assert list(kwic_patterns.matches(kwic_patterns.compile_pattern(pattern, str), text)) == expected
