"""network: mentions, quotes, themes and reuse -> co-mention networks, links to themes, outlets that share texts."""

from presstm import network, study
from presstm.study import Study


def main(study: Study) -> None:
    names = ("articles", "mentions", "entities", "sentences", "reuse", "quotes", "theme_sentences")
    found = network.networks({name: study.read(name) for name in names}, study.settings.network)
    study.write(**found.tables)
    study.metrics("network", found.metrics)


if __name__ == "__main__":
    study.main(main)
