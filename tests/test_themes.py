from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import classifier, codebook, tables, themes
from presstm.settings import ThemesSettings
from presstm.theming.patterns import compile_pattern

CODEBOOK = Path(__file__).parents[1] / "models" / "themes.yml"
SETTINGS = ThemesSettings()


def corpus(texts: dict[str, str], clusters: dict[str, str] | None = None):
    base = {
        "authors": [],
        "language": "fr",
        "access": "full",
        "n_words": 1,
        "method": "text",
        "warnings": [],
        "sha256": "",
    }
    articles = tables.from_rows(
        "articles",
        [
            base | {"article_id": k, "source": k, "title": "", "text": text, "outlet": k[0], "published": date(2019, 5, 24)}
            for k, text in texts.items()
        ],
    )
    sentences = tables.from_rows(
        "sentences",
        [
            {
                "article_id": k,
                "sentence_id": i,
                "part": "body",
                "paragraph": i,
                "start": text.index(part),
                "end": text.index(part) + len(part),
            }
            for k, text in texts.items()
            for i, part in enumerate(text.split("\n\n"))
        ],
    )
    clusters = clusters or {k: k for k in texts}
    reuse = tables.from_rows(
        "reuse",
        [{"article_id": k, "cluster_id": c, "representative": k == c, "wire": None} for k, c in clusters.items()],
    )
    return articles, sentences, reuse


LAW = (codebook.Theme("law", {}, {}, {}, (codebook.Rule("loi", compile_pattern("loi")),)),)


def test_code_counts_sentences_articles_and_clusters():
    articles, sentences, reuse = corpus(
        {"a1": "La loi.\n\nRien.", "a2": "La loi.", "b1": "Rien.", "b2": "Rien."},
        {"a1": "a1", "a2": "a1", "b1": "b1", "b2": "b2"},
    )
    coded = themes.code(articles, sentences, reuse, LAW, SETTINGS)
    assert [(r["article_id"], r["share"], r["present"]) for r in coded.articles.to_pylist()] == [
        ("a1", 0.5, True), ("a2", 1.0, True), ("b1", 0.0, False), ("b2", 0.0, False),
    ]  # fmt: skip
    shares = {(r["grouping"], r["group"], r["weighting"]): (r["n"], r["share"]) for r in coded.shares.to_pylist()}
    assert shares["all", "all", "article"] == (4, 0.5)
    assert shares["all", "all", "cluster"] == (3, pytest.approx(1 / 3))
    assert shares["outlet", "a", "cluster"] == (1, 1.0)
    assert shares["month", "2019-05", "article"] == (4, 0.5)
    assert coded.sentences["evidence"].to_pylist()[0] == [{"rule": "loi", "start": 3, "end": 6}]
    counted = {"sentences": 5, "with_theme": 2, "themes": {"law": 2}, "decided_by": {"law": "lexicon"}}
    assert coded.metrics == {**counted, "coded_by_hand": 0}


def test_intensity_is_the_mean_share_of_sentences_and_a_cluster_has_those_of_all_its_articles():
    texts = {"a1": "La loi.\n\nRien.\n\nPeu.\n\nMoins.", "a2": "La loi.", "b1": "Rien.", "b2": "Rien.\n\nLa loi."}
    articles, sentences, reuse = corpus(texts, {"a1": "a1", "a2": "a1", "b1": "b1", "b2": "b2"})
    coded = themes.code(articles, sentences, reuse, LAW, ThemesSettings(min_group=2))
    found = {(r["grouping"], r["group"], r["weighting"]): r for r in coded.shares.to_pylist()}
    assert found["all", "all", "article"]["intensity"] == pytest.approx((1 / 4 + 1 + 0 + 1 / 2) / 4)
    assert found["all", "all", "cluster"]["intensity"] == pytest.approx((2 / 5 + 0 + 1 / 2) / 3)
    assert found["outlet", "a", "cluster"]["intensity"] == pytest.approx(2 / 5)
    assert found["outlet", "a", "cluster"]["intensity_low"] is None
    whole = found["all", "all", "cluster"]
    assert 0 <= whole["intensity_low"] < whole["intensity"] < whole["intensity_high"] <= 1


