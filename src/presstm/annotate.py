"""annotate: articles -> sentences and tokens, by a spaCy model, each article computed once and kept in the cache."""

from __future__ import annotations

import contextlib
import functools
import inspect
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import THREADS, schemas, tables
from presstm.annotating import annotated_lines, language
from presstm.errors import InputError
from presstm.progress import Track
from presstm.running import batches, engine
from presstm.running import cache as store
from presstm.running.sharding import Filled, Shard, unwritable
from presstm.settings import AnnotateSettings, EngineSettings

_FEW_ARTICLES, _FEW_CHARS = 4, 20_000  # fewer than this take longer to start a worker than to do without
_TASK_CHARS = 60_000
_LEAST_CHARS = 12_000  # of the smaller tasks at the end
_TOKENS_PER_DOCUMENT = 400
_MOST_THREADS = 2  # more gain nothing: a third of the time is matrix products; nor for one task, where they wait busily
_TIMEOUT = 900.0  # seconds for one task
_MEMORY = 4_000_000_000  # bytes of address space a worker may add, its model included
_REASONS = {"killed": "crashed", "error": "crashed", "timeout": "timeout", "memory": "memory"}
_TABLES = ("sentences", "tokens")
_ARTICLES_PER_PART = 500
_READ_ONCE = 50_000_000  # bytes of cached results held from the first look at them until they are written


@dataclass(frozen=True)
class Annotation:
    """What came out: results by article, articles computed and found in the cache, and whether the fast pipe passed its check."""

    quarantine: pa.Table
    computed: int
    cached: int
    fast: bool
    _ids: Sequence[str]
    _result: Callable[[int], bytes | None]  # of an article by its row; None if it is in quarantine

    def parts(self) -> Iterator[dict[str, pa.Table]]:
        """Yield the tables `sentences` and `tokens` of some articles at a time, in order."""
        for start in range(0, len(self._ids), _ARTICLES_PER_PART):
            rows = range(start, min(start + _ARTICLES_PER_PART, len(self._ids)))
            results = ((self._ids[row], self._result(row)) for row in rows)
            yield _assemble([(article_id, result) for article_id, result in results if result is not None])

    @functools.cached_property
    def sentences(self) -> pa.Table:
        """Table `sentences`."""
        return self._whole["sentences"]

    @functools.cached_property
    def tokens(self) -> pa.Table:
        """Table `tokens`."""
        return self._whole["tokens"]

    @functools.cached_property
    def _whole(self) -> dict[str, pa.Table]:
        parts = list(self.parts())
        return {name: pa.concat_tables([tables.empty(name), *(part[name] for part in parts)]) for name in _TABLES}


@dataclass(frozen=True)
class _Text:
    entry: str  # its key in the cache
    title: str
    body: str

    def __len__(self) -> int:
        return len(self.title) + len(self.body)


@dataclass(frozen=True)
class _Task:
    settings: AnnotateSettings
    cache: Path | None
    texts: Sequence[_Text]


@dataclass(frozen=True)
class _Done:
    results: Sequence[bytes | None]  # None: it stayed in the cache
    fast: bool


@dataclass(frozen=True)
class _NoModel:
    detail: str


class _Tasks(Sequence[_Task]):
    """Tasks made when a worker takes them, so that the corpus is not held twice."""

    def __init__(self, texts: _Texts, groups: Sequence[Sequence[int]]) -> None:
        self.texts, self.groups = texts, groups

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, index: Any) -> Any:
        return _Task(self.texts.settings, self.texts.cache, [self.texts[row] for row in self.groups[index]])


class _Texts:
    """The articles by row, each with its key in the cache."""

    def __init__(self, articles: pa.Table, settings: AnnotateSettings, cache: Path | None) -> None:
        self.titles, self.bodies = articles["title"], articles["text"]
        self.settings, self.cache = settings, cache
        self.same = (
            f"annotate {_version()}",
            settings.model,
            settings.version,
            metadata.version("spacy"),
            str(settings.max_chars),
        )
        self.entries: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.titles)

    def __getitem__(self, row: int) -> _Text:
        title, body = self.titles[row].as_py(), self.bodies[row].as_py()
        if row not in self.entries:
            self.entries[row] = store.key((*self.same, title, body))
        return _Text(self.entries[row], title, body)

    def entry(self, row: int) -> str:
        return self.entries.get(row) or self[row].entry

    def begun(self, row: int) -> str:
        """The entry that is there once the article was begun in this process, or no worker came through with it."""
        return store.key(["begun", self.entry(row)])

    def look(self, rows: Iterable[int], room: int = 0) -> tuple[list[int], dict[int, bytes]]:
        """The rows without a whole entry in the cache, and of the others the results that come first and have `room` (bytes)."""
        todo, read = [], {}
        for row in rows:
            stored = store.get(self.cache, self.entry(row))
            if stored is None:
                todo.append(row)
            elif len(stored) <= room:
                read[row] = stored
                room -= len(stored)
        return todo, read


