"""entities: tokens and the gazetteer -> mentions of entities, and entities."""

from presstm import entities, study
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.entities
    files = [study.model(path) for path in (settings.gazetteer, *settings.outlets, settings.first_names)]
    overrides = study.model(settings.overrides)
    corrections = entities.load_overrides(overrides)
    words = study.stream("tokens", ["text"])
    mentions, found = entities.link_all(
        study.spread(entities.work(words, files)),
        study.read("articles", ("article_id", "source")),
        study.read("reuse"),
        files,
        corrections,
        study.spread(entities.forms_work(overrides)) if corrections.rows else (),
        study.tell,
    )
    study.write(mentions=mentions, entities=found)
    study.metrics("entities", entities.metrics(mentions, found))


if __name__ == "__main__":
    study.main(main)
