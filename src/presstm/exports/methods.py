"""A methods paragraph in French and English with the study's numbers filled in; what was not run is not said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

import pyarrow.compute as pc

from presstm.exports import Source
from presstm.report.wording import Wording
from presstm.theming import model_card


def paragraph(source: Source, language: str) -> str:
    """Markdown: what was done, with which settings, on how many texts."""
    facts = _facts(source, language)
    number = _french if language == "fr" else _english
    shown = {
        key: _Count(number(value), language, value) if isinstance(value, int | float) else value
        for key, value in facts.items()
    }
    if language == "fr":
        shown |= {key: value.replace(".", ",") for key, value in shown.items() if key.startswith("f1")}
    return " ".join(text[language].format_map(shown) for needed, text in _SENTENCES if needed <= facts.keys()) + "\n"


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


def _measured(source: Source) -> dict[str, Any]:
    """What the stages and the model's card tell of themselves."""
    found: dict[str, Any] = {}
    splits = (source.metrics.get("topics") or {}).get("groupings") or {}
    chance = [split.get("significant_by_chance") for split in splits.values()]
    if splits and all(value is not None for value in chance):
        found |= {"tests": sum(split["tested"] for split in splits.values()), "by_chance": round(sum(chance), 1)}
        found["by_units"] = sum(split["significant_by_units"] for split in splits.values())
    groups = ((source.metrics.get("network") or {}).get("scopes") or {}).get(source.scope) or {}
    if groups.get("communities") and None not in (groups.get("stability") or {"": None}).values():
        found |= {
            "communities": groups["communities"],
            "modularity": groups["modularity"],
            "ari": groups["stability"]["bootstrap"],
        }
    themes = source.metrics.get("themes") or {}
    if themes.get("coded_by_hand"):
        found["by_hand"] = themes["coded_by_hand"]
        own = (themes.get("quality") or {}).get("macro") or {}
        if None not in (ends := [own.get(name) for name in ("f1", "f1_low", "f1_high")]):
            found |= {f"f1_own{end}": f"{value:.2f}" for end, value in zip(("", "_low", "_high"), ends, strict=True)}
    method, decided = (source.settings.get("themes") or {}).get("method"), themes.get("decided_by") or {}
    if method and set(decided.values()) <= {method} and "theme_sentences" in source.tables:
        score = model_card.macro_f1(source.card, method, pc.unique(source.tables["theme_sentences"]["theme"]).to_pylist())
        if score is not None:
            found |= {key: f"{value:.2f}" for key, value in zip(("f1", "f1_low", "f1_high"), score, strict=True)}
    return found


_DECIDES = {
    "fr": {
        "lexicon": "les règles du lexique",
        "classifier": "le classifieur",
        "both": "les règles du lexique ou le classifieur",
        "mixed": "{} ; pour {}, les règles du lexique seules",
    },
    "en": {
        "lexicon": "the rules of the lexicon",
        "classifier": "the classifier",
        "both": "the rules of the lexicon or the classifier",
        "mixed": "{}; for {}, the rules of the lexicon alone",
    },
}
_UNITS = {
    "fr": {"sentence": "une même phrase", "paragraph": "un même paragraphe", "article": "un même article"},
    "en": {"sentence": "one sentence", "paragraph": "one paragraph", "article": "one article"},
}


def _french(value: float) -> str:
    text = f"{value:,}".replace(",", "\u202f")
    return text.replace(".", ",") if isinstance(value, float) else text


def _english(value: float) -> str:
    return f"{value:,}"


def _facts(source: Source, language: str) -> dict[str, Any]:
    """What is known of the run; a sentence is written only if all it needs is here."""
    written = Wording(language)
    found: dict[str, Any] = {"version": source.versions.get("presstm", "?")}
    have = source.tables
    if {"articles", "rejects"} <= have.keys():
        days = sorted(day for day in have["articles"]["published"].to_pylist() if day)
        found |= {"kept": len(have["articles"]), "rejected": len(have["rejects"])}
        found |= {"seen": found["kept"] + found["rejected"]}
        found |= {"outlets": len(pc.unique(have["articles"]["outlet"].drop_null()))}
        if days and days[0] == days[-1]:
            found["day"] = written.date(days[0])
        elif days:
            found |= {"first": written.date(days[0]), "last": written.date(days[-1])}
    if "reuse" in have:
        sizes = have["reuse"].group_by("cluster_id").aggregate([([], "count_all")])["count_all"].to_pylist()
        several = [size for size in sizes if size > 1]
        found |= {"clusters": len(sizes), "families": len(several), "placements": sum(several)}
        found["wire"] = have["reuse"]["wire"].drop_null().length()
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
            "themes": _themes(source, language),
            "coded": len(present.group_by(["article_id", "sentence_id"]).aggregate([])),
        }
    if "edges" in have:
        here = have["edges"].filter(pc.equal(have["edges"]["scope"], source.scope))
        found |= {"edges": pc.sum(here["kept"]).as_py() or 0, "pairs": len(here), "unit": _UNITS[language][source.scope]}
    if "specificities" in have:
        found["specificities"] = len(have["specificities"])
    found |= _measured(source)
    for stage, keys in _SETTINGS.items():
        values: Mapping[str, Any] = source.settings.get(stage) or {}
        found |= {f"{stage}_{key}": values[key] for key in keys if key in values}
    if "articles" in have and not any(method.startswith("html:") for method in have["articles"]["method"].to_pylist()):
        found.pop("extract_profile", None)
    if "themes_method" in found:
        found["themes_method"] = _decides(source, language, found["themes_method"])
    return found


