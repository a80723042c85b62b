"""A methods paragraph in French and English with the study's numbers filled in; what was not run is not said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc

from presstm.exports import Source


def paragraph(source: Source, language: str) -> str:
    """Markdown: what was done, with which settings, on how many texts."""
    facts = _facts(source)
    number = _french if language == "fr" else _english
    shown = {key: number(value) if isinstance(value, int | float) else value for key, value in facts.items()}
    return " ".join(text[language].format_map(shown) for needed, text in _SENTENCES if needed <= facts.keys()) + "\n"


def _french(value: float) -> str:
    text = f"{value:,}".replace(",", "\u202f")
    return text.replace(".", ",") if isinstance(value, float) else text


def _english(value: float) -> str:
    return f"{value:,}"


def _facts(source: Source) -> dict[str, Any]:
    """What is known of the run; a sentence is written only if all it needs is here."""
    found: dict[str, Any] = {"version": source.versions.get("presstm", "?")}
    have = source.tables
    if {"articles", "rejects"} <= have.keys():
        days = sorted(day.isoformat() for day in have["articles"]["published"].to_pylist() if day)
        found |= {"kept": len(have["articles"]), "rejected": len(have["rejects"])}
        found |= {"seen": found["kept"] + found["rejected"]}
        found |= {"outlets": len(pc.unique(have["articles"]["outlet"].drop_null()))}
        found |= {"first": days[0], "last": days[-1]} if days else {}
    if "reuse" in have:
        found["clusters"] = len(pc.unique(have["reuse"]["cluster_id"]))
    if "sentences" in have:
        found["sentences"] = len(have["sentences"])
    if {"mentions", "entities"} <= have.keys():
        found |= {"mentions": len(have["mentions"]), "entities": len(have["entities"])}
    if "quotes" in have:
        found["quotes"] = pc.sum(pc.not_equal(have["quotes"]["kind"], "term")).as_py() or 0
    if "figures" in have:
        found["figures"] = len(have["figures"])
    if "theme_sentences" in have:
        present = have["theme_sentences"].filter(have["theme_sentences"]["present"])
        found |= {
            "themes": ", ".join(sorted(pc.unique(have["theme_sentences"]["theme"]).to_pylist())),
            "coded": len(present.group_by(["article_id", "sentence_id"]).aggregate([])),
        }
    if "edges" in have:
        found["edges"] = pc.sum(have["edges"]["kept"]).as_py() or 0
    for stage, keys in _SETTINGS.items():
        values: Mapping[str, Any] = source.settings.get(stage) or {}
        found |= {f"{stage}_{key}": values[key] for key in keys if key in values}
    return found


_SETTINGS = {
    "extract": ("profile", "min_words"),
    "reuse": ("shingle", "containment"),
    "annotate": ("model", "version"),
    "themes": ("method", "bootstrap", "seed"),
    "network": ("q_max", "min_clusters"),
}
_SENTENCES: tuple[tuple[set[str], dict[str, str]], ...] = (
    (
        {"seen", "kept", "rejected", "outlets"},
        {
            "fr": "Le corpus a été constitué avec presstm {version} : sur {seen} documents lus, {kept} articles de {outlets} médias ont été retenus et {rejected} écartés, chacun avec son motif.",
            "en": "The corpus was built with presstm {version}: of {seen} documents read, {kept} articles from {outlets} outlets were kept and {rejected} rejected, each with a reason.",
        },
    ),
    (
        {"first", "last"},
        {
            "fr": "Les articles datés ont paru entre le {first} et le {last}.",
            "en": "Dated articles were published between {first} and {last}.",
        },
    ),
    (
        {"extract_profile", "extract_min_words"},
        {
            "fr": "Le texte des pages a été extrait avec le profil « {extract_profile} » ; les textes de moins de {extract_min_words} mots ont été écartés.",
            "en": "Text was extracted from pages with profile “{extract_profile}”; texts of fewer than {extract_min_words} words were left out.",
        },
    ),
    (
        {"clusters", "reuse_shingle", "reuse_containment"},
        {
            "fr": "Les reprises et dépêches ont été regroupées par recouvrement de séquences de {reuse_shingle} mots (seuil d’inclusion {reuse_containment}), soit {clusters} textes distincts ; l’unité de compte est ce groupe de reprises.",
            "en": "Reprints and wire copy were grouped by containment of {reuse_shingle}-word shingles (threshold {reuse_containment}), which leaves {clusters} distinct texts; the unit of counting is this reuse cluster.",
        },
    ),
    (
        {"sentences", "annotate_model", "annotate_version"},
        {
            "fr": "Les {sentences} phrases ont été annotées avec spaCy ({annotate_model} {annotate_version}).",
            "en": "The {sentences} sentences were annotated with spaCy ({annotate_model} {annotate_version}).",
        },
    ),
    (
        {"mentions", "entities"},
        {
            "fr": "{mentions} mentions ont été rattachées à {entities} entités.",
            "en": "{mentions} mentions were linked to {entities} entities.",
        },
    ),
    (
        {"quotes", "figures"},
        {
            "fr": "{quotes} citations et {figures} quantités ont été relevées.",
            "en": "{quotes} quotations and {figures} quantities were found.",
        },
    ),
    (
        {"themes", "coded", "themes_method"},
        {
            "fr": "Les thèmes du codebook ({themes}) ont été codés par phrase (méthode : {themes_method}) : {coded} phrases en portent au moins un.",
            "en": "The themes of the codebook ({themes}) were coded per sentence (method: {themes_method}): {coded} sentences carry at least one.",
        },
    ),
    (
        {"themes_bootstrap", "themes_seed", "coded"},
        {
            "fr": "Les intervalles à 95 % des parts sont ceux de Wilson, pour l’effectif que donne un bootstrap sur les groupes de reprises ({themes_bootstrap} tirages, graine {themes_seed}).",
            "en": "95 % intervals of shares are Wilson’s, for the effective number of units that a bootstrap over reuse clusters gives ({themes_bootstrap} resamples, seed {themes_seed}).",
        },
    ),
    (
        {"edges", "network_q_max", "network_min_clusters"},
        {
            "fr": "Dans les réseaux de co-mention des entités présentes dans au moins {network_min_clusters} textes distincts, {edges} liens sont significatifs (test hypergéométrique, Benjamini-Hochberg sur toutes les paires possibles, q ≤ {network_q_max}).",
            "en": "In the co-mention networks of entities named in at least {network_min_clusters} distinct texts, {edges} edges are significant (hypergeometric test, Benjamini-Hochberg over all possible pairs, q ≤ {network_q_max}).",
        },
    ),
)


def both(source: Source) -> dict[str, bytes]:
    """The paragraph in both languages."""
    return {f"methods.{language}.md": paragraph(source, language).encode() for language in ("fr", "en")}
