"""Bytes of a file -> its format, its items and rejects. Formats are told by content, never by the ending of a name."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from presstm import dates
from presstm.formats import (
    Item,
    Reject,
    archive,
    europresse,
    factiva,
    feed,
    html_page,
    iramuteq,
    lexisnexis,
    mail,
    nexis,
    office,
    pdf,
    press_review,
    table,
    tei,
    text,
    txm,
    wall,
    web_archive,
)
from presstm.formats.markup import TooDeepError
from presstm.pages import decode, saved_pages
from presstm.settings import ExtractSettings

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|title|meta)\b", re.I)
_PIECE = re.compile(
    r"<(?:aside|blockquote|center|dl|figure|footer|form|h[1-6]|header|main|nav|ol|pre|section|table|ul)(?:\s[^<>]*)?>", re.I
)  # of a page
_MARKUP = re.compile(
    r"<(?:\?xml\b|!DOCTYPE\b|(?!(?:a|b|br|em|font|i|span|strong|su[bp]|u)\b)[A-Za-z][\w.:-]*(?:\s[^<>]*)?>)(?=.*</[\w.:-]+>\s*\Z)",
    re.S,
)
_ADDRESS = re.compile(r"https?://\S+$", re.I)
_REFERENCE = re.compile(r"^(?:TY  ?- \w+|@\w+\{[^\s,{}]+,)\s*$", re.M)  # of RIS or BibTeX
_COLLECTION = re.compile(
    rb"docpublicationname|titrearticlevisu|class=\"article \w\warticle|doc_id_|<(?:\w+:)?ppsarticle|\d (?:of|de|sur|von) \d+ documents?\s",
    re.I,
)
_CAPTURED = re.compile(r"archive/.*\.warc(?:\.gz)?$")  # in a WACZ
_MACHINE = re.compile(r"\{\\rtf\d*\s*\\(mac|pca?)\b")  # an RTF whose letters are no cp1252
_MACHINES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CITED = re.compile(r"^(?:>[ \t]?)+", re.M)  # before each line of a message that another one repeats
_OFFICE = frozenset(
    ("xl/workbook.xml", "content.xml", "META-INF/container.xml")
)  # of a spreadsheet, OpenDocument, an e-book
HEAD = 262_144  # bytes by which it is told how large a file may be
_PACKED = {
    "7z": rb"7z\xbc\xaf\x27\x1c",
    "rar": rb"Rar!\x1a\x07",
    "bzip2": rb"BZh[1-9]1AY&SY",
    "xz": rb"\xfd7zXZ\0",
    "tar": rb".{257}ustar",
}


@dataclass(frozen=True)
class Reading:
    """What a file is, and what it holds."""

    format: str
    results: list[Item | Reject]


UNREAD = "unread"  # reason of what stands for a page of an archive that was not asked for


@dataclass
class _Pages:
    """Counts the pages of a file as they come; all are wanted, or those with certain numbers, from 0."""

    wanted: range | None
    count: int = 0

    def next(self) -> bool:
        self.count += 1
        return self.wanted is None or self.count - 1 in self.wanted


def is_collection(head: bytes) -> bool:
    """Whether the first bytes of a file are those of an archive, export, table or PDF, which may be larger than a page."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b", b"WARC/", b"%PDF-", b"{\\rtf", b"[", b"{")) or _COLLECTION.search(head):
        return True
    lines = decode.decode(head)[0]
    return tei.is_tei(lines) if start.startswith(b"<") else iramuteq.is_corpus(lines) or table.is_csv(lines, {})


def allowed_bytes(head: bytes, settings: ExtractSettings) -> int:
    """How large a file may be that begins so."""
    return settings.max_archive_bytes if is_collection(head[:HEAD]) else settings.max_bytes


def read(data: bytes, settings: ExtractSettings, wanted: range | None = None) -> Reading:
    """Read a file. Documents that occur twice in it are kept once.

    Args:
        data: the file.
        settings: limits, the profile for pages, the names of columns.
        wanted: which pages of an archive are read, by number in its order; a reject with reason `UNREAD` stands for each of
            the others, and documents that occur twice are left. None: all.
    """
    found = _read(data, settings, 0, _Pages(wanted))
    results = [wall.without_note(result) for result in found.results]
    return Reading(found.format, _once(results) if wanted is None else results)


