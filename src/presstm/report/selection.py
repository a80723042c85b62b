"""The page that lists what stands behind a number: its filters are in the address, its data in files beside it."""

from __future__ import annotations

from presstm.report.filters import PATH
from presstm.report.material import Material
from presstm.report.pages import Page

_COUNTED = ("articles", "clusters", "sentences", "places", "quotations", "mentions", "pairs", "segments")


def page(material: Material) -> list[Page]:
    """The page, where there are articles."""
    if not material.articles:
        return []
    words = material.words
    values = {
        "keys": material.themes,
        "names": [material.theme_name(theme) for theme in material.themes],
        "terms": _terms(material),
        "forms": {key: words.forms(f"n_{key}") for key in _COUNTED},
    }
    return [Page(PATH, "select.html", words.text("selection"), values)]


def _terms(material: Material) -> dict[str, str]:
    """What the filters, and those of their values that are codes, are called."""
    words = material.words
    named = {"outlet": "outlet", "beside": "other_outlet", "first": "first_outlet", "kind": "outlet_kind", "month": "month", "year": "year", "access": "access", "variable": "variable", "theme": "theme", "also": "theme", "about": "theme", "class": "word_class",
             "entity": "entity", "with": "other_entity", "speaker": "speaker", "word": "word", "scope": "together"}  # fmt: skip
    values = {
        "wire_1": "filter_wire", "coded_1": "filter_coded", "once_1": "filter_once", "family_1": "filter_family",
        "quoted_direct": "kind_direct", "quoted_indirect": "kind_indirect", "month_unknown": "undated", "year_unknown": "undated",
    }  # fmt: skip
    values |= {f"access_{key}": f"access_{key}" for key in ("full", "partial", "unknown")}
    values |= {f"subset_{key}": f"subset_{key}" for key in ("no_wire", "whole", "no_wire_whole")}
    values |= {f"scope_{key}": f"scope_{key}" for key in ("sentence", "paragraph", "article")}
    kinds = {row["outlet_kind"] or "unknown" for row in material.articles.values()}
    months = {material.month(row) for row in material.articles.values()} - {""}
    return (
        {key: words.text(name) for key, name in (named | values).items()}
        | {"sentence": words.text("sentence")}
        | {f"kind_{kind}": words.outlet_kind(kind) for kind in sorted(kinds)}
        | {f"month_{month}": words.month(month) for month in sorted(months)}
    )
