"""What browsers save beside a page: a folder named after it, with its images, scripts, frames and advertisements."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from presstm.formats import Reject

_FOLDER = re.compile(r"(.+)[_ -](?:files|fichiers|dateien|archivos)", re.I)


def page_of(folder: str, beside: Collection[str]) -> str | None:
    """The page whose parts a folder of this name holds, if one of the names beside it is such a page."""
    match = _FOLDER.fullmatch(folder)
    pages = (f"{match[1]}{ending}" for ending in (".html", ".htm", ".xhtml", ".HTML", ".HTM")) if match else ()
    return next((page for page in pages if page in beside), None)


def refused(folder: Path) -> Reject | None:
    """The reject that stands for a folder of parts of a page, or None if it is no such folder."""
    if _FOLDER.fullmatch(folder.name) is None or folder.is_symlink() or not folder.is_dir():
        return None
    page = page_of(folder.name, {path.name for path in folder.parent.iterdir()})
    return None if page is None else _reject(page, sum(path.is_file() for path in folder.rglob("*")))


def in_archive(names: Iterable[str]) -> tuple[frozenset[str], list[Reject]]:
    """Members of an archive that are parts of pages in it, and a reject for each folder of them."""
    paths = {name: PurePosixPath(name) for name in names if not name.endswith("/")}
    beside: dict[PurePosixPath, set[str]] = {}
    for path in paths.values():
        beside.setdefault(path.parent, set()).add(path.name)
    folders: dict[PurePosixPath, list[str]] = {}
    for name, path in paths.items():
        above = (one for one in reversed(path.parents) if page_of(one.name, beside.get(one.parent, ())))
        if (folder := next(above, None)) is not None:  # the outermost
            folders.setdefault(folder, []).append(name)
    rejects = [_reject(page_of(one.name, beside[one.parent]) or "", len(inside)) for one, inside in sorted(folders.items())]
    return frozenset(name for inside in folders.values() for name in inside), rejects


def _reject(page: str, count: int) -> Reject:
    return Reject("not_article", f"{count} file{'s' if count > 1 else ''} that a browser saved with {page[-150:]}")
