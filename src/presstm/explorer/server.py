"""The HTTP server of the explorer: GET only, one address, no script, everything escaped."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import mimetypes
import re
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode

from jinja2 import Environment, FileSystemLoader

from presstm import addresses
from presstm.explorer import search
from presstm.explorer.search import Query
from presstm.phrases import fold

_STYLE = """:root{color-scheme:light dark}body{font:1rem/1.55 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
header a{margin-right:1rem}form{display:flex;flex-wrap:wrap;gap:.7rem;align-items:end}label{display:flex;flex-direction:column}
.about{display:block;font-size:.9rem}.coded{text-decoration:underline dotted}li{margin:.6rem 0}input,select,button{font:inherit}"""
_WORDS = {
    "fr": {
        "report": "Rapport", "search": "Concordance", "words": "Mots (mot*, « \"suite exacte\" »)", "theme": "Thème",
        "outlet": "Média", "all": "tous", "since": "Depuis", "until": "Jusqu’au", "go": "Chercher",
        "count": "{} phrases", "previous": "Page précédente", "next": "Page suivante",
    },
    "en": {
        "report": "Report", "search": "Concordance", "words": "Words (word*, \"exact phrase\")", "theme": "Theme",
        "outlet": "Outlet", "all": "all", "since": "Since", "until": "Until", "go": "Search",
        "count": "{} sentences", "previous": "Previous page", "next": "Next page",
    },
}  # fmt: skip
_CSP = "default-src 'none'; style-src 'sha256-{}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def serve(database: Path, report: Path, title: str, language: str, host: str, port: int) -> ThreadingHTTPServer:
    """A server, bound and ready for `serve_forever`; port 0 takes a free one.

    Raises:
        OSError: the address cannot be bound.
    """

    class Handler(_Handler):
        pass

    Handler.database, Handler.report, Handler.title, Handler.language = database, report, title, language
    server = ThreadingHTTPServer((host, port), Handler)
    Handler.hosts = {f"{name}:{server.server_port}" for name in (host, "127.0.0.1", "localhost")}
    return server


class _Handler(BaseHTTPRequestHandler):
    database: Path
    report: Path
    title: str
    language: str
    hosts: set[str]
    pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True).get_template("page.html")

    def do_GET(self) -> None:
        """Answer one request. A foreign Host header is refused: a name that somebody else points at us (DNS rebinding)."""
        if self.headers.get("Host") not in self.hosts:
            self._send(HTTPStatus.FORBIDDEN, b"unknown host", "text/plain")
            return
        address = addresses.split(self.path)
        values = {name: given[-1] for name, given in parse_qs(address.query).items()}
        path = unquote(address.path)
        if path == "/":
            has_report = (self.report / "index.html").is_file()
            self._redirect("/report/index.html" if has_report else "/search")
        elif path.startswith("/report/"):
            self._file(path.removeprefix("/report/"))
        elif path in ("/search", "/search.json"):
            self._search(values, path.endswith(".json"))
        elif path.startswith("/article/"):
            self._article(path.removeprefix("/article/"))
        else:
            self._send(HTTPStatus.NOT_FOUND, b"not found", "text/plain")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing for each request."""

    def _send(self, status: HTTPStatus, content: bytes, kind: str, policy: str | None = None, **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _redirect(self, to: str) -> None:
        self._send(HTTPStatus.FOUND, b"", "text/plain", Location=to)

    def _file(self, name: str) -> None:
        path = (self.report / name).resolve()
        if not path.is_relative_to(self.report.resolve()) or not path.is_file():
            self._send(HTTPStatus.NOT_FOUND, b"not found", "text/plain")
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self._send(HTTPStatus.OK, path.read_bytes(), f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)

    def _page(self, **values: Any) -> None:
        html = self.pages.render(
            title=self.title, language=self.language, words=_WORDS[self.language], style=_STYLE, **values
        )
        digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
        self._send(HTTPStatus.OK, html.encode("utf-8", "replace"), "text/html; charset=utf-8", _CSP.format(digest))

    def _opened(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True))

    def _search(self, values: dict[str, str], as_json: bool) -> None:
        page = values.get("page", "")[:7]
        words, theme, outlet, since, until = (values.get(name, "") for name in ("q", "theme", "outlet", "since", "until"))
        number = int(page) if page.isascii() and page.isdigit() else 1
        query = Query(words, theme, outlet, since, until, max(1, number))
        with self._opened() as connection:
            count, rows = search.find(connection, query)
            offered = search.choices(connection)
        if as_json:
            body = json.dumps({"count": count, "page": query.page, "rows": rows}, ensure_ascii=False)
            self._send(HTTPStatus.OK, body.encode("utf-8", "replace"), "application/json")
            return
        last = query.page * search.PAGE >= count
        self._page(
            query=asdict(query),
            choices=offered,
            count=count,
            first=(query.page - 1) * search.PAGE + 1,
            rows=[{**row, "pieces": pieces(row["text"], query.words)} for row in rows],
            previous=None if query.page == 1 else _link(replace(query, page=query.page - 1)),
            next=None if last else _link(replace(query, page=query.page + 1)),
        )

    def _article(self, article_id: str) -> None:
        with self._opened() as connection:
            found = search.article(connection, article_id)
        if found is None:
            self._send(HTTPStatus.NOT_FOUND, b"not found", "text/plain")
            return
        body = [sentence for sentence in found["sentences"] if sentence["part"] == "body"]
        paragraphs = [list(group) for _, group in itertools.groupby(body, key=lambda sentence: sentence["paragraph"])]
        self._page(article=found, safe_url=addresses.web_address(found["url"]), paragraphs=paragraphs)


def _link(query: Query) -> str:
    values = {"q": query.words, **{name: value for name, value in asdict(query).items() if name != "words"}}
    return "/search?" + urlencode({name: value for name, value in values.items() if value})


def pieces(text: str, words: str) -> list[tuple[str, bool]]:
    """The text cut at the hits of a query: (piece, whether it is one). Case and accents do not matter."""
    wanted = [(fold(word), begins) for term, begins in search.terms(words) for word in term]
    found: list[tuple[str, bool]] = []
    end = 0
    for match in re.finditer(r"\w+", text):
        plain = fold(match.group())
        if any(plain == word or (begins and plain.startswith(word)) for word, begins in wanted):
            found += [(text[end : match.start()], False), (match.group(), True)]
            end = match.end()
    return [piece for piece in [*found, (text[end:], False)] if piece[0]]
