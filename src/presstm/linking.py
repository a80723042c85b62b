"""Canonical names: a last name alone stands for the full name, in its article, then in the corpus where it is unambiguous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from presstm import names
from presstm.spans import Span


def link(mentions: Sequence[tuple[str, str, Span]]) -> list[tuple[str, str]]:
    """(canonical name, label) of each mention.

    Args:
        mentions: article_id, text and span of each.
    """
    by_article: dict[str, list[str]] = defaultdict(list)
    everywhere: dict[str, None] = {}
    for article, text, span in mentions:
        if span.label == "PER" and len(text.split()) > 1:
            full = span.entry.name if span.entry is not None else clean(text)
            by_article[article].append(full)
            everywhere[full] = None
    in_article = {article: _last_names(full) for article, full in by_article.items()}
    in_corpus = _last_names(everywhere)
    linked = []
    for article, text, span in mentions:
        if span.entry is not None:
            linked.append((span.entry.name, span.label))
            continue
        name = clean(text)
        full_name = in_article.get(article, {}).get(names.key(name)) or in_corpus.get(names.key(name))
        if full_name and (span.label == "PER" or len(name.split()) == 1):
            linked.append((full_name, "PER"))
        else:
            linked.append((name, span.label))
    return linked


def clean(text: str) -> str:
    """A name in one line with straight apostrophes."""
    return " ".join(text.replace("’", "'").split())


def _last_names(full_names: Iterable[str]) -> dict[str, str]:
    """Key of last name -> full name, where only one person has it."""
    found: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for full in full_names:
        spelled.setdefault(names.key(full), full)
        words = full.split()
        for first in range(1, len(words)):
            found[names.key(" ".join(words[first:]))].add(names.key(full))
    return {last: spelled[next(iter(full))] for last, full in found.items() if len(full) == 1}
