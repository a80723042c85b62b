"""Work on batches in which some articles bring their worker down, for tests of engines: workers import it by name."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from presstm import tables
from presstm.running.batch_work import Holds, Make, Narrow, Work

DIES, RAISES = "Meurt.", "Se trompe."
READ = {"articles": ("article_id", "title", "text"), "sentences": None}


def work(log: Path, dies_in: tuple[int, ...] = (), wide: pa.Table | None = None) -> Work:
    """Sentences as they are; each article done is a line of `log`. An article "Meurt." kills its worker unless that is in `dies_in`."""
    return Work("figures", READ, _prepare, (log, dies_in), ["1"], wide, None if wide is None else _narrow)


def _prepare(log: Path, spared: tuple[int, ...]) -> Make:
    def make(batch: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        for article_id, text in zip(*(batch["articles"][name].to_pylist() for name in ("article_id", "text")), strict=True):
            if text == DIES and os.getpid() not in spared:
                os.kill(os.getpid(), signal.SIGKILL)
            if text == RAISES:
                raise ValueError("an odd text\nof two lines")
            with log.open("a") as lines:
                lines.write(f"{os.getpid()} {article_id}\n")
        extra = {"rejects": tables.empty("rejects")} if "wide" not in batch else {}
        return {"sentences": batch["sentences"], **extra}

    return make


def dies_once(marker: Path) -> Work:
    """Sentences as they are; the first worker at it is lost."""
    return Work("figures", READ, _prepare_once, (marker,), ["once"])


def _prepare_once(marker: Path) -> Make:
    def make(batch: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return {"sentences": batch["sentences"]}

    return make


def _narrow(wide: pa.Table) -> Narrow:
    return lambda batch: {**batch, "wide": wide}


def counting(log: Path, wide: pa.Table) -> Work:
    """Sentences as they are, and how many rows `wide` has, which is all that a result depends on; each batch done is a line of `log`."""
    return Work("figures", READ, _prepare_counting, (log,), ["counting"], wide, holds=_holds)


def _prepare_counting(log: Path, wide: pa.Table) -> Make:
    def make(batch: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        with log.open("a") as lines:
            lines.write(f"{os.getpid()} {batch['articles']['article_id'][0]}\n")
        return {"sentences": batch["sentences"], "known": pa.table({"known": [len(wide)]})}

    return make


def _holds(wide: pa.Table) -> Holds:
    return lambda made: made["known"]["known"].to_pylist() == [len(wide)]
