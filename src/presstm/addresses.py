"""Addresses as others wrote them, some of which are none."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit


def split(url: str | None) -> SplitResult:
    """Parts of an address; all empty where it cannot be parsed."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return urlsplit("")


def web_address(url: str | None) -> str | None:
    """`url` if it may become a link: http or https, with a host; else None."""
    parts = split(url)
    return url if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\s<>\"\\]", url or "") else None
