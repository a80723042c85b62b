"""Pages saved as one file (MHTML) and e-mails: the page or the text that they carry."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from presstm.formats import Reject
from presstm.pages.decode import one_line

_FIELDS = re.compile(rb"\s{0,9}((?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,})\r?\n")
_ENVELOPE = re.compile(rb"From \S+ [^\r\n]*\d{4}[^\r\n]*\r?\n")  # before each message of a mailbox
_HEAD = 50_000  # bytes in which the fields end


@dataclass(frozen=True)
class Content:
    """What a message carries: bytes of a page or of plain text."""

    data: bytes
    is_page: bool
    charset: str | None
    address: str | None
    subject: str


def is_message(data: bytes) -> bool:
    """Whether a file begins with the fields of a message of several types of content."""
    match = _FIELDS.match(_unwrapped(data[:_HEAD]))
    names = {line.partition(b":")[0].lower() for line in match[1].split(b"\n")} if match else set()
    return b"content-type" in names and not names.isdisjoint((b"mime-version", b"from", b"subject"))


def _unwrapped(data: bytes) -> bytes:
    return _ENVELOPE.sub(b"", data, count=1) if _ENVELOPE.match(data) else data


def read(data: bytes) -> Content | Reject:
    """The first page of a message, or else its first plain text."""
    if (count := len(re.findall(rb"^" + _ENVELOPE.pattern, data, re.M))) > 1 and _ENVELOPE.match(data):
        return Reject("unsupported_format", f"a mailbox of {count} messages: save each in a file")
    try:
        message = email.message_from_bytes(_unwrapped(data))
        parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
        chosen = next((part for part in parts if part.get_content_subtype() == "html"), parts[0] if parts else None)
        content = chosen.get_payload(decode=True) if chosen is not None else None
        if chosen is None or not isinstance(content, bytes):
            return Reject("no_text", "a message without a page or text")
        address = _first(chosen, "Content-Location") or _first(message, "Snapshot-Content-Location")
        return Content(
            content,
            chosen.get_content_subtype() == "html",
            chosen.get_content_charset(),
            address if re.match(r"https?://", address, re.I) else None,
            _first(message, "Subject"),
        )
    except (
        ValueError,
        LookupError,
        MessageError,
        RecursionError,
        AttributeError,
        TypeError,
    ) as error:  # what damaged fields make the parser raise
        return Reject("unreadable", f"a damaged message: {type(error).__name__}")


def _first(message: Message, name: str) -> str:
    value = str(message.get(name, ""))
    try:
        return one_line(str(make_header(decode_header(value))))
    except (ValueError, LookupError, MessageError):
        return one_line(value)
