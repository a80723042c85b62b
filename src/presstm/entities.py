"""entities: tokens and the gazetteer -> mentions of named entities, and the entities that they name."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from presstm import parts, tables
from presstm.naming import article_names, corrected, display_names, gazetteer, linking, names, overrides
from presstm.naming.gazetteer import Entry, Gazetteer
from presstm.naming.linking import Mention
from presstm.naming.overrides import NO_ENTITY, Overrides
from presstm.naming.spans import Span
from presstm.running import batches as cached
from presstm.running.batch_work import Make, Work

load_gazetteer = gazetteer.load
load_overrides = overrides.load

_MENTIONS = ("article_id", "sentence_id", "part", "start", "end", "text", "label", "name", "entity_id", "method")
_FOUND = pa.schema(  # a Mention, its Span, and the Entry of that
    {
        "article_id": pa.string(),
        "sentence_id": pa.int32(),
        "part": pa.string(),
        "text": pa.string(),
        "start": pa.int32(),
        "end": pa.int32(),
        "label": pa.string(),
        "method": pa.string(),
        "sure": pa.bool_(),
        "entry_name": pa.string(),
        "entry_label": pa.string(),
        "wikidata": pa.string(),
    }
)
_EXPLAINED = pa.schema({"article_id": pa.string(), "key": pa.string(), "long": pa.string()})
_ASKED = pa.schema({"word": pa.string(), "common": pa.bool_()})


def find(
    articles: pa.Table,
    sentences: pa.Table,
    tokens: pa.Table,
    reuse: pa.Table,
    known: Gazetteer,
    corrections: Overrides,
) -> tuple[pa.Table, pa.Table]:
    """Find the mentions of named entities, and link each to an entity.

    Args:
        articles, sentences, tokens, reuse: tables of these names.
        known: names known beforehand (`load_gazetteer`).
        corrections: by hand (`load_overrides`).

    Returns:
        Tables mentions and entities; names are those of `display_names`, ids come from the canonical ones.
    """
    folded = _lower_case([tokens])
    batch = {"articles": articles, "sentences": sentences, "tokens": tokens}
    local, forms = _local(batch, known, folded), _forms(batch, corrected.finder(corrections))
    return _linked([local], articles, reuse, known, corrections, [forms])


def work(words: Iterable[pa.Table], files: Sequence[Path]) -> Work:
    """Finding the mentions of a corpus batch by batch; `link_all` makes tables of what that gives.

    Args:
        words: table tokens (its texts), in parts.
        files: the gazetteer, the outlet lists, and the first names last.
    """
    common = pa.table({"word": pa.array(sorted(_lower_case(words)), pa.string())})
    read = {"articles": ("article_id", "title", "text", "outlet"), "sentences": None, "tokens": None}
    code = [cached.code(article_names), cached.code(sys.modules[__name__])]
    same: list[str | bytes] = [*code, *(path.read_bytes() for path in files)]
    return Work("entities", read, _finder, tuple(files), same, common, holds=_holds)


def forms_work(path: Path) -> Work:
    """Finding the forms of the corrections in this file, batch by batch: little to do anew where only they change."""
    read = {"articles": ("article_id", "source", "title", "text"), "sentences": None}
    return Work("corrections", read, _forms_finder, (path,), [cached.code(sys.modules[__name__]), path.read_bytes()])


def _forms_finder(path: Path) -> Make:
    find = corrected.finder(load_overrides(path))
    return lambda batch: _forms(batch, find)


def _forms(batch: Mapping[str, pa.Table], find: corrected.Find) -> dict[str, pa.Table]:
    sources = _sources(batch["articles"])
    read = parts.read(batch["articles"], batch["sentences"], tables.empty("tokens"))
    return {"found": _table(mention for both in read for mention in find(both, sources[both[0].article_id]))}


def _finder(*given: Any) -> Make:
    *files, words = given
    known = load_gazetteer(files[0], files[1:-1], files[-1])
    common = frozenset(words["word"].to_pylist())

    def make(batch: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        asked = _Asked(common)
        found = _local(batch, known, asked)
        return {**found, "asked": pa.table({"word": list(asked.answers), "common": list(asked.answers.values())}, _ASKED)}

    return make


class _Asked(Container[str]):
    """Words, and which ones somebody asked for, with the answer."""

    def __init__(self, words: Set[str]) -> None:
        self.words = words
        self.answers: dict[str, bool] = {}

    def __contains__(self, word: object) -> bool:
        self.answers[word] = found = word in self.words  # type: ignore[index]
        return found


def _holds(words: pa.Table) -> Callable[[Mapping[str, pa.Table]], bool]:
    """Whether what a batch gave holds with these words: all that it asked for has the same answer."""
    common = frozenset(words["word"].to_pylist())
    return lambda made: all(
        (word in common) == answer
        for word, answer in zip(*(made["asked"][name].to_pylist() for name in _ASKED.names), strict=True)
    )


def link_all(
    batches: Iterable[Mapping[str, pa.Table]],
    articles: pa.Table,
    reuse: pa.Table,
    files: Sequence[Path],
    corrections: Overrides,
    forms: Iterable[Mapping[str, pa.Table]] = (),
    say: Callable[[str], None] = lambda _: None,
) -> tuple[pa.Table, pa.Table]:
    """As `find`, for a corpus that is read batch by batch.

    Args:
        batches: what `work` gives for each batch.
        articles, reuse: tables of these names, of the whole corpus (of articles: article_id and source).
        files: as for `work`.
        corrections: by hand (`load_overrides`).
        forms: what `forms_work` gives for each batch; nothing where there are no corrections.
        say: names the corrections without effect.
    """
    known = load_gazetteer(files[0], files[1:-1], files[-1])
    return _linked(batches, articles, reuse, known, corrections, forms, say)


def _lower_case(words: Iterable[pa.Table]) -> frozenset[str]:
    """Folded words that the corpus has in lower case: where a sentence begins with one, its capital says nothing."""
    distinct = {word for tokens in words for word in pc.unique(tokens["text"]).to_pylist()}
    return frozenset(names.fold(word) for word in distinct if word.islower())


def _local(batch: Mapping[str, pa.Table], known: Gazetteer, common: Container[str]) -> dict[str, pa.Table]:
    """What the articles of a batch tell by themselves: mentions with what is known of them, and the acronyms they explain."""
    found: list[Mention] = []
    explained: dict[str, list[str]] = {name: [] for name in _EXPLAINED.names}
    articles = batch["articles"]
    outlets = dict(zip(articles["article_id"].to_pylist(), articles["outlet"].to_pylist(), strict=True))
    for both in parts.read(articles, batch["sentences"], batch["tokens"]):
        mentions, acronyms = article_names.find(both, known, common, outlets[both[0].article_id])
        found += mentions
        for key, long in acronyms.items():
            for name, value in zip(_EXPLAINED.names, (both[0].article_id, key, long), strict=True):
                explained[name].append(value)
    return {"found": _table(found), "explained": pa.table(explained, _EXPLAINED)}


def _table(mentions: Iterable[Mention]) -> pa.Table:
    found: dict[str, list[Any]] = {name: [] for name in _FOUND.names}
    for mention in mentions:
        span = mention.span
        entry = span.entry or Entry(None, None)  # type: ignore[arg-type]
        for name, value in zip(_FOUND.names, (*mention[:-1], *span[:-1], *entry), strict=True):
            found[name].append(value)
    return pa.table(found, _FOUND)


def _mentions(found: pa.Table) -> Iterator[Mention]:
    for article_id, sentence_id, part, text, *values in zip(*(column.to_pylist() for column in found.columns), strict=True):
        *span, name, label, wikidata = values
        entry = None if name is None else Entry(name, label, wikidata)
        yield Mention(sys.intern(article_id), sentence_id, sys.intern(part), text, Span._make((*span, entry)))


def _linked(
    batches: Iterable[Mapping[str, pa.Table]],
    articles: pa.Table,
    reuse: pa.Table,
    known: Gazetteer,
    corrections: Overrides,
    forms: Iterable[Mapping[str, pa.Table]],
    say: Callable[[str], None] = lambda _: None,
) -> tuple[pa.Table, pa.Table]:
    """Mentions linked across the whole corpus, and the entities."""
    sources = _sources(articles)
    found: list[Mention] = []
    explained: dict[str, dict[str, str]] = defaultdict(dict)
    for batch in batches:
        found += _mentions(batch["found"])
        for article_id, key, long in zip(*(column.to_pylist() for column in batch["explained"].columns), strict=True):
            explained[article_id][key] = long
    found, placed = corrected.merge(found, [mention for batch in forms for mention in _mentions(batch["found"])])
    used = {corrections.row(sources[mention.article_id], mention.text) for mention in placed}
    named = linking.link(found, known, explained)
    columns: dict[str, list[Any]] = {name: [] for name in _MENTIONS}
    wikidata: dict[tuple[str, str], str | None] = {}
    pairs = zip(found, named, strict=True)
    shown = display_names.choose(
        ((mention.article_id, mention.text, label, name) for mention, (name, label, _) in pairs), known
    )
    for mention, (name, label, entry) in zip(found, named, strict=True):
        called = shown[label, name]
        method = mention.span.method
        source = sources[mention.article_id]
        correction = corrections.row(source, mention.text) or corrections.row(source, name)
        if correction is not None:
            used.add(correction)
            name, label, method = correction.name, correction.label, "override"
            called = name.replace("'", "’")
        if label == NO_ENTITY:
            continue
        if entry is not None and correction is None:
            wikidata[label, names.slug(name)] = entry.wikidata
        where = (mention.article_id, mention.sentence_id, mention.part, mention.span.start, mention.span.end)
        row = (*where, mention.text, label, called, entity_id(label, name), method)
        for column, value in zip(_MENTIONS, row, strict=True):
            columns[column].append(value)
    for line in overrides.without_effect(corrections, set(sources.values()), used):
        say(line)
    mentioned = _entities(columns, reuse, wikidata)
    entities = tables.from_rows("entities", mentioned + _reports(mentioned, known))
    return tables.from_columns("mentions", columns), entities


def _sources(articles: pa.Table) -> dict[str, str]:
    return dict(zip(articles["article_id"].to_pylist(), articles["source"].to_pylist(), strict=True))


def entity_id(label: str, name: str) -> str:
    """Type and name, simplified: ("PER", "Antonio Casilli") -> "per-antonio-casilli"."""
    return f"{label.lower()}-{names.slug(name)}"


def _entities(
    mentions: Mapping[str, Sequence[str]], reuse: pa.Table, wikidata: Mapping[tuple[str, str], str | None]
) -> list[dict[str, Any]]:
    cluster = dict(zip(reuse["article_id"].to_pylist(), reuse["cluster_id"].to_pylist(), strict=True))
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    named_in: dict[str, set[str]] = defaultdict(set)
    label: dict[str, str] = {}
    taken = (mentions[column] for column in ("entity_id", "name", "article_id", "label"))
    for entity, name, article, kind in zip(*taken, strict=True):
        spelled[entity][name] += 1
        named_in[entity].add(article)
        label[entity] = kind
    return [
        {
            "entity_id": entity,
            "name": min(forms, key=lambda form: (-forms[form], form)),
            "label": label[entity],
            "wikidata": wikidata.get((label[entity], names.slug_of(entity))),
            "n_mentions": forms.total(),
            "n_articles": len(named_in[entity]),
            "n_clusters": len({cluster.get(article, article) for article in named_in[entity]}),
        }
        for entity, forms in spelled.items()
    ]


def _reports(entities: Sequence[Mapping[str, Any]], known: Gazetteer) -> list[dict[str, Any]]:
    """Reports of bodies that the corpus names: entities that speak in quotations, though no words are a mention of them."""
    named = {names.slug_of(row["entity_id"]) for row in entities}
    return [
        {
            "entity_id": entity_id(entry.label, entry.name),
            "name": entry.name,
            "label": entry.label,
            "wikidata": entry.wikidata,
            **dict.fromkeys(("n_mentions", "n_articles", "n_clusters"), 0),
        }
        for body, entry in known.reports.items()
        if names.slug(body) in named
    ]


def metrics(mentions: pa.Table, entities: pa.Table) -> dict[str, Any]:
    """Number of mentions and entities, and of mentions by label and by method."""
    labels, methods = (Counter(mentions[column].to_pylist()) for column in ("label", "method"))
    return {
        "mentions": len(mentions),
        "entities": len(entities),
        "by_label": {label: labels[label] for label in gazetteer.LABELS},
        "by_method": dict(sorted(methods.items())),
    }
