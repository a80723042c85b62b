"""Addresses -> pages as they came, web archive records and a ledger. Every address ends fetched or with a reason.

A page is asked for when its host is ready: robots.txt allows it, the last request is `rate` seconds ago (or as long as
crawl-delay and Retry-After ask), and no other thread talks to that host. Hosts take turns. Pages, records and ledger are
written by one thread, each in one step, so that a run can be stopped at any moment and goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from presstm import __version__, files
from presstm.errors import InputError
from presstm.fetching import ledger, links, warc, web
from presstm.fetching.ledger import Row
from presstm.fetching.links import Link
from presstm.fetching.politeness import MAX_ROBOTS, Robots, Turns, retry_after
from presstm.fetching.web import REASONS, Failure, Hop, Stopped
from presstm.progress import Track

__all__ = ["REASONS", "Options", "Places", "Session", "Summary", "collect", "fetch", "places"]
USER_AGENT = f"presstm/{__version__}"
WAYBACK = "https://web.archive.org/web/{date}id_/{url}"
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/plain": ".txt",
}
MAX_REDIRECTS = 5
_BACKOFF = 2.0  # seconds before the second try, doubled for each further one


@dataclass(frozen=True)
class Options:
    """How to fetch. `wayback` is the template of an archive's address, with {url} and {date}; None asks the sites."""

    rate: float = 2.0  # seconds between two requests to a host
    max_bytes: int = 20_000_000
    timeout: float = 30.0  # seconds per request
    retries: int = 3
    workers: int = 4
    user_agent: str = USER_AGENT
    wayback: str | None = None


@dataclass(frozen=True)
class Places:
    """Where things go: pages, records, the ledger."""

    out: Path
    warc: Path
    ledger: Path


def places(corpus: Path) -> Places:
    """Where things go in a corpus: records where the extract stage reads them, pages where it does not (each would count twice)."""
    return Places(corpus / "pages", corpus / "raw" / "web", corpus / "fetched.csv")


@dataclass(frozen=True)
class Summary:
    """Numbers of addresses: seen = fetched + kept (from earlier runs) + failed."""

    seen: int
    fetched: int
    kept: int
    failed: dict[str, int]


@dataclass(frozen=True)
class Page:
    """A page as it came: every hop on the way to it, and its bytes without compression."""

    hops: tuple[Hop, ...]
    content: bytes


