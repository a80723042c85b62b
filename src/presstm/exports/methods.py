"""A methods paragraph in French and English with the study's numbers filled in; what was not run is not said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Self

import pyarrow.compute as pc

from presstm.exports import Source
from presstm.exports.methods_wording import DECIDES, SENTENCES, UNITS
from presstm.report.wording import NARROW, Wording
from presstm.theming import deciders, model_card

_SETTINGS = {
    "extract": ("profile", "min_words"),
    "reuse": ("shingle", "containment"),
    "annotate": ("model", "version"),
    "themes": ("method",),
    "topics": ("unit", "counting", "q_max", "classification", "resamples"),
    "network": ("q_max", "min_clusters", "resamples"),
}


def paragraph(source: Source, language: str) -> str:
    """Markdown: what was done, with which settings, on how many texts."""
    facts = _facts(source, language)
    shown = {
        key: _Count(_number(value, language), language, value) if isinstance(value, int | float) else value
        for key, value in facts.items()
    }
    if language == "fr":
        shown |= {key: value.replace(".", ",") for key, value in shown.items() if key.startswith("f1")}
    return " ".join(text[language].format_map(shown) for needed, text in SENTENCES if needed <= facts.keys()) + "\n"


class _Count(str):
    """A number as written; `{n:article|articles}` puts the noun behind it, `{n:~was|were}` is a word alone, in the number of the language."""

    def __new__(cls, written: str, language: str, value: float) -> Self:
        """The written number, with whether its noun is singular: none and one in French, one in English."""
        made = super().__new__(cls, written)
        made.singular = value < 2 if language == "fr" else value == 1
        return made

    singular: bool

    def __format__(self, spec: str) -> str:
        """The number with its noun."""
        one, _, many = spec.removeprefix("~").partition("|")
        word = one if self.singular else many
        return str(self) if not many else word if spec.startswith("~") else f"{self!s} {word}"


def _number(value: float, language: str) -> str:
    written = f"{value:,}"
    return written.replace(",", NARROW).replace(".", ",") if language == "fr" else written


def _facts(source: Source, language: str) -> dict[str, Any]:
    """What is known of the run; a sentence is written only if all it needs is here."""
    found: dict[str, Any] = {"version": source.versions.get("presstm", "?")}
    for needed, facts in _OF_TABLES:
        if needed <= source.tables.keys():
            found |= facts(source, language)
    measured = _topics(source) | _classes(source) | _communities(source) | _quality(source) | _coders(source, language)
    return found | measured | _settings(source, language)


def _corpus(source: Source, language: str) -> dict[str, Any]:
    articles, rejects = source.tables["articles"], len(source.tables["rejects"])
    found = {"kept": len(articles), "rejected": rejects, "seen": len(articles) + rejects}
    found["outlets"] = len(pc.unique(articles["outlet"].drop_null()))
    ends = pc.min_max(articles["published"]).as_py()
    if ends["min"] is None:
        return found
    first, last = (Wording(language).date(ends[end]) for end in ("min", "max"))
    return found | ({"day": first} if ends["min"] == ends["max"] else {"first": first, "last": last})


def _reuse(source: Source, _: str) -> dict[str, Any]:
    reuse = source.tables["reuse"]
    sizes = reuse.group_by("cluster_id").aggregate([([], "count_all")])["count_all"].to_pylist()
    several = [size for size in sizes if size > 1]
    wire = reuse["wire"].drop_null().length()
    return {"clusters": len(sizes), "families": len(several), "placements": sum(several), "wire": wire}


def _rows(*names: str) -> Callable[[Source, str], dict[str, Any]]:
    return lambda source, _: {name: len(source.tables[name]) for name in names}


def _quotes(source: Source, _: str) -> dict[str, Any]:
    return {"quotes": pc.sum(pc.not_equal(source.tables["quotes"]["kind"], "term")).as_py() or 0}


def _themes(source: Source, language: str) -> dict[str, Any]:
    coded = source.tables["theme_sentences"]
    present = coded.filter(coded["present"]).group_by(["article_id", "sentence_id"]).aggregate([])
    return {"themes": _named(source, language, pc.unique(coded["theme"]).to_pylist()), "coded": len(present)}


def _edges(source: Source, language: str) -> dict[str, Any]:
    edges = source.tables["edges"]
    here = edges.filter(pc.equal(edges["scope"], source.scope))
    return {"edges": pc.sum(here["kept"]).as_py() or 0, "pairs": len(here), "unit": UNITS[language][source.scope]}


_OF_TABLES: tuple[tuple[set[str], Callable[[Source, str], dict[str, Any]]], ...] = (
    ({"articles", "rejects"}, _corpus),
    ({"reuse"}, _reuse),
    ({"sentences"}, _rows("sentences")),
    ({"mentions", "entities"}, _rows("mentions", "entities")),
    ({"quotes"}, _quotes),
    ({"figures"}, _rows("figures")),
    ({"theme_sentences"}, _themes),
    ({"edges"}, _edges),
    ({"specificities"}, _rows("specificities")),
)


def _measured(source: Source, stage: str, *keys: str) -> dict[str, Any]:
    """What a stage tells of itself under `keys`; empty if it does not."""
    found: Any = source.metrics.get(stage)
    for key in keys:
        found = (found or {}).get(key)
    return dict(found or {})


def _topics(source: Source) -> dict[str, Any]:
    splits = _measured(source, "topics", "groupings").values()
    chance = [split.get("significant_by_chance") for split in splits]
    if not splits or None in chance:
        return {}
    tests, by_units = (sum(split[key] for split in splits) for key in ("tested", "significant_by_units"))
    return {"tests": tests, "by_chance": round(sum(chance), 1), "by_units": by_units}


def _classes(source: Source) -> dict[str, Any]:
    """Of the classification of segments: how many classes, what they leave out, and whether they come again."""
    found = _measured(source, "topics")
    if "unclassified" not in found:
        return {}
    if not found.get("classes"):
        return {"segments": found["segments"], "no_classes": True}
    left = round(100 * found["unclassified"], 1)
    stable = {} if found.get("stability") is None else {"stability": round(found["stability"], 2)}
    return {"segments": found["segments"], "classes": found["classes"], "unclassified": left, **stable}


def _communities(source: Source) -> dict[str, Any]:
    found = _measured(source, "network", "scopes", source.scope)
    stability = found.get("stability") or {"": None}
    if not found.get("communities") or None in stability.values():
        return {}
    return {"communities": found["communities"], "modularity": found["modularity"], "ari": stability["bootstrap"]}


def _quality(source: Source) -> dict[str, Any]:
    """How well themes are coded: by codes of this corpus, and by the model's card where one method decided on all themes."""
    found: dict[str, Any] = {}
    if by_hand := _measured(source, "themes").get("coded_by_hand"):
        own = _measured(source, "themes", "quality", "macro")
        found = {"by_hand": by_hand, **_f1("f1_own", [own.get(name) for name in ("f1", "f1_low", "f1_high")])}
    method, decided = (source.settings.get("themes") or {}).get("method"), _measured(source, "themes", "decided_by")
    if method and set(decided.values()) <= {method} and "theme_sentences" in source.tables:
        themes = pc.unique(source.tables["theme_sentences"]["theme"]).to_pylist()
        found |= _f1("f1", model_card.macro_f1(source.card, method, themes) or [None])
    return found


