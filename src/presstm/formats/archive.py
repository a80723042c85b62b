"""Zip files under limits: members are read in memory one by one; nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator

from presstm.formats import Reject

MAX_MEMBERS = 20_000
MAX_RATIO = 500  # of bytes unpacked to bytes packed, of members over a megabyte
_QUIET = re.compile(r"(?:^|/)(?:__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)")


def opened(data: bytes) -> zipfile.ZipFile | Reject:
    """The archive, or why it cannot be read."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, OverflowError) as error:
        return Reject("unreadable", f"a broken zip file: {error}"[:300])
    if len(archive.infolist()) > MAX_MEMBERS:
        return Reject("unsafe_archive", f"more than {MAX_MEMBERS} files in it")
    return archive


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes | Reject:
    """Bytes of a member, at most `limit` of them whatever its header says."""
    shown = info.filename[:150]
    if _unsafe(info):
        return Reject("unsafe_archive", f"{shown}: a link, or a path out of the archive")
    if info.flag_bits & 0x1:
        return Reject("unreadable", f"{shown}: with a password")
    if info.file_size > 1_000_000 and info.file_size > MAX_RATIO * max(1, info.compress_size):
        return Reject("unsafe_archive", f"{shown}: packed more than {MAX_RATIO} times, as in a bomb")
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        return Reject("unreadable", f"{shown}: {str(error) or type(error).__name__}"[:300])
    return Reject("too_large", f"{shown}: more than {limit} bytes") if len(data) > limit else data


def members(archive: zipfile.ZipFile, limit: int, total: int) -> Iterator[tuple[str, bytes | Reject]]:
    """Name and bytes (or a reject) of each file, in the order of names; what systems add (hidden files) is left out."""
    left = total
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        if info.is_dir() or (_QUIET.search(info.filename) and not _unsafe(info)):
            continue
        if left <= 0:
            yield (
                info.filename,
                Reject("unsafe_archive", f"{info.filename[:150]}: the archive holds more than {total} bytes"),
            )
            continue
        found = member(archive, info, min(limit, left))
        left -= len(found) if isinstance(found, bytes) else 0
        yield info.filename, found


def _unsafe(info: zipfile.ZipInfo) -> bool:
    name = info.filename.replace("\\", "/")
    outside = name.startswith("/") or re.match(r"[A-Za-z]:", name) is not None or ".." in name.split("/")
    return outside or stat.S_ISLNK(info.external_attr >> 16)
