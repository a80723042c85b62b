from fractions import Fraction
from math import comb, log2, log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import form_counts, lexical, stats
from presstm.errors import SettingsError
from presstm.settings import TopicsSettings
from presstm.textometry import specificities
from tests.small_corpus import read_tables


def of(function, count, total, part, corpus):
    return float(function(np.array([count]), np.array([total]), np.array([part]), corpus)[0])


def exact(count, total, part, corpus):
    """Lafon's index in whole numbers: the mode is where the probability is largest."""
    values = range(max(0, total + part - corpus), min(total, part) + 1)
    weight = {k: comb(total, k) * comb(corpus - total, part - k) for k in values}
    largest = max(weight.values())
    modes = [k for k in values if weight[k] == largest]
    tail = sum(weight[k] for k in values if (k >= count if count > modes[-1] else k <= count))
    probability = Fraction(tail, comb(corpus, part))
    if count in modes:
        return 0.0
    magnitude = log10(probability.numerator) - log10(probability.denominator)
    return -magnitude if count > modes[-1] else magnitude


def test_specificity_of_a_case_worked_by_hand():
    # 10 words, a form 4 times, a part of 5 words with all 4: C(4,4) C(6,1) / C(10,5) = 6/252.
    assert of(specificities.specificity, 4, 4, 5, 10) == pytest.approx(-log10(6 / 252))
    # and with none of them: C(6,5) / C(10,5), the same by symmetry, on the other side.
    assert of(specificities.specificity, 0, 4, 5, 10) == pytest.approx(log10(6 / 252))
    assert of(specificities.specificity, 2, 4, 5, 10) == 0


@given(st.integers(2, 60), st.data())
def test_specificity_agrees_with_exact_arithmetic(corpus, data):
    total = data.draw(st.integers(1, corpus))
    part = data.draw(st.integers(1, corpus - 1))
    count = data.draw(st.integers(max(0, total + part - corpus), min(total, part)))
    values = range(max(0, total + part - corpus), min(total, part) + 1)
    weight = {k: comb(total, k) * comb(corpus - total, part - k) for k in values}
    twin = sum(each == max(weight.values()) for each in weight.values()) > 1
    if twin and weight[count] == max(weight.values()):
        return  # two modes: the index depends on which of them is called the mode
    assert of(specificities.specificity, count, total, part, corpus) == pytest.approx(
        exact(count, total, part, corpus), abs=1e-9
    )


@given(st.integers(2, 60), st.floats(0.001, 1), st.data())
def test_what_is_likely_has_no_small_p(corpus, most, data):
    total = data.draw(st.integers(1, corpus))
    part = data.draw(st.integers(1, corpus - 1))
    count = data.draw(st.integers(max(0, total + part - corpus), min(total, part)))
    given = (np.array([count]), np.array([total]), np.array([part]), corpus)
    if specificities._likely(*given, most)[0]:
        assert specificities.p_value(specificities.specificity(*given))[0] > most


def test_most_cells_are_likely():
    given = (np.array([0, 1, 2, 9]), np.full(4, 10), np.full(4, 1_000), 10_000)
    assert specificities._likely(*given, 0.05).tolist() == [True, True, True, False]


def test_specificity_does_not_underflow():
    found = of(specificities.specificity, 900, 1000, 2000, 50_000)
    assert found == pytest.approx(exact(900, 1000, 2000, 50_000), rel=1e-9)
    assert found > 831


@given(st.integers(4, 80), st.data())
def test_log_likelihood_agrees_with_scipy(corpus, data):
    from scipy.stats import chi2_contingency

    total = data.draw(st.integers(1, corpus - 1))
    part = data.draw(st.integers(1, corpus - 1))
    count = data.draw(st.integers(max(0, total + part - corpus), min(total, part)))
    table = [[count, total - count], [part - count, corpus - total - part + count]]
    oracle = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert of(specificities.log_likelihood, count, total, part, corpus) == pytest.approx(oracle, abs=1e-8)


def test_log_ratio_of_cases_worked_by_hand():
    assert of(specificities.log_ratio, 8, 10, 100, 1100) == pytest.approx(log2((8 / 100) / (2 / 1000)))
    assert of(specificities.log_ratio, 8, 8, 100, 1100) == pytest.approx(log2((8 / 100) / (0.5 / 1000)))
    assert of(specificities.log_ratio, 0, 8, 100, 1100) == pytest.approx(log2((0.5 / 100) / (8 / 1000)))


OUTLETS = {
    "a": {"outlet": "Un", "text": "chat chat chat chat chien. souris chat."},
    "b": {"outlet": "Un", "text": "chat chien."},
    "c": {"outlet": "Deux", "text": "chien souris souris. souris vache lune."},
    "d": {"outlet": None, "text": "lune lune lune."},
}
ALL = TopicsSettings(groupings=("outlet",), min_count=1, q_max=1, permutations=0)


def table_of(articles, settings=ALL, **more):
    read = read_tables(articles, **more)
    counted = lexical.lexical([form_counts.counted(read["tokens"], settings)], read["sentences"], read["reuse"], settings)
    found, metrics = specificities.specificities(
        counted, lexical.groupings(read, counted.corpus, settings.groupings), settings
    )
    return {(r["grouping"], r["group"], r["form"]): r for r in found.to_pylist()}, metrics


