"""Train the classifier of themes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from presstm.commands._options import PATH, STUDY


@click.command("train", short_help="Train the classifier of themes on coded sentences.")
@click.argument("coded", nargs=-1, type=PATH)
@STUDY
@click.option("--metrics", type=PATH, help="Also write all scores to this JSON file.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def command(coded: tuple[Path, ...], folder: Path, metrics: Path | None, quiet: bool) -> None:
    """Train the classifier of themes on CODED, CSV files of coded sentences (default: corpus/coding/*.csv of the study).

    Writes the model to the place that params.yaml names (themes.classifier) and its card, with scores on texts it was not
    trained on, beside it. A theme with too few coded sentences gets no classifier: its rules decide.

    \b
    Examples:
      presstm train
      presstm train my-codes.csv --study my-study
    """
    from presstm import classifier, codebook, files, study
    from presstm.errors import InputError
    from presstm.theming import coding, model_card, training

    ours = study.open_study(folder.resolve())
    paths = coded or tuple(sorted((ours.root / "corpus" / "coding").glob("*.csv")))
    if not paths:
        raise InputError(f"no coded sentences: {ours.root / 'corpus' / 'coding'} holds no CSV file")
    themes = codebook.load_codebook(ours.model(ours.settings.themes.codebook))
    sentences = coding.read(paths, [theme.key for theme in themes])
    if not sentences:
        raise InputError(f"no coded sentences in {', '.join(map(str, paths))}")
    model, scores = training.train(sentences, themes, ours.cache)
    target = ours.root / ours.settings.themes.classifier
    files.write_text(target, classifier.dumps(model))
    files.write_text(target.with_suffix(".md"), model_card.write(scores))
    if metrics:
        files.write_json(metrics, scores)
    if not quiet:
        both = scores["grouped_by_text"]["both"]
        click.echo(
            f"{target}: {len(model.weights)} themes, {len(sentences)} sentences, macro-F1 out of fold {both['macro_f1']}"
        )
        if few := [f"{theme} {count}" for theme, count in scores["coded"].items() if theme not in model.weights]:
            click.echo(
                f"decided by their rules alone, as fewer than {training.MIN_CODED} of the sentences carry them, or do not: {', '.join(few)}"
            )
        codes = ours.root / ours.settings.themes.codes
        if shared := len(_keys(paths) & _keys(codes.glob("*.csv"))):
            click.echo(
                f"{shared} of these sentences are in {codes} too: corrected shares, and `presstm code evaluate`, flatter a "
                "classifier that was trained on them; leave in one folder what is not in the other",
                err=True,
            )


def _keys(paths: Iterable[Path]) -> set[tuple[str, str]]:
    """The sentences of tables of `presstm code import`."""
    from presstm.spreadsheets import read_rows

    rows = (row for path in paths for _, row in read_rows(path, ()))
    return {(row["article_id"], row["sentence_id"]) for row in rows if {"article_id", "sentence_id"} <= row.keys()}
