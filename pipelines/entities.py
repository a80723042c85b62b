"""entities: tokens and the gazetteer -> mentions of entities, and entities."""

from presstm import entities, study
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.entities
    mentions, found = entities.find(
        study.read("articles", ["article_id", "source", "title", "text"]),
        study.read("sentences"),
        study.read("tokens"),
        study.read("reuse"),
        entities.load_gazetteer(
            study.model(settings.gazetteer),
            [study.model(path) for path in settings.outlets],
            study.model(settings.first_names),
        ),
        entities.load_overrides(study.model(settings.overrides)),
    )
    study.write(mentions=mentions, entities=found)
    study.metrics("entities", entities.metrics(mentions, found))


if __name__ == "__main__":
    study.main(main)