def test_every_form_is_compared_in_every_group():
    rows, metrics = table_of(OUTLETS)
    assert len(rows) == metrics["outlet"]["tested"] == 3 * 5
    row = rows["outlet", "Un", "chat"]
    assert (row["count"], row["total"], row["part_size"], row["corpus_size"], row["n_articles"]) == (6, 6, 9, 18, 2)
    assert row["specificity"] == pytest.approx(exact(6, 6, 9, 18))
    assert rows["outlet", "unknown", "lune"]["count"] == 3
    assert rows["outlet", "Deux", "souris"]["n_articles"] == 1


def test_q_corrects_over_all_cells_with_both_tails():
    rows, _ = table_of(OUTLETS)
    p = [min(1, 2 * 10 ** -abs(r["specificity"])) if r["specificity"] else 1 for r in rows.values()]
    assert [r["q"] for r in rows.values()] == pytest.approx(stats.benjamini_hochberg(np.array(p)))
    listed, metrics = table_of(OUTLETS, ALL.model_copy(update={"q_max": 0.05}))
    assert {key: row["q"] for key, row in listed.items()} == {k: r["q"] for k, r in rows.items() if r["q"] <= 0.05}
    assert metrics["outlet"]["significant"] == len(listed)


def test_a_theme_is_compared_by_the_sentences_that_carry_it():
    rows, _ = table_of(OUTLETS, ALL.model_copy(update={"groupings": ("theme",)}), themes={"ciel": "lune"})
    row = rows["theme", "ciel", "lune"]
    assert (row["count"], row["total"], row["part_size"], row["n_articles"]) == (4, 4, 6, 2)
    assert rows["theme", "ciel", "vache"]["count"] == 1
    assert rows["theme", "ciel", "souris"]["count"] == 1


def test_a_reprint_counts_once_unless_asked_otherwise():
    articles = {**OUTLETS, "e": {**OUTLETS["a"], "outlet": "Trois", "cluster": "a"}}
    assert ("outlet", "Trois", "chat") not in table_of(articles)[0]
    rows, _ = table_of(articles, ALL.model_copy(update={"counting": "articles"}))
    assert rows["outlet", "Trois", "chat"]["total"] == 11


def test_a_group_that_is_the_whole_corpus_has_nothing_to_compare():
    rows, metrics = table_of({"a": {"outlet": "Un", "text": "chat chat chien."}})
    assert rows == {}
    assert metrics["outlet"]["tested"] == 0


def test_words_dealt_at_random_are_rarely_specific():
    random = np.random.default_rng(3)
    words = [f"mot{chr(97 + i)}{chr(97 + j)}" for i in range(10) for j in range(10)]
    false = 0
    for _ in range(20):
        articles = {f"{i:02}": {"outlet": f"o{i % 4}", "text": " ".join(random.choice(words, 100)) + "."} for i in range(24)}
        false += bool(table_of(articles, ALL.model_copy(update={"q_max": 0.05}))[0])
    assert false <= 2


def test_chance_shows_words_that_keep_together_in_an_article():
    """A word confined to one article marks whatever group the article falls in."""
    articles = {
        f"{i:02}": {"outlet": f"o{i % 2}", "text": f"{'sujet' + chr(97 + i)} " * 15 + "ville route pain."} for i in range(12)
    }
    settings = ALL.model_copy(update={"q_max": 0.05, "permutations": 5})
    numbers = table_of(articles, settings)[1]["outlet"]
    assert numbers["significant_by_chance"] > 0.8 * numbers["significant"] > 0


def test_no_words_give_no_rows():
    rows, _ = table_of({"a": {"outlet": "Un", "text": ""}})
    assert rows == {}


def test_a_form_that_one_article_repeats_is_not_specific_by_articles():
    articles = {f"{i:02}": {"outlet": f"o{i % 2}", "text": "ville route pain. " * 5} for i in range(10)}
    articles["00"] = {"outlet": "o0", "text": "ville route pain. fusée fusée fusée fusée fusée fusée fusée fusée. " * 3}
    row = table_of(articles)[0]["outlet", "o0", "fusée"]
    assert row["q"] < 0.001
    assert row["q_units"] == 1
    spread = {
        f"{i:02}": {"outlet": f"o{i % 2}", "text": "ville route " + ("fusée." if i % 2 else "pain.")} for i in range(40)
    }
    assert table_of(spread)[0]["outlet", "o1", "fusée"]["q_units"] < 0.001


def test_a_grouping_of_too_many_groups_gets_one_line(monkeypatch):
    monkeypatch.setattr(specificities, "_MOST_CELLS", 10)
    with pytest.raises(SettingsError, match="outlet has 3 groups, too many for 5 forms"):
        table_of(OUTLETS)


def test_cells_worked_out_once_are_those_worked_out_each():
    random = np.random.default_rng(3)
    total = random.integers(1, 40, 500)
    part = random.choice([100, 350, 990], 500)
    count = np.minimum(random.integers(0, 40, 500), total)
    for statistic in (specificities.specificity, specificities.log_likelihood):
        assert np.array_equal(specificities._once(statistic, count, total, part, 1200), statistic(count, total, part, 1200))
