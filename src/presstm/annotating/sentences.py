"""Where French sentences may start, decided on the characters of one line of text.

The parser alone breaks after abbreviations and inside hyphenated words and guillemets, and misses plain full stops. Here
punctuation decides what punctuation can decide; the parser is left the cases in which it cannot (`unsure`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_END = re.compile(r"[.!?…]+(?:[ \u00a0\u202f]?[!?…]+|[ \u00a0\u202f]?\.{2,})*")
_CLOSING = re.compile(r"\s{0,2}[»›”)\]]|[’'](?=\s|$)|\[\d{1,3}\]|[¹²³⁰⁴-⁹]+")
_OPENING = re.compile(r"(?:[(\[]\s*(?:…|\.{3})\s*[)\]]\s*|[«‹“„\"'‘’(\[]\s*|[–—•*-]+\s+|[–—]|(?:…|\.{3})\s*)*")
_BEFORE = re.compile(r"[\w.°º’'-]{1,40}$")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,2}|[A-Za-z]|[IVX]{1,5})\W*")
_WORD = re.compile(r"\w+['’]?")
_CONTINUING = (",", ";", ":", ".", "%", ")", "]", "»", "|", "/")
_LOOK_BACK = 200  # characters; keeps the pass linear on a line without words
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}$")
_NUMBER_OR_CODE = re.compile(r"\d|[IVXLC]+\b|[A-Z]\s?[.*]|[A-Z]\d")

# Before a name; a sentence does not end here. Case matters: "M." is a man, "10 m." a length.
_TITLES = frozenset(
    "M MM Mr Mme Mmes Mlle Mlles Me Mes Dr Drs Pr Prs Prof Mgr St Ste Sts Stes Cdt Cne Sgt Lt Gal Ch Th Ph".split()
)
# Never words of their own, and always with something after them.
_OPEN_ABBREVIATIONS = frozenset(
    "cf p pp n n° nº nos env tél av apr chap bd blvd réf dép vs ed p.ex c.-à-d c-à-d op loc resp éq zool".split()
)
# Also ordinary words ("l'art.", "le vol."): abbreviations only before a number or the letter of an article of law.
_NUMBERED = frozenset("art fig vol no ex sect alin al t ch livr l r d janv févr avr juil sept oct nov déc ann tabl".split())
# With or without something after them.
_ABBREVIATIONS = frozenset(
    "etc inc corp ltd co cie jr sr al hab éd dir coll trad h min sec km kg cm mm m sté s.a s.a.r.l s.a.s j.-c "
    "janv févr avr juil sept oct nov déc ex ibid id max moy nb adj adm assoc dept univ".split()
)
# Words that start a French sentence and no name.
_STARTERS = frozenset(
    "le la les l un une des du de d il elle ils elles on ce cet cette ces c ça cela ceux celui celle nous vous "
    "je j tu mais et ou or car donc ni si s pour par dans en au aux à avec sans sur sous son sa ses leur leurs "
    "notre nos votre vos mon ma mes qui que qu quand quoi selon depuis après avant puis ainsi alors tout toute "
    "tous toutes ne n pas plus comme chez entre certains certaines plusieurs enfin cependant toutefois "
    "néanmoins pourtant y se quel quelle quels quelles où aujourd aussi lors lorsque parmi pendant malgré "
    "contre vers chaque quelques beaucoup même désormais ici là".split()
)
_PARTICLES = frozenset("le la les de du des d l".split())


@dataclass(frozen=True)
class Starts:
    """Offsets at which a sentence starts (`sure`) or may start (`unsure`); the line's own start is in neither."""

    sure: frozenset[int]
    unsure: frozenset[int]


def starts(text: str) -> Starts:
    """Find the sentence starts of one line (no line break in it), in one pass.

    A start lies after `.`, `!`, `?` or an ellipsis with the closing marks that belong to it, never before a closing mark,
    between an opening mark and its text, in a number, after an abbreviation that needs what follows, or at a word in
    lower case.
    """
    sure: set[int] = set()
    unsure: set[int] = set()
    closing_quotes = _closing_straight_quotes(text)
    sentence, resume = 0, 0
    for match in _END.finditer(text):
        if match.start() < resume:
            continue
        end = resume = _skip_closing(text, match.end(), closing_quotes)
        start = end
        while start < len(text) and text[start].isspace():
            start += 1
        if start == len(text):
            break
        verdict = _verdict(text, sentence, match.start(), match.group(), end, start)
        if verdict is not None:
            (sure if verdict else unsure).add(start)
            if verdict:
                sentence = start
    return Starts(frozenset(sure), frozenset(unsure))


