"""A small study made by hand: one consistent set of all tables, for tests that need tables and no language model.

`tables()` gives four articles in three outlets (two are one wire text), with mentions, quotations, figures and themes found
by looking for the strings given here; `codebook()` and `FACTS` go with them. All names are invented.
"""

from __future__ import annotations

import datetime
import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from presstm import facts, mutations, network, schemas, tables, themes
from presstm.codebook import Rule, Theme
from presstm.settings import NetworkSettings, ThemesSettings
from presstm.theming.patterns import compile_pattern

WIRE = [
    ["Près de 12 000 livreurs travaillent à la course dans la région de Valmorne.", "Leur précarité inquiète le syndicat Les Roues libres."],
    ["« Nous ne voulons plus être des fantômes », explique Jeanne Morvan.", "Colibri Express répond que son algorithme est neutre."],
]  # fmt: skip
ARTICLES: list[dict[str, Any]] = [
    {"id": "a1", "outlet": "La Gazette imaginaire", "kind": "regional", "day": datetime.date(2019, 5, 24), "title": "Des livreurs demandent un contrat", "body": WIRE, "wire": "ADI", "cluster": "a1"},
    {"id": "a2", "outlet": "Le Courrier de nulle part", "kind": "regional", "day": datetime.date(2019, 5, 25), "title": "Livreurs : la colère monte", "body": [*WIRE, ["La loi sera débattue à l’automne."]], "wire": "ADI", "cluster": "a1"},
    {"id": "a3", "outlet": "Octets perdus", "kind": "pure_player", "day": datetime.date(2019, 7, 1), "title": "Qui entraîne l’algorithme ?", "body": [["Selon Jeanne Morvan, 15 000 livreurs sont invisibles.", "Colibri Express ne compte personne."]], "wire": None, "cluster": "a3", "access": "partial"},
    {"id": "a4", "outlet": None, "kind": None, "day": None, "title": "", "body": [["Le marché du samedi change de place."]], "wire": None, "cluster": "a4", "url": None},
]  # fmt: skip
ENTITIES = {"Jeanne Morvan": "PER", "Les Roues libres": "ORG", "Colibri Express": "PLATFORM", "Valmorne": "LOC"}
QUOTES = [
    ("« Nous ne voulons plus être des fantômes »", "direct", "Jeanne Morvan", "expliquer"),
    ("son algorithme est neutre", "indirect", "Colibri Express", "répondre"),
    ("15 000 livreurs sont invisibles", "indirect", "Jeanne Morvan", "selon"),
]
FIGURES = [("Près de 12 000 livreurs", 12000.0, "près de"), ("15 000 livreurs", 15000.0, None)]
FACTS = {
    "couriers": facts.Fact(
        key="couriers",
        name={"fr": "livreurs de la région", "en": "couriers of the region"},
        low=12000,
        high=12000,
        units=frozenset({"workers"}),
        per=None,
        tolerance=0.05,
        exact=-1,
        context=facts.Context(),
        part_of=None,
        note="",
        is_range=False,
    )
}
RULES = {
    "precarity": ("Précarité", "Precarity", ["precarite", "course"]),
    "invisibility": ("Invisibilité", "Invisibility", ["fantome*", "invisible*"]),
    "regulation": ("Régulation", "Regulation", ["contrat", "loi"]),
    "ai": ("IA", "AI", ["algorithme"]),
}


def codebook() -> tuple[Theme, ...]:
    """Four themes of one or two rules."""
    return tuple(
        Theme(
            key,
            {"fr": fr, "en": en},
            {"fr": f"Ce qui relève de : {fr}.", "en": f"What belongs to: {en}."},
            {},
            tuple(Rule(pattern.strip("*"), compile_pattern(pattern)) for pattern in patterns),
        )
        for key, (fr, en, patterns) in RULES.items()
    )


