"""How the rules of a codebook fare: how often each matches, what it alone decides, and how right the lexicon is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import codebook, settings, tables
from presstm.codebook import CLASSIFIER, Theme, added, decided, matcher
from presstm.theming import training
from presstm.theming.coding import Coded


def idle_lists(path: Path) -> list[str]:
    """Names under `lists:` that no rule uses, in the order of the codebook, which `load_codebook` has found valid."""
    raw, _ = settings.read_yaml_lines(path)
    rules = (rule for theme in raw["themes"].values() for rule in theme["rules"])
    fields = (rule.get(name, []) for rule in rules for name in ("pattern", "with", "unless"))
    patterns = (text for field in fields for text in ([field] if isinstance(field, str) else field))
    used = {name for text in patterns for step in text.split() for name in step.split("|")}
    return [name for name in map(str, raw.get("lists", {})) if f"@{name}" not in used]


def followed(themes: Sequence[Theme]) -> set[tuple[str, str]]:
    """(theme, id) of the rules with alternatives right before or after another word: a|b c is a or b, followed by c."""
    return {
        (theme.key, rule.id)
        for theme in themes
        for rule in theme.rules
        for pattern in rule.patterns
        for one, other, gap in zip(pattern.items, pattern.items[1:], pattern.gaps[1:], strict=False)
        if not gap and "|" in one + other
    }


def counts(theme_sentences: pa.Table, themes: Sequence[Theme]) -> list[dict[str, Any]]:
    """One row per rule, in the order of the codebook: theme, rule, weight, hits, sentences, and `alone`.

    `alone` counts the sentences that would lose the theme without this rule.
    """
    weights = codebook.weights(themes)
    hits: Counter[tuple[str, str]] = Counter()
    sentences: Counter[tuple[str, str]] = Counter()
    alone: Counter[tuple[str, str]] = Counter()
    for theme, present, evidence in tables.tuples(theme_sentences, "theme", "present", "evidence"):
        found = [item["rule"] for item in evidence if (theme, item["rule"]) in weights]
        by_model = any(item["rule"] == CLASSIFIER for item in evidence)
        hits.update((theme, rule) for rule in found)
        once = {rule: weights[theme, rule] for rule in found}
        decides = present and not by_model and added(once.values()) >= 1
        for rule in once:
            sentences[theme, rule] += 1
            alone[theme, rule] += decides and added(once[other] for other in once if other != rule) < 1
    return [
        {"theme": t, "rule": r, "weight": w, "hits": hits[t, r], "sentences": sentences[t, r], "alone": alone[t, r]}
        for (t, r), w in weights.items()
    ]


def agreement(
    coded: Sequence[Coded], themes: Sequence[Theme]
) -> tuple[dict[str, Any], dict[tuple[str, str], tuple[int, int]]]:
    """Precision, recall and F1 of the lexicon against coded sentences; and per rule (right, wrong): sentences with and without
    the code where it matches."""
    match = matcher(themes)
    found = [match(row.sentence) for row in coded]
    keys = [theme.key for theme in themes]
    codes = {key: np.array([key in row.themes for row in coded], bool) for key in keys}
    ours = {key: np.array([decided(hits, key) >= 1 for hits in found], bool) for key in keys}
    right: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for row, hits in zip(coded, found, strict=True):
        for name in {(hit.theme, hit.rule) for hit in hits}:
            (right if name[0] in row.themes else wrong)[name] += 1
    return training.evaluate(codes, ours), {name: (right[name], wrong[name]) for name in right | wrong}
