"""One request to one address of the web, under limits: what may be asked, how long it may take, how much may come.

The name is resolved once, the addresses found are checked, and the connection goes to a checked address, so that a name
that resolves to something else a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urljoin, urlsplit

REASONS = {
    "bad_url": "not an address that can be read",
    "scheme": "neither http nor https",
    "credentials": "the address holds a user name or password",
    "dns": "the host name is not known",
    "address": "the host is private, loopback, link-local, multicast or reserved",
    "robots": "robots.txt of the host does not allow it",
    "robots_unreachable": "robots.txt cannot be read (server error, too large, redirects without end)",
    "connection": "the connection cannot be made or breaks off",
    "tls": "no secure connection: certificate not valid, or no TLS",
    "timeout": "not complete within the time allowed",
    "protocol": "the answer is not HTTP",
    "redirects": "redirected in a circle or too often",
    "http_status": "the server answered with another status than 200",
    "content_type": "not HTML, XHTML, XML or plain text",
    "encoding": "compressed in a way that cannot be undone",
    "too_large": "more bytes than allowed, as sent or decompressed",
    "incomplete": "fewer bytes than announced",
    "empty": "an answer without content",
    "later": "the host asks for a longer rest than one run waits",
}
PASSING = frozenset({"timeout", "connection", "incomplete"})  # worth another try
PASSING_STATUSES = frozenset({429, 500, 502, 503, 504})
MAX_URL = 2048
_MAX_ADDRESSES = 4  # of one host are tried
_MAX_MEMBERS = 16  # of a gzip stream; pages have one
_CONNECT_SECONDS = 10.0
_SLICE_SECONDS = 0.5  # so soon a stopped run ends
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Failure(Exception):
    """Why an address was not fetched: a reason out of REASONS, in words, and what is known of the answer."""

    def __init__(
        self, reason: str, detail: str, *, status: int | None = None, url: str = "", content_type: str = "", wait: float = 0
    ) -> None:
        assert reason in REASONS
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = " ".join(detail.split())[:300]
        self.status = status
        self.url = url
        self.content_type = content_type
        self.wait = wait  # seconds, as the server asks

    @property
    def passing(self) -> bool:
        """Whether another try may go better."""
        return self.reason in PASSING or (self.reason == "http_status" and self.status in PASSING_STATUSES)


class Stopped(Exception):
    """The run was stopped while a thread waited or read."""


def resolve(host: str, port: int) -> list[str]:
    """Addresses of a host, in the order in which the system would try them.

    Raises:
        Failure: `dns`.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Failure("dns", f"{host}: {getattr(error, 'strerror', None) or error}") from None
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@dataclass(frozen=True)
class Client:
    """Who asks, and under which limits.

    `allow_private` is for tests against a server on this machine; nothing a user can set reaches it.
    """

    user_agent: str
    timeout: float = 30.0  # seconds, from the name to the last byte
    max_bytes: int = 20_000_000
    allow_private: bool = False
    resolve: Callable[[str, int], list[str]] = resolve
    stopped: Callable[[], bool] = lambda: False
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)


