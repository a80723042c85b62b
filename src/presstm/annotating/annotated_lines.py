"""The lines of an article as the language model sees them, and what it says of them as rows of sentences and tokens."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from presstm.annotating import language, recase, sentences

Columns = dict[str, list[Any]]
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BLANK_LINE = re.compile(r"\n\s*\n")
_IOB = ("", "I", "O", "B")  # spaCy's codes of ENT_IOB
_SENTENCE_COLUMNS = ("sentence_id", "part", "paragraph", "start", "end")
_TOKEN_COLUMNS = ("sentence_id", "token_id", "start", "text", "lemma", "pos", "morph", "dep", "head", "ent")


@dataclass(frozen=True)
class Line:
    """A line of a part, or a piece of one too long: the unit the model sees."""

    part: str
    paragraph: int
    offset: int
    text: str


def lines(title: str, body: str, limit: int) -> Iterator[Line]:
    """The lines of an article that are not blank, those longer than `limit` characters in pieces."""
    for part, stored in (("title", title), ("body", body)):
        breaks = [match.end() for match in _BLANK_LINE.finditer(stored)]
        paragraph = -1
        seen = -1
        for match in _LINE.finditer(stored):
            if not match.group().strip():
                continue
            number = bisect.bisect_right(breaks, match.start())
            if number != seen:
                seen = number
                paragraph += 1
            for start, end in _pieces(match.group(), limit):
                yield Line(part, paragraph, match.start() + start, match.group()[start:end])


def _pieces(line: str, limit: int) -> Iterator[tuple[int, int]]:
    """Cut a line longer than `limit` at the last sentence start, space or, failing both, character before it."""
    if len(line) <= limit:
        yield 0, len(line)
        return
    cuts = sorted(sentences.starts(line).sure)
    start = 0
    while len(line) - start > limit:
        here = [cut for cut in cuts if start < cut <= start + limit]
        end = here[-1] if here else line.rfind(" ", start + 1, start + limit) + 1
        end = end if end > start else start + limit
        if line[start:end].strip():
            yield start, end
        start = end
    if line[start:].strip():
        yield start, len(line)


def docs(nlp: Any, lines: Sequence[Line], model: str) -> list[Any]:
    """A tokenized doc for each line of an article, for the components of `nlp`, the model of that name."""
    return [_prepare(nlp, line, shown) for line, shown in zip(lines, _shown(lines, model), strict=True)]


def _shown(lines: Sequence[Line], model: str) -> list[str]:
    """Each line as the model sees it."""
    plain = [recase.plain(line.text) for line in lines]
    if not any(map(recase.capitals, plain)):
        return plain
    known, rank = recase.forms(plain), language.ranks(model)
    return [recase.recase(line, known, rank) for line in plain]


def _prepare(nlp: Any, line: Line, shown: str) -> Any:
    """Tokenize a line and tell the parser where sentences start, cannot start, and may start."""
    doc = language.make_doc(nlp, shown)
    assert len(doc.text) == len(line.text), "tokens must cover the line"
    from spacy.attrs import SENT_START

    found = sentences.starts(line.text)
    places = doc.to_array("IDX").tolist()
    starts = [1 if i == 0 or place in found.sure else 0 if place in found.unsure else -1 for i, place in enumerate(places)]
    return doc.from_array([SENT_START], np.array(starts, np.int64).astype(np.uint64).reshape(-1, 1))


def rows(lines: Sequence[Line], docs: Iterator[Any]) -> tuple[Columns, Columns]:
    """Columns of the sentences and of the tokens of one article, without its id; takes one annotated doc per line from `docs`."""
    spans: Columns = {name: [] for name in _SENTENCE_COLUMNS}
    words: Columns = {name: [] for name in _TOKEN_COLUMNS}
    for line, doc in zip(lines, docs, strict=False):
        tokens = _tokens(line, doc)
        firsts = [place for place, token in enumerate(tokens) if place == 0 or token.starts]
        for first, end in zip(firsts, [*firsts[1:], len(tokens)], strict=True):
            _add_sentence(spans, words, line, tokens[first:end])
    return spans, words


class _Token(NamedTuple):
    number: int
    start: int
    text: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int
    ent: str
    starts: bool


def _tokens(line: Line, doc: Any) -> list[_Token]:
    """The tokens of a doc that are no white space; read as one array, since asking token by token takes as long as parsing."""
    strings = doc.vocab.strings
    array = doc.to_array(["IDX", "LENGTH", "LEMMA", "POS", "MORPH", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START"])
    heads, starts = array[:, 6].astype(np.int64).tolist(), array[:, 9].tolist()
    names = {code: strings[code] for code in np.unique(array[:, [2, 3, 5, 8]]).tolist()}
    morphs: dict[int, str] = {}
    found = []
    for index, (start, length, lemma, pos, morph, dep, _, iob, ent, _) in enumerate(array.tolist()):
        text = line.text[start : start + length]
        if text.isspace():
            continue
        if morph not in morphs:
            morphs[morph] = str(doc[index].morph)
        named = f"{_IOB[iob]}-{names[ent]}" if ent else ""
        found.append(
            _Token(
                index,
                start,
                text,
                names[lemma],
                names[pos],
                morphs[morph],
                names[dep],
                index + heads[index],
                named,
                starts[index] == 1,
            )
        )
    return found


def _add_sentence(spans: Columns, words: Columns, line: Line, tokens: Sequence[_Token]) -> None:
    sentence_id = len(spans["start"])
    last = tokens[-1]
    spans["sentence_id"].append(sentence_id)
    spans["part"].append(line.part)
    spans["paragraph"].append(line.paragraph)
    spans["start"].append(line.offset + tokens[0].start)
    spans["end"].append(line.offset + last.start + len(last.text))
    places = {token.number: place for place, token in enumerate(tokens)}
    words["sentence_id"] += [sentence_id] * len(tokens)
    words["token_id"] += range(len(tokens))
    words["start"] += [line.offset + token.start for token in tokens]
    words["head"] += [places.get(token.head, place) for place, token in enumerate(tokens)]
    for name in ("text", "lemma", "pos", "morph", "dep", "ent"):
        words[name] += [getattr(token, name) for token in tokens]
