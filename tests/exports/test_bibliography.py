import re

from presstm.exports import bibliography


def test_every_article_is_an_entry_with_balanced_braces(source, small):
    text = bibliography.bibtex(source)["articles.bib"].decode()
    assert len(re.findall(r"^@article\{presstm-\w+,$", text, re.M)) == len(small["articles"])
    assert text.count("{") == text.count("}")
    assert "title = {{Des livreurs demandent un contrat}}" in text
