"""Factiva exports: HTML pages of articles with field codes, its XML, and RTF with the codes in the text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from presstm import dates
from presstm.formats import Item, Reject, fields, markup

CODES = frozenset(
    "HD BY WC PD ET SN SC NGC GC ED SE PG VOL LA CY LP TD CT RF NS RE CO IN IPC IPD PUB AN CR ART CLM DLN".split()
)
_ARTICLE_CLASS = re.compile(r"^([a-z]{2})article$")
_NUMBER = re.compile(r"\bdo[ck]umento?\s+([A-Z0-9_-]{8,60})\s*$", re.I)
_WORDS = re.compile(r"^[\d\s\u202f\xa0.,]+\s(?:mots|words|wörter|palabras|parole)$", re.I)
_TIME = re.compile(r"^\d{1,2}[:h]\d{2}(?:\s?[ap]m)?$", re.I)
# A paragraph may begin with "LA POSTE": a code stands alone, or before a tab, a cell border or two spaces.
_LINE = re.compile(r"^[\s|]*([A-Z]{2,3})(?:[ \xa0]?[\t|][\s|]*(.*)|[ \xa0]{2,}(.*)|[ \xa0]*)$")
Fields = dict[str, list[str]]


def is_html(content: str) -> bool:
    """Whether a page holds `div`s of Factiva's article classes, or its field cells."""
    return (
        re.search(
            r"class\s*=\s*[\"'][^\"'<>]*\b(?:[a-z]{2}Article\b|[a-z]{2}articleParagraph\b|articleParagraph\b)", content
        )
        is not None
    )


def is_xml(content: str) -> bool:
    """Whether the text is Factiva's XML."""
    return (
        re.search(r"<(?:\w+:)?(?:PPSResponse|ppsArticleResponse|ppsarticle(?:ResultSet)?)\b", content[:50_000], re.I)
        is not None
    )


def read_html(content: str) -> list[Item | Reject]:
    """Items and rejects, one for each document, in the order of the page."""
    tree = markup.html_tree(markup.without_comments(content), whole=True)
    if tree is None:
        return [Reject("no_text", "a Factiva page without content")]
    results = [
        _made(_cells(rows) if rows else _plain(owner), "factiva-html", _language(owner)) for owner, rows in _groups(tree)
    ]
    return results or [Reject("no_text", "a Factiva page without documents")]


