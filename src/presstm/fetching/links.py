"""Lists, feeds and sitemaps -> links to pages. What others wrote is read without entities, without network, under limits."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from presstm import dates
from presstm.errors import InputError
from presstm.fetching import web
from presstm.formats import markup, table
from presstm.spreadsheets import decoded

MAX_LIST = 100_000_000  # bytes
MAX_DOCUMENT = 50_000_000  # bytes of a feed or sitemap, decompressed; the sitemap protocol allows no more
MAX_DEPTH = 3  # of sitemap indexes in one another
MAX_SITEMAPS = 100  # documents
_ADDRESS = re.compile(r"https?://\S", re.I)
_BEFORE_HEADER = re.compile(r"\A\s*(?:#[^\n]*\n\s*)*")
_DATE_COLUMNS = table.NAMES["published"].split()
_REFERENCE = re.compile(r"^(TY|UR|DA|Y1|PY)  ?- ?(.*)$", re.M)  # fields of RIS


@dataclass(frozen=True)
class Link:
    """An address as given, and the day on which its page was published, if that is known."""

    url: str
    published: date | None = None


def read_list(path: Path) -> list[Link]:
    """Links of a CSV or JSON file with a column `url` (and perhaps `date`), of RIS, or of a text file with one address a line.

    Commas, semicolons and tabs may separate; lines that are empty or start with # are left out.

    Raises:
        InputError: the file is missing, too large, no text, or has no addresses.
    """
    if not path.is_file():
        raise InputError(f"{path} does not exist")
    if path.stat().st_size > MAX_LIST:
        raise InputError(f"{path} is larger than {MAX_LIST} bytes: not a list of addresses")
    text = decoded(path.read_bytes())
    if "\0" in text:
        raise InputError(f"{path} is no text file: save it as CSV with a column url, or with one address a line")
    lines = [line.strip() for line in text.splitlines()]
    first = next((line for line in lines if line and not line.startswith("#")), "")
    if not first:
        raise InputError(f"{path} has no addresses")
    if _ADDRESS.match(first):
        links = [Link(line) for line in lines if line and not line.startswith("#")]
    elif re.match(r"TY  ?- ", first):
        links = list(_references(text))
    elif first.startswith("[") and table.is_json(text):
        links = list(_objects(path, text))
    else:
        links = list(_rows(path, text))
    if not links:
        raise InputError(f"{path} has no addresses in its column url")
    return links


def _rows(path: Path, text: str) -> Iterator[Link]:
    text = _BEFORE_HEADER.sub("", text)
    header = text.split("\n", 1)[0]
    separator = max(",;\t", key=header.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
        columns = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
        if "url" not in columns:
            found = ", ".join(name[:40] for name in list(columns)[:8])
            raise InputError(f"{path}: line 1 has no column url (found: {found}), and is no address with http:// in front")
        dated = next((columns[name] for name in _DATE_COLUMNS if name in columns), None)
        for row in reader:
            if url := " ".join((row[columns["url"]] or "").split()):
                yield Link(url, _day(row[dated] if dated is not None else ""))
    except csv.Error as error:
        raise InputError(f"{path}: not CSV that can be read: {error}") from None


def _objects(path: Path, text: str) -> Iterator[Link]:
    """Links of an array of JSON objects, as Media Cloud and Zotero (CSL) write them."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON that can be read: {error}") from None
    for row in rows:
        values = {key.lower(): value for key, value in row.items()} if isinstance(row, dict) else {}
        if isinstance(url := values.get("url"), str) and url.strip():
            day = next((str(values[name]) for name in _DATE_COLUMNS if name in values), "")
            yield Link(" ".join(url.split()), _day(day or _issued(values.get("issued"))))


def _issued(value: Any) -> str:
    """The day of CSL's `{"date-parts": [[2019, 5, 24]]}`; empty if it is not a whole one."""
    try:
        year, month, day = value["date-parts"][0]
        return f"{int(year):04}-{int(month):02}-{int(day):02}"
    except (KeyError, IndexError, TypeError, ValueError):
        return ""


def _references(text: str) -> Iterator[Link]:
    """Links of RIS: the address and the day of each reference that has an address."""
    record: dict[str, str] = {}
    for name, value in [*_REFERENCE.findall(text), ("TY", "")]:
        if name == "TY":
            if url := record.get("UR", ""):
                day = next((record[key] for key in ("DA", "Y1", "PY") if key in record), "")
                yield Link(url, _day(day.strip(" /").replace("/", "-")))
            record = {}
        elif value.strip():
            record.setdefault(name, value.strip())


