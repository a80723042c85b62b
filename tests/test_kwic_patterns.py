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
    ("pattern", "expected"),
    [
        ("[NOUN]", ["porte", "garde"]),
        ("porte[VERB]", ["porte"]),
        ("porte[ADJ]", []),
        ("P*[noun]", ["porte"]),
        ("[DET] ~1 [ADJ]", ["La porte lourde"]),
        ("[NOUN] [ADJ]|[VERB]", ["porte lourde"]),
        ("la [NOUN] | [PRON] porte", ["La porte", "Il porte", "la garde"]),
        ("[PUNCT] [PRON]", [". Il"]),
        ("lourde [PRON]", ["lourde. Il"]),
        ("[sic]", []),
    ],
)
def test_a_part_of_speech_meets_the_words_that_have_it(pattern, expected):
    text, tags = "La porte lourde. Il porte la garde", "DET NOUN ADJ PUNCT PRON VERB DET NOUN".split()
    compiled = kwic_patterns.compile_pattern(pattern, phrases.fold)
    words = [word._replace(pos=tag) for word, tag in zip(phrases.words(text, symbols=True), tags, strict=True)]
    if not kwic_patterns.counts_symbols(compiled):
        words = [word for word in words if word.pos != "PUNCT"]
    assert [text[words[a].start : words[b].end] for a, b in kwic_patterns.matches(compiled, words)] == expected


def test_brackets_in_small_letters_are_symbols_of_the_text_unless_they_name_a_part_of_speech():
    def compiled(pattern):
        return kwic_patterns.compile_pattern(pattern, phrases.fold)

    assert kwic_patterns.symbols(compiled("mot [sic]")) == {"[", "]"}
    assert not kwic_patterns.has_pos(compiled("mot [sic]"))
    assert kwic_patterns.symbols(compiled("mot [adj]")) == set()
    assert kwic_patterns.has_pos(compiled("mot [adj]"))


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
        ("train [ADJECTIF]", "no part of speech is called ADJECTIF (known: ADJ, ADP, "),
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
