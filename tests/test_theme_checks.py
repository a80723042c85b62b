import pyarrow.compute as pc
import pytest

from presstm import theme_checks
from presstm.settings import ThemesSettings
from tests import small_study

KEYS = list(small_study.RULES)
SETTINGS = ThemesSettings(bootstrap=100, min_group=2)


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
    made = theme_checks.specifications(study["articles"], study["reuse"], study["theme_sentences"], KEYS, SETTINGS)
    in_use = {
        (row["theme"], row["weighting"]): row["share"]
        for row in made.to_pylist()
        if row["method"] == "in_use" and row["subset"] == "all"
    }
    published = study["theme_shares"].filter(pc.equal(study["theme_shares"]["grouping"], "all")).to_pylist()
    assert in_use == {(row["theme"], row["weighting"]): row["share"] for row in published}


def test_a_higher_threshold_never_raises_a_share(study):
    made = theme_checks.specifications(study["articles"], study["reuse"], study["theme_sentences"], KEYS, SETTINGS)
    shares: dict = {}
    for row in sorted(made.to_pylist(), key=lambda row: row["threshold"]):
        if row["method"] == "score":
            shares.setdefault((row["theme"], row["weighting"], row["subset"]), []).append(row["share"])
    assert shares
    assert all(values == sorted(values, reverse=True) for values in shares.values())
