"""The factors of each split of the corpus: its axes, and the groups and words that make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from presstm.report.rows import Row, decoded

_ON_PLANE = 40  # words on a plane
_ON_SIDE = 8  # words, and groups, named on a side of an axis


@dataclass(frozen=True)
class Axes:
    """The axes of one split: per axis its share of inertia; per kind of point the contribution of a mean point; per point (kind,
    name) its row on each axis, of all groups and of the words that make more of an axis than a mean one."""

    grouping: str
    inertia: Mapping[int, float]
    mean: Mapping[str, float]
    points: Mapping[tuple[str, str], Mapping[int, Row]]

    @property
    def names(self) -> list[str]:
        """Of the groups."""
        return [name for kind, name in self.points if kind == "group"]

    @cached_property
    def plane(self) -> list[tuple[str, str]]:
        """What the plane of the first two axes shows: all groups, then words, those first that make most of it; none with one axis."""
        if len(self.inertia) < 2:
            return []
        weight = {
            key: sum(self.inertia[axis] * rows[axis]["contribution"] for axis in (1, 2)) for key, rows in self.points.items()
        }
        ranked = sorted(weight, key=lambda key: (-round(weight[key], 9), key))
        return [key for key in ranked if key[0] == "group"] + [key for key in ranked if key[0] == "form"][:_ON_PLANE]

    def side(self, axis: int, kind: str, positive: bool) -> list[Row]:
        """The points of a kind on one side of an axis that make more of it than the mean point, those first that make most."""
        rows = [found[axis] for (of_kind, _), found in self.points.items() if of_kind == kind]
        made = [row for row in rows if row["contribution"] > self.mean[kind] and (row["coordinate"] > 0) == positive]
        return sorted(made, key=lambda row: (-row["contribution"], row["name"]))[:_ON_SIDE]

    def shown(self) -> Iterator[tuple[str, str]]:
        """The points named on the plane or at an axis."""
        yield from self.plane
        for axis in self.inertia:
            for kind in ("form", "group"):
                for positive in (False, True):
                    yield from ((kind, row["name"]) for row in self.side(axis, kind, positive))


def read(factors: pa.Table) -> list[Axes]:
    """The axes of each split, in order of its name."""
    found = []
    for grouping in sorted(factors["grouping"].unique().to_pylist()):
        rows = factors.filter(pc.equal(factors["grouping"], grouping))
        kinds = rows.filter(pc.equal(rows["axis"], 1))["kind"].value_counts().to_pylist()
        mean = {row["values"]: 1 / row["counts"] for row in kinds}
        form = pc.equal(rows["kind"], "form")
        strong = rows.filter(pc.and_(form, pc.greater(rows["contribution"], mean["form"])))["name"].unique()
        inertia: dict[int, float] = {}
        points: dict[tuple[str, str], dict[int, Row]] = {}
        for row in decoded(rows.filter(pc.or_(pc.invert(form), pc.is_in(rows["name"], strong)))):
            inertia[row["axis"]] = row["inertia"]
            points.setdefault((row["kind"], row["name"]), {})[row["axis"]] = row
        found.append(Axes(grouping, dict(sorted(inertia.items())), mean, points))
    return found


def forms(factors: pa.Table) -> set[str]:
    """The words that the report names."""
    return {name for axes in read(factors) for kind, name in axes.shown() if kind == "form"}


def cos2(rows: Mapping[int, Row], axes: Sequence[int]) -> float:
    """The share of a point's distance from the centre, squared, that these axes show."""
    return sum(float(rows[axis]["cos2"]) for axis in axes)
