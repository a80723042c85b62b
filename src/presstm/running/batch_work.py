"""The work of a stage on each batch of articles by itself, spread over workers.

A worker is given the names of a few batches and no rows: it reads them from the tables, and puts what it makes of them into the
cache, where the stage looks for it. So nothing large travels, whatever the size of the corpus. A batch that a worker is lost at is
tried again by itself, then article by article, so that the article at fault has a name.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from presstm import tables
from presstm.errors import InputError, PresstmError
from presstm.progress import Track
from presstm.running import batches, engine
from presstm.running import cache as store
from presstm.running.batches import Batch
from presstm.running.sharding import Filled, Shard, unwritable
from presstm.settings import EngineSettings

Make = Callable[[Batch], dict[str, pa.Table]]
Narrow = Callable[[Batch], Batch]
Holds = Callable[[Batch], bool]

_FEW = 40  # articles up to which it takes longer to start a worker than to do without
_PER_TASK = 16  # batches at most: those that follow each other lie in the same part of a file, which is then read once
_TASKS = 6  # for each worker, at least, if there are as many batches
_TIMEOUT = 900.0  # seconds for one batch
_MEMORY = 4_000_000_000  # bytes of address space a worker may add
_READ_ONCE = 100_000_000  # bytes of cached results held from the first look at them until they are asked for
_SEARCHED = 8  # batches that are searched for the articles that workers are lost at
_NAMED = 3  # of these articles, in a message


@dataclass(frozen=True)
class Work:
    """What a stage does with each batch.

    Attributes:
        stage: its name.
        tables: those whose rows make a batch, and the columns to read (None: all).
        prepare: a function of a module that loads models from `arguments` and returns what makes tables of a batch, by name. This
            must look at nothing but the batch, and at `wide` as `holds` says.
        arguments: picklable and small: files and settings.
        same: what the results depend on besides the batch: `batches.code` of the module, settings, contents of files.
        wide: a table of the whole corpus of which every batch needs a little, or None.
        narrow: a function of a module that of `wide` makes what adds that little to a batch; or None, where what is needed shows
            only in the making: then `prepare` gets all of `wide` as its last argument.
        holds: a function of a module that of `wide` makes what tells whether a result that was made with another one holds.
    """

    stage: str
    tables: Mapping[str, Sequence[str] | None]
    prepare: Callable[..., Make]
    arguments: tuple[Any, ...]
    same: Sequence[str | bytes]
    wide: pa.Table | None = None
    narrow: Callable[[pa.Table], Narrow] | None = None
    holds: Callable[[pa.Table], Holds] | None = None


@dataclass(frozen=True)
class _Piece:
    """A batch, or one article of it, and where its result goes in the cache."""

    prefix: str
    entry: str
    articles: int
    article_id: str | None = None
    wide: str = ""  # a hash of the wide table, where the entry does not tell it

    @property
    def begun(self) -> str:
        """The entry that is there once the stage itself, and no worker, began with this batch."""
        return store.key(["begun", self.entry, self.wide])


@dataclass(frozen=True)
class _Sent:
    """What a worker must know of a `Work`; `version` differs where anything in it does."""

    version: str
    folder: Path = field(compare=False)
    cache: Path | None = field(compare=False)
    work: Work = field(compare=False)
    wide: str | None = field(compare=False)  # the entry in the cache, where the table does not come with the work


@dataclass(frozen=True)
class _Task:
    sent: _Sent
    pieces: Sequence[_Piece]


def results(
    work: Work,
    folder: Path,
    settings: EngineSettings,
    cache: Path | None,
    track: Track,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[dict[str, pa.Table]]:
    """Yield what the work gives for each batch, in the order of the tables, from the cache where it is known.

    Args:
        work: of a stage.
        folder: where the tables lie.
        settings: how it is spread; without a cache that can be written it is done in this process.
        cache: folder of results by content, or None.
        track: shows progress.
        say: says how much was computed.

    Raises:
        InputError: a table is missing or damaged, or an article cannot be done; all other results are in the cache then.
    """
    pieces = list(_pieces(work, folder, batches.prefixes(folder)))
    todo, known = _look(pieces, cache, _holds(work, work.wide))
    made = dict(track(_compute(work, folder, settings, cache, todo), len(todo), work.stage))
    computed, total = (sum(piece.articles for piece in some) for some in (todo, pieces))
    say(f"{work.stage}: {computed} articles computed, {total - computed} taken from the cache")
    for piece in pieces:
        unpacked = known.pop(piece.entry, None)
        if unpacked is None:
            unpacked = batches.unpack(made.pop(piece.entry, None) or store.kept(cache, piece.entry))
        assert unpacked is not None, "a result that was looked at is damaged"
        yield unpacked


def _look(pieces: Sequence[_Piece], cache: Path | None, holds: Holds) -> tuple[list[_Piece], dict[str, dict[str, pa.Table]]]:
    """The pieces without a whole result in the cache, and of the others the results that come first, as long as there is room."""
    todo, known, room = [], {}, _READ_ONCE
    for piece in pieces:
        unpacked = _stored(cache, piece.entry, holds)
        if unpacked is None:
            todo.append(piece)
        elif (size := sum(table.nbytes for table in unpacked.values())) <= room:
            known[piece.entry] = unpacked
            room -= size
    return todo, known


def fill(work: Work, folder: Path, settings: EngineSettings, cache: Path, track: Track, shard: Shard) -> Filled:
    """Do the batches of a shard and put what they give into the cache; arguments and errors as for `results`.

    Raises:
        OutputError: the cache cannot be written.
    """
    if not store.writable(cache):
        raise unwritable(cache)
    every = list(batches.prefixes(folder).items())
    pieces = list(_pieces(work, folder, dict(every[shard.stretch(len(every))])))
    holds = _holds(work, work.wide)
    todo = [piece for piece in pieces if _stored(cache, piece.entry, holds) is None]
    for _, result in track(_compute(work, folder, settings, cache, todo), len(todo), work.stage):
        if result is not None:
            raise unwritable(cache)
    count = sum(piece.articles for piece in todo)
    return Filled(count, sum(piece.articles for piece in pieces) - count, 0)


def _pieces(work: Work, folder: Path, prefixes: Mapping[str, int]) -> Iterator[_Piece]:
    """The batches with these prefixes (and numbers of articles), each with its key in the cache."""
    narrow = _narrow(work, work.wide)
    wide = "" if work.wide is None or work.holds is None else store.key([batches.content(work.wide)])
    for prefix, batch in batches.read_some(folder, work.tables, prefixes):
        contents = (each for name, table in narrow(batch).items() for each in (name, batches.content(table)))
        yield _Piece(prefix, store.key([work.stage, *work.same, *contents]), prefixes[prefix], wide=wide)


def _narrow(work: Work, wide: pa.Table | None) -> Narrow:
    if work.narrow is None or wide is None:
        return lambda batch: batch
    return work.narrow(wide)


def _holds(work: Work, wide: pa.Table | None) -> Holds:
    if work.holds is None or wide is None:
        return lambda made: True
    return work.holds(wide)


def _stored(cache: Path | None, entry: str, holds: Holds) -> dict[str, pa.Table] | None:
    """A result in the cache, or None where there is none that can be read and holds."""
    made = batches.stored(cache, entry)
    return made if made is not None and holds(made) else None


def _compute(
    work: Work, folder: Path, settings: EngineSettings, cache: Path | None, todo: Sequence[_Piece]
) -> Iterator[tuple[str, bytes | None]]:
    """Yield (entry, result, or None where it is in the cache) for each batch to do, in any order."""
    here = cache is None or not store.writable(cache) or _few(cache, todo)
    sent = _send(work, folder, cache, here)
    lost: list[_Piece] = []
    each = len(todo) // (_TASKS * engine.workers_for(settings.workers, len(todo)))
    tasks = list(_tasks(sent, todo, _PER_TASK if here else max(1, min(_PER_TASK, each))))
    for task, done in _do(tasks, settings, here):
        if isinstance(done, engine.Failure):
            lost += task.pieces
        else:
            yield from done
    failed: list[_Piece] = []
    for task, done in _do([_Task(sent, [piece]) for piece in lost], settings, here):
        if isinstance(done, engine.Failure):
            failed += task.pieces
        else:
            yield from done
    if failed:
        yield from _article_by_article(sent, sorted(failed, key=lambda piece: piece.prefix), settings, here)


def _few(cache: Path, todo: Sequence[_Piece]) -> bool:
    """Whether the batches are few, and none of them is one that this process was lost at before."""
    few = sum(piece.articles for piece in todo) <= _FEW
    return few and all(store.get(cache, piece.begun) is None for piece in todo)


def _send(work: Work, folder: Path, cache: Path | None, here: bool) -> _Sent:
    """The work as it goes to workers: with the wide table in the cache, if it can be put there."""
    contents = [] if work.wide is None else [batches.content(work.wide)]
    version = store.key([work.stage, str(folder), *work.same, *contents])
    if work.wide is not None and not here and store.put(cache, version, batches.pack({"wide": work.wide})):
        return _Sent(version, folder, cache, replace(work, same=(), wide=None), version)
    return _Sent(version, folder, cache, work, None)


def _tasks(sent: _Sent, pieces: Sequence[_Piece], size: int) -> Iterator[_Task]:
    for start in range(0, len(pieces), size):
        yield _Task(sent, pieces[start : start + size])


def _do(tasks: Sequence[_Task], settings: EngineSettings, here: bool) -> Iterator[tuple[_Task, Any]]:
    """Yield (task, results of its pieces or why there are none), in any order."""
    if here:
        for task in tasks:
            yield task, _in_this_process(task)
        return
    timeouts = [_TIMEOUT * len(task.pieces) for task in tasks]
    for index, done in engine.spread(_work, tasks, settings, timeout=timeouts, memory=_MEMORY):
        yield tasks[index], done


def _in_this_process(task: _Task) -> Any:
    for piece in task.pieces:
        store.put(task.sent.cache, piece.begun, b"")
    return engine.answer(_work, task, raised=(PresstmError,))


def _work(task: _Task) -> list[tuple[str, bytes | None]]:
    """Do the pieces of a task; each result is in the cache before the next is begun, and comes back if it could not be put there."""
    sent, done = task.sent, []
    narrow, holds, make = _prepared(sent)
    wanted = {piece.prefix: piece for piece in task.pieces}
    for prefix, batch in batches.read_some(sent.folder, sent.work.tables, wanted):
        piece = wanted[prefix]
        result = None
        if _stored(sent.cache, piece.entry, holds) is None:
            result = batches.pack(make(narrow(_of_article(batch, piece.article_id))))
            if store.put(sent.cache, piece.entry, result):
                result = None
        done.append((piece.entry, result))
    return done


@functools.lru_cache(maxsize=1)
def _prepared(sent: _Sent) -> tuple[Narrow, Holds, Make]:
    """What a worker loads once."""
    wide = sent.work.wide
    if sent.wide is not None:
        unpacked = batches.unpack(store.kept(sent.cache, sent.wide)) or {}
        wide = unpacked["wide"]
    work = sent.work
    whole = () if wide is None or work.narrow is not None else (wide,)
    return _narrow(work, wide), _holds(work, wide), work.prepare(*work.arguments, *whole)


def _of_article(batch: Batch, article_id: str | None) -> Batch:
    if article_id is None:
        return batch
    return {name: table.filter(pc.equal(table["article_id"], article_id)) for name, table in batch.items()}


def _article_by_article(
    sent: _Sent, failed: Sequence[_Piece], settings: EngineSettings, here: bool
) -> Iterator[tuple[str, bytes | None]]:
    """Do batches that failed one article at a time, and put the results together.

    Raises:
        InputError: articles that cannot be done, by name.
    """
    sources = dict(tables.tuples(tables.read(sent.folder, "articles", ["article_id", "source"])))
    single: dict[str, list[_Piece]] = {}
    for batch in failed[:_SEARCHED]:
        ids = sorted(article_id for article_id in sources if article_id.startswith(batch.prefix))
        single[batch.entry] = [
            replace(batch, entry=store.key([batch.entry, one]), articles=1, article_id=one) for one in ids
        ]
    made: dict[str, bytes | None] = {}
    culprits: list[tuple[str, engine.Failure]] = []
    for task, done in _do([_Task(sent, [one]) for each in single.values() for one in each], settings, here):
        if isinstance(done, engine.Failure):
            culprits.append((sources[str(task.pieces[0].article_id)], done))
        else:
            made.update(done)
    if culprits or len(failed) > _SEARCHED:
        raise _unable(sent.work.stage, sorted(culprits, key=lambda culprit: culprit[0]), len(failed))
    for entry, pieces in single.items():
        parts = [batches.unpack(made[one.entry] or store.kept(sent.cache, one.entry)) or {} for one in pieces]
        result = batches.pack({name: pa.concat_tables(part[name] for part in parts) for name in parts[0]})
        yield entry, None if store.put(sent.cache, entry, result) else result


def _unable(stage: str, culprits: Sequence[tuple[str, engine.Failure]], batches_failed: int) -> InputError:
    if not culprits:
        return InputError(f"{stage}: the workers failed at {batches_failed} batches of articles; run it again")
    named = "; ".join(f"{source} ({failure.reason}: {failure.detail})" for source, failure in culprits[:_NAMED])
    more = f"; and {len(culprits) - _NAMED} more" if len(culprits) > _NAMED else ""
    return InputError(f"{stage} cannot be done for {named}{more}: take it out of the corpus; the rest is in the cache")
