"""An article page: text by agreement of extractors with rules for French pages, metadata as the page declares it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from presstm import dates
from presstm.decode import clean, one_line
from presstm.formats import Item, Reject, is_call

MAX_TAGS = 400_000
MAX_TAG_LENGTH = 200_000
_SCRIPT = re.compile(r"<(script|style|noscript|template)\b([^>]*)>(.*?)</\1\s*>", re.I | re.S)
_BAD_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f])(?![0-9a-f]));?", re.I)

# Paragraphs that French pages put among the text: each expression begins a paragraph that is no part of the article.
_BOILERPLATE = re.compile(
    r"(?:(?:à )?(?:lire|voir|écouter|découvrir) (?:aussi|également)|lire (?:la suite|notre|nos|l['’]article)|sur le même (?:sujet|thème)|"
    r"(?:nos|les) (?:derniers|autres) articles|(?:articles?|contenus?) (?:liés?|associés?|recommandés?)|"
    r"(?:il vous reste|cet article est réservé|la suite (?:de cet article )?est réservée|pour lire la suite|vous avez déjà un compte|"
    r"article réservé|accédez à|abonnez-vous|s['’]abonner|déjà abonné|profitez de)|(?:inscrivez-vous|recevez|abonnez-vous) .{0,60}(?:newsletter|lettre|infolettre)|"
    r"(?:newsletter|partager|partagez|tweeter|imprimer|envoyer par e-?mail|copier le lien|suivez-nous|retrouvez-nous)\b|"
    r"(?:crédits? photo|photo d['’]illustration|©|\(c\) )|tous droits réservés|publicité$|mots[- ]clés ?:|tags? ?:|"
    r"(?:publié|mis à jour|modifié) le \d)",
    re.I,
)
# A heading after which nothing belongs to the article.
_END = re.compile(
    r"(?:vos |les |\d+ )?(?:réactions?|commentaires?)(?: \(\d+\)| des lecteurs)?$|(?:laisser|poster|ajouter|déposer) un commentaire|réagir à cet article|"
    r"(?:sur le même sujet|dans la même rubrique|les plus lus|à lire aussi|pour aller plus loin|articles similaires)\s*:?$|participer à la conversation",
    re.I,
)
_PAYWALL = re.compile(
    r"il vous reste (?:à lire )?\d+ ?%|réservée? (?:aux|à nos) abonnés|pour lire la suite|la suite (?:de cet article )?est (?:réservée|payante)|article réservé",
    re.I,
)


def read(content: str, url: str | None, profile: str) -> list[Item | Reject]:
    """Read one page (decoded text)."""
    if content.count("<") > MAX_TAGS:
        return [Reject("too_complex", f"more than {MAX_TAGS} tags")]
    if any(len(tag) > MAX_TAG_LENGTH for tag in re.findall(r"<[a-zA-Z][^<>]{1000,}>", content)):
        return [Reject("too_complex", f"a tag of more than {MAX_TAG_LENGTH} characters")]
    linked = [match[3] for match in _SCRIPT.finditer(content) if "ld+json" in match[2].lower()]
    content = _BAD_REFERENCE.sub("", _SCRIPT.sub(" ", content))
    content = re.sub(r"^\s*<\?xml[^>]*>", "", content)
    tree = _tree(content)
    if tree is None:
        return [Reject("empty", "no element")]
    meta = metadata(tree, linked, content, url)
    paragraphs, method = _paragraphs(tree, profile)
    paragraphs = _without_head(tidy(paragraphs), meta)
    text = "\n\n".join(paragraphs)
    if not text:
        return [Reject("no_text", "no article text found")]
    if is_call(meta["title"], text):
        return [Reject("not_article", "a call for participants")]
    if not _prose(paragraphs):
        return [Reject("not_article", "a list of short lines, no prose")]
    access, signal = _access(meta.pop("free"), text, tree)
    return [Item(text=text, method=f"{profile}:{method}", access=access, access_signal=signal, **meta)]


def _tree(content: str) -> Any:
    if not content.strip():
        return None
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    hidden = tree.xpath(
        "//*[@hidden or @aria-hidden='true' or contains(translate(@style, ' ', ''), 'display:none') "
        "or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
    )
    for element in hidden:
        if element.getparent() is not None and element.tag not in ("html", "body", "article", "main"):
            element.drop_tree()
    return tree


def _paragraphs(tree: Any, profile: str) -> tuple[list[str], str]:
    import trafilatura

    source = lxml_html.tostring(tree, encoding="unicode")

    def traf(**options: Any) -> list[str]:
        found = trafilatura.extract(source, include_comments=False, include_tables=False, deduplicate=False, **options)
        return (found or "").split("\n")

    precise = traf(favor_precision=True)
    if profile == "fast":
        return (precise, "trafilatura") if any(precise) else (traf(), "trafilatura")
    candidates = {
        "trafilatura-precision": precise,
        "trafilatura": traf(),
        "readability": _readability(source),
        "justext": _justext(source),
    }
    candidates = {name: tidy(found) for name, found in candidates.items()}
    candidates = {name: found for name, found in candidates.items() if found}
    if not candidates:
        return [], "none"
    name = max(candidates, key=lambda one: sum(_agreement(candidates[one], other) for other in candidates.values()))
    return candidates[name], name


def _agreement(one: list[str], other: list[str]) -> float:
    a, b = (Counter(re.findall(r"\w+", " ".join(found).lower())) for found in (one, other))
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def _readability(source: str) -> list[str]:
    import logging

    from readability import Document

    logging.getLogger("readability.readability").setLevel(logging.CRITICAL)
    try:
        tree = lxml_html.fromstring(Document(source).summary(html_partial=True))
    except Exception:
        return []
    return [
        " ".join(block.text_content().split(" "))
        for block in tree.iter("p", "h2", "h3", "h4", "li", "blockquote")
        if block.tag != "blockquote" or not len(block)
    ]


def _justext(source: str) -> list[str]:
    import justext

    try:
        found = justext.justext(source.encode("utf-8"), justext.get_stoplist("French"), encoding="utf-8")
    except Exception:
        return []
    return [paragraph.text for paragraph in found if not paragraph.is_boilerplate]


def tidy(paragraphs: list[str]) -> list[str]:
    """Clean paragraphs, without those that French pages put among the text, cut where comments or links begin."""
    kept: list[str] = []
    for number, raw in enumerate(paragraphs):
        paragraph = re.sub(r"[ \t\n]+", " ", clean(raw)).strip(" \t")
        paragraph = re.sub(r"^[-•] ", "", paragraph)
        if not paragraph:
            continue
        if _END.match(paragraph) and number > len(paragraphs) // 3:
            break
        if _BOILERPLATE.match(paragraph) and len(paragraph) < 300:
            continue
        if paragraph not in kept[-1:]:
            kept.append(paragraph)
    return kept


def _without_head(paragraphs: list[str], meta: dict[str, Any]) -> list[str]:
    """Without title, standfirst, byline and date repeated before the text."""
    heads = {one_line(text).casefold() for text in (meta["title"], meta["standfirst"]) if text}
    while paragraphs:
        first = one_line(paragraphs[0]).casefold()
        byline = len(first.split()) <= 8 and (
            first.startswith("par ") or any(a.casefold() in first for a in meta["authors"])
        )
        if first in heads or byline or (len(first) < 60 and dates.is_date(first)):
            paragraphs = paragraphs[1:]
        else:
            break
    return paragraphs


def _prose(paragraphs: list[str]) -> bool:
    """At least one paragraph of twelve words that ends like a sentence, and such paragraphs hold half of the words."""
    prose = [p for p in paragraphs if len(p.split()) >= 12 and re.search(r"[.!?…»”\"):]$", p)]
    words = sum(len(p.split()) for p in paragraphs)
    return bool(prose) and 2 * sum(len(p.split()) for p in prose) >= words


def _access(free: bool | None, text: str, tree: Any) -> tuple[str, str | None]:
    if free is False:
        return "partial", "isAccessibleForFree"
    tail = text[-400:]
    if match := _PAYWALL.search(tail):
        return "partial", match.group()
    return ("full", "isAccessibleForFree") if free else ("unknown", None)


# --- metadata ---------------------------------------------------------------------------------------------------------


def metadata(tree: Any, linked: list[str], content: str, url: str | None) -> dict[str, Any]:
    """Title, standfirst, outlet, authors, dates, address, language, section of a page; `free` as declared."""
    article = _json_ld(linked)
    meta = _metas(tree)
    warnings: list[str] = []

    def day(*texts: Any) -> Any:
        for text in texts:
            if not isinstance(text, str) or not text.strip():
                continue
            found, warning = dates.find(text)
            if warning:
                warnings.append(warning)
                return None
            if found:
                return found
        return None

    site = _first(_name(article.get("publisher")), meta.get("og:site_name"), meta.get("application-name"))
    heading = _first(*(h.text_content() for h in tree.iter("h1")))
    title = _first(
        article.get("headline"), meta.get("og:title"), _itemprop(tree, "headline"), heading, tree.findtext(".//title")
    )
    visible = re.search(r"(?:publié|paru|mis en ligne|posté)[^<]{0,30}?\d{1,2}[^<]{0,20}?\d{4}", content, re.I)
    canonical = _first(*tree.xpath("//link[@rel='canonical']/@href"), meta.get("og:url"), article.get("url"), url)
    return {
        "title": _strip_site(one_line(str(title or "")), site),
        "standfirst": _first(
            *(e.text_content() for e in tree.xpath("//*[contains(@class,'chapo') or contains(@class,'standfirst') or contains(@class,'excerpt') or @itemprop='description'][not(self::meta)]")),
            article.get("description"), meta.get("og:description"), meta.get("description"),
        ),
        "outlet": site,
        "authors": _authors(article, meta, tree),
        "published": day(
            article.get("datePublished"), meta.get("article:published_time"), meta.get("og:article:published_time"), _itemprop(tree, "datePublished"),
            meta.get("date"), meta.get("dc.date"), *tree.xpath("//time/@datetime"), visible and visible.group(), _htmldate(tree, canonical),
        ),
        "modified": day(article.get("dateModified"), meta.get("article:modified_time"), _itemprop(tree, "dateModified")),
        "url": canonical,
        "language": _first(tree.get("lang"), meta.get("og:locale"), article.get("inLanguage")),
        "section": _first(_flat(article.get("articleSection")), meta.get("article:section")),
        "free": {"false": False, "true": True}.get(str(article.get("isAccessibleForFree")).lower()),
        "warnings": tuple(dict.fromkeys(warnings)),
    }  # fmt: skip


def _json_ld(blocks: list[str]) -> dict[str, Any]:
    for block in blocks:
        try:
            parsed = json.loads(clean(block).strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(parsed):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(
                isinstance(kind, str) and (kind.endswith("Article") or kind in ("BlogPosting", "Report")) for kind in kinds
            ):
                return node
    return {}


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth + 1)


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name")
        if name and element.get("content"):
            found.setdefault(name.lower(), element.get("content"))
    return found


def _first(*values: Any) -> str | None:
    for value in values:
        if isinstance(value, str) and (line := one_line(value)):
            return line
    return None


def _flat(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _name(value: Any) -> str | None:
    value = _flat(value)
    return value.get("name") if isinstance(value, dict) else value


def _itemprop(tree: Any, name: str) -> str | None:
    for element in tree.xpath(f"//*[@itemprop='{name}']"):
        return str(element.get("content") or element.get("datetime") or element.text_content())
    return None


def _authors(article: dict[str, Any], meta: dict[str, str], tree: Any) -> tuple[str, ...]:
    raw = article.get("author")
    names = [_name(one) for one in (raw if isinstance(raw, list) else [raw])]
    if not any(names):
        names = [meta.get("author") or meta.get("article:author")]
    if not any(names) or str(names[0]).startswith("http"):
        names = [
            e.text_content()
            for e in tree.xpath(
                "//*[@rel='author' or @itemprop='author' or contains(@class,'author') or contains(@class,'auteur') or contains(@class,'byline') or contains(@class,'signature')]"
            )
        ][:1]
    cleaned = []
    for name in filter(None, names):
        for one in re.split(r",| et | & ", re.sub(r"^par\s+", "", one_line(str(name)), flags=re.I)):
            if one.strip() and len(one.split()) <= 6:
                cleaned.append(one.strip())
    return tuple(dict.fromkeys(cleaned))


def _strip_site(title: str, site: str | None) -> str:
    if site:
        title = re.sub(rf"\s*[|–—-]\s*{re.escape(site)}\s*$", "", title, flags=re.I)
    return title


def _htmldate(tree: Any, url: str | None) -> str | None:
    from htmldate import find_date

    try:
        return find_date(tree, url=url, original_date=True, extensive_search=False)
    except Exception:
        return None
