"""quotes: sentences, tokens and mentions -> quotations with speaker and cue, and terms in guillemets."""

from presstm import quotes, study
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.quotes
    found = quotes.find(
        study.read("articles"),
        study.read("sentences"),
        study.read("tokens"),
        study.read("mentions"),
        study.read("entities"),
        quotes.load_cues(study.model(settings.cues)),
        settings,
    )
    study.write(quotes=found)
    study.metrics("quotes", quotes.metrics(found))


if __name__ == "__main__":
    study.main(main)
