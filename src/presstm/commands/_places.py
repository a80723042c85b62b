"""Options that say in which articles and sentences a command looks, and the filters that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    import pyarrow as pa

    from presstm.kwic import Filters

_DAY = click.DateTime(["%Y-%m-%d"])
_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--entity", help="Only sentences that mention this entity (name or id)."),
    click.option("--theme", help="Only sentences that carry this theme (id or name)."),
    click.option("--class", "class_id", type=int, help="Only sentences of this class of words (classes.class_id)."),
    click.option("--outlet", "outlets", multiple=True, help="Only this outlet; may be repeated."),
    click.option(
        "--where",
        multiple=True,
        metavar="NAME=VALUE",
        help="Only articles with this value of a variable, a column (outlet_kind, section …) or a period (month=2019-05).",
    ),
    click.option("--since", type=_DAY, help="Only articles of this day or later (YYYY-MM-DD)."),
    click.option("--until", type=_DAY, help="Only articles of this day or earlier."),
    click.option("--part", type=click.Choice(("title", "body")), help="Only titles, or only bodies."),
)


def places(command: _Command) -> _Command:
    """Add the options to a command."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)


def filters(
    results: Path,
    articles: pa.Table,
    sentences: pa.Table,
    *,
    entity: str | None,
    theme: str | None,
    class_id: int | None,
    outlets: tuple[str, ...],
    where: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    part: str | None,
) -> Filters:
    """What the options say, over the tables in `results`."""
    from presstm import kwic, tables, variables

    read = partial(tables.read, results)
    chosen = [kwic.of_entity(entity, read("entities"), read("mentions"))] if entity is not None else []
    chosen += [kwic.of_theme(theme, read("theme_sentences"), _theme_names(results))] if theme is not None else []
    chosen += [kwic.of_class(class_id, read("class_segments"), sentences)] if class_id is not None else []
    return kwic.Filters(
        outlets=kwic.outlets_called(outlets, articles) if outlets else None,
        articles=variables.articles_with(where, articles) if where else None,
        part=part,
        since=since.date() if since else None,
        until=until.date() if until else None,
        sentences=frozenset.intersection(*chosen) if chosen else None,
    )


def _theme_names(results: Path) -> dict[str, Iterable[str]]:
    """Id -> names of the themes of the codebook that made the results."""
    from presstm import codebook, study

    path = study.model_of(results, study.settings_of(results).themes.codebook)
    return {theme.key: theme.name.values() for theme in codebook.load_codebook(path)} if path else {}