@dataclass(frozen=True)
class Hop:
    """One request and its answer. `body` is as sent (still compressed), and empty unless the status is 200."""

    url: str
    address: str
    at: datetime
    request: tuple[tuple[str, str], ...]
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Value of a header, empty if it is missing; the first counts."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def normal(url: str) -> str:
    """The address as it is asked for: ASCII, lower-case host, no fragment, no default port, no `.` and `..`.

    Raises:
        Failure: `bad_url`, `scheme` or `credentials`.
    """
    text = url.strip()
    if re.search(r"[\x00-\x1f\x7f]", text) or len(text) > MAX_URL:
        raise Failure("bad_url", f"control characters in it, or more than {MAX_URL} characters")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Failure("bad_url", str(error)) from None
    if not parts.scheme or (not parts.netloc and "." in parts.scheme):
        raise Failure("bad_url", "no http:// or https:// in front")
    if parts.scheme not in ("http", "https"):
        raise Failure("scheme", f"{parts.scheme} is neither http nor https")
    if "@" in parts.netloc:
        raise Failure("credentials", "a user name or password stands before the host")
    if not host or port == 0:
        raise Failure("bad_url", "no host, or port 0")
    default = {"http": 80, "https": 443}[parts.scheme]
    place = _host(host) + (f":{port}" if port not in (None, default) else "")
    path = quote(_without_dots(parts.path or "/"), safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%?:@!$&'()*+,;=~[]|")
    made = f"{parts.scheme}://{place}{path}{'?' + query if query else ''}"
    if len(made) > 3 * MAX_URL:
        raise Failure("bad_url", "too long once written in ASCII")
    return made


def _host(name: str) -> str:
    if ":" in name:
        try:
            return f"[{ipaddress.IPv6Address(name)}]"
        except ValueError:
            raise Failure("bad_url", f"{name} is no IPv6 address") from None
    try:
        host = name.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise Failure("bad_url", f"{name} is no host name") from None
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise Failure("bad_url", f"{name} is no host name")
    return host


def _without_dots(path: str) -> str:
    kept: list[str] = []
    steps = path.split("/")[1:]
    for number, step in enumerate(steps, start=1):
        if step == "..":
            kept = kept[:-1]
        elif step != ".":
            kept.append(step)
        if step in (".", "..") and number == len(steps):
            kept.append("")
    return "/" + "/".join(kept)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; one that wraps an IPv4 address is judged by that too."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local:
            return False
    return found.is_global and not (
        found.is_private
        or found.is_multicast
        or found.is_reserved
        or found.is_loopback
        or found.is_link_local
        or found.is_unspecified
    )


def get(client: Client, url: str, *, accept: Collection[str] | None = None, max_bytes: int | None = None) -> Hop:
    """Ask once for an address in the form of `normal`; redirects are answers like others.

    Args:
        client: who asks.
        url: the address.
        accept: media types that are read; None for all.
        max_bytes: instead of the client's own limit.

    Raises:
        Failure: for any reason other than `robots`, `later` and those of redirects and statuses.
        Stopped: the run was stopped.
    """
    limit = client.max_bytes if max_bytes is None else max_bytes
    deadline = time.monotonic() + client.timeout
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    headers = (
        ("Host", parts.netloc),
        ("User-Agent", client.user_agent),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1"),
        ("Accept-Language", "fr,*;q=0.5"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    )
    target = url.split(parts.netloc, 1)[1]
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers), "", ""]
    at = datetime.now(UTC)
    try:
        sock, address = _connect(client, host, port, deadline, secure=parts.scheme == "https")
        with sock:
            sock.settimeout(max(0.001, deadline - time.monotonic()))
            sock.sendall("\r\n".join(lines).encode("ascii"))
            stream = _Watched(sock, deadline, client.stopped)
            answer = http.client.HTTPResponse(stream, method="GET")  # type: ignore[arg-type]
            answer.begin()
            found = tuple((name, " ".join(value.split())) for name, value in answer.getheaders())
            hop = Hop(url, address, at, headers, answer.status, " ".join(answer.reason.split()), found, b"")
            if answer.status != 200:
                return hop
            _check_type(hop, accept)
            return Hop(**{**hop.__dict__, "body": _body(answer, limit)})
    except TimeoutError:
        raise Failure("timeout", f"not complete after {client.timeout:g} s") from None
    except ssl.SSLError as error:
        raise Failure("tls", getattr(error, "verify_message", "") or error.reason or str(error)) from None
    except OSError as error:
        raise Failure("connection", error.strerror or str(error) or type(error).__name__) from None
    except http.client.IncompleteRead:
        raise Failure("incomplete", "the answer broke off") from None
    except (http.client.HTTPException, ValueError) as error:
        raise Failure("protocol", f"{type(error).__name__} {str(error)[:80]!r}") from None


def _connect(client: Client, host: str, port: int, deadline: float, *, secure: bool) -> tuple[socket.socket, str]:
    """A connection to one of the checked addresses of a host, and that address. One forbidden address forbids the host."""
    addresses = client.resolve(host, port)
    if not addresses:
        raise Failure("dns", f"{host} has no address")
    for address in addresses:
        if not client.allow_private and not is_public(address):
            raise Failure("address", f"{host} is {address}, which is not public")
    problem: OSError = OSError("no connection")
    for address in addresses[:_MAX_ADDRESSES]:
        if client.stopped():
            raise Stopped
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            sock = socket.create_connection((address, port), timeout=min(left, _CONNECT_SECONDS))
        except OSError as error:
            problem = error
            continue
        if not secure:
            return sock, address
        try:
            sock.settimeout(max(0.001, deadline - time.monotonic()))
            return client.context.wrap_socket(sock, server_hostname=host), address
        except BaseException:
            sock.close()
            raise
    raise problem


