"""figures: sentences and tokens -> the ledger of figures, linked to known facts, and how these facts change."""

from presstm import figures, mutations, study
from presstm.study import Study


def main(study: Study) -> None:
    path = study.model(study.settings.figures.facts)
    study.write_parts(("figures",), study.spread(figures.work(path)))
    found = study.read("figures")
    about = study.read("articles", ("article_id", "outlet", "published"))
    changed = mutations.table(found, about, figures.load_facts(path))
    study.write(figure_mutations=changed)
    study.metrics("figures", figures.metrics(found, changed))


if __name__ == "__main__":
    study.main(main)
