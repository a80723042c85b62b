"""Themes: a codebook of rules over the words of a sentence, and the codes they give.

A rule is a pattern of words compared without case and accents (see `models/themes.yml` for the notation). Every match is
evidence with a rule id and offsets, so that a code can be traced to characters. Themes are defined in the codebook alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from presstm import settings as settings_module
from presstm import shares, tables
from presstm.errors import SettingsError
from presstm.settings import ThemesSettings

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"~(\d)$")
_ITEM = re.compile(r"\*?\w+\*?(\|\*?\w+\*?)*$")


@dataclass(frozen=True)
class Pattern:
    """Items (alternatives of words or word beginnings) and, before each, how many words may stand between."""

    items: tuple[str, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True)
class Rule:
    """A pattern with its id; it needs one of `requires` (if any) and none of `unless` in the same sentence."""

    id: str
    pattern: Pattern
    requires: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()


@dataclass(frozen=True)
class Theme:
    """A theme of the codebook."""

    key: str
    name: Mapping[str, str]
    definition: Mapping[str, str]
    out: Mapping[str, str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Coded:
    """What `code` returns: three tables and numbers about them."""

    sentences: pa.Table
    articles: pa.Table
    shares: pa.Table
    metrics: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """A rule that matched, with offsets in the string that was searched."""

    theme: str
    rule: str
    start: int
    end: int


# --- the codebook -----------------------------------------------------------------------------------------------------


def load_codebook(path: Path) -> tuple[Theme, ...]:
    """Read a codebook.

    Raises:
        SettingsError: it is not valid, with the theme, the rule and the reason.
    """
    raw = settings_module.read_yaml(path)
    if not isinstance(raw, dict) or not isinstance(raw.get("themes"), dict) or not raw["themes"]:
        raise SettingsError(f"{path}: expected `themes:` with one key per theme")
    _known_keys(f"{path}", raw, {"unit", "themes"})
    return tuple(_theme(path, str(key), value) for key, value in raw["themes"].items())


def _theme(path: Path, key: str, raw: Any) -> Theme:
    where = f"{path}: theme {key}"
    if not isinstance(raw, dict):
        raise SettingsError(f"{where}: expected name, definition and rules")
    _known_keys(where, raw, {"name", "definition", "in", "out", "borderline", "rules"})
    if not isinstance(raw.get("rules"), list) or not raw["rules"]:
        raise SettingsError(f"{where}: needs at least one rule under `rules:`")
    rules = tuple(_rule(where, rule) for rule in raw["rules"])
    ids = [rule.id for rule in rules]
    if doubles := sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1}):
        raise SettingsError(f"{where}: rule id {doubles[0]} is given twice")
    name, definition, out = (_languages(where, part, raw.get(part, {})) for part in ("name", "definition", "out"))
    return Theme(key, name, definition, out, rules)


def _rule(where: str, raw: Any) -> Rule:
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str) or not isinstance(raw.get("pattern"), str):
        raise SettingsError(f"{where}: every rule needs an id and a pattern, found {raw!r}")
    where = f"{where}, rule {raw['id']}"
    _known_keys(where, raw, {"id", "pattern", "with", "unless"})
    conditions = {name: raw.get(name, []) for name in ("with", "unless")}
    for name, value in conditions.items():
        if not isinstance(value, list) or not all(isinstance(pattern, str) for pattern in value):
            raise SettingsError(f"{where}: `{name}` must be a list of patterns")
    requires, unless = (tuple(compile_pattern(text, where) for text in conditions[name]) for name in ("with", "unless"))
    return Rule(raw["id"], compile_pattern(raw["pattern"], where), requires, unless)


def compile_pattern(text: str, where: str = "pattern") -> Pattern:
    """Compile the notation of the codebook.

    Raises:
        SettingsError: it does not follow the notation.
    """
    items: list[str] = []
    gaps: list[int] = []
    gap = 0
    for step in text.split():
        if match := _GAP.match(step):
            gap = int(match[1])
            if not items:
                raise SettingsError(f"{where}: {text!r} begins with a gap")
            continue
        item = fold(step)
        if not _ITEM.match(item):
            raise SettingsError(f"{where}: {step!r} is not a word, words joined by |, a beginning* or a gap ~3")
        items.append(item)
        gaps.append(gap)
        gap = 0
    if not items or gap:
        raise SettingsError(f"{where}: {text!r} {'ends with a gap' if items else 'is empty'}")
    return Pattern(tuple(items), tuple(gaps))


def _languages(where: str, name: str, raw: Any) -> Mapping[str, str]:
    if isinstance(raw, str):
        return {"fr": raw, "en": raw}
    if not isinstance(raw, dict) or not all(isinstance(text, str) for text in raw.values()):
        raise SettingsError(f"{where}: `{name}` must be a text, or one text per language")
    return raw


def _known_keys(where: str, raw: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(map(str, raw)) - known):
        raise SettingsError(f"{where}: unknown key {unknown[0]} (known: {', '.join(sorted(known))})")


# --- matching ---------------------------------------------------------------------------------------------------------


def fold(text: str) -> str:
    """Lower case without accents; oe for œ, ae for æ."""
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


def matcher(themes: Sequence[Theme]) -> Callable[[str], list[Hit]]:
    """A function from a sentence to the hits of all rules, in the order of the codebook.

    Its cost is one dictionary look-up per word, and a comparison for each rule whose first word is there.
    """
    rules = [(theme.key, rule) for theme in themes for rule in theme.rules]

    @cache
    def starts(word: str) -> tuple[int, ...]:
        return tuple(number for number, (_, rule) in enumerate(rules) if _fits(rule.pattern.items[0], word))

    def match(sentence: str) -> list[Hit]:
        found = [(fold(word.group()), word.start(), word.end()) for word in _WORD.finditer(sentence)]
        words = [word for word, _, _ in found]
        candidates: dict[int, list[int]] = {}
        for position, word in enumerate(words):
            for number in starts(word):
                candidates.setdefault(number, []).append(position)
        hits = []
        for number in sorted(candidates):
            theme, rule = rules[number]
            spans = [(first, last) for first in candidates[number] if (last := _end(rule.pattern, words, first)) >= 0]
            if spans and _allowed(rule, words):
                hits += [Hit(theme, rule.id, found[first][1], found[last][2]) for first, last in spans]
        return hits

    return match


def _allowed(rule: Rule, words: list[str]) -> bool:
    if rule.requires and not any(_occurs(pattern, words) for pattern in rule.requires):
        return False
    return not any(_occurs(pattern, words) for pattern in rule.unless)


def _occurs(pattern: Pattern, words: list[str]) -> bool:
    return any(_end(pattern, words, start) >= 0 for start in range(len(words)))


def _end(pattern: Pattern, words: list[str], start: int, step: int = 0) -> int:
    """Index of the last word of the nearest match that begins at word `start`, or -1."""
    if start >= len(words) or not _fits(pattern.items[step], words[start]):
        return -1
    if step + 1 == len(pattern.items):
        return start
    for skip in range(pattern.gaps[step + 1] + 1):
        if (end := _end(pattern, words, start + 1 + skip, step + 1)) >= 0:
            return end
    return -1


@cache
def _fits(item: str, word: str) -> bool:
    return any(_fits_one(alternative, word) for alternative in item.split("|"))


def _fits_one(alternative: str, word: str) -> bool:
    bare = alternative.strip("*")
    if alternative.startswith("*") and alternative.endswith("*"):
        return bare in word
    if alternative.endswith("*"):
        return word.startswith(bare)
    return word.endswith(bare) if alternative.startswith("*") else word == bare


# --- coding -----------------------------------------------------------------------------------------------------------


def code(
    articles: pa.Table, sentences: pa.Table, reuse: pa.Table, themes: Sequence[Theme], settings: ThemesSettings
) -> Coded:
    """Code every sentence with every theme, and count.

    Returns:
        Tables theme_sentences, theme_articles and theme_shares, and the numbers of coded sentences per theme.
    """
    coded = _code_sentences(articles, sentences, themes)
    per_article = _per_article(coded)
    theme_shares = shares.shares(articles, reuse, per_article, [theme.key for theme in themes], settings)
    present = coded.filter(coded["present"])
    counts = {row["values"]: row["counts"] for row in pc.value_counts(present["theme"]).to_pylist()}
    with_theme = len(present.group_by(["article_id", "sentence_id"]).aggregate([]))
    numbers = {
        "sentences": len(sentences),
        "with_theme": with_theme,
        "themes": {theme.key: counts.get(theme.key, 0) for theme in themes},
    }
    return Coded(coded, per_article, theme_shares, numbers)


def _code_sentences(articles: pa.Table, sentences: pa.Table, themes: Sequence[Theme]) -> pa.Table:
    match = matcher(themes)
    keys = [theme.key for theme in themes]
    columns: dict[str, list[Any]] = {name: [] for name in tables.TABLES["theme_sentences"].schema.names}
    for article_id, sentence_id, start, text in sentence_texts(articles, sentences):
        evidence: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
        for hit in match(text):
            evidence[hit.theme].append({"rule": hit.rule, "start": start + hit.start, "end": start + hit.end})
        for key in keys:
            columns["article_id"].append(article_id)
            columns["sentence_id"].append(sentence_id)
            columns["theme"].append(key)
            columns["score"].append(float(bool(evidence[key])))
            columns["present"].append(bool(evidence[key]))
            columns["evidence"].append(evidence[key])
    return tables.from_columns("theme_sentences", columns)


def sentence_texts(articles: pa.Table, sentences: pa.Table) -> Iterator[tuple[str, int, int, str]]:
    """Yield (article_id, sentence_id, start, text) of every sentence, in the order of `sentences`."""
    columns = (articles[name].to_pylist() for name in ("article_id", "title", "text"))
    texts = {article_id: {"title": title, "body": text} for article_id, title, text in zip(*columns, strict=True)}
    names = ("article_id", "sentence_id", "part", "start", "end")
    for article_id, sentence_id, part, start, end in zip(*(sentences[n].to_pylist() for n in names), strict=True):
        yield article_id, sentence_id, start, texts[article_id][part][start:end]


def _per_article(coded: pa.Table) -> pa.Table:
    counted = coded.append_column("number", coded["present"].cast(pa.float64()))
    grouped = counted.group_by(["article_id", "theme"]).aggregate([("number", "mean"), ("number", "max")])
    return tables.from_columns(
        "theme_articles",
        {
            "article_id": grouped["article_id"],
            "theme": grouped["theme"],
            "share": grouped["number_mean"],
            "present": pc.greater(grouped["number_max"], 0),
        },
    )
