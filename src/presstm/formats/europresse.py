"""Europresse HTML exports, in the four layouts that its pages have had.

A (2013): tables, the body as bare text between line breaks. B (2015), C (2016, web sources) and D (now): `article` elements
whose parts have classes. Documents are cut apart in the source, before parsing, so that one with broken nesting cannot swallow
the next. What the page calls a document and holds no text is rejected with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from presstm import dates
from presstm.formats import Item, Reject, fields, markup

_MARKS = ("docpublicationname", "titrearticlevisu", "public_lblnodoc", "public-lblnodoc")
_ARTICLE = re.compile(r"<article\b", re.I)
_CLOSED = re.compile(r"</article", re.I)
_MARK = re.compile(
    r"<span\b[^<>]*\bDocPublicationName\b[^<>]*>|<\w+\b[^<>]*\b(?:titreArticleVisu|grandTitre)\b[^<>]*>|"
    r"(?:num(?:[ée]|&eacute;|&#233;)ro\s+de\s+document|document\s+number|news\s+document\s+id)\s*:",
    re.I,
)
_SEP = r"(?:Â?[·•∙‧⋅]|&middot;|&#183;)"
_ID = re.compile(rf"\b([a-z]{{2,12}}){_SEP}(\d{{8}}){_SEP}([\w+-]{{1,20}}){_SEP}([\w.+-]{{1,60}})", re.I)
_LABELLED = re.compile(
    rf"(?:num(?:[ée]|&eacute;|&#233;)ro\s+de\s+document|document\s+number|news\s+document\s+id)\s*:(?:\s|<[^<>]*>|&nbsp;)*({_ID.pattern})",
    re.I,
)
_NUMBER_LINE = re.compile(r"^(?:num[ée]ro de document|document number|news document id)\b", re.I)
_CAPTIONS = re.compile(r"^(?:illustration|note|photo)\(s\)", re.I)  # nothing but captions or notes comes behind
_BACK = re.compile(
    r"^cet article (?:est|a) (?:été )?(?:paru|publié) dans\b|^this article (?:has )?appeared in\b|"
    r"^(?:ce certificat est émis|le présent document et son usage|this certificate is issued)\b",
    re.I,
)
# What the database puts where the page had a link, and pointers to other articles.
_LINK = re.compile(r"\s*\(lien\s*:\s*https?://[^()\s]*\)", re.I)
_POINTER = re.compile(r"^(?:à |a )?(?:lire|voir|écouter|relire) (?:aussi|également)\b", re.I)
_NAME = re.compile(r"^(?:[A-ZÀ-Þ0-9(«][^\s]*|et|de|du|des|d['’][A-ZÀ-Þ]\S*|la|le|avec|par|à|&)$")
_PARTS = ("doctext", "dococurrcontainer", "dococcurrcontainer")
_TITLES = ("titrearticlevisu", "articletitle", "grandtitre")
_BEHIND = ("doc-legalinfo", "public-lblnodoc", "apd-wrapper")
_NUMBER_CLASSES = ("public-lblnodoc", "public_lblnodoc")
_GAP = re.compile(r"\s{8,}")
_AUTHOR_WORDS = 10
_FAR = 300  # characters, more than stand between two names or two lines of a title


def is_europresse(content: str) -> bool:
    """Whether a page has the classes of Europresse's documents."""
    lowered = content.lower()
    return any(mark in lowered for mark in _MARKS)


def read(content: str) -> list[Item | Reject]:
    """Items and rejects, one for each document, in the order of the page; then document numbers that belong to none."""
    content = markup.without_comments(content)
    results = [_document(piece) for piece in _documents(content)]
    known = {
        _number(match)
        for result in results
        for match in _ID.finditer(result.key or "" if isinstance(result, Item) else result.detail)
    }
    stated = dict.fromkeys(_number(next(_ID.finditer(match[1]))) for match in _LABELLED.finditer(content))
    missing = [number for number in stated if number not in known]
    results += [Reject("missing_documents", f"document {number} is named, but was not found") for number in missing]
    return results or [Reject("no_text", "a Europresse page without documents")]


