import pytest

from presstm.formats import is_call

CALL = "Vous livrez des repas ? Envoyez-nous vos histoires, vous resterez anonyme, à "


def test_a_call_invites_its_readers_and_gives_an_address():
    assert is_call("", CALL + "sacs@courrier.example.")
    assert not is_call("", CALL + "la halle.")


@pytest.mark.parametrize("word", ["micro-" * 200_000, "a" * 1_000_000, "a@" * 500_000])
def test_a_word_without_end_is_searched_once(word):
    """Searched from each of its letters, it would take hours."""
    assert not is_call("", CALL + word)
