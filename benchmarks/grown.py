"""A corpus of any size grown from the demonstration corpus: its paragraphs, recombined, with other words in them.

An article takes title and paragraphs from articles of the demonstration corpus. In each paragraph a part of the nouns, verbs,
adjectives, adverbs and numbers give way to words of the corpus with the same part of speech and inflection, and proper nouns to
invented ones whose frequency falls with their rank, so that vocabulary and names go on growing with the corpus, as they do in
the press. One article in 25 is a reprint. Everything follows from a seed and the number of the article.

The syntax of the paragraphs stays, and so the annotation is known without asking the model. It stands for what a model would
say when the cost of the stages behind annotation is measured; no finding can be made on such a corpus.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import html
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from presstm import schemas, study, tables

_SEED = 20190524
_REPRINTS = 0.04
_SWAPPED = 0.5  # share of the content words that are exchanged
_INVENTED = 0.03  # share of the nouns that give way to a word of no dictionary
_RANKS = 12.0  # natural logarithm of the highest rank of an invented word
_CONTENT = frozenset(("NOUN", "VERB", "ADJ", "ADV", "NUM"))
_SYLLABLES = [first + second for first in "bcdfgjlmnprstv" for second in ("a", "e", "i", "o", "u", "an", "on", "ou")]
_CHUNK = 1000  # articles


class _Token(NamedTuple):
    gap: str  # white space before it, in its paragraph
    text: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int
    ent: str


Paragraph = list[list[_Token]]  # sentences


@dataclass(frozen=True)
class Stock:
    """What articles are made of."""

    titles: list[Paragraph]
    bodies: list[list[Paragraph]]
    words: dict[tuple[str, str], list[tuple[str, str]]]  # part of speech and inflection -> text and lemma, as often as used
    first_names: list[str]
    outlets: list[tuple[str, str]]  # name, host


@dataclass(frozen=True)
class Article:
    """One article: where and when it stands, and its annotated paragraphs."""

    number: int
    source: str
    outlet: str
    host: str
    published: datetime.date
    title: Paragraph
    body: list[Paragraph]

    @property
    def article_id(self) -> str:
        """As extract gives it."""
        return _id(self.number)

    @property
    def text(self) -> str:
        """Paragraphs separated by a blank line."""
        return "\n\n".join(_text(paragraph) for paragraph in self.body)


def stock(results: Path) -> Stock:
    """What the tables articles, sentences and tokens of the demonstration corpus give."""
    texts = {row["article_id"]: row for row in tables.read(results, "articles").to_pylist()}
    words: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    inside: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in tables.read(results, "tokens").to_pylist():
        inside[row["article_id"], row["sentence_id"]].append(row)
        if row["pos"] in _CONTENT and row["text"].islower():
            words[row["pos"], row["morph"]].append((row["text"], row["lemma"]))
    found: dict[tuple[str, str], dict[int, Paragraph]] = defaultdict(dict)
    for sentence in tables.read(results, "sentences").to_pylist():
        article_id, part = sentence["article_id"], sentence["part"]
        text = texts[article_id]["title" if part == "title" else "text"]
        paragraph = found[part, article_id].setdefault(sentence["paragraph"], [])
        end = sentence["start"]
        if paragraph:
            before = inside[article_id, sentence["sentence_id"] - 1][-1]
            end = before["start"] + len(before["text"])
        tokens = []
        for row in inside[article_id, sentence["sentence_id"]]:
            kept = (row[name] for name in ("text", "lemma", "pos", "morph", "dep", "head", "ent"))
            tokens.append(_Token(text[end : row["start"]], *kept))
            end = row["start"] + len(row["text"])
        paragraph.append(tokens)
    listed = (study.shipped() / "models" / "first_names.txt").read_text(encoding="utf-8").splitlines()
    with (study.shipped() / "models" / "outlets.csv").open(encoding="utf-8") as handle:
        outlets = [(row["name"], row["host"]) for row in csv.DictReader(handle)]
    return Stock(
        [paragraphs[0] for (part, _), paragraphs in sorted(found.items()) if part == "title"],
        [list(paragraphs.values()) for (part, _), paragraphs in sorted(found.items()) if part == "body"],
        dict(words),
        [name for line in listed if not line.startswith("#") for name in line.split()],
        outlets,
    )


def article(stock: Stock, number: int) -> Article:
    """The article of this number, the same each time."""
    rng = random.Random(f"{_SEED}-{number}")
    outlet, host = rng.choice(stock.outlets)
    published = datetime.date(2015, 1, 1) + datetime.timedelta(days=rng.randrange(3650))
    told = number
    while told and random.Random(f"{_SEED}-reprint-{told}").random() < _REPRINTS:
        told -= 1 + random.Random(f"{_SEED}-of-{told}").randrange(told)
    rng = random.Random(f"{_SEED}-text-{told}")
    shape = rng.choice(stock.bodies)
    body = [_varied(rng.choice(rng.choice(stock.bodies)), stock, rng) for _ in shape]
    title = _varied(rng.choice(stock.titles), stock, rng)
    return Article(number, _source(number), outlet, host, published, title, body)


def page(made: Article) -> str:
    """The article as a web page, with a menu and a list of links around it."""
    title, name = html.escape(_text(made.title)), html.escape(made.outlet)
    address = f"https://{made.host}/{made.published:%Y/%m/%d}/{made.number}"
    paragraphs = "\n".join(f"<p>{html.escape(_text(paragraph))}</p>" for paragraph in made.body)
    menu = "".join(
        f'<li><a href="/{word}">{word.title()}</a></li>' for word in "monde france sport culture meteo jeux".split()
    )
    more = "".join(f'<li><a href="/{made.number}-{n}">À lire aussi, numéro {n}</a></li>' for n in range(8))
    return (
        f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>{title} | {name}</title>'
        f'<link rel="canonical" href="{address}"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{name}">'
        f'<meta property="article:published_time" content="{made.published}T08:00:00+01:00"></head>\n'
        f"<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>\n{paragraphs}\n</article></main>"
        f"<aside><ul>{more}</ul></aside><footer><p>Mentions légales, abonnements, publicité</p></footer></body></html>\n"
    )


def write_pages(stock: Stock, numbers: Sequence[int], folder: Path) -> None:
    """Write the pages of these articles under `folder`."""
    for number in numbers:
        made = article(stock, number)
        path = folder / made.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(made), encoding="utf-8")


def write_tables(stock: Stock, count: int, folder: Path) -> None:
    """Write the tables articles, rejects, sentences, tokens and quarantine of `count` articles, a chunk at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    order = sorted(range(count), key=_id)
    for name in ("rejects", "quarantine"):
        tables.write(folder, name, tables.empty(name))
    writers = {
        name: pq.ParquetWriter(folder / f"{name}.parquet", schemas.TABLES[name].schema, compression="zstd")
        for name in ("articles", "sentences", "tokens")
    }
    for first in range(0, count, _CHUNK):
        for name, table in _tables([article(stock, number) for number in order[first : first + _CHUNK]]).items():
            writers[name].write_table(table)
    for writer in writers.values():
        writer.close()