def made(
    articles: Iterable[Mapping[str, Any]] = tuple(ARTICLES), entities: Mapping[str, str] = ENTITIES
) -> dict[str, pa.Table]:
    """All tables but tokens' rows, from articles given as above; offsets are those of the strings' places in the texts."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for article in articles:
        _add_article(rows, article, entities)
    _add_passages(rows)
    clusters = {row["article_id"]: row["cluster_id"] for row in rows["reuse"]}
    for name, label in entities.items():
        places = [row["article_id"] for row in rows["mentions"] if row["entity_id"] == entity_id(name, label)]
        rows["entities"].append(
            {
                "entity_id": entity_id(name, label),
                "name": name,
                "label": label,
                "n_mentions": len(places),
                "n_articles": len(set(places)),
                "n_clusters": len({clusters[place] for place in places}),
            }
        )
    rows["rejects"].append({"source": "vide.html", "stage": "extract", "reason": "empty", "detail": "0 bytes"})
    built = {name: tables.from_rows(name, rows[name]) for name in schemas.TABLES}
    coded = themes.code(built["articles"], built["sentences"], built["reuse"], codebook(), ThemesSettings(min_group=2))
    built |= {"theme_sentences": coded.sentences, "theme_articles": coded.articles, "theme_shares": coded.shares}
    built["figure_mutations"] = mutations.table(built["figures"], built["articles"], facts.Facts({}, {}, FACTS))
    return built | network.networks(built, NetworkSettings(min_clusters=1, q_max=1, resamples=1)).tables


def write(study: Mapping[str, pa.Table], folder: Path) -> Path:
    """Write the tables of a study as results into a folder, and return it."""
    for name, table in study.items():
        tables.write(folder, name, table)
    return folder


def with_words(study: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The study with what textometry would say of two of its words: axes by outlet and year, and two classes, one body each."""
    bodies = {row["article_id"]: row["text"] for row in study["articles"].to_pylist()}
    tokens = []
    for row in study["sentences"].to_pylist():
        words = bodies[row["article_id"]][row["start"] : row["end"]].split() if row["part"] == "body" else []
        for word in (word for word in ("livreurs", "algorithme") if word in words):
            token = {**dict.fromkeys(("morph", "dep", "ent"), ""), "pos": "NOUN", "text": word, "lemma": word.rstrip("s")}
            place = {"article_id": row["article_id"], "sentence_id": row["sentence_id"], "start": row["start"]}
            tokens.append({**token, **place, "token_id": words.index(word), "head": 0})
    points = {"group": ((0.5, -0.1), (-0.4, 0.2), (0.1, 0.9)), "form": ((1.5, 0.4), (-1.0, -0.3))}
    names = {"outlet": [row["outlet"] for row in ARTICLES[:3]], "year": ["2019", "2020", "unknown"]}
    factors = [
        {"grouping": grouping, "axis": axis + 1, "inertia": (0.7, 0.3)[axis], "kind": kind, "name": name, "coordinate": at[axis],
         "contribution": (0.55, 0.3, 0.15)[number], "cos2": (0.6, 0.2, 0.1)[number]}
        for grouping in names
        for kind, places in points.items()
        for number, (name, at) in enumerate(zip(names[grouping] if kind == "group" else ("livreur", "algorithme"), places, strict=True))
        for axis in (0, 1)
    ]  # fmt: skip
    rows = [(1, 3, 0.5, None), (2, 3, 0.25, None), (3, None, 0.75, 40.5)]
    classes = [
        {"class_id": number, "parent": parent, "final": chi2 is None, "size": round(4 * share), "share": share, "chi2": chi2}
        for number, parent, share, chi2 in rows
    ]
    segments = [
        {
            "article_id": article_id,
            "part": "body",
            "start": 0,
            "end": len(bodies[article_id]),
            "class_id": class_id,
            "score": 5.0,
        }
        for article_id, class_id in (("a1", 1), ("a2", 1), ("a3", 2))
    ]
    forms = {"class_id": 1, "form": "livreur", "count": 2, "total": 3, "share": 1.0, "chi2": 9.0, "p": 0.003}
    groups = {**forms, "grouping": "outlet", "group": "La Gazette imaginaire", "count": 1}
    made = {"tokens": tokens, "factors": factors, "classes": classes, "class_segments": segments}
    made |= {"class_forms": [forms], "class_groups": [{key: value for key, value in groups.items() if key != "form"}]}
    return {**study, **{name: tables.from_rows(name, each) for name, each in made.items()}}