def _number(match: re.Match[str]) -> str:
    return "·".join(match.groups()[-4:])


def _documents(content: str) -> Iterator[str]:
    """The source of each document: from its `article` element, or from its outlet or title, to that of the next."""
    articles = [match.start() for match in _ARTICLE.finditer(content)]
    spans = [*articles, len(content)]
    articles = [
        start for n, start in enumerate(articles) if not n or not _nested(content, spans[n - 1], start, spans[n + 1])
    ]
    if articles and _MARK.search(content, articles[0]):
        # A document whose own article element is damaged is not part of the one before.
        starts = _by_marks(content, articles[0])
        for low, high in zip(articles, [*articles[1:], len(content)], strict=True):
            starts += [low, *_swallowed(content, low, high)]
    else:
        starts = _by_marks(content, len(content))
    for start, end in zip(starts, [*starts[1:], len(content)][: len(starts)], strict=True):
        closed = [match.start() for match in _CLOSED.finditer(content, start, end)] if _ARTICLE.match(content, start) else []
        yield content[start : closed[-1] if closed else end]


def _nested(content: str, before: int, start: int, end: int) -> bool:
    """Whether the `article` at `start` lies inside the one before and is no document itself."""
    return _CLOSED.search(content, before, start) is None and _MARK.search(content, start, end) is None


def _by_marks(content: str, high: int) -> list[int]:
    """Starts of documents without `article`: an outlet behind a whole document, or a title far from the one before."""
    starts: list[int] = []
    seen: set[str] = set()  # in the document that goes on
    last = 0
    for match in _MARK.finditer(content, 0, high):
        kind = _kind(match)
        far = match.start() - last > _FAR
        whole = "number" in seen or "title" in seen
        begins = (kind == "outlet" and (whole or far)) or (kind == "title" and ("number" in seen or (whole and far)))
        if not starts or begins:
            starts.append(match.start())
            seen = set()
        seen.add(kind)
        last = match.start()
    return starts


def _swallowed(content: str, low: int, high: int) -> list[int]:
    """Starts of documents inside an `article`, whose own element is damaged: an outlet behind a title, and a title behind that."""
    found = [(match.start(), _kind(match)) for match in _MARK.finditer(content, low, high)]
    last_title = max((start for start, kind in found if kind == "title"), default=low)
    starts: list[int] = []
    titled = False  # whether a title came since the last start
    for start, kind in found:
        if kind == "outlet" and titled and start < last_title:
            starts.append(start)
        titled = kind == "title" or (titled and kind != "outlet")
    return starts


def _kind(match: re.Match[str]) -> str:
    found = match.group().lower()
    return "number" if found[0] != "<" else "outlet" if "docpublicationname" in found else "title"


def _document(source: str) -> Item | Reject:
    tree = markup.html_tree(source, whole=True)
    if tree is None:
        return Reject("no_text", "a document without content")
    number = _id(tree, source)
    names = _innermost(tree, "docpublicationname")
    outlet = next((name for element in names if (name := fields.outlet(_before_padding(element)))), None)
    titles = [element for element in markup.having(tree, *_TITLES) if markup.text_of(element)]
    title = titles[0] if titles else None
    section, printed, warning = _header(tree)
    day = fields.compact(number[1]) if number else None
    warnings = [warning] if warning else []
    if number and day is None:
        warnings.append(f"impossible date in document number {'·'.join(number)}")
    if day and printed and day != printed:
        warnings.append(f"printed date {printed}, document number {day}")
    structured = bool(markup.having(tree, *_PARTS, "titrearticle")) or tree.find(".//section") is not None
    authors, body = _structured(tree, title) if structured else _flat(tree, title)
    name = "·".join(number) if number else ""
    heading = markup.text_of(title) if title is not None else ""
    if not body:
        return Reject("no_text", " ".join(filter(None, ["no body:", name, heading]))[:300])
    url, elsewhere = _canonical(tree)
    return Item(
        "\n\n".join(body),
        heading,
        standfirst=next(filter(None, map(markup.text_of, markup.having(tree, "subtitle"))), None),
        outlet=outlet or elsewhere,
        authors=authors,
        published=day or printed,
        url=url,
        section=section,
        method=f"europresse-{_layout(tree, names, structured)}",
        warnings=tuple(warnings),
        key=f"europresse:{name}" if name else None,
        syndicated=_syndicated(tree),
    )


