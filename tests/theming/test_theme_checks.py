import dataclasses

import pyarrow.compute as pc
import pytest

from presstm import tables
from presstm.settings import ThemesSettings
from presstm.theming import theme_checks
from tests import small_study

KEYS = list(small_study.RULES)
SETTINGS = ThemesSettings(min_group=2)


@pytest.fixture(scope="module")
def study():
    return small_study.made()


def test_themes_that_meet_in_an_article_are_counted_once_per_cluster(study):
    made = theme_checks.pairs(study["sentences"], study["reuse"], study["theme_sentences"], KEYS).to_pylist()
    found = {(row["unit"], row["source"], row["target"]): row for row in made}
    both = found["article", "ai", "invisibility"]  # the wire text, once, and the third article
    assert both["weight"] == 2
    assert both["expected"] == pytest.approx(2 * 2 / 3)
    assert all(source < target for _, source, target in found)


def test_the_method_in_use_gives_the_published_shares(study):
    made = theme_checks.specifications(
        study["articles"], study["reuse"], study["theme_sentences"], small_study.codebook(), SETTINGS
    )
    in_use = {
        (row["theme"], row["weighting"]): row["share"]
        for row in made.to_pylist()
        if row["method"] == "in_use" and row["subset"] == "all"
    }
    published = study["theme_shares"].filter(pc.equal(study["theme_shares"]["grouping"], "all")).to_pylist()
    assert in_use == {(row["theme"], row["weighting"]): row["share"] for row in published}


def test_a_higher_threshold_never_raises_a_share(study):
    made = theme_checks.specifications(
        study["articles"], study["reuse"], study["theme_sentences"], small_study.codebook(), SETTINGS
    )
    shares: dict = {}
    for row in sorted(made.to_pylist(), key=lambda row: row["threshold"]):
        if row["method"] == "score":
            shares.setdefault((row["theme"], row["weighting"], row["subset"]), []).append(row["share"])
    assert shares
    assert all(values == sorted(values, reverse=True) for values in shares.values())


def test_rules_alone_decide_with_their_weights():
    theme = small_study.codebook()[0]
    half = dataclasses.replace(theme.rules[0], weight=0.5)
    theme = dataclasses.replace(theme, rules=(half, dataclasses.replace(half, id="other")))
    evidence = [[half.id], [half.id, half.id], [half.id, "other"], ["classifier"], []]
    coded = tables.from_rows(
        "theme_sentences",
        [
            {
                "article_id": "a1",
                "sentence_id": n,
                "theme": theme.key,
                "score": 0.5,
                "present": True,
                "evidence": [{"rule": rule, "start": 0, "end": 1} for rule in rules],
            }
            for n, rules in enumerate(evidence)
        ],
    )
    assert theme_checks._by_rules(coded, [theme]).tolist() == [False, False, True, False, False]
