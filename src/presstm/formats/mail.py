"""Pages saved as one file (MHTML), e-mails and mailboxes: the page or the text that each message carries."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from datetime import date
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from presstm.formats import Reject
from presstm.pages.decode import one_line

_FIELDS = re.compile(rb"\s{0,9}((?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,})\r?\n")
_ENVELOPE = re.compile(rb"From \S+ [^\r\n]*\d{4}[^\r\n]*\r?\n")  # before each message of a mailbox
_NEXT = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))" + _ENVELOPE.pattern + rb"(?=[A-Za-z-]+:)")
_ESCAPED = re.compile(rb"^>(>*From )", re.M)  # how a mailbox keeps a line of text from looking like an envelope
_FORWARDED = re.compile(r"^(?:(?:tr|fwd?|re)\s?:\s*)+(?=\S)", re.I)
_HEAD = 50_000  # bytes in which the fields end


@dataclass(frozen=True)
class Content:
    """What a message carries: bytes of a page or of plain text."""

    data: bytes
    is_page: bool
    charset: str | None
    address: str | None
    subject: str
    day: date | None = None  # of a message that was sent


def is_message(data: bytes) -> bool:
    """Whether a file begins with the fields of a message of several types of content."""
    envelope = _ENVELOPE.match(data)
    match = _FIELDS.match(data[envelope.end() if envelope else 0 : _HEAD])
    names = {line.partition(b":")[0].lower() for line in match[1].split(b"\n")} if match else set()
    return (envelope is not None or b"content-type" in names) and not names.isdisjoint(
        (b"mime-version", b"from", b"subject")
    )


def messages(data: bytes) -> list[bytes]:
    """The messages of a mailbox without their envelopes, or the one message that a file is."""
    envelopes = list(_NEXT.finditer(data)) if _ENVELOPE.match(data) else []
    ends = [*(one.start() for one in envelopes[1:]), len(data)]
    return [_ESCAPED.sub(rb"\1", data[one.end() : end]) for one, end in zip(envelopes, ends, strict=False)] or [data]


def read(data: bytes) -> Content | Reject:
    """The first page of a message, or else its first plain text."""
    try:
        message = email.message_from_bytes(data)
        parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
        chosen = next((part for part in parts if part.get_content_subtype() == "html"), parts[0] if parts else None)
        content = chosen.get_payload(decode=True) if chosen is not None else None
        if chosen is None or not isinstance(content, bytes):
            return Reject("no_text", "a message without a page or text")
        address = _first(chosen, "Content-Location") or _first(message, "Snapshot-Content-Location")
        saved = bool(address) or _first(message, "From").startswith("<Saved by")
        return Content(
            content,
            chosen.get_content_subtype() == "html",
            chosen.get_content_charset(),
            address if re.match(r"https?://", address, re.I) else None,
            _FORWARDED.sub("", _first(message, "Subject"), count=1),
            None if saved else _day(message),
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


def _day(message: Message) -> date | None:
    try:
        return parsedate_to_datetime(_first(message, "Date")).date()
    except (ValueError, IndexError):
        return None


def _first(message: Message, name: str) -> str:
    value = str(message.get(name, ""))
    try:
        return one_line(str(make_header(decode_header(value))))
    except (ValueError, LookupError, MessageError):
        return one_line(value)
