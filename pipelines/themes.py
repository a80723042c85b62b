"""themes: sentences, the codebook and the classifier -> themes per sentence and article, and their shares."""

from presstm import classifier, codebook, codes, study, themes
from presstm.codes import agreement, places
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.themes
    folder = codes.folder_of(study.root, settings.codes)
    tables = sorted(folder.glob("*.csv"))
    path = study.model(settings.codebook)
    book = codebook.load_codebook(path)
    keys = [theme.key for theme in book]
    model = None if settings.method == "lexicon" else study.model(settings.classifier)
    study.write_parts(("theme_sentences",), study.spread(themes.work(path, settings, model, study.cache)))
    places.check(tables, study.stream("articles", places.ARTICLES), study.stream("sentences", places.SENTENCES))
    coded = themes.count(
        study.read("articles", ("article_id", "outlet", "outlet_kind", "access", "published", "variables")),
        study.read("sentences", ("article_id", "sentence_id", "part", "paragraph", "start")),
        study.read("reuse"),
        study.read("theme_sentences"),
        book,
        settings,
        model and classifier.load(model),
        codes.by_hand(folder, keys),
    )
    study.write(
        theme_articles=coded.articles,
        theme_shares=coded.shares,
        theme_pairs=coded.pairs,
        theme_specifications=coded.specifications,
        theme_corrected=coded.corrected,
        theme_quality=coded.quality,
    )
    study.metrics("themes", {**coded.metrics, **agreement.summary(codes.read_codes(tables, keys), keys)})


if __name__ == "__main__":
    study.main(main)
