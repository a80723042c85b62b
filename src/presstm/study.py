"""A study: where its corpus, models, settings and results lie. Stage files in `pipelines/` see nothing else.

A study folder holds params.yaml, corpus/, models/, pipelines/, dvc.yaml and results/. `presstm run` makes a study of any
folder of articles, with the models and stage files that come with presstm where the user gives none.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from presstm import files, progress, settings, tables
from presstm.errors import InputError, OutputError, PresstmError
from presstm.running import batch_work, batches, cache, locks
from presstm.running.batch_work import Work

STAGES = ("extract", "reuse", "annotate", "entities", "quotes", "figures", "themes", "topics", "network", "report")

_OBJECTS = 50_000  # made before what is no longer used is looked for: stages make many, which all stay
_ROWS = 131_072  # of a table that is read in parts


@dataclass(frozen=True)
class Study:
    """What a stage may read and write."""

    root: Path
    corpus: Path
    out: Path
    cache: Path | None
    settings: settings.Settings
    track: progress.Track = progress.silent
    say: Callable[[str], None] = lambda _: None
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuse a folder of results that Arrow, which writes the tables, cannot name.

        Raises:
            OutputError: its name is no UTF-8.
        """
        try:
            os.fsencode(self.out).decode("utf-8")
        except UnicodeDecodeError:
            shown = os.fsencode(self.out).decode("utf-8", "backslashreplace")
            raise OutputError(f"cannot write into {shown}: its name is no UTF-8; choose another folder") from None

    def read(self, name: str, columns: Iterable[str] | None = None, where: str | None = None) -> pa.Table:
        """Table `name` of this study; with `where`, the rows in which this column is true."""
        return tables.read(self.out, name, None if columns is None else list(columns), where)

    def stream(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Table `name` of this study in consecutive parts."""
        return tables.stream(self.out, name, columns, _ROWS)

    def count(self, name: str) -> int:
        """Number of rows of table `name`."""
        return tables.count(self.out, name)

    def batches(self, stage: str, names: Mapping[str, Sequence[str] | None]) -> Iterator[dict[str, pa.Table]]:
        """Rows of tables (name -> columns, None: all) by batch of articles, with progress (see `presstm.running.batches`)."""
        yield from self.track(batches.read(self.out, names), batches.number(self.out), stage)

    def spread(self, work: Work) -> Iterator[dict[str, pa.Table]]:
        """What a stage's work gives for each batch of articles, in order (see `presstm.running.batch_work`)."""
        return batch_work.results(work, self.out, self.settings.engine, self.cache, self.track, self.say)

    def write_parts(self, names: Sequence[str], parts: Iterable[Mapping[str, pa.Table]]) -> None:
        """Write tables from consecutive pieces of each."""
        tables.write_parts(self.out, names, parts)

    def write(self, **named: pa.Table) -> None:
        """Write tables, by name."""
        for name, table in named.items():
            tables.write(self.out, name, table)

    def model(self, name: str) -> Path:
        """A file of the study, or the one that comes with presstm where the study has none.

        Raises:
            InputError: there is neither.
        """
        path = _model(name, self.root)
        if path is None:
            raise InputError(f"{self.root / name} does not exist (named in params.yaml)")
        return path

    def tell(self, line: str) -> None:
        """Say a line that holds for what a stage writes, and not only for its work this time: it is said again when that is kept."""
        self.say(line)
        self.told.append(line)

    def metrics(self, stage: str, values: Mapping[str, Any]) -> None:
        """Write the stage's numbers to metrics/<stage>.json and tell them in one line."""
        files.write_json(self.out / "metrics" / f"{stage}.json", dict(values))
        flat = (f"{key} {value}" for key, value in values.items() if not isinstance(value, dict | list))
        self.tell(f"{stage}: {', '.join(flat)}")


def settings_of(results: Path) -> settings.Settings:
    """Settings of the study whose results these are: `presstm run` leaves them there, DVC's lie in the folder above."""
    places = (folder / "params.yaml" for folder in _around(results))
    return settings.load(next((place for place in places if place.is_file()), None))


def model_of(results: Path, name: str | Path) -> Path | None:
    """A file of the study whose results these are, or the one that comes with presstm; None if there is neither."""
    return _model(name, *_around(results))


def _around(results: Path) -> tuple[Path, Path]:
    return results.absolute(), results.absolute().parent


def _model(name: str | Path, *folders: Path) -> Path | None:
    return next((folder / name for folder in (*folders, shipped()) if (folder / name).is_file()), None)


def shipped() -> Path:
    """Folder of the params, models, stage files and dvc.yaml that come with presstm."""
    installed = Path(__file__).parent / "study_files"
    return installed if installed.is_dir() else Path(__file__).parents[2]


def open_study(root: Path, overrides: Iterable[str] = (), **shown: Any) -> Study:
    """The study of folder `root`, with its results in `results/`.

    Raises:
        SettingsError: params.yaml is missing or wrong.
    """
    loaded = settings.load(root / "params.yaml", overrides)
    return Study(
        root=root,
        corpus=root / loaded.extract.corpus,
        out=root / "results",
        cache=root / ".cache" / "presstm",
        settings=loaded,
        **shown,
    )


@contextlib.contextmanager
def alone(study: Study) -> Iterator[None]:
    """Hold the results of `study` for this process, without what a killed one left half-written.

    Raises:
        OutputError: another process is writing there.
    """
    with locks.alone(study.out):
        files.sweep(study.out)
        if study.cache is not None:
            cache.sweep(study.cache)
            if not cache.writable(study.cache):
                study.say(f"{study.cache} cannot be written: what is computed is not kept for the next run")
        yield


def has_shipped_file(study: Study, stage: str) -> bool:
    """Whether the stage file of the study is the one that comes with presstm, which reads and writes nothing but what is known."""
    return stage_file(study, stage).read_bytes() == (shipped() / "pipelines" / f"{stage}.py").read_bytes()


def stage_file(study: Study, stage: str) -> Path:
    """The stage file of the study, or the one that comes with presstm where the study has none."""
    path = study.root / "pipelines" / f"{stage}.py"
    return path if path.is_file() else shipped() / "pipelines" / f"{stage}.py"


def run_stage(study: Study, stage: str) -> None:
    """Run one stage of the study, with the study's own stage file where it has one."""
    path = stage_file(study, stage)
    spec = importlib.util.spec_from_file_location(f"presstm_pipeline_{stage}", path)
    assert spec is not None
    assert spec.loader is not None
    _collect_seldom()
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(study)


def main(stage: Callable[[Study], None]) -> None:
    """Entry point of a stage file: run `stage` on the study in the working directory, errors as one line."""
    end_with_parent()
    try:
        ours = open_study(Path.cwd(), track=progress.bar, say=lambda line: print(line, flush=True))
        _collect_seldom()
        with alone(ours):
            stage(ours)
    except PresstmError as error:
        sys.exit(f"presstm: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def _collect_seldom() -> None:
    gc.freeze()
    gc.set_threshold(_OBJECTS)


def end_with_parent(poll: float = 1.0) -> None:
    """End this process when its parent dies: a stage must not go on when DVC was killed."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(poll)
        os._exit(143)

    threading.Thread(target=watch, daemon=True).start()
