"""Articles as obtained -> articles and rejects. Every file, or item of a file, ends in one of the two.

Each file is read in a worker process under limits of time and memory, so that one that hangs or kills its worker costs
itself only. Results are cached by the content of the file.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from presstm import cache as caching
from presstm import decode, engine, tables
from presstm.errors import InputError, SettingsError
from presstm.formats import Item, Reject, html_page, press_review, text
from presstm.progress import Track
from presstm.settings import EngineSettings, ExtractSettings
from presstm.themes import fold

VERSION = "2"  # of the readers; part of every cache key
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|title|meta)\b", re.I)


@dataclass(frozen=True)
class Extraction:
    """What `extract_corpus` returns: seen = kept + rejected."""

    articles: pa.Table
    rejects: pa.Table
    computed: int
    cached: int


@dataclass(frozen=True)
class Outlet:
    """A row of the outlet list."""

    name: str
    kind: str


def extract_corpus(
    corpus: Path,
    outlets: Sequence[Path],
    settings: ExtractSettings,
    engine_settings: EngineSettings,
    cache: Path | None,
    track: Track,
) -> Extraction:
    """Read every file under `corpus` (or `corpus` itself, if it is a file).

    Raises:
        InputError: there is no file.
        SettingsError: an outlet list is not valid.
    """
    known = load_outlets(outlets)
    paths = list_files(corpus)
    if not paths:
        raise InputError(f"no files in {corpus}: put articles (.html, .htm, .txt) there")
    root = (corpus if corpus.is_dir() else corpus.parent).resolve()
    keys = {}
    found: dict[str, list[dict[str, Any]]] = {}
    for source, path in paths.items():
        if (problem := _refused(path, root, settings)) is not None:
            found[source] = [asdict(problem)]
            continue
        keys[source] = _key(source, path, settings)
        if (stored := caching.get(cache, keys[source])) is not None:
            found[source] = json.loads(stored)
    cached = len(keys.keys() & found.keys())
    waiting = [source for source in paths if source not in found]
    tasks = [(str(paths[source]), source, settings.model_dump()) for source in waiting]
    for index, result in track(_results(tasks, settings, engine_settings), len(tasks), "extract"):
        source = waiting[index]
        if isinstance(result, engine.Failure):
            reason = {"timeout": "timeout", "memory": "memory"}.get(result.reason, "crashed")
            found[source] = [asdict(Reject(reason, result.detail))]
        else:
            found[source] = result
            caching.put(cache, keys[source], json.dumps(result, ensure_ascii=False).encode())
    articles, rejects = _tables(found, paths, known, settings)
    return Extraction(articles, rejects, len(tasks), cached)


def list_files(corpus: Path) -> dict[str, Path]:
    """Sources (paths under the corpus, with /) and what stands there, links and unreadable folders too; hidden ones are left out."""
    if corpus.is_file():
        return {corpus.name: corpus}
    if not corpus.is_dir():
        raise InputError(f"corpus {corpus} does not exist")
    found: list[Path] = []
    for folder, folders, names in os.walk(corpus, onerror=lambda error: found.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        found += [Path(folder, name) for name in (*names, *links) if not name.startswith(".")]
    sources = {os.fsencode(path.relative_to(corpus).as_posix()).decode("utf-8", "backslashreplace"): path for path in found}
    return dict(sorted(sources.items()))


def load_outlets(paths: Sequence[Path]) -> dict[str, Outlet]:
    """Outlet lists as one table: host and folded name or alias -> outlet; the first list wins.

    Raises:
        SettingsError: a list lacks a column.
    """
    known: dict[str, Outlet] = {}
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if missing := {"host", "name", "aliases", "kind"} - set(reader.fieldnames or ()):
                raise SettingsError(f"{path}: column {sorted(missing)[0]} is missing")
            for row in reader:
                outlet = Outlet(row["name"], row["kind"])
                for key in (row["host"], *map(_folded, (row["name"], *row["aliases"].split("|")))):
                    if key:
                        known.setdefault(key, outlet)
    return known


def _folded(name: str) -> str:
    return re.sub(r"\W+", " ", fold(name)).strip()


def _outlet(item: Mapping[str, Any], known: Mapping[str, Outlet]) -> tuple[str | None, str | None]:
    """Canonical name and kind: by host, then by name; else the name as printed."""
    host = (urlsplit(item["url"] or "").hostname or "").removeprefix("www.")
    while host:
        if host in known:
            return known[host].name, known[host].kind
        host = host.partition(".")[2]
    name = _folded(item["outlet"] or "")
    for key in (name, re.sub(r" (?:fr|com|ch|be|org|net)$", "", name), name[:-1] if len(name) > 6 else ""):
        if key and key in known:
            return known[key].name, known[key].kind
    return item["outlet"], None


def _refused(path: Path, root: Path, settings: ExtractSettings) -> Reject | None:
    """Why a file is not even read."""
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root):
            return Reject("unreadable", "a link that leads out of the corpus")
        if not path.is_file():
            return Reject("unreadable", "a link to a folder" if path.is_symlink() and path.is_dir() else "no regular file")
        size = path.stat().st_size
        with path.open("rb") as handle:
            handle.read(1)
    except (OSError, RuntimeError) as error:
        return Reject("unreadable", getattr(error, "strerror", None) or "a link in a circle")
    if size == 0:
        return Reject("empty", "0 bytes")
    return Reject("too_large", f"{size} bytes, more than {settings.max_bytes}") if size > settings.max_bytes else None


def _key(source: str, path: Path, settings: ExtractSettings) -> str:
    with path.open("rb") as handle:
        content = hashlib.file_digest(handle, "sha256").digest()
    shape = json.dumps([settings.profile, settings.min_words, settings.languages])
    return caching.key([b"extract", VERSION, shape, Path(source).suffix.lower(), content])


def _results(tasks: list[Any], settings: ExtractSettings, engine_settings: EngineSettings) -> Iterator[tuple[int, Any]]:
    yield from engine.run(
        read_file, tasks, workers=engine_settings.workers, timeout=settings.timeout, memory=settings.memory_mb * 1_000_000
    )


def read_file(task: tuple[str, str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Read one file; runs in a worker. Returns items and rejects as dictionaries, in the order of the file."""
    path, source, raw = task
    settings = ExtractSettings.model_validate(raw)
    data = Path(path).read_bytes()
    results = [_checked(result, settings) for result in _read(data, Path(source).suffix.lower(), settings)]
    digest = hashlib.sha256(data).hexdigest()
    return [{**_plain(result), "sha256": digest} if isinstance(result, Item) else asdict(result) for result in results]