def entity_id(name: str, label: str) -> str:
    """Id of an entity of the small study."""
    return f"{label}:{name}"


def _add_article(rows: dict[str, list[dict[str, Any]]], article: Mapping[str, Any], entities: Mapping[str, str]) -> None:
    key = article["id"]
    body = "\n\n".join(" ".join(paragraph) for paragraph in article["body"])
    rows["articles"].append(
        {
            "article_id": key,
            "source": f"{key}.html",
            "outlet": article["outlet"],
            "outlet_kind": article["kind"],
            "title": article["title"],
            "authors": article.get("authors", ["A. Plume"]),
            "published": article["day"],
            "url": article.get("url", f"https://example.org/{key}"),
            "language": "fr",
            "access": article.get("access", "full"),
            "text": body,
            "n_words": len(body.split()),
            "method": "test",
            "warnings": [],
            "sha256": "0" * 64,
        }
    )
    rows["reuse"].append(
        {
            "article_id": key,
            "cluster_id": article["cluster"],
            "representative": article["cluster"] == key,
            "wire": article["wire"],
        }
    )
    end = 0
    placed = [("title", 0, 0, article["title"])] if article["title"] else []
    for number, paragraph in enumerate(article["body"]):
        for text in paragraph:
            start = body.index(text, end)
            end = start + len(text)
            placed.append(("body", number, start, text))
    for sentence_id, (part, paragraph_number, start, text) in enumerate(placed):
        where = {"article_id": key, "sentence_id": sentence_id, "part": part}
        rows["sentences"].append({**where, "paragraph": paragraph_number, "start": start, "end": start + len(text)})
        _add_finds(rows, where, start, text, entities)


def _add_finds(
    rows: dict[str, list[dict[str, Any]]], where: Mapping[str, Any], start: int, text: str, entities: Mapping[str, str]
) -> None:
    def span(found: str) -> dict[str, Any]:
        at = start + text.index(found)
        return {**where, "start": at, "end": at + len(found)}

    for name, label in entities.items():
        if name and name in text:
            rows["mentions"].append(
                {**span(name), "text": name, "label": label, "entity_id": entity_id(name, label), "method": "gazetteer"}
            )
    for found, kind, speaker, cue in QUOTES:
        if found in text and speaker in entities:
            speaker_id = entity_id(speaker, entities[speaker])
            rows["quotes"].append({**span(found), "kind": kind, "speaker": speaker_id, "speaker_text": speaker, "cue": cue})
    for found, value, hedge in FIGURES:
        if found in text:
            rows["figures"].append(
                {
                    **span(found),
                    "text": found,
                    "value": value,
                    "high": None,
                    "unit": "workers",
                    "hedge": hedge,
                    "fact": "couriers",
                }
            )


def _add_passages(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Each article of a cluster shares with its representative the longest run of characters that they both have."""
    texts = {row["article_id"]: row["text"] for row in rows["articles"]}
    for row in rows["reuse"]:
        if not row["representative"]:
            a, b = sorted((row["article_id"], row["cluster_id"]))
            run = difflib.SequenceMatcher(None, texts[a], texts[b], autojunk=False).find_longest_match()
            rows["reuse_passages"].append(
                {
                    "a": a,
                    "b": b,
                    "a_start": run.a,
                    "a_end": run.a + run.size,
                    "b_start": run.b,
                    "b_end": run.b + run.size,
                    "containment": 1.0,
                }
            )