def _decides(source: Source, language: str, method: str) -> str:
    """Who decided, in words: `method`, but the lexicon for themes that the classifier does not know."""
    decided = (source.metrics.get("themes") or {}).get("decided_by") or {}
    alone = [key for key, by in decided.items() if by != method]
    if not alone:
        return _DECIDES[language][method]
    if len(alone) == len(decided):
        return _DECIDES[language]["lexicon"]
    return _DECIDES[language]["mixed"].format(_DECIDES[language][method], _named(source, language, alone))


def _themes(source: Source, language: str) -> str:
    return _named(source, language, pc.unique(source.tables["theme_sentences"]["theme"]).to_pylist())


def _named(source: Source, language: str, themes: Iterable[str]) -> str:
    """Names of themes in the order of the codebook; keys where it has no name."""
    names = source.theme_names
    order = {key: number for number, key in enumerate(names)}
    keys = sorted(themes, key=lambda key: (order.get(key, len(order)), key))
    written = [names.get(key, {}).get(language) or key for key in keys]
    return ", ".join(name.lower() if name[1:].islower() else name for name in written)


_SETTINGS = {
    "extract": ("profile", "min_words"),
    "reuse": ("shingle", "containment"),
    "annotate": ("model", "version"),
    "themes": ("method",),
    "topics": ("unit", "counting", "q_max"),
    "network": ("q_max", "min_clusters", "resamples"),
}
_SENTENCES: tuple[tuple[set[str], dict[str, str]], ...] = (
    (
        {"seen", "kept", "rejected", "outlets"},
        {
            "fr": "Le corpus a été constitué avec presstm {version} : sur {seen:document lu|documents lus}, {kept:article|articles} de {outlets:média|médias} {kept:~a été retenu|ont été retenus} et {rejected:écarté|écartés}, chacun avec son motif.",
            "en": "The corpus was built with presstm {version}: of {seen:document|documents} read, {kept:article|articles} from {outlets:outlet|outlets} {kept:~was|were} kept and {rejected} rejected, each with a reason.",
        },
    ),
    (
        {"day"},
        {"fr": "Les articles datés ont paru le {day}.", "en": "Dated articles were published on {day}."},
    ),
    (
        {"first", "last"},
        {
            "fr": "Les articles datés ont paru entre le {first} et le {last}.",
            "en": "Dated articles were published between {first} and {last}.",
        },
    ),
    (
        {"extract_profile"},
        {
            "fr": "Le texte des pages a été extrait avec le profil « {extract_profile} ».",
            "en": "Text was extracted from pages with profile “{extract_profile}”.",
        },
    ),
    (
        {"extract_min_words"},
        {
            "fr": "Les textes de moins de {extract_min_words} mots ont été écartés.",
            "en": "Texts of fewer than {extract_min_words} words were left out.",
        },
    ),
    (
        {"clusters", "reuse_shingle", "reuse_containment"},
        {
            "fr": "Les reprises et dépêches ont été regroupées par recouvrement de séquences de {reuse_shingle} mots (seuil d’inclusion {reuse_containment}), soit {clusters:texte distinct|textes distincts} (publiés plus d’une fois : {families}, en {placements:article|articles} ; articles qui créditent une agence : {wire}). L’unité de compte est ce groupe de reprises.",
            "en": "Reprints and wire copy were grouped by containment of {reuse_shingle}-word shingles (threshold {reuse_containment}), which leaves {clusters:distinct text|distinct texts} (printed more than once: {families}, in {placements:article|articles}; articles that credit a news agency: {wire}). The unit of counting is this reuse cluster.",
        },
    ),
    (
        {"sentences", "annotate_model", "annotate_version"},
        {
            "fr": "{sentences:phrase a été annotée|phrases ont été annotées} avec spaCy ({annotate_model} {annotate_version}).",
            "en": "{sentences:sentence was|sentences were} annotated with spaCy ({annotate_model} {annotate_version}).",
        },
    ),
    (
        {"mentions", "entities"},
        {
            "fr": "{mentions:mention a été rattachée|mentions ont été rattachées} à {entities:entité|entités}.",
            "en": "{mentions:mention was|mentions were} linked to {entities:entity|entities}.",
        },
    ),
    (
        {"quotes", "figures"},
        {
            "fr": "Ont été relevées {quotes:citation|citations} et {figures:quantité|quantités}.",
            "en": "{quotes:quotation|quotations} and {figures:quantity|quantities} were found.",
        },
    ),
    (
        {"themes", "coded", "themes_method"},
        {
            "fr": "Les thèmes du codebook ({themes}) ont été codés par phrase (décident {themes_method}) : {coded:phrase en porte|phrases en portent} au moins un.",
            "en": "The themes of the codebook ({themes}) were coded per sentence (decided by {themes_method}): {coded:sentence carries|sentences carry} at least one.",
        },
    ),
    (
        {"themes_method", "coded"},
        {
            "fr": "Les intervalles à 95 % des parts sont ceux de Wilson, pour l’effectif que donne un jackknife sur les groupes de reprises.",
            "en": "95 % intervals of shares are Wilson’s, for the effective number of units that a jackknife over reuse clusters gives.",
        },
    ),
    (
        {"f1", "f1_low", "f1_high", "coded"},
        {
            "fr": "Sur les phrases qui ont servi à l’apprentissage du classifieur, en validation croisée par texte, cette méthode atteint un F1 macro de {f1} (intervalle à 95 % : {f1_low}–{f1_high}) ; ce score ne vaut pas mesure sur le corpus étudié.",
            "en": "On the sentences that the classifier was trained on, cross-validated by text, this method reaches a macro F1 of {f1} (95 % interval {f1_low}–{f1_high}); that score is no measurement on the corpus studied.",
        },
    ),
    (
        {"by_hand", "coded"},
        {
            "fr": "{by_hand:phrase tirée au hasard a été codée|phrases tirées au hasard ont été codées} à la main ; les parts de phrases qui en tiennent compte corrigent les erreurs du codage automatique (prediction-powered inference, chaque phrase pesée par l’inverse de sa probabilité de tirage).",
            "en": "{by_hand:sentence|sentences} drawn at random {by_hand:~was|were} coded by hand; the corrected shares of sentences allow for the errors of the automatic coding (prediction-powered inference, each sentence weighted by the inverse of its probability to be drawn).",
        },
    ),
    (
        {"by_hand", "f1_own", "f1_own_low", "f1_own_high", "coded"},
        {
            "fr": "Sur elles, le codage automatique atteint un F1 macro de {f1_own} (intervalle à 95 % : {f1_own_low}–{f1_own_high}).",
            "en": "On these the automatic coding reaches a macro F1 of {f1_own} (95 % interval {f1_own_low}–{f1_own_high}).",
        },
    ),
    (
        {"specificities", "topics_q_max"},
        {
            "fr": "Les spécificités de Lafon (loi hypergéométrique, Benjamini-Hochberg sur tous les mots et groupes, q ≤ {topics_q_max}) retiennent {specificities:couple|couples} mot-groupe.",
            "en": "Lafon’s specificities (hypergeometric, Benjamini-Hochberg over all words and groups, q ≤ {topics_q_max}) keep {specificities:pair|pairs} of word and group.",
        },
    ),
    (
        {"specificities", "tests", "by_chance", "by_units"},
        {
            "fr": "Sur {tests:test|tests}, une répartition des articles au hasard en donne {by_chance} en moyenne ; {by_units:tient|tiennent} quand l’article (pour les thèmes, la phrase) est l’unité au lieu du mot.",
            "en": "Over {tests:test|tests}, articles dealt to groups at random give {by_chance} on average; {by_units:holds|hold} when the article (for themes, the sentence) is the unit instead of the word.",
        },
    ),
    (
        {"edges", "pairs", "unit", "network_q_max", "network_min_clusters"},
        {
            "fr": "Dans le réseau de co-mention (dans {unit}) des entités présentes dans au moins {network_min_clusters} textes distincts, sur {pairs:paire vue|paires vues} ensemble, {edges:lien est significatif|liens sont significatifs} (test hypergéométrique, Benjamini-Hochberg sur toutes les paires possibles, q ≤ {network_q_max} ; chaque texte distinct compte une fois).",
            "en": "In the co-mention network (within {unit}) of entities named in at least {network_min_clusters} distinct texts, of {pairs:pair|pairs} seen together {edges:edge is|edges are} significant (hypergeometric test, Benjamini-Hochberg over all possible pairs, q ≤ {network_q_max}; each distinct text counts once).",
        },
    ),
    (
        {"communities", "modularity", "ari", "network_resamples"},
        {
            "fr": "L’algorithme de Louvain y trouve {communities:groupe|groupes} (modularité {modularity} ; indice de Rand ajusté moyen sur {network_resamples} rééchantillonnages : {ari}).",
            "en": "Louvain’s algorithm finds {communities:community|communities} in it (modularity {modularity}; mean adjusted Rand index over {network_resamples} bootstrap samples: {ari}).",
        },
    ),
)


def both(source: Source) -> dict[str, bytes]:
    """The paragraph in both languages."""
    return {f"methods.{language}.md": paragraph(source, language).encode() for language in ("fr", "en")}