@functools.cache
def _version() -> str:
    """A hash of the code that makes results, and of their columns: part of the key of each in the cache."""
    here = [inspect.getsource(function) for function in (_annotate, _pack)]
    return store.key([batches.code(annotated_lines), *here, *(str(schemas.TABLES[name].schema) for name in _TABLES)])


def annotate(
    articles: pa.Table, settings: AnnotateSettings, engine_settings: EngineSettings, cache: Path | None, track: Track
) -> Annotation:
    """Split titles and bodies into sentences and annotate their tokens.

    Args:
        articles: table `articles`.
        settings: model, version, and how much of it at once; only model, version and max_chars bear on the result.
        engine_settings: how the work is spread.
        cache: folder of results by content, where they stay until they are asked for; or None: they are kept in memory.
        track: shows progress.

    Returns:
        Tables `sentences`, `tokens` and `quarantine` (articles that broke a worker on their own), and counts.

    Raises:
        InputError: the model is not installed, has another version, or cannot be loaded.
    """
    language.check(settings.model, settings.version)
    articles = articles.sort_by("article_id")
    texts = _Texts(articles, settings, cache)
    todo, results = texts.look(range(len(texts)), _READ_ONCE)  # results that could not be put into the cache come to these
    failures: dict[int, engine.Failure] = {}
    fast = True
    for row, result, was_fast in track(_compute(texts, todo, engine_settings), len(todo), "annotate"):
        fast = fast and was_fast
        if isinstance(result, engine.Failure):
            failures[row] = result
        elif result is not None:
            results[row] = result
    quarantine = tables.from_rows(
        "quarantine",
        (
            {
                "source": articles["source"][row].as_py(),
                "stage": "annotate",
                "reason": _REASONS.get(failure.reason, "crashed"),
                "detail": failure.detail,
            }
            for row, failure in failures.items()
        ),
    )

    def result_of(row: int) -> bytes | None:
        return None if row in failures else results.get(row) or store.kept(cache, texts.entry(row))

    ids = articles["article_id"].to_pylist()
    return Annotation(quarantine, len(todo) - len(failures), len(texts) - len(todo), fast, ids, result_of)


def fill(
    articles: pa.Table,
    settings: AnnotateSettings,
    engine_settings: EngineSettings,
    cache: Path,
    track: Track,
    shard: Shard,
) -> Filled:
    """Annotate the articles of a shard into the cache, where `annotate` finds them; arguments and errors as there.

    Raises:
        OutputError: the cache cannot be written.
    """
    language.check(settings.model, settings.version)
    texts = _Texts(articles.sort_by("article_id"), settings, cache)
    rows = shard.rows(len(texts))
    todo, _ = texts.look(rows)
    failed = 0
    for _, result, _ in track(_compute(texts, todo, engine_settings), len(todo), "annotate"):
        if isinstance(result, bytes):
            raise unwritable(cache)
        failed += result is not None
    return Filled(len(todo) - failed, len(rows) - len(todo), failed)


def _compute(
    texts: _Texts, todo: Sequence[int], engine_settings: EngineSettings
) -> Iterator[tuple[int, bytes | engine.Failure | None, bool]]:
    """Yield (row, result or why there is none, whether the fast pipe was used) for the rows to do, in any order."""
    if _few(texts, todo):
        for row in todo:
            store.put(texts.cache, texts.begun(row), b"")
            yield from _take(texts, [row], engine.answer(_work, _Tasks(texts, [[row]])[0]))
        return
    alone: list[int] = []
    groups = list(_groups(texts, todo, engine.workers_for(engine_settings.workers, len(todo))))
    alone_at_it = len(groups) > 1 and engine.workers_for(engine_settings.workers, len(groups)) == 1
    with _threads(_MOST_THREADS if alone_at_it else 1):
        for index, done in engine.spread(_work, _Tasks(texts, groups), engine_settings, timeout=_TIMEOUT, memory=_MEMORY):
            if isinstance(done, engine.Failure) and len(groups[index]) > 1:
                alone.extend(groups[index])
            else:
                yield from _take(texts, groups[index], done)
        singles = [[row] for row in sorted(alone)]
        for index, done in engine.spread(_work, _Tasks(texts, singles), engine_settings, timeout=_TIMEOUT, memory=_MEMORY):
            yield from _take(texts, singles[index], done)


