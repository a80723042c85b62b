import numpy as np
import pytest

from presstm import form_counts, lexical, tables
from presstm.networks import communities
from presstm.settings import TopicsSettings
from presstm.textometry import classes
from tests.planted import planted
from tests.small_corpus import read_tables

THEMES = {
    "mer": "port bateau vague marin voile quai filet phare houle rame".split(),
    "pain": "four farine pâte levain croûte mie boulanger seigle pétrin sel".split(),
    "rail": "train gare quai wagon voie billet aiguille tunnel signal ballast".split(),
}
COMMON = "jour ville homme femme année place heure monde main matin".split()
SETTINGS = TopicsSettings(groupings=("outlet",), segment_words=8, min_segments=20, min_share=0.1, resamples=3)
BOTH = pytest.mark.parametrize("kind", ["simple", "double"])


def corpus(seed=1, articles=36):
    random = np.random.default_rng(seed)
    names = list(THEMES)
    made = {}
    for i in range(articles):
        theme = names[i % 3]
        words = [[random.choice(THEMES[theme] if random.random() < 0.7 else COMMON) for _ in range(8)] for _ in range(8)]
        made[f"{i:02}"] = {"outlet": f"Le {theme}", "text": " ".join(" ".join(each) + "." for each in words)}
    return made


def emergent(articles, settings=SETTINGS, folder=None):
    read = read_tables(articles)
    counted = lexical.lexical([form_counts.counted(read["tokens"], settings)], read["sentences"], read["reuse"], settings)
    found, numbers = classes.emergent(
        counted, read["sentences"], lexical.groupings(read, counted.corpus, settings.groupings), settings, folder
    )
    tables.check_foreign({name: read[name] for name in ("articles",)} | {"class_segments": found["class_segments"]})
    return found, numbers


def with_kind(kind):
    return SETTINGS.model_copy(update={"classification": kind})


@BOTH
def test_planted_themes_come_back_with_their_words_and_groups(kind):
    found, numbers = emergent(corpus(), with_kind(kind))
    assert numbers["classes"] == 3
    assert numbers["stability"] > 0.6
    themes_of = {}
    for row in found["class_groups"].to_pylist():
        if row["chi2"] > 50:
            themes_of.setdefault(row["class_id"], []).append(row["group"].removeprefix("Le "))
    assert all(len(themes) == 1 for themes in themes_of.values())
    assert {theme for themes in themes_of.values() for theme in themes} == set(THEMES)
    for row in found["class_forms"].to_pylist():
        if row["chi2"] > 20:
            assert row["form"] in THEMES[themes_of[row["class_id"]][0]]


@BOTH
def test_classes_do_not_depend_on_the_order_of_articles(kind):
    articles = corpus()
    shuffled = {key: articles[key] for key in np.random.default_rng(0).permutation(sorted(articles))}
    one, other = emergent(articles, with_kind(kind)), emergent(shuffled, with_kind(kind))
    assert one[1] == other[1]
    for name in classes.TABLES:
        assert one[0][name].equals(other[0][name])


@BOTH
def test_tables_agree_with_each_other(kind):
    found, numbers = emergent(corpus(), with_kind(kind))
    member = [row["class_id"] for row in found["class_segments"].to_pylist()]
    assert len(member) == numbers["segments"]
    assert numbers["unclassified"] == round(member.count(None) / len(member), 3)
    rows = {row["class_id"]: row for row in found["classes"].to_pylist()}
    final = [row for row in rows.values() if row["final"]]
    assert [row["size"] for row in final] == [member.count(row["class_id"]) for row in final]
    assert [row["size"] for row in final] == sorted((row["size"] for row in final), reverse=True)
    for row in rows.values():
        below = [other["size"] for other in rows.values() if other["parent"] == row["class_id"]]
        assert row["final"] == (below == [])
        assert row["final"] or (row["size"] == sum(below) and len(below) >= 2)
    assert [row["parent"] for row in rows.values()].count(None) == 1
    for row in found["class_forms"].to_pylist():
        assert row["share"] == pytest.approx(row["count"] / rows[row["class_id"]]["size"])
        assert (row["chi2"] > 0) == (
            row["count"] / row["total"] > rows[row["class_id"]]["size"] / sum(r["size"] for r in final)
        )


