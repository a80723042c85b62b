"""figures: sentences and tokens -> the ledger of figures, linked to known facts."""

from presstm import figures, study
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.figures
    found = figures.find(
        study.read("articles"),
        study.read("sentences"),
        study.read("tokens"),
        figures.load_facts(study.model(settings.facts)),
        settings,
    )
    study.write(figures=found)
    study.metrics("figures", figures.metrics(found))


if __name__ == "__main__":
    study.main(main)
