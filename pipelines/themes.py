"""themes: sentences, the codebook and the classifier -> themes per sentence and article, and their shares."""

from presstm import classifier, codebook, codes, study, themes
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.themes
    book = codebook.load_codebook(study.model(settings.codebook))
    coded = themes.code(
        study.read("articles"),
        study.read("sentences"),
        study.read("reuse"),
        book,
        settings,
        model=None if settings.method == "lexicon" else classifier.load(study.model(settings.classifier)),
        folder=study.cache,
        by_hand=codes.by_hand(study.root / settings.codes, [theme.key for theme in book]),
    )
    study.write(
        theme_sentences=coded.sentences,
        theme_articles=coded.articles,
        theme_shares=coded.shares,
        theme_pairs=coded.pairs,
        theme_specifications=coded.specifications,
        theme_corrected=coded.corrected,
    )
    study.metrics("themes", coded.metrics)


if __name__ == "__main__":
    study.main(main)
