"""themes: sentences and the codebook -> themes per sentence and article, and their shares."""

from presstm import study, themes
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.themes
    coded = themes.code(
        study.read("articles"),
        study.read("sentences"),
        study.read("reuse"),
        themes.load_codebook(study.model(settings.codebook)),
        settings,
    )
    study.write(
        theme_sentences=coded.sentences,
        theme_articles=coded.articles,
        theme_shares=coded.shares,
    )
    study.metrics("themes", coded.metrics)


if __name__ == "__main__":
    study.main(main)
