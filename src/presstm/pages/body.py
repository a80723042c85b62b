"""Which blocks of a page are the body of its article: votes of extractors, then rules for French pages.

A block needs the votes of most extractors. Rules cut what they all let through: labelled elements (comments, related links), lines that
are no part of an article, what follows a heading such as "Vos réactions". Gaps are filled: a subheading or short paragraph between two
blocks of the body, the paragraph right before its first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import or_
from typing import Any

from presstm import dates
from presstm.pages import french_pages, page_parts, site_voice, voters
from presstm.pages.page import HEADINGS, Block

WRAPPER = {"comments": 0.8}  # share of the voted words that a labelled element may hold; more, and it wraps the article
WRAPPER_SHARE = 0.35  # of the other labels
PRUNED = 0.2  # share of the prose up to which a labelled element is not even shown to the voters
LINKED = 0.8  # share of its characters inside links from which a short block is a link and no sentence
MIN_BEFORE_COMMENTS = 30  # words of an article before a heading of comments ends it
MIN_BEFORE_BUTTON = (
    0.5  # share of the article before words that are no heading ("12 commentaires") end it: they stand above it too
)
LONG = 30  # words of a paragraph from which it is no teaser
CHRONOLOGY = 3  # days between its paragraphs that an article tells, and no dates of posts
INCOMPLETE = 0.2  # share of the prose on the page under which a text is suspect
_TIME = re.compile(r"(?:à )?\d{1,2} ?[h:] ?\d{2}")  # of a post of a live page
_NEXT_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?…][\"»”]? +[A-ZÀ-Ý«]")
_FULL_STOP = re.compile(r"(?<!\.)[.!?][\s»”\")]*$")
_PROSE = re.compile(r"[.!?…»”\"):]\W*$")


@dataclass(frozen=True)
class Body:
    """The body of an article: its blocks in reading order."""

    blocks: tuple[Block, ...]
    prose: int  # words in long unlabelled paragraphs of the whole page
    offer: str | None = None  # what is said at its end of the rest that is to be read


def find(tree: Any, found: Sequence[Block], profile: str) -> Body:
    """Choose the blocks of the body with the extractors of a profile (`voters.PANELS`)."""
    panel = voters.PANELS[profile]
    found = page_parts.without_other_articles(tree, found)
    readers = set(_said_by_readers(found))
    _prune(tree, found, readers)
    cast = voters.votes(tree, found, panel)
    if profile == "fast" and _scarce(found, cast[0]):
        cast = voters.votes(tree, found, (voters.trafilatura,))
    needed = len(cast) // 2 + 1
    counts = [sum(votes) for votes in zip(*cast, strict=True)]
    voted = [count >= needed for count in counts]
    weights = _weights(found, voted)
    noise = _noise(tree, found, counts, weights)
    clean = [keep and rule is None for keep, rule in zip(voted, noise, strict=True)]
    likely = [count > 0 and rule is None and is_prose(b) for b, count, rule in zip(found, counts, noise, strict=True)]
    voted = [*map(or_, voted, page_parts.around(found, clean, likely))]
    kept = _kept(found, voted, noise, weights)
    kept = _with_beginning(found, _with_gaps(found, kept, counts, noise), noise)
    kept = page_parts.with_lists(found, kept, noise)
    kept = _without_repeats(found, page_parts.with_parts(found, kept, noise, [is_prose(block) for block in found]))
    kept, offer = site_voice.offer_at_end(found, kept)
    lengths = [len(block.text.split()) for block in found]
    return Body(
        tuple(block for block, keep in zip(found, kept, strict=True) if keep),
        sum(
            n
            for n, b, rule in zip(lengths, found, noise, strict=True)
            if rule is None and n >= LONG and is_prose(b) and readers.isdisjoint(_upwards(b.element))
        ),
        offer,
    )


def is_prose(block: Block) -> bool:
    """Twelve words or more, mostly outside links, that end as sentences do."""
    text = block.text
    return (
        len(text) > 24
        and block.linked < 0.5 * len(text)
        and _PROSE.search(text, max(0, len(text) - 40)) is not None
        and len(text.split()) >= 12
    )


def is_sentence(block: Block) -> bool:
    """Five words or more outside links that end with a full stop, as headlines and teasers do not."""
    text = block.text
    return not block.linked and len(text.split()) >= 5 and _FULL_STOP.search(text) is not None


def holds_sentences(block: Block) -> bool:
    """A long paragraph, mostly outside links, in which sentences end and begin, whatever stands at its own end."""
    text = block.text
    return block.linked < 0.5 * len(text) and len(text.split()) >= LONG and _NEXT_SENTENCE.search(text) is not None


def _prune(tree: Any, found: Sequence[Block], readers: Collection[Any]) -> None:
    """Spare the voters what is cut anyway: what readers say, and labelled elements with little of the prose on the page."""
    weights = _weights(found, [is_prose(block) for block in found])
    wrappers = {element for heading in tree.iter("h1") for element in _upwards(heading)}
    around: set[Any] = set()
    for block in found:
        for element in _upwards(block.element):
            if element in around:
                break  # and so are those around it
            around.add(element)
    labelled = [
        element
        for element in around
        if french_pages.element_label(element) and weights.get(element, 0) <= PRUNED and element not in wrappers
    ]
    for element in (*(labelled if weights else ()), *readers):
        if element.getparent() is not None:
            element.drop_tree()


def _said_by_readers(found: Sequence[Block]) -> list[Any]:
    """Elements from a heading of comments on, if the headline and an article stand before it: readers may write more than the article."""
    words = headlines = 0
    around: set[Any] = set()  # headline and article
    for block in found:
        if block.tag == "h1":
            words, headlines = 0, headlines + 1
        elif is_prose(block):
            words += len(block.text.split())
        elif headlines and words >= MIN_BEFORE_COMMENTS and block.tag in HEADINGS and french_pages.opens_comments(block):
            box = block.element
            while (outer := box.getparent()) is not None and outer.tag != "body" and outer not in around:
                box = outer
            return [box, *box.itersiblings()]
        else:
            continue
        around.update(_upwards(block.element))
    return []


def _scarce(found: Sequence[Block], voted: Sequence[bool]) -> bool:
    prose = [keep for block, keep in zip(found, voted, strict=True) if is_prose(block) and not french_pages.line(block.text)]
    if sum(prose) < 0.3 * len(prose) or not any(voted):
        return True
    passed = [is_prose(b) and not keep and not french_pages.line(b.text) for b, keep in zip(found, voted, strict=True)]
    return sum(page_parts.around(found, voted, passed)) > 0.2 * sum(prose)


def _weights(found: Sequence[Block], voted: Sequence[bool]) -> dict[Any, float]:
    """The share of the voted words that each element of the page holds."""
    own: dict[Any, int] = {}
    for block, keep in zip(found, voted, strict=True):
        if keep:
            own[block.element] = own.get(block.element, 0) + len(block.text.split())
    total = sum(own.values())
    words: dict[Any, int] = {}
    for inner, size in own.items():
        for element in _upwards(inner):
            words[element] = words.get(element, 0) + size
    return {element: size / total for element, size in words.items()}


def _noise(tree: Any, found: Sequence[Block], counts: Sequence[int], weights: dict[Any, float]) -> list[str | None]:
    """The rule that cuts each block, by the labels around it or by its words; "unseen" without votes, prose or heading."""
    wrappers = {element for heading in tree.iter("h1") for element in _upwards(heading)}
    labels: dict[Any, str | None] = {}
    boxes = {form.getparent() for form in tree.iter("form")}  # what stands around a form to fill in speaks of it

    def label(element: Any) -> str | None:
        if element is None or element.tag in ("html", "body"):
            return None
        if element not in labels:
            rule = french_pages.element_label(element) or ("selling" if element in boxes else None)
            if rule is not None and (element in wrappers or weights.get(element, 0) > WRAPPER.get(rule, WRAPPER_SHARE)):
                rule = None
            labels[element] = None
            labels[element] = rule or label(element.getparent())
        return labels[element]

    columns = {block.element for block in found if is_prose(block)}  # cells of a layout, not of data
    rules = [
        label(block.element) or french_pages.line(block.text) or _shape(block, in_column=block.element in columns)
        if count or block.tag in HEADINGS or is_prose(block)
        else "unseen"
        for block, count in zip(found, counts, strict=True)
    ]
    for number in range(1, len(found)):
        before = found[number - 1]
        if rules[number] is None and is_linked_heading(before) and _share_a_box(before, found[number], weights):
            rules[number] = "teaser"
    return rules


def is_linked_heading(block: Block) -> bool:
    """Whether a block is the heading of a link to another page."""
    parent = block.element.getparent()
    headed = block.tag in HEADINGS or (parent is not None and parent.tag in HEADINGS)
    return headed and block.linked >= LINKED * len(block.text)


def _share_a_box(one: Block, other: Block, weights: dict[Any, float]) -> bool:
    """Whether two blocks stand in one element, three levels up at most, that is no large part of the article."""
    around = set(itertools.islice(_upwards(one.element.getparent()), 3))
    shared = next(
        (element for element in itertools.islice(_upwards(other.element.getparent()), 2) if element in around), None
    )
    return shared is not None and weights.get(shared, 0) <= WRAPPER_SHARE


def _shape(block: Block, *, in_column: bool) -> str | None:
    if len(block.text) < 60 and (_TIME.fullmatch(block.text) or dates.is_date(block.text.strip("()"))):
        return "date"
    if block.tag in ("td", "th", "address") and not in_column:
        return "cell"
    if block.linked >= LINKED * len(block.text) and len(block.text.split()) < 30:
        return "link"
    return None


def _upwards(element: Any) -> Iterator[Any]:
    while element is not None and element.tag not in ("html", "body"):
        yield element
        element = element.getparent()


def _kept(
    found: Sequence[Block], voted: Sequence[bool], noise: Sequence[str | None], weights: dict[Any, float]
) -> list[bool]:
    kept = []
    total = sum(len(b.text.split()) for b, keep, rule in zip(found, voted, noise, strict=True) if keep and rule is None)
    before = 0
    over = False  # after a heading of comments
    box = None  # the element of links or of an offer that a heading opens; they end with it, and where prose comes again
    for block, keep, rule in zip(found, voted, noise, strict=True):
        enough = MIN_BEFORE_COMMENTS if block.tag in HEADINGS else max(MIN_BEFORE_COMMENTS, MIN_BEFORE_BUTTON * total)
        if before >= enough and french_pages.opens_comments(block):
            over = True
        if french_pages.opens_links(block) or (block.tag in HEADINGS and rule in ("paywall", "newsletter")):
            box = _box(block, weights)
        elif box is not None and ((rule is None and is_prose(block)) or box not in _upwards(block.element)):
            box = None
        kept.append(keep and rule is None and not over and box is None)
        before += len(block.text.split()) if kept[-1] else 0
    return kept


def _box(heading: Block, weights: dict[Any, float]) -> Any:
    """The largest element around a heading that does not hold much of the article, or else the one right around it."""
    around = list(_upwards(heading.element))
    small = [element for element in around if weights.get(element, 0) <= WRAPPER_SHARE]
    return small[-1] if len(small) > 1 else around[min(1, len(around) - 1)] if around else None


def _with_gaps(
    found: Sequence[Block], kept: Sequence[bool], counts: Sequence[int], noise: Sequence[str | None]
) -> list[bool]:
    """With blocks that have a vote, or are headings, and stand between two kept blocks of the same parent; days, if they are several."""
    gaps = [
        number
        for number in range(1, len(found) - 1)
        if not kept[number]
        and kept[number - 1]
        and kept[number + 1]
        and found[number].element.getparent()
        in (found[number - 1].element.getparent(), found[number + 1].element.getparent())
    ]
    days = [number for number in gaps if noise[number] == "date" and dates.is_date(found[number].text)]
    filled = list(kept)
    for number in gaps:
        heading = found[number].tag in HEADINGS
        if (noise[number] is None and (counts[number] or heading)) or (number in days and len(days) >= CHRONOLOGY):
            filled[number] = True
    return filled


def _with_beginning(found: Sequence[Block], kept: Sequence[bool], noise: Sequence[str | None]) -> list[bool]:
    """With prose right before the first kept block and beside it, and the first of several headings alike."""
    filled = list(kept)
    first = next((number for number, keep in enumerate(kept) if keep and found[number].tag != "h1"), 0)
    parent = found[first].element.getparent()
    alike = {block.tag for block, keep in zip(found, kept, strict=True) if keep and block.tag in HEADINGS}
    for number in range(first - 1, -1, -1):
        block = found[number]
        beside = block.element.getparent() is parent and noise[number] is None and block.tag != "h1"
        if not beside or not (block.tag in alike if block.tag in HEADINGS else is_prose(block)):
            break
        filled[number] = True
    return filled


def _without_repeats(found: Sequence[Block], kept: list[bool]) -> list[bool]:
    """Without pull quotes: blocks whose words stand once more in a longer kept block, or in an equal one before."""
    texts = [voters.squash(block.text).strip("«»“”\"'’.…") for block in found]
    body = "\n".join(text for text, keep in zip(texts, kept, strict=True) if keep)
    if len(body) > 200_000:
        return kept
    seen: set[str] = set()
    for number, text in enumerate(texts):
        if kept[number] and len(text) > 40:
            longer = body.count(text) > sum(keep and text == other for keep, other in zip(kept, texts, strict=True))
            kept[number] = not longer and text not in seen
            seen.add(text)
    return kept
