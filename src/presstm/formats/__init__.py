"""Readers: one file of this package per format. Each turns decoded text into items (articles to be) and rejects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Item:
    """One article as its source gives it; everything but the text may be missing."""

    text: str
    title: str = ""
    standfirst: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    modified: date | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None
    access: str = "unknown"
    access_signal: str | None = None
    method: str = "text"
    warnings: tuple[str, ...] = ()
    key: str | None = None  # what identifies the document everywhere: database and its document number, or an address
    page_sha256: str | None = None  # of the page's own bytes, where it comes out of an archive
    variables: tuple[str, ...] = ()  # further columns of a table, or metadata of a corpus, each as name=value
    syndicated: tuple[str, ...] = ()  # other outlets where the same article ran, as the database says


@dataclass(frozen=True)
class Reject:
    """Something in a source that is no article, with a reason from schemas.REJECT_REASONS."""

    reason: str
    detail: str

    def __post_init__(self) -> None:
        """Names, keys and errors out of damaged files: in one line, a half character as a question mark."""
        plain = self.detail.encode("utf-8", "replace").decode()
        object.__setattr__(self, "detail", re.sub(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*", " ", plain))


_CALLS = re.compile(
    r"votre témoignage|vos témoignages|appel à témoin|appel à témoignage|appel à participation|appel à contributions?|"
    r"accepteriez-vous|souhaitez-vous témoigner|vous souhaitez témoigner|témoignez|"
    r"écrivez-nous|contactez-nous|envoyez-nous|répondez à (?:notre|ce) questionnaire|participer à (?:notre|cette) (?:enquête|étude)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,255}\.\w{2,}|\b0\d(?:[ .]\d\d){4}\b")
_YOU = re.compile(r"\b(?:vous|votre|vos)\b|-vous\b", re.IGNORECASE)


def is_call(title: str, text: str) -> bool:
    """Whether a short text asks its readers to take part in something.

    All of: under 400 words; an invitation; an address to write to, or an invitation in the title; the reader addressed at
    least three times, and in one of every forty words.
    """
    words = len(text.split())
    if words >= 400:
        return False
    invited = _CALLS.search(text) or _CALLS.search(title)
    addressed = invited and (_ADDRESS.search(text) or _CALLS.search(title))
    return bool(addressed and addresses_reader(f"{title} {text}"))


def addresses_reader(text: str) -> bool:
    """Whether a text says "you" at least three times, and in one of every forty words."""
    return (you := len(_YOU.findall(text))) >= 3 and you * 40 >= len(text.split())
