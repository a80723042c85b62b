"""Quotations in titles and subheads: what they repeat of the quotations in the body, and so who says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from presstm.parts import Mention, Part

if TYPE_CHECKING:
    from presstm.quotes import Quote

ENDS = (".", "!", "?", "…")
FIRST_PERSON = re.compile(r"\b(?:je|moi|mon|ma|mes|me)\b|\b[jm][’']", re.I)
_SUBHEAD = 80  # characters
_HEADLINE = 200
_SUBTITLE = 150


def normal(text: str) -> str:
    """The words of a text in lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))


def repeated(part: Part, quotes: list[Quote], body: Part, said: Sequence[Quote]) -> list[Quote]:
    """Give short words in the marks of a title or subhead, which a longer quotation of the body repeats, to who says that.

    A term is a quotation for that only where the text says with a verb that the longer one is.
    """
    sources = [
        (normal(body.text[quote.start : quote.end]), quote)
        for quote in said
        if quote.kind == "direct" and quote.speaker_text is not None
    ]
    found = []
    for quote in quotes:
        if not quote.cue and (part is not body or _is_subhead(part, quote)):
            words = normal(part.text[quote.start : quote.end])
            same = (one for text, one in sources if f" {words} " in f" {text} ")
            other = (one for one in same if part is not body or one != quote)
            length = quote.end - quote.start
            source = next(
                (one for one in other if quote.kind == "direct" or (one.cue and one.end - one.start > length)), None
            )
            if source is not None:
                quote = quote._replace(kind="direct", speaker=source.speaker, speaker_text=source.speaker_text)
        found.append(quote)
    return found


def subheads(part: Part, quotes: Sequence[Quote]) -> list[Quote]:
    """Give a quotation that is a subhead and names nobody the speaker of the first one in the paragraph below it."""
    found = []
    for at, quote in enumerate(quotes):
        paragraph = part.paragraph_at(quote.start)
        if quote.kind == "direct" and not quote.cue and _is_subhead(part, quote) and fills(part, quote.start, quote.end):
            below = next((one for one in quotes[at + 1 :] if one.kind == "direct"), None)
            if (
                below is not None
                and part.paragraph_at(below.start) == paragraph + 1
                and not fills(part, below.start, below.end)
            ):
                quote = quote._replace(speaker=below.speaker, speaker_text=below.speaker_text)
        found.append(quote)
    return found


def fills(part: Part, start: int, end: int) -> bool:
    """Whether a quotation is its paragraph, but for a dash or marks around it."""
    first, last = part.paragraphs[part.paragraph_at(start)]
    return not any(map(str.isalpha, part.text[first:start] + part.text[end:last]))


def _is_subhead(part: Part, quote: Quote) -> bool:
    """Whether the paragraph is a short line that ends without a point."""
    start, end = part.paragraphs[part.paragraph_at(quote.start)]
    line = part.text[start:end].rstrip(' »”"\u00a0\u202f')
    return len(line) <= _SUBHEAD and not line.endswith((*ENDS, ":", ","))


def speakers(title: Part, quotes: list[Quote], body: Part, body_quotes: Sequence[Quote]) -> list[Quote]:
    """Give title quotations without a speaker the one of the body that says the same, or the only one that speaks; the only person for words in
    the first person; or the person whom the first line presents."""
    said = [quote for quote in body_quotes if quote.kind == "direct" and quote.speaker is not None]
    persons = {mention.entity_id for mention in body.mentions if mention.label == "PER"}
    completed = []
    for quote in quotes:
        if quote.kind == "direct" and quote.speaker is None and quote.speaker_text is None:
            text = title.text[quote.start : quote.end]
            words = _content(text)
            speaking = [q for q in said if q.speaker in persons] if FIRST_PERSON.search(text) else said
            only = {q.speaker for q in speaking}
            same = [q for q in said if words and len(words & _content(body.text[q.start : q.end])) >= 0.7 * len(words)]
            source = same[0] if same else speaking[0] if len(only) == 1 else None
            presented = _presented(title, quote, body) if source is None else None
            if source is not None:
                quote = quote._replace(speaker=source.speaker, speaker_text=source.speaker_text)
            elif presented is not None:
                quote = quote._replace(speaker=presented.entity_id, speaker_text=presented.text)
        completed.append(quote)
    return completed


def _presented(title: Part, quote: Quote, body: Part) -> Mention | None:
    """Whom the first line of the body presents below a title that is a quotation and no more: X, secrétaire du syndicat Y."""
    start, end = body.paragraphs[0] if body.paragraphs else (0, 0)
    around = title.text[: quote.start] + title.text[quote.end :]
    if any(map(str.isalpha, around)) or end - start > _SUBTITLE:
        return None
    mention = body.mention_at(start)
    finite = any("VerbForm=Fin" in token.morph for token in body.tokens_between(start, end))
    return mention if mention is not None and mention.label == "PER" and not finite else None


def in_body(title: Part, body: Part, quotes: list[Quote]) -> list[Quote]:
    """The quotations of a text that begins with its own headline, those of that line as `speakers` completes a title's."""
    if title.text.strip() or not body.paragraphs:
        return quotes
    start, end = body.paragraphs[0]
    if body.text[start:end].rstrip().endswith((".", ",", ":")) or len(body.paragraphs) < 2 or end - start > _HEADLINE:
        return quotes
    first, rest = ([quote for quote in quotes if (quote.start < end) == here] for here in (True, False))
    return speakers(body, first, body, rest) + rest


def _content(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}
