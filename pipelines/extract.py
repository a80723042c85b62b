"""extract: articles as obtained -> articles, rejects."""

from collections import Counter

from presstm import extract, study, variables
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.extract
    done = extract.extract_corpus(
        study.corpus,
        [study.model(name) for name in settings.outlets],
        settings,
        study.settings.engine,
        study.cache,
        study.track,
    )
    study.write(articles=done.articles, rejects=done.rejects)
    study.say(f"extract: {done.computed} files read, {done.cached} taken from the cache")
    if missing := variables.missing(settings.variables, done.articles):
        study.tell(f"extract: no article has {', '.join(missing)} (extract.variables)")
    kept, rejected = len(done.articles), len(done.rejects)
    reasons = dict(sorted(Counter(done.rejects["reason"].to_pylist()).items()))
    study.metrics("extract", {"seen": kept + rejected, "kept": kept, "rejected": rejected, "reasons": reasons})


if __name__ == "__main__":
    study.main(main)
