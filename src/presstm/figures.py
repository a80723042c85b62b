"""Figures: every quantity asserted about the subject of the study, and the known fact that it restates.

A number is in the ledger if it counts what the study counts, if it restates a fact, or if it is an amount of money, a length
of time or a share in a sentence that speaks of the subject (`contexts` in facts.yml).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from presstm import facts as facts_module
from presstm import parts, phrases, quantities, tables
from presstm.facts import CONVERTED, Context, Fact, Facts
from presstm.parts import Part
from presstm.phrases import Phrase, Word
from presstm.quantities import Quantity
from presstm.running import batches as cached
from presstm.running.batch_work import Make, Work

load_facts = facts_module.load

Occurs = Callable[[Phrase], bool]

_ANYWHERE = Context()
_LARGE = 1000  # a number that stands alone restates a fact of this size without a word of what it counts
_COUNT = 10  # smaller counts in words or after a definite article are mostly no findings (two women, the three drivers)
_CONTEXTS = {
    "EUR": "money",
    "cents": "money",
    "USD": "money",
    "USD cents": "money",
    "CHF": "money",
    "%": "share",
    "share": "share",
    "times": "share",
}
_CONTEXTS |= {"hours": "time", "minutes": "time", "seconds": "time", "km": "time"}
_CONTEXTS |= {"days": "duration", "weeks": "duration", "months": "duration"}


def find(articles: pa.Table, sentences: pa.Table, tokens: pa.Table, facts: Facts) -> pa.Table:
    """Find the figures of every article.

    Args:
        articles, sentences, tokens: tables of these names.
        facts: what the study counts and its known facts (`load_facts`).

    Returns:
        Table figures.
    """
    rows: list[dict[str, Any]] = []
    for title, body in parts.read(articles, sentences, tokens):
        subject = _headline(title, body)
        read = [item for part in (title, body) for item in _read(part, facts, subject)]
        linked = {
            (quantity.value, quantity.unit): fact for _, _, quantity, fact, _ in read if fact and fact.low == fact.high
        }
        for part, sentence_id, quantity, fact, kept in read:
            fact = fact or linked.get((quantity.value, quantity.unit))  # said again without its words
            if fact is not None or kept:
                rows.append(_row(part, sentence_id, quantity, fact))
    return tables.from_rows("figures", rows)


def work(facts: Path) -> Work:
    """Finding the figures of a corpus batch by batch: table figures of each.

    Args:
        facts: file of what the study counts and its known facts.

    Raises:
        SettingsError: the file is not valid.
    """
    load_facts(facts)
    read = {"articles": ("article_id", "title", "text"), "sentences": None, "tokens": None}
    same: list[str | bytes] = [cached.code(sys.modules[__name__]), facts.read_bytes()]
    return Work("figures", read, _finder, (facts,), same)


def _finder(facts: Path) -> Make:
    known = load_facts(facts)
    return lambda batch: {"figures": find(**batch, facts=known)}


def metrics(figures: pa.Table, mutations: pa.Table) -> dict[str, Any]:
    """Number of figures, of those that restate a known fact, of sums that count twice, and restatements per fact."""
    keys = Counter(key for key in figures["fact"].to_pylist() if key is not None)
    sums = len(mutations) - mutations["sum_of_nested"].null_count
    return {"figures": len(figures), "linked": keys.total(), "sums_of_nested": sums, "facts": dict(sorted(keys.items()))}


def restated(quantity: Quantity, occurs: Occurs, facts: Facts) -> Fact | None:
    """The fact that a quantity restates: its unit and words fit, and it is the nearest within its tolerance.

    Args:
        quantity: a quantity of a sentence.
        occurs: tells whether a phrase stands in that sentence.
        facts: the known facts.
    """
    fitting = [
        (distance, not fact.context.requires, number, fact)
        for number, fact in enumerate(facts.facts.values())
        if (distance := deviation(quantity, fact)) is not None
        and abs(distance) <= fact.tolerance
        and (abs(distance) <= fact.exact or fact.context.holds(occurs))
    ]
    return min(fitting, key=lambda item: (abs(item[0]), *item[1:3]))[3] if fitting else None


def deviation(quantity: Quantity, fact: Fact) -> float | None:
    """Signed distance of a quantity to a fact, relative to the fact; None if unit or period do not fit.

    It is 0 for a value inside the bounds of the fact, and for a fact without a value whose words are required. A vague
    quantity (quelques centimes) restates no fact with a certain value.
    """
    unit, factor = CONVERTED.get(quantity.unit, (quantity.unit, 1.0))
    if unit not in fact.units or (fact.per is not None and quantity.per not in (fact.per, None)):
        return None
    if quantity.value is None and fact.low is not None and fact.low == fact.high:
        return None  # hundreds of workers restate no number that is known
    if fact.low is None or fact.high is None or quantity.value is None:
        return 0.0 if fact.context.requires and not fact.is_range else None
    low = quantity.value * factor
    high = low if quantity.high is None else quantity.high * factor
    if fact.is_range:
        distances = (low - fact.low) / fact.low, (high - fact.high) / fact.high
        return max(distances, key=abs) if quantity.high is not None else None
    if fact.per is not None and quantity.per is None and low != fact.low:
        return None  # without its period only the very number restates it
    if high < fact.low:
        return (high - fact.low) / fact.low
    return max(0.0, (low - fact.high) / fact.high)


def _headline(title: Part, body: Part) -> Occurs:
    """What the title says, or the first line of a text that has none."""
    first = body.text[slice(*body.paragraphs[0])] if body.paragraphs else ""
    return _occurs(phrases.words(title.text or first))


def _read(part: Part, facts: Facts, subject: Occurs) -> Iterator[tuple[Part, int, Quantity, Fact | None, bool]]:
    """Every quantity of a part with its sentence, its fact, and whether it is about the subject without one.

    What an amount of money or a share is of may be said in the sentence before; who "ils étaient 300" are, in the headline (`subject`).
    """
    before: list[Word] = []
    for sentence in part.sentences:
        words = phrases.words(part.text[sentence.start : sentence.end])
        narrow, wide = _occurs(words), _occurs([*before, *words])
        for quantity in quantities.read(part, sentence, facts):
            occurs = wide if _CONTEXTS.get(quantity.unit) in ("money", "share") else narrow
            if quantity.people:
                quantity = replace(quantity, unit=_named_before(wide, facts) or _named_before(subject, facts))
            elif quantity.named and not quantity.unit:
                earlier = [word for word in words if sentence.start + word.start < quantity.start]
                quantity = replace(quantity, unit=_antecedent(before, earlier, narrow, facts))
            quantity, fact = _linked(quantity, occurs, facts)
            yield part, sentence.id, quantity, fact, _about_subject(quantity, occurs, facts)
        before = words


def _named_before(occurs: Occurs, facts: Facts) -> str:
    """What "ils sont 300" counts: the first unit that its sentence or the one before names."""
    return next((unit for unit, nouns in facts.counted.items() if any(map(occurs, nouns))), "")


def _antecedent(before: Sequence[Word], earlier: Sequence[Word], occurs: Occurs, facts: Facts) -> str:
    """What "les livreurs sont 300" counts: the unit of the noun nearest before. That of "en" may stand in another sentence."""
    near = [word.folded for word in reversed(earlier[-5:])]
    of_en = "en" in near
    words = [*before, *earlier[: -1 - near.index("en")]] if of_en else earlier
    stands = (
        unit
        for index in reversed(range(len(words)))
        for unit, nouns in facts.counted.items()
        if any(phrases.at(noun, words, index) for noun in nouns)
    )
    return next(stands, _named_before(occurs, facts) if of_en else "")


def _occurs(words: Sequence[Word]) -> Occurs:
    """Whether a phrase stands in the words, looked for once."""
    line = phrases.line(words)
    return cache(lambda phrase: phrases.occurs(phrase, line))


def _linked(quantity: Quantity, occurs: Occurs, facts: Facts) -> tuple[Quantity, Fact | None]:
    """The quantity and its fact; a count whose unit does not lead to one is tried with the units that the sentence names."""
    fact = restated(quantity, occurs, facts)
    if fact is not None or quantity.value is None or quantity.unit not in ("", *facts.counted):
        return quantity, fact
    named = [unit for unit, nouns in facts.counted.items() if any(map(occurs, nouns))]
    large = [unit for unit in facts.counted if unit not in named and quantity.value >= _LARGE]
    for unit in [*named, *large] if not quantity.unit or quantity.alone else []:
        if fact := restated(replace(quantity, unit=unit), occurs, facts):
            return replace(quantity, unit=unit), fact
    return quantity, None


def _about_subject(quantity: Quantity, occurs: Occurs, facts: Facts) -> bool:
    if quantity.unit in facts.counted:
        in_context = facts.contexts.get("count", _ANYWHERE).holds(occurs) or _at_work(quantity, facts)
        return in_context and _is_enough(quantity, facts)
    if quantity.of is not None and _about_subject(quantity.of, occurs, facts):
        return True
    kind = _CONTEXTS.get(quantity.unit, "")
    kinds = (kind, "rate") if quantity.per and kind in ("time", "duration") else (kind,)
    context = next((c for k in kinds if (c := facts.contexts.get(k)) is not None and c.holds(occurs)), None)
    if context is None:
        return False
    clause, complement = (phrases.line(phrases.words(text)) for text in (quantity.clause, quantity.complement))
    if any(phrases.occurs(phrase, clause) for phrase in context.not_of):
        return False
    about = (*context.requires, *(noun for nouns in facts.counted.values() for noun in nouns))
    return not complement.strip() or any(phrases.occurs(phrase, complement) for phrase in about)


def _is_enough(quantity: Quantity, facts: Facts) -> bool:
    """Whether a count is large enough for a figure; a mean is, and so is a small part of a count that is one."""
    value = quantity.value
    if value is None or value % 1 or value >= _COUNT:
        return True
    in_full = quantity.spelled and not _at_work(quantity, facts)
    part_of_figure = quantity.of is not None and _is_enough(quantity.of, facts)
    return value >= 2 and not quantity.anaphoric and (not in_full or part_of_figure)


def _at_work(quantity: Quantity, facts: Facts) -> bool:
    noun = phrases.words(quantity.noun)
    return any(phrases.at(phrase[-1:], noun[-1:], 0) for phrase in facts.at_work)


def _row(part: Part, sentence_id: int, quantity: Quantity, fact: Fact | None) -> dict[str, Any]:
    return {
        "article_id": part.article_id,
        "part": part.name,
        "sentence_id": sentence_id,
        "start": quantity.start,
        "end": quantity.end,
        "text": part.text[quantity.start : quantity.end],
        "value": quantity.value,
        "high": quantity.high,
        "unit": quantity.unit + (f"/{quantity.per}" if quantity.per else ""),
        "hedge": quantity.hedge,
        "fact": fact.key if fact else None,
    }
