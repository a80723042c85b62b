import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from presstm import form_counts, lexical
from presstm.settings import TopicsSettings
from presstm.textometry import correspondence
from tests.small_corpus import read_tables

# Smokers among the staff of a firm (Greenacre 1984): managers to secretaries; none, light, medium, heavy.
SMOKERS = np.array([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]], float)


def test_a_published_table_gives_the_published_figures():
    found = correspondence.analyse(SMOKERS)
    assert found.inertia == pytest.approx([0.074759, 0.010017, 0.000414], abs=1e-6)
    assert np.abs(found.columns.coordinate[:, 0]) == pytest.approx([0.393308, 0.099456, 0.196321, 0.293776], abs=1e-6)
    assert np.abs(found.rows.coordinate[:, 0]) == pytest.approx([0.065768, 0.258958, 0.380595, 0.232952, 0.201089], abs=1e-6)
    assert found.rows.contribution[:, 0] == pytest.approx([0.0033, 0.0837, 0.5120, 0.3310, 0.0701], abs=1e-4)
    assert found.rows.cos2[:, 0] == pytest.approx([0.0922, 0.5264, 0.9990, 0.9419, 0.8653], abs=1e-4)


def test_the_sign_is_that_of_the_column_that_contributes_most():
    found = correspondence.analyse(SMOKERS).columns
    assert (found.coordinate[np.argmax(found.contribution, axis=0), range(3)] > 0).all()
    turned = correspondence.analyse(SMOKERS[::-1, ::-1]).columns.coordinate[::-1]
    assert turned == pytest.approx(found.coordinate)


tables_of_counts = st.tuples(st.integers(2, 8), st.integers(2, 5)).flatmap(
    lambda shape: arrays(int, shape, elements=st.integers(1, 30))
)


@given(tables_of_counts)
def test_inertia_is_chi_square_and_axes_rebuild_the_table(counts):
    table = counts.astype(float)
    found = correspondence.analyse(table)
    expected = np.outer(table.sum(1), table.sum(0)) / table.sum()
    chi2 = ((table - expected) ** 2 / expected).sum()
    assert found.inertia.sum() == pytest.approx(chi2 / table.sum(), abs=1e-9)
    kept = found.inertia > 1e-10
    rows, columns = found.rows.coordinate[:, kept], found.columns.coordinate[:, kept]
    rebuilt = expected * (1 + (rows / np.sqrt(found.inertia[kept])) @ columns.T)
    assert rebuilt == pytest.approx(table, abs=1e-5)


@given(tables_of_counts)
def test_contributions_and_cosines_sum_to_one(counts):
    found = correspondence.analyse(counts.astype(float))
    for cloud in (found.rows, found.columns):
        assert cloud.contribution.sum(axis=0) == pytest.approx(np.ones(len(found.inertia)))
        distant = (cloud.coordinate**2).sum(axis=1) > 1e-9
        assert cloud.cos2[distant].sum(axis=1) == pytest.approx(np.ones(distant.sum()))


ARTICLES = {
    f"{i}": {"outlet": outlet, "text": text}
    for i, (outlet, text) in enumerate(
        [("Un", "chat chat chien. lune."), ("Un", "chat chien."), ("Deux", "chien vache vache."), ("Deux", "vache lune chat."), ("Trois", "lune lune vache.")]
    )
}  # fmt: skip


def factors_of(**settings):
    read = read_tables(ARTICLES)
    chosen = TopicsSettings(groupings=("outlet",), min_count=1, **settings)
    counted = lexical.lexical([form_counts.counted(read["tokens"], chosen)], read["sentences"], read["reuse"], chosen)
    return correspondence.factors(counted, lexical.groupings(read, counted.corpus, chosen.groupings), chosen)


def test_factors_list_forms_and_groups_on_each_axis():
    found, metrics = factors_of()
    assert sorted({row["name"] for row in found.to_pylist() if row["kind"] == "group"}) == ["Deux", "Trois", "Un"]
    assert {row["name"] for row in found.to_pylist() if row["kind"] == "form"} == {"chat", "chien", "lune", "vache"}
    assert set(found["axis"].to_pylist()) == {1, 2}
    assert sum(metrics["outlet"]["axes"]) == pytest.approx(1, abs=1e-3)
    for axis, share in enumerate(metrics["outlet"]["axes"], 1):
        assert {round(row["inertia"], 4) for row in found.to_pylist() if row["axis"] == axis} == {share}


def test_forms_of_too_few_articles_make_no_axis():
    found, _ = factors_of(min_articles=4)
    assert len(found) == 0
    found, _ = factors_of(min_articles=3)
    assert "chien" in found["name"].to_pylist()
