"""Articles as obtained -> articles and rejects. Every file, or item of a file, ends in one of the two.

Each file is read in a worker process under limits of time and memory, so that one that hangs or kills its worker costs
itself only. Results are cached by the content of the file.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import pyarrow as pa

from presstm import addresses, files, outlets, phrases, readers, salvage, tables, variables
from presstm.errors import InputError
from presstm.formats import Item, Reject
from presstm.outlets import Outlet
from presstm.pages import saved_pages
from presstm.progress import Track
from presstm.running import batches, engine
from presstm.running import cache as caching
from presstm.running.sharding import Filled, Shard, unwritable
from presstm.settings import EngineSettings, ExtractSettings

_LIBRARIES = ("htmldate", "jusText", "lxml", "py3langid", "pypdf", "readability-lxml", "striprtf", "trafilatura", "warcio")
_TITLE = 500  # characters of a title that tell the language of its article
_ITEM = re.compile(r"#[0-9]+\Z")  # what the name of an item of a file ends with; a file may be called so, too


@dataclass(frozen=True)
class Extraction:
    """What `extract_corpus` returns: seen = kept + rejected."""

    articles: pa.Table
    rejects: pa.Table
    computed: int
    cached: int


@dataclass(frozen=True)
class Task:
    """What a worker reads: a file, or some pages of an archive; results of a whole file go into the cache under `key`."""

    path: str
    settings: dict[str, Any]
    pages: range | None = None
    cache: Path | None = None
    key: str = ""
    stay: bool = False  # results in the cache need not come back


def extract_corpus(
    corpus: Path,
    lists: Sequence[Path],
    settings: ExtractSettings,
    engine_settings: EngineSettings,
    cache: Path | None,
    track: Track,
) -> Extraction:
    """Read every file under `corpus` (or `corpus` itself, if it is a file).

    Raises:
        InputError: there is no file, or an outlet list cannot be read.
    """
    known = outlets.load(lists)
    paths, root = _files(corpus), _root(corpus)
    keys = {}
    found: dict[str, list[dict[str, Any]]] = {}
    for source, path in paths.items():
        if (problem := refused(path, settings, root)) is not None:
            found[source] = [asdict(problem)]
            continue
        keys[source] = _key(path, settings)
        if (stored := caching.get(cache, keys[source])) is not None:
            found[source] = json.loads(stored)
    cached = len(keys.keys() & found.keys())
    waiting = [source for source in paths if source not in found]
    given = [(paths[source], keys[source]) for source in waiting]
    reading = read_each(given, settings, engine_settings, cache, stay=engine_settings.kind == "dask")
    for index, result in track(reading, len(given), "extract"):
        source = waiting[index]
        if isinstance(result, engine.Failure):
            found[source] = [asdict(Reject(salvage.reason(result), result.detail))]
        else:
            found[source] = json.loads(caching.kept(cache, keys[source])) if result is None else result["results"]
    articles, rejects = _tables(found, paths, known, settings)
    return Extraction(articles, rejects, len(waiting), cached)


def fill(
    corpus: Path, settings: ExtractSettings, engine_settings: EngineSettings, cache: Path, track: Track, shard: Shard
) -> Filled:
    """Read the files of a shard into the cache, where `extract_corpus` finds them; arguments as there.

    Raises:
        InputError: there is no file.
        OutputError: the cache cannot be written.
    """
    paths, root = _files(corpus), _root(corpus)
    places = list(paths.values())
    mine = [places[row] for row in shard.rows(len(places))]
    keys = {path: _key(path, settings) for path in mine if refused(path, settings, root) is None}
    given = [(path, key) for path, key in keys.items() if caching.get(cache, key) is None]
    failed = 0
    for _, result in track(read_each(given, settings, engine_settings, cache, stay=True), len(given), "extract"):
        if result is None:
            continue
        if isinstance(result, dict) and not (result.get("broken") or result.get("changed")):
            raise unwritable(cache)
        failed += 1
    return Filled(len(given) - failed, len(keys) - len(given), failed)


def fingerprint(corpus: Path, settings: ExtractSettings, tell: Callable[[Path], str] = files.sha256) -> str:
    """A hash of all that stands under `corpus`: names, and what `tell` says of files, or why they are refused."""
    root = _root(corpus)
    seen = ((source, path, refused(path, settings, root)) for source, path in list_files(corpus).items())
    return caching.key(part for source, path, problem in seen for part in (source, str(problem) if problem else tell(path)))


def _files(corpus: Path) -> dict[str, Path]:
    """As `list_files`.

    Raises:
        InputError: there is none.
    """
    paths = list_files(corpus)
    if not paths:
        raise InputError(
            f"no files in {corpus}: put articles there (pages, exports of press databases, web archives, PDF, text)"
        )
    return paths


def _root(corpus: Path) -> Path:
    """The folder that files of the corpus must lie in."""
    return (corpus if corpus.is_dir() else corpus.parent).resolve()


def list_files(corpus: Path) -> dict[str, Path]:
    """Sources (paths under the corpus, with /) and what stands there: files, links, unreadable folders and those that browsers save
    beside a page; hidden ones are left out.
    """
    if corpus.is_file():
        return {_source(Path(corpus.name)): corpus}
    if not corpus.is_dir():
        raise InputError(f"corpus {corpus} does not exist")
    found: list[Path] = []

    def unreadable(error: OSError) -> None:
        found.append(Path(error.filename))

    for name, folders, plain in os.walk(corpus, onerror=unreadable):
        folder = Path(name)
        links = [one for one in folders if (folder / one).is_symlink()]  # not followed
        parts = [one for one in folders if one not in links and saved_pages.page_of(one, plain)]  # of one reject each
        folders[:] = [one for one in folders if not one.startswith(".") and one not in parts]
        found += [folder / one for one in (*plain, *links, *parts) if not one.startswith(".")]
    return dict(sorted((_source(path.relative_to(corpus)), path) for path in found))


def _source(path: Path) -> str:
    r"""The path as text, another one for every path: a byte that is no UTF-8 as \xff, and so a backslash as two."""
    return os.fsencode(path.as_posix()).replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")


def refused(path: Path, settings: ExtractSettings, root: Path | None = None) -> Reject | None:
    """Why a file is not even opened: it cannot be read, leads out of the folder `root`, is empty or too large."""
    try:
        if root is not None and path.is_symlink() and not path.resolve(strict=True).is_relative_to(root):
            return Reject("unreadable", "a link that leads out of the corpus")
        if (parts := saved_pages.refused(path)) is not None:
            return parts
        if not path.is_file() and path.exists():
            return Reject("unreadable", "a link to a folder" if path.is_symlink() and path.is_dir() else "no regular file")
        size = path.stat().st_size
        with path.open("rb") as handle:
            limit = readers.allowed_bytes(handle.read(readers.HEAD), settings) if size > settings.max_bytes else size
    except (OSError, RuntimeError) as error:
        return Reject("unreadable", getattr(error, "strerror", None) or "a link in a circle")
    if size == 0:
        return Reject("empty", "0 bytes")
    return Reject("too_large", f"{size} bytes, more than {limit}") if size > limit else None


@functools.cache
def _version() -> str:
    """What makes the results: a hash of its source and of the versions of the libraries it uses; part of every cache key."""
    installed = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    return caching.key([Path(__file__).read_bytes(), batches.code(readers), *installed])


def _key(path: Path, settings: ExtractSettings) -> str:
    return _entry(files.sha256(path), settings)


def _entry(sha256: str, settings: ExtractSettings) -> str:
    """The key in the cache of what is read from a file with this hash."""
    limits = (settings.max_bytes, settings.max_archive_bytes)
    shape = json.dumps([settings.profile, settings.min_words, settings.languages, sorted(settings.columns.items()), limits])
    return caching.key([b"extract", _version(), shape, bytes.fromhex(sha256)])


def read_each(
    given: Sequence[tuple[Path, str]],
    settings: ExtractSettings,
    engine_settings: EngineSettings,
    cache: Path | None,
    *,
    stay: bool = False,
) -> Iterator[tuple[int, dict[str, Any] | engine.Failure | None]]:
    """Read files in workers, each under its own limits; an archive that breaks its worker is read again page by page.

    Args:
        given: paths and keys in the cache, where results go unless pages broke.
        settings: of stage extract.
        engine_settings: how the work is spread.
        cache: folder of results by content, or None.
        stay: whether results that are in the cache need not come back.

    Yields:
        (index of the path, what `inspect_file` gives, or None where it stays in the cache, or why there is nothing), in any
        order.
    """
    raw = settings.model_dump()
    broken = []
    tasks = [Task(str(path), raw, None, cache, key, stay) for path, key in given]
    for index, result in _run(tasks, settings, engine_settings):
        if isinstance(result, engine.Failure):
            broken.append((index, result))
        else:
            yield index, result
    for index, failure in broken:

        def read(wanted: Sequence[range], path: str = tasks[index].path) -> Iterator[tuple[int, Any]]:
            return _run([Task(path, raw, pages) for pages in wanted], settings, engine_settings)

        found = salvage.page_by_page(read, failure)
        if isinstance(found, engine.Failure) or found["broken"]:
            yield index, found
        else:
            yield index, _store(tasks[index], found)


def _run(tasks: Sequence[Task], settings: ExtractSettings, engine_settings: EngineSettings) -> Iterator[tuple[int, Any]]:
    return engine.spread(
        _work,
        tasks,
        engine_settings,
        timeout=[allowed_time(Path(task.path), settings) for task in tasks],
        memory=settings.memory_mb * 1_000_000,
    )


def _work(task: Task) -> dict[str, Any] | None:
    return _store(task, inspect_file(task))


def _store(task: Task, found: dict[str, Any]) -> dict[str, Any] | None:
    """Put what was found into the cache, unless it is of a file that has changed since; None if that is where it stays."""
    if task.cache is None or task.pages is not None:
        return found
    if task.key != _entry(found["sha256"], ExtractSettings.model_validate(task.settings)):
        return {**found, "changed": True}
    kept = caching.put(task.cache, task.key, json.dumps(found["results"], ensure_ascii=False).encode())
    return None if kept and task.stay else found


def allowed_time(path: Path, settings: ExtractSettings) -> float:
    """Seconds that reading a file may take: they grow with its size, because an archive holds many pages."""
    return settings.timeout + settings.timeout_per_mb * path.stat().st_size / 1_000_000


def inspect_file(task: Task) -> dict[str, Any]:
    """Read one file, or some pages of an archive: its `format`, its `results`, and the hash of what was read."""
    settings = ExtractSettings.model_validate(task.settings)
    data = Path(task.path).read_bytes()
    reading = readers.read(data, settings, task.pages)
    digest = hashlib.sha256(data).hexdigest()
    checked = [_checked(result, settings) for result in reading.results]
    results = [{**_plain(result), "sha256": digest} if isinstance(result, Item) else asdict(result) for result in checked]
    return {"format": reading.format, "results": results, "sha256": digest}


def _checked(result: Item | Reject, settings: ExtractSettings) -> Item | Reject:
    if isinstance(result, Reject):
        return result
    words = len(result.text.split())
    if words < settings.min_words:
        return Reject("too_short", f"{words} words, fewer than {settings.min_words}")
    catalogued = result.method.startswith(("factiva", "nexis", "lexisnexis"))
    language = detect_language(f"{result.title[:_TITLE]}\n{result.text}", result.language, catalogued=catalogued)
    if language not in settings.languages:
        return Reject("not_french", f"language {language}")
    return replace(result, language=language)


_FRENCH = re.compile(
    r"\b(?:(?:les|des|du|une|est|et|dans|pour|aux?|qui|sur|avec|ce|cette|il|elle|le)\b|(?:[ldcnsj]|qu)(?=['’]))", re.I
)


def detect_language(sample: str, hint: str | None, *, catalogued: bool = False) -> str:
    """ISO 639-1 code by character statistics (py3langid).

    Under 40 words these err: then a text with two different French function words, and one to every eight words, is French,
    and what the source says counts for one without; "French" counts only if a press database `catalogued` it, for pages say so
    of anything.
    """
    import py3langid

    words = len(sample.split())
    if words < 40:
        found = [word.lower() for word in _FRENCH.findall(sample)]
        if len(set(found)) >= 2 and len(found) * 8 >= words:
            return "fr"
        declared = (hint or "").lower()[:2]
        if re.fullmatch("[a-z]{2}", declared) and (declared != "fr" or catalogued):
            return declared
    return str(py3langid.classify(sample[:5000])[0])


def _plain(item: Item) -> dict[str, Any]:
    values = asdict(item)
    return {**values, **{name: values[name] and values[name].isoformat() for name in ("published", "modified")}}


Place = tuple[str, int]  # a file and the position of a result in it


def _originals(found: Mapping[str, list[dict[str, Any]]]) -> dict[Place, tuple[str, Place]]:
    """What is a document that stands elsewhere in the corpus, too: what they share, and the one that is kept.

    They share their number in a database, the bytes of a page of a web archive, or their address and headline (and then most of
    their text). The longest text is kept; of equals that of a web archive, then the first in the order of sources.
    """
    kept = {
        (source, n): (-len(result["text"]), result["page_sha256"] is None, source, n)
        for source, results in found.items()
        for n, result in enumerate(results)
        if "reason" not in result
    }
    captured = {found[source][n]["page_sha256"] for source, n in kept} - {None}
    first: dict[str, Place] = {}
    originals: dict[Place, tuple[str, Place]] = {}

    def root(place: Place) -> Place:
        while place in originals:
            place = originals[place][1]
        return place

    for place in sorted(kept, key=lambda place: kept[place]):
        result = found[place[0]][place[1]]
        for key, name, exact in _identities(result, captured):
            other = first.setdefault(key, place)
            if other != place and (exact or _alike(result["text"], found[other[0]][other[1]]["text"])):
                original, copy = sorted((root(place), root(other)), key=lambda one: kept[one])
                if copy != original:
                    originals[copy] = (name, other if copy == place else original)
    return originals


def _identities(result: Mapping[str, Any], captured: Set[str]) -> Iterator[tuple[str, str, bool]]:
    """What identifies a document: a key, what to call it, and whether it does so whatever the text is."""
    if result["key"]:
        yield result["key"], result["key"].partition(":")[2], True
    page = result["page_sha256"] or result["sha256"]
    if page in captured:
        yield page, "the page", True
    host, path, query = addresses.place(result["url"])
    if host and (path or query) and result["title"]:
        yield f"{host}{path}?{query}\n{phrases.fold(result['title'])}", result["url"], False


def _alike(text: str, longer: str) -> bool:
    """Whether a longer text has most of the runs of five words of a shorter one."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = phrases.fold(text).split()
        return set(zip(*(words[n:] for n in range(min(5, len(words)))), strict=False))

    own = runs(text)
    return 2 * len(own & runs(longer)) >= len(own)


