"""Figures: every quantity asserted about the subject of the study, and the known fact that it restates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from presstm import facts as facts_module
from presstm import parts, phrases, quantities, tables
from presstm.facts import Fact, Facts
from presstm.phrases import Word
from presstm.quantities import Quantity
from presstm.settings import FiguresSettings

load_facts = facts_module.load

_MONEY = ("EUR", "cents", "USD", "CHF")
_TIME = ("hours", "minutes")


def find(articles: pa.Table, sentences: pa.Table, tokens: pa.Table, facts: Facts, settings: FiguresSettings) -> pa.Table:
    """Find the figures of every article.

    Args:
        articles, sentences, tokens: tables of these names.
        facts: what the study counts and its known facts (`load_facts`).
        settings: of the stage.

    Returns:
        Table figures.
    """
    rows: list[dict[str, Any]] = []
    for pair in parts.read(articles, sentences, tokens):
        for part in pair:
            for sentence in part.sentences:
                words = phrases.words(part.text[sentence.start : sentence.end])
                for quantity in quantities.read(part.text, sentence.start, sentence.end, facts):
                    fact = restated(quantity, words, facts)
                    if fact is None and not _about_subject(part.text, quantity, words, facts):
                        continue
                    rows.append(
                        {
                            "article_id": part.article_id,
                            "part": part.name,
                            "sentence_id": sentence.id,
                            "start": quantity.start,
                            "end": quantity.end,
                            "text": part.text[quantity.start : quantity.end],
                            "value": quantity.value,
                            "high": quantity.high,
                            "unit": quantity.unit + (f"/{quantity.per}" if quantity.per else ""),
                            "hedge": quantity.hedge,
                            "fact": fact.key if fact else None,
                        }
                    )
    return tables.from_rows("figures", rows)


def metrics(figures: pa.Table) -> dict[str, Any]:
    """Number of figures, of those that restate a known fact, and per fact."""
    keys = Counter(key for key in figures["fact"].to_pylist() if key is not None)
    return {"figures": len(figures), "linked": keys.total(), "facts": dict(sorted(keys.items()))}


def _about_subject(text: str, quantity: Quantity, words: Sequence[Word], facts: Facts) -> bool:
    if quantity.unit in facts.counted:
        return quantity.value is None or quantity.value >= 10 or quantity.high is not None
    kind = "money" if quantity.unit in _MONEY else "time" if quantity.unit in _TIME else "share" if quantity.unit else None
    return kind is not None and kind in facts.contexts and facts.contexts[kind].holds(words)


def restated(quantity: Quantity, words: Sequence[Word], facts: Facts) -> Fact | None:
    """The fact that a quantity restates: unit and words fit and it is the nearest within its tolerance."""
    fitting = [
        (distance, not fact.context.requires, number, fact)
        for number, fact in enumerate(facts.facts.values())
        if (distance := _distance(quantity, fact)) is not None and fact.context.holds(words)
    ]
    return min(fitting, key=lambda item: item[:3])[3] if fitting else None


def _distance(quantity: Quantity, fact: Fact) -> float | None:
    """Relative distance of the quantity to the fact; None if the unit does not fit or it is out of tolerance."""
    unit = {"cents": "EUR", "share": "%"}.get(quantity.unit, quantity.unit)
    factor = {"cents": 0.01, "share": 100.0}.get(quantity.unit, 1.0)
    if unit not in fact.units or (fact.per is not None and quantity.per != fact.per):
        return None
    if fact.low is None or fact.high is None or quantity.value is None:
        return 1.0 if fact.context.requires else None
    low, high = quantity.value * factor, (quantity.value if quantity.high is None else quantity.high) * factor
    nearest = max(fact.low - high, low - fact.high, 0.0) / (fact.low if low < fact.low else fact.high)
    return nearest if nearest <= fact.tolerance else None
