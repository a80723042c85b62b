"""reuse: articles -> clusters of one text, the passages they share, and the agency each credits."""

from presstm import credits, reuse, study
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.reuse
    found, passages = reuse.find(
        study.read("articles", reuse.COLUMNS),
        credits.agencies(study.model(path) for path in settings.outlets),
        settings,
    )
    study.write(reuse=found, reuse_passages=passages)
    study.metrics("reuse", reuse.metrics(found))


if __name__ == "__main__":
    study.main(main)
