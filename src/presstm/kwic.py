"""Concordance (keyword in context): every place where a pattern stands, with what is around it and where it is from.

A pattern is compared word by word, by form, lemma or stem, without case and accents unless `exact`; `*` stands for any letters,
alone for any word; a symbol (%, «) has to stand where the pattern has it; see `kwic_patterns` for alternatives, gaps and parts of
speech. A regular expression goes to RE2, whose time is linear in the text, and never to `re`.
"""

from __future__ import annotations

import datetime
import unicodedata
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from presstm import kwic_patterns, phrases, tables
from presstm.errors import InputError
from presstm.phrases import Word

COLUMNS = ("article_id", "source", "outlet", "published", "part", "sentence_id", "start", "end", "left", "match", "right")
Spans = Mapping[tuple[str, str], Sequence[tuple[int, int]]]  # (article_id, part) -> spans

_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
_PLAIN = {code: unicodedata.normalize("NFD", chr(code))[0] for code in _LATIN} | dict.fromkeys(map(ord, "’‘ʼ"), "'")


class Line(NamedTuple):
    """A line of a concordance; offsets as in the tables, contexts on one line."""

    article_id: str
    source: str
    outlet: str | None
    published: datetime.date | None
    part: str
    sentence_id: int
    start: int
    end: int
    left: str
    match: str
    right: str


@dataclass(frozen=True)
class Query:
    """What is looked for, and how it is shown; `width` is characters of context on each side."""

    pattern: str
    by: str = "word"  # word, lemma, stem or regex
    exact: bool = False
    width: int = 60


@dataclass(frozen=True)
class Filters:
    """Where it is looked for; None means everywhere. `inside` and `outside` are spans that hold, or must not hold, the match."""

    outlets: frozenset[str] | None = None
    articles: frozenset[str] | None = None
    part: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    sentences: frozenset[tuple[str, int]] | None = None  # (article_id, sentence_id)
    inside: Spans | None = None
    outside: Spans | None = None


def lines(
    articles: pa.Table, sentences: pa.Table, query: Query, filters: Filters | None = None, tokens: pa.Table | None = None
) -> list[Line]:
    """The concordance of a pattern, by date, source and place.

    Args:
        articles, sentences: tables of these names.
        query: the pattern.
        filters: where to look.
        tokens: table tokens, where `needs_tokens`.

    Raises:
        InputError: the pattern is empty or no regular expression of RE2.
    """
    filters = filters or Filters()
    query = replace(query, pattern=unicodedata.normalize("NFC", query.pattern))  # as the texts are
    search = _regex(query) if query.by == "regex" else _words(query, tokens)
    about = {row["article_id"]: row for row in articles.to_pylist()}
    found: list[Line] = []
    for sentence in places(articles, sentences, filters).to_pylist():
        article, part = about[sentence["article_id"]], sentence["part"]
        text = article["title" if part == "title" else "text"]
        for start, end in search(text, sentence):
            if _within(filters, article["article_id"], part, start, end):
                found.append(_line(article, text, sentence, start, end, query.width))
    return in_order(found, "date")


def needs_tokens(query: Query) -> bool:
    """Whether a pattern is looked for among tokens: lemmas, or parts of speech.

    Raises:
        InputError: the pattern is none.
    """
    if query.by == "regex":
        return False
    return query.by == "lemma" or kwic_patterns.has_pos(kwic_patterns.compile_pattern(query.pattern, str))


def places(articles: pa.Table, sentences: pa.Table, filters: Filters) -> pa.Table:
    """The sentences of the table where a pattern is looked for."""
    about = tables.tuples(articles, "article_id", "outlet", "published")
    kept = {article_id for article_id, outlet, day in about if _kept(article_id, outlet, day, filters)}
    chosen = [
        article in kept
        and filters.part in (None, part)
        and (filters.sentences is None or (article, number) in filters.sentences)
        for article, number, part in tables.tuples(sentences, "article_id", "sentence_id", "part")
    ]
    return sentences.filter(pa.array(chosen, pa.bool_()))


def in_order(found: Sequence[Line], by: str) -> list[Line]:
    """Lines by date, by the words to the right, or by those to the left read backwards; ties by place."""
    keys: dict[str, Callable[[Line], Any]] = {
        "date": lambda line: line.published or datetime.date.max,
        "right": lambda line: [word.folded for word in phrases.words(line.right)],
        "left": lambda line: [word.folded for word in reversed(phrases.words(line.left))],
    }
    return sorted(found, key=lambda line: (keys[by](line), line.source, line.part != "title", line.start, line.end))


