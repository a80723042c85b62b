"""annotate: articles -> sentences and tokens (and quarantine), by the language model."""

from presstm import annotate, study
from presstm.study import Study


def main(study: Study) -> None:
    done = annotate.annotate(
        study.read("articles", ["article_id", "source", "title", "text"]),
        study.settings.annotate,
        study.settings.engine,
        study.cache,
        study.track,
    )
    study.write_parts(("sentences", "tokens"), done.parts())
    study.write(quarantine=done.quarantine)
    study.say(f"annotate: {done.computed} articles computed, {done.cached} taken from the cache")
    if not done.fast:
        study.tell("annotate: the fast configuration changes annotations on this machine; the plain one was used")
    study.metrics(
        "annotate", annotate.metrics(study.read("sentences", ["article_id"]), study.count("tokens"), done.quarantine)
    )


if __name__ == "__main__":
    study.main(main)
