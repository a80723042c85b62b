"""Section on figures: how each known fact is restated, by whom and when, and the other figures by what they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

import pyarrow.compute as pc

from presstm import tables
from presstm.report import articles, charts
from presstm.report.charts import Chart, Mark
from presstm.report.evidence import Group, Item, Place, listing
from presstm.report.marks import Span
from presstm.report.material import Material, safe_name
from presstm.report.pages import Section
from presstm.report.rows import Row, decoded
from presstm.report.sections.rows import with_all

_MOST_VALUES = 12
Written = tuple[float | None, float | None, str]  # low end, high end, unit


def ledger(material: Material) -> Section | None:
    """Per known fact the values it is given, with placements and days; other figures by unit."""
    words = material.words
    by_fact: dict[str, list[Row]] = {}
    by_unit: dict[str, list[Place]] = {}
    total = material.count("figures")
    if not total:
        return None
    linked = material.table("figures")["fact"].is_valid()
    for row in decoded(material.each("figures", material.order, linked)):
        by_fact.setdefault(row["fact"], []).append(row)
    other = material.each("figures", material.order, pc.invert(linked))
    for unit, article_id, number in tables.tuples(other, "unit", "article_id", "number"):
        by_unit.setdefault(unit, []).append((article_id, number))
    item = partial(_item, material)
    deviations = {
        (row["article_id"], row["part"], row["start"]): row["deviation"] for row in material.rows("figure_mutations")
    }
    ordered = sorted(by_fact, key=lambda fact: (-len(by_fact[fact]), fact))
    groups: list[Group] = []
    shown: list[dict[str, Any]] = []
    drawn: list[Chart] = []
    for fact in ordered:
        values = _by_value(by_fact[fact])
        name = _name(material, fact)
        groups += [
            Group(_key(fact, value), f"{name}: {_written(material, value)}", _places(found), item) for value, found in values
        ]
        chart = _chart(material, fact, values)
        drawn += [chart] if chart else []
        shown.append(
            {
                "name": name,
                "known": _known(material, fact),
                "values": [_value(material, fact, value, found, deviations) for value, found in values],
                "chart": chart,
            }
        )
    units = sorted(by_unit, key=lambda unit: (-len(by_unit[unit]), unit))
    groups += [Group(_key("", unit), words.text("figures_of", unit=words.unit(unit)), by_unit[unit], item) for unit in units]
    made = listing(material, "figures", words.text("evidence_figures"), groups)
    counted = [(unit, len(by_unit[unit]), made.links[_key("", unit)]) for unit in units]
    values_shown = {
        "facts": shown,
        "rows": counted[: material.settings.top],
        "nested": _nested(material),
        "total": total,
        "linked": sum(map(len, by_fact.values())),
        "links": made.links,
        "first": made.pages[0].path,
    }
    return with_all(material, "ledger", values_shown, counted, pages=made.pages, charts=drawn)


def _nested(material: Material) -> list[dict[str, Any]]:
    """Figures that add up facts of which one holds the other, with the sentence of each."""
    found = []
    mutations = material.table("figure_mutations")
    for row in decoded(mutations.filter(pc.not_equal(mutations["sum_of_nested"], ""))):
        same = material.by_article("figures").get(row["article_id"])
        figure = next((each for each in same if (each["part"], each["start"]) == (row["part"], row["start"])), None)
        if figure:
            found.append(
                {
                    "written": _written(material, (figure["value"], figure["high"], figure["unit"])),
                    "facts": [_name(material, fact) for fact in row["sum_of_nested"].split(" + ")],
                    "article": material.articles[row["article_id"]],
                    "page": f"{articles.path(row['article_id'])}#s{figure['sentence_id']}",
                }
            )
    return found


def _by_value(rows: list[Row]) -> list[tuple[Written, list[Row]]]:
    found: dict[Written, list[Row]] = {}
    for row in rows:
        found.setdefault((row["value"], row["high"], row["unit"]), []).append(row)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0][0] is None, item[0][0] or 0, str(item[0])))


def _key(fact: str, value: object) -> str:
    return f"{fact}\n{value}"


def _value(
    material: Material, fact: str, value: Written, rows: list[Row], deviations: Mapping[tuple[str, str, int], float]
) -> dict[str, Any]:
    days = sorted(row["published"] for row in (material.articles[r["article_id"]] for r in rows) if row["published"])
    printed = [" ".join(row["text"].split()) for row in rows] if material.settings.text != "none" else []
    forms = Counter(form[:1].lower() + form[1:] for form in printed)  # at the beginning of a sentence it is no other form
    return {
        "key": _key(fact, value),
        "written": _written(material, value),
        "n": len(rows),
        "clusters": len({material.cluster(row["article_id"]) for row in rows}),
        "outlets": sorted({material.outlet(material.articles[row["article_id"]]) for row in rows}),
        "first": days[0] if days else None,
        "forms": [form for form, _ in sorted(forms.items(), key=lambda item: (-item[1], item[0]))][:4],
        "deviation": deviations.get((rows[0]["article_id"], rows[0]["part"], rows[0]["start"])),
    }


def _chart(material: Material, fact: str, values: list[tuple[Written, list[Row]]]) -> Chart | None:
    """When each value was printed; none if all of them are one value, or no article has a day."""
    words = material.words
    bands, data = [], []
    for value, rows in values[:_MOST_VALUES]:
        marks = []
        for row in rows:
            article = material.articles[row["article_id"]]
            data.append((fact, row["value"], row["high"], row["unit"], article["published"], material.outlet(article), row["article_id"], row["part"], row["start"]))  # fmt: skip
            if article["published"]:
                tip = f"{_written(material, value)}, {material.outlet(article)}, {words.date(article['published'])}"
                marks.append(Mark(article["published"], tip, f"{articles.path(row['article_id'])}#s{row['sentence_id']}"))
        if marks:
            bands.append((f"{_written(material, value)} ({words.number(len(rows))})", marks))
    if len(bands) < 2:
        return None
    shapes, height = charts.strips(bands, words.date)
    columns = ("fact", "value", "high", "unit", "published", "outlet", "article_id", "part", "start")
    name = _name(material, fact)
    title = words.text("chart_fact", fact=name[:1].upper() + name[1:])
    description = words.text("chart_fact_desc")
    return Chart(f"figure-{safe_name(fact.replace('_', '-'))}", title, description, height, shapes, columns, tuple(data))


def _places(rows: list[Row]) -> list[Place]:
    return [(row["article_id"], row["number"]) for row in rows]


def _item(material: Material, place: Place) -> Item:
    row = material.by_article("figures").row(*place)
    note = _written(material, (row["value"], row["high"], row["unit"]))
    return Item(row["article_id"], row["sentence_id"], (Span(row["start"], row["end"], "figure", note),), note)


def _written(material: Material, value: Written) -> str:
    low, high, unit = value
    words = material.words
    if low is None:
        return words.text("no_value", unit=words.unit(unit))
    if unit == "share":
        return words.percent(low) if high is None else f"{words.percent(low)} – {words.percent(high)}"
    amount = words.number(low) if high is None else f"{words.number(low)} – {words.number(high)}"
    return f"{amount} {words.unit(unit)}"


def _name(material: Material, fact: str) -> str:
    known = material.facts.get(fact)
    return (known.name.get(material.settings.language) if known else None) or fact


def _known(material: Material, fact: str) -> str | None:
    known = material.facts.get(fact)
    if known is None or known.low is None:
        return None
    return _written(material, (known.low, known.high if known.high != known.low else None, min(known.units, default="")))
