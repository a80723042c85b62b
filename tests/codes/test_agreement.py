import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from presstm.codes import Code, agreement

N = np.nan


def test_alpha_of_a_case_worked_by_hand():
    # Units (1,1), (0,1), (0,0), (1,-) of which the last does not count: o01 = 2, n0 = 3, n1 = 3, n = 6.
    # alpha = 1 - (n - 1) o01 / (2 n0 n1 / 2 * 2) = 1 - 5 * 2 / 18
    matrix = np.array([[1, 0, 0, 1], [1, 1, 0, N]], float)
    assert agreement.alpha(matrix)[0] == pytest.approx(1 - 5 * 2 / 18)


@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, N]), min_size=3, max_size=3), min_size=4, max_size=20))
def test_alpha_is_that_of_the_krippendorff_package(rows):
    import krippendorff

    matrix = np.array(rows).T
    found = agreement.alpha(matrix)[0]
    assume(found is not None)
    assert found == pytest.approx(krippendorff.alpha(matrix, level_of_measurement="nominal"))


@given(st.lists(st.booleans(), min_size=2, max_size=30), st.integers(2, 4))
def test_equal_coders_have_an_alpha_of_one_or_none_at_all(values, coders):
    value = agreement.alpha(np.tile(np.array(values, float), (coders, 1)))[0]
    assert value == (1.0 if len(set(values)) == 2 else None)


def test_the_interval_holds_alpha():
    random = np.random.default_rng(1)
    truth = random.random(200) < 0.4
    matrix = np.array([truth ^ (random.random(200) < 0.1) for _ in range(2)], float)
    value, low, high = agreement.alpha(matrix, 500, 1)
    assert 0.4 < low < value < high < 0.9


def test_pairs_and_disagreements():
    codes = [
        Code("s1", "a", ("law",)),
        Code("s1", "b", ("law",)),
        Code("s2", "a", ()),
        Code("s2", "b", ("law",)),
        Code("s3", "a", ()),
    ]
    (row,) = agreement.pairs(codes, ["law"])
    # Observed 1/2; by chance 1/2 * 1 + 1/2 * 0.
    assert (row["sentences"], row["percent"], row["kappa"]) == (2, 50.0, 0.0)
    assert agreement.disagreements(codes[::-1], ["law"]) == [{"key": "s2", "theme": "law", "yes": ["b"], "no": ["a"]}]


def test_summary_counts_coders_and_leaves_out_themes_on_which_they_never_differ_from_one_answer():
    given = [Code(f"a:{n}", coder, ("law",) if n % 2 else ()) for n in range(20) for coder in ("anne", "luc")]
    found = agreement.summary(given, ["law", "ai"], resamples=100)
    assert found == {"coders": 2, "agreement": {"law": {"alpha": 1.0, "low": 1.0, "high": 1.0, "sentences": 20}}}
    assert agreement.summary(given[::2], ["law"], resamples=100) == {"coders": 1, "agreement": {}}
    assert agreement.summary([], ["law"]) == {}
