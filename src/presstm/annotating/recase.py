"""The text as the language model should see it: same length, so that offsets stay, without what misleads the model.

Typography is made plain (one apostrophe, one space, one pair of guillemets) and runs of words in capitals get back the case
that the same words have in the article itself or, failing that, in the text the model learned its vectors from.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

Rank = Callable[[str], float]  # how far down a frequency list a form stands; infinity if it is not in it

_PLAIN = str.maketrans(
    dict.fromkeys("’‘ʼ′‛ʹ＇", "'")
    | dict.fromkeys(
        "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    )
    | dict.fromkeys("“„‟‹", "«")
    | dict.fromkeys("”›", "»")
    | dict.fromkeys("‐‑", "-")
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_WORD = re.compile(_LETTERS)
_SENTENCE_START = re.compile(rf"(?:^|[.!?…«»\"(:–—•-]\s|[«\"(])\W{{0,4}}({_LETTERS})", re.MULTILINE)
_VOWEL = re.compile("[AEIOUYÀÂÉÈÊËÎÏÔŒÙÛÜ]")
_COMMON = 300  # the most frequent words of French are no names, whatever the article says ("De" in Belgian names)
_MIN_LETTERS = 12
_MIN_WORDS = 3


def plain(text: str) -> str:
    """Replace typographic variants by their plain form, one character for one."""
    return _SURROGATE.sub("\ufffd", text).translate(_PLAIN)


def capitals(text: str) -> list[re.Match[str]]:
    """The words of `text` that stand in runs of capitals long enough to be a headline and no acronym."""
    found: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    words = list(_WORD.finditer(text))
    whole = bool(words) and sum(len(word.group()) for word in words) >= 4 and all(word.group().isupper() for word in words)
    if whole:
        return words
    for word in (*words, None):
        if word is not None and word.group().isupper():
            run.append(word)
            continue
        long = [other for other in run if len(other.group()) > 1]
        if len(long) >= _MIN_WORDS and sum(len(other.group()) for other in long) >= _MIN_LETTERS:
            found.extend(run[:-1] if run[-1].end() - run[-1].start() == 1 and word is not None else run)
        run = []
    return found


def forms(lines: Iterable[str]) -> dict[str, str]:
    """The commonest form of each word where its case means something: in mixed case and not at a sentence start."""
    counts: dict[str, Counter[str]] = {}
    for line in lines:
        skipped = {match.start(1) for match in _SENTENCE_START.finditer(line)}
        skipped.update(word.start() for word in capitals(line))
        for word in _WORD.finditer(line):
            if word.start() not in skipped:
                form = unicodedata.normalize("NFC", word.group())
                counts.setdefault(form.lower(), Counter())[form] += 1
    return {word: min(seen, key=lambda form: (-seen[form], form)) for word, seen in counts.items()}


def recase(text: str, known: Mapping[str, str], rank: Rank) -> str:
    """Give the runs of capitals in `text` a likely case; everything else, and the length, stays.

    Args:
        text: one line.
        known: lower-case word -> its form in the article (`forms`).
        rank: standing of a form in a frequency list; lower is more frequent.
    """
    words = capitals(text)
    if not words:
        return text
    letters = list(text)
    after_name = False
    for word in words:
        form = _form(word.group(), text[word.end() : word.end() + 1] == "'", known, rank, after_name)
        after_name = form[:1].isupper() and not form.isupper()
        if _starts_sentence(text, word.start()):
            form = word.group()[:1] + form[1:]
        letters[word.start() : word.end()] = form
    result = "".join(letters)
    assert len(result) == len(text)
    return result


def _form(word: str, elided: bool, known: Mapping[str, str], rank: Rank, after_name: bool) -> str:
    lower = _lower(word)
    composed = unicodedata.normalize("NFC", lower)
    if elided or len(word) == 1 or rank(composed) < _COMMON:
        return lower
    seen = known.get(composed)
    if seen is not None:
        return seen if len(seen) == len(word) and _lower(seen) == lower else lower
    title = word[:1] + lower[1:]
    candidates = [(rank(unicodedata.normalize("NFC", form)), form) for form in (lower, title, word)]
    best, form = min(candidates, key=lambda candidate: candidate[0])
    if best != float("inf"):
        return form
    if after_name:
        return title
    return lower if _VOWEL.search(unicodedata.normalize("NFC", word)) else word


def _starts_sentence(text: str, position: int) -> bool:
    before = text[max(0, position - 20) : position].rstrip(" «\"'(-–—•[")
    return not before or before[-1] in ".!?…"


def _lower(word: str) -> str:
    """Lower case, character by character; a character that would change length stays as it is."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in word)
