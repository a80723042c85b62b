"""Keys of themes, which coders see as labels and as columns of a sheet, and the report as names of pages."""

from __future__ import annotations

from typing import Any

from presstm.errors import SettingsError

NONE = "none"  # the label of a sentence that a coder has read and that carries no theme
SHEET = ("key", "title", "previous", "sentence")  # the columns of a coder's sheet that stand before those of themes
_RESERVED = (*SHEET, "coder", NONE)


def check(where: str, key: Any, seen: dict[str, Any]) -> None:
    """Refuse a key that would not come back from coders, or would share its pages with one in `seen`; add it there.

    Raises:
        SettingsError: with the reason.
    """
    name = str(key)
    text = isinstance(key, str | int) and not isinstance(key, bool) and name.isprintable()
    if not text or not name or name != name.strip() or ";" in name or name.startswith(("=", "+", "-", "@")):
        raise SettingsError(
            f"{where}: the key must be text in one line (yes and no in quotes), without ; in it or space around it, "
            "and not begin with = + - or @"
        )
    if name.casefold() in _RESERVED:
        raise SettingsError(f"{where}: the key means something else to coders, as do {', '.join(_RESERVED)}")
    if seen.setdefault(name.casefold().replace("_", "-"), key) is not key:
        raise SettingsError(f"{where}: the key is that of an earlier theme but for case, - and _")
