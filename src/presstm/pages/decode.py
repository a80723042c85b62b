"""Bytes of unknown encoding -> clean text. The bytes are decoded here once, and every extractor is handed text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from html import unescape
from typing import Any

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.I
)
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_FRENCH_UTF8 = re.compile(
    rb"(\xc3[\x80-\xbf]|\xc2[\xa0\xab\xbb]|\xc5[\x92\x93]|\xe2\x80[\x93\x94\x98-\x9e\xa6\xaf]|\xe2\x82\xac)"
)
_DOS_AND_MAC = ("cp850", "mac_roman")
_FRENCH = "éèêëàâçîïôùûœÉÈÊÀÂÇÎÔÛŒ«»‘’“”–—…€°"
_ENOUGH = 3  # letters that are too many for an accident
_ASCII = b'<a b="c\\n">+-~ '  # with what other codecs read as the beginning of something else


def _encoded_twice() -> dict[str, str]:
    """What French letters and signs look like whose UTF-8 was read as Windows-1252 and written as UTF-8 again."""
    found = {}
    for letter in "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛŒÆ«»°’‘“”–—…€\xa0":
        seen = "".join(
            bytes([one]).decode("cp1252" if one not in b"\x81\x8d\x8f\x90\x9d" else "latin-1") for one in letter.encode()
        )
        found[seen] = found[letter.encode().decode("latin-1")] = letter
    return found


_TWICE = _encoded_twice()
_ANY_TWICE = re.compile("|".join(map(re.escape, sorted(_TWICE, key=len, reverse=True))))


def decode(data: bytes) -> tuple[str, list[str]]:
    """Decode a page or file, and undo what was encoded twice.

    Returns:
        The text, and warnings about what had to be repaired.
    """
    text, warnings = _decode(data)
    # "Ã" and "â€" are no French: a few of these pairs may be spoken of, more are damage.
    if ("Ã" in text or "â€" in text) and len(_ANY_TWICE.findall(text)) >= _ENOUGH:
        text, count = _ANY_TWICE.subn(lambda match: _TWICE[match[0]], text)
        warnings = [*warnings, f"{count} letters that had been encoded twice were read as what they were"]
    return text, warnings


def _decode(data: bytes) -> tuple[str, list[str]]:
    """Decode a page or file.

    In this order: byte order mark; UTF-16 or UTF-32 without a mark; UTF-8; nearly UTF-8, its few bad bytes read as Windows-1252; the
    declared charset; Windows-1252, also for Latin-1 as in browsers, but for French letters in UTF-8 among it; where it makes no
    French of bytes that make some in the code page of DOS or of old Macintoshes, that one.

    Returns:
        The text, and warnings about what had to be repaired.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), []
    if wide := _wide(data):
        return data.decode(wide, "replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    # Windows-1252 gives a valid sequence of UTF-8 by accident only, so that a page with as many good ones as bad bytes is UTF-8.
    text, bad, good = _nearly_utf8(_SURROGATE.sub(b"", data))
    if good >= bad:
        return text, [f"{bad} bytes that are no UTF-8 were read as Windows-1252"]
    if (declared := _declared(data)) is not None:
        try:
            return data.decode(declared), []
        except UnicodeError:
            pass
    return _windows(data)


def clean(text: str) -> str:
    """NFC, line ends as one newline, without soft hyphens, zero-width characters, controls and lone surrogates."""
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", text.replace("\r\n", "\n")))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """For names and titles: any white space, no-break spaces too, as one ordinary space."""
    return " ".join(clean(text).split())


def _wide(data: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark: every other byte of Western text is zero, or three in four."""
    head = data[:2000]
    if len(head) < 8 or b"\0" not in head:
        return None
    zeros = [head[place::4].count(0) > 0.8 * (len(head) // 4) for place in range(4)]
    if zeros == [False, True, True, True]:
        return "utf-32-le"
    if zeros == [True, True, True, False]:
        return "utf-32-be"
    half = len(head) // 2
    if head[1::2].count(0) > 0.8 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.8 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _nearly_utf8(data: bytes) -> tuple[str, int, int]:
    """The text with bad bytes read one by one as Windows-1252, their number, and the number of good characters beyond ASCII."""
    marked = data.decode("utf-8", "surrogateescape")
    bad = re.findall("[\udc80-\udcff]", marked)
    good = len(re.findall("[^\x00-\x7f\udc80-\udcff]", marked))
    text = re.sub("[\udc80-\udcff]", lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), marked)
    return text, len(bad), good


def _windows(data: bytes) -> tuple[str, list[str]]:
    """Windows-1252; where rows of several files were put together, French letters of some of them are in UTF-8."""
    if (other := _dos_or_mac(data)) is not None:
        return data.decode(other), []
    pieces = _FRENCH_UTF8.split(data)
    text = "".join(piece.decode("utf-8" if n % 2 else "cp1252", "replace") for n, piece in enumerate(pieces))
    return text, [f"{len(pieces) // 2} letters in UTF-8 among Windows-1252 were read as such"] if len(pieces) > 1 else []


def _dos_or_mac(data: bytes) -> str | None:
    """The code page in which most bytes are letters and signs of French that are none in Windows-1252."""
    high = data.translate(None, bytes(range(0x80)))

    def letters(encoding: str) -> int:
        return sum(letter in _FRENCH for letter in high.decode(encoding, "replace"))

    best = max(_DOS_AND_MAC, key=letters)
    return best if letters(best) >= max(_ENOUGH, 0.8 * len(high)) and letters("cp1252") < 0.5 * len(high) else None


def _declared(data: bytes) -> str | None:
    """The declared charset if it is none of those told by the bytes."""
    match = _DECLARED.search(data[:20_000])
    return None if match is None else charset((match[1] or match[2]).decode("ascii", "ignore"))


def charset(declared: str) -> str | None:
    """The codec of that name, if it is one of text that agrees with ASCII, as all do that a page can name, but none that is told by
    the bytes: UTF-8, or Latin-1 and what is read like it."""
    try:
        name = codecs.lookup(declared).name
        agrees = _ASCII.decode(name) == _ASCII.decode("ascii")
    except (LookupError, ValueError):
        return None
    return name if agrees and name not in ("utf-8", "utf-8-sig", "iso8859-1", "ascii", "cp1252") else None


def first_line(*values: Any) -> str | None:
    """The first value with text, as one line; entities that were escaped twice are undone."""
    for value in values:
        if isinstance(value, str) and (line := one_line(unescape(value[:5000]))):
            return line
    return None
