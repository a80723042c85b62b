"""Parts of a stage's work for separate jobs: each computes what falls to it into the cache, a whole run assembles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from presstm.errors import InputError, OutputError


@dataclass(frozen=True)
class Shard:
    """Part `number` (from 1) of `count`."""

    number: int
    count: int

    def rows(self, total: int) -> range:
        """The rows out of `total` that fall to this shard: every `count`-th one."""
        return range(self.number - 1, total, self.count)

    def stretch(self, total: int) -> slice:
        """The part out of `total` that falls to this shard where it has to hang together."""
        return slice((self.number - 1) * total // self.count, self.number * total // self.count)


@dataclass(frozen=True)
class Filled:
    """What a shard did: articles or files computed, found in the cache, and failed (a whole run tries these again)."""

    computed: int
    cached: int
    failed: int


def unwritable(cache: Path) -> OutputError:
    """What is wrong when a shard's result did not get into the cache."""
    return OutputError(f"cannot write into the cache {cache}: a shard has nowhere else to put its results")


def parse(text: str) -> Shard:
    """A shard written i/n.

    Raises:
        InputError: it is not.
    """
    match = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise InputError(f"--shard {text}: expected i/n with i from 1 to n, for example 2/8")
    return Shard(int(match[1]), int(match[2]))