def _once(results: list[Item | Reject]) -> list[Item | Reject]:
    first: dict[str, int] = {}
    kept: list[Item | Reject] = []
    for number, result in enumerate(results, start=1):
        key = result.key if isinstance(result, Item) else None
        if key and first.setdefault(key, number) != number:
            result = Reject("duplicate", f"{key.partition(':')[2]} is the document of item {first[key]}"[:300])
        kept.append(result)
    return kept


def _read(data: bytes, settings: ExtractSettings, nested: int, pages: _Pages) -> Reading:
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip(data, settings, nested, pages)
    if data.startswith(b"\x1f\x8b"):
        return _gzip(data, settings, nested, pages)
    if data.startswith(b"WARC/"):
        return Reading("warc", _warc(data, settings, pages))
    if not pages.next():
        return _UNREAD
    if b"%PDF-" in data[:1024]:
        return Reading("pdf", pdf.read(data))
    if (packed := next((name for name, mark in _PACKED.items() if re.match(mark, data, re.DOTALL)), None)) is not None:
        return Reading("unknown", [Reject("unsupported_format", f"a {packed} archive: unpack it, or pack it as zip")])
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return Reading("unknown", [Reject("unsupported_format", "an old Word or Excel file: save it as .docx, CSV or text")])
    if mail.is_message(data):
        return Reading("message", [result for one in mail.messages(data) for result in _message(one, settings)])
    decoded, warnings = decode.decode(data)
    if _binary(decoded):
        return Reading("unknown", [Reject("unsupported_format", "not text")])
    decoded = decode.clean(decoded)
    if not decoded.strip():
        return Reading("unknown", [Reject("empty", "no text")])
    try:
        found = _text(decoded, settings)
    except TooDeepError as error:
        return Reading("unknown", [Reject("too_complex", str(error))])
    return Reading(found.format, [_warned(result, warnings) for result in found.results]) if warnings else found


_UNREAD = Reading(UNREAD, [Reject(UNREAD, "")])


def _text(decoded: str, settings: ExtractSettings) -> Reading:
    """Formats that are text, the surest marks first."""
    if decoded.startswith("{\\rtf"):
        return _rtf(decoded)
    found = _listed(decoded, settings)
    if found is None and "<" in decoded[:5000]:
        found = _marked_up(decoded, settings)
    return found or _web_page(decoded, settings) or _plain(decoded)


def _listed(decoded: str, settings: ExtractSettings) -> Reading | None:
    """Corpora, tables and references."""
    if lexisnexis.is_text(decoded):
        return Reading("lexisnexis-text", lexisnexis.read_text(decoded))
    if iramuteq.is_corpus(decoded):
        return Reading("iramuteq", iramuteq.read(decoded, settings.columns))
    if _REFERENCE.match(decoded.lstrip()) and (number := len(_REFERENCE.findall(decoded))):
        how = "fetch them with presstm fetch" if decoded.lstrip().startswith("TY") else "save them as RIS for presstm fetch"
        what = f"{number} references without their articles: {how}"
        return Reading("references", [Reject("link_only", what)])
    if table.is_json(decoded):
        return Reading("json", table.read_json(decoded, settings.columns))
    if decoded.lstrip()[:1] != "<" and table.is_csv(decoded, settings.columns):
        return Reading("csv", table.read_csv(decoded, settings.columns))
    return None


def _marked_up(decoded: str, settings: ExtractSettings) -> Reading | None:
    """Exports of press databases, feeds and corpora in XML or HTML."""
    if tei.is_tei(decoded):
        return Reading("tei", tei.read(decoded, settings.columns))
    if (kind := feed.kind(decoded)) is not None:
        return Reading(kind, feed.read(decoded) if kind == "feed" else feed.read_sitemap(decoded))
    if factiva.is_xml(decoded):
        return Reading("factiva-xml", factiva.read_xml(decoded))
    return _export(decoded)


def _web_page(decoded: str, settings: ExtractSettings) -> Reading | None:
    if _HTML.search(decoded, 0, 200_000 if decoded.lstrip()[:1] == "<" else 5000) or _PIECE.match(decoded.lstrip()):
        return Reading("html", html_page.read(decoded, None, settings.profile))
    if _MARKUP.match(decoded.lstrip()):
        return Reading("unknown", [Reject("unsupported_format", "XML of a kind that is not read")])
    return None


