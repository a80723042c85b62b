"""The words of sentences as features of the classifier: stems, and pairs of stems that follow each other."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np

from presstm import phrases


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("french")


@lru_cache(1 << 16)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


def grams(text: str) -> set[str]:
    """The different stems of a text, and pairs of them joined by a space."""
    stems = [_stem(word.folded) for word in phrases.words(text)]
    return {*stems, *(f"{one} {other}" for one, other in itertools.pairwise(stems))}


def vocabulary(texts: Iterable[str], least: int = 3) -> tuple[str, ...]:
    """What stands in `least` texts or more, sorted."""
    counts = Counter(gram for text in texts for gram in grams(text))
    return tuple(sorted(gram for gram, count in counts.items() if count >= least))


def rows(texts: Sequence[str], known: tuple[str, ...]) -> Any:
    """Sparse matrix text × `known`: which of them each text holds, each row of length 1 (or 0)."""
    from scipy import sparse

    places = _places(known)
    found = [sorted(places[gram] for gram in grams(text) if gram in places) for text in texts]
    sizes = np.array([len(each) for each in found], int)
    values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
    columns = np.array([place for each in found for place in each], np.int32)
    ends = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)  # scikit-learn takes no wider indices
    return sparse.csr_array((values, columns, ends), shape=(len(texts), len(known)))


@lru_cache(4)
def _places(known: tuple[str, ...]) -> Mapping[str, int]:
    return {gram: n for n, gram in enumerate(known)}
