"""The commands that are no stage: one module each, whose `command` is added to `presstm`. Heavy imports stay inside."""

from __future__ import annotations

import importlib
import pkgutil

import click


def found() -> list[click.Command]:
    """The `command` of every module of this package, by module name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return [importlib.import_module(f"{__name__}.{name}").command for name in names]
