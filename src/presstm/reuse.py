"""reuse: articles -> clusters of reprints and wire copy, the passages they share, and the agency that each text credits.

Two texts are one if they share at least `containment` of the word shingles of the shorter one. What ties nothing is left out
of the count: words quoted in both (two articles may quote one person), and formulas that many unrelated texts hold.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import alignment, credits, shingles, tables
from presstm.credits import Agency
from presstm.settings import ReuseSettings

_SAME = 0.6  # containment from which two texts are one whatever else they hold
_REWRITTEN = 0.5  # share of the shorter text's words in aligned passages that makes it a rewrite
_SITE_GROUPS, _ALL_GROUPS = 3, 8  # unrelated texts of one outlet, or of any, that make a formula of a shared shingle
_FULLEST = 0.9  # of what the fullest text has, from which a text may stand for its cluster
_MIN_PASSAGE = 8  # equal words in a passage that is worth a row
_PARSED = 4096  # texts kept ready for comparison
COLUMNS = ("article_id", "outlet", "authors", "published", "text", "syndicated")  # of articles, that are needed


@dataclass(frozen=True)
class _Parsed:
    """One text for detailed comparison: hashes of its words, their offsets, and whether each stands in quotation marks."""

    words: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    quoted: np.ndarray[Any, np.dtype[np.bool_]]


def find(articles: pa.Table, agencies: Sequence[Agency], settings: ReuseSettings) -> tuple[pa.Table, pa.Table]:
    """Find the articles that are one text.

    Method: distinct word shingles (case, accents and typography ignored) as stable 64-bit hashes; candidate pairs from an
    inverted index of the shingles that few texts share; containment |A∩B| / min(|A|, |B|) without formulas and without words
    quoted in both. A pair is joined if it reaches `containment`; or if half of the shorter text lies in aligned passages
    (a rewrite); or if it has a verbatim run of `min_run` words and aligned passages make up `containment` of the shorter
    text; or if a press database notes that the outlet of the one printed the other too and they share half of `containment`.
    Clusters are connected components, except that a text which alone links groups of articles that share nothing (a press
    review) stands by itself: see `_compilations`.

    The representative is the earliest fullest text. Fullest: of the members that hold at least 90 % of the most shingles
    any member shares with the others (so no rewrite stands for its source), those with at least 90 % of the words of the
    longest such member. Among them the earliest published (unknown dates last); then the one with most words; then the
    smallest article_id.

    Args:
        articles: table `articles` (the columns COLUMNS).
        agencies: the news agencies to recognise.
        settings: shingle length, containment and run.

    Returns:
        Tables `reuse` and `reuse_passages`; the latter for every pair joined, for every member of a cluster with its
        representative, and for press reviews with what they reprint.
    """
    articles = articles.sort_by("article_id")
    texts = articles["text"]
    word_hashes = [shingles.words(text.as_py()) for text in texts]
    lengths = [len(words) for words in word_hashes]
    first_copy = _identical(word_hashes, settings.shingle)
    index = shingles.index(
        [words if first_copy[row] == row else words[:0] for row, words in enumerate(word_hashes)], settings.shingle
    )
    del word_hashes
    parsed = functools.lru_cache(_PARSED)(lambda row: _parse(texts[row].as_py()))
    pairs = _pairs(index, _codes(articles["outlet"]), parsed, _noted(articles), settings)
    published = articles["published"].to_pylist()
    loners = _compilations(pairs, published)
    links = [pair for pair in pairs if not loners.intersection(pair)]
    links += [(copy, row) for row, copy in enumerate(first_copy) if copy != row]
    clusters = _components(len(texts), links)
    stands = {
        root: _representative(rows, [index.of(first_copy[row]) for row in rows], lengths, published)
        for root, rows in clusters.items()
    }

    ids = articles["article_id"].to_pylist()
    authors, outlets = articles["authors"].to_pylist(), articles["outlet"].to_pylist()
    reuse_rows = (
        {
            "article_id": ids[row],
            "cluster_id": ids[stands[root]],
            "representative": row == stands[root],
            "wire": credits.credit(texts[row].as_py(), authors[row] or (), outlets[row], agencies),
        }
        for root, rows in clusters.items()
        for row in rows
    )
    shown = {*pairs, *((min(row, stands[root]), max(row, stands[root])) for root, rows in clusters.items() for row in rows)}
    passage_rows = (
        {"a": ids[a], "b": ids[b], **passage}
        for a, b in sorted(shown)
        if a != b
        for passage in _passages(parsed(a), parsed(b), settings.shingle)
    )
    return tables.from_rows("reuse", reuse_rows), tables.from_rows("reuse_passages", passage_rows)


def metrics(reuse: pa.Table) -> dict[str, int]:
    """Counts: articles, clusters, articles that are no representative, articles that credit an agency."""
    return {
        "articles": len(reuse),
        "clusters": len(pc.unique(reuse["cluster_id"])),
        "reused": len(reuse) - (pc.sum(reuse["representative"]).as_py() or 0),
        "wire": len(reuse) - reuse["wire"].null_count,
    }


def _parse(text: str) -> _Parsed:
    return _Parsed(
        tuple(shingles.words(text).tolist()),
        tuple(match.span() for match in shingles.WORD.finditer(text)),
        shingles.quoted(text),
    )


def _codes(column: pa.ChunkedArray) -> shingles.Ints:
    """A number for each distinct value, -1 for null."""
    encoded = column.combine_chunks().dictionary_encode()
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    codes: shingles.Ints = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def _identical(word_hashes: Sequence[shingles.Hashes], least: int) -> list[int]:
    """For each text, the first text with the same words; texts of fewer than `least` words are their own."""
    first: dict[bytes, int] = {}
    return [first.setdefault(words.tobytes(), row) if len(words) >= least else row for row, words in enumerate(word_hashes)]


def _noted(articles: pa.Table) -> Callable[[int, int], bool]:
    """Whether a press database says of one of two articles that the other's outlet printed it too ("Outlet (2019-05-24)")."""
    outlets = [" ".join(map(shingles.normal, shingles.WORD.findall(name or ""))) for name in articles["outlet"].to_pylist()]
    notes = articles["syndicated"].to_pylist() if "syndicated" in articles.column_names else [None] * len(outlets)
    others = [
        {" ".join(map(shingles.normal, shingles.WORD.findall(note.rpartition(" (")[0] or note))) for note in found or ()}
        for found in notes
    ]
    return lambda a, b: bool((outlets[b] and outlets[b] in others[a]) or (outlets[a] and outlets[a] in others[b]))


