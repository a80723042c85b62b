"""Cooccurrents of a pattern: counted beside its matches, tested exactly, and led back to their sentences."""

from math import comb, log10

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from presstm import cli, cooccurrents, kwic, tables
from presstm.kwic import Filters, Query
from presstm.settings import TopicsSettings
from tests import small_study

SETTINGS = TopicsSettings(unit="form", pos=(), min_count=1, q_max=1)
NIGHT = [
    "le clic de nuit fatigue",
    "la nuit tombe",
    "un clic de nuit",
    "le jour se lève",
    "un jour de marché",
    "le marché du jour",
]


def study(*articles, clusters=None):
    """Tables of articles given as lists of sentences without marks, one paragraph each, every word a token of its own."""
    made = small_study.made(
        [
            {"id": f"a{n}", "outlet": f"Feuille {n}", "kind": None, "day": None, "title": "", "body": [[s] for s in body], "wire": None, "cluster": (clusters or {}).get(n, f"a{n}")}
            for n, body in enumerate(articles)
        ]
    )  # fmt: skip
    texts = dict(zip(made["articles"]["article_id"].to_pylist(), made["articles"]["text"].to_pylist(), strict=True))
    rows = []
    for sentence in made["sentences"].to_pylist():
        at, place = sentence["start"], {"article_id": sentence["article_id"], "sentence_id": sentence["sentence_id"]}
        for number, word in enumerate(texts[sentence["article_id"]][at : sentence["end"]].split(" ")):
            rows.append({**place, "token_id": number, "start": at, "text": word, "lemma": word, "pos": "X", "morph": "", "dep": "dep", "head": 0, "ent": ""})  # fmt: skip
            at += len(word) + 1
    return made | {"tokens": tables.from_rows("tokens", rows)}


def found_beside(pattern, made, filters=None, settings=SETTINGS):
    lines = kwic.lines(made["articles"], made["sentences"], Query(pattern), filters)
    sentences = kwic.places(made["articles"], made["sentences"], filters or Filters())
    rows = cooccurrents.cooccurrents(lines, sentences, made["tokens"], made["reuse"], settings)
    return {row["form"]: row for row in rows}


def tail(count, total, part, corpus):
    """Probability of `count` or more of `total` in `part` words of `corpus`, by counting."""
    ways = sum(comb(total, k) * comb(corpus - total, part - k) for k in range(count, min(total, part) + 1))
    return ways / comb(corpus, part)


def test_words_beside_the_matches_are_counted_and_tested_exactly():
    night = found_beside("clic", study(NIGHT))["nuit"]
    assert (night["count"], night["total"], night["part_size"], night["corpus_size"]) == (2, 3, 7, 22)
    assert night["specificity"] == pytest.approx(-log10(tail(2, 3, 7, 22)), abs=1e-6)


def test_the_match_itself_is_no_word_beside_it():
    rows = found_beside("clic de nuit", study(NIGHT))
    assert "clic" not in rows
    assert rows["nuit"]["total"] == 1


def test_a_word_that_the_matches_avoid_comes_last():
    assert list(found_beside("clic", study(NIGHT)))[-1] == "jour"


def test_a_text_printed_twice_counts_once():
    rows = found_beside("clic", study(NIGHT, NIGHT, clusters={1: "a0"}))
    assert rows == found_beside("clic", study(NIGHT))


def test_filters_say_what_the_sentences_are_compared_with():
    both = study(NIGHT, ["la nuit est longue", "la nuit est noire"])
    assert found_beside("clic", both)["nuit"]["total"] == 5
    assert found_beside("clic", both, Filters(outlets=frozenset(["Feuille 0"])))["nuit"]["total"] == 3


@given(st.permutations(range(len(NIGHT))))
def test_order_of_sentences_does_not_matter(order):
    assert found_beside("clic", study([NIGHT[n] for n in order])) == found_beside("clic", study(NIGHT))


def test_lines_with_a_form_are_as_many_sentences_as_it_counts():
    made = study(NIGHT)
    lines = kwic.lines(made["articles"], made["sentences"], Query("clic"))
    assert [line.left for line in cooccurrents.lines_with("FATIGUE", lines, made["tokens"], SETTINGS)] == ["le"]
    assert cooccurrents.lines_with("clic", lines, made["tokens"], SETTINGS) == []
    assert len(cooccurrents.lines_with("nuit", lines, made["tokens"], SETTINGS)) == 2


def test_lines_without_a_form_are_all_the_others():
    made = study(NIGHT)
    lines = kwic.lines(made["articles"], made["sentences"], Query("clic"))
    held = cooccurrents.lines_with("fatigue", lines, made["tokens"], SETTINGS)
    others = cooccurrents.lines_with("fatigue", lines, made["tokens"], SETTINGS, without=True)
    assert sorted([*held, *others]) == sorted(lines)
    assert [line.left.split()[-1] for line in others] == ["un"]


def test_a_form_that_is_no_lemma_is_looked_for_as_printed():
    made = study(["des trains partent", "des trains roulent"])
    lemmas = [{"trains": "train", "partent": "partir", "roulent": "rouler"}.get(text, text) for text in made["tokens"]["text"].to_pylist()]  # fmt: skip
    tokens = made["tokens"].set_column(made["tokens"].column_names.index("lemma"), "lemma", [lemmas])
    lines = kwic.lines(made["articles"], made["sentences"], Query("trains"))
    by_lemma = TopicsSettings(unit="lemma", pos=())
    for form in ("partir", "partent"):
        assert len(cooccurrents.lines_with(form, lines, tokens, by_lemma)) == 1
    assert cooccurrents.lines_with("partons", lines, tokens, by_lemma) == []
    assert cooccurrents.lines_with("partons", lines, tokens, by_lemma, without=True) == lines


@pytest.fixture
def results(tmp_path):
    small_study.write(study(NIGHT * 3), tmp_path)
    (tmp_path / "params.yaml").write_text("topics: {unit: form, pos: [], min_count: 1, q_max: 1}\n")
    return tmp_path


def run(*options):
    return CliRunner().invoke(cli.main, ["kwic", *map(str, options)])


def test_command_prints_a_line_for_every_form(results):
    done = run("clic", "--results", results, "--cooccurrents")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].split() == ["form", "count", "total", "articles", "specificity", "q"]
    assert "beside 6 match(es)" in done.stderr


def test_command_writes_all_columns_as_csv(results):
    done = run("clic", "--results", results, "--cooccurrents", "--csv", results / "out.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (results / "out.csv").read_text().splitlines()[0] == ",".join(cooccurrents.COLUMNS)


def test_command_leads_from_a_form_to_its_lines(results):
    assert "3 line(s)" in run("clic", "--results", results, "--with", "fatigue").stderr
    nowhere = run("clic", "--results", results, "--with", "fatigues")
    assert nowhere.stderr.splitlines() == [
        "no match has 'fatigues' beside it, as lemma or as printed",
        "0 line(s) in 0 article(s)",
    ]


def test_no_page_of_cooccurrents_is_refused_in_one_line(results):
    done = run("clic", "--results", results, "--cooccurrents", "--html", results / "out.html")
    assert done.exit_code == 1
    assert done.stderr.startswith("presstm: --cooccurrents")
    assert done.stderr.count("\n") == 1
