"""Exports of texts with their metadata: IRaMuTeQ, TXM (text and XML), CorTexT, passim."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from presstm.exports import Files, Source, as_text, csv_bytes, xml_text, zip_bytes
from presstm.phrases import fold


def modality(value: Any) -> str:
    """Letters a-z and digits only, as IRaMuTeQ wants variables and modalities; `inconnu` for nothing."""
    return re.sub(r"[^a-z0-9]", "", fold(as_text(value))) or "inconnu"


def _day(article: Mapping[str, Any], form: str) -> str:
    return article["published"].strftime(form) if article["published"] else ""


def iramuteq(source: Source) -> Files:
    """One text file: a line of starred variables per article, then its title and text."""
    lines: list[str] = []
    for article in source.articles():
        variables = {
            "article": article["article_id"],
            "journal": article["outlet"],
            "genre": article["outlet_kind"],
            "annee": _day(article, "%Y"),
            "mois": _day(article, "%Y%m"),
            "acces": article["access"],
        }
        variables |= {modality(name): value for name, value in _variables(article).items()}
        lines.append("**** " + " ".join(f"*{name}_{modality(value)}" for name, value in variables.items()))
        for paragraph in (article["title"], *article["text"].split("\n\n")):
            if text := re.sub(r"\s+", " ", paragraph.replace("*", " ")).strip():
                lines.append(text)
        lines.append("")
    return {"corpus.txt": "\n".join(lines).encode("utf-8", "replace")}


def _variables(article: Mapping[str, Any]) -> dict[str, str]:
    return dict(one.split("=", 1) for one in article.get("variables") or ())


def _names(articles: Iterable[Mapping[str, Any]]) -> list[str]:
    """The variables that articles have."""
    return sorted({name for article in articles for name in _variables(article)})


_TXM = ("id", "titre", "journal", "genre", "date", "annee", "mois", "acces", "auteurs", "url")


def _about(article: Mapping[str, Any]) -> dict[str, str]:
    """Metadata under names without accents, as TXM wants them."""
    values = (
        article["article_id"],
        article["title"],
        article["outlet"],
        article["outlet_kind"],
        _day(article, "%Y-%m-%d"),
        _day(article, "%Y"),
        _day(article, "%Y-%m"),
        article["access"],
        article["authors"],
        article["url"],
    )
    return dict(zip(_TXM, map(as_text, values), strict=True)) | _variables(article)


def txm(source: Source) -> Files:
    """TXT+CSV: one text file per article and metadata.csv beside them."""
    articles = source.articles()
    files = {
        f"{article['article_id']}.txt": f"{article['title']}\n\n{article['text']}\n".lstrip("\n").encode("utf-8", "replace")
        for article in articles
    }
    names = [*_TXM, *_names(articles)]
    rows = ([_about(article).get(name, "") for name in names] for article in articles)
    return files | {"metadata.csv": csv_bytes(names, rows)}


def xtz(source: Source) -> Files:
    """XML for TXM's XTZ import: words with lemma and part of speech, in sentences, in paragraphs."""
    articles = source.articles()
    words: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in source.tables["tokens"].select(["article_id", "sentence_id", "text", "lemma", "pos"]).to_pylist():
        words.setdefault((row["article_id"], row["sentence_id"]), []).append(row)
    sentences: dict[str, list[dict[str, Any]]] = {}
    for row in source.rows("sentences"):
        sentences.setdefault(row["article_id"], []).append(row)
    return {
        f"{article['article_id']}.xml": "".join(_xml(article, sentences.get(article["article_id"], []), words)).encode(
            "utf-8", "replace"
        )
        for article in articles
    }


def _xml(
    article: Mapping[str, Any], sentences: list[dict[str, Any]], words: Mapping[tuple[str, int], list[dict[str, Any]]]
) -> Iterator[str]:
    attributes = " ".join(f"{name}={quoteattr(xml_text(value))}" for name, value in _about(article).items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<text {attributes}>\n'
    paragraph = None
    for row in sorted(sentences, key=lambda row: row["sentence_id"]):
        place = (row["part"], row["paragraph"])
        if place != paragraph:
            yield f'{"" if paragraph is None else "</p>" + chr(10)}<p type="{row["part"]}">\n'
            paragraph = place
        yield f'<s n="{row["sentence_id"]}">'
        yield " ".join(
            f"<w lemma={quoteattr(xml_text(word['lemma']))} pos={quoteattr(xml_text(word['pos']))}>{escape(xml_text(word['text']))}</w>"
            for word in words.get((article["article_id"], row["sentence_id"]), [])
        )
        yield "</s>\n"
    yield ("" if paragraph is None else "</p>\n") + "</text>\n"


def cortext(source: Source) -> Files:
    """A zip that holds one CSV, with the field names that CorTexT knows and one column per theme."""
    present: dict[tuple[str, str], int] = {}
    themes: dict[str, None] = {}
    for row in source.rows("theme_articles") if "theme_articles" in source.tables else []:
        themes.setdefault(row["theme"])
        present[row["article_id"], row["theme"]] = int(row["present"])
    articles = source.articles()
    names = _names(articles)
    header = ["id", "Title", "Content", "Author", "Journal", "ISIpubdate", "PubYear", "URL", *(f"theme_{t}" for t in themes)]
    header += names
    rows = (
        [
            article["article_id"],
            article["title"],
            article["text"],
            article["authors"],
            article["outlet"],
            _day(article, "%Y-%m-%d"),
            _day(article, "%Y"),
            article["url"],
            *(present.get((article["article_id"], theme), 0) for theme in themes),
            *(_variables(article).get(name, "") for name in names),
        ]
        for article in articles
    )
    return {"cortext.zip": zip_bytes({"corpus.csv": csv_bytes(header, rows)})}


def passim(source: Source) -> Files:
    """JSON lines: id, series (the outlet), text; title and date go with them."""
    lines = (
        json.dumps(
            {
                "id": article["article_id"],
                "series": article["outlet"] or "unknown",
                "date": _day(article, "%Y-%m-%d"),
                "title": article["title"],
                "text": article["text"],
            },
            ensure_ascii=False,
        )
        for article in source.articles()
    )
    return {"passim.jsonl": "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")}
