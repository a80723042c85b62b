"""network: mentions, quotes, themes and reuse -> co-mention networks, links to themes, outlets that share texts."""

from presstm import network, study
from presstm.study import Study


def main(study: Study) -> None:
    read = {name: study.read(name, columns) for name, columns in network.COLUMNS.items()}
    found = network.networks(read, study.settings.network)
    study.write(**found.tables)
    study.metrics("network", found.metrics)


if __name__ == "__main__":
    study.main(main)
