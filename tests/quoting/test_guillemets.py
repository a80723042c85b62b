"""What stands between quotation marks, by the characters alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm.quoting import guillemets


def spans(text):
    return [(text[span.start : span.end], span.depth) for span in guillemets.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("il dit « oui » et «\u00a0non\u00a0»", [("oui", 0), ("non", 0)]),
        ("il dit “oui” et \"non\"", [("oui", 0), ("non", 0)]),
        ("« elle m’a dit : “viens” hier »", [("elle m’a dit : “viens” hier", 0), ("viens", 1)]),
        ("« elle m’a dit « viens » hier »", [("elle m’a dit « viens » hier", 0), ("viens", 1)]),
        ("<<oui>>", [("oui", 0)]),
        ("„oui” et „non”", [("oui", 0), ("non", 0)]),
        ("un écran de 15\" et l’autre", []),
        ("un mot 'entre' deux", [("entre", 0)]),
        ("l'ami d'un autre", []),
        ("Il dit : « je pars\n\nPuis rien", [("je pars", 0)]),
        ("Il a « ouvert\n\nPuis rien", []),
        ("« Un jour.\n\n» Un autre. »", [("Un jour.\n\n» Un autre.", 0)]),
        ("« Un jour.\n\n« Un autre. »", [("Un jour.\n\n« Un autre.", 0)]),
        ("\"Il dit 'on part'\", dit-elle.", [("Il dit 'on part'", 0), ("on part", 1)]),
        ("\"Un jour.\n\nDeux.\n\nTrois.\"\n\nPuis \"rien\".", [("Un jour.\n\nDeux.\n\nTrois.", 0), ("rien", 0)]),
        ("« Un jour.\n\nDeux.\n\nTrois. »", [("Un jour.\n\nDeux.\n\nTrois.", 0)]),
        ("“Un jour.\n\nDeux.\n\nTrois”.", [("Un jour.\n\nDeux.\n\nTrois", 0)]),
        ("— « Un jour.\n\nDeux.\n\nTrois ! »", [("Un jour.\n\nDeux.\n\nTrois !", 0)]),
        ("\"Un jour.\n\nDeux.\"", [("Un jour.\n\nDeux.", 0)]),
        ("« Un jour.\n\nDeux.\n\nTrois ».\n\n« Rien »", [("Un jour.\n\nDeux.\n\nTrois", 0), ("Rien", 0)]),
        ("\"Un jour.\n\nIl dit \"non\" hier.", [("Un jour.", 0), ("non", 0)]),
        ("\"Un jour.\n\nDeux\", dit-il.", [("Un jour.", 0)]),
        ("« Un jour.\n\nDeux.\n\nTrois », dit-il.", [("Un jour.", 0)]),
        ("Il a \"ouvert\n\nDeux.\n\nTrois.\"", []),
        ("Il dit : « un.\n\nDeux.\n\nTrois. »", [("un.", 0)]),
        ("« Un jour.\n\nDeux.\n\n« Trois. »", [("Un jour.", 0), ("Trois.", 0)]),
        ("« »", []),
        ("oui » et non", []),
        ("« oui\" et non", [("oui", 0)]),
    ],
)  # fmt: skip
def test_finds_what_is_quoted(text, expected):
    assert spans(text) == expected


words = st.lists(st.sampled_from("le chat dort sur un toit depuis hier".split()), min_size=1, max_size=4).map(" ".join)


@given(
    st.lists(
        st.tuples(words, words, st.sampled_from([("« ", " »"), ("«\u00a0", "\u00a0»"), ("“", "”"), ('"', '"')])), max_size=5
    )
)
def test_finds_exactly_the_pairs_that_were_put_in(pieces):
    text = " ".join(f"{before} {opening}{inside}{closing}" for before, inside, (opening, closing) in pieces)
    assert [found for found, _ in spans(text)] == [inside for _, inside, _ in pieces]


@given(st.text("«»“”\"'’‹›„ ab.:\n\u00a0", max_size=60))
def test_spans_hold_letters_lie_inside_their_marks_and_are_nested(text):
    found = guillemets.find(text)
    for span in found:
        assert 0 <= span.outer_start < span.start < span.end <= span.outer_end <= len(text)
        assert any(map(str.isalpha, text[span.start : span.end]))
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
    for a in found:
        assert sum(b.outer_start < a.outer_start and a.outer_end <= b.outer_end for b in found) >= (a.depth > 0)


def test_takes_time_in_proportion_to_the_text():
    text = "« a » " * 20_000 + "« " * 20_000 + "'a' " * 5_000
    assert len(guillemets.find(text)) >= 20_000


@pytest.mark.parametrize("levels", [8, 20, 3000])
def test_no_more_than_eight_levels_are_kept_and_what_follows_is_found(levels):
    text = "« mot " * levels + " »" * levels
    assert [span.depth for span in guillemets.find(text)] == list(range(8))
    assert spans(f"{text}\n\nil dit « oui »")[-1] == ("oui", 0)


def test_marks_that_are_closed_nowhere_hide_no_later_ones_of_their_paragraph():
    assert spans("Il a « ouvert " * 50 + "et dit “oui” puis « non ».") == [("oui", 0), ("non", 0)]
