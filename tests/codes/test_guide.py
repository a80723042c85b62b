from presstm import codebook
from presstm.codes import guide

BOOK = """themes:
  water:
    name: {fr: Eau, en: Water}
    definition: {fr: L’eau manque., en: Water is short.}
    in: Une fontaine à sec.
    out: {fr: Une panne.}
    borderline: {en: A dry joke.}
    rules: [{id: puits, pattern: puits}]
  bare:
    rules: [{id: nu, pattern: nu}]
"""


def test_coders_get_every_definition_and_no_rule(tmp_path):
    path = tmp_path / "themes.yml"
    path.write_text(BOOK, encoding="utf-8")
    themes = codebook.load_codebook(path)
    french, english = (guide.markdown(themes, language) for language in ("fr", "en"))
    assert "## water\u00a0: Eau\n\nL’eau manque.\n\n**Relève du thème\u00a0:** Une fontaine à sec.\n" in french
    assert "## water: Water\n\nWater is short.\n\n**In:** Une fontaine à sec.\n\n**Out:** Une panne.\n" in english
    assert "**Borderline:** A dry joke." in english
    assert "\n## bare\n\n## none\n\nAucun de ces thèmes." in french
    assert "puits" not in french + english
