"""extract: articles as obtained -> articles, rejects."""

from collections import Counter
from datetime import date, timedelta

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
    if late := extract.dated_after(date.today() + timedelta(days=1), done.articles):
        study.tell(f"extract: {late} articles are dated in the future: extract.latest leaves such days out")
    kept, rejected = len(done.articles), len(done.rejects)
    reasons = dict(sorted(Counter(done.rejects["reason"].to_pylist()).items()))
    study.metrics("extract", {"seen": kept + rejected, "kept": kept, "rejected": rejected, "reasons": reasons})


if __name__ == "__main__":
    study.main(main)