def _few(texts: _Texts, rows: Sequence[int]) -> bool:
    """Whether these articles are soon done, and none of them is one that this process or a worker was lost at before."""
    few = len(rows) < _FEW_ARTICLES and sum(len(texts[row]) for row in rows) < _FEW_CHARS
    return few and all(store.get(texts.cache, texts.begun(row)) is None for row in rows)


def _take(texts: _Texts, rows: Sequence[int], done: Any) -> Iterator[tuple[int, bytes | engine.Failure | None, bool]]:
    if isinstance(done, _NoModel):
        raise InputError(f"the language model cannot be loaded: {done.detail}")
    for position, row in enumerate(rows):
        if isinstance(done, engine.Failure):
            store.put(texts.cache, texts.begun(row), b"")
            yield row, done, True
        else:
            yield row, done.results[position], done.fast


def _groups(texts: _Texts, rows: Sequence[int], workers: int) -> Iterator[list[int]]:
    """Rows in tasks of at most `batch` articles and, unless one is longer on its own, `_TASK_CHARS` characters.

    The last tasks are smaller, so that the workers are done at about the same time.
    """
    group: list[int] = []
    size = 0
    left = sum(len(texts[row]) for row in rows)
    for row in rows:
        length = len(texts[row])
        most = min(_TASK_CHARS, max(_LEAST_CHARS, left // (2 * workers)))
        if group and (len(group) == texts.settings.batch or size + length > most):
            yield group
            left -= size
            group, size = [], 0
        group.append(row)
        size += length
    if group:
        yield group


@contextlib.contextmanager
def _threads(number: int) -> Iterator[None]:
    """Let worker processes started meanwhile use `number` threads each for matrix products."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, str(number)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _work(task: _Task) -> _Done | _NoModel:
    """Annotate the texts of a task; each result is in the cache before the task is over."""
    try:
        model = language.load(task.settings.model)
    except Exception as error:
        return _NoModel(engine.line(error))
    results: list[bytes | None] = []
    for text, result in zip(task.texts, _annotate(model.nlp, task.texts, task.settings), strict=True):
        kept = store.put(task.cache, text.entry, result)
        results.append(None if kept else result)
    return _Done(results, model.fast)


def _annotate(nlp: Any, texts: Sequence[_Text], settings: AnnotateSettings) -> Iterator[bytes]:
    """Annotate the texts together and yield one compact result per text, in order."""
    lines = [list(annotated_lines.lines(text.title, text.body, settings.max_chars)) for text in texts]
    docs = [doc for text_lines in lines for doc in annotated_lines.docs(nlp, text_lines, settings.model)]
    done = language.annotate(nlp, docs, settings.batch * _TOKENS_PER_DOCUMENT)
    for text_lines in lines:
        yield _pack(annotated_lines.rows(text_lines, done))


def _pack(columns: tuple[annotated_lines.Columns, annotated_lines.Columns]) -> bytes:
    """Two Arrow streams, one after the other: sentences, then tokens, both without the article."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    for name, values in zip(("sentences", "tokens"), columns, strict=True):
        schema = schemas.TABLES[name].schema
        batch = pa.record_batch({column: pa.array(values[column], schema.field(column).type) for column in values})
        with pa.ipc.new_stream(sink, batch.schema, options=options) as stream:
            stream.write_batch(batch)
    return bytes(sink.getvalue())


def _assemble(results: Sequence[tuple[str, bytes]]) -> dict[str, pa.Table]:
    """The tables `sentences` and `tokens` of articles, by id and result."""
    if not results:
        return {name: tables.empty(name) for name in _TABLES}
    found: dict[str, list[pa.RecordBatch]] = {name: [] for name in _TABLES}
    lengths: dict[str, list[int]] = {name: [] for name in _TABLES}
    options = pa.ipc.IpcReadOptions(use_threads=False)  # these are too small for threads to pay
    for _, result in results:
        source = pa.BufferReader(result)
        for name in _TABLES:
            with pa.ipc.open_stream(source, options=options) as stream:
                read = list(stream)
            found[name] += read
            lengths[name].append(sum(map(len, read)))
    ids = pa.array([article_id for article_id, _ in results], pa.string())
    made = {}
    for name in _TABLES:
        table = pa.Table.from_batches(found[name]).combine_chunks()
        column = ids.take(pa.array(np.repeat(np.arange(len(ids)), lengths[name])))
        made[name] = tables.conform(name, table.append_column("article_id", column))
    return made


def metrics(sentences: pa.Table, tokens: int, quarantine: pa.Table) -> dict[str, int]:
    """Counts, the same whether results were computed or cached: of the table `sentences`, of tokens, of table `quarantine`."""
    return {
        "articles": len(pc.unique(sentences["article_id"])),
        "sentences": len(sentences),
        "tokens": tokens,
        "quarantined": len(quarantine),
    }
