"""Words and word shingles as stable 64-bit hashes, and the pairs of texts that share enough of the rare ones."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from presstm.phrases import unaccented

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_QUOTED = re.compile(r'«[^«»]{1,2000}»|“[^“”]{1,2000}”|"[^"\n]{1,2000}"')
_BASE = np.uint64(0x9E3779B97F4A7C15)
_BUCKETS = 16  # passes over the index: memory for sorting falls with it
_ALL_PAIRS = 8  # a shingle in up to so many texts pairs all of them …
_NEIGHBOURS = 4  # … one in more pairs each text with the next few, which is enough to link those that belong together
_RANGES = 64  # parts in which pairs are counted, for the same reason
_FREQUENT = 1000  # one in more texts than this is no evidence


def normal(word: str) -> str:
    """The word without case, accents, ligatures and compatibility variants."""
    return unaccented(word.casefold().replace("œ", "oe").replace("æ", "ae"), "NFKD").casefold()


class _Codes(dict[str, int]):
    """word -> hash of its normal form, worked out once per form."""

    def __missing__(self, word: str) -> int:
        digest = hashlib.blake2b(normal(word).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        code = self[word] = int.from_bytes(digest, "little")
        return code


_CODES_KEPT = 2_000_000
_codes = _Codes()


def words(text: str) -> Hashes:
    """One hash per word, in order."""
    found = WORD.findall(text)
    if len(_codes) > _CODES_KEPT:
        _codes.clear()
    return np.fromiter(map(_codes.__getitem__, found), dtype=np.uint64, count=len(found))


def shingles(word_hashes: Hashes, size: int) -> Hashes:
    """One hash per run of `size` words, in order."""
    count = len(word_hashes) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    result = np.zeros(count, dtype=np.uint64)
    for place in range(size):
        result = (result ^ word_hashes[place : place + count]) * _BASE
        result ^= result >> np.uint64(29)
    return result


def quoted(text: str) -> NDArray[np.bool_]:
    """For each word, whether it stands between quotation marks."""
    spans = [match.span() for match in _QUOTED.finditer(text)]
    starts = np.fromiter((match.start() for match in WORD.finditer(text)), dtype=np.int64)
    inside = np.zeros(len(starts), dtype=np.bool_)
    for start, end in spans:
        inside[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = True
    return inside


def among(hashes: Hashes, ordered: Hashes) -> NDArray[np.bool_]:
    """For each hash, whether it is in the sorted array `ordered`."""
    if not len(ordered):
        return np.zeros(len(hashes), dtype=np.bool_)
    places = np.minimum(np.searchsorted(ordered, hashes), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[places] == hashes
    return found


@dataclass(frozen=True)
class Index:
    """The distinct shingles of many texts: those of text i, sorted, are `hashes[bounds[i]:bounds[i + 1]]`."""

    hashes: Hashes
    bounds: Ints

    def of(self, text: int) -> Hashes:
        """The distinct shingles of one text, sorted."""
        return self.hashes[self.bounds[text] : self.bounds[text + 1]]

    @property
    def sizes(self) -> Ints:
        """Number of distinct shingles of each text."""
        return np.diff(self.bounds)


def index(texts: Sequence[Hashes], size: int) -> Index:
    """Index the shingles of texts given as word hashes."""
    distinct = [_distinct(shingles(text, size)) for text in texts]
    bounds = np.concatenate([[0], np.cumsum([len(one) for one in distinct])]).astype(np.int64)
    return Index(np.concatenate(distinct) if distinct else np.empty(0, dtype=np.uint64), bounds)


def candidates(found: Index, at_least: int, share: float) -> list[tuple[int, int]]:
    """Pairs of texts that share at least `at_least` rare shingles, and `share` of the distinct ones of the shorter text.

    Linear in the number of postings: shingles of over 1,000 texts are left out, and one of over 8 texts pairs each of
    them with the next four only.
    """
    codes: list[Ints] = []
    counts: list[NDArray[np.int32]] = []
    n = len(found.bounds) - 1
    for hashes, owners in _postings(found):
        run = _run_lengths(hashes)
        rare = run <= _FREQUENT
        pairs = []
        for step in range(1, _ALL_PAIRS):
            same = (hashes[step:] == hashes[:-step]) & rare[step:]
            if step > _NEIGHBOURS:
                same &= run[step:] <= _ALL_PAIRS
            pairs.append(owners[:-step][same] * n + owners[step:][same])
        code, count = np.unique(np.concatenate(pairs), return_counts=True)
        codes.append(code)
        counts.append(count.astype(np.int32))
    if not codes:
        return []
    sizes = found.sizes
    kept: list[tuple[int, int]] = []
    for code, count in _summed(codes, counts, n * n):
        a, b = code // n, code % n
        enough = (count >= at_least) & (count >= share * np.minimum(sizes[a], sizes[b]))
        kept += zip(a[enough].tolist(), b[enough].tolist(), strict=True)
    return kept


def _summed(codes: Sequence[Ints], counts: Sequence[NDArray[np.int32]], end: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield (distinct codes, sums of their counts), in order, a range of codes below `end` at a time: each array of `codes` rises."""
    step = end // _RANGES + 1
    starts = [0] * len(codes)
    for first in range(0, end, step):
        ends = [int(np.searchsorted(one, first + step)) for one in codes]
        here = [slice(*both) for both in zip(starts, ends, strict=True)]
        starts = ends
        code, inverse = np.unique(
            np.concatenate([one[at] for one, at in zip(codes, here, strict=True)]), return_inverse=True
        )
        weights = np.concatenate([one[at] for one, at in zip(counts, here, strict=True)])
        yield code, np.bincount(inverse, weights=weights, minlength=len(code)).astype(np.int64)


