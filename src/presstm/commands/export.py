"""presstm export: tables of a study in the formats of other programs."""

from __future__ import annotations

from pathlib import Path

import click

from presstm.commands._options import PATH, RESULTS

# As in presstm.exports.formats.FORMATS, written again because importing that module takes long.
FORMATS = (
    "iramuteq", "txm", "xtz", "cortext", "passim", "gexf", "graphml", "gephi-lite", "label-studio", "csv", "xlsx", "sqlite",
    "datapackage", "rocrate", "bibtex", "methods",
)  # fmt: skip


@click.command(
    "export",
    short_help="Write results in the formats of other programs.",
    epilog="Formats: IRaMuTeQ, TXM (TXT+CSV and XML), CorTexT, passim; GEXF, GraphML, Gephi-Lite; Label Studio; CSV, XLSX, "
    "SQLite with full-text search; Frictionless Data Package, RO-Crate; BibTeX; a methods paragraph in French and English.",
)
@click.argument("format", type=click.Choice(FORMATS))
@RESULTS
@click.option("--out", required=True, type=PATH, help="Folder to write the files into.")
@click.option("--text", type=click.Choice(("full", "none")), default="full", help="none: no sentence of any article.")
@click.option("--scope", type=click.Choice(("sentence", "paragraph", "article")), default="paragraph", help="Which network.")
def command(format: str, results: Path, out: Path, text: str, scope: str) -> None:
    """Write the results of a study in FORMAT, into the folder OUT.

    \b
    Examples:
      presstm export iramuteq --out for-iramuteq
      presstm export gexf --results results --out network --scope sentence
      presstm export rocrate --text none --out to-publish
    """
    from presstm import files
    from presstm.exports import formats, load
    from presstm.running import locks

    made = formats.FORMATS[format](load.source(results, text=text == "full", scope=scope))
    with locks.alone(out):
        files.sweep(out)
        for name, content in sorted(made.items()):
            files.write_bytes(out / name, content)
    click.echo(f"{len(made)} file{'s' if len(made) != 1 else ''} written to {out}", err=True)
