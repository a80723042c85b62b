"""How often each form stands in each sentence: counted batch by batch of articles, then put together as one matrix."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm.networks.units import Corpus
from presstm.running import batches
from presstm.settings import TopicsSettings

Array = np.ndarray[Any, np.dtype[Any]]
TOKENS = ("article_id", "sentence_id", "text", "lemma", "pos")  # columns that are needed


def count(
    read: Iterable[batches.Batch], settings: TopicsSettings, folder: Path | None = None
) -> Iterator[dict[str, pa.Table]]:
    """Yield, for each batch of `tokens`, what stands in its sentences: see `counted`; `folder` is the content cache."""
    same = ("form_counts", batches.code(sys.modules[__name__]), settings.unit, *settings.pos)
    return batches.results(read, lambda batch: counted(batch["tokens"], settings), same, folder)


def forms_of(tokens: pa.Table, unit: str) -> pa.ChunkedArray:
    """Tokens as they are counted: lemmas, or forms as printed, in lower case and with straight apostrophes."""
    return pc.replace_substring(pc.utf8_lower(tokens["lemma" if unit == "lemma" else "text"]), "’", "'")


def written(tokens: pa.Table, settings: TopicsSettings) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """The forms of tokens, and which ones are of the parts of speech that count."""
    forms = forms_of(tokens, settings.unit)
    counts = pc.is_in(tokens["pos"], pa.array(settings.pos, pa.string())) if settings.pos else pc.is_valid(tokens["pos"])
    return forms, counts


def counted(tokens: pa.Table, settings: TopicsSettings) -> dict[str, pa.Table]:
    """Count lemmas, or forms as printed, in lower case; of the parts of speech of `settings.pos` (none: all words).

    Only what holds two letters counts, so no numbers, signs, initials or elided letters.

    Returns:
        Tables `sentences` (article_id, sentence_id, words: all of them, counted or not) and `forms` (form, row of `sentences`, count).
    """
    articles = pc.unique(tokens["article_id"])
    article = pc.index_in(tokens["article_id"], articles).to_numpy().astype(np.int64)
    number = tokens["sentence_id"].to_numpy().astype(np.int64)
    span = int(number.max(initial=0)) + 1
    keys, rows = np.unique(article * span + number, return_inverse=True)
    word = pc.match_substring_regex(tokens["text"], r"[\pL\pN]").to_numpy()
    forms, counts = written(tokens, settings)
    chosen = pc.and_(counts, pc.match_substring_regex(forms, r"\pL.*\pL"))
    encoded = forms.filter(chosen).combine_chunks().dictionary_encode()
    width = max(len(encoded.dictionary), 1)
    cells, times = np.unique(rows[chosen.to_numpy()] * width + encoded.indices.to_numpy(), return_counts=True)
    row, form = np.divmod(cells, width)
    return {
        "sentences": pa.table(
            {
                "article_id": articles.take(pa.array(keys // span)),
                "sentence_id": pa.array(keys % span, pa.int32()),
                "words": pa.array(np.bincount(rows[word], minlength=len(keys)), pa.int32()),
            }
        ),
        "forms": pa.table(
            {
                "form": pa.DictionaryArray.from_arrays(pa.array(form, pa.int32()), encoded.dictionary),
                "row": pa.array(row, pa.int32()),
                "count": pa.array(times, pa.int32()),
            }
        ),
    }


def together(parts: Iterable[Mapping[str, pa.Table]], corpus: Corpus) -> tuple[pa.Array, Any, Array]:
    """Sorted forms, sparse counts sentence x form and words per sentence, of the sentences of `corpus` in all batches."""
    from scipy import sparse

    sentences: list[pa.Table] = []
    forms: list[pa.ChunkedArray] = []
    rows: list[Array] = [np.zeros(0, np.int32)]
    times: list[Array] = [np.zeros(0, np.int32)]
    before = 0
    for part in parts:
        sentences.append(part["sentences"])
        forms.append(part["forms"]["form"])
        rows.append(part["forms"]["row"].to_numpy() + np.int32(before))
        times.append(part["forms"]["count"].to_numpy())
        before += len(part["sentences"])
    height = len(corpus.key)
    words = np.zeros(height, np.int64)
    if not before:
        return pa.array([], pa.string()), sparse.csr_array((height, 0), dtype=np.int32), words
    counted = pa.concat_tables(sentences)
    chosen, places = corpus.rows(counted)
    words[places] = counted["words"].to_numpy()[chosen]
    place = np.full(before, -1, np.int32)
    place[chosen] = places
    placed = place[np.concatenate(rows)]
    kept = placed >= 0
    names, codes = _unified(forms, kept)
    counts = sparse.csr_array((np.concatenate(times)[kept], (placed[kept], codes)), shape=(height, len(names)))
    counts.sort_indices()
    return names, counts, words


def _unified(forms: list[pa.ChunkedArray], kept: Array) -> tuple[pa.Array, Array]:
    """The forms that are kept, sorted, and the number of each."""
    chunks = [chunk for column in forms for chunk in column.chunks]
    if not chunks:
        return pa.array([], pa.string()), np.zeros(0, np.int32)
    whole = pa.chunked_array(chunks).unify_dictionaries()
    names = whole.chunk(0).dictionary
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in whole.chunks])[kept]
    used = np.zeros(len(names), bool)
    used[codes] = True
    order = pc.sort_indices(names).to_numpy()
    order = order[used[order]]
    place = np.empty(len(names), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return names.take(pa.array(order)), place[codes]
