"""Sections on words: those that mark a group, and the classes of segments that share a vocabulary."""

from __future__ import annotations

from collections import defaultdict

from presstm.report import filters
from presstm.report.evidence import Group, Item, Place, listing
from presstm.report.material import Material
from presstm.report.pages import Section
from presstm.report.rows import Row
from presstm.report.sections.rows import group_name, with_all

_FORMS = 12
_GROUPS = 20
_SEGMENTS = 10


def specific(material: Material) -> Section | None:
    """Per group, the words that it uses more and less than chance allows, strongest first."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in material.rows("specificities"):
        found[row["grouping"], row["group"]].append(row)
    if not found:
        return None
    made = []
    for (grouping, group), rows in sorted(found.items()):
        ordered = [
            {
                **row,
                "href": _where(material, grouping, group, row["form"]),
                "weak": row["q_units"] is None or row["q_units"] > material.topics.q_max,
            }
            for row in sorted(rows, key=lambda row: (-abs(row["specificity"]), row["form"]))
        ]
        made.append(
            {
                "split": material.words.split(grouping),
                "name": group_name(material, grouping, group),
                "more": [row for row in ordered if row["specificity"] > 0][:_FORMS],
                "less": [row for row in ordered if row["specificity"] < 0][:_FORMS],
            }
        )
    return with_all(material, "specific", {"rows": made[:_GROUPS]}, made)


def _where(material: Material, grouping: str, group: str, form: str) -> str | None:
    """Where a word stands in a group; None for a split that the page of lists does not know."""
    key = {"outlet_kind": "kind"}.get(grouping, grouping)
    if key not in filters.FILTERS:
        return None
    if key == "outlet" and group == "unknown":
        group = material.words.text("unknown_outlet")
    once = {"once": "1"} if material.topics.counting == "clusters" else {}
    return filters.sentences(**{"word": form, key: group, **once})


def classes(material: Material) -> Section | None:
    """Emergent themes: size, typical words and the most typical segments of each class."""
    final = [row for row in material.rows("classes") if row["final"]]
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
    shown = [
        {
            **row,
            "forms": [
                {**form, "href": filters.sentences(**{"word": form["form"], "class": str(row["class_id"])})}
                for form in forms[row["class_id"]][:_FORMS]
            ],
            "link": made.links.get(str(row["class_id"])),
            "all": filters.sentences(**{"class": str(row["class_id"])}),
        }
        for row in final
    ]
    return Section(
        "classes",
        {"rows": shown, "left": 1 - sum(row["share"] for row in final), "stability": final[0]["stability"]},
        made.pages,
    )


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
