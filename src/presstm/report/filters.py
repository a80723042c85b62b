"""Addresses of the page that lists what stands behind a number."""

from __future__ import annotations

from urllib.parse import urlencode

PATH = "select.html"
FILTERS = (
    "list", "outlet", "beside", "kind", "month", "year", "access", "wire", "subset", "theme", "also", "coded", "family",
    "entity", "with", "scope", "speaker", "quoted", "about", "word", "class", "once",
)  # fmt: skip


def link(**filters: str) -> str:
    """Address of the articles, or with `list="sentences"` the sentences, that pass all of `filters` (see FILTERS)."""
    unknown = filters.keys() - set(FILTERS)
    assert not unknown, unknown
    return f"{PATH}#{urlencode({name: filters[name] for name in FILTERS if name in filters}, errors='replace')}"


def sentences(**filters: str) -> str:
    """`link` to sentences."""
    return link(list="sentences", **filters)