def test_typical_segments_score_higher_than_mixed_ones():
    articles = corpus()
    articles["00"]["text"] = (
        "port bateau vague marin voile filet phare houle. jour ville homme femme année port heure monde. " * 2
    )
    found, _ = emergent(articles, with_kind("simple"))
    scores = [row["score"] for row in found["class_segments"].to_pylist() if row["article_id"] == "00"]
    assert scores[0] > scores[1] > 0


def test_a_small_corpus_is_not_classified_and_says_so():
    found, numbers = emergent({"a": {"text": "port bateau. vague marin."}})
    assert [len(found[name]) for name in classes.TABLES] == [0] * 4
    assert numbers["classes"] == 0
    assert numbers["note"] == "not classified: fewer than 20 segments"
    assert emergent({"a": {"text": ""}})[1]["classes"] == 0


@BOTH
def test_a_corpus_without_themes_gets_no_classes(kind):
    random = np.random.default_rng(5)
    words = [word for theme in THEMES.values() for word in theme] + COMMON
    articles = {f"{i:02}": {"text": " ".join(" ".join(random.choice(words, 8)) + "." for _ in range(8))} for i in range(36)}
    found, numbers = emergent(articles, with_kind(kind))
    assert numbers["classes"] == 0
    assert numbers["unclassified"] == 1
    assert numbers["stability"] is None
    assert "note" in numbers
    assert set(found["class_segments"]["class_id"].to_pylist()) == {None}


@BOTH
@pytest.mark.parametrize("shares", [None, (0.5, 0.25, 0.15, 0.1)])
def test_classes_of_other_sizes_come_back(kind, shares):
    held, article, truth = planted(1500, 4, mixture=0.5, shares=shares, seed=7)
    found = classes.classify(held, article, TopicsSettings(classification=kind)).member
    known = found >= 0
    assert found.max() + 1 == 4
    assert known.mean() > 0.8
    assert communities.adjusted_rand_index(truth[known].tolist(), found[known].tolist()) > 0.9


@BOTH
@pytest.mark.parametrize("themes", [2, 3, 5])
def test_classes_that_share_no_word_are_stable(kind, themes):
    held, article, _ = planted(100 * themes, themes, mixture=1.0, seed=3)
    settings = TopicsSettings(classification=kind, resamples=3)
    found = classes.classify(held, article, settings)
    assert found.member.max() + 1 == themes
    assert classes.stability(held, article, found.member, settings) > 0.9


def test_stability_tells_structure_from_forced_divisions():
    settings = TopicsSettings(classification="simple", shuffles=0, classes=4, resamples=3)
    values = []
    for mixture in (0.5, 0.0):
        held, article, _ = planted(600, 4, mixture=mixture, seed=2)
        values.append(classes.stability(held, article, classes.classify(held, article, settings).member, settings))
    assert values[0] > 0.7
    assert values[1] < 0.3


@BOTH
def test_segments_beyond_the_sample_join_the_class_of_their_words(kind):
    found, numbers = emergent(corpus(articles=60), with_kind(kind).model_copy(update={"max_segments": 200}))
    assert numbers["classes"] == 3
    theme_of = {}
    for row in sorted(found["class_forms"].to_pylist(), key=lambda row: -row["chi2"]):
        theme_of.setdefault(row["class_id"], max(THEMES, key=lambda theme: row["form"] in THEMES[theme]))
    rows = [row for row in found["class_segments"].to_pylist() if int(row["article_id"]) > 30]
    right = [
        row["class_id"] is not None and theme_of[row["class_id"]] == list(THEMES)[int(row["article_id"]) % 3] for row in rows
    ]
    assert np.mean(right) > 0.9


@BOTH
def test_a_classification_from_the_cache_is_the_one_that_was_made(kind, tmp_path, monkeypatch):
    cold = emergent(corpus(), with_kind(kind), tmp_path)
    assert cold == emergent(corpus(), with_kind(kind))
    monkeypatch.setattr(classes, "classify", None)
    assert emergent(corpus(), with_kind(kind), tmp_path) == cold