def _groups(tree: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Each document's element and its rows.

    The outermost elements count, unless one holds rows of several documents (an element before it was not closed); rows that lie
    in none are grouped by their codes.
    """
    articles = dict.fromkeys(element for element in tree.iter("div") if _article_language(element) is not None)
    within = {element: articles.keys() & element.iterancestors("div") for element in articles}
    chosen = {element for element in articles if not within[element]}
    numbers = {element: {markup.text_of(row) for row in element.iter("tr") if _code(row) == "AN"} for element in chosen}
    crowded = {element for element, found in numbers.items() if len(found) > 1}
    chosen |= {element for element in articles if not crowded.isdisjoint(within[element])}
    rows: dict[Any, list[tuple[Any, str]]] = {}  # by the element that they lie in, or None
    for row in tree.iter("tr"):
        if code := _code(row):
            owner = next((above for above in row.iterancestors("div") if above in chosen), None)
            rows.setdefault(owner, []).append((row, code))
    for element in articles:
        if element in chosen and element in rows:
            yield from ((element, group) for group in _unrepeated(_cut(rows[element])))
        elif element in chosen and element not in crowded and markup.text_of(element):
            yield element, []
    yield from ((tree, group) for group in _cut(rows.get(None, [])))


def _cut(rows: Sequence[tuple[Any, str]]) -> list[list[Any]]:
    """Rows of one document each: a headline, or anything after a document number, begins the next."""
    groups: list[list[Any]] = []
    seen: set[str] = set()
    for row, code in rows:
        if not groups or (code in ("HD", "AN") and code in seen) or (code in ("HD", "SE") and "AN" in seen):
            groups.append([])
            seen = set()
        groups[-1].append(row)
        seen.add(code)
    return groups


def _unrepeated(groups: list[list[Any]]) -> list[list[Any]]:
    """Groups without those that repeat the document number of one before, as newer pages do inside of an article."""
    first: dict[str, int] = {}
    numbers = [
        next((markup.text_of(row) for row in group if _code(row) == "AN"), f"group {n}") for n, group in enumerate(groups)
    ]
    return [group for n, (group, number) in enumerate(zip(groups, numbers, strict=True)) if first.setdefault(number, n) == n]


def _article_language(element: Any) -> str | None:
    tokens = markup.classes(element)
    return next((match[1] for token in sorted(tokens) if (match := _ARTICLE_CLASS.match(token))), None)


def _language(element: Any) -> str | None:
    return next((code for one in (element, *element.iterancestors()) if (code := _article_language(one))), None)


def _code(row: Any) -> str:
    """The field code in the first cell of a row, empty if there is none."""
    cell = next((child for child in row if child.tag in ("td", "th")), None)
    code = re.sub(r"[^A-Za-z]", "", markup.text_of(cell)) if cell is not None and len(cell) < 5 else ""
    return code if code in CODES and ("index" in markup.classes(cell) or len(row) > 1) else ""


def _cells(rows: Iterable[Any]) -> Fields:
    found: Fields = {}
    for row in rows:
        cells = [child for child in row if child.tag in ("td", "th")][1:]
        found.setdefault(_code(row), []).extend(paragraph for cell in cells for paragraph in markup.paragraphs(cell))
    return found


def _plain(article: Any) -> Fields:
    """An article without field codes: its lines are told by what they look like, in their usual order."""
    headlines = list(itertools.islice(_classed(article.iter(), "headline"), 1))
    authors = markup.having(article, "author")
    body = list(_classed(article.iter("p"), "articleparagraph"))
    known = {*headlines, *authors, *body}
    found = _by_looks(markup.paragraphs(article, lambda element: element in known))
    found |= {code: [markup.text_of(some[0])] for code, some in (("HD", headlines), ("BY", authors)) if some}
    text = [paragraph for element in body for paragraph in markup.paragraphs(element)]
    if text and (match := _NUMBER.fullmatch(text[-1])):
        found["AN"] = [match[1]]
        text = text[:-1]
    return {**found, "TD": [paragraph for paragraph in text if not fields.is_copyright(paragraph)]}


def _classed(elements: Iterable[Any], part: str) -> Iterator[Any]:
    """The elements with a class whose name holds `part`."""
    return (element for element in elements if any(part in name for name in markup.classes(element)))


def _by_looks(lines: Sequence[str]) -> Fields:
    found: Fields = {}
    for n, line in enumerate(lines):
        if match := _NUMBER.search(line):
            found["AN"] = [match[1]]
        elif _WORDS.match(line) or _TIME.match(line) or fields.is_copyright(line):
            continue
        elif "PD" not in found and fields.is_dated(line):
            found["PD"] = [line]
            after = [other for other in lines[n + 1 :] if not _TIME.match(other)]
            found["SN"] = after[:1]
        elif "LA" not in found and len(line.split()) == 1 and (fields.language(line)):
            found["LA"] = [line]
    return found


def read_xml(content: str) -> list[Item | Reject]:
    """Items and rejects of Factiva's XML, in its order."""
    root = markup.xml_tree(content)
    articles = [] if root is None else [e for e in root.iter() if markup.name(e) == "article"]
    results = [_xml_article(article) for article in articles]
    return results or [Reject("no_text", "Factiva XML without articles")]


def _xml_article(article: Any) -> Item | Reject:
    def values(*names: str) -> list[str]:
        elements = [e for e in article.iter() if markup.name(e) in names]
        return [text for e in elements if (text := " ".join("".join(e.itertext()).split()))]

    def part(*names: str) -> list[Any]:
        return [p for e in article.iter() if markup.name(e) in names for p in e.iter() if markup.name(p) == "paragraph"]

    body = part("leadparagraph", "tailparagraphs")
    headline = [" ".join("".join(p.itertext()).split()) for p in part("headline")]
    found = {
        "HD": headline or values("headline"),
        "BY": values("byline")[:1],
        "PD": [" ".join(" ".join(e.itertext()).split())[:40] for e in article.iter() if markup.name(e) == "publicationdate"][
            :1
        ],
        "SN": values("sourcename")[:1],
        "LA": values("baselanguage")[:1],
        "SE": values("sectionname")[:1],
        "AN": values("accessionno")[:1],
        "TD": [line for p in body for line in markup.paragraphs(p)],
    }
    cut = any((p.get("truncation") or "None").lower() != "none" for p in body)
    return _made(found, "factiva-xml", None, cut=cut)


def read_rtf(text: str) -> list[Item | Reject]:
    """Items and rejects of the text of an RTF export; a document begins at its headline and ends at its number."""
    documents: list[Fields] = []
    code = ""
    for line in text.split("\n"):
        match = _LINE.match(line)
        if match and match[1] in CODES:
            code = match[1]
            last = documents[-1] if documents else {}
            if not documents or "AN" in last or (code == "HD" and "HD" in last and "TD" in last):
                documents.append({})
            documents[-1].setdefault(code, [])
            line = match[2] or match[3] or ""
        if documents and code and (value := line.strip(" |\t\xa0")):
            documents[-1][code].append(value)
            if code == "AN":
                code = ""
    return [_made(found, "factiva-rtf", None) for found in documents if any(found.values())]


def is_coded(text: str) -> bool:
    """Whether a text has Factiva's field codes at the beginnings of its lines."""
    found = {match[1] for line in text.split("\n") if (match := _LINE.match(line))}
    return {"HD", "PD", "SN"} <= found or {"HD", "TD", "AN"} <= found


def _made(found: Mapping[str, list[str]], method: str, language: str | None, *, cut: bool = False) -> Item | Reject:
    def line(code: str) -> str:
        return " ".join(found.get(code, ()))

    match = _NUMBER.search(line("AN"))
    number = match[1] if match else line("AN").strip()
    body = [paragraph for code in ("LP", "TD") for paragraph in found.get(code, ())]
    while body and (fields.is_copyright(body[-1]) or _NUMBER.fullmatch(body[-1])):
        body.pop()
    if not body:
        return Reject("no_text", " ".join(filter(None, ["no body:", number, line("HD")]))[:300])
    published, warning = dates.find(line("PD"))
    return Item(
        "\n\n".join(body),
        line("HD"),
        outlet=fields.outlet(line("SN")),
        authors=fields.authors(line("BY")),
        published=published,
        language=fields.language(line("LA")) or language,
        section=line("SE") or None,
        access="partial" if cut else "unknown",
        access_signal="paragraphs marked as truncated" if cut else None,
        method=method,
        warnings=(warning,) if warning else (),
        key=f"factiva:{number}" if number else None,
    )
