"""Sections on words: those that mark a group, the axes on which groups and words lie, and the classes of segments that share a vocabulary."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, islice
from typing import Any

from presstm.report import axes, filters, planes, trees
from presstm.report.axes import Axes
from presstm.report.charts import Chart
from presstm.report.evidence import Group, Item, Place, listing
from presstm.report.material import Material, safe_name
from presstm.report.pages import Section
from presstm.report.planes import Point
from presstm.report.rows import Row
from presstm.report.sections.rows import group_name, with_all

_FORMS = 12
_MARKS = 8  # groups of a class
_GROUPS = 24  # on the first page
_SEGMENTS = 10
_SIGNIFICANT = 3.84  # chi-square of one degree of freedom at p = 0.05


def specific(material: Material) -> Section | None:
    """Per group, the words that it uses more and less than chance allows, strongest first.

    The first page shows as many groups of one split as of another, those with the strongest words.
    """
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in material.rows("specificities"):
        found[row["grouping"], row["group"]].append(row)
    if not found:
        return None
    made = []
    strongest = {key: max(abs(row["specificity"]) for row in rows) for key, rows in found.items()}
    for grouping, group in sorted(found, key=lambda key: (key[0], -strongest[key], key[1])):
        rows = found[grouping, group]
        ordered = [
            {
                **row,
                "href": _where(material, grouping, group, row["form"]) if row["count"] else None,
                "weak": row["q_units"] is None or row["q_units"] > material.topics.q_max,
            }
            for row in sorted(rows, key=lambda row: (-abs(row["specificity"]), row["form"]))
        ]
        made.append(
            {
                "grouping": grouping,
                "split": material.words.split(grouping),
                "name": group_name(material, grouping, group),
                "more": [row for row in ordered if row["specificity"] > 0][:_FORMS],
                "less": [row for row in ordered if row["specificity"] < 0][:_FORMS],
            }
        )
    most = max(_GROUPS // len({grouping for grouping, _ in found}), 1)
    few = [row for _, rows in groupby(made, key=lambda row: row["grouping"]) for row in islice(rows, most)]
    return with_all(material, "specific", {"rows": made if len(made) <= _GROUPS else few}, made)


def _where(material: Material, grouping: str, group: str, form: str) -> str | None:
    """Where a word stands in a group; None for a split that the page of lists does not know."""
    here = _filter(material, grouping, group)
    return filters.sentences(**{"word": form, **here, **_once(material)}) if here else None


def _filter(material: Material, grouping: str, group: str) -> dict[str, str]:
    """The filter of a group; empty for a split that the page of lists does not know."""
    if grouping in material.origin.settings.extract.variables:
        return {"variable": f"{grouping}={'' if group == 'unknown' else group}"}
    key = {"outlet_kind": "kind"}.get(grouping, grouping)
    if key not in filters.FILTERS:
        return {}
    return {key: material.words.text("unknown_outlet") if (key, group) == ("outlet", "unknown") else group}


def _once(material: Material) -> dict[str, str]:
    return {"once": "1"} if material.topics.counting == "clusters" else {}


def factors(material: Material) -> Section | None:
    """Correspondence analysis of each split: the plane of its first two axes, and what makes each axis."""
    splits = axes.read(material.table("factors"))
    if not splits:
        return None
    words = material.words
    shown, drawn = [], []
    for split in splits:
        chart = _plane(material, split) if split.plane else None
        drawn += [chart] if chart else []
        rows = [
            {
                "axis": axis,
                "inertia": share,
                "sides": {
                    side: [
                        [_point(material, split, row) for row in split.side(axis, kind, side == "positive")]
                        for kind in ("group", "form")
                    ]
                    for side in ("negative", "positive")
                },
            }
            for axis, share in split.inertia.items()
        ]
        shares = [words.percent(share, 1) for share in split.inertia.values()]
        shown.append(
            {
                "name": words.split(split.grouping),
                "groups": len(split.names),
                "plane": words.percent(sum(list(split.inertia.values())[:2]), 1),
                "even": words.percent(1 / max(1, len(split.names) - 1), 1),
                "shares": ", ".join(f"F{axis} {share}" for axis, share in zip(split.inertia, shares, strict=True)),
                "theme": split.grouping == "theme",
                "chart": chart,
                "rows": rows,
            }
        )
    return Section("factors", {"splits": shown}, charts=tuple(drawn))


def _point(material: Material, split: Axes, row: Row) -> dict[str, Any]:
    """A point at an axis: what it is called, what it makes of the axis, and where it leads."""
    group = row["kind"] == "group"
    name = group_name(material, split.grouping, row["name"]) if group else row["name"]
    href = _leads(material, split, (row["kind"], row["name"]))
    return {"name": name, "word": not group, "contribution": row["contribution"], "href": href}


def _leads(material: Material, split: Axes, key: tuple[str, str]) -> str | None:
    kind, name = key
    if kind == "form":
        return filters.sentences(**{"word": name, **_once(material)})
    here = _filter(material, split.grouping, name)
    return filters.link(**here, **_once(material)) if here else None


def _plane(material: Material, split: Axes) -> Chart:
    words = material.words
    points, rows = [], []
    for key in split.plane:
        kind, name = key
        at = split.points[key]
        shown = group_name(material, split.grouping, name) if kind == "group" else name
        both = axes.cos2(at, (1, 2))
        tip = f"{shown}: F1 {words.number(at[1]['coordinate'], 2)}, F2 {words.number(at[2]['coordinate'], 2)}, cos² {words.number(both, 2)}"
        well, href = both >= 0.5, _leads(material, split, key)
        points.append(Point(shown, at[1]["coordinate"], at[2]["coordinate"], kind == "group", well, tip, href))
        rows.append(
            (kind, name, *(at[axis][column] for axis in (1, 2) for column in ("coordinate", "contribution", "cos2")))
        )
    written = [f"F{axis} ({words.percent(split.inertia[axis], 1)})" for axis in (1, 2)]
    shapes, height = planes.plane(points, (written[0], written[1]), words.number)
    columns = ("kind", "name", *(f"{column}_{axis}" for axis in (1, 2) for column in ("coordinate", "contribution", "cos2")))
    title = words.text("chart_plane", split=words.split(split.grouping))
    file = f"factors-{safe_name(split.grouping.replace('_', '-'))}"
    return Chart(file, title, words.text("chart_plane_desc"), height, shapes, columns, tuple(rows))


def classes(material: Material) -> Section | None:
    """Emergent themes: the divisions that led to them, and size, typical words and the most typical segments of each class."""
    rows = material.rows("classes")
    final = [row for row in rows if row["final"]]
    if not final:
        return None
    forms: dict[int, list[Row]] = defaultdict(list)
    for row in sorted(material.rows("class_forms"), key=lambda row: (-row["chi2"], row["form"])):
        if row["chi2"] > 0:
            forms[row["class_id"]].append(row)
    segments: dict[int, list[Row]] = defaultdict(list)
    for row in material.typical_segments(_SEGMENTS):
        segments[row["class_id"]].append(row)
    groups = [
        Group(
            str(row["class_id"]),
            material.words.text("class_number", n=row["class_id"]),
            _sentences(material, segments[row["class_id"]]),
            lambda place: Item(*place),
        )
        for row in final
    ]
    made = listing(material, "classes", material.words.text("section_classes"), groups)
    marks = _groups_of_classes(material)
    shown = [
        {
            **row,
            "forms": [
                {**form, "href": filters.sentences(**{"word": form["form"], "class": str(row["class_id"])})}
                for form in forms[row["class_id"]][:_FORMS]
            ],
            "groups": marks[row["class_id"]][:_MARKS],
            "link": made.links.get(str(row["class_id"])),
            "all": filters.sentences(**{"class": str(row["class_id"])}),
        }
        for row in final
    ]
    values = {"rows": shown, "left": 1 - sum(row["share"] for row in final), "stability": final[0]["stability"]}
    return Section("classes", values, made.pages, (_dendrogram(material, rows, shown),))


def _groups_of_classes(material: Material) -> dict[int, list[dict[str, Any]]]:
    """class -> the groups of which it has more than the other classes (chi-square), strongest first."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = (row for row in material.rows("class_groups") if row["chi2"] >= _SIGNIFICANT)
    for row in sorted(rows, key=lambda row: (-row["chi2"], row["grouping"], row["group"])):
        here = _filter(material, row["grouping"], row["group"])
        name = group_name(material, row["grouping"], row["group"])
        href = filters.sentences(**{"class": str(row["class_id"])}, **here) if here else None
        found[row["class_id"]].append({"name": name, "count": row["count"], "href": href})
    return found


