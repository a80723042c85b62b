"""One run at a time in one folder of results."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from presstm.errors import OutputError

_PATIENCE = 5.0  # seconds to wait: a stage whose parent was killed is gone within two
_POLL = 0.1


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process. The system lets go of it however the process ends, so nothing is left to clear.

    Where the system has no such locks, the folder is not held.

    Raises:
        OutputError: the folder cannot be made, or another process holds it.
    """
    if sys.platform == "win32":
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(f"cannot write into {folder}: {error.strerror or error}") from None
    try:
        if not _taken(handle):
            raise OutputError(f"another presstm is writing into {folder}: wait until it ends, or write into another folder")
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    import fcntl

    last = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > last:
                return False
            time.sleep(_POLL)
        except OSError:
            return True
        else:
            return True