def widespread(found: Index, groups: Ints, kinds: Ints, per_kind: int, overall: int) -> Hashes:
    """Shingles in at least `per_kind` groups of texts of one kind, or in `overall` groups: formulas that tie nothing.

    Args:
        found: the index.
        groups: group of each text.
        kinds: kind of each text, from 0; -1 for none.
        per_kind: number of groups within one kind.
        overall: number of groups in all.
    """
    result: list[Hashes] = []
    for hashes, owners in _postings(found):
        for labels, least in ((np.zeros_like(owners), overall), (kinds[owners], per_kind)):
            order = np.lexsort((groups[owners], labels, hashes))
            hash_, label, group = hashes[order], labels[order], groups[owners][order]
            new = np.ones(len(order), dtype=np.bool_)
            new[1:] = (hash_[1:] != hash_[:-1]) | (label[1:] != label[:-1]) | (group[1:] != group[:-1])
            hash_, label = hash_[new], label[new]
            first = np.ones(len(hash_), dtype=np.bool_)
            first[1:] = (hash_[1:] != hash_[:-1]) | (label[1:] != label[:-1])
            starts = np.flatnonzero(first)
            size = np.diff(np.append(starts, len(hash_)))
            result.append(hash_[starts[(size >= least) & (label[starts] >= 0)]])
    return np.unique(np.concatenate(result)) if result else np.empty(0, dtype=np.uint64)


def _postings(found: Index) -> Any:
    """Yield (hashes, texts), sorted by both, of the shingles that two texts or more share, a part of them at a time."""
    owners = np.repeat(np.arange(len(found.bounds) - 1, dtype=np.int32), found.sizes)
    for bucket in range(_BUCKETS):
        here = np.flatnonzero(found.hashes % np.uint64(_BUCKETS) == bucket)
        order = np.argsort(found.hashes[here], kind="stable")
        hashes = found.hashes[here][order]
        shared = _run_lengths(hashes) > 1
        if shared.any():
            yield hashes[shared], owners[here][order][shared].astype(np.int64)


def _distinct(values: Hashes) -> Hashes:
    ordered = np.sort(values)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _run_lengths(values: Hashes) -> Ints:
    """For each place in a sorted array, how often its value occurs."""
    if not len(values):
        return np.empty(0, dtype=np.int64)
    starts = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    lengths = np.diff(np.append(starts, len(values)))
    return np.repeat(lengths, lengths)
