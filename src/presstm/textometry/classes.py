"""Emergent themes: classes of segments by Reinert's method, what marks them, and whether they come back in other samples."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import tables
from presstm.lexical import Grouping, Lexical
from presstm.networks import communities, units
from presstm.running import batches, cache
from presstm.settings import TopicsSettings
from presstm.textometry import crossing, reinert
from presstm.textometry.segments import Segments, contexts, segments

Array = np.ndarray[Any, np.dtype[Any]]
TABLES = ("classes", "class_segments", "class_forms", "class_groups")


@dataclass(frozen=True)
class Classification:
    """`member`: class of each segment, 0 the largest, -1 none. `anchors`: the node of each class in the (first) tree."""

    member: Array
    nodes: list[reinert.Node]
    anchors: list[int]


def emergent(
    lexical: Lexical, sentences: pa.Table, groupings: list[Grouping], settings: TopicsSettings, folder: Path | None = None
) -> tuple[dict[str, pa.Table], dict[str, Any]]:
    """Cut the corpus into segments and classify them; fewer than `settings.min_segments` are not classified.

    Of more than `settings.max_segments`, those of the first articles are classified. Ids of articles are hashes, so these are a
    random sample, and it stays as it is while other articles come and go. The other segments join the class whose forms they
    hold, weighted by chi-square; one that holds none has no class. `folder` is the content cache of the classification.

    Returns:
        Tables classes, class_segments, class_forms, class_groups, and numbers: segments, forms, classes, unclassified share,
        and stability (see `stability`).
    """
    cut = segments(lexical, sentences, settings.segment_words)
    taken = _sample(cut.article, settings.max_segments)
    counts = cut.holding(lexical.counts)
    active = _active(counts[:taken], settings)
    held, forms = counts[:, active].tocsr(), lexical.forms.take(pa.array(active))
    numbers: dict[str, Any] = {"segments": len(cut.article), "active_forms": len(forms)}
    if len(cut.article) < settings.min_segments:
        reason = f"not classified: fewer than {settings.min_segments} segments"
        return {name: tables.empty(name) for name in TABLES}, {**numbers, "classes": 0, "note": reason}
    found, stable = _classified(held[:taken], cut.article[:taken], settings, folder)
    found = replace(found, member=np.append(found.member, _joined(held, found)))
    if not found.anchors:
        numbers["note"] = "no classes: no division beyond chance on which the classification settles"
    classed = np.flatnonzero(found.member >= 0)
    marks = _marks(held[classed], found.member[classed], len(found.anchors))
    made = {
        "classes": _class_table(found, stable),
        "class_segments": _segment_table(lexical, cut, held, found, marks),
        "class_forms": _form_table(forms, marks),
        "class_groups": _group_table(cut, groupings, found, classed),
    }
    return made, {
        **numbers,
        "classes": len(found.anchors),
        "unclassified": round(1 - len(classed) / len(found.member), 3),
        "stability": stable,
    }


def _sample(article: Array, most: int) -> int:
    """How many of the first segments to classify: about `most`, whole articles."""
    if len(article) <= most:
        return len(article)
    return int(np.searchsorted(article, article[most - 1], "right"))


def _active(held: Any, settings: TopicsSettings) -> Array:
    """The forms that make the classes: in at least three segments, the most frequent ones."""
    counts = np.asarray(held.sum(axis=0)).ravel()
    ranked = np.argsort(-counts, kind="stable")[: settings.max_forms]
    return np.sort(ranked[counts[ranked] >= reinert.LEAST])


def _joined(held: Any, found: Classification) -> Array:
    """The class of each segment that was not classified itself: the one whose marks it holds most of, or none."""
    taken = len(found.member)
    if not found.anchors:
        return np.full(held.shape[0] - taken, -1, np.int64)
    classed = np.flatnonzero(found.member >= 0)
    chi2 = _marks(held[classed], found.member[classed], len(found.anchors))["chi2"]
    scores = np.round(held[taken:] @ np.where(chi2 >= reinert.SIGNIFICANT, chi2, 0.0).T, 6)
    joined: Array = np.where(scores.max(axis=1, initial=0.0) > 0, scores.argmax(axis=1), -1)
    return joined


def _classified(
    held: Any, article: Array, settings: TopicsSettings, folder: Path | None
) -> tuple[Classification, float | None]:
    """`classify` and `stability`, from the cache where they are known."""
    data = (held.indptr, held.indices, article - article[:1])
    known = (batches.code(sys.modules[__name__]), batches.settings(settings), str(held.shape))
    entry = cache.key(["classes", *known, *(each.astype("<i8").tobytes() for each in data)])
    try:
        stored = json.loads(cache.get(folder, entry) or b"")
        nodes = [reinert.Node(np.zeros(0, np.int64), parent, chi2) for parent, chi2 in stored["nodes"]]
        return Classification(np.array(stored["member"], np.int64), nodes, stored["anchors"]), stored["stability"]
    except (ValueError, KeyError, TypeError):
        found = classify(held, article, settings)
        stable = stability(held, article, found.member, settings)
    tree = [(node.parent, node.chi2) for node in found.nodes]
    kept = {"member": found.member.tolist(), "nodes": tree, "anchors": found.anchors, "stability": stable}
    cache.put(folder, entry, json.dumps(kept).encode())
    return found, stable


def classify(held: Any, article: Array, settings: TopicsSettings) -> Classification:
    """Classes of the segments.

    With `settings.classification` = simple, segments are divided as they are. With double, they are first joined to contexts of
    two sizes (`settings.context_forms`), both are divided, and classes are what both agree on.

    Args:
        held: binary CSR matrix segment x form.
        article: of each segment, in order.
        settings: of the stage.
    """
    height = held.shape[0]
    if settings.classification == "simple":
        least = _least(height, settings)
        nodes = _tree(held, least, settings)
        anchors = reinert.terminal(nodes, least)
        members = [nodes[anchor].rows for anchor in anchors]
    else:
        trees, levels = [], []
        for size in settings.context_forms:
            context = contexts(held, article, size)
            joined = units.incidence(context, np.arange(height), int(context.max(initial=-1)) + 1, height) @ held
            least = _least(joined.shape[0], settings)
            trees.append(_tree((joined > 0).astype(np.int32).tocsr(), least, settings))
            found = crossing.levels(trees[-1], least)
            levels.append({node: np.flatnonzero(np.isin(context, rows)) for node, rows in found.items()})
        one, other = (list(level.values()) for level in levels)
        pairs = crossing.cross(one, other, _least(height, settings), settings.classes)
        nodes, anchors = trees[0], [list(levels[0])[place] for place, _ in pairs]
        members = [np.intersect1d(one[place], other[twin]) for place, twin in pairs]
    if len(members) < 2:
        members, anchors = [], []
    order = sorted(range(len(members)), key=lambda place: (-len(members[place]), members[place][0]))
    member = np.full(height, -1, np.int64)
    for number, place in enumerate(order):
        member[members[place]] = number
    return Classification(member, nodes, [anchors[place] for place in order])


def _tree(matrix: Any, least: int, settings: TopicsSettings) -> list[reinert.Node]:
    return reinert.tree(matrix, settings.classes, least, settings.shuffles, settings.seed)


def _least(units: int, settings: TopicsSettings) -> int:
    return max(2, ceil(settings.min_share * units))


def stability(held: Any, article: Array, member: Array, settings: TopicsSettings) -> float | None:
    """Mean adjusted Rand index between the classes and those of bootstrap samples of the articles.

    Segments count that are classified in both. 1: always the same classes, 0: no more alike than chance; None without classes.
    A sample repeats articles, which looks like structure, so its divisions are not held against shuffled tables; it is divided
    into as many classes as there are.
    """
    if member.max(initial=-1) < 0:
        return None
    plain = settings.model_copy(update={"shuffles": 0, "classes": int(member.max()) + 1})
    random = np.random.default_rng(settings.seed)
    starts = np.flatnonzero(np.diff(article, prepend=-1))
    ends = np.append(starts[1:], len(article))
    values = []
    for _ in range(settings.resamples):
        drawn = np.sort(random.integers(0, len(starts), len(starts)))
        rows = np.concatenate([np.arange(starts[one], ends[one]) for one in drawn])
        copies = np.repeat(np.arange(len(drawn)), ends[drawn] - starts[drawn])
        again = classify(held[rows], copies, plain).member
        _, once = np.unique(rows, return_index=True)
        both = once[(again[once] >= 0) & (member[rows[once]] >= 0)]
        values.append(
            communities.adjusted_rand_index(member[rows[both]].tolist(), again[both].tolist()) if len(both) else 0.0
        )
    return round(float(np.mean(values)), 3)


def _marks(held: Any, member: Array, classes: int) -> dict[str, Array]:
    """Chi-square of every form and class, over classified segments; arrays class x form."""
    within = units.incidence(member, np.arange(len(member)), classes, len(member))
    count = (within @ held).toarray()
    total = np.asarray(held.sum(axis=0)).ravel()
    size = np.bincount(member, minlength=classes)
    chi2 = reinert.signed_chi2(count, total[None, :], size[:, None], len(member))
    return {
        "count": count,
        "total": np.broadcast_to(total, count.shape),
        "share": count / np.maximum(size, 1)[:, None],
        "chi2": chi2,
    }


def _p(chi2: Array) -> Array:
    from scipy.special import chdtrc

    p: Array = chdtrc(1, np.abs(chi2))
    return p


def _form_table(forms: pa.Array, marks: Mapping[str, Array]) -> pa.Table:
    number, form = np.nonzero(np.abs(marks["chi2"]) >= reinert.SIGNIFICANT)
    return tables.from_columns(
        "class_forms",
        {
            "class_id": number + 1,
            "form": forms.take(pa.array(form)),
            **{name: values[number, form] for name, values in marks.items()},
            "p": _p(marks["chi2"][number, form]),
        },
    )


def _segment_table(
    lexical: Lexical, cut: Segments, held: Any, found: Classification, marks: Mapping[str, Array]
) -> pa.Table:
    weights = np.where(marks["chi2"] >= reinert.SIGNIFICANT, marks["chi2"], 0.0)
    classed = found.member >= 0
    scores = np.zeros(len(found.member))
    if len(found.anchors):
        scores = (held @ weights.T)[np.arange(len(found.member)), np.maximum(found.member, 0)]
    return tables.from_columns(
        "class_segments",
        {
            "article_id": lexical.corpus.article_ids.take(pa.array(cut.article)),
            "part": np.where(cut.title, "title", "body"),
            "start": cut.start,
            "end": cut.end,
            "class_id": pa.array(found.member + 1, mask=~classed),
            "score": pa.array(np.round(scores, 6), mask=~classed),
        },
    )


def _group_table(cut: Segments, groupings: list[Grouping], found: Classification, classed: Array) -> pa.Table:
    made = [tables.empty("class_groups")]
    for grouping in groupings:
        members = cut.holding(grouping.members) if grouping.by_sentence else grouping.members[cut.article]
        marks = _marks(members.tocsr()[classed], found.member[classed], len(found.anchors))
        number, group = (each.ravel() for each in np.indices(marks["count"].shape))
        made.append(
            tables.from_columns(
                "class_groups",
                {
                    "class_id": number + 1,
                    "grouping": [grouping.name] * len(number),
                    "group": pa.array(grouping.groups, pa.string()).take(pa.array(group)),
                    **{name: values[number, group] for name, values in marks.items()},
                    "p": _p(marks["chi2"][number, group]),
                },
            )
        )
    return tables.conform("class_groups", pa.concat_tables(made))


def _class_table(found: Classification, stable: float | None) -> pa.Table:
    """Classes from 1, the largest first, and above them the divisions that led to them."""
    sizes = np.bincount(found.member[found.member >= 0], minlength=len(found.anchors))
    below: dict[int, list[int]] = {}  # node -> nodes and classes (as -1 - class) right below it that lead to a class
    for number, anchor in enumerate(found.anchors):
        below.setdefault(anchor, []).append(-1 - number)
        node, parent = anchor, found.nodes[anchor].parent
        while parent is not None and node not in below.setdefault(parent, []):
            below[parent].append(node)
            node, parent = parent, found.nodes[parent].parent
    rows: list[dict[str, Any]] = []

    def add(node: int, parent: int | None) -> int:
        """Add the node and what is below it; the number of segments below."""
        while node >= 0 and len(below[node]) == 1:
            node = below[node][0]
        if node < 0:
            row: dict[str, Any] = {"class_id": -node, "parent": parent, "final": True, "size": int(sizes[-1 - node])}
            rows.append(row)
        else:
            number = len(sizes) + 1 + sum(not each["final"] for each in rows)
            row = {"class_id": number, "parent": parent, "final": False, "chi2": found.nodes[node].chi2}
            rows.append(row)
            row["size"] = sum(add(each, number) for each in sorted(below[node], key=lambda each: (each < 0, abs(each))))
        return int(row["size"])

    if found.anchors:
        add(0, None)
    of_all = len(found.member)
    return tables.from_rows("classes", [{**row, "share": row["size"] / of_all, "stability": stable} for row in rows])
