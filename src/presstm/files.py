"""Files: their hashes and paths, and atomic writes, of which a reader sees the old file or the new one, never half of one.

What is not yet complete lies beside its place under a hidden name that ends in `.partial`; a process that is killed leaves
it there, and `sweep` removes it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from presstm.errors import OutputError

_PARTIAL = ".partial"


def write_with(path: Path, write: Callable[[Path], object], aside: Path | None = None) -> None:
    """Let `write` fill a temporary file in folder `aside` or beside `path`, then put it in place in one step.

    Raises:
        OutputError: the folder cannot be made or written, or the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=aside or path.parent, prefix=f".{path.name}.", suffix=_PARTIAL)
        os.close(handle)
        temporary = Path(name)
        try:
            write(temporary)
            temporary.chmod(0o644)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {_reason(error)}") from error


def write_bytes(path: Path, data: bytes, aside: Path | None = None) -> None:
    """Write `data` to `path` atomically, by way of folder `aside` or of its own."""
    write_with(path, lambda temporary: temporary.write_bytes(data), aside)


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, atomically, with line ends as given."""
    write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, value: Any) -> None:
    """Write `value` as indented JSON with sorted keys, so that equal values give equal bytes."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


def write_folder(folder: Path, contents: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> dict[str, int]:
    """Replace `folder` by one with `contents` (relative paths and bytes): filled beside it, then put in its place.

    Contents that are made one after the other are written so, and never all held.

    Returns:
        Number of `files` and of `bytes`.

    Raises:
        OutputError: it cannot be written.
    """
    new, old = (folder.with_name(f".{folder.name}.{state}{_PARTIAL}") for state in ("new", "old"))
    try:
        for leftover in (new, old):
            _discard(leftover)
        new.mkdir(parents=True)
        written = {"files": 0, "bytes": 0}
        made = {new}
        for name, data in contents.items() if isinstance(contents, Mapping) else contents:
            path = new / name
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(data)
            written["files"] += 1
            written["bytes"] += len(data)
        if folder.exists():
            folder.replace(old)
        new.replace(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.replace(folder)
        raise OutputError(f"cannot write {folder}: {_reason(error)}") from error
    finally:
        for leftover in (new, old):
            _discard(leftover)
    return written


def sha256(path: Path) -> str:
    """Hash of a file's bytes, in hexadecimal; the file is never held as a whole."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def relative(path: Path, folder: Path) -> str:
    """The path from `folder` on, with /; or all of it, if the file lies elsewhere."""
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def slug(name: str, otherwise: str) -> str:
    """A name in at most 60 ASCII letters and digits, with a hyphen for every run of other characters; `otherwise`, if none is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or otherwise


def sweep(folder: Path, *, deep: bool = True) -> None:
    """Remove what killed processes left half-written in `folder` and, if `deep`, its folders; nothing may be writing there."""
    for leftover in [*folder.glob(f".*{_PARTIAL}"), *(folder.glob(f"[!.]*/.*{_PARTIAL}") if deep else ())]:
        _discard(leftover)


def _discard(path: Path) -> None:
    """Remove a file, a folder, or a link and not what it leads to, if it is there and can be."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def _reason(error: OSError) -> str:
    """Why, in one line: what the system calls the error, or the first line of what a library says."""
    return error.strerror or (str(error).splitlines() or [type(error).__name__])[0]