def _dendrogram(material: Material, rows: list[dict[str, Any]], shown: list[dict[str, Any]]) -> Chart:
    words = material.words
    below: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row["parent"] is not None:
            below[row["parent"]].append(row["class_id"])
    leaves = {}
    for row in shown:
        name = f"{words.text('class_number', n=row['class_id'])} · {words.percent(row['share'])}"
        leaves[row["class_id"]] = trees.Leaf(name, [form["form"] for form in row["forms"]], row["link"] or row["all"])
    written = {row["class_id"]: f"χ² {words.number(row['chi2'], 0)}" for row in rows if row["chi2"] is not None}
    root = next(row["class_id"] for row in rows if row["parent"] is None)
    shapes, height = trees.tree(below, leaves, written, root)
    columns = ("class_id", "parent", "final", "size", "share", "chi2")
    data = tuple(tuple(row[column] for column in columns) for row in rows)
    description = words.text("chart_classes_desc", tree=trees.nested(root, below))
    return Chart("classes", words.text("chart_classes"), description, height, shapes, columns, data)


def _sentences(material: Material, segments: list[Row]) -> list[Place]:
    """The sentences that begin in segments."""
    found = []
    for segment in segments:
        here = material.layout.of(segment["article_id"])
        starts, _ = material.layout.offsets(here)
        title = material.layout.paragraph[here] < 0
        inside = (title == (segment["part"] == "title")) & (segment["start"] <= starts) & (starts < segment["end"])
        found += [(segment["article_id"], number) for number in material.layout.sentence_id[here][inside].tolist()]
    return found
