"""Canonical names and types of mentions, from what is known, from the article, then from the corpus where it is unambiguous."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from presstm.naming import names
from presstm.naming.gazetteer import Entry, Gazetteer
from presstm.naming.spans import Span

_WEIGHTS = {"model": 1, "name": 0}  # of one mention in the vote on a type, by what found it
_CUE = 6  # by shape or context
_PLATFORM_CUE = 12  # a platform is a firm as well, and called one
_ARTICLES = 50  # articles with the full name that are looked at for a last name alone
_PARTICLES = frozenset("de du des la le d von van der den da di el al ben bin".split())
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[ \u00a0-]?)+[A-ZÀ-Þ]\.?")
_ABBREVIATED = re.compile(r"(?:[A-ZÀ-Þ][a-z]?\.[ \u00a0-]?)+[A-ZÀ-Þ]\w")
_CALLED_BY_INITIALS = 3  # letters at least without points that are a person: JMV for Jean-Marc Vial
_LETTERS = 4  # of the first word of a body at least, by which alone it may be called
_HERE = 3  # weight of the mentions in the article itself


class Mention(NamedTuple):
    """A mention before it gets its entity."""

    article_id: str
    sentence_id: int
    part: str
    text: str
    span: Span


class Named(NamedTuple):
    """Canonical name and type of a mention; the entry if it is a known one."""

    name: str
    label: str
    entry: Entry | None = None


def link(mentions: Sequence[Mention], known: Gazetteer, acronyms: Mapping[str, Mapping[str, str]]) -> list[Named]:
    """Name each mention.

    Args:
        mentions: of the whole corpus.
        known: known names.
        acronyms: by article, long name of the key of every acronym that the article explains.
    """
    labels = _labels(mentions)
    in_article, in_corpus = _people(mentions)
    bodies = _bodies(mentions)
    company = _company(mentions)
    spelling = _spelling(mentions)
    linked = []
    for mention, label in zip(mentions, labels, strict=True):
        named = _named(mention, label, known, acronyms, in_article, spelling)
        if named.entry is None and named.label == "ORG":
            named = Named(bodies.get((mention.article_id, names.key(named.name)), named.name), "ORG")
        if named == Named(spelling[names.key(mention.text)], "PER") and " " not in mention.text:
            named = _same_person(mention, named, in_corpus, company)
        linked.append(named)
    return linked


class _Company(NamedTuple):
    """The bodies, persons and things that each article names, and the articles that name each person in full."""

    of: Mapping[str, Set[str]]
    articles: Mapping[str, Sequence[str]]


def _company(mentions: Iterable[Mention]) -> _Company:
    of: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.span.label in ("LOC", "MEDIA"):
            continue
        entry = mention.span.entry
        key = names.key(entry.name if entry is not None else mention.text)
        of[mention.article_id].add(key)
        if mention.span.label == "PER" and mention.article_id not in articles[key][-1:]:
            articles[key].append(mention.article_id)
    return _Company(of, articles)


def _bodies(mentions: Iterable[Mention]) -> dict[tuple[str, str], str]:
    """Full name of a body by article and key of its first word, where one alone begins so: Vexiane for "Vexiane Capital"."""
    full: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in mentions:
        name = mention.span.entry.name if mention.span.entry is not None else clean(mention.text)
        first, *rest = clean(mention.text).split()
        if mention.span.label == "ORG" and rest and first[0].isupper() and len(first) >= _LETTERS:
            full[mention.article_id, names.key(first)].add(name)
    return {short: next(iter(found)) for short, found in full.items() if len(found) == 1}


def _same_person(mention: Mention, named: Named, in_corpus: Mapping[str, str], company: _Company) -> Named:
    """The person whose full name another article gives, if only one has this last name and both articles name something else alike."""
    full = in_corpus.get(names.key(mention.text))
    if full is None:
        return named
    here = company.of[mention.article_id] - {names.key(mention.text), names.key(full)}
    others = company.articles.get(names.key(full), ())[:_ARTICLES]
    return Named(full, "PER") if any(here & company.of[article] for article in others) else named


def _named(
    mention: Mention,
    label: str,
    known: Gazetteer,
    acronyms: Mapping[str, Mapping[str, str]],
    in_article: Mapping[str, Mapping[str, str]],
    spelling: Mapping[str, str],
) -> Named:
    span = mention.span
    if span.entry is not None:
        return Named(span.entry.name, span.entry.label, span.entry)
    key = names.key(mention.text)
    long = acronyms.get(mention.article_id, {}).get(key)
    if long is not None:
        form = next(iter(known.of(long)), None)
        return Named(form.entry.name, form.entry.label, form.entry) if form else Named(long, label)
    alone = _INITIALS.fullmatch(mention.text) is not None
    here = in_article.get(mention.article_id, {}).get(_initials(mention.text) if alone else key)
    if here and (label == "PER" or " " not in mention.text) and not (span.sure and span.label != "PER"):
        return Named(here, "PER")
    return Named(spelling[key], label)


def clean(text: str) -> str:
    """A name in one line with straight apostrophes."""
    return " ".join(text.replace("’", "'").split())


def _labels(mentions: Sequence[Mention]) -> list[str]:
    """The type of each mention: its own if known or sure, else a vote of equal names, those of its article first."""
    here: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    everywhere: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        key = names.key(mention.text)
        here[mention.article_id, key][mention.span.label] += weight(mention.span)
        everywhere[key][mention.span.label] += weight(mention.span)
    labels = []
    voted: dict[tuple[str, str], str] = {}
    for mention in mentions:
        if mention.span.sure:
            labels.append(mention.span.label)
            continue
        place = mention.article_id, names.key(mention.text)
        if place not in voted:
            votes = Counter({label: _HERE * n for label, n in here[place].items()})
            votes.update(everywhere[place[1]])
            voted[place] = min(votes, key=lambda label: (-votes[label], label))
        labels.append(voted[place])
    return labels


def weight(span: Span) -> int:
    """What a mention counts in the vote on the type of its name."""
    cue = _PLATFORM_CUE if span.label == "PLATFORM" else _CUE
    return cue if span.sure else _WEIGHTS.get(span.method, cue)


def _people(mentions: Iterable[Mention]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Full name by key of a shorter one: per article (last or first name), and in the corpus (last name only)."""
    by_article: dict[str, dict[str, None]] = defaultdict(dict)
    everywhere: dict[str, None] = {}
    for mention in mentions:
        if mention.span.label == "PER" and " " in clean(mention.text) and not _INITIALS.fullmatch(mention.text):
            full = mention.span.entry.name if mention.span.entry is not None else clean(mention.text)
            by_article[mention.article_id][full] = None
            everywhere[full] = None
    return {article: shorter(full, first=True) for article, full in by_article.items()}, shorter(everywhere)


