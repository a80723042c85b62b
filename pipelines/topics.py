"""topics: sentences and tokens -> specific words of parts of the corpus, factors, and classes of segments."""

from presstm import files, study, topics
from presstm.study import Study


def main(study: Study) -> None:
    read = {name: study.read(name) for name in ("articles", "sentences", "reuse", "theme_sentences")}
    tokens = study.read("tokens", ("article_id", "sentence_id", "text", "lemma", "pos"))
    found = topics.topics({**read, "tokens": tokens}, study.settings.topics, study.cache)
    study.write(**found.tables)
    files.write_folder(study.out / "topics", found.figures)
    study.metrics("topics", found.metrics)


if __name__ == "__main__":
    study.main(main)
