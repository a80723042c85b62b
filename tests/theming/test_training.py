import numpy as np
import pytest
from click.testing import CliRunner
from sklearn.metrics import precision_recall_fscore_support

from presstm import classifier, codebook
from presstm.cli import main
from presstm.theming import model_card, training, wording
from presstm.theming.coding import Coded
from presstm.theming.patterns import compile_pattern


def theme(key: str, word: str) -> codebook.Theme:
    return codebook.Theme(key, {}, {}, {}, (codebook.Rule(word, compile_pattern(word)),))


THEMES = (theme("law", "loi"), theme("rare", "phlogistique"))


@pytest.fixture(scope="module")
def trained():
    texts = [("La loi le dit.", {"law"}), ("Le juge a tranché.", {"law"}), ("Il pleut.", set()), ("Le chat dort.", set())]
    coded = [
        Coded(f"t{n}", f"r{n % 2}", "", "", f"{text} ({n})", frozenset(themes)) for n in range(30) for text, themes in texts
    ]
    return training.train(coded, THEMES)


def test_a_theme_with_few_coded_sentences_is_left_to_the_lexicon(trained):
    model, scores = trained
    assert set(model.weights) == {"law"}
    assert scores["coded"] == {"law": 60, "rare": 0}


def test_the_classifier_finds_what_no_rule_says(trained):
    _, scores = trained
    assert scores["grouped_by_text"]["lexicon"]["law"]["recall"] == 0.5
    found = scores["grouped_by_text"]["both"]["law"]
    assert (found["precision"], found["recall"], found["interval"]) == (1, 1, [1, 1])
    assert set(scores["register_left_out"]["both"]) == {"r0", "r1"}


def test_training_twice_gives_the_same_file(trained):
    texts = [("La loi le dit.", {"law"}), ("Il pleut.", set())]
    coded = [Coded(f"t{n}", "r", "", "", f"{text} ({n})", frozenset(themes)) for n in range(30) for text, themes in texts]
    assert classifier.dumps(training.train(coded, THEMES)[0]) == classifier.dumps(training.train(coded, THEMES)[0])


@pytest.mark.parametrize("heavier", [True, False])
def test_what_weighs_more_decides(heavier):
    coded = [
        Coded(f"t{n}", "r", "", "", "Le chat dort.", frozenset({"law"} if n % 2 else ()), 5 if bool(n % 2) == heavier else 1)
        for n in range(40)
    ]
    rows, _ = training.rows_of(coded, THEMES, wording.vocabulary(["Le chat dort."] * 40))
    codes = np.array(["law" in row.themes for row in coded])
    assert ((training.fit(rows, codes).logits(rows) > 0) == heavier).all()


def test_a_rare_word_that_tells_is_shrunk_less_than_a_frequent_one():
    texts = [("greffe", {"law"})] * 6 + [("juge", {"law"})] * 60 + [("pluie", set())] * 60
    coded = [Coded(f"t{n}", "r", "", "", text, frozenset(themes)) for n, (text, themes) in enumerate(texts)]
    vocabulary = wording.vocabulary(row.sentence for row in coded)
    rows, _ = training.rows_of(coded, THEMES, vocabulary)
    weights = dict(zip(vocabulary, training.fit(rows, np.array(["law" in row.themes for row in coded])).words, strict=True))
    assert weights["greff"] > weights["jug"] > 0 > weights["plui"]


def test_where_the_search_begins_does_not_change_where_it_ends():
    texts = [("La loi le dit.", {"law"}), ("Le juge a tranché.", {"law"}), ("Il pleut.", set()), ("Le chat dort.", set())]
    coded = [Coded(f"t{n}", "r", "", "", f"{text} ({n})", frozenset(themes)) for n in range(10) for text, themes in texts]
    rows, _ = training.rows_of(coded, THEMES, wording.vocabulary(row.sentence for row in coded))
    codes, folds = np.array(["law" in row.themes for row in coded]), np.arange(40) % 4
    near = training.fit(rows, codes)
    given = training.out_of_fold(rows, codes, folds, near)
    assert np.abs(given - training.out_of_fold(rows, codes, folds)).max() < 0.01


