"""The articles as BibTeX."""

from __future__ import annotations

import re
from typing import Any

from presstm.exports import Files, Source, as_text

_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    c: f"\\{c}" for c in "&%$#_{}"
}


def bibtex(source: Source) -> Files:
    """One @article per article, by article_id. Titles are part of a reference and stand in text-free exports too."""
    entries = []
    for article in source.tables["articles"].to_pylist():
        day = article["published"]
        fields = {
            "title": f"{{{_escaped(article['title'])}}}" if article["title"] else "",
            "author": " and ".join(f"{{{_escaped(author)}}}" for author in article["authors"]),
            "journal": _escaped(article["outlet"]),
            "date": day.isoformat() if day else "",
            "year": f"{day:%Y}" if day else "",
            "url": re.sub(r"[{}\\\s]", "", article["url"] or ""),
            "langid": "french",
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        entries.append("\n".join([f"@article{{presstm-{article['article_id']},", *lines, "}"]))
    return {"articles.bib": ("\n\n".join(entries) + "\n").encode("utf-8", "replace")}


def _escaped(value: Any) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in re.sub(r"\s+", " ", as_text(value)))