class _Watched(io.RawIOBase):
    """A socket as a stream that ends when its time is up or the run is stopped, however slowly bytes drip in."""

    def __init__(self, sock: socket.socket, deadline: float, stopped: Callable[[], bool]) -> None:
        self._sock, self._deadline, self._stopped = sock, deadline, stopped

    def makefile(self, mode: str) -> io.BufferedReader:
        """What http.client reads from."""
        return io.BufferedReader(self, buffer_size=65_536)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read what is there, within the time left."""
        while True:
            if self._stopped():
                raise Stopped
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._sock.settimeout(min(left, _SLICE_SECONDS))
            try:
                return self._sock.recv_into(buffer)
            except TimeoutError:
                continue


def media_type(content_type: str) -> str:
    """`text/html` of `Text/HTML; charset=utf-8`; empty if it is none."""
    match = re.match(r"\s*([\w.+-]+/[\w.+-]+)\s*(?:;|$)", content_type, re.ASCII)
    return match[1].lower() if match else ""


def _check_type(hop: Hop, accept: Collection[str] | None) -> None:
    kind = media_type(hop.header("content-type"))
    if accept is not None and kind not in accept:
        raise Failure("content_type", kind or "none given", status=hop.status, content_type=kind)


def _body(answer: http.client.HTTPResponse, limit: int) -> bytes:
    if answer.length is not None and answer.length > limit:
        raise Failure("too_large", f"{answer.length} bytes announced, more than {limit}", status=answer.status)
    body = bytearray()
    while piece := answer.read(65_536):
        body += piece
        if len(body) > limit:
            raise Failure("too_large", f"more than {limit} bytes", status=answer.status)
    if answer.length:
        raise Failure("incomplete", f"{answer.length} bytes missing", status=answer.status)
    return bytes(body)


def content(hop: Hop, limit: int) -> bytes:
    """The body without its compression; the bytes are else left as they are, whatever their charset.

    Raises:
        Failure: `encoding`, `too_large` (more than `limit` bytes) or `incomplete`.
    """
    coding = hop.header("content-encoding").lower()
    if coding in ("", "identity"):
        return hop.body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise Failure("encoding", f"content encoding {coding[:40]}", status=hop.status)
    return inflate(hop.body, limit)


def inflate(data: bytes, limit: int) -> bytes:
    """Undo gzip or zlib without ever holding more than `limit` bytes (and one) of the result.

    Raises:
        Failure: `encoding`, `too_large` or `incomplete`.
    """
    made = bytearray()
    for member in range(_MAX_MEMBERS):
        one = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            made += one.decompress(data, limit - len(made) + 1)
        except zlib.error as error:
            if member:  # what follows the end of a stream is padding
                break
            raise Failure("encoding", str(error)) from None
        if len(made) > limit:
            raise Failure("too_large", f"more than {limit} bytes once decompressed")
        if not one.eof:
            raise Failure("incomplete", "the compressed data break off")
        data = one.unused_data
        if not data:
            break
    else:
        raise Failure("encoding", f"more than {_MAX_MEMBERS} compressed parts")
    return bytes(made)


def location(hop: Hop) -> str:
    """Where a redirect leads, in the form of `normal`; empty if the answer is none.

    Raises:
        Failure: the place is no address that may be asked.
    """
    if hop.status not in (301, 302, 303, 307, 308) or not (given := hop.header("location")):
        return ""
    with contextlib.suppress(UnicodeError):  # http.client reads headers as Latin-1, servers write UTF-8
        given = given.encode("latin-1").decode("utf-8")
    try:
        return normal(urljoin(hop.url, given))
    except ValueError as error:
        raise Failure("bad_url", f"redirected to an address that cannot be read: {error}") from None
