"""report: all tables -> the HTML report."""

from presstm import codebook, facts, files, report, study
from presstm.report import origin
from presstm.study import Study


def main(study: Study) -> None:
    made = report.build(
        report.read(study),
        codebook.load_codebook(study.model(study.settings.themes.codebook)),
        facts.load(study.model(study.settings.figures.facts)).facts,
        study.settings.report,
        origin.of(study),
        study.cache,
    )
    study.metrics("report", files.write_folder(study.out / "report", made))


if __name__ == "__main__":
    study.main(main)
