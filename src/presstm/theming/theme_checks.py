"""What stands beside the shares of themes: which themes go together, and how a share moves with the choices behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import codebook, tables
from presstm.codebook import Theme
from presstm.networks import association, units
from presstm.settings import ThemesSettings
from presstm.theming import shares

THRESHOLDS = (0.3, 0.5, 0.7)


def pairs(sentences: pa.Table, reuse: pa.Table, coded: pa.Table, themes: Sequence[str]) -> pa.Table:
    """How often two themes meet in a sentence, and in an article; each reuse cluster counts once.

    Statistics are those of `association.within`; `expected` is the number of units under independence.

    Returns:
        Table theme_pairs.
    """
    corpus = units.corpus_of(sentences, reuse)
    present = coded.filter(coded["present"])
    rows, sentence = corpus.rows(present)
    theme = pc.index_in(present["theme"], pa.array(themes, pa.string())).to_numpy()[rows]
    found = []
    for unit in ("sentence", "article"):
        count = corpus.count(unit)
        matrix = units.incidence(corpus.units[unit][sentence], theme, count, len(themes))
        named = np.asarray(matrix.sum(axis=0)).ravel()
        made = association.within(matrix, count)
        for a, b, *values in zip(made.first, made.second, made.weight, made.npmi, made.p, made.q, strict=True):
            source, target = sorted((themes[a], themes[b]))
            numbers = dict(zip(("weight", "npmi", "p", "q"), values, strict=True))
            found.append(
                {"unit": unit, "source": source, "target": target, "expected": named[a] * named[b] / count, **numbers}
            )
    return tables.from_rows("theme_pairs", found)


def specifications(
    articles: pa.Table, reuse: pa.Table, coded: pa.Table, themes: Sequence[Theme], settings: ThemesSettings
) -> pa.Table:
    """The share of articles, and of clusters, with a theme under every combination of choices that the scores allow.

    Choices: who decides (the method in use, the rules alone, the score alone at three thresholds), what is counted, and
    whether wire copy or cut texts are left out.

    Returns:
        Table theme_specifications.
    """
    cluster = dict(tables.tuples(reuse, "article_id", "cluster_id"))
    subsets = [group for group in shares.groups_of(articles, reuse) if group[0] in ("all", "subset")]
    keys = [theme.key for theme in themes]
    rows = []
    for method, threshold, present in _deciders(coded, themes):
        having: dict[str, set[str]] = {theme: set() for theme in keys}
        for theme, article in tables.tuples(coded.filter(pa.array(present)), "theme", "article_id"):
            having[theme].add(article)
        for _, subset, members in subsets:
            clusters = [cluster[article] for article in members]
            values = np.array([[article in having[theme] for theme in keys] for article in members], float)
            for theme, counted in zip(keys, shares.weighted(values, clusters, settings), strict=True):
                chosen_by = {"theme": theme, "method": method, "threshold": threshold, "subset": subset}
                rows += [{**chosen_by, **each} for each in counted]
    return tables.from_rows("theme_specifications", rows)


def _deciders(coded: pa.Table, themes: Sequence[Theme]) -> Iterator[tuple[str, float, Any]]:
    """(method, threshold, whether each row carries the theme)."""
    yield "in_use", 0.0, coded["present"].to_numpy(zero_copy_only=False)
    yield "rules", 0.0, _by_rules(coded, themes)
    score = coded["score"].to_numpy()
    for threshold in THRESHOLDS:
        yield "score", threshold, score >= threshold


def _by_rules(coded: pa.Table, themes: Sequence[Theme]) -> Any:
    """Whether the rules alone decide for the theme of each row."""
    weights = codebook.weights(themes)
    evidence = coded["evidence"].combine_chunks()
    row = pc.list_parent_indices(evidence)
    hits = pa.table({"row": row, "theme": coded["theme"].take(row), "rule": pc.struct_field(evidence.flatten(), "rule")})
    found: dict[int, list[float]] = {}
    for place, theme, rule in tables.tuples(hits.group_by(["row", "theme", "rule"]).aggregate([])):
        found.setdefault(place, []).append(weights.get((theme, rule), 0.0))
    decided = np.zeros(len(coded), bool)
    decided[[place for place, each in found.items() if codebook.added(each) >= 1]] = True
    return decided
