"""Content-addressed results of single documents.

A folder of small files named by the SHA-256 of everything a result depends on, but for what the result itself tells (the words
it asked for, the lines it is made of). It is never needed: a missing, damaged or unwritable entry only means that the result is
computed again, so a cold and a warm cache give the same tables.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from presstm import files
from presstm.errors import InputError, OutputError

_CHECKSUM = 16
_TRIES = 2  # a file on its way may be swept by a run that begins


def key(parts: Iterable[str | bytes]) -> str:
    """Hash `parts`, each with its length, so that no two lists of parts share a key."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def path(folder: Path, entry: str) -> Path:
    """Where the entry lies: 256 sub-folders keep each one small."""
    return folder / entry[:2] / entry[2:]


def get(folder: Path | None, entry: str) -> bytes | None:
    """The stored bytes, or None where there are none or they are damaged."""
    if folder is None:
        return None
    try:
        stored = path(folder, entry).read_bytes()
    except OSError:
        return None
    checksum, data = stored[:_CHECKSUM], stored[_CHECKSUM:]
    return data if checksum == _checksum(entry, data) else None


def kept(folder: Path | None, entry: str) -> bytes:
    """The bytes that were stored there meanwhile, here or by a worker.

    Raises:
        InputError: there are none, or they are damaged.
    """
    stored = get(folder, entry)
    if stored is None:
        raise InputError(f"a worker put results into {folder} that are not there: all workers must see the same folder")
    return stored


def put(folder: Path | None, entry: str, data: bytes) -> bool:
    """Store `data` and say whether that could be done; a cache that cannot be written is no reason to lose a result."""
    if folder is None:
        return False
    for _ in range(_TRIES):
        with contextlib.suppress(OutputError):
            files.write_bytes(path(folder, entry), _checksum(entry, data) + data, aside=folder)
            return True
    return False


def sweep(folder: Path) -> None:
    """Remove what killed processes left half-written. What one that lives is writing it writes again."""
    files.sweep(folder, deep=False)


def writable(folder: Path) -> bool:
    """Whether results can be stored there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _checksum(entry: str, data: bytes) -> bytes:
    """Of the data and of the entry it belongs to: what stands under the name of another entry is damaged too."""
    return hashlib.sha256(entry.encode() + data).digest()[:_CHECKSUM]