def _innermost(tree: Any, named: str) -> list[Any]:
    """Elements of a class that hold no other of it."""
    return [element for element in markup.having(tree, named) if not markup.having(element, named)[1:]]


def _before_padding(name: Any) -> str:
    """An outlet's name without the supplement or edition that is printed behind a gap."""
    return _GAP.split("".join(name.itertext()).strip(), maxsplit=1)[0]


def _layout(tree: Any, names: list[Any], structured: bool) -> str:
    if not structured:
        return "A"
    if any("rdp__" in (element.get("class") or "") for element in tree.iter("div", "p")) or markup.having(
        tree, "doc-legalinfo"
    ):
        return "D"
    return "C" if len(names) > 1 else "B"


def _id(tree: Any, source: str) -> tuple[str, ...] | None:
    """The document's number: where the layouts print it, else behind its label, else the first one anywhere."""
    places = markup.having(tree, *_NUMBER_CLASSES) + tree.xpath("//*[contains(translate(@id, 'LNOD', 'lnod'), 'lblnodoc')]")
    for text in [*map(markup.text_of, places), *(match[1] for match in _LABELLED.finditer(source)), markup.text_of(tree)]:
        if match := _ID.search(text):
            return match.groups()
    return None


def _header(tree: Any) -> tuple[str | None, date | None, str | None]:
    """Section, printed date and warning, from one header or several in a row."""
    headers = _innermost(tree, "docheader")
    section = None
    if not headers:
        for element in markup.having(tree, "doctitresoussection"):
            section = section or markup.text_of(element) or None
            if (following := element.getnext()) is not None and following.tag == "span":
                headers.append(following)
    line = re.sub(r"\s+,", ",", re.sub(r",\s*,", ",", " ".join(filter(None, map(markup.text_of, headers)))))
    before, day, warning = fields.dated_line(line)
    return before or section, day, warning


def _structured(tree: Any, title: Any) -> tuple[tuple[str, ...], list[str]]:
    """Authors and body of layouts B to D."""
    author = _author(tree, title)
    container = _container(tree)
    header = next(tree.iter("header"), None)
    start: Any = None
    if container is None:
        behind = header is not None and markup.paragraphs(tree, after=header)
        start = header if behind else author if author is not None else title
    out = {author, title, *markup.having(tree, "docpublicationname", "docheader", "subtitle")}
    out |= {element for element in markup.having(tree, "titrearticle") if container not in element.iter()}
    if container is not None:
        # Broken nesting lets paragraphs slip out of their container: they still stand behind its beginning.
        out |= set(_preceding(container))

    def skip(element: Any) -> bool:
        return (
            element in out
            or element.tag in ("aside", "footer", "figure", "figcaption")
            or not markup.classes(element).isdisjoint(_BEHIND)
            or (markup.classes(element) == {"time"} and "transcript" in markup.classes(element.getparent()))
            or any("illustration" in token or "caption" in token for token in markup.classes(element))
            or (element.tag == "header" and container not in element.iter() and (container is not None or element is start))
        )

    found = [
        paragraph
        for paragraph in _trimmed(markup.paragraphs(tree, skip, start), _NUMBER_LINE, _CAPTIONS)
        if not _BACK.match(paragraph)
    ]
    return (fields.authors(markup.text_of(author)) if author is not None else ()), found


def _container(tree: Any) -> Any:
    """The element that holds the body; None where nesting is so broken that there is none."""
    return next(iter(markup.having(tree, *_PARTS)), next(tree.iter("section"), None))


