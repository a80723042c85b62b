"""Terms of several words: which noun phrases are candidates, and their C-value."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import tables, terms


def tokens(*sentences):
    """Sentences as text/POS words, each in an article of its own; lemma = text without a final s."""
    rows = []
    for number, sentence in enumerate(sentences):
        start = 0
        for place, word in enumerate(sentence.split()):
            text, pos = word.split("/")
            rows.append({"article_id": f"a{number}", "sentence_id": 0, "token_id": place, "start": start, "text": text, "lemma": text.lower().rstrip("s"), "pos": pos, "morph": "", "dep": "dep", "head": 0, "ent": ""})  # fmt: skip
            start += len(text) + (text[-1] not in "’-")
    return tables.from_rows("tokens", rows)


def found(*sentences, **options):
    made = tokens(*sentences)
    return {row["form"]: row for row in terms.terms(terms.occurrences(made), len(made), min_count=1, **options)}


@pytest.mark.parametrize(
    ("letters", "expected"),
    [("NA", ["NA"]), ("AN", ["AN"]), ("NPN", ["NPN"]), ("NPDN", ["NPDN"]), ("NDN", []), ("PN", []), ("N-N", []), ("NPNA", ["NPN", "NPNA", "NA"])],
)  # fmt: skip
def test_candidates_are_nouns_with_adjectives_and_complements(letters, expected):
    assert [letters[start:end] for start, end in terms.spans(letters)] == expected


def test_spellings_of_one_term_are_counted_together_and_the_usual_one_is_shown():
    rows = found(
        "le/DET train/NOUN de/ADP nuit/NOUN", "les/DET Trains/NOUN de/ADP nuit/NOUN", "trains/NOUN de/ADP nuit/NOUN"
    )
    assert list(rows) == ["trains de nuit"]
    row = rows["trains de nuit"]
    assert (row["count"], row["articles"], row["words"], row["c_value"]) == (3, 3, 3, pytest.approx(3 * log2(3)))


def test_a_term_is_written_with_the_spaces_of_the_text():
    assert "coût d'exploitation" in found("coût/NOUN d’/ADP exploitation/NOUN")
    assert "commerce de centre-ville" in found("commerce/NOUN de/ADP centre-/NOUN ville/NOUN")


def test_no_term_goes_across_a_mark_or_another_preposition():
    assert found("train/NOUN ,/PUNCT nuit/NOUN", "train/NOUN avant/ADP nuit/NOUN") == {}


def test_a_piece_of_one_longer_term_is_no_term_and_one_of_several_is():
    rows = found(
        "délégation/NOUN de/ADP service/NOUN public/ADJ",
        "agent/NOUN de/ADP service/NOUN public/ADJ",
        "délégation/NOUN de/ADP service/NOUN public/ADJ",
    )
    assert "délégation de service" not in rows
    # `service public` occurs 3 times, within two longer terms of 2 and 1
    assert rows["service public"]["c_value"] == pytest.approx(3 - (2 + 1) / 2)


def test_groups_have_counts():
    rows = found("gare/NOUN fermée/ADJ", "gares/NOUN fermées/ADJ", groups={"a0": ["nord"], "a1": ["sud"]})
    assert [rows["gare fermée"][name] for name in ("nord", "sud")] == [1, 1]


@given(st.dictionaries(st.lists(st.sampled_from("ab"), min_size=2, max_size=5).map(tuple), st.integers(1, 9), max_size=8))
def test_c_value_is_the_published_formula(frequency):
    def holds(long, short):
        return len(long) > len(short) and any(long[at : at + len(short)] == short for at in range(len(long)))

    for term, value in terms.c_values(frequency).items():
        longer = [times for other, times in frequency.items() if holds(other, term)]
        nested = sum(longer) / len(longer) if longer else 0
        assert value == pytest.approx(log2(len(term)) * (frequency[term] - nested))
