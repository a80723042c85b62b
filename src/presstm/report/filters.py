"""Addresses of the page that lists what stands behind a number."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote_plus

from markupsafe import Markup, escape

PATH = "select.html"
FILTERS = (
    "list", "outlet", "beside", "first", "kind", "month", "year", "access", "variable", "wire", "subset", "theme", "also", "coded", "family",
    "entity", "with", "scope", "speaker", "quoted", "about", "word", "class", "once",
)  # fmt: skip


def link(**filters: str) -> str:
    """Address of the articles, or with `list="sentences"` the sentences, that pass all of `filters` (see FILTERS)."""
    unknown = filters.keys() - set(FILTERS)
    assert not unknown, unknown
    return f"{PATH}#{'&'.join(f'{name}={_quoted(filters[name])}' for name in FILTERS if name in filters)}"


def sentences(**filters: str) -> str:
    """`link` to sentences."""
    return link(list="sentences", **filters)


@lru_cache(4096)
def _quoted(value: str) -> str:
    return quote_plus(value, errors="replace")


def linked(value: object, href: str | None) -> Markup:
    """`value` as a link, or alone where there is nothing to lead to."""
    return Markup(f'<a href="{escape(href)}">{escape(value)}</a>') if href else escape(value)
