"""Zips as coding programs export them: their files, read in memory under the limits of `presstm.formats.archive`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from presstm.errors import InputError

_MAX_BYTES = 500_000_000


def members(name: str, data: bytes, endings: Sequence[str]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Path and bytes of every file with one of these endings, in the order of paths.

    Raises:
        InputError: the zip or a file in it cannot be read or is too large, or there is no such file.
    """
    from presstm.formats import Reject, archive

    opened = archive.opened(data)
    if isinstance(opened, Reject):
        raise InputError(f"{name}: no readable zip ({opened.detail})")
    found = [
        (PurePosixPath(path), content)
        for path, content in archive.members(opened, _MAX_BYTES, _MAX_BYTES)
        if PurePosixPath(path).suffix in endings
    ]
    if not found:
        raise InputError(f"{name}: no file that ends in {' or '.join(endings)} in it")
    for path, content in found:
        if isinstance(content, Reject):
            raise InputError(f"{name}: {content.detail}")
        yield path, content
