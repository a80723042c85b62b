import dataclasses

from presstm.exports import methods


def card(themes):
    rows = [f"| {method} | {theme} | 0.9 | 0.4 | 0.57 | 0.54–0.60 |\n" for method in ("lexicon", "both") for theme in themes]
    return "".join(rows) + "".join(f"| {method} | macro | | | 0.58 | 0.55–0.61 |\n" for method in ("lexicon", "both"))


def test_the_paragraph_gives_the_numbers_of_the_study(source):
    text = methods.paragraph(source, "en")
    assert "of 5 documents read, 4 articles from 3 outlets were kept and 1 rejected" in text
    assert (
        "containment of 5-word shingles (threshold 0.25), which leaves 3 distinct texts (printed more than once: 1, in 2 articles; articles that credit a news agency: 2)"
        in text
    )
    assert "between 24\u00a0May\u00a02019 and 1\u00a0July\u00a02019" in text


def test_french_numbers_are_written_in_french(source):
    assert "seuil d’inclusion 0,25" in methods.paragraph(source, "fr")


def test_what_was_not_run_is_not_said(source):
    few = {name: source.tables[name] for name in ("articles", "rejects")}
    text = methods.paragraph(dataclasses.replace(source, tables=few), "en")
    assert "spaCy" not in text
    assert "themes" not in text


def test_what_the_stages_measured_is_said_with_their_numbers(source):
    split = {"tested": 1200, "significant": 9, "significant_by_chance": 2.5, "significant_by_units": 3}
    themes = sorted(set(source.tables["theme_sentences"]["theme"].to_pylist()))
    scope = {"communities": 4, "modularity": 0.31, "stability": {"seeds": 1.0, "bootstrap": 0.8}}
    measured = dataclasses.replace(
        source,
        metrics={"topics": {"groupings": {"outlet": split}}, "network": {"scopes": {"paragraph": scope}}},
        settings={
            **source.settings,
            "topics": {"q_max": 0.05},
            "network": {"q_max": 0.05, "min_clusters": 2, "resamples": 20},
        },
        card=card(themes),
    )
    french, english = (methods.paragraph(measured, language) for language in ("fr", "en"))
    assert "Sur 1\u202f200 tests, une répartition des articles au hasard en donne 2,5 en moyenne ; 3 tiennent" in french
    assert "finds 4 communities in it (modularity 0.31; mean adjusted Rand index over 20 bootstrap samples: 0.8)" in english
    assert "macro F1 of 0.58 (95 % interval 0.55–0.61)" in english
    assert "F1 macro de 0,58" in french


def test_themes_that_the_classifier_does_not_know_are_said_to_be_decided_by_the_rules_and_have_none_of_its_scores(source):
    themes = sorted(set(source.tables["theme_sentences"]["theme"].to_pylist()))
    settings = {**source.settings, "themes": {"method": "both"}}
    names = {theme: {"en": f"name of {theme}"} for theme in themes}

    def said(decided, about=themes):
        metrics = {"themes": {"decided_by": decided, "coded_by_hand": 0}}
        changed = dataclasses.replace(source, settings=settings, metrics=metrics, card=card(about), theme_names=names)
        return methods.paragraph(changed, "en")

    assert "(decided by the rules of the lexicon or the classifier)" in said(dict.fromkeys(themes, "both"))
    assert "macro F1" in said(dict.fromkeys(themes, "both"))
    assert "(decided by the rules of the lexicon):" in said(dict.fromkeys(themes, "lexicon"))
    assert "macro F1" not in said(dict.fromkeys(themes, "lexicon"))
    assert "macro F1" not in said(dict.fromkeys(themes, "both"), ["others"])
    mixed = said({theme: "both" if n else "lexicon" for n, theme in enumerate(themes)})
    assert f"or the classifier; for name of {themes[0]}, the rules of the lexicon alone)" in mixed
    assert "coded by hand" not in mixed


def test_codes_by_hand_are_counted(source):
    quality = {"macro": {"f1": 0.574, "f1_low": 0.378, "f1_high": 0.734}}
    measured = dataclasses.replace(source, metrics={"themes": {"coded_by_hand": 120, "quality": quality}})
    assert (
        "By these the automatic coding reaches a macro F1 of 0.57 on this corpus (95 % interval 0.38–0.73)."
        in methods.paragraph(measured, "en")
    )
    assert "un F1 macro de 0,57 (intervalle à 95 % : 0,38–0,73)" in methods.paragraph(measured, "fr")
    measured = dataclasses.replace(source, metrics={"themes": {"coded_by_hand": 120}})
    assert "reaches a macro F1" not in methods.paragraph(measured, "en")
    assert "120 sentences drawn at random were coded by hand" in methods.paragraph(measured, "en")
    assert "120 phrases tirées au hasard ont été codées à la main" in methods.paragraph(measured, "fr")


