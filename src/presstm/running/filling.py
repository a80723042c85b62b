"""`--shard`: the part of a stage's work that falls to one job, done into the cache of the study."""

from __future__ import annotations

from presstm import annotate, entities, extract, figures, quotes, themes
from presstm.errors import OutputError
from presstm.running import batch_work
from presstm.running.batch_work import Work
from presstm.running.sharding import Filled, Shard
from presstm.study import Study


def fill(study: Study, stage: str, shard: Shard) -> Filled:
    """Compute a shard of a stage that can be spread; writes into the cache and nowhere else, so shards may run at once.

    Raises:
        InputError: as the stage does.
        OutputError: the cache cannot be written.
    """
    if study.cache is None:
        raise OutputError("a shard puts its results into the cache, and this study has none")
    engine_settings = study.settings.engine
    if stage == "extract":
        return extract.fill(study.corpus, study.settings.extract, engine_settings, study.cache, study.track, shard)
    if stage == "annotate":
        articles = study.read("articles", ["article_id", "source", "title", "text"])
        return annotate.fill(articles, study.settings.annotate, engine_settings, study.cache, study.track, shard)
    works = _works(study, stage)
    done = [batch_work.fill(work, study.out, engine_settings, study.cache, study.track, shard) for work in works]
    return max(done, key=lambda filled: filled.computed)  # of the same articles


def _works(study: Study, stage: str) -> list[Work]:
    """What the stage file of a stage that works batch by batch has done, with the settings of the study."""
    settings = study.settings
    if stage == "entities":
        names = (settings.entities.gazetteer, *settings.entities.outlets, settings.entities.first_names)
        words = study.stream("tokens", ["text"])
        overrides = study.model(settings.entities.overrides)
        forms = [entities.forms_work(overrides)] if entities.load_overrides(overrides).rows else []
        return [entities.work(words, [study.model(name) for name in names]), *forms]
    if stage == "quotes":
        return [quotes.work(study.read("entities"), study.model(settings.quotes.cues), settings.quotes)]
    if stage == "figures":
        return [figures.work(study.model(settings.figures.facts))]
    model = None if settings.themes.method == "lexicon" else study.model(settings.themes.classifier)
    return [themes.work(study.model(settings.themes.codebook), settings.themes, model, study.cache)]