def test_the_card_shows_every_theme_and_register(trained):
    card = model_card.write(trained[1])
    both = trained[1]["grouped_by_text"]["both"]
    assert model_card.macro_f1(card, "both", trained[1]["coded"]) == tuple(
        round(v, 2) for v in (both["macro_f1"], *both["macro_interval"])
    )
    assert model_card.macro_f1(card, "both", ["law", "water"]) is None
    assert "| both | law | 1.00 | 1.00 | 1.00 |" in card
    assert "| r1 |" in card
    assert "calibration error of the scores: law 0" in card
    assert "calibration error" not in model_card.write({**trained[1], "calibration_error": {}})


def test_the_card_claims_nothing_of_where_sentences_come_from_and_compares_no_register_with_itself(trained):
    scores = trained[1]
    one = {method: {"": found["r0"]} for method, found in scores["register_left_out"].items()}
    card = model_card.write({**scores, "register_left_out": one})
    assert "register" not in card
    assert not any(words in card for words in ("written for the project", "platforms", "README"))


def test_sentences_that_judge_and_train_at_once_are_counted(trained, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "train", lambda *_: trained)
    (tmp_path / "params.yaml").write_text("themes: {codebook: ours.yml, classifier: ours.json}")
    (tmp_path / "ours.yml").write_text("themes: {law: {rules: [{id: loi, pattern: loi}]}}")
    head = "article_id,sentence_id,source,part,title,previous,sentence,themes,coder,probability\n"
    rows = [f"a,{n},a.txt,body,,,Une phrase.,law,{coder},0.5\n" for n in (1, 2) for coder in ("anne", "luc")]
    for folder in ("coding", "codes"):
        (tmp_path / "corpus" / folder).mkdir(parents=True)
    (tmp_path / "corpus" / "coding" / "all.csv").write_text(head + "".join(rows))
    command = ["train", "--study", str(tmp_path)]
    said = CliRunner().invoke(main, command)
    assert said.stderr == ""
    assert "decided by their rules alone, as fewer than 30 of the sentences carry them, or do not: rare 0" in said.stdout
    (tmp_path / "corpus" / "codes" / "all.csv").write_text(head + "".join(rows[:2]))
    assert CliRunner().invoke(main, command).stderr.startswith("1 of these sentences are in ")


def test_scores_agree_with_scikit_learn():
    random = np.random.default_rng(0)
    codes, found = random.random((2, 200)) < 0.4
    ours = training.evaluate({"t": codes}, {"t": found}, random.integers(0, 20, 200))["t"]
    precision, recall, f1, _ = precision_recall_fscore_support(codes, found, average="binary")
    assert (ours["precision"], ours["recall"], ours["f1"]) == pytest.approx((precision, recall, f1), abs=6e-4)
    assert ours["interval"][0] < ours["f1"] < ours["interval"][1]


def test_calibrated_scores_are_shares():
    random = np.random.default_rng(1)
    logits = random.normal(0, 2, 5000)
    codes = random.random(5000) < 1 / (1 + np.exp(-(1.5 * logits - 1)))
    assert training.calibration(logits, codes) == pytest.approx((1.5, -1), abs=0.15)


def test_the_threshold_is_half_of_the_best_f1():
    codes = np.array([True, True, False, False])
    assert training.threshold(codes, np.array([0.9, 0.8, 0.2, 0.1])) == 0.5
    assert training.threshold(codes, np.array([0.5, 0.5, 0.5, 0.5])) == round(2 / 3 / 2, 3)


def test_beside_rules_the_classifier_decides_from_where_six_in_ten_of_what_it_adds_are_right():
    codes = np.array([True] * 6 + [False] * 4 + [False] * 10)
    scores = np.array([0.5] * 10 + [0.3] * 10)
    rules = np.zeros(20)
    assert training.beside_rules(codes, scores, rules) == pytest.approx(0.32)
    rules[0] = 1.0
    assert training.beside_rules(codes, scores, rules) == 1.0
