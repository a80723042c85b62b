"""Whether a published bundle is as it was when its manifest was written."""

from __future__ import annotations

import hashlib
from pathlib import Path

from presstm.errors import InputError
from presstm.exports.packages import MANIFEST


def verify(folder: Path) -> int:
    """Number of files in the bundle, all equal to the manifest.

    Raises:
        InputError: no manifest; a file is missing, changed, or not in the manifest (all are named).
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(f"{path} does not exist: name the folder of a bundle (presstm export rocrate)")
    lines = path.read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}
    there = {found.relative_to(folder).as_posix() for found in folder.rglob("*") if found.is_file()} - {MANIFEST}
    problems = [f"{name} is missing" for name in sorted(listed.keys() - there)]
    problems += [f"{name} is not in the manifest" for name in sorted(there - listed.keys())]
    for name in sorted(listed.keys() & there):
        with (folder / name).open("rb") as handle:
            if hashlib.file_digest(handle, "sha256").hexdigest() != listed[name]:
                problems.append(f"{name} has changed")
    if problems:
        raise InputError(f"{folder} is not as published: {'; '.join(problems)}")
    return len(listed)