def _verdict(text: str, sentence: int, mark: int, marks: str, end: int, start: int) -> bool | None:
    """Whether a sentence starts at `start`: True, None for no, False for unsure."""
    before = text[max(sentence, mark - _LOOK_BACK) : mark]
    if not any(map(str.isalnum, before)) or (marks == "." and _ENUMERATOR.fullmatch(before)):
        return None  # a sentence of marks only, or "1." before an item
    if before.rstrip()[-1:] in ("(", "["):
        return False if "…" in marks or ".." in marks else None  # "(…)", "(?)", "[!]"
    opened = _OPENING.match(text, start)
    assert opened is not None
    following = text[opened.end() : opened.end() + 40]
    if start == end:
        return _glued(text, mark, marks, start, following, bool(opened.group()))
    kind = _kind(following)
    if kind == "lower":
        word = _last_word(text, mark)
        plain = marks == "." and not opened.group() and end == mark + 1
        return False if plain and len(word) >= 4 and word.isalpha() and word.lower() not in _ABBREVIATIONS else None
    if kind == "other":
        return None if following[:1] in _CONTINUING else False
    if marks == "." and end == mark + 1:
        return _after_full_stop(text, mark, following, kind)
    if marks == "!" and text[max(0, mark - 5) : mark] == "Yahoo":
        return True if _starter(following) else None
    return True


def _after_full_stop(text: str, mark: int, following: str, kind: str) -> bool | None:
    """The same for one bare full stop before a capital or a digit: it may belong to an abbreviation, initial or number."""
    word = _last_word(text, mark)
    lower = word.lower()
    if kind == "digit" and _THOUSANDS.search(word) and re.match(r"\d{3}(?!\d)", following):
        return None
    if word in _TITLES or lower in _OPEN_ABBREVIATIONS:
        return None
    if lower in _NUMBERED and _NUMBER_OR_CODE.match(following):
        return None
    initials = bool(re.fullmatch(r"(?:[^\W\d_][.-]{1,2})*[^\W\d_]", word))
    if not initials and lower not in _ABBREVIATIONS:
        return True
    if _starter(following):
        second = following.split(maxsplit=2)[1:2]
        particle = _first_word(following) in _PARTICLES and bool(second) and second[0][:1].isupper()
        return not (particle and initials)
    if initials and len(word) == 1:
        return True if lower in ("à", "y") else None
    return None if kind == "digit" else False


def _glued(text: str, mark: int, marks: str, start: int, following: str, opened: bool) -> bool | None:
    """The same without a space: "travail.Les" is a lost space, "Booking.com" and "1.000" are none."""
    capital = following[:1].isupper() and (following[1:2].islower() or following[1:2] in ("'", "’", " "))
    if not capital and not (opened and following[:1].isalnum() and not following[:1].islower()):
        return None
    if opened and text[start] in "«“":
        return True
    word = _last_word(text, mark)
    plain = len(word) >= 2 and word[-2:].islower() and "." not in word
    return False if capital and (plain or marks != ".") else None


def _kind(following: str) -> str:
    first = following[:1]
    if first.isdigit():
        return "digit"
    if first.islower():
        return "capital" if following[1:2].isupper() else "lower"  # iPhone, eBay
    if first.isupper() or first in ("@", "#") or unicodedata.category(first or " ") in ("Lo", "Lt"):
        return "capital"
    return "other"


def _starter(following: str) -> bool:
    return _first_word(following) in _STARTERS


def _first_word(following: str) -> str:
    match = _WORD.match(following)
    return match.group().rstrip("'’").lower() if match else ""


def _last_word(text: str, end: int) -> str:
    """The word that ends at `end`, without an elided word before it."""
    match = _BEFORE.search(text, max(0, end - 40), end)
    return re.split(r"[’']", match.group())[-1] if match else ""


def _skip_closing(text: str, position: int, closing_quotes: frozenset[int]) -> int:
    while True:
        match = _CLOSING.match(text, position)
        if match:
            position = match.end()
            continue
        quote = position
        while quote < len(text) and quote < position + 2 and text[quote].isspace():
            quote += 1
        if quote not in closing_quotes:
            return position
        position = quote + 1


def _closing_straight_quotes(text: str) -> frozenset[int]:
    """Offsets of the straight quotation marks that close: by the spaces around them, or every second one."""
    closing = set()
    inside = False
    for match in re.finditer('"', text):
        left = text[max(0, match.start() - 1) : match.start()] or " "
        right = text[match.end() : match.end() + 1] or " "
        if left.isspace() != right.isspace():
            inside = left.isspace()
        else:
            inside = not inside
        if not inside:
            closing.add(match.start())
    return frozenset(closing)
