from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import tables, themes
from presstm.errors import SettingsError
from presstm.settings import ThemesSettings

CODEBOOK = Path(__file__).parents[1] / "models" / "themes.yml"
SETTINGS = ThemesSettings(bootstrap=200)


def matches(pattern: str, sentence: str, **conditions: list[str]) -> list[str]:
    compiled = {name: tuple(map(themes.compile_pattern, texts)) for name, texts in conditions.items()}
    rule = themes.Rule("r", themes.compile_pattern(pattern), **compiled)
    theme = themes.Theme("t", {}, {}, {}, (rule,))
    return [sentence[hit.start : hit.end] for hit in themes.matcher([theme])(sentence)]


@pytest.mark.parametrize(
    ("pattern", "sentence", "found"),
    [
        ("précaire*", "Une vie PRECAIRE, des vies précaires.", ["PRECAIRE", "précaires"]),
        ("loi|lois", "La loi et les lois, pas les loisirs.", ["loi", "lois"]),
        ("micro travail*", "Le micro-travail et les micro travailleurs.", ["micro-travail", "micro travailleurs"]),
        ("seuil ~2 pauvreté", "sous le seuil de la pauvreté", ["seuil de la pauvreté"]),
        ("seuil ~1 pauvreté", "sous le seuil de la pauvreté", []),
        ("seuil ~2 pauvreté", "le seuil pauvreté", ["seuil pauvreté"]),
        ("*gramme", "un kilogramme", ["kilogramme"]),
        ("*ubéris*", "la désubérisation", ["désubérisation"]),
        ("oeuvre", "la main-d’œuvre", ["œuvre"]),
        ("ia", "l’IA et les médias", ["IA"]),
    ],
)
def test_patterns_match_words(pattern, sentence, found):
    assert matches(pattern, sentence) == found


def test_with_needs_one_of_its_patterns():
    assert matches("statut", "un statut juridique", requires=["juridique", "legal"]) == ["statut"]
    assert matches("statut", "un statut Facebook", requires=["juridique", "legal"]) == []


def test_unless_forbids_all_of_its_patterns():
    assert matches("exploitation", "l'exploitation des coursiers", unless=["exploitation agricole"]) == ["exploitation"]
    assert matches("exploitation", "une exploitation agricole", unless=["exploitation agricole"]) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected `themes:`"),
        ("themes: {a: {rules: []}}", "theme a: needs at least one rule"),
        ("themes: {a: {rules: [{id: x}]}}", "theme a: every rule needs an id and a pattern"),
        ("themes: {a: {rules: [{id: x, pattern: ''}]}}", "theme a, rule x: '' is empty"),
        ("themes: {a: {rules: [{id: x, pattern: '~2 b'}]}}", "theme a, rule x: '~2 b' begins with a gap"),
        ("themes: {a: {rules: [{id: x, pattern: 'b ~2'}]}}", "theme a, rule x: 'b ~2' ends with a gap"),
        ("themes: {a: {rules: [{id: x, pattern: '(b|c)'}]}}", "rule x: '.b|c.' is not a word"),
        ("themes: {a: {rules: [{id: x, pattern: b, when: []}]}}", "rule x: unknown key when"),
        ("themes: {a: {rules: [{id: x, pattern: b, with: b}]}}", "rule x: `with` must be a list"),
        ("themes: {a: {rules: [{id: x, pattern: b}, {id: x, pattern: c}]}}", "rule id x is given twice"),
        ("themes:\n  a: {rules: [{id: x, pattern: b}]}\n  a: {}\n", "line 3: key 'a' is given twice"),
    ],
)
def test_a_mistake_in_the_codebook_is_named(tmp_path, text, message):
    path = tmp_path / "themes.yml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=message):
        themes.load_codebook(path)


def test_the_codebook_that_comes_with_presstm_defines_four_themes_in_two_languages():
    loaded = themes.load_codebook(CODEBOOK)
    assert [theme.key for theme in loaded] == ["precarity", "invisibility", "regulation", "ai"]
    for theme in loaded:
        assert theme.definition["fr"]
        assert theme.definition["en"]


WORDS = [
    "précaire",
    "l’IA",
    "loi",
    "machine",
    "travail",
    "«",
    "!",
    "invisibles",
    "e\u0301",
    "🙂",
    "sans",
    "garantie",
    "ﬁn",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_evidence_points_at_characters_that_its_rule_matches(sentence):
    loaded = themes.load_codebook(CODEBOOK)
    patterns = {(theme.key, rule.id): rule for theme in loaded for rule in theme.rules}
    match = themes.matcher(loaded)
    for hit in match(sentence):
        rule = patterns[hit.theme, hit.rule]
        alone = themes.Theme("t", {}, {}, {}, (themes.Rule("r", rule.pattern),))
        assert next((h.start, h.end) for h in themes.matcher([alone])(sentence[hit.start : hit.end])) == (
            0,
            hit.end - hit.start,
        )


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


LAW = (themes.Theme("law", {}, {}, {}, (themes.Rule("loi", themes.compile_pattern("loi")),)),)


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
    assert coded.metrics == {"sentences": 5, "with_theme": 2, "themes": {"law": 2}}


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