def _day(text: str | None) -> date | None:
    return dates.find(text)[0] if text else None


def feed_links(data: bytes, source: str) -> list[Link]:
    """Links of the items of an RSS or Atom feed, in its order.

    Raises:
        InputError: it is no such feed.
    """
    root = markup.xml_tree(data)
    if root is None or markup.name(root) not in ("rss", "rdf", "feed"):
        raise InputError(f"{source} is no RSS or Atom feed")
    found = []
    base = source if _ADDRESS.match(source) else ""
    for item in root.iter():
        if markup.name(item) in ("item", "entry") and (url := _item_link(item)):
            day = next((day for child in item if markup.name(child) in _ITEM_DATES and (day := _day(child.text))), None)
            found.append(Link(_joined(item.base or base, url), day))
    return found


_ITEM_DATES = ("pubdate", "date", "published", "issued", "created", "updated")


def _item_link(item: Any) -> str:
    for child in item:
        if markup.name(child) == "link":
            if text := (child.text or "").strip():
                return text
            if child.get("rel", "alternate") == "alternate" and (href := child.get("href", "").strip()):
                return str(href)
    for child in item:
        if (
            markup.name(child) == "guid"
            and child.get("isPermaLink", "true") == "true"
            and _ADDRESS.match((child.text or "").strip())
        ):
            return str(child.text).strip()
    return ""


def sitemap_links(start: str, load: Callable[[str], bytes], limit: int, say: Callable[[str], None]) -> list[Link]:
    """Links of a sitemap, and of those that a sitemap index names, at most `limit`.

    Args:
        start: file or address of the first sitemap.
        load: gives the bytes of a sitemap.
        limit: number of links after which to stop.
        say: hears in one line what was left out: a sitemap of an index that cannot be read, or a limit reached.

    Raises:
        InputError: the first sitemap cannot be read or is none.
    """
    found: dict[str, Link] = {}
    waiting = [(start, 0)]
    seen = {start}
    while waiting:
        source, depth = waiting.pop(0)
        try:
            links, children = read_sitemap(load(source), source)
        except InputError as error:
            if source == start:
                raise
            say(str(error))
            continue
        for link in links:
            if len(found) == limit and link.url not in found:
                say(f"{start}: more than {limit} addresses; the first {limit} are taken")
                return list(found.values())
            found.setdefault(link.url, link)
        left_out = False
        for child in children:
            if child in seen:
                continue
            if depth == MAX_DEPTH or len(seen) == MAX_SITEMAPS or not _ADDRESS.match(child):
                left_out = True
                continue
            seen.add(child)
            waiting.append((child, depth + 1))
        if left_out:
            say(f"{start}: sitemaps deeper than {MAX_DEPTH}, beyond {MAX_SITEMAPS} or without http:// are left out")
    return list(found.values())


def read_sitemap(data: bytes, source: str) -> tuple[list[Link], list[str]]:
    """Pages and further sitemaps that one sitemap names: XML (news sitemaps too) or text, plain or gzip.

    Raises:
        InputError: it is no sitemap, or more than MAX_DOCUMENT bytes.
    """
    if data.startswith(b"\x1f\x8b"):
        try:
            data = web.inflate(data, MAX_DOCUMENT)
        except web.Failure as failure:
            raise InputError(f"{source}: {failure.detail}") from None
    if len(data) > MAX_DOCUMENT:
        raise InputError(f"{source}: more than {MAX_DOCUMENT} bytes, which no sitemap may have")
    if _ADDRESS.match(head := data[:200].decode("utf-8-sig", "ignore").lstrip()) and "<" not in head:
        lines = (line.strip() for line in data.decode("utf-8-sig", "replace").splitlines())
        return [Link(line) for line in lines if _ADDRESS.match(line)], []
    root = markup.xml_tree(data)
    if root is None or markup.name(root) not in ("urlset", "sitemapindex"):
        raise InputError(f"{source} is no sitemap")
    base = source if _ADDRESS.match(source) else ""
    links, children = [], []
    for entry in root:
        place = next(((child.text or "").strip() for child in entry if markup.name(child) == "loc"), "")
        if place and markup.name(entry) == "sitemap":
            children.append(_joined(base, place))
        elif place and markup.name(entry) == "url":
            links.append(Link(_joined(base, place), _entry_day(entry)))
    return links, children


def _entry_day(entry: Any) -> date | None:
    days = {name: _day(node.text) for node in entry.iter() if (name := markup.name(node)) in ("lastmod", "publication_date")}
    return days.get("publication_date") or days.get("lastmod")


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, " ".join(url.split()))
    except ValueError:
        return url