def test_coders_and_their_agreement_are_told(source):
    row = {"alpha": 0.8249, "low": 0.71, "high": 0.9, "sentences": 60}
    names = {"regulation": {"fr": "Régulation", "en": "Regulation"}}

    def said(language, **measured):
        metrics = {"themes": {"coded_by_hand": 120, **measured}}
        return methods.paragraph(dataclasses.replace(source, metrics=metrics, theme_names=names), language)

    agreed = {"coders": 2, "agreement": {"regulation": row}}
    assert "There were 2 coders (Krippendorff’s α, 95 % interval: regulation 0.82 (0.71–0.9))." in said("en", **agreed)
    assert "Il y eut 2 codeurs (α de Krippendorff, intervalle à 95 % : régulation 0,82 (0,71–0,9))." in said("fr", **agreed)
    assert "There was 1 coder; agreement of coders was not measured." in said("en", coders=1, agreement={})
    assert "coder" not in said("en")


def test_classes_of_segments_are_told_where_they_were_looked_for(source):
    topics = {"q_max": 0.05, "classification": "double", "resamples": 10}

    def said(language, **measured):
        changed = {"metrics": {"topics": measured}, "settings": {**source.settings, "topics": topics}}
        return methods.paragraph(dataclasses.replace(source, **changed), language)

    found = {"segments": 1200, "classes": 5, "unclassified": 0.125, "stability": 0.83}
    assert "descending classification (double) of 1,200 segments gives 5 classes and leaves 12.5 % of them" in said(
        "en", **found
    )
    assert "avec un indice de Rand ajusté moyen de 0,83" in said("fr", **found)
    assert "finds no division beyond chance" in said("en", segments=300, classes=0, unclassified=1.0, stability=None)
    assert "Reinert" not in said("en", segments=20, classes=0, note="not classified: fewer than 100 segments")


def test_edges_are_those_of_one_scope(source):
    rows = [row for row in source.tables["edges"].to_pylist() if row["scope"] == "article"]
    text = methods.paragraph(dataclasses.replace(source, scope="article"), "en")
    assert (
        f"(within one article) of entities named in at least 2 distinct texts, of {len(rows)} pairs seen together {sum(r['kept'] for r in rows)} edges"
        in text
    )


def test_themes_have_the_names_and_the_order_of_the_codebook(source):
    names = {"regulation": {"fr": "Régulation"}, "precarity": {"fr": "Précarité", "en": "Precarity"}}
    keys = sorted(set(source.tables["theme_sentences"]["theme"].to_pylist()))
    assert {"precarity", "regulation"} <= set(keys)
    named = dataclasses.replace(source, theme_names=names)
    others = [key for key in keys if key not in names]
    assert f"({', '.join(['régulation', 'précarité', *others])})" in methods.paragraph(named, "fr")
    assert f"({', '.join(['regulation', 'precarity', *others])})" in methods.paragraph(named, "en")


def test_nouns_have_the_number_of_their_counts(source):
    tables = dict(source.tables)
    one = tables["articles"].slice(0, 1)
    few = dataclasses.replace(
        source,
        tables={
            "articles": one,
            "rejects": tables["rejects"].slice(0, 0),
            "quotes": tables["quotes"].slice(0, 0),
            "figures": tables["figures"].slice(0, 1),
        },
    )
    french, english = (methods.paragraph(few, language) for language in ("fr", "en"))
    assert "sur 1 document lu, 1 article de 1 média a été retenu et 0 écarté, chacun" in french
    several = dataclasses.replace(few, tables={**few.tables, "articles": tables["articles"].slice(0, 2)})
    assert " 2 articles de " in methods.paragraph(several, "fr")
    assert " ont été retenus et 0 écarté" in methods.paragraph(several, "fr")
    assert "of 1 document read, 1 article from 1 outlet was kept and 0 rejected" in english
    assert "Ont été relevées 0 citation et 1 quantité." in french
    assert "0 quotations and 1 quantity were found." in english
    assert "ont paru le " in french
    assert "were published on " in english


def test_the_profile_for_pages_is_said_only_where_there_are_pages(source):
    rows = source.tables["articles"]
    exports = rows.set_column(rows.column_names.index("method"), "method", [["europresse-B"] * len(rows)])
    pages = rows.set_column(
        rows.column_names.index("method"), "method", [["europresse-B"] * (len(rows) - 1) + ["html:best"]]
    )
    said = [
        methods.paragraph(dataclasses.replace(source, tables={**source.tables, "articles": one}), "en")
        for one in (exports, pages)
    ]
    assert ["profile" in text for text in said] == [False, True]
    assert all("fewer than 15 words" in text for text in said)
