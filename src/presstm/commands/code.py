"""presstm code: draw sentences, send them to coders, take their codes back, and say what they are worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from presstm.commands._options import PATH, STUDY

_FORMATS = ("csv", "label-studio", "doccano", "inception")
_DRAWN = Path("coding/sample.csv")
_SAMPLE = click.option("--sample", "sample_file", default=_DRAWN, type=PATH, help=f"The sample (default: {_DRAWN}).")
_RESAMPLES = click.option("--bootstrap", default=1000, type=click.IntRange(100, 100_000), help="Samples for the intervals.")
_SEED = click.option("--seed", default=20190524, help="Of the random generator.")


@click.group("code", short_help="Draw sentences for coders, take their codes back, agreement and quality.")
def command() -> None:
    """Coding by hand: a random sample of sentences, its way to coders and back, their agreement, the pipeline's quality.

    \b
    Examples:
      presstm code sample --size 300
      presstm code export csv --out coding
      presstm code import csv anne.csv --coder anne --out corpus/codes/anne.csv
      presstm code agree corpus/codes/*.csv
      presstm code evaluate corpus/codes/*.csv
    """


@command.command("sample")
@STUDY
@click.option("--size", default=300, show_default=True, type=click.IntRange(1), help="Number of sentences.")
@click.option("--by", default="outlet,score,month", show_default=True, help="Strata: some of outlet, score, month.")
@click.option(
    "--balance",
    default=0.5,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="0: all alike; 1: same number per score band.",
)
@_SEED
@click.option("--out", default=_DRAWN, type=PATH, help=f"Where to write it (default: {_DRAWN}).")
def sample_command(folder: Path, size: int, by: str, balance: float, seed: int, out: Path) -> None:
    """Draw sentences at random, stratified, with known probabilities. The file is not for coders: it tells the strata.

    \b
    Example:
      presstm code sample --size 300 --by outlet,score
    """
    from presstm import files, study
    from presstm.codes import sample
    from presstm.errors import SettingsError

    strata = [name.strip() for name in by.split(",") if name.strip()]
    if unknown := [name for name in strata if name not in sample.STRATA]:
        raise SettingsError(f"--by {unknown[0]}: known are {', '.join(sample.STRATA)}")
    ours = study.open_study(folder.resolve())
    articles, sentences, coded = (ours.read(name) for name in ("articles", "sentences", "theme_sentences"))
    items = sample.draw(articles, sentences, coded, size, strata, balance, seed)
    files.write_bytes(out, sample.to_csv(items))
    click.echo(f"{len(items)} sentences in {out}")


@command.command("export", short_help="Write the sample for coders, with the definitions.")
@click.argument("kind", metavar="FORMAT", type=click.Choice(_FORMATS))
@STUDY
@_SAMPLE
@click.option("--predictions", is_flag=True, help="Show what the pipeline says: faster, but coders lean towards it.")
@click.option("--out", default="coding", type=PATH, help="Folder for the files (default: coding).")
def export_command(kind: str, folder: Path, sample_file: Path, predictions: bool, out: Path) -> None:
    """Write the sample for coders: csv, label-studio, doccano or inception; and the definitions of the themes as codebook.md.

    \b
    Example:
      presstm code export label-studio --out coding
    """
    from presstm import codebook, files, study
    from presstm.codes import formats, guide, sample, uima

    ours = study.open_study(folder.resolve())
    items = list(sample.read(sample_file).values())
    book = codebook.load_codebook(ours.model(ours.settings.themes.codebook))
    themes = [theme.key for theme in book]
    shown: dict[str, list[str]] = {}
    if predictions:
        for row in ours.read("theme_sentences", ["article_id", "sentence_id", "theme", "present"]).to_pylist():
            given = shown.setdefault(f"{row['article_id']}:{row['sentence_id']}", [])
            given += [row["theme"]] if row["present"] else []
    writers = (formats.to_csv, formats.to_label_studio, formats.to_doccano, uima.to_xmi)
    made = writers[_FORMATS.index(kind)](items, themes, shown)
    made |= {"codebook.md": guide.markdown(book, ours.settings.report.language).encode()}
    for name, data in made.items():
        files.write_bytes(out / name, data)
    click.echo(f"{len(items)} sentences in {', '.join(str(out / name) for name in made)}")


@command.command("import", short_help="Take coded files back into one table of codes.")
@click.argument("kind", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.argument("coded", nargs=-1, required=True, type=PATH)
@STUDY
@_SAMPLE
@click.option("--coder", help="Who coded, where the file does not say (default: the name of the file).")
@click.option("--out", required=True, type=PATH, help="The table of codes to write (CSV).")
def import_command(
    kind: str, coded: tuple[Path, ...], folder: Path, sample_file: Path, coder: str | None, out: Path
) -> None:
    """Take coded files back into one table of codes, which agree, evaluate and `presstm train` read.

    \b
    Example:
      presstm code import csv anne.csv luc.csv --out corpus/codes/all.csv
    """
    from presstm import codes, files, spreadsheets, study
    from presstm.codes import formats, sample, uima
    from presstm.errors import InputError

    items = sample.read(sample_file)
    themes = _themes(study.open_study(folder.resolve()))
    readers = (formats.from_csv, formats.from_label_studio, formats.from_doccano, uima.from_xmi)
    found: dict[tuple[str, str], codes.Code] = {}
    for path in coded:
        given = readers[_FORMATS.index(kind)](str(path), spreadsheets.read_bytes(path), themes, coder or path.stem)
        if not given:
            raise InputError(f"{path}: no sentence is coded in it, or it is no {kind} file")
        for code in given:
            if code.key not in items:
                raise InputError(f"{path}: sentence {code.key} is not in {sample_file}")
            if (code.key, code.coder) in found:
                raise InputError(f"{path}: {code.coder} has coded {code.key} twice")
            found[code.key, code.coder] = code
    files.write_bytes(out, codes.table(found.values(), items))
    click.echo(f"{len(found)} codes of {len({key for key, _ in found})} sentences, of {len(items)} sampled, in {out}")


@command.command("agree", short_help="Agreement of coders, and the sentences on which they differ.")
@click.argument("coded", nargs=-1, required=True, type=PATH)
@STUDY
@click.option(
    "--sample",
    "sample_file",
    type=PATH,
    help=f"The sample, for the sentences (default: {_DRAWN}, where it is there).",
)
@_RESAMPLES
@_SEED
@click.option("--out", type=PATH, help="Write the sentences on which coders differ to this CSV file.")
def agree_command(
    coded: tuple[Path, ...], folder: Path, sample_file: Path | None, bootstrap: int, seed: int, out: Path | None
) -> None:
    """Agreement of coders: Krippendorff's alpha per theme, pairs of coders, and the sentences on which they differ.

    \b
    Example:
      presstm code agree corpus/codes/*.csv --out disagreements.csv
    """
    from presstm import codes, exports, files, study
    from presstm.codes import agreement, sample

    themes = _themes(study.open_study(folder.resolve()))
    given = codes.read_codes(coded, themes)
    _show(agreement.alphas(given, themes, bootstrap, seed))
    _show(agreement.pairs(given, themes))
    differ = agreement.disagreements(given, themes)
    drawn = sample_file or _DRAWN
    items = sample.read(drawn) if sample_file or drawn.exists() else {}
    lines = [
        (row["key"], row["theme"], row["yes"], row["no"], items[row["key"]].sentence if row["key"] in items else "")
        for row in differ
    ]
    if out is not None:
        files.write_bytes(out, exports.csv_bytes(("key", "theme", "yes", "no", "sentence"), lines))
    elif lines:
        click.echo("key\ttheme\tcoders who see it / who do not\tsentence")
        for key, theme, yes, no, sentence in lines:
            click.echo(f"{key}\t{theme}\t{','.join(yes)} / {','.join(no)}\t{sentence}")
    click.echo(f"{len(lines)} disagreement(s)", err=True)


@command.command("evaluate", short_help="Precision, recall and F1 against the codes.")
@click.argument("coded", nargs=-1, required=True, type=PATH)
@STUDY
@_SAMPLE
def evaluate_command(coded: tuple[Path, ...], folder: Path, sample_file: Path) -> None:
    """Precision, recall and F1 of the pipeline's themes against the codes, with 95 % intervals over reuse clusters.

    Of several coders the majority counts; where half of them see a theme, it counts half.

    \b
    Example:
      presstm code evaluate corpus/codes/*.csv
    """
    from presstm import study
    from presstm.codes import evaluation

    ours = study.open_study(folder.resolve())
    given = _by_hand(ours, coded, sample_file)
    read = {name: ours.read(name) for name in ("reuse", "theme_sentences")}
    _show(evaluation.of_results(read, *given))


@command.command("correct", short_help="Shares corrected for errors of the coding.")
@click.argument("coded", nargs=-1, required=True, type=PATH)
@STUDY
@_SAMPLE
@click.option("--out", type=PATH, help="Write the shares to this CSV file too.")
def correct_command(coded: tuple[Path, ...], folder: Path, sample_file: Path, out: Path | None) -> None:
    """Shares per theme and group: as the pipeline codes them, and corrected by the sample coded by hand.

    Each sentence counts the same, or each article, or each reuse cluster (unit). Groups with fewer than 30 coded sentences
    are flagged: there the correction is little more than a guess. Those of the whole corpus are shown, all are written. The stage `themes` writes the same table (theme_corrected)
    for the codes in the folder that themes.codes names.

    \b
    Example:
      presstm code correct corpus/codes/*.csv --out shares.csv
    """
    from presstm import exports, files, study, tables
    from presstm.codes import correction

    ours = study.open_study(folder.resolve())
    given = _by_hand(ours, coded, sample_file)
    read = {name: ours.read(name) for name in ("articles", "reuse", "theme_sentences")}
    found = correction.shares(read, *given, ours.settings.themes.few)
    rows = tables.from_rows("theme_corrected", found).to_pylist()
    if out is not None and rows:
        files.write_bytes(out, exports.csv_bytes(list(rows[0]), ([*row.values()] for row in rows)))
    _show(row for row in rows if row["grouping"] == "all")
    rest = sum(row["grouping"] != "all" for row in rows)
    click.echo(
        f"{rest} rows by outlet, month and other groups: {f'in {out}' if out else 'write them with --out shares.csv'}",
        err=True,
    )


def _themes(ours: Any) -> list[str]:
    from presstm import codebook

    return [theme.key for theme in codebook.load_codebook(ours.model(ours.settings.themes.codebook))]


def _by_hand(ours: Any, coded: Sequence[Path], sample_file: Path) -> tuple[list[str], dict[str, Any], dict[str, float]]:
    """The themes; what the majority of coders say of each sentence, and its probability to be drawn, by key."""
    from presstm import codes
    from presstm.codes import places, sample

    themes = _themes(ours)
    places.check(coded, ours.stream("articles", places.ARTICLES), ours.stream("sentences", places.SENTENCES))
    human = codes.majority(codes.read_codes(coded, themes), themes)
    return themes, human, {key: item.probability for key, item in sample.read(sample_file).items()}


def _show(rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as tab-separated lines under a header, and a blank line."""
    rows = list(rows)
    if rows:
        click.echo("\t".join(rows[0]))
        for row in rows:
            cells = (
                "" if value is None else f"{value:.3f}" if isinstance(value, float) else value for value in row.values()
            )
            click.echo("\t".join(map(str, cells)))
        click.echo()
