"""`--shard`: the part of a stage's work that falls to one job, done into the cache of the study."""

from __future__ import annotations

from presstm import annotate, extract
from presstm.errors import OutputError
from presstm.sharding import Filled, Shard
from presstm.study import Study


def fill(study: Study, stage: str, shard: Shard) -> Filled:
    """Compute a shard of stage extract or annotate; writes into the cache and nowhere else, so shards may run at once.

    Raises:
        InputError: as the stage does.
        OutputError: the cache cannot be written.
    """
    if study.cache is None:
        raise OutputError("a shard puts its results into the cache, and this study has none")
    engine_settings = study.settings.engine
    if stage == "extract":
        return extract.fill(study.corpus, study.settings.extract, engine_settings, study.cache, study.track, shard)
    articles = study.read("articles", ["article_id", "source", "title", "text"])
    return annotate.fill(articles, study.settings.annotate, engine_settings, study.cache, study.track, shard)
