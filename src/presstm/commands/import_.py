"""presstm import: bring exports and archives into a corpus, after showing what they hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from presstm.commands._options import OVERRIDES, PATH

if TYPE_CHECKING:
    from presstm.importing import Preview


_MOST = 12  # names that are shown


@click.command("import", short_help="Bring exports of press databases and other files into a corpus.")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=PATH)
@click.option("--into", default="corpus/raw", show_default=True, type=PATH, help="Folder of the corpus.")
@click.option("--record", type=PATH, help="Record of imports [default: imports.csv beside the folder].")
@click.option("--params", type=PATH, help="Settings to read with (default: those of the study that the folder is in).")
@OVERRIDES
@click.option("--dry-run", is_flag=True, help="Show what the files hold, copy nothing.")
@click.option("--yes", "-y", is_flag=True, help="Copy without asking.")
@click.option("--quiet", "-q", is_flag=True, help="Show errors only; needs --yes.")
def command(
    paths: tuple[Path, ...],
    into: Path,
    record: Path | None,
    params: Path | None,
    overrides: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    quiet: bool,
) -> None:
    """Bring exports of press databases, web archives, PDF, feeds, tables, texts or pages into a corpus.

    What each file holds is shown first: its format, documents kept and rejected with reasons, outlets, first and last date.
    Then it is copied as it is, under a safe name; a file is never overwritten by another one.

    \b
    Examples:
      presstm import europresse.html --into corpus/raw
      presstm import factiva-*.html nexis.DOCX --dry-run
      presstm import articles.csv --yes -S 'extract.columns={text: Corps, outlet: Titre de presse}'
    """
    from presstm import importing, progress, settings, study
    from presstm.errors import InputError

    if quiet and not (yes or dry_run):
        raise InputError("--quiet cannot ask: add --yes")
    params = params or _study(into)
    loaded = settings.load(params, overrides)
    root = params.resolve().parent if params else study.shipped()
    lists = [place for name in loaded.extract.outlets for place in [root / name] if place.is_file()]
    unique = list(dict.fromkeys(paths))
    track = progress.silent if quiet else progress.bar
    found = importing.preview(
        unique, lists or [study.shipped() / "models/outlets.csv"], loaded.extract, loaded.engine, track
    )
    if not quiet:
        for one in found:
            click.echo(_shown(one))
    kept = sum(one.kept for one in found)
    if not quiet:
        seen = sum(one.seen for one in found)
        click.echo(
            f"{len(found)} file{'s' if len(found) > 1 else ''}: {seen} documents seen = {kept} kept + {seen - kept} rejected"
        )
    if not kept:
        raise InputError("nothing to import: no file holds an article")
    if dry_run or not (yes or click.confirm(f"Copy into {into}?", err=True)):
        return
    for one, what in importing.bring_in(found, into, record or into.resolve().parent / "imports.csv"):
        if not quiet:
            click.echo(f"{one.path}: {what}")


def _study(into: Path) -> Path | None:
    """The settings of the study whose corpus files are brought into; they say what the extract stage will read."""
    places = [folder / "params.yaml" for folder in into.resolve().parents[:2]]
    return next((place for place in places if place.is_file()), None)


def _shown(one: Preview) -> str:
    documents = f"{one.seen} document{'s' if one.seen != 1 else ''}"
    lines = [f"{one.path}: {one.format}, {documents} = {one.kept} kept + {one.seen - one.kept} rejected"]
    if one.outlets:
        names = [f"{name} {count}" for name, count in list(one.outlets.items())[:8]]
        more = len(one.outlets) - len(names)
        lines.append(f"  outlets: {', '.join(names)}{f' and {more} more' if more > 0 else ''}")
    if one.first:
        lines.append(f"  dates: {one.first} to {one.last}")
    if one.variables:
        shown = ", ".join([*one.variables[:_MOST], *["…"] * (len(one.variables) > _MOST)])
        lines.append(f"  further columns: {shown} (name those to keep in extract.variables)")
    if one.warnings:
        lines.append(f"  {one.warnings} with warnings (column warnings of the articles)")
    lines += [f"  rejected: {count} {reason} ({one.examples[reason]})" for reason, count in one.rejected.items()]
    return "\n".join(lines)