def _coders(source: Source, language: str) -> dict[str, Any]:
    """Who coded by hand, and how far they agree."""
    measured = _measured(source, "themes")
    coders, agreed = measured.get("coders"), measured.get("agreement")
    if not agreed:
        return {"not_agreed": True, "coders": coders} if coders else {}
    told = []
    for theme, row in agreed.items():
        value, low, high = (_number(round(row[end], 2), language) for end in ("alpha", "low", "high"))
        told.append(f"{_named(source, language, [theme])} {value} ({low}–{high})")
    return {"coders": coders, "alphas": ", ".join(told)}


def _f1(name: str, score: Sequence[float | None]) -> dict[str, str]:
    """A score and the ends of its interval; nothing if one is unknown."""
    known = [f"{value:.2f}" for value in score if value is not None]
    return dict(zip((name, f"{name}_low", f"{name}_high"), known, strict=True)) if len(known) == len(score) else {}


def _settings(source: Source, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for stage, keys in _SETTINGS.items():
        values: Mapping[str, Any] = source.settings.get(stage) or {}
        found |= {f"{stage}_{key}": values[key] for key in keys if key in values}
    articles = source.tables.get("articles")
    if articles is not None and not pc.any(pc.starts_with(articles["method"], "html:")).as_py():
        found.pop("extract_profile", None)
    if "themes_method" in found:
        method, alone = deciders.of(found["themes_method"], _measured(source, "themes", "decided_by"))
        written = DECIDES[language]
        names = _named(source, language, alone)
        found["themes_method"] = written["mixed"].format(written[method], names) if alone else written[method]
    return found


def _named(source: Source, language: str, themes: Iterable[str]) -> str:
    """Names of themes in the order of the codebook; keys where it has no name."""
    names = source.theme_names
    order = {key: number for number, key in enumerate(names)}
    keys = sorted(themes, key=lambda key: (order.get(key, len(order)), key))
    written = [names.get(key, {}).get(language) or key for key in keys]
    return ", ".join(name.lower() if name[1:].islower() else name for name in written)


def both(source: Source) -> dict[str, bytes]:
    """The paragraph in both languages."""
    return {f"methods.{language}.md": paragraph(source, language).encode() for language in ("fr", "en")}
