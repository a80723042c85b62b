"""network: mentions of entities -> nodes and edges of co-mention networks."""

from presstm import network, study
from presstm.study import Study


def main(study: Study) -> None:
    nodes, edges = network.build(
        study.read("mentions"),
        study.read("entities"),
        study.read("sentences"),
        study.read("reuse"),
        study.settings.network,
    )
    study.write(nodes=nodes, edges=edges)
    study.metrics("network", network.metrics(nodes, edges))


if __name__ == "__main__":
    study.main(main)
