"""When a host may be asked again, and what its robots.txt allows (RFC 9309)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from presstm.fetching.web import Failure

if TYPE_CHECKING:
    from protego import Protego

MAX_WAIT = 120.0  # seconds that one request waits for its turn
MAX_ROBOTS = 512_000  # bytes


class Turns:
    """When each host may be asked next; shared by all threads of a run."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock, self._sleep = clock, sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def ready(self, host: str) -> float:
        """When `host` may be asked, on the clock; minus infinity if it never was."""
        return self._next.get(host, float("-inf"))

    def take(self, host: str, delay: float) -> None:
        """Wait for the turn of `host`; the next one comes `delay` seconds later.

        Raises:
            Failure: `later`, if it were to wait more than MAX_WAIT seconds.
        """
        with self._lock:
            now = self._clock()
            turn = max(now, self.ready(host))
            if turn - now > MAX_WAIT:
                raise Failure("later", f"{host} asks for {turn - now:.0f} s of rest; run the command again then")
            self._next[host] = turn + delay
        if turn > now:
            self._sleep(turn - now)

    def rest(self, host: str, seconds: float) -> None:
        """Leave `host` alone for `seconds` from now, or longer if that was settled before."""
        with self._lock:
            self._next[host] = max(self.ready(host), self._clock() + seconds)


class Robots:
    """robots.txt of each scheme, host and port, read once.

    `read` gives the bytes of robots.txt; None where there is none (status 4xx): then all is allowed.
    It raises Failure where nobody can tell (5xx, 429, no connection): then nothing of the host is fetched.
    """

    def __init__(self, read: Callable[[str], bytes | None], user_agent: str) -> None:
        self._read, self._user_agent = read, user_agent
        self._known: dict[str, Protego | Failure | None] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def delay(self, url: str) -> float:
        """Seconds that the host wants between two requests (crawl-delay), 0 if it says nothing.

        Raises:
            Failure: `robots` if `url` may not be fetched, or why robots.txt cannot be read.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._known:
                self._known[origin] = self._rules(f"{origin}/robots.txt")
            rules = self._known[origin]
            if isinstance(rules, Failure):
                raise Failure(rules.reason, rules.detail)
            if rules is None:
                return 0.0
            if not rules.can_fetch(url, self._user_agent):
                raise Failure("robots", f"not allowed by {origin}/robots.txt")
            return rules.crawl_delay(self._user_agent) or 0.0

    def _rules(self, url: str) -> Protego | Failure | None:
        from protego import Protego

        try:
            data = self._read(url)
        except Failure as failure:
            # Without a connection the page itself would fail for the same reason, which says more.
            if failure.reason in ("dns", "address", "connection", "tls", "timeout", "later"):
                return Failure(failure.reason, f"robots.txt: {failure.detail}")
            return Failure("robots_unreachable", f"{failure.reason}: {failure.detail}")
        return None if data is None else Protego.parse(data.decode("utf-8-sig", "replace"))


def retry_after(value: str, now: datetime) -> float:
    """Seconds that a Retry-After header asks for (a number, or a date); 0 if it says nothing that can be read."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0
