"""An HTML page as a tree that is safe to work on, and its blocks of text in reading order.

What breaks parsers in silence is dealt with before parsing: scripts and styles are cut out of the source, elements nested
deeper than parsers follow are unwrapped, references to control characters are removed, pages with too many elements or attributes are refused.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree, html

from presstm import dates
from presstm.pages.decode import clean

MAX_ELEMENTS = 60_000
MAX_ATTRIBUTES = 1_000  # of one element
MAX_DEPTH = 150  # parsers lose what lies deeper than about 250

_RAW = "script|style|noscript|template|textarea|svg|iframe|object|xmp"
_VEILS = re.compile(r"</?(?:noscript|template)\b[^<>]*>", re.I)
_MARKUP = re.compile(rf"<!--|--!?>|<(/?)({_RAW})\b([^<>]*)>?", re.I)
_NESTING = re.compile(
    r"<(/?)(a|abbr|article|aside|b|big|blockquote|center|code|dd|del|div|dl|em|fieldset|figure|font|footer|form|header|i|ins|li|main|nav|ol|"
    r"section|small|span|strong|sub|sup|table|tbody|td|tr|tt|u|ul)\b[^<>]*>",
    re.I,
)
_BREAKS = re.compile(r"(?:<br><br>\s*){2,}")
_INLINE = "a|abbr|b|big|code|del|em|font|i|ins|small|span|strong|sub|sup|tt|u".split("|")
_MIN_SCRIPT = 400  # characters of a script that may hold an article
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{5000,}>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_WINDOW = 1_000  # characters; a run of twice as many fills one
_BREAK = re.compile(r"[\s<>\"']")
_LONG_RUN = re.compile(r"[\w+/=%«»“”-]{2000,}")  # data, no words; some voters are quadratic in them
_REFERENCE = re.compile(r"&(?:#\w{2,8}|[a-zA-Z]{2,25});")
_TWICE = re.compile(
    r"&amp;(?=[a-zA-Z](?:acute|grave|circ|uml|cedil|tilde);|[lr]aquo;|[lr]squo;|nbsp;|oelig;)"
)  # no French text shows these
_CONTROL_REFERENCE = re.compile(
    r"&#(?:(?:\d{8,}|0*(?:[0-8]|1[124-9]|2\d|3[01]|5529[6-9]|55[3-9]\d\d|5[67]\d{3}))(?!\d)"
    r"|x(?:[0-9a-f]{7,}|0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}))(?![0-9a-f]));?",
    re.I,
)

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr html li main nav ol option p pre section select summary table tbody td tfoot th thead tr ul video audio".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SKIPPED = frozenset(
    "head script style noscript template iframe svg object textarea select button canvas map video audio input".split()
)


class TooComplex(ValueError):
    """The page has more elements or attributes than are parsed."""


@dataclass(frozen=True)
class Source:
    """A page ready to be parsed, its JSON-LD blocks, and its other scripts if they are not short."""

    content: str
    linked_data: tuple[str, ...]
    scripts: tuple[str, ...] = ()


@dataclass
class Block:
    """A paragraph of the page: text between two block-level borders."""

    text: str
    tag: str
    element: Any  # the nearest block-level element
    linked: int = 0  # characters inside links


def names_of(element: Any) -> str:
    """Class and id of an element, as one string."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def prepare(content: str) -> Source:
    """Cut scripts and the like out of a decoded page; linear in its length.

    Raises:
        TooComplex: more than MAX_ELEMENTS tags, or an element with more than MAX_ATTRIBUTES attributes.
    """
    kept, linked, scripts = _without_raw(content)
    for match in _LONG_TAG.finditer(kept):
        if len(_QUOTED.sub("", match.group()).split()) > MAX_ATTRIBUTES or match.group().count("=") > 20 * MAX_ATTRIBUTES:
            raise TooComplex(f"an element with more than {MAX_ATTRIBUTES} attributes")
    if kept.count("<") > 2 * MAX_ELEMENTS:
        raise TooComplex(f"more than {MAX_ELEMENTS} elements")
    kept = _CONTROL_REFERENCE.sub("", kept) if "&#" in kept else kept
    kept = _TWICE.sub("&", kept)
    kept = _REFERENCE.sub(lambda match: _visible(match[0]), kept)
    if any(not _BREAK.search(kept, start, start + _WINDOW) for start in range(0, len(kept) - _WINDOW, _WINDOW)):
        kept = _LONG_RUN.sub("", kept)
    return Source(_flat(kept), tuple(linked), tuple(scripts))