def spans(quotes: pa.Table) -> Spans:
    """Where direct quotations stand."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    direct = quotes.filter(pc.equal(quotes["kind"], "direct"))
    for article_id, part, start, end in tables.tuples(direct, "article_id", "part", "start", "end"):
        found[article_id, part].append((start, end))
    return found


def of_entity(name: str, entities: pa.Table, mentions: pa.Table) -> frozenset[tuple[str, int]]:
    """The sentences that mention an entity, given by id or by name without regard to case and accents.

    Raises:
        InputError: there is none of this name.
    """
    rows = list(tables.tuples(entities, "entity_id", "name"))
    ids = [key for key, own in rows if name == key or phrases.fold(name) == phrases.fold(own)]
    if not ids:
        raise InputError(f"no entity is called {name!r}{_close(name, (own for _, own in rows))}")
    named = mentions.filter(pc.is_in(mentions["entity_id"], pa.array(ids, pa.string())))
    return frozenset(tables.tuples(named, "article_id", "sentence_id"))


def of_theme(
    theme: str, theme_sentences: pa.Table, names: Mapping[str, Iterable[str]] | None = None
) -> frozenset[tuple[str, int]]:
    """The sentences that carry a theme, given by id or by one of its `names` without regard to case and accents.

    Raises:
        InputError: there is no such theme.
    """
    known = set(theme_sentences["theme"].unique().to_pylist())
    called = [key for key, labels in (names or {}).items() if phrases.fold(theme) in map(phrases.fold, (key, *labels))]
    theme = next(iter(called), theme) if theme not in known else theme
    if theme not in known:
        raise InputError(f"no theme is called {theme!r} (known: {', '.join(sorted(known))})")
    having = theme_sentences.filter(pc.and_(theme_sentences["present"], pc.equal(theme_sentences["theme"], theme)))
    return frozenset(tables.tuples(having, "article_id", "sentence_id"))


def of_class(class_id: int, class_segments: pa.Table, sentences: pa.Table) -> frozenset[tuple[str, int]]:
    """The sentences of the segments of a class; segments end where sentences end.

    Raises:
        InputError: there is no such class.
    """
    known = sorted(set(class_segments["class_id"].drop_null().to_pylist()))
    if class_id not in known:
        raise InputError(f"there is no class {class_id} (known: {', '.join(map(str, known)) or 'none'})")
    rows = class_segments.filter(pc.equal(class_segments["class_id"], class_id))
    parts: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for article_id, part, start, end in tables.tuples(rows, "article_id", "part", "start", "end"):
        parts[article_id, part].append((start, end))
    places = tables.tuples(sentences, "article_id", "part", "start", "sentence_id")
    return frozenset(
        (article_id, number)
        for article_id, part, at, number in places
        if any(start <= at < end for start, end in parts.get((article_id, part), ()))
    )


def outlets_called(names: Sequence[str], articles: pa.Table) -> frozenset[str]:
    """The outlets of these names, compared without case and accents.

    Raises:
        InputError: there is no outlet of one of the names.
    """
    known = {phrases.fold(outlet): outlet for outlet in articles["outlet"].to_pylist() if outlet}
    for name in names:
        if phrases.fold(name) not in known:
            raise InputError(f"no outlet is called {name!r}{_close(name, known.values())}")
    return frozenset(known[phrases.fold(name)] for name in names)


def _close(name: str, names: Any) -> str:
    import difflib

    close = difflib.get_close_matches(name, sorted(set(names)), n=1, cutoff=0.5)
    return f" (did you mean {close[0]}?)" if close else ""


def _kept(article_id: str, outlet: str | None, day: datetime.date | None, filters: Filters) -> bool:
    if filters.outlets is not None and outlet not in filters.outlets:
        return False
    if filters.articles is not None and article_id not in filters.articles:
        return False
    if day is None:
        return filters.since is None and filters.until is None
    return (filters.since is None or day >= filters.since) and (filters.until is None or day <= filters.until)


def _within(filters: Filters, article_id: str, part: str, start: int, end: int) -> bool:
    def holds(found: Spans) -> bool:
        return any(first <= start and end <= last for first, last in found.get((article_id, part), ()))

    return (filters.inside is None or holds(filters.inside)) and (filters.outside is None or not holds(filters.outside))


def _line(article: Mapping[str, Any], text: str, sentence: Mapping[str, Any], start: int, end: int, width: int) -> Line:
    left, right = text[max(0, start - width) : start], text[end : end + width]
    where = [article[name] for name in ("article_id", "source", "outlet", "published")]
    where += [sentence["part"], sentence["sentence_id"], start, end]
    return Line(*where, *(one_line(piece) for piece in (left, text[start:end], right)))


def one_line(text: str) -> str:
    """Text with one space for every run of white space, and no control characters."""
    return " ".join("".join(letter if letter.isprintable() or letter.isspace() else "�" for letter in text).split())


Search = Callable[[str, Mapping[str, Any]], Iterator[tuple[int, int]]]


def _words(query: Query, tokens: pa.Table | None) -> Search:
    key = _key(query)
    pattern = kwic_patterns.compile_pattern(query.pattern, key)
    words_of = partial(phrases.words, key=key, symbols=kwic_patterns.counts_symbols(pattern))
    lemmas = _lemmas(tokens, words_of) if query.by == "lemma" and tokens is not None else None
    tags = _tags(tokens) if kwic_patterns.has_pos(pattern) and lemmas is None and tokens is not None else {}

    def search(text: str, sentence: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
        place, shift = (sentence["article_id"], sentence["sentence_id"]), sentence["start"]
        if lemmas is None:
            found = words_of(text[shift : sentence["end"]])
            if tags:
                found = _tagged(found, shift, tags.get(place, []))
        else:
            found, shift = lemmas.get(place, []), 0
        for first, last in kwic_patterns.matches(pattern, found):
            yield shift + found[first].start, shift + found[last].end

    return search


Tag = tuple[str, int, int, str]  # article_id, sentence_id, where a token starts, its part of speech


def _tags(tokens: pa.Table) -> dict[tuple[str, int], list[Tag]]:
    columns = ["article_id", "sentence_id", "start", "pos"]
    rows = tables.tuples(tokens.select(columns).sort_by([(name, "ascending") for name in columns[:3]]))
    return {place: list(tags) for place, tags in groupby(rows, key=itemgetter(0, 1))}


def _tagged(words: Iterable[Word], shift: int, tags: Sequence[Tag]) -> list[Word]:
    """The words with the part of speech of the token in which each begins: micro-travail is one token."""
    numbers = ((word, bisect(tags, shift + word.start, key=itemgetter(2)) - 1) for word in words)
    return [Word(*word[:3], tags[number][3]) if number >= 0 else word for word, number in numbers]


def _key(query: Query) -> Callable[[str], str]:
    if query.by != "stem":
        return str if query.exact else phrases.plain
    import snowballstemmer

    stemmer = snowballstemmer.stemmer("french")

    @cache
    def stem(word: str) -> str:
        found = stemmer.stemWord(word.lower()) if "*" not in word else word
        return str(found) if query.exact else phrases.plain(found)

    return stem


def _lemmas(tokens: pa.Table, words_of: Callable[[str], list[Word]]) -> dict[tuple[str, int], list[Word]]:
    """Lemmas by sentence, split where the words are, so that micro-travailleur is two words in text and pattern alike."""
    found: dict[tuple[str, int], list[Word]] = defaultdict(list)
    columns = ["article_id", "sentence_id", "token_id", "start", "text", "lemma", "pos"]
    order = [(name, "ascending") for name in columns[:3]]
    for row in tokens.select(columns).sort_by(order).to_pylist():
        pieces, forms = words_of(row["lemma"]), words_of(row["text"])
        if len(pieces) != len(forms):
            forms = [Word(0, len(row["text"]), "")] * len(pieces)
        for piece, form in zip(pieces, forms, strict=True):
            place = Word(row["start"] + form.start, row["start"] + form.end, piece.folded, row["pos"])
            found[row["article_id"], row["sentence_id"]].append(place)
    return found


def _regex(query: Query) -> Search:
    import re2

    options = re2.Options()
    options.case_sensitive = query.exact
    options.log_errors = False
    # One letter for one, so that offsets stay. Escapes are ASCII and stay as well.
    plain = str if query.exact else lambda text: text.translate(_PLAIN)
    try:
        compiled = re2.compile(plain(query.pattern), options)
    except UnicodeEncodeError:
        raise InputError("the regular expression is no UTF-8") from None
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else error.args[0]
        raise InputError(f"not a regular expression of RE2: {reason}") from None
    if not query.pattern:
        raise InputError("the regular expression is empty")

    def search(text: str, sentence: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
        shift = sentence["start"]
        for match in compiled.finditer(plain(text[shift : sentence["end"]])):
            if match.end() > match.start():
                yield shift + match.start(), shift + match.end()

    return search
