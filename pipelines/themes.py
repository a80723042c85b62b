"""themes: sentences, the codebook and the classifier -> themes per sentence and article, and their shares."""

from presstm import classifier, codebook, study, themes
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.themes
    path = study.model(settings.codebook)
    model = None if settings.method == "lexicon" else study.model(settings.classifier)
    batches = study.batches("themes", {"articles": ("article_id", "title", "text"), "sentences": None})
    study.write_parts(("theme_sentences",), themes.code_all(batches, path, settings, model, study.cache))
    coded = themes.count(
        study.read("articles", ("article_id", "outlet", "outlet_kind", "access", "published")),
        study.read("sentences"),
        study.read("reuse"),
        study.read("theme_sentences"),
        codebook.load_codebook(path),
        settings,
        model and classifier.load(model),
    )
    study.write(
        theme_articles=coded.articles,
        theme_shares=coded.shares,
        theme_pairs=coded.pairs,
        theme_specifications=coded.specifications,
    )
    study.metrics("themes", coded.metrics)


if __name__ == "__main__":
    study.main(main)
