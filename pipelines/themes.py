"""themes: sentences, the codebook and the classifier -> themes per sentence and article, and their shares."""

from presstm import classifier, codebook, study, themes
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.themes
    coded = themes.code(
        study.read("articles"),
        study.read("sentences"),
        study.read("reuse"),
        codebook.load_codebook(study.model(settings.codebook)),
        settings,
        model=None if settings.method == "lexicon" else classifier.load(study.model(settings.classifier)),
        folder=study.cache,
    )
    study.write(
        theme_sentences=coded.sentences,
        theme_articles=coded.articles,
        theme_shares=coded.shares,
        theme_pairs=coded.pairs,
        theme_specifications=coded.specifications,
    )
    study.metrics("themes", coded.metrics)


if __name__ == "__main__":
    study.main(main)