def _pairs(
    index: shingles.Index,
    outlets: shingles.Ints,
    parsed: Callable[[int], _Parsed],
    noted: Callable[[int, int], bool],
    settings: ReuseSettings,
) -> list[tuple[int, int]]:
    """The pairs of texts that are one text, smaller row first."""
    certain: list[tuple[int, int]] = []
    doubtful: list[tuple[int, int]] = []
    for a, b in shingles.candidates(index, 3, settings.containment / 5):
        shared = len(np.intersect1d(index.of(a), index.of(b), assume_unique=True))
        share = shared / min(len(index.of(a)), len(index.of(b)))
        if share >= settings.containment / 2:
            doubtful.append((a, b))
            if share >= _SAME:
                certain.append((a, b))
    if not doubtful:
        return []
    count = len(index.bounds) - 1
    groups = np.zeros(count, dtype=np.int64)
    for root, rows in _components(count, certain).items():
        groups[rows] = root
    formulas = shingles.widespread(index, groups, outlets, _SITE_GROUPS, _ALL_GROUPS)
    return sorted(
        pair for pair in doubtful if noted(*pair) or _same_text(parsed(pair[0]), parsed(pair[1]), formulas, settings)
    )


def _same_text(a: _Parsed, b: _Parsed, formulas: shingles.Hashes, settings: ReuseSettings) -> bool:
    size = settings.shingle
    kept_a, kept_b = _own(a, formulas, size), _own(b, formulas, size)
    in_a, in_b = dict(kept_a), dict(kept_b)
    shorter = min(len(in_a), len(in_b))
    shared = [code for code, outside in in_a.items() if code in in_b and (outside or in_b[code])]
    unquoted = min(sum(in_a.values()), sum(in_b.values()))
    if unquoted < settings.min_run:  # all but a few words are quotation: then the quotation is the text
        shared = [code for code in in_a if code in in_b]
    else:
        shorter = unquoted
    if not shorter:
        return False
    needed = max(3, min(settings.min_run - size + 1, math.ceil(_SAME * shorter)))
    if len(shared) >= needed and len(shared) / shorter >= settings.containment:
        return True
    telling = set(shared)
    aligned = longest = 0
    for passage in alignment.passages(alignment.runs(a.words, b.words, size)):
        own = [run for run in passage if _telling(a, run, telling, size)]
        if own:
            last = passage[-1]
            aligned += min(last.a + last.length - passage[0].a, last.b + last.length - passage[0].b)
            longest = max(longest, *(run.length for run in own))
    share = aligned / min(len(a.words), len(b.words))
    return share >= _REWRITTEN or (longest >= settings.min_run and share >= settings.containment)