def _duplicate(what: str, place: Place) -> dict[str, Any]:
    return asdict(Reject("duplicate", f"{what} is the document of {place[0]}#{place[1] + 1}"[:300]))


def dated_after(day: date, articles: pa.Table) -> int:
    """Number of articles with a later day."""
    return sum(found is not None and found > day for found in articles["published"].to_pylist())


def _days(result: Mapping[str, Any], latest: date | None) -> dict[str, Any]:
    """The days that a result states, none after `latest`, and its warnings with those that are left out."""
    days = {name: result[name] and date.fromisoformat(result[name]) for name in ("published", "modified")}
    late = {name: day for name, day in days.items() if day and latest and day > latest}
    warnings = [*result["warnings"], *(f"{name} {day}, after extract.latest" for name, day in late.items())]
    return {**days, **dict.fromkeys(late), "warnings": warnings}


def _tables(
    found: Mapping[str, list[dict[str, Any]]],
    paths: Mapping[str, Path],
    known: Mapping[str, Outlet],
    settings: ExtractSettings,
) -> tuple[pa.Table, pa.Table]:
    articles, rejects = [], []
    originals = _originals(found)
    items = {source for source in paths if (file := _ITEM.sub("", source)) != source and file in paths}
    for source in paths:
        results = [
            _duplicate(*originals[source, n]) if (source, n) in originals else result
            for n, result in enumerate(found[source])
        ]
        single = sum("reason" not in result for result in results) == 1
        for number, result in enumerate(results, start=1):
            alone = len(results) == 1 or (single and "reason" not in result)
            name = source if alone and source not in items else f"{source}#{number}"
            if "reason" in result:
                rejects.append({"source": name, "stage": "extract", **result})
                continue
            outlet = outlets.of(result, known)
            articles.append(
                {
                    **result,
                    "article_id": hashlib.sha256(name.encode()).hexdigest()[:16],
                    "source": name,
                    "outlet": outlet.name,
                    "outlet_kind": outlet.kind,
                    "variables": variables.chosen(settings.variables, result["variables"], outlet.variables),
                    **_days(result, settings.latest),
                    "n_words": len(result["text"].split()),
                }
            )
    assert len(articles) + len(rejects) == sum(map(len, found.values()))
    return tables.from_rows("articles", articles), tables.from_rows("rejects", rejects)
