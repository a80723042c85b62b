"""Progress on long work: a bar on stderr with counts and time left, nothing where stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Track(Protocol):
    """Passes items through and shows how far they have come."""

    def __call__(self, items: Iterable[T], total: int, what: str) -> Iterator[T]:
        """Yield `items` unchanged; `total` is their number, `what` a word or two for the user."""


def silent(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """Show nothing."""
    yield from items


def bar(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """Show a bar with counts and time left on stderr, if it is a terminal."""
    if not sys.stderr.isatty() or total == 0:
        yield from items
        return
    from rich import progress as rich_progress
    from rich.console import Console

    columns = (
        rich_progress.TextColumn("{task.description:<12}"),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
        rich_progress.TimeElapsedColumn(),
        rich_progress.TimeRemainingColumn(),
    )
    with rich_progress.Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield from shown.track(items, total=total, description=what)
