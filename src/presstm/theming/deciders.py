"""Who decided on themes: the rules of the lexicon, the classifier, or both, as a user reads it."""

from __future__ import annotations

from collections.abc import Mapping


def of(method: str, decided_by: Mapping[str, str]) -> tuple[str, list[str]]:
    """Who decides on themes, and the themes on which the lexicon decides alone because the classifier does not know them.

    Args:
        method: `themes.method`.
        decided_by: theme -> who decided on it, as in the metrics of stage themes.
    """
    alone = [theme for theme, by in decided_by.items() if by != method]
    return ("lexicon", []) if alone and len(alone) == len(decided_by) else (method, alone)
