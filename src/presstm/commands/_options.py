"""Options and types that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

PATH = click.Path(path_type=Path)
STUDY = click.option("--study", "folder", default=".", type=PATH, help="Study folder (default: here).")
RESULTS = click.option("--results", default="results", type=PATH, help="Folder of the tables (default: results).")
OVERRIDES = click.option("-S", "--set-param", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one setting.")
