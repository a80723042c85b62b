"""What the pipeline says of the sentences that were coded by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm.errors import InputError

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Predictions:
    """`present`, sentences × themes, 0 or 1; `keys` (article_id:sentence_id, sorted) and `articles` of its rows."""

    keys: list[str]
    articles: list[str]
    present: Array

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Row of each key."""
        return {key: n for n, key in enumerate(self.keys)}


def read(coded: pa.Table, themes: Sequence[str]) -> Predictions:
    """The predictions in table theme_sentences, for `themes`."""
    coded = coded.select(["article_id", "sentence_id", "theme", "present"]).combine_chunks()
    key = pc.binary_join_element_wise(coded["article_id"], pc.cast(coded["sentence_id"], pa.string()), ":")
    names = pc.unique(key)
    names = names.take(pc.sort_indices(names))
    present = np.zeros((len(names), len(themes)))
    column = pc.fill_null(pc.index_in(coded["theme"], pa.array(themes, pa.string())), -1).to_numpy()
    row = pc.index_in(key, names).to_numpy()
    known = column >= 0
    present[row[known], column[known]] = coded["present"].to_numpy(zero_copy_only=False)[known]
    keys = names.to_pylist()
    return Predictions(keys, [name.rpartition(":")[0] for name in keys], present)


def rows_of(said: Predictions, human: Iterable[str], sampled: Mapping[str, Any]) -> tuple[list[str], Array]:
    """The keys of sentences coded by hand, sorted, and their rows in `said`.

    Raises:
        InputError: no codes, or a coded sentence that is not in the sample or the results.
    """
    keys = sorted(human)
    if not keys:
        raise InputError("no codes")
    for key in keys:
        if key not in sampled or key not in said.places:
            raise InputError(f"sentence {key} is not in the {'sample' if key not in sampled else 'results'}")
    return keys, np.array([said.places[key] for key in keys])