@functools.lru_cache(maxsize=1000)
def _visible(reference: str) -> str:
    """A reference, or nothing for one to a soft hyphen and the like, which parts words for those who do not clean text."""
    return reference if clean(unescape(reference)) else ""


def unveiled(content: str) -> str:
    """A page with the content of `noscript` and `template` in the open."""
    return _VEILS.sub(" ", content)


def _without_raw(content: str) -> tuple[str, list[str], list[str]]:
    kept: list[str] = []
    linked: list[str] = []
    scripts: list[str] = []
    position = 0  # everything before it is dealt with
    inside, start, attributes = "", 0, ""
    for match in _MARKUP.finditer(content):
        found = match.group()
        name = (match[2] or "").lower()
        if inside == "<!--":
            if found.startswith("--"):
                position, inside = match.end(), ""
        elif inside:
            if name == inside and match[1]:
                if inside == "script" and "ld+json" in attributes.lower():
                    linked.append(content[start : match.start()])
                elif inside == "script" and match.start() - start >= _MIN_SCRIPT:
                    scripts.append(content[start : match.start()])
                position, inside = match.end(), ""
        elif found == "<!--" or (name and not match[1]):
            kept.append(content[position : match.start()])
            position = match.end()
            if name and found.endswith("/>") and name not in ("script", "style", "textarea", "iframe"):
                continue
            inside, start, attributes = name or found, match.end(), match[3] or ""
        elif name or found.startswith("--"):
            kept.append(content[position : match.start()])
            position = match.end()
    # An element that is never closed hides the rest of a page from browsers only if it holds raw text.
    if inside not in ("script", "style", "textarea"):
        kept.append(content[position:])
    return " ".join(kept), linked, scripts


def _flat(content: str) -> str:
    """Unwrap elements nested deeper than MAX_DEPTH: block-level borders become line breaks."""
    depth, deepest = 0, 0
    for match in _NESTING.finditer(content):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest <= MAX_DEPTH:
        return content
    depth = 0

    def unwrap(match: re.Match[str]) -> str:
        nonlocal depth
        if match[1]:
            depth = max(0, depth - 1)
            deep = depth >= MAX_DEPTH
        else:
            deep = depth >= MAX_DEPTH
            depth += 1
        if not deep:
            return match.group()
        return " " if match[2].lower() in _INLINE else "<br><br>"

    return _BREAKS.sub("<br><br>", _NESTING.sub(unwrap, content))


def parse(source: Source) -> Any | None:
    """The tree of a page without what its readers do not see, or None if there is no element."""
    content = re.sub(r"^\s*<\?xml[^>]*>", "", source.content)
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    for element in tree.xpath(_HIDDEN):
        if element.getparent() is not None and element.tag not in ("html", "body"):
            element.drop_tree()
    for element in tree.xpath("//a[starts-with(@href, '#')]"):
        _drop_call(element)
    for element in tree.iter("html", "body"):  # a page that shows itself by script
        for name in ("style", "hidden", "aria-hidden"):
            element.attrib.pop(name, None)
    return tree


def _drop_call(link: Any) -> None:
    """Drop a link to a footnote, which would be read as a part of the word or the number before it, with what brackets it.

    A number that stands for itself ("l'article 5") is a word of its own, neither raised nor bracketed.
    """
    if _CALL.fullmatch(link.text_content()) is None:
        return
    raised = link.find(".//sup") is not None
    while (around := link.getparent()) is not None and around.tag in _INLINE and _CALL.fullmatch(around.text_content()):
        link, raised = around, raised or around.tag == "sup"
    previous = link.getprevious()
    before = (previous.tail if previous is not None else link.getparent().text) or ""
    if raised or not before.strip() or not before[-1].isspace() or not link.text_content().strip().isdigit():
        link.drop_tree()


