"""Where pages of evidence end: by what stands there, so that a change leaves the pages behind it as they are."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from presstm.report import evidence


def cuts(places):
    """Runs of places, page by page."""
    found, start = [], 0
    while start < len(places):
        end = evidence._end(places, start, 0)
        found.append(tuple(places[start:end]))
        start = end
    return found


def some(count, seed=1):
    draw = random.Random(seed)
    return [(f"{draw.getrandbits(64):016x}", n) for n in range(count) for _ in range(3)]


@given(st.integers(0, 1500), st.integers(0, 20))
@settings(max_examples=30, deadline=None)
def test_every_place_is_on_one_page_and_pages_are_neither_short_nor_long(count, seed):
    places = some(count, seed)
    pages = cuts(places)
    assert [place for page in pages for place in page] == places
    assert all(evidence._LEAST <= len(page) <= evidence._MOST for page in pages[:-1])


def test_most_pages_behind_a_change_stay():
    kept = total = 0
    for seed in range(6):
        places = some(3000, seed)
        before, after = set(cuts(places)), cuts([*places[:900], ("ffff", 0), *places[903:]])
        kept, total = kept + sum(page in before for page in after), total + len(after)
    assert kept > 0.8 * total
