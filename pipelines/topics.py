"""topics: sentences and tokens -> specific words of parts of the corpus, factors, and classes of segments."""

from presstm import form_counts, lexical, study, topics
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.topics
    read = {
        "articles": study.read("articles", lexical.columns(settings.groupings, study.settings.extract.variables)),
        "sentences": study.read("sentences"),
        "reuse": study.read("reuse", ("article_id", "representative")),
        "theme_sentences": study.read("theme_sentences", ("article_id", "sentence_id", "theme", "present"), where="present"),
    }
    tokens = study.batches("topics", {"tokens": form_counts.TOKENS})
    found = topics.topics(tokens, read, settings, study.cache)
    study.write(**found.tables)
    study.metrics("topics", found.metrics)


if __name__ == "__main__":
    study.main(main)
