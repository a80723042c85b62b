"""Whether a published bundle is as it was when its manifest was written."""

from __future__ import annotations

import re
from pathlib import Path

from presstm import files
from presstm.errors import InputError
from presstm.exports.packages import MANIFEST

_ENTRY = re.compile(r"([0-9a-f]{64})  (.+)")


def verify(folder: Path) -> int:
    """Number of files in the bundle, all equal to the manifest.

    Raises:
        InputError: no manifest, or a damaged one; a file is missing, changed, or not in the manifest (all are named).
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(f"{path} does not exist: name the folder of a bundle (presstm export rocrate)")
    listed = _listed(path)
    there = {found.relative_to(folder).as_posix() for found in folder.rglob("*") if found.is_symlink() or not found.is_dir()}
    there.discard(MANIFEST)
    problems = [f"{name} is missing" for name in sorted(listed.keys() - there)]
    problems += [f"{name} is not in the manifest" for name in sorted(there - listed.keys())]
    problems += [f"{name} has changed" for name in sorted(listed.keys() & there) if _hash(folder / name) != listed[name]]
    if problems:
        raise InputError(f"{folder} is not as published: {'; '.join(problems)}")
    return len(listed)


def _listed(manifest: Path) -> dict[str, str]:
    """Name -> hash, as the manifest says."""
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise InputError(f"{manifest} is damaged: not UTF-8") from None
    listed: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        entry = _ENTRY.fullmatch(line)
        if entry is None or entry[2] in listed:
            reason = "no hash and name" if entry is None else f"{entry[2]} is listed twice"
            raise InputError(f"{manifest} is damaged, line {number}: {reason}")
        listed[entry[2]] = entry[1]
    if not listed:
        raise InputError(f"{manifest} is damaged: it lists no file")
    return listed


def _hash(path: Path) -> str | None:
    """Hash of a file; None for a link, and for a pipe, which would be waited for."""
    return None if path.is_symlink() or not path.is_file() else files.sha256(path)