def _own(text: _Parsed, formulas: shingles.Hashes, size: int) -> list[tuple[int, bool]]:
    """The shingles of a text that are no formula, each with whether it reaches outside of quotation marks."""
    hashes = shingles.shingles(np.array(text.words, dtype=np.uint64), size)
    if not len(hashes):
        return []
    inside = np.all(np.lib.stride_tricks.sliding_window_view(text.quoted, size), axis=1)
    own = ~shingles.among(hashes, formulas)
    return sorted(zip(hashes[own].tolist(), np.logical_not(inside[own]).tolist(), strict=True))


def _telling(text: _Parsed, run: alignment.Run, telling: set[int], size: int) -> bool:
    """Whether at least half of the shingles of a run tell something."""
    hashes = shingles.shingles(np.array(text.words[run.a : run.a + run.length], dtype=np.uint64), size).tolist()
    return 2 * sum(code in telling for code in hashes) >= len(hashes)


def _passages(a: _Parsed, b: _Parsed, size: int) -> Iterator[dict[str, Any]]:
    shingles_a = set(shingles.shingles(np.array(a.words, dtype=np.uint64), size).tolist())
    shingles_b = set(shingles.shingles(np.array(b.words, dtype=np.uint64), size).tolist())
    shorter = min(len(shingles_a), len(shingles_b))
    containment = len(shingles_a & shingles_b) / shorter if shorter else 0.0
    for passage in alignment.passages(alignment.runs(a.words, b.words, size)):
        if sum(run.length for run in passage) < min(_MIN_PASSAGE, len(a.words), len(b.words)):
            continue
        first, last = passage[0], passage[-1]
        yield {
            "a_start": a.spans[first.a][0],
            "a_end": a.spans[last.a + last.length - 1][1],
            "b_start": b.spans[first.b][0],
            "b_end": b.spans[last.b + last.length - 1][1],
            "containment": containment,
        }


def _components(count: int, links: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Connected components: smallest row -> all rows, in order."""
    parent = list(range(count))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for a, b in links:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    found: dict[int, list[int]] = defaultdict(list)
    for row in range(count):
        found[root(row)].append(row)
    return dict(found)


def _compilations(pairs: Sequence[tuple[int, int]], published: Sequence[date | None]) -> set[int]:
    """Texts that alone link groups with nothing else in common: press reviews, digests.

    Such a text is a compilation if it links three groups or more, or two and is published after some text of each (a wire
    story that two outlets cut differently comes first; who reprints two stories comes last).
    """
    import networkx as nx

    graph = nx.Graph(pairs)
    found: set[int] = set()
    for rows in nx.connected_components(graph):
        inside = graph.subgraph(rows).copy()
        for row in nx.articulation_points(inside):
            groups = list(nx.connected_components(inside.subgraph(rows - {row})))
            if len(groups) > 2 or all(any(_before(published[other], published[row]) for other in group) for group in groups):
                found.add(row)
    return found


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _representative(
    rows: Sequence[int], held: Sequence[shingles.Hashes], lengths: Sequence[int], published: Sequence[date | None]
) -> int:
    if len(rows) == 1:
        return rows[0]
    codes, counts = np.unique(np.concatenate(held), return_counts=True)
    common = codes[counts > 1]
    shared = [int(shingles.among(own, common).sum()) for own in held]
    rich = [row for row, count in zip(rows, shared, strict=True) if count >= _FULLEST * max(shared)]
    longest = max(lengths[row] for row in rich)
    full = [row for row in rich if lengths[row] >= _FULLEST * longest]
    return min(full, key=lambda row: (published[row] or date.max, -lengths[row], row))
