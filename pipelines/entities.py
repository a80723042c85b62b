"""entities: tokens and the gazetteer -> mentions of entities, and entities."""

from presstm import entities, study
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.entities
    mentions, found = entities.find_all(
        study.batches("words", {"tokens": ("article_id", "text")}),
        study.batches("entities", {"articles": ("article_id", "title", "text"), "sentences": None, "tokens": None}),
        study.read("articles", ("article_id", "source")),
        study.read("reuse"),
        [study.model(path) for path in (settings.gazetteer, *settings.outlets, settings.first_names)],
        entities.load_overrides(study.model(settings.overrides)),
        study.cache,
    )
    study.write(mentions=mentions, entities=found)
    study.metrics("entities", entities.metrics(mentions, found))


if __name__ == "__main__":
    study.main(main)