def _plain(decoded: str) -> Reading:
    """Text without markup, or with a little of it."""
    decoded = text.plain(decoded)
    lines = [line.strip() for line in decoded.split("\n") if line.strip()]
    if all(_ADDRESS.match(line) for line in lines):
        what = f"a list of {len(lines)} addresses: fetch them with presstm fetch"
        return Reading("addresses", [Reject("link_only", what)])
    if (problem := europresse.refused(decoded)) is not None:
        return Reading("europresse-text", [problem])
    if factiva.is_coded(decoded):
        return Reading("factiva-text", factiva.read_rtf(decoded))
    if (review := press_review.found_in(decoded)) is not None:
        return Reading("press-review", review)
    if not _prose(decoded):
        return Reading("unknown", [Reject("unsupported_format", "text, but no prose (data or program code)")])
    return Reading("text", [_unless_about_site(result) for result in text.read(decoded)])


def _unless_about_site(result: Item | Reject) -> Item | Reject:
    """An article; or a reject for what a site says in the place of one, saved as text."""
    if isinstance(result, Reject):
        return result
    reason = html_page.about_site(result.title, result.text)
    return result if reason is None else Reject("not_article", reason)


def _export(decoded: str) -> Reading | None:
    """A page of documents as press databases write it."""
    if lexisnexis.is_html(decoded):
        return Reading("lexisnexis-html", lexisnexis.read_html(decoded))
    if europresse.is_europresse(decoded):
        return Reading("europresse", europresse.read(decoded))
    if factiva.is_html(decoded):
        return Reading("factiva-html", factiva.read_html(decoded))
    return None


def _rtf(decoded: str) -> Reading:
    from striprtf.striprtf import rtf_to_text

    machine = _MACHINE.match(decoded)
    charset = _MACHINES[machine[1]] if machine else "cp1252"
    try:
        plain = decode.clean(rtf_to_text(decoded, encoding=charset, errors="replace"))  # type: ignore[no-untyped-call]
    except MemoryError:
        raise
    except Exception as error:  # whatever a broken file makes it stumble over
        return Reading("rtf", [Reject("unreadable", f"broken RTF: {type(error).__name__}"[:300])])
    if factiva.is_coded(plain):
        return Reading("factiva-rtf", factiva.read_rtf(plain))
    if nexis.is_word_export(paragraphs := nexis.lines(plain)):
        return Reading("nexis-rtf", nexis.read_word(paragraphs))
    if lexisnexis.is_text(plain):
        return Reading("lexisnexis-text", lexisnexis.read_text(plain))
    return Reading("rtf", _articles(plain) if plain.strip() else [Reject("empty", "no text")])


def _articles(plain: str) -> list[Item | Reject]:
    """The items of a press review, or the one article of a text."""
    return press_review.found_in(plain) or text.read(plain)


def _gzip(data: bytes, settings: ExtractSettings, nested: int, pages: _Pages) -> Reading:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            head = stream.read(5)
            if head == b"WARC/":
                return Reading("warc", _warc(_records(data, settings.max_archive_bytes), settings, pages))
            head += stream.read(HEAD)
            inner = head + stream.read(max(0, allowed_bytes(head, settings) + 1 - len(head)))
    except (OSError, EOFError, zlib.error) as error:
        return Reading("gzip", [Reject("unreadable", f"broken gzip: {error}"[:300])])
    if nested > 1:
        return Reading("gzip", [Reject("unsafe_archive", "an archive in an archive in an archive")])
    return _inner(inner, settings, nested, pages)


def _inner(data: bytes, settings: ExtractSettings, nested: int, pages: _Pages) -> Reading:
    """A file in an archive, under the same limits as one that lies in the corpus by itself."""
    if len(data) > settings.max_bytes and len(data) > (limit := allowed_bytes(data[:HEAD], settings)):
        return Reading("unknown", [Reject("too_large", f"more than {limit} bytes once unpacked")])
    return _read(data, settings, nested + 1, pages)


def _records(data: bytes, limit: int) -> bytes:
    """A web archive that was compressed as a whole, unpacked; one whose records are compressed one by one as it is."""
    first = zlib.decompressobj(wbits=31).decompress(data, limit)
    return first if web_archive.NEXT in first else data


def _warc(data: bytes, settings: ExtractSettings, pages: _Pages) -> list[Item | Reject]:
    with contextlib.redirect_stderr(io.StringIO()):  # where warcio prints what it stumbles over; it is a reject already
        return list(web_archive.read(io.BytesIO(data), _page(settings, pages)))