_CALL = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|\*{1,3}|[↩↑]\ufe0e?)\s*[\])]?\s*")
_STYLE = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n', 'abcdefghijklmnopqrstuvwxyz')"
_HIDDEN = (
    "//rt | //rp | "  # a gloss would be read as a part of the word below it
    "//*[(@hidden and not(@hidden='until-found')) or @aria-hidden='true' or (self::dialog and not(@open)) or "
    f"(@style and (contains({_STYLE}, 'display:none') or contains({_STYLE}, 'visibility:hidden')))]"
)


def blocks(tree: Any) -> list[Block]:
    """Blocks of text in reading order: `br` twice, or after the end of a sentence, ends one as block-level elements do."""
    body = tree.find("body")
    walk = _Walk(body if body is not None else tree)
    skipped = None
    for event, element in etree.iterwalk(walk.root, events=("start", "end")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                walk.add(None if element is walk.root else element.tail, linked=False)
        elif event == "end":
            walk.end(element)
        elif not walk.start(element):
            skipped = element
    walk.flush()
    return walk.found


class _Walk:
    """What has been read of a page on the way through its elements."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.found: list[Block] = []
        self.owner = root  # the nearest block-level element
        self.pieces: list[str] = []  # the text since the last border
        self.linked = 0  # characters of it inside links
        self.links = self.preformatted = 0  # elements around that are links, or `pre`

    def start(self, element: Any) -> bool:
        """Whether what the element holds is read."""
        tag, skipped = element.tag, element.tag in _SKIPPED or not isinstance(element.tag, str)
        if tag in BLOCKS:
            self.flush()
        if skipped:
            return False
        if tag in BLOCKS:
            self.owner = element
        elif tag == "br":
            self.pieces.append("\n")
        self.links += tag == "a"
        self.preformatted += tag == "pre"
        self.add(element.text)
        return True

    def end(self, element: Any) -> None:
        """Leave an element, and read what follows it."""
        if element.tag in BLOCKS:
            self.flush()
            owner = element.getparent() if element is not self.root else self.root
            while owner is not None and owner.tag not in BLOCKS and owner is not self.root:
                owner = owner.getparent()
            self.owner = owner
        self.links -= element.tag == "a"
        self.preformatted -= element.tag == "pre"
        if element is not self.root:
            self.add(element.tail)

    def add(self, text: str | None, *, linked: bool = True) -> None:
        """Text as a browser spaces it; in `pre` blank lines part paragraphs, and other ends of lines are those of a fixed width."""
        if text:
            spaced = _SPACES.sub(_pre_space if self.preformatted else " ", text)
            self.pieces.append(spaced)
            self.linked += len(spaced) if self.links and linked else 0

    def flush(self) -> None:
        """End a block."""
        whole = "".join(self.pieces)
        for text in split_lines(whole) if whole.strip() else ():
            self.found.append(Block(text, self.owner.tag, self.owner, self.linked))
            self.linked = 0
        if self.pieces:
            self.pieces, self.linked = [], 0


_SPACES = re.compile("[ \t\n\r\f]+")


def _pre_space(match: re.Match[str]) -> str:
    return "\n\n" if match.group().count("\n") > 1 else " "


_SENTENCE_END = re.compile(r"[.!?…:»”\"][ \xa0)]*$")


def split_lines(text: str) -> Iterator[str]:
    """Paragraphs of a block in which line breaks are newlines: two end one, one does so after the end of a sentence or beside a date."""
    current = ""
    for line in text.split("\n"):
        line = _EDGE.sub("", clean(line))
        if not line:
            if current:
                yield current
            current = ""
        elif current and not (_SENTENCE_END.search(current) or _is_day(line) or _is_day(current)):
            current = f"{current} {line}"
        else:
            if current:
                yield current
            current = line
    if current:
        yield current


def _is_day(line: str) -> bool:
    return len(line) < 40 and dates.is_date(line)


_EDGE = re.compile("^[ \xa0]+|[ \xa0]+$")
