"""figures: sentences and tokens -> the ledger of figures, linked to known facts, and how these facts change."""

from presstm import figures, mutations, study
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.figures
    articles, facts = study.read("articles"), figures.load_facts(study.model(settings.facts))
    found = figures.find(articles, study.read("sentences"), study.read("tokens"), facts, settings)
    changed = mutations.table(found, articles, facts)
    study.write(figures=found, figure_mutations=changed)
    study.metrics("figures", figures.metrics(found, changed))


if __name__ == "__main__":
    study.main(main)