class Session:
    """What the threads of a run share: turns, robots.txt, and whether to stop."""

    def __init__(
        self,
        options: Options,
        *,
        allow_private: bool = False,
        resolve: Callable[[str, int], list[str]] = web.resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        if not re.fullmatch(r"[\x20-\x7e]+", options.user_agent) or not options.user_agent.strip():
            raise InputError("the user agent may hold printable ASCII characters only")
        if options.wayback is not None and ("{url}" not in options.wayback or not options.wayback.startswith("http")):
            raise InputError("the template of the archive must be an address with {url} in it (and may have {date})")
        self.options = options
        self.now = now
        self.stop = threading.Event()
        self.turns = Turns(clock, sleep or self._sleep)
        self.robots = Robots(self._read_robots, options.user_agent)
        self._client = web.Client(
            user_agent=options.user_agent.strip(),
            timeout=options.timeout,
            max_bytes=options.max_bytes,
            allow_private=allow_private,
            resolve=resolve,
            stopped=self.stop.is_set,
        )

    def page(self, url: str) -> Page:
        """Fetch a page, with redirects and further tries.

        Raises:
            Failure: the page was not to be had.
        """
        hops = self._tried(lambda: self._follow(url, types=tuple(TYPES), max_bytes=self.options.max_bytes))
        try:
            data = web.content(hops[-1], self.options.max_bytes)
            if not data.strip():
                raise Failure("empty", "an answer without content")
        except Failure as failure:
            raise _placed(failure, hops[-1]) from None
        return Page(hops, data)

    def document(self, url: str) -> bytes:
        """Fetch a feed or sitemap.

        Raises:
            InputError: it was not to be had.
        """
        try:
            start = web.normal(url)
            hops = self._tried(lambda: self._follow(start, types=None, max_bytes=links.MAX_DOCUMENT))
            return web.content(hops[-1], links.MAX_DOCUMENT)
        except Failure as failure:
            raise InputError(f"{url} cannot be fetched: {failure.reason}: {failure.detail}") from None

    def asked(self, link: Link) -> str:
        """The address at which a link is asked for: its own, or the archive's.

        Raises:
            Failure: it is no address that may be asked.
        """
        url = web.normal(link.url)
        if self.options.wayback is None:
            return url
        day = link.published or self.now().date()
        return web.normal(self.options.wayback.replace("{date}", day.strftime("%Y%m%d")).replace("{url}", url))

    def _read_robots(self, url: str) -> bytes | None:
        try:
            hops = self._tried(lambda: self._follow(url, types=None, max_bytes=MAX_ROBOTS, robots=False))
        except Failure as failure:
            gone = failure.reason == "http_status" and 400 <= (failure.status or 0) < 500 and failure.status != 429
            if gone:
                return None
            raise
        return web.content(hops[-1], MAX_ROBOTS)

    def _tried(self, fetch: Callable[[], tuple[Hop, ...]]) -> tuple[Hop, ...]:
        for number in range(self.options.retries):
            try:
                return fetch()
            except Failure as failure:
                if not failure.passing:
                    raise
                self.turns.rest(_host(failure.url), max(_BACKOFF * 2**number, failure.wait))
        return fetch()

    def _follow(self, url: str, *, types: Sequence[str] | None, max_bytes: int, robots: bool = True) -> tuple[Hop, ...]:
        hops: list[Hop] = []
        while True:
            try:
                delay = max(self.options.rate, self.robots.delay(url) if robots else 0)
                self.turns.take(_host(url), delay)
                try:
                    hop = web.get(self._client, url, accept=types, max_bytes=max_bytes)
                finally:
                    self.turns.rest(_host(url), delay)
                hops.append(hop)
                after = web.location(hop)
                if not after:
                    if hop.status != 200:
                        wait_for = retry_after(hop.header("retry-after"), self.now())
                        raise Failure("http_status", f"{hop.status} {hop.phrase}", status=hop.status, wait=wait_for)
                    return tuple(hops)
                if after in {hop.url for hop in hops}:
                    raise Failure("redirects", "redirected in a circle", status=hop.status)
                if len(hops) > MAX_REDIRECTS:
                    raise Failure("redirects", f"redirected more than {MAX_REDIRECTS} times", status=hop.status)
                url = after
            except Failure as failure:
                failure.url = failure.url or url
                raise

    def _sleep(self, seconds: float) -> None:
        if self.stop.wait(seconds):
            raise Stopped


def collect(
    session: Session,
    lists: Sequence[Path],
    feeds: Sequence[str],
    sitemaps: Sequence[str],
    limit: int,
    say: Callable[[str], None],
) -> list[Link]:
    """Links of lists, feeds and sitemaps (files or addresses) in this order.

    Raises:
        InputError: one of them cannot be read, or there is no link.
    """

    def load(source: str) -> bytes:
        if re.match(r"https?://", source, re.I):
            return session.document(source)
        path = Path(source)
        if not path.is_file():
            raise InputError(f"{source} does not exist")
        if path.stat().st_size > links.MAX_DOCUMENT:
            raise InputError(f"{source} is larger than {links.MAX_DOCUMENT} bytes")
        return path.read_bytes()

    found = [link for path in lists for link in links.read_list(path)]
    for feed in feeds:
        items = links.feed_links(load(feed), feed)
        if len(items) > limit:
            say(f"{feed}: more than {limit} addresses; the first {limit} are taken")
        found += items[:limit]
    for sitemap in sitemaps:
        found += links.sitemap_links(sitemap, load, limit, say)
    if not found:
        raise InputError("no address to fetch: the feeds and sitemaps name none")
    return found


def fetch(session: Session, wanted: Sequence[Link], places: Places, track: Track) -> Summary:
    """Fetch what is wanted and not there yet; failed addresses are tried again.

    Raises:
        InputError: the ledger is something else.
        OutputError: a page, a record or the ledger cannot be written.
        KeyboardInterrupt: the user stopped the run; what is written is whole, and the ledger says what it is.
    """
    rows = {_key(row.url): row for row in ledger.read(places.ledger).values()}
    unique: dict[str, Link] = {}
    for link in wanted:
        unique.setdefault(_key(link.url), link)
    missing = [link for key, link in unique.items() if key not in rows or not _there(rows[key], places)]
    failed: Counter[str] = Counter()
    if rows:
        ledger.rewrite(places.ledger, rows.values())
    try:
        with closing(_outcomes(session, missing)) as outcomes:
            for link, outcome in track(outcomes, len(missing), "fetch"):
                row = _stored(session, link, outcome, places)
                ledger.append(places.ledger, row)
                rows[_key(link.url)] = row
                if row.reason:
                    failed[row.reason] += 1
    finally:
        if rows:
            ledger.rewrite(places.ledger, rows.values())
    lost = sum(failed.values())
    return Summary(len(unique), len(missing) - lost, len(unique) - len(missing), dict(sorted(failed.items())))


def _there(row: Row, places: Places) -> bool:
    """Whether a row's page is in the folder, whole, and its record too."""
    path = places.ledger.parent / row.file
    return (
        not row.reason
        and (places.ledger.parent / row.warc).is_file()
        and path.is_file()
        and path.stat().st_size == row.bytes
        and path.resolve().is_relative_to(places.out.resolve())
    )


def _outcomes(session: Session, wanted: Sequence[Link]) -> Generator[tuple[Link, Page | Failure]]:
    """Each link with its page or failure, as they come; one thread per host, the host that waited longest first."""
    queues: dict[str, deque[tuple[Link, str]]] = {}
    for link in wanted:
        try:
            url = session.asked(link)
        except Failure as failure:
            yield link, failure
            continue
        queues.setdefault(_host(url), deque()).append((link, url))
    running: dict[Future[Page | Failure], tuple[str, Link]] = {}
    with ThreadPoolExecutor(session.options.workers) as pool:
        try:
            while queues or running:
                busy = {host for host, _ in running.values()}
                free = [host for host in queues if host not in busy]
                while free and len(running) < session.options.workers:
                    host = min(free, key=session.turns.ready)
                    free.remove(host)
                    link, url = queues[host].popleft()
                    if not queues[host]:
                        del queues[host]
                    running[pool.submit(_outcome, session, url)] = (host, link)
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    _, link = running.pop(future)
                    yield link, future.result()
        except BaseException:
            session.stop.set()
            raise


def _outcome(session: Session, url: str) -> Page | Failure:
    try:
        return session.page(url)
    except Failure as failure:
        return failure


def _stored(session: Session, link: Link, outcome: Page | Failure, places: Places) -> Row:
    """Write page and records, records first; the row that says so."""
    date = session.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = Row(link.url[: web.MAX_URL], date=date)
    if isinstance(outcome, Failure):
        return replace(
            row,
            final_url=outcome.url,
            status=str(outcome.status or ""),
            content_type=outcome.content_type,
            reason=outcome.reason,
            detail=outcome.detail,
        )
    last = outcome.hops[-1]
    kind = last.header("content-type")
    name = file_name(link.url)
    page = places.out / (name + TYPES[web.media_type(kind)])
    record = places.warc / f"{name}.warc.gz"
    files.write_bytes(record, warc.pack(outcome.hops))
    files.write_bytes(page, outcome.content)
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", kind, re.I | re.ASCII)
    return replace(
        row,
        final_url=last.url,
        status=str(last.status),
        content_type=web.media_type(kind) + (f"; charset={charset[1].lower()}" if charset else ""),
        sha256=hashlib.sha256(outcome.content).hexdigest(),
        bytes=len(outcome.content),
        file=files.relative(page, places.ledger.parent),
        warc=files.relative(record, places.ledger.parent),
    )


def file_name(url: str) -> str:
    """`<host>/<slug>-<hash>` for an address: the end of its path in ASCII, and eight digits of its SHA-256."""
    normal = web.normal(url)
    parts = urlsplit(normal)
    last = next((step for step in reversed(parts.path.split("/")) if step), "index")
    slug = files.slug(re.sub(r"\.(?:html?|php|aspx?|xml|txt)$", "", unquote(last), flags=re.I), "page")
    host = re.sub(r"[^a-z0-9._-]", "_", parts.netloc.strip("[]"))
    return f"{host}/{slug}-{hashlib.sha256(normal.encode()).hexdigest()[:8]}"


def _key(url: str) -> str:
    """Two spellings of one address have one key."""
    try:
        return web.normal(url)
    except Failure:
        return url[: web.MAX_URL]


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _placed(failure: Failure, hop: Hop) -> Failure:
    failure.url = failure.url or hop.url
    failure.status = failure.status or hop.status
    return failure
