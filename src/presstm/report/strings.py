"""Every word of the interface, in French and in English. A pair of forms is (singular, plural)."""

from __future__ import annotations

Form = str | tuple[str, str]

MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}

STRINGS: dict[str, dict[str, Form]] = {
    key: {"fr": fr, "en": en}
    for key, fr, en in (
        ("skip", "Aller au contenu", "Skip to content"),
        ("contents", "Sommaire", "Contents"),
        ("back", "Retour au rapport", "Back to the report"),
        ("toggle_theme", "Clair ou sombre", "Light or dark"),
        ("no_interval", "trop peu de textes", "too few texts"),
        ("undated", "sans date", "undated"),
        ("unknown_outlet", "Titre de presse inconnu", "Unknown outlet"),
        ("article_id", "Article {id}", "Article {id}"),
        ("section_flow", "Du corpus reçu au corpus retenu", "From the corpus received to the corpus kept"),
        ("section_timeline", "Chronologie", "Timeline"),
        ("section_themes", "Part des thèmes", "Shares of the themes"),
        ("section_outlets", "Thèmes par titre de presse", "Themes by outlet"),
        ("section_named", "Qui est nommé", "Who is named"),
        ("section_speakers", "Qui parle", "Who speaks"),
        ("section_ledger", "Registre des chiffres", "Ledger of figures"),
        ("section_families", "Textes repris", "Reused texts"),
        ("section_network", "Réseau des co-mentions", "Network of co-mentions"),
        ("section_texts", "Articles", "Articles"),
        ("seen", "Reçus", "Seen"),
        ("kept", "Retenus", "Kept"),
        ("rejected", "Écartés", "Rejected"),
        ("clusters", "Textes distincts", "Distinct texts"),
        ("reason", "Motif", "Reason"),
        ("count", "Nombre", "Count"),
        ("outlet", "Titre de presse", "Outlet"),
        ("month", "Mois", "Month"),
        ("article", "Article", "Article"),
        ("articles", "Articles", "Articles"),
        ("date", "Date", "Date"),
        ("theme", "Thème", "Theme"),
        ("per_article", "Par article", "Per article"),
        ("per_cluster", "Par texte distinct", "Per distinct text"),
        ("interval", "Intervalle à 95 %", "95% interval"),
        ("entity", "Entité", "Entity"),
        ("type", "Type", "Type"),
        ("mentions", "Mentions", "Mentions"),
        ("speaker", "Locuteur", "Speaker"),
        ("quotes", "Citations", "Quotations"),
        ("value", "Valeur", "Value"),
        ("unit", "Unité", "Unit"),
        ("fact", "Fait connu", "Known fact"),
        ("figure", "Chiffre", "Figure"),
        ("agency", "Agence", "Agency"),
        ("source_entity", "Entité", "Entity"),
        ("target_entity", "Autre entité", "Other entity"),
        ("weight", "Co-mentions", "Co-mentions"),
        ("nothing", "Rien à montrer ici.", "Nothing to show here."),
        ("sentence", "Phrase", "Sentence"),
        ("themes", "Thèmes", "Themes"),
        ("original", "Page d’origine", "Original page"),
        ("no_text", "Ce rapport ne contient pas le texte des articles.", "This report does not hold the articles’ text."),
    )
}
