"""Tables of the first page that show the first rows alone, with a page of their own for all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from presstm.report.charts import Chart
from presstm.report.material import Material
from presstm.report.pages import Page, Section

MOST_ROWS = 5000  # rows of a page of all rows; what is beyond is in the tables of the study


def with_all(
    material: Material,
    key: str,
    values: Mapping[str, Any],
    rows: Sequence[Any],
    *,
    pages: Sequence[Page] = (),
    charts: Sequence[Chart] = (),
    whole: Mapping[str, Any] | None = None,
) -> Section:
    """A section whose table shows `values["rows"]`, with the page all-<key>.html for all of `rows` if those are more.

    Args:
        material: what the report is made from.
        key: key of the section, and of its table in tables.html.
        values: of the section's template.
        rows: all rows, of the same shape.
        pages: further pages of the section.
        charts: charts of the section.
        whole: values of the table of all rows, where they differ in more than the rows.
    """
    values = {**values, "all": None, "total_rows": len(rows)}
    if len(rows) <= len(values["rows"]) and (whole is None or len(whole["steps"]) == len(values["steps"])):
        return Section(key, values, tuple(pages), tuple(charts))
    path = f"all-{key}.html"
    everything = {**values, **(whole or {}), "rows": rows[:MOST_ROWS], "hidden": max(0, len(rows) - MOST_ROWS), "few": None}
    page = Page(path, "rows.html", material.words.text(f"section_{key}"), {"key": key, "v": everything})
    return Section(key, values | {"all": path}, (*pages, page), tuple(charts))


def group_name(material: Material, grouping: str, group: str) -> str:
    """A group of a split of the corpus in the language's words."""
    words = material.words
    if group == "unknown":
        own = {"outlet": "unknown_outlet", "outlet_kind": "outlet_kind_unknown", "year": "undated", "month": "undated"}
        return words.text(own.get(grouping, "access_unknown"))
    if grouping == "access":
        return words.text(f"access_{group}")
    names = {"theme": material.theme_name, "outlet_kind": words.outlet_kind, "month": words.month}
    return names[grouping](group) if grouping in names else group