def refused(text: str) -> Reject | None:
    """Why plain text, of a PDF for instance, is not read: it holds several documents, told by their numbers."""
    lines = (re.sub(r"^[^:]{0,40}:", "", line).strip() for line in text.split("\n"))
    count = len({line for line in lines if _ID.fullmatch(line)})
    return Reject("unsupported_format", f"{count} documents of Europresse as text: save them as HTML") if count > 1 else None


def _preceding(element: Any) -> Iterator[Any]:
    """Elements that stand before `element` as siblings of it or of its ancestors."""
    for one in (element, *element.iterancestors()):
        yield from one.itersiblings(preceding=True)


def _author(tree: Any, title: Any) -> Any:
    """The element with the authors: by its class, else by its place behind the title."""
    named = [element for element in markup.having(tree, "docauthors", "docauthor") if markup.text_of(element)]
    if named or title is None:
        return named[0] if named else None
    order = {element: n for n, element in enumerate(tree.iter())}
    behind = order[title]
    container = _container(tree)
    limit = order[container] if container is not None else len(order)
    inside = set(title.iter())

    def fits(element: Any) -> bool:
        words = markup.text_of(element).split()
        return behind < order[element] < limit and element not in inside and 0 < len(words) <= 2 * _AUTHOR_WORDS

    news = [element for element in markup.having(tree, "sm-margin-bottomnews") if element.tag == "p" and fits(element)]
    if news:
        return news[-1]
    plain = [element for element in tree.iter("div") if not element.get("class") and fits(element) and len(element) <= 2]
    return plain[0] if plain else None


def _flat(tree: Any, title: Any) -> tuple[tuple[str, ...], list[str]]:
    """Authors and body of layout A: after the title, the first line is the author if it is short and no sentence."""
    out = set(markup.having(tree, "docpublicationname", "docheader"))
    found = _trimmed(markup.paragraphs(tree, lambda element: element in out, title), _NUMBER_LINE, _CAPTIONS, _BACK)
    if len(found) > 1 and _is_author(found[0]):
        return fields.authors(found[0]), found[1:]
    return (), found


def _is_author(line: str) -> bool:
    """Whether a first line is a byline: short, and no sentence unless all its words are names."""
    words = line.split()
    return len(words) <= _AUTHOR_WORDS and (not re.search(r"[.!?…:»”]$", line) or all(map(_NAME.match, words)))


def _trimmed(found: list[str], *ends: re.Pattern[str]) -> list[str]:
    """The body up to the document number or another of its `ends`, without links and the copyright line before it."""
    last = next(
        (n for n, line in enumerate(found) if _ID.fullmatch(line) or any(end.match(line) for end in ends)), len(found)
    )
    found = [
        text
        for line in found[:last]
        if (text := _LINK.sub("", line)) and not (_POINTER.match(text) and len(text.split()) <= 40)
    ]
    while found and fields.is_copyright(found[-1]):
        found = found[:-1]
    return found


def _canonical(tree: Any) -> tuple[str | None, str | None]:
    """Address and outlet of "Cet article est paru dans …"."""
    for link in tree.iter("a"):
        href = (link.get("href") or "").strip()
        around = markup.text_of(link.getparent()) if link.getparent() is not None else ""
        if re.search(r"(?:paru|publié) dans|(?:appeared|published) in", f"{around[:400]} {markup.text_of(link)}", re.I):
            name = re.sub(r"^.*?(?:paru|publié|appeared|published)\s+(?:dans|in)\s+", "", markup.text_of(link), flags=re.I)
            ours = re.match(r"https?://", href, re.I) and "europresse.com" not in href.lower()
            return (href if ours else None), fields.outlet(name)
    return None, None


def _syndicated(tree: Any) -> tuple[str, ...]:
    """Other outlets of the same article, with dates: "Le Courrier (2022-12-23)"."""
    found: dict[str, None] = {}
    day: date | None = None
    for element in markup.having(tree, "apd-sources-date", "source-name-apd"):
        if "source-name-apd" in markup.classes(element):
            if name := fields.outlet(markup.text_of(element)):
                found[f"{name} ({day})" if day else name] = None
        else:
            day = dates.find(markup.text_of(element))[0]
    return tuple(found)
