"""quotes: sentences, tokens and mentions -> quotations with speaker and cue, and terms in guillemets."""

from presstm import quotes, study
from presstm.study import Study


def main(study: Study) -> None:
    settings = study.settings.quotes
    found = study.spread(quotes.work(study.read("entities"), study.model(settings.cues), settings))
    study.write_parts(("quotes",), found)
    study.metrics("quotes", quotes.metrics(study.read("quotes", ("kind", "speaker"))))


if __name__ == "__main__":
    study.main(main)
