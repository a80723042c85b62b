"""The title and the body of an article as one object each: text, sentences, words, tokens, mentions, by offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa

from presstm import tables

JOINED_PRONOUN = r"[-‑](?:vous|nous|toi|moi|les?|la|leur|lui)"  # to an imperative: Méfiez-vous
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_PARAGRAPH = re.compile(r"[^\n]+")


class Word(NamedTuple):
    """Letters, digits or one mark of the text; `low` is lower case with straight apostrophes. Elided words stand alone."""

    start: int
    end: int
    low: str


class Sentence(NamedTuple):
    """A row of table sentences."""

    id: int
    start: int
    end: int


class Token(NamedTuple):
    """A row of table tokens; `head` is the index of the head among the tokens of the part."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int
    ent: str = ""


class Mention(NamedTuple):
    """A row of table mentions."""

    start: int
    end: int
    text: str
    label: str
    entity_id: str


@dataclass
class Part:
    """A title or a body with what is known about it; every list is in reading order."""

    article_id: str
    name: str
    text: str
    sentences: Sequence[Sentence]
    tokens: Sequence[Token]
    mentions: Sequence[Mention]

    @cached_property
    def words(self) -> list[Word]:
        """Words and marks of the text."""
        return [
            Word(match.start(), match.end(), match.group().lower().replace("’", "'")) for match in _WORD.finditer(self.text)
        ]

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """(start, end) of every line that is not blank, without the white space around it."""
        found = []
        for match in _PARAGRAPH.finditer(self.text):
            start, end = stripped(self.text, match.start(), match.end())
            if start < end:
                found.append((start, end))
        return found

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    def word_index(self, offset: int) -> int:
        """Index of the first word that starts at or after `offset`."""
        return bisect_right(self._word_starts, offset - 1)

    def token_index(self, offset: int) -> int | None:
        """Index of the token that holds the character at `offset`."""
        index = bisect_right(self._token_starts, offset) - 1
        return index if index >= 0 and offset < self.tokens[index].end else None

    def token_at(self, offset: int) -> Token | None:
        """The token that holds the character at `offset`."""
        index = self.token_index(offset)
        return None if index is None else self.tokens[index]

    def tokens_between(self, start: int, end: int) -> Sequence[Token]:
        """Tokens that start in [start, end)."""
        return self.tokens[bisect_right(self._token_starts, start - 1) : bisect_right(self._token_starts, end - 1)]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds `offset`, or the last one before it."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def paragraph_at(self, offset: int) -> int:
        """Index of the paragraph that holds `offset`, or of the last one before it."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that holds the character at `offset`."""
        index = bisect_right(self._mention_starts, offset) - 1
        return self.mentions[index] if index >= 0 and offset < self.mentions[index].end else None

    def mention_from(self, offset: int) -> Mention | None:
        """The mention that starts at `offset`."""
        mention = self.mention_at(offset)
        return mention if mention is not None and mention.start == offset else None

    def mention_to(self, offset: int) -> Mention | None:
        """The mention that ends at `offset`."""
        mention = self.mention_at(offset - 1)
        return mention if mention is not None and mention.end == offset else None

    def mentions_between(self, start: int, end: int) -> Sequence[Mention]:
        """Mentions that start in [start, end)."""
        return self.mentions[bisect_right(self._mention_starts, start - 1) : bisect_right(self._mention_starts, end - 1)]


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def read(
    articles: pa.Table, sentences: pa.Table, tokens: pa.Table, mentions: pa.Table | None = None
) -> Iterator[tuple[Part, Part]]:
    """Yield (title, body) of every article that has sentences, by article_id."""
    texts = _by_article(articles, ("title", "text"))
    sentence_rows = _by_article(sentences.sort_by("sentence_id"), ("sentence_id", "part", "start", "end"))
    token_names = ("sentence_id", "token_id", "start", "text", "lemma", "pos", "morph", "dep", "head", "ent")
    token_rows = _by_article(tokens.sort_by([("sentence_id", "ascending"), ("token_id", "ascending")]), token_names)
    mentions = tables.empty("mentions") if mentions is None else mentions
    mention_rows = _by_article(mentions.sort_by("start"), ("part", "start", "end", "text", "label", "entity_id"))
    for article_id in sorted(sentence_rows):
        part_of: dict[int, str] = {}
        found: dict[str, list[Sentence]] = {"title": [], "body": []}
        for sentence_id, part, start, end in sentence_rows[article_id]:
            part_of[sentence_id] = part
            found[part].append(Sentence(sentence_id, start, end))
        named: dict[str, list[Mention]] = {"title": [], "body": []}
        for part, *mention in mention_rows.get(article_id, []):
            named[part].append(Mention(*mention))
        parsed = _tokens(token_rows.get(article_id, []), part_of)
        ((title, body),) = texts[article_id]
        yield (
            Part(article_id, "title", title, found["title"], parsed["title"], named["title"]),
            Part(article_id, "body", body, found["body"], parsed["body"], named["body"]),
        )


def _tokens(rows: Sequence[tuple[Any, ...]], part_of: Mapping[int, str]) -> dict[str, list[Token]]:
    parsed: dict[str, list[Token]] = {"title": [], "body": []}
    sentence, first = -1, {"title": 0, "body": 0}
    for sentence_id, _, start, text, lemma, pos, morph, dep, head, ent in rows:
        part = part_of[sentence_id]
        if sentence_id != sentence:
            sentence, first[part] = sentence_id, len(parsed[part])
        parsed[part].append(Token(start, start + len(text), text, lemma, pos, morph, dep, first[part] + head, ent))
    return parsed


def _by_article(table: pa.Table, names: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for article_id, *values in tables.tuples(table, "article_id", *names):
        rows.setdefault(article_id, []).append(tuple(values))
    return rows