def _source(number: int) -> str:
    return f"{number // 1000:04d}/{number:08d}.html"


def _id(number: int) -> str:
    return hashlib.sha256(_source(number).encode()).hexdigest()[:16]


def _tables(articles: Sequence[Article]) -> dict[str, pa.Table]:
    rows: dict[str, list[dict[str, Any]]] = {"articles": [], "sentences": []}
    tokens: dict[str, list[Any]] = {name: [] for name in schemas.TABLES["tokens"].schema.names}
    for made in articles:
        rows["articles"].append(_row(made))
        sentence_id = 0
        for part, paragraphs in (("title", [made.title]), ("body", made.body)):
            at = 0
            for number, paragraph in enumerate(paragraphs):
                at += 2 if number else 0
                for sentence in paragraph:
                    start = at + len(sentence[0].gap)
                    for token_id, token in enumerate(sentence):
                        at += len(token.gap)
                        values = (made.article_id, sentence_id, token_id, at, *token[1:])
                        names = ("article_id", "sentence_id", "token_id", "start", *_Token._fields[1:])
                        for name, value in zip(names, values, strict=True):
                            tokens[name].append(value)
                        at += len(token.text)
                    row = {"article_id": made.article_id, "sentence_id": sentence_id, "part": part, "paragraph": number}
                    rows["sentences"].append({**row, "start": start, "end": at})
                    sentence_id += 1
    return {
        **{name: tables.from_rows(name, found) for name, found in rows.items()},
        "tokens": tables.from_columns("tokens", tokens),
    }


def _row(made: Article) -> dict[str, Any]:
    return {
        "article_id": made.article_id,
        "source": made.source,
        "outlet": made.outlet,
        "title": _text(made.title),
        "authors": [],
        "published": made.published,
        "url": f"https://{made.host}/{made.number}",
        "language": "fr",
        "access": "full",
        "text": made.text,
        "n_words": len(made.text.split()),
        "method": "grown",
        "warnings": [],
        "sha256": "0" * 64,
    }


def _text(paragraph: Paragraph) -> str:
    return "".join(token.gap + token.text for sentence in paragraph for token in sentence)


def _varied(paragraph: Paragraph, stock: Stock, rng: random.Random) -> Paragraph:
    """The paragraph with a part of its words exchanged."""
    return [list(_varied_sentence(sentence, stock, rng)) for sentence in paragraph]


def _varied_sentence(sentence: Sequence[_Token], stock: Stock, rng: random.Random) -> Iterator[_Token]:
    rank, known, first = 0, True, False
    for token in sentence:
        if token.pos == "PROPN" and token.text[:1].isupper():
            if not token.ent.startswith("I"):
                rank, known = _rank(rng), rng.random() > _SWAPPED
                first = token.ent == "B-PER"
            if not known:
                text = stock.first_names[rank % len(stock.first_names)] if first else _invented(rank).capitalize()
                token, first = token._replace(text=text, lemma=text), False
        elif token.pos in _CONTENT and rng.random() < _SWAPPED:
            if token.pos == "NOUN" and rng.random() < _INVENTED:
                text = lemma = _invented(_rank(rng))
            else:
                text, lemma = rng.choice(stock.words.get((token.pos, token.morph)) or [(token.text, token.lemma)])
            token = token._replace(text=text.capitalize() if token.text[:1].isupper() else text, lemma=lemma)
        yield token


def _rank(rng: random.Random) -> int:
    """A rank whose probability falls as its inverse (Zipf's law)."""
    return int(2.718281828 ** (rng.random() * _RANKS))


def _invented(rank: int) -> str:
    """A word of two to four syllables for every number."""
    code, word = rank + len(_SYLLABLES), ""
    while code:
        code, place = divmod(code, len(_SYLLABLES))
        word += _SYLLABLES[place]
    return word
