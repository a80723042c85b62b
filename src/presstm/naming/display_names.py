"""How an entity is called in tables: as the corpus writes its name, where it is free to choose.

The first letter is small if mentions have it so (ministère du Travail), the apostrophe is that which they mostly have. A body with an
acronym goes by the long form only where half of its articles or more spell that out. A person whom the corpus has in capitals
only gets small letters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from presstm.naming import acronyms, names
from presstm.naming.gazetteer import Gazetteer

_COMMON = 3  # a third in lower case is enough: capitals come from the beginnings of sentences as well
_PARTICLES = frozenset("de du des la le les d l van von der den di da el al ben bin".split())
_STRAIGHT, _TYPOGRAPHIC = "'", "’"


class _Pair(NamedTuple):
    """An acronym, the keys of all longer forms, and by key those that it abbreviates."""

    short: str
    longer: frozenset[str]
    spelling: Mapping[str, str]


def choose(mentions: Iterable[tuple[str, str, str, str]], known: Gazetteer) -> dict[tuple[str, str], str]:
    """The name to show for every (label, name) of mentions.

    Args:
        mentions: (article_id, text, label, canonical name) each.
        known: known names with their other forms.
    """
    spelled: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    named_in: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for article_id, text, label, name in mentions:
        form = " ".join(text.split())
        spelled[label, name][form] += 1
        if label == "ORG":
            named_in[label, name][article_id].add(form)
    forms = _acronyms(known)
    return {
        (label, name): _shown(label, name, spelled[label, name], named_in[label, name], forms.get((label, names.key(name))))
        for label, name in spelled
    }


def _shown(label: str, name: str, spelled: Counter[str], articles: Mapping[str, set[str]], pair: _Pair | None) -> str:
    if pair is not None:
        keys = [{names.key(form) for form in forms} for forms in articles.values()]
        spelt_out = [found for found in keys if found & pair.longer]
        if 2 * len(spelt_out) < len(keys):
            name = pair.short
        elif " " not in name:
            used = Counter(key for found in spelt_out for key in found & pair.spelling.keys())
            name = pair.spelling[min(used, key=lambda key: (-used[key], key))] if used else name
    if name[0].isupper() and " " in name and label != "PER":
        same = Counter({form: count for form, count in spelled.items() if names.key(form) == names.key(name)})
        lower = sum(count for form, count in same.items() if form[0].islower())
        name = name[0].lower() + name[1:] if lower and _COMMON * lower >= same.total() else name
    if label == "PER" and name.isupper() and " " in name:
        name = _small(name)
    if _STRAIGHT not in name and _TYPOGRAPHIC not in name:
        return name
    straight, typographic = (sum(form.count(mark) * n for form, n in spelled.items()) for mark in (_STRAIGHT, _TYPOGRAPHIC))
    mark = _STRAIGHT if straight > typographic else _TYPOGRAPHIC
    return name.replace(_TYPOGRAPHIC, _STRAIGHT).replace(_STRAIGHT, mark)


def _small(name: str) -> str:
    """A person's name in capitals as one writes it: "JEAN-PAUL DE MORVAN" -> "Jean-Paul de Morvan"."""
    first, *rest = name.split()
    return " ".join([first.title(), *(word.lower() if names.fold(word) in _PARTICLES else word.title() for word in rest)])


def _acronyms(known: Gazetteer) -> dict[tuple[str, str], _Pair]:
    """By label and key of the canonical name, the bodies with an acronym that spells a long form."""
    written: dict[str, dict[str, None]] = defaultdict(dict)
    for forms in known.forms.values():
        for form in forms:
            if form.entry.label == "ORG":
                written[form.entry.name][form.text] = None
    pairs = {}
    for name, texts in written.items():
        longs = [text for text in texts if " " in text]
        shorts = [text for text in texts if acronyms.is_short(text) and any(acronyms.spells(text, long) for long in longs)]
        if shorts:
            spelling = {names.key(long): long for long in reversed(longs) if acronyms.spells(shorts[0], long)}
            short = name if " " not in name else shorts[0]
            pairs["ORG", names.key(name)] = _Pair(short, frozenset(names.key(long) for long in longs), spelling)
    return pairs