def _read(data: bytes, suffix: str, settings: ExtractSettings) -> list[Item | Reject]:
    decoded, warnings = decode.decode(data)
    if _binary(decoded):
        return [Reject("unsupported_format", "not text")]
    decoded = decode.clean(decoded)
    if not decoded.strip():
        return [Reject("empty", "no text")]
    if _HTML.search(decoded[:5000]) or suffix in (".html", ".htm"):
        results = html_page.read(decoded, None, settings.profile)
    elif suffix == ".txt":
        several = press_review.is_press_review(decoded) or press_review.is_led_piece(decoded)
        results = press_review.read(decoded) if several else text.read(decoded)
    else:
        results = [Reject("unsupported_format", f"{suffix or 'no ending'} is not read (.html, .htm, .txt are)")]
    if warnings:
        results = [_warned(result, warnings) for result in results]
    return results


def _warned(result: Item | Reject, warnings: list[str]) -> Item | Reject:
    return replace(result, warnings=(*warnings, *result.warnings)) if isinstance(result, Item) else result


def _binary(decoded: str) -> bool:
    """More than one control character in a hundred, or one zero character in a thousand: no text."""
    head = decoded[:20_000]
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]", head))
    return controls > 0.05 * len(head) or head.count("\0") > 0.01 * len(head)


def _checked(result: Item | Reject, settings: ExtractSettings) -> Item | Reject:
    if isinstance(result, Reject):
        return result
    words = len(result.text.split())
    if words < settings.min_words:
        return Reject("too_short", f"{words} words, fewer than {settings.min_words}")
    language = detect_language(f"{result.title}\n{result.text}", result.language)
    if language not in settings.languages:
        return Reject("not_french", f"language {language}")
    return replace(result, language=language)


_FRENCH = re.compile(r"\b(?:(?:le|la|les|des?|du|une?|est|et|pour|dans|que|qui|aux?|par|sur|en|ce|il|elle)\b|[ldcnsj]['’])", re.I)


def detect_language(sample: str, hint: str | None) -> str:
    """ISO 639-1 code by character statistics (py3langid).

    Under 40 words these err: then a text with a French function word to every eight words is French, and the page's own word
    counts for one without.
    """
    import py3langid

    words = len(sample.split())
    if words < 40:
        if len(_FRENCH.findall(sample)) * 8 >= words:
            return "fr"
        declared = (hint or "").lower()[:2]
        if re.fullmatch("[a-z]{2}", declared) and declared != "fr":
            return declared
    return str(py3langid.classify(sample[:5000])[0])


def _plain(item: Item) -> dict[str, Any]:
    values = asdict(item)
    return {**values, **{name: values[name] and values[name].isoformat() for name in ("published", "modified")}}


def _tables(
    found: Mapping[str, list[dict[str, Any]]],
    paths: Mapping[str, Path],
    known: Mapping[str, Outlet],
    settings: ExtractSettings,
) -> tuple[pa.Table, pa.Table]:
    articles, rejects = [], []
    for source in paths:
        results = found[source]
        single = sum("reason" not in result for result in results) == 1
        for number, result in enumerate(results, start=1):
            alone = len(results) == 1 or (single and "reason" not in result)
            name = source if alone else f"{source}#{number}"
            if "reason" in result:
                rejects.append({"source": name, "stage": "extract", **result})
                continue
            outlet, kind = _outlet(result, known)
            articles.append(
                {
                    **result,
                    "article_id": hashlib.sha256(name.encode()).hexdigest()[:16],
                    "source": name,
                    "outlet": outlet,
                    "outlet_kind": kind,
                    "published": result["published"] and date.fromisoformat(result["published"]),
                    "modified": result["modified"] and date.fromisoformat(result["modified"]),
                    "n_words": len(result["text"].split()),
                }
            )
    assert len(articles) + len(rejects) == sum(map(len, found.values()))
    return tables.from_rows("articles", articles), tables.from_rows("rejects", rejects)
