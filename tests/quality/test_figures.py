"""Floors of the ledger of figures on pages of the demonstration corpus coded by reading. A floor may rise, never fall.

Coded is every quantity about work, workers, pay, platforms, tasks or the survey, with the fact that it restates. The pages
were read while the rules were mended: the floors guard what was reached, they do not measure how it carries over.
"""

from pathlib import Path

from presstm import figures
from tests.quality import coded

FACTS = Path(__file__).parents[2] / "models/facts.yml"
F1, KEYS = 0.93, 0.95


def scores():
    """(F1 of figures with equal value, share of matched figures with the right fact, what was missed, what was too much)."""
    articles, sentences, tokens = coded.annotated("figures")
    table = figures.find(articles, sentences, tokens, figures.load_facts(FACTS))
    pairs, missed, extra = [], [], []
    for text in coded.load("figures"):
        found = coded.rows_of(table, text["id"])
        hits = coded.matched(text["figures"], found, same=_equal, least=1e-9)
        pairs += hits
        missed += [(text["id"], row["text"]) for row in text["figures"] if not any(row is a for a, _ in hits)]
        extra += [(text["id"], row["text"]) for row in found if not any(row is b for _, b in hits)]
    keyed = [(a, b) for a, b in pairs if a["fact"]]
    f1 = coded.f1(len(pairs), len(pairs) + len(missed), len(pairs) + len(extra))
    return f1, sum(a["fact"] == b["fact"] for a, b in keyed) / len(keyed), missed, extra


def _equal(a, b):
    near = (
        x == y if x is None or y is None else abs(x - y) < 1e-5
        for x, y in ((a["value"], b["value"]), (a["high"], b["high"]))
    )
    return all(near)


def test_figures_and_their_facts_are_above_the_floors():
    f1, keys, missed, extra = scores()
    assert f1 >= F1, (missed, extra)
    assert keys >= KEYS


def test_the_sample_is_ten_pages_at_least_with_what_is_no_figure():
    texts = coded.load("figures")
    assert len(texts) >= 10
    assert all(
        row["text"] == text["title" if row["part"] == "title" else "text"][row["start"] : row["end"]]
        for text in texts
        for row in text["figures"]
    )
