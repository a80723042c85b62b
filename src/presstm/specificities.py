"""Which forms a part of the corpus uses more, or less, than the whole: specificities (Lafon 1980) and keyness beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import stats, tables
from presstm.errors import SettingsError
from presstm.lexical import Grouping, Lexical, article_counts
from presstm.settings import TopicsSettings
from presstm.units import Corpus

Array = np.ndarray[Any, np.dtype[Any]]
_MOST_CELLS = 20_000_000  # forms times groups of one grouping


def specificity(count: Array, total: Array, part: Array, corpus: int) -> Array:
    """Signed order of magnitude of the probability of so many occurrences in a part, or more, or fewer (Lafon 1980).

    A form with `total` occurrences in a corpus of `corpus` words has `count` in a part of `part` words, which is modelled as
    drawn at random (hypergeometric). Above the mode the value is -log10 P(X >= count), below it log10 P(X <= count), at the
    mode 0. No value underflows, however small the probability.
    """
    mode = np.floor((total + 1.0) * (part + 1.0) / (corpus + 2.0))
    value = np.zeros(count.shape)
    for side, upper in ((count > mode, True), (count < mode, False)):
        tail = stats.log_hypergeometric_tail(count[side], total[side], part[side], corpus, upper)
        value[side] = (-1 if upper else 1) * tail / np.log(10)
    return value


def p_value(specificities: Array) -> Array:
    """Two-sided p: which tail is looked at depends on the data, so the tail counts twice."""
    doubled: Array = np.where(specificities == 0, 1.0, np.minimum(1.0, 2 * 10 ** -np.abs(specificities)))
    return doubled


def log_likelihood(count: Array, total: Array, part: Array, corpus: int) -> Array:
    """G² of the table form and other words, part and rest (Dunning 1993)."""
    from scipy.special import xlogy

    observed = np.stack([count, total - count, part - count, corpus - total - part + count]).astype(float)
    expected = np.stack([total * part, total * (corpus - part), (corpus - total) * part, (corpus - total) * (corpus - part)])
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(observed > 0, xlogy(observed, observed / (expected / corpus)), 0.0)
    statistic: Array = np.maximum(2 * terms.sum(axis=0), 0.0)
    return statistic


def log_ratio(count: Array, total: Array, part: Array, corpus: int) -> Array:
    """Binary logarithm of the relative frequency in the part over that in the rest; 0 counts as 0.5 (Hardie 2014)."""
    inside = np.maximum(count, 0.5) / part
    outside = np.maximum(total - count, 0.5) / (corpus - part)
    ratio: Array = np.log2(inside / outside)
    return ratio


def specificities(lexical: Lexical, groupings: list[Grouping], settings: TopicsSettings) -> tuple[pa.Table, dict[str, Any]]:
    """Specificity, q and keyness of every form of at least `settings.min_count` occurrences in every group.

    q corrects over all these cells of all groupings (Benjamini and Hochberg 1995), and so does q_units, which is not taken in
    by a form that one article repeats; cells with q above `settings.q_max` are left out of the table. A group that has no
    words, or all of them, has nothing to compare.

    Returns:
        Table `specificities`, and per grouping: groups, cells tested, significant ones (by q, and by q_units as well), and how
        many are significant on average when the articles (for themes: the sentences) are dealt to the groups at random. What
        is more than a few of those comes from words that keep together in an article, which the model of independent words
        does not know.

    Raises:
        SettingsError: a grouping has too many groups for the memory of a computer.
    """
    totals = np.asarray(lexical.counts.sum(axis=0)).ravel()
    tested = np.flatnonzero(totals >= settings.min_count)
    forms, counts = lexical.forms.take(pa.array(tested)), lexical.counts[:, tested]
    for grouping in groupings:
        if len(tested) * len(grouping.groups) > _MOST_CELLS:
            raise SettingsError(
                f"setting topics.groupings: {grouping.name} has {len(grouping.groups):,} groups, too many for {len(tested):,} "
                "forms: raise topics.min_count, or leave it out"
            )
    sizes = np.asarray(lexical.counts.sum(axis=1)).ravel()
    blocks = [_cells(counts, sizes, lexical.corpus, grouping) for grouping in groupings]
    q, q_units = (_adjusted([block[name] for block in blocks]) for name in ("p", "p_units"))
    rows, metrics = [tables.empty("specificities")], {}
    for grouping, block, own, own_units in zip(groupings, blocks, q, q_units, strict=True):
        listed = own <= settings.q_max
        block |= {"q": own, "q_units": own_units, "corpus_size": np.full(len(own), sizes.sum())}
        rows.append(_table(grouping, forms, {name: values[listed] for name, values in block.items()}))
        metrics[grouping.name] = {
            "groups": len(grouping.groups),
            "tested": len(own),
            "significant": int(listed.sum()),
            "significant_by_units": int((listed & (own_units <= settings.q_max)).sum()),
            "significant_by_chance": _by_chance(counts, sizes, lexical.corpus, grouping, settings),
        }
    return tables.conform("specificities", pa.concat_tables(rows)), metrics


def _adjusted(blocks: list[Array]) -> list[Array]:
    """q of each block of p-values, corrected over all of them."""
    if not blocks:
        return []
    return np.split(stats.benjamini_hochberg(np.concatenate(blocks)), np.cumsum([len(block) for block in blocks])[:-1])


def _by_chance(counts: Any, sizes: Array, corpus: Corpus, grouping: Grouping, settings: TopicsSettings) -> float | None:
    if not settings.permutations:
        return None
    random = np.random.default_rng(settings.seed)
    found = 0
    for _ in range(settings.permutations):
        dealt = replace(grouping, members=grouping.members[random.permutation(grouping.members.shape[0])])
        p = _occurrences(counts, sizes, corpus, dealt)["p"]
        small = p[p <= settings.q_max]  # no q is smaller than its p
        found += int((stats.benjamini_hochberg(small, len(p)) <= settings.q_max).sum())
    return round(found / settings.permutations, 1)


def _cells(counts: Any, sizes: Array, corpus: Corpus, grouping: Grouping) -> dict[str, Array]:
    """Statistics of all cells form x group as flat arrays, form by form."""
    cells = _occurrences(counts, sizes, corpus, grouping)
    given = (cells["count"], cells["total"], cells["part_size"], int(sizes.sum()))
    articles, units = article_counts(counts, corpus, grouping)
    where = cells["form"], cells["group"]
    held = (units.count[where], units.total[where[0]], units.size[where[1]], grouping.members.shape[0])
    return {
        **cells,
        "n_articles": articles[where],
        "p_units": p_value(_once(specificity, *held)),
        "keyness_g2": _once(log_likelihood, *given),
        "log_ratio": log_ratio(*given),
    }


def _occurrences(counts: Any, sizes: Array, corpus: Corpus, grouping: Grouping) -> dict[str, Array]:
    words = int(sizes.sum())
    totals = np.asarray(counts.sum(axis=0)).ravel()
    of_sentence = grouping.members if grouping.by_sentence else grouping.members[corpus.article]
    part = np.asarray(of_sentence.T @ sizes)
    groups = np.flatnonzero((part > 0) & (part < words))
    form, group = (each.ravel() for each in np.meshgrid(np.arange(len(totals)), groups, indexing="ij"))
    given = ((counts.T @ of_sentence).toarray()[form, group], totals[form], part[group], words)
    specific = _once(specificity, *given)
    return {
        "form": form,
        "group": group,
        "count": given[0],
        "total": given[1],
        "part_size": given[2],
        "specificity": specific,
        "p": p_value(specific),
    }


def _once(statistic: Callable[..., Array], count: Array, total: Array, part: Array, corpus: int) -> Array:
    """`statistic` (specificity, or log_likelihood), worked out once for equal cells: most forms are rare, so that most cells are like others."""
    width, parts = int(total.max(initial=0)) + 1, np.unique(part)
    cells = pa.array((np.searchsorted(parts, part) * width + total) * width + count).dictionary_encode()
    rest, once = np.divmod(cells.dictionary.to_numpy(), width)
    place, whole = np.divmod(rest, width)
    found: Array = statistic(once, whole, parts[place], corpus)[cells.indices.to_numpy()]
    return found


def _table(grouping: Grouping, forms: pa.Array, cells: dict[str, Array]) -> pa.Table:
    return tables.from_columns(
        "specificities",
        {
            **cells,
            "grouping": [grouping.name] * len(cells["form"]),
            "group": pa.array(grouping.groups, pa.string()).take(pa.array(cells["group"])),
            "form": forms.take(pa.array(cells["form"])),
        },
    )
