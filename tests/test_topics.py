import numpy as np
import pytest

from presstm import form_counts, schemas, tables, topics
from presstm.errors import SettingsError
from presstm.settings import TopicsSettings
from tests import small_study
from tests.small_corpus import read_tables
from tests.textometry.test_classes import corpus

NAMES = ("articles", "sentences", "tokens", "reuse", "theme_sentences")
SETTINGS = TopicsSettings(
    groupings=("outlet", "theme"), segment_words=8, min_segments=20, min_share=0.1, resamples=2, permutations=2
)


THEMES = {"mer": "port", "terre": "four"}


def made(read, settings, folder=None):
    return topics.topics([{"tokens": read["tokens"].select(form_counts.TOKENS)}], read, settings, folder)


@pytest.fixture(scope="module")
def found():
    return made(read_tables(corpus(), themes=THEMES), SETTINGS)


def test_all_tables_keep_their_contract(found):
    assert set(found.tables) == {name for name, spec in schemas.TABLES.items() if spec.stage == "topics"}
    for name, table in found.tables.items():
        assert len(table) > 0
        assert tables.conform(name, table).equals(table)


def test_the_same_corpus_in_another_order_gives_the_same_in_all(found):
    articles = corpus()
    shuffled = {key: articles[key] for key in np.random.default_rng(4).permutation(sorted(articles))}
    again = made(read_tables(shuffled, themes=THEMES), SETTINGS)
    assert again.metrics == found.metrics
    assert all(again.tables[name].equals(table) for name, table in found.tables.items())


def test_no_text_is_published_but_single_forms(found):
    columns = {column for table in found.tables.values() for column in table.column_names}
    assert "text" not in columns
    assert not [form for form in found.tables["class_forms"]["form"].to_pylist() if " " in form]


def test_a_small_study_gives_tables_without_classes():
    read = small_study.made()
    small = made({name: read[name] for name in NAMES}, TopicsSettings())
    assert len(small.tables["classes"]) == 0
    assert small.metrics["note"].startswith("not classified")


def test_a_corpus_without_articles_gives_empty_tables():
    empty = made({name: tables.empty(name) for name in NAMES}, TopicsSettings())
    assert all(len(table) == 0 for table in empty.tables.values())


def test_an_unknown_grouping_is_a_mistake_of_the_settings():
    with pytest.raises(SettingsError, match="unknown grouping journal"):
        made(read_tables(corpus()), SETTINGS.model_copy(update={"groupings": ("journal",)}))


def test_a_second_run_with_the_cache_gives_the_same_and_counts_nothing_again(tmp_path, found, monkeypatch):
    read = read_tables(corpus(), themes=THEMES)
    cold = made(read, SETTINGS, tmp_path)
    monkeypatch.setattr(form_counts, "counted", None)
    warm = made(read, SETTINGS, tmp_path)
    for again in (cold, warm):
        assert again.metrics == found.metrics
        assert all(again.tables[name].equals(table) for name, table in found.tables.items())
