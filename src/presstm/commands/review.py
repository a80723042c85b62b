"""presstm entities review, or presstm review: entities to look at by hand, and their corrections."""

from __future__ import annotations

from pathlib import Path

import click

from presstm.commands._options import PATH, STUDY


@click.command("review", short_help="List uncertain names, and take corrections back.")
@STUDY
@click.option("--out", default="review.csv", type=PATH, help="Where to write the list (review.csv).")
@click.option("--import", "reviewed", type=PATH, help="Take the checked rows of this list back.")
def command(folder: Path, out: Path, reviewed: Path | None) -> None:
    """List the entities that want a look, and take corrections back into the study's overrides.

    The list is CSV: a form, what it was taken for, why it is uncertain, one context and the article it is seen in. Correct `name`
    and `label` (PER, ORG, PLATFORM, MEDIA, LOC, MISC, or NONE for no entity), write x into `checked`, and import the file, as any
    spreadsheet saves CSV or text: rows with a mark other than no go into the overrides, which win over everything when the entities
    stage runs again. A `source` limits a row to that article.

    \b
    Examples:
      presstm entities review --out review.csv
      presstm entities review --import review.csv && dvc repro
      presstm review --out review.csv                 the same for short
    """
    from presstm import entities, files, study
    from presstm.naming import review

    ours = study.open_study(folder.resolve())
    settings = ours.settings.entities
    if reviewed is not None:
        text, taken = review.merge(reviewed, ours.model(settings.overrides))
        files.write_text(ours.root / settings.overrides, text)
        click.echo(f"{taken} corrections taken into {folder / settings.overrides}")
        return
    known = entities.load_gazetteer(
        ours.model(settings.gazetteer),
        [ours.model(path) for path in settings.outlets],
        ours.model(settings.first_names),
    )
    rows = review.uncertain(ours.read("articles"), ours.read("tokens"), ours.read("mentions"), ours.read("entities"), known)
    files.write_text(out, review.to_csv(rows))
    click.echo(f"{len(rows)} forms to look at in {out}")
