from presstm.theming import deciders


def test_the_method_decides_but_on_themes_that_the_classifier_does_not_know():
    assert deciders.of("both", {"law": "both", "work": "both"}) == ("both", [])
    assert deciders.of("both", {"law": "lexicon", "work": "both"}) == ("both", ["law"])
    assert deciders.of("both", {"law": "lexicon", "work": "lexicon"}) == ("lexicon", [])
    assert deciders.of("classifier", {}) == ("classifier", [])
