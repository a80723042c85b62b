"""The sentences of the methods paragraph in French and English, each with the facts that it needs."""

from __future__ import annotations

DECIDES = {
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
UNITS = {
    "fr": {"sentence": "une même phrase", "paragraph": "un même paragraphe", "article": "un même article"},
    "en": {"sentence": "one sentence", "paragraph": "one paragraph", "article": "one article"},
}
SENTENCES: tuple[tuple[set[str], dict[str, str]], ...] = (
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
        {"by_hand", "coders", "alphas", "coded"},
        {
            "fr": "Il y eut {coders:codeur|codeurs} (α de Krippendorff, intervalle à 95 % : {alphas}).",
            "en": "There {coders:~was|were} {coders:coder|coders} (Krippendorff’s α, 95 % interval: {alphas}).",
        },
    ),
    (
        {"by_hand", "coders", "not_agreed", "coded"},
        {
            "fr": "Il y eut {coders:codeur|codeurs} ; l’accord entre codeurs n’a pas été mesuré.",
            "en": "There {coders:~was|were} {coders:coder|coders}; agreement of coders was not measured.",
        },
    ),
    (
        {"by_hand", "f1_own", "f1_own_low", "f1_own_high", "coded"},
        {
            "fr": "D’après elles, le codage automatique atteint sur ce corpus un F1 macro de {f1_own} (intervalle à 95 % : {f1_own_low}–{f1_own_high}).",
            "en": "By these the automatic coding reaches a macro F1 of {f1_own} on this corpus (95 % interval {f1_own_low}–{f1_own_high}).",
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
        {"segments", "classes", "unclassified", "topics_classification"},
        {
            "fr": "La classification descendante de Reinert ({topics_classification}), sur {segments:segment|segments}, donne {classes:classe|classes} et en laisse {unclassified} % sans classe.",
            "en": "Reinert’s descending classification ({topics_classification}) of {segments:segment|segments} gives {classes:class|classes} and leaves {unclassified} % of them without a class.",
        },
    ),
    (
        {"classes", "stability", "topics_classification", "topics_resamples"},
        {
            "fr": "Sur {topics_resamples} rééchantillonnages d’articles, les classes reviennent avec un indice de Rand ajusté moyen de {stability}.",
            "en": "Over {topics_resamples} bootstrap samples of articles the classes come again with a mean adjusted Rand index of {stability}.",
        },
    ),
    (
        {"segments", "no_classes", "topics_classification"},
        {
            "fr": "La classification descendante de Reinert, sur {segments:segment|segments}, ne trouve aucune division qui dépasse le hasard.",
            "en": "Reinert’s descending classification of {segments:segment|segments} finds no division beyond chance.",
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