def test_articles_without_sentences_have_no_intensity():
    articles, sentences, reuse = corpus({"a": "La loi.", "b": "Rien."})
    coded = themes.code(articles, sentences.slice(0, 1), reuse, LAW, SETTINGS)  # the one sentence of a
    found = {(r["group"], r["weighting"]): r for r in coded.shares.to_pylist() if r["grouping"] == "outlet"}
    assert found["b", "article"]["intensity"] is None
    assert found["a", "article"]["intensity"] == 1.0


def test_small_groups_get_no_interval():
    articles, sentences, reuse = corpus({f"a{i}": "La loi." if i % 2 else "Rien." for i in range(5)} | {"b": "Rien."})
    shares = themes.code(articles, sentences, reuse, LAW, SETTINGS).shares.to_pylist()
    known = {(r["grouping"], r["group"], r["weighting"]): (r["low"], r["high"]) for r in shares}
    assert known["outlet", "b", "article"] == (None, None)
    low, high = known["outlet", "a", "cluster"]
    assert 0 <= low < 0.4 < high <= 1


def test_an_empty_corpus_gives_empty_tables():
    empty = {name: tables.empty(name) for name in ("articles", "sentences", "reuse")}
    coded = themes.code(empty["articles"], empty["sentences"], empty["reuse"], LAW, SETTINGS)
    assert len(coded.sentences) == len(coded.articles) == len(coded.shares) == 0


@given(st.permutations(range(6)))
def test_order_of_rows_does_not_matter(order):
    articles, sentences, reuse = corpus({f"a{i}": "La loi." if i % 2 else "Rien.\n\nLa loi dit." for i in range(6)})
    shuffled = themes.code(
        articles.take(order), sentences.take([*order, *range(6, len(sentences))]), reuse.take(order), LAW, SETTINGS
    )
    straight = themes.code(articles, sentences, reuse, LAW, SETTINGS)
    assert shuffled.sentences.equals(straight.sentences)
    assert shuffled.shares.equals(straight.shares)


def known(threshold: float) -> classifier.Model:
    """A classifier of LAW that gives every sentence the score 0.5."""
    names = classifier.names(LAW)
    both = {"classifier": threshold, "both": threshold}
    return classifier.Model(
        {"law": classifier.fingerprint(LAW[0])},
        names,
        {"law": np.zeros(len(names))},
        (),
        {"law": np.zeros(0)},
        {"law": 0.0},
        {"law": both},
    )


@pytest.mark.parametrize(
    ("method", "threshold", "present"),
    [
        ("lexicon", 0.5, [True, False]),
        ("classifier", 0.5, [True, True]),
        ("classifier", 0.6, [False, False]),
        ("both", 0.6, [True, False]),
    ],
)
def test_the_method_says_who_decides(method, threshold, present):
    settings = ThemesSettings(method=method)
    coded = themes.code(*corpus({"a": "La loi.\n\nRien."}), LAW, settings, known(threshold))
    assert coded.sentences["present"].to_pylist() == present
    assert coded.metrics["decided_by"] == {"law": method}


def test_what_the_classifier_codes_without_a_rule_points_at_the_sentence():
    coded = themes.code(*corpus({"a": "La loi.\n\nRien."}), LAW, ThemesSettings(), known(0.5))
    assert coded.sentences["evidence"].to_pylist() == [
        [{"rule": "loi", "start": 3, "end": 6}],
        [{"rule": "classifier", "start": 9, "end": 14}],
    ]


def test_the_lexicon_decides_for_a_theme_that_was_defined_anew():
    anew = (codebook.Theme("law", {}, {"fr": "autre chose"}, {}, LAW[0].rules),)
    coded = themes.code(*corpus({"a": "La loi.\n\nRien."}), anew, ThemesSettings(), known(0.1))
    assert coded.sentences["present"].to_pylist() == [True, False]
    assert coded.metrics["decided_by"] == {"law": "lexicon"}
