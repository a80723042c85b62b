"""presstm verify: recompute the hashes of a published bundle."""

from __future__ import annotations

from pathlib import Path

import click

from presstm.commands._options import PATH


@click.command("verify", short_help="Check the hashes of a published bundle.")
@click.argument("folder", type=PATH)
def command(folder: Path) -> None:
    """Recompute the hashes of a bundle that `presstm export rocrate` wrote; any difference is an error.

    \b
    Example:
      presstm verify to-publish
    """
    from presstm.exports import check

    count = check.verify(folder)
    click.echo(f"{count} files are as published: all that the manifest lists, and no other file is there")
