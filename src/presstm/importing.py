"""Files that a user wants in a corpus: what they hold is shown first, then they are copied as they are, under safe names."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

from presstm import extract, files, outlets, salvage
from presstm.errors import InputError, OutputError
from presstm.outlets import Outlet
from presstm.progress import Track
from presstm.running import engine
from presstm.settings import EngineSettings, ExtractSettings


@dataclass(frozen=True)
class Preview:
    """What a file holds: seen = kept + rejected."""

    path: Path
    sha256: str
    format: str
    kept: int
    rejected: dict[str, int]
    examples: dict[str, str]  # reason -> detail of the first reject
    outlets: dict[str, int]
    first: str  # dates, ISO; empty if none is known
    last: str
    warnings: int
    variables: tuple[str, ...] = ()  # names of further columns that may be variables

    @property
    def seen(self) -> int:
        """Documents found, kept or not."""
        return self.kept + sum(self.rejected.values())


@dataclass(frozen=True)
class Row:
    """A row of the record of imports."""

    file: str
    original: str
    sha256: str
    format: str
    seen: int
    kept: int
    rejected: int
    first: str
    last: str


COLUMNS = tuple(column.name for column in fields(Row))


def preview(
    paths: Sequence[Path],
    lists: Sequence[Path],
    settings: ExtractSettings,
    engine_settings: EngineSettings,
    track: Track,
) -> list[Preview]:
    """Read files as the extract stage would, in workers.

    Raises:
        InputError: a file does not exist, or an outlet list cannot be read.
    """
    for path in paths:
        if path.is_dir():
            raise InputError(f"{path} is a folder: name the files in it, for example {path / '*'}")
        if not path.is_file():
            raise InputError(f"{path} is no file")
    known = outlets.load(lists)
    refused = {path: problem for path in paths if (problem := extract.refused(path, settings)) is not None}
    readable = [path for path in paths if path not in refused]
    found: dict[Path, dict[str, Any]] = {
        path: {"format": "unknown", "results": [asdict(problem)]} for path, problem in refused.items()
    }
    reading = extract.read_each([(path, "") for path in readable], settings, engine_settings, None)
    for index, result in track(reading, len(readable), "read"):
        if isinstance(result, engine.Failure):
            result = {"format": "unknown", "results": [{"reason": salvage.reason(result), "detail": result.detail}]}
        assert result is not None, "without a cache, nothing stays there"
        found[readable[index]] = result
    return [_preview(path, found[path]["format"], found[path]["results"], known) for path in paths]


def _preview(path: Path, form: str, results: Sequence[dict[str, Any]], known: Mapping[str, Outlet]) -> Preview:
    articles = [result for result in results if "reason" not in result]
    rejects = [result for result in results if "reason" in result]
    layouts = sorted({str(article["method"]) for article in articles})
    days = sorted(article["published"] for article in articles if article["published"])
    printed = Counter(outlets.of(article, known).name or "(no outlet)" for article in articles)
    return Preview(
        path,
        files.sha256(path),
        ", ".join(layouts) if layouts and all(layout.startswith(form) for layout in layouts) else form,
        len(articles),
        dict(sorted(Counter(reject["reason"] for reject in rejects).items())),
        {reject["reason"]: reject["detail"] for reject in reversed(rejects)},
        dict(sorted(printed.items(), key=lambda pair: (-pair[1], pair[0]))),
        days[0] if days else "",
        days[-1] if days else "",
        sum(bool(article["warnings"]) for article in articles),
        tuple(sorted({one.partition("=")[0] for article in articles for one in article["variables"]})),
    )


def safe_name(preview: Preview) -> str:
    """ASCII letters of the file's name, the first digits of its hash, and its ending."""
    ending = re.sub(r"[^a-z0-9.]", "", preview.path.suffix.lower())[:8]
    return f"{files.slug(preview.path.stem, 'file')}-{preview.sha256[:12]}{ending}"


def bring_in(found: Sequence[Preview], into: Path, record: Path) -> Iterator[tuple[Preview, str]]:
    """Copy the files that hold an article, and note each in the record.

    Yields:
        each preview with where it went: `copied to …`, `already there: …` or `nothing to import`.

    Raises:
        OutputError: a file cannot be copied, or another file has its name.
        InputError: the record is something else.
    """
    rows = read_record(record)
    for one in found:
        if not one.kept:
            yield one, "nothing to import"
            continue
        target = into / safe_name(one)
        there = target.exists()
        if there and not _same(target, one.sha256):
            raise OutputError(f"{target} exists and is another file: move it away first")
        if not there:
            files.write_with(target, partial(shutil.copyfile, one.path))
            if not _same(target, one.sha256):
                target.unlink()
                raise OutputError(f"{one.path} changed while it was copied: import it again")
        name = files.relative(target, record.parent)
        rejected = sum(one.rejected.values())
        rows[name] = Row(name, one.path.name, one.sha256, one.format, one.seen, one.kept, rejected, one.first, one.last)
        _write_record(record, rows)
        yield one, f"{'already there' if there else 'copied to'} {target}"


def _same(path: Path, sha256: str) -> bool:
    return path.is_file() and files.sha256(path) == sha256


def read_record(path: Path) -> dict[str, Row]:
    """File -> row of the record of imports; empty if there is none yet.

    Raises:
        InputError: the file is something else.
    """
    if not path.exists():
        return {}
    problem = InputError(f"{path} is no record of presstm import: move it away, or name another with --record")
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise problem
        rows = [
            Row(**{name: int(value) if name in ("seen", "kept", "rejected") else value for name, value in row.items()})  # type: ignore[arg-type]
            for row in reader
        ]
    except (UnicodeDecodeError, csv.Error, ValueError, TypeError):
        raise problem from None
    return {row.file: row for row in rows}


def _write_record(path: Path, rows: dict[str, Row]) -> None:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(list(asdict(rows[name]).values()) for name in sorted(rows))
    files.write_bytes(path, made.getvalue().encode("utf-8", "replace"))