def shorter(full_names: Iterable[str], *, first: bool = False) -> dict[str, str]:
    """Key of last name (and of first name, of initials, alone or with the last name) -> full name, where only one person has it."""
    found: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    full_names = list(full_names)
    abbreviated = {short for full in full_names for short in _abbreviations(full)}
    for full in full_names:
        if _ABBREVIATED.match(full) and names.key(full) in abbreviated:
            continue  # J.-M. Morvan, where Jean-Marc Morvan is named as well
        if not all(word[0].isupper() or word.split("'")[0] in _PARTICLES for word in full.split()):
            continue  # Orsanne sans Vial
        key = names.key(full)
        spelled.setdefault(key, full)
        words = full.split()
        for at in range(1, len(words)):
            found[names.key(" ".join(words[at:]))].add(key)
        if "'" in words[-1]:
            found[names.key(words[-1].rpartition("'")[2])].add(key)
        if first:
            initials = _initials(full)
            found[initials].add(key)
            if initials.count(".") >= _CALLED_BY_INITIALS:
                found[initials.replace(".", "")].add(key)
            for short in _abbreviations(full):
                found[short].add(key)
        if first and len(words[0]) > 2:
            found[names.key(words[0])].add(key)
    return {short: spelled[next(iter(full))] for short, full in found.items() if len(full) == 1}


def _abbreviations(full: str) -> list[str]:
    """Keys of a full name with the initials of its first name: J.-M. Morvan, J. Morvan."""
    first, *rest = full.split()
    if not rest or _ABBREVIATED.match(full):
        return []
    initials = _initials(first).replace(".", "")
    return [names.key(" ".join((short, *rest))) for short in dict.fromkeys((initials, initials[:1])) if short]


def _initials(name: str) -> str:
    """The initials of a name, each with a point, as no key has them."""
    return "".join(f"{names.fold(part[0])}." for part in re.split(r"[\s.-]+", name) if part[:1].isupper())


def _spelling(mentions: Iterable[Mention]) -> dict[str, str]:
    """The most frequent spelling of each name, names in capitals last."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        spelled[names.key(mention.text)][clean(mention.text)] += 1
    return {
        key: min(forms, key=lambda form: (form.isupper() and len(form) > 5, -forms[form], form))
        for key, forms in spelled.items()
    }
