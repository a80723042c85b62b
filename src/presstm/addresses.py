"""Addresses as others wrote them, some of which are none."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

_COPY = re.compile(
    r"https?://(?:web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?|archive\.(?:today|ph|is|li|vn|md|fo)/\d{4,14})/(?=https?:)",
    re.I,
)
_SAME_HOST = re.compile(r"(?:www|m|mobile|amp)\.(?=[^.]+\.)")
_AMP = re.compile(r"^/amp(?=/)|[/.]amp(?=$|\.html?$)", re.I)
_FROM = re.compile(  # names of values that say where a reader comes from
    r"(?:utm|at|mtm|pk|ns|mc)_.*|xtor|xtref|fbclid|gclid|dclid|yclid|twclid|msclkid|igshid|cmpid|ref|src|amp|outputtype",
    re.I,
)


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


def original(url: str) -> str:
    """The address of the page of which `url` is the copy in a web archive (Wayback Machine, archive.today); else `url`."""
    return _COPY.sub("", url)


def place(url: str | None) -> tuple[str, str, str]:
    """What of an address tells documents apart: host, path, query; the same for phones, AMP and wherever a reader comes from."""
    parts = split(url)
    path = _AMP.sub("", parts.path.rstrip("/")).rstrip("/")
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _FROM.fullmatch(name)]
    return _SAME_HOST.sub("", parts.hostname or "", count=1), path, urlencode(query)