def _page(settings: ExtractSettings, pages: _Pages) -> Callable[[bytes, str, str | None], list[Item | Reject]]:
    """A reader of single pages of a web archive."""

    def page(data: bytes, url: str, charset: str | None) -> list[Item | Reject]:
        if not pages.next():
            return [Reject(UNREAD, f"{url}: "[-300:])]
        if data.startswith(b"%PDF-"):
            results = pdf.read(data)
        else:
            decoded, warnings = decode.decode(data)
            if charset and re.match(rb"[^<>]*<", data[:2000]) and b"charset" not in data[:5000].lower():
                decoded = _declared(data, charset) or decoded
            decoded = decode.clean(decoded)
            is_page = _HTML.search(decoded[:5000]) is not None
            results = html_page.read(decoded, url or None, settings.profile) if is_page else text.read(decoded)
            results = [_warned(result, warnings) for result in results]
        # The address of the request says what was captured; the page's own canonical address wins as `url`.
        alone = len(results) == 1  # items of a press review are not one document
        key, page_sha256 = (f"url:{url}", hashlib.sha256(data).hexdigest()) if alone else (None, None)
        return [
            replace(result, url=result.url or url, key=key, page_sha256=page_sha256)
            if isinstance(result, Item)
            else Reject(result.reason, f"{url}: {result.detail}"[:300])
            for result in results
        ]

    return page


def _message(data: bytes, settings: ExtractSettings) -> list[Item | Reject]:
    found = mail.read(data)
    if isinstance(found, Reject):
        return [found]
    decoded, warnings = decode.decode(found.data)
    if found.charset and not found.data.isascii():
        decoded = _declared(found.data, found.charset) or decoded
    decoded = decode.clean(decoded)
    if not decoded.strip():
        return [Reject("empty", "a message without text")]
    if not found.is_page:
        results = _articles(_CITED.sub("", decoded))
    elif (export := _export(decoded)) is not None:
        return [_warned(result, warnings) for result in export.results]
    else:
        results = html_page.read(decoded, found.address, settings.profile)
    return [_warned(_as_sent(result, found), warnings) for result in results]


def _as_sent(result: Item | Reject, message: mail.Content) -> Item | Reject:
    """An article that states no title or day has those of the message that carries it; such a day is named in a warning."""
    if isinstance(result, Reject):
        return result
    titled = replace(result, title=result.title or message.subject)
    if titled.published or message.day is None:
        return titled
    return replace(titled, published=message.day, warnings=(*titled.warnings, "the day is that of the message"))


def _declared(data: bytes, charset: str) -> str | None:
    """The text by the charset of the answer, where that is none of those that are told by the bytes."""
    try:
        return data.decode(name) if (name := decode.charset(charset)) else None
    except UnicodeError:
        return None


def _zip(data: bytes, settings: ExtractSettings, nested: int, pages: _Pages) -> Reading:
    opened = archive.opened(data)
    if isinstance(opened, Reject):
        return Reading("zip", [opened])
    names = set(opened.namelist())
    if "word/document.xml" in names:
        return _word(opened, settings) if pages.next() else _UNREAD
    if "ppt/presentation.xml" in names:
        return Reading("office", [Reject("unsupported_format", "slides")])
    if not names.isdisjoint(_OFFICE):
        return _office(opened, settings) if pages.next() else _UNREAD
    if nested > 1:
        return Reading("zip", [Reject("unsafe_archive", "an archive in an archive in an archive")])
    if txm.is_corpus(names):
        return _txm(opened, settings) if pages.next() else _UNREAD
    return _files(opened, settings, nested, pages)


def _txm(opened: zipfile.ZipFile, settings: ExtractSettings) -> Reading:
    members = archive.members(opened, settings.max_archive_bytes, settings.max_archive_bytes)
    return Reading("txm", txm.read(members, settings.columns))


