"""Attention: what is found, against what each group of articles printed."""

import csv
from collections import Counter

import pyarrow as pa
import pytest
from click.testing import CliRunner

from presstm import attention, cli, kwic
from presstm.kwic import Filters, Query
from presstm.settings import ThemesSettings
from tests import small_study

STUDY = small_study.made()


def counts(pattern, *over, filters=None, settings=None, study=STUDY):
    looked = filters or Filters()
    found = kwic.lines(study["articles"], study["sentences"], Query(pattern), looked)
    places = kwic.places(study["articles"], study["sentences"], looked)
    return attention.attention(found, places, study["articles"], study["reuse"], over, settings or ThemesSettings())


def test_matches_are_set_against_the_words_and_articles_of_each_group():
    rows = {row["outlet_kind"]: row for row in counts("contrat|loi", "outlet_kind")}
    assert list(rows) == ["pure_player", "regional", "unknown"]
    assert [rows[kind]["matches"] for kind in rows] == [0, 2, 0]
    assert (rows["unknown"]["words"], rows["unknown"]["articles"]) == (7, 1)
    assert rows["regional"]["per_100000"] == pytest.approx(100_000 * 2 / rows["regional"]["words"])


def test_a_text_that_two_outlets_print_is_two_articles_and_one_text():
    (row,) = [row for row in counts("loi", "month") if row["month"] == "2019-05"]
    assert (row["articles"], row["articles_with"], row["share"]) == (2, 1, 0.5)
    assert (row["texts"], row["texts_with"], row["text_share"]) == (1, 1, 1.0)


def test_a_period_between_two_others_has_a_row_without_articles():
    rows = counts("livreurs", "month")
    assert [(row["month"], row["articles"], row["share"]) for row in rows] == [
        ("2019-05", 2, 1.0),
        ("2019-06", 0, None),
        ("2019-07", 1, 1.0),
        ("unknown", 1, 0.0),
    ]
    assert rows[1]["per_100000"] is None


def test_two_groupings_meet_where_there_are_articles():
    rows = counts("livreurs", "month", "outlet")
    assert [(row["month"], row["outlet"]) for row in rows] == [
        ("2019-05", "La Gazette imaginaire"),
        ("2019-05", "Le Courrier de nulle part"),
        ("2019-07", "Octets perdus"),
        ("unknown", "unknown"),
    ]


def test_a_variable_called_like_a_count_does_not_take_its_place():
    articles = STUDY["articles"]
    values = pa.array(
        [["share=petite"] if key == "a1" else [] for key in articles["article_id"].to_pylist()], pa.list_(pa.string())
    )
    place = articles.schema.get_field_index("variables")
    study = STUDY | {"articles": articles.set_column(place, "variables", values)}
    rows = counts("livreurs", "share", study=study)
    assert [(row["share (variable)"], row["share"]) for row in rows] == [("petite", 1.0), ("unknown", pytest.approx(2 / 3))]
    assert list(rows[0]) == ["share (variable)", *attention.COLUMNS]


def test_filters_say_which_articles_and_words_are_counted():
    (row,) = counts("livreurs", "year", filters=Filters(outlets=frozenset(["Octets perdus"]), part="title"))
    assert (row["articles"], row["matches"], row["words"]) == (1, 0, 4)


def test_an_interval_needs_enough_texts_and_is_that_of_shares():
    articles = [{"id": f"a{n}", "outlet": "Feuille", "kind": None, "day": None, "title": "", "body": [["Un clic." if n < 4 else "Un mot."]], "wire": None, "cluster": f"a{n}"} for n in range(11)]  # fmt: skip
    made = small_study.made(articles, {})
    (row,) = counts("clic", "outlet", study=made)
    # Wilson with Student's t of 10 degrees of freedom, for p (1 - p) / v = 10 articles, by hand
    t, p, n = 2.228139, 4 / 11, 10
    centre, half = (p + t * t / 2 / n) / (1 + t * t / n), t / (1 + t * t / n) * (p * (1 - p) / n + t * t / 4 / n / n) ** 0.5
    assert (row["low"], row["high"]) == (pytest.approx(centre - half, abs=1e-5), pytest.approx(centre + half, abs=1e-5))
    (small,) = counts("clic", "outlet", study=made, settings=ThemesSettings(min_group=12))
    assert (small["share"], small["low"], small["high"]) == (p, None, None)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return small_study.write(STUDY, tmp_path_factory.mktemp("results"))


def run(*options):
    return CliRunner().invoke(cli.main, ["kwic", *map(str, options)])


def test_command_prints_groups_and_the_whole(results):
    done = run("livreurs", "--results", results, "--over", "Outlet")
    head, *rows = done.stdout.splitlines()
    assert head.split()[:4] == ["outlet", "matches", "words", "per_100000"]
    assert len(rows) == 4
    assert "in 3 of 4 article(s)" in done.stderr


def test_command_writes_the_same_as_csv_and_draws_it(results, tmp_path):
    drawn = {}
    for over in ("month", "month,outlet"):
        paths = tmp_path / "out.csv", tmp_path / "out.svg"
        done = run("livreurs", "--results", results, "--over", over, "--csv", paths[0], "--svg", paths[1])
        assert (done.exit_code, done.stdout) == (0, "")
        with paths[0].open() as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) == [*over.split(","), *attention.COLUMNS]
        drawn[over] = paths[1].read_text()
    assert Counter(piece in drawn["month"] for piece in ("2019-06", "(2)", "100", "livreurs")) == {True: 4}
    assert "Octets perdus" in drawn["month,outlet"]


def test_a_corpus_where_nothing_is_looked_for_has_no_rows(results, tmp_path):
    done = run("x", "--results", results, "--over", "month", "--since", "2030-01-01", "--csv", tmp_path / "a.csv")
    assert done.exit_code == 0
    assert "0 match(es) in 0 of 0 article(s)" in done.stderr
