"""Which forms a part of the corpus uses more, or less, than the whole: specificities (Lafon 1980) and keyness beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import stats, tables
from presstm.errors import SettingsError
from presstm.lexical import Grouping, Lexical, article_counts
from presstm.networks.units import Corpus, incidence
from presstm.settings import TopicsSettings

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
    grouped = [_in_units(counts, sizes, lexical.corpus, grouping) for grouping in groupings]
    blocks = [_cells(counts, lexical.corpus, grouping, own) for grouping, own in zip(groupings, grouped, strict=True)]
    q, q_units = (_adjusted([block[name] for block in blocks]) for name in ("p", "p_units"))
    rows, metrics = [tables.empty("specificities")], {}
    for grouping, block, held, own, own_units in zip(groupings, blocks, grouped, q, q_units, strict=True):
        listed = own <= settings.q_max
        block |= {"q": own, "q_units": own_units, "corpus_size": np.full(len(own), sizes.sum())}
        rows.append(_table(grouping, forms, {name: values[listed] for name, values in block.items()}))
        metrics[grouping.name] = {
            "groups": len(grouping.groups),
            "tested": len(own),
            "significant": int(listed.sum()),
            "significant_by_units": int((listed & (own_units <= settings.q_max)).sum()),
            "significant_by_chance": _by_chance(held, grouping.members, settings),
        }
    return tables.conform("specificities", pa.concat_tables(rows)), metrics


def _adjusted(blocks: list[Array]) -> list[Array]:
    """q of each block of p-values, corrected over all of them."""
    if not blocks:
        return []
    return np.split(stats.benjamini_hochberg(np.concatenate(blocks)), np.cumsum([len(block) for block in blocks])[:-1])


@dataclass(frozen=True)
class _Counted:
    """What the units of a grouping hold: sparse matrix form x unit, and the words of each unit."""

    forms: Any
    sizes: Array


def _in_units(counts: Any, sizes: Array, corpus: Corpus, grouping: Grouping) -> _Counted:
    if grouping.by_sentence:
        return _Counted(counts.T.tocsr(), sizes)
    of_article = incidence(corpus.article, np.arange(len(sizes)), grouping.members.shape[0], len(sizes))
    return _Counted((of_article @ counts).T.tocsr(), of_article @ sizes)


def _by_chance(held: _Counted, members: Any, settings: TopicsSettings) -> float | None:
    if not settings.permutations:
        return None
    random = np.random.default_rng(settings.seed)
    found = 0
    for _ in range(settings.permutations):
        _, (count, total, part, corpus) = _given(held, members[random.permutation(members.shape[0])])
        rare = ~_likely(count, total, part, corpus, settings.q_max)
        p = p_value(_once(specificity, count[rare], total[rare], part[rare], corpus))
        small = p[p <= settings.q_max]  # no q is smaller than its p
        found += int((stats.benjamini_hochberg(small, len(rare)) <= settings.q_max).sum())
    return round(found / settings.permutations, 1)


def _likely(count: Array, total: Array, part: Array, corpus: int, most: float) -> Array:
    """Cells whose p is above `most` for sure, because so many occurrences exactly are likely enough by themselves.

    The probability of `count` is C(total, count) times falling factorials of `part`, of the rest, and of the corpus. Powers of the
    last factor, or of the corpus, give a bound below.
    """
    log_factorial = np.append(0.0, np.cumsum(np.log(np.arange(1, int(total.max(initial=0)) + 1))))
    rest = total - count
    below = rest * np.log(np.maximum(corpus - part - rest + 1, 1e-300)) - total * np.log(max(corpus, 1))
    held = np.flatnonzero(count)  # most cells hold nothing
    inside, whole, outside = count[held], total[held], rest[held]
    below[held] += log_factorial[whole] - log_factorial[inside] - log_factorial[outside]
    below[held] += inside * np.log(np.maximum(part[held] - inside + 1, 1e-300))
    likely: Array = np.minimum(2 * np.exp(below - 1e-9), 1.0) > most
    return likely


def _cells(counts: Any, corpus: Corpus, grouping: Grouping, counted: _Counted) -> dict[str, Array]:
    """Statistics of all cells form x group as flat arrays, form by form."""
    groups, given = _given(counted, grouping.members)
    count, total, part, _ = given
    form, group = np.repeat(np.arange(counts.shape[1]), len(groups)), np.tile(groups, counts.shape[1])
    specific = _once(specificity, *given)
    articles, units = article_counts(counts, corpus, grouping)
    held = (units.count[form, group], units.total[form], units.size[group], grouping.members.shape[0])
    return {
        "form": form,
        "group": group,
        "count": count,
        "total": total,
        "part_size": part,
        "specificity": specific,
        "p": p_value(specific),
        "n_articles": articles[form, group],
        "p_units": p_value(_once(specificity, *held)),
        "keyness_g2": _once(log_likelihood, *given),
        "log_ratio": log_ratio(*given),
    }


def _given(counted: _Counted, members: Any) -> tuple[Array, tuple[Array, Array, Array, int]]:
    """The groups that have words, but not all of them; and of their cells, form by form: count, total, part, corpus."""
    words = int(counted.sizes.sum())
    part = np.asarray(members.T @ counted.sizes)
    groups = np.flatnonzero((part > 0) & (part < words))
    totals = np.asarray(counted.forms.sum(axis=1)).ravel()
    count = (counted.forms @ members).toarray()[:, groups].ravel()
    return groups, (count, np.repeat(totals, len(groups)), np.tile(part[groups], len(totals)), words)


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