def _files(opened: zipfile.ZipFile, settings: ExtractSettings, nested: int, pages: _Pages) -> Reading:
    """The files of an archive, but indexes and lists of a WACZ and what belongs to a page that a browser saved."""
    names = set(opened.namelist())
    captured = "datapackage.json" in names and any(map(_CAPTURED.match, names))
    parts, saved = saved_pages.in_archive(names)
    results: list[Item | Reject] = [*saved]
    for name, found in archive.members(opened, settings.max_archive_bytes, settings.max_archive_bytes):
        if name in parts or (captured and not _CAPTURED.match(name)):
            continue
        inner = [found] if isinstance(found, Reject) else _inner(found, settings, nested, pages).results
        results += [
            _named(name, result) if isinstance(result, Reject) and result is not found else result for result in inner
        ]
    return Reading("wacz" if captured else "zip", results or [Reject("empty", "an archive without files")])


def _named(name: str, reject: Reject) -> Reject:
    return Reject(reject.reason, f"{name[-100:]}: {reject.detail}"[:300])


def _word(opened: zipfile.ZipFile, settings: ExtractSettings) -> Reading:
    document = archive.member(opened, opened.getinfo("word/document.xml"), settings.max_archive_bytes)
    if isinstance(document, Reject):
        return Reading("docx", [document])
    found = nexis.word_paragraphs(document)
    warnings = [] if document.rstrip().endswith(b"document>") else ["the Word file breaks off: its text is not whole"]
    if nexis.is_word_export(found):
        return Reading("nexis-docx", [_warned(result, warnings) for result in nexis.read_word(found)])
    plain = "\n\n".join(one.text for one in found if one.text)
    results = _articles(plain) if plain else [Reject("no_text", "a Word file without text")]
    return Reading("docx", [_warned(result, warnings) for result in results])


def _office(opened: zipfile.ZipFile, settings: ExtractSettings) -> Reading:
    """A spreadsheet, an OpenDocument file, or an e-book."""
    names = opened.namelist()

    def member(name: str) -> bytes | Reject:
        if name not in names:
            return Reject("unreadable", f"{name[:100]} is missing")
        return archive.member(opened, opened.getinfo(name), settings.max_archive_bytes)

    try:
        if "xl/workbook.xml" in names:
            return _sheets("xlsx", office.sheets(names, member), settings)
        if "content.xml" not in names:
            return Reading("epub", _chapters(member, settings))
        content = member("content.xml")
        if office.is_sheet(content):
            return _sheets("ods", office.open_sheets(content), settings)
        plain = "\n\n".join(office.paragraphs(content))
        return Reading("odt", _articles(plain) if plain else [Reject("no_text", "an OpenDocument file without text")])
    except office.Broken as error:
        return Reading("office", [Reject("unreadable", f"a broken office file: {error}"[:300])])


def _sheets(kind: str, sheets: Iterable[office.Rows], settings: ExtractSettings) -> Reading:
    results = [result for rows in sheets for result in table.read_rows(rows, settings.columns, kind)]
    return Reading(kind, results or [Reject("empty", "a spreadsheet without rows")])


def _chapters(member: office.Member, settings: ExtractSettings) -> list[Item | Reject]:
    """Each page of an e-book, with the publisher and the day of the book where the page names none."""
    about, pages = office.chapters(member)
    outlet, (day, _) = about.get("publisher") or None, dates.find(about.get("date", ""))
    results: list[Item | Reject] = []
    for name in pages:
        if isinstance(data := member(name), Reject):
            results.append(data)
            continue
        decoded, warnings = decode.decode(data)
        for result in html_page.read(decode.clean(decoded), None, settings.profile):
            if isinstance(result, Reject):
                results.append(_named(name, result))
            else:
                found = replace(result, outlet=result.outlet or outlet, published=result.published or day)
                results.append(_warned(found, warnings))
    return results or [Reject("no_text", "an e-book without pages")]


def _warned(result: Item | Reject, warnings: list[str]) -> Item | Reject:
    return replace(result, warnings=(*warnings, *result.warnings)) if warnings and isinstance(result, Item) else result


def _binary(decoded: str) -> bool:
    """More than five control characters in a hundred, or one zero character in a hundred: no text."""
    head = decoded[:20_000]
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]", head))
    return controls > 0.05 * len(head) or head.count("\0") > 0.01 * len(head)


def _prose(decoded: str) -> bool:
    """Whether most of a text is letters, and little of it the signs of data and program code."""
    head = re.sub(r"\s+", "", decoded[:20_000])
    letters = sum(map(str.isalpha, head))
    signs = len(re.findall(r"[{}<>=\\|_^~`\[\]]", head))
    return letters > 0.6 * len(head) and signs < 0.05 * len(head)
