"""The lexicon: words with their frequencies, in all and in groups."""

import csv

import pytest
from click.testing import CliRunner

from presstm import cli, lexicon
from tests import small_study
from tests.test_cooccurrents import study

MADE = study(["le train part", "le train roule", "L’ a train 22 !"], ["un car part"], ["le train part"], clusters={2: "a0"})
WORDS = lexicon.words_of(MADE["tokens"])


def rows(by="form", **options):
    return {row["form"]: row for row in lexicon.lexicon(WORDS, by, **options).rows}


def test_words_are_counted_with_their_articles_and_density():
    found = rows()
    assert (found["train"]["count"], found["train"]["articles"]) == (4, 2)
    assert found["train"]["per_100000"] == pytest.approx(100_000 * 4 / 16)
    assert "l'" in found
    assert "22" in found
    assert "!" not in found


def test_the_most_frequent_come_first_and_ties_by_form():
    assert list(rows())[:4] == ["train", "le", "part", "22"]


def test_a_corpus_is_described_by_its_words_forms_and_hapaxes():
    whole = lexicon.lexicon(WORDS, "form", pattern="train")
    assert (whole.occurrences, whole.forms, whole.hapax, whole.articles) == (16, 9, 6, 3)
    assert [row["form"] for row in whole.rows] == ["train"]


def test_a_pattern_and_parts_of_speech_choose_rows():
    assert list(rows(pattern="CA*")) == ["car"]
    assert rows(pos=["NOUN"]) == {}
    assert list(rows("pos")) == ["X"]


def test_each_group_has_a_count_and_an_article_may_be_in_several():
    found = rows(groups={"a0": ["est", "nord"], "a1": ["sud"], "a2": ["nord"]})
    assert [found["train"][name] for name in ("est", "nord", "sud")] == [3, 4, 0]
    assert [found["car"][name] for name in ("est", "nord", "sud")] == [0, 0, 1]


def test_a_group_that_is_called_like_a_column_has_one_of_its_own():
    found = rows(groups={"a0": ["count"], "a1": ["words"], "a2": ["count"]})
    assert (found["train"]["count"], found["train"]["count*"], found["train"]["words*"]) == (4, 4, 0)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return small_study.write(MADE, tmp_path_factory.mktemp("results"))


def run(results, *options):
    return CliRunner().invoke(cli.main, ["words", *map(str, options), "--results", str(results)])


def test_command_counts_a_text_that_two_outlets_print_once(results):
    done = run(results, "train")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].split()[:3] == ["train", "X", "3"]
    assert done.stderr == "1 row(s); 13 words, 9 different, 6 once, in 2 text(s)\n"


def test_command_counts_a_part_of_the_corpus_and_shows_its_first_rows(results):
    done = run(results, "--outlet", "Feuille 1", "--top", 2)
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr.startswith("2 of 3 rows (--top, --csv); 3 words")


def test_command_writes_a_lexical_table(results, tmp_path):
    done = run(results, "--over", "outlet", "--min-count", 2, "--csv", tmp_path / "out.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    with (tmp_path / "out.csv").open() as file:
        found = {row["form"]: row for row in csv.DictReader(file)}
    assert set(found) == {"train", "le", "part"}
    assert (found["part"]["Feuille 0"], found["part"]["Feuille 1"]) == ("1", "1")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--pos", "NOM"], "presstm: no word is of part of speech NOM (known: X)"),
        (["--over", "mois"], "presstm: articles cannot be grouped by 'mois'"),
        (["train", "--terms"], "presstm: --terms lists noun phrases"),
        (["train de"], "presstm: a pattern of `words` is one word, not 'train de'"),
        (["%"], "presstm: a pattern of `words` is one word, not '%'"),
        (["[ADJ]"], "presstm: parts of speech are chosen by --pos here, not by a pattern as '[ADJ]'"),
    ],
)
def test_what_a_user_can_get_wrong_is_one_line(results, options, message):
    done = run(results, *options)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(message)
