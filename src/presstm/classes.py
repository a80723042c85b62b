"""Emergent themes: classes of segments by Reinert's method, what marks them, and whether they come back in other samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import communities, reinert, tables, units
from presstm.lexical import Grouping, Lexical
from presstm.segments import Segments, contexts, segments
from presstm.settings import TopicsSettings

Array = np.ndarray[Any, np.dtype[Any]]
TABLES = ("classes", "class_segments", "class_forms", "class_groups")


@dataclass(frozen=True)
class Classification:
    """`member`: class of each segment, 0 the largest, -1 none. `anchors`: the node of each class in the (first) tree."""

    member: Array
    nodes: list[reinert.Node]
    anchors: list[int]


def emergent(
    lexical: Lexical, sentences: pa.Table, groupings: list[Grouping], settings: TopicsSettings
) -> tuple[dict[str, pa.Table], dict[str, Any]]:
    """Cut the corpus into segments and classify them; fewer than `settings.min_segments` are not classified.

    Returns:
        Tables classes, class_segments, class_forms, class_groups, and numbers: segments, forms, classes, unclassified share,
        and stability (see `stability`).
    """
    cut = segments(lexical, sentences, settings.segment_words)
    held, forms = _active(cut.holding(lexical.counts), lexical.forms, settings)
    numbers: dict[str, Any] = {"segments": len(cut.article), "active_forms": len(forms)}
    if len(cut.article) < settings.min_segments:
        reason = f"not classified: fewer than {settings.min_segments} segments"
        return {name: tables.empty(name) for name in TABLES}, {**numbers, "classes": 0, "note": reason}
    found = classify(held, cut.article, settings)
    if not found.anchors:
        numbers["note"] = "no classes: no division beyond chance on which the classification settles"
    classed = np.flatnonzero(found.member >= 0)
    marks = _marks(held[classed], found.member[classed], len(found.anchors))
    made = {
        "classes": _class_table(found),
        "class_segments": _segment_table(lexical, cut, held, found, marks),
        "class_forms": _form_table(forms, marks),
        "class_groups": _group_table(cut, groupings, found, classed),
    }
    return made, {
        **numbers,
        "classes": len(found.anchors),
        "unclassified": round(1 - len(classed) / len(found.member), 3),
        "stability": stability(held, cut.article, found.member, settings),
    }


def _active(held: Any, forms: pa.Array, settings: TopicsSettings) -> tuple[Any, pa.Array]:
    """The forms that make the classes: in at least three segments, the most frequent ones."""
    counts = np.asarray(held.sum(axis=0)).ravel()
    ranked = np.argsort(-counts, kind="stable")[: settings.max_forms]
    chosen = np.sort(ranked[counts[ranked] >= reinert.LEAST])
    return held[:, chosen].tocsr(), forms.take(pa.array(chosen))


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
            found = reinert.levels(trees[-1], least)
            levels.append({node: np.flatnonzero(np.isin(context, rows)) for node, rows in found.items()})
        one, other = (list(level.values()) for level in levels)
        pairs = reinert.cross(one, other, _least(height, settings), settings.classes)
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
    A sample repeats articles, which looks like structure, so its divisions are not held against shuffled tables; the simple
    classification of a sample makes as many classes as there are.
    """
    if member.max(initial=-1) < 0:
        return None
    limit = int(member.max()) + 1 if settings.classification == "simple" else settings.classes
    plain = settings.model_copy(update={"shuffles": 0, "classes": limit})
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


def _class_table(found: Classification) -> pa.Table:
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
            row["size"] = sum(add(each, number) for each in sorted(below[node], reverse=True))
        return int(row["size"])

    if found.anchors:
        add(0, None)
    return tables.from_rows("classes", [{**row, "share": row["size"] / len(found.member)} for row in rows])
