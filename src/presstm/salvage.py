"""An archive that broke its worker, read again page by page, so that a page that hangs or crashes costs itself only."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from presstm import readers
from presstm.running import engine

_TRIED = 8  # runs of pages, or pages, that are tried before it is asked whether more of them fail than not

Read = Callable[[Sequence[range]], Iterator[tuple[int, Any]]]


def reason(failure: engine.Failure) -> str:
    """The reason of a reject for a file, or a page, whose reading failed."""
    return failure.reason if failure.reason in ("timeout", "memory") else "crashed"


def page_by_page(read: Read, failure: engine.Failure) -> dict[str, Any] | engine.Failure:
    """Read an archive in runs of pages, and the runs that fail page by page.

    Args:
        read: reads runs of pages of the archive, each in a task of its own; for each run, by its index, it yields the format
            and results of the whole archive, with a reject of reason `readers.UNREAD` for each page out of the run, or a failure.
        failure: what reading all of it at once came to.

    Where most pages break their reader, those after the first `_TRIED` are not tried.

    Returns:
        Format and results of the archive in its order, with a reject for each page that broke its worker, `broken`, the
        number of these, and the hash of what was read (none if the archive changed meanwhile); or `failure`, where it is no archive of several pages, or not even its list of pages can be read.
    """
    ((_, listed),) = read([range(0)])
    if isinstance(listed, engine.Failure):
        return failure
    places = [place for place, result in enumerate(listed["results"]) if result.get("reason") == readers.UNREAD]
    if len(places) < 2:
        return failure
    step = max(1, math.isqrt(len(places)))
    runs = [range(start, min(start + step, len(places))) for start in range(0, len(places), step)]
    least = len(listed["results"])
    found, broken, unread = _read(read, runs, least, 0)
    pages = sorted(page for run in (*broken, *unread) for page in run if len(run) > 1 or run in unread)
    single = [range(page, page + 1) for page in pages]
    alone, lost, left = _read(read, single, least, sum(map(len, found)))
    lost |= {run: why for run, why in broken.items() if len(run) == 1}
    given_up = engine.Failure(failure.reason, "not tried, because most pages before it broke their reader")
    lost |= dict.fromkeys(left, given_up)
    results: list[dict[str, Any]] = []
    done = 0  # of the places of `listed`
    for run in sorted([*found, *alone, *lost], key=lambda run: run.start):
        first, last = places[run.start], places[run[-1]]
        results += listed["results"][done:first]
        if run in lost:
            results.append(
                {"reason": reason(lost[run]), "detail": (listed["results"][first]["detail"] + lost[run].detail)[:300]}
            )
        else:
            read_now = (found | alone)[run]["results"]
            results += read_now[first : len(read_now) - (len(listed["results"]) - last - 1)]
        done = last + 1
    results += listed["results"][done:]
    hashes = {each.get("sha256", "") for each in (listed, *found.values(), *alone.values())}
    sha256 = hashes.pop() if len(hashes) == 1 else ""
    return {"format": listed["format"], "results": results, "broken": len(lost), "sha256": sha256}


def _read(
    read: Read, runs: Sequence[range], least: int, pages: int
) -> tuple[dict[range, dict[str, Any]], dict[range, engine.Failure], Sequence[range]]:
    """What runs came to, and those that were not tried because more failed than `pages` and those read here.

    One with fewer results than `least`, which reading no page gives, has failed.
    """
    found: dict[range, dict[str, Any]] = {}
    failed: dict[range, engine.Failure] = {}
    done, size = 0, _TRIED  # what is tried together grows, so that the workers are seldom waited for
    while done < len(runs) and (len(failed) < _TRIED or len(failed) <= pages + sum(map(len, found))):
        some = runs[done : done + size]
        for index, result in read(some):
            if isinstance(result, engine.Failure):
                failed[some[index]] = result
            elif len(result["results"]) < least:
                failed[some[index]] = engine.Failure("error", "pages of the archive got lost")
            else:
                found[some[index]] = result
        done, size = done + size, 2 * size
    return found, failed, runs[done:]
