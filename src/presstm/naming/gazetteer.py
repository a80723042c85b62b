"""The gazetteer: names known beforehand, read from CSV and looked up in a text in time linear in its words.

A form is found however it is accented, hyphenated, spaced or joined ("Foule-Factory", "FouleFactory"), if the capitals it
begins its words with are there. A *weak* form is a common word or another name as well (Orange, Malt, La Croix): it counts
only letter by letter as listed, and the caller decides from the context.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from presstm.errors import InputError
from presstm.naming import names
from presstm.parts import Word
from presstm.spreadsheets import read_rows

LABELS = ("PER", "ORG", "PLATFORM", "MEDIA", "LOC", "MISC")
_ARTICLE = re.compile(r"^(?:L[ea]s? |L['’])")  # "au Figaro", "du Monde"
_TITLE = re.compile(r"(?:L[ea]s? |L['’])(?=[A-ZÀ-Þ])\w+(?: |$)")
CONTRACTED = ("Le ", "Les ")  # articles of places that à and de contract: "au Mans", "des Lilas"
_COLUMNS = ("name", "label", "aliases", "weak", "wikidata", "note")
_REPORT_OF = "report of "
_MIN_SLIP = 6  # letters below which a name one letter away is likely to be another name
_HEADS = ("Université ", "Ministère ", "École ", "Institut ")  # press writes them in lower case too
_PREFIX = re.compile(r"(\w+)-$")
_SUFFIX = re.compile(r"-[^\W\d_a-zà-ÿ]|\.\w")
_JOINERS = frozenset("-'&.–+!·/@")


class Entry(NamedTuple):
    """A known entity."""

    name: str
    label: str
    wikidata: str | None = None


class Form(NamedTuple):
    """One way to write the name of an entry; `weak` if it means other things as well."""

    text: str
    entry: Entry
    weak: bool


class Match(NamedTuple):
    """Words [first, last) of a text that spell the forms (several if entries share a name)."""

    first: int
    last: int
    forms: tuple[Form, ...]


@dataclass
class Gazetteer:
    """Forms by key, every beginning of a key, first names of persons (folded), and reports that speak for themselves."""

    forms: dict[str, list[Form]] = field(default_factory=dict)
    beginnings: set[str] = field(default_factory=set)
    first_names: frozenset[str] = frozenset()
    reports: dict[str, Entry] = field(default_factory=dict)  # name of a body -> the entry for its report

    def add(self, text: str, entry: Entry, *, weak: bool = False) -> None:
        """Add a form of an entry, once."""
        key = names.key(text)
        known = self.forms.setdefault(key, [])
        if key and not any(form.entry == entry and form.text == text for form in known):
            known.append(Form(text, entry, weak))
            self.beginnings.update(key[:length] for length in range(1, len(key) + 1))

    def of(self, text: str) -> list[Form]:
        """Forms that share the key of `text`."""
        return self.forms.get(names.key(text), [])

    def near(self, text: str) -> Entry | None:
        """The entry with a strong form one letter away from `text` (a slip), or None; short names and places have none."""
        key = names.key(text)
        if len(key) < _MIN_SLIP or not key.isalpha() or key in self.forms:
            return None
        found = {
            form.entry
            for part in (key, *_without_one(key))
            for other in self._slips.get(part, ())
            if other[0] == key[0] and other.rstrip("es") != key.rstrip("es") and _one_apart(key, other)
            for form in self.forms[other]
        }
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _slips(self) -> dict[str, set[str]]:
        """Keys by what is left of them without one letter, and by themselves."""
        slips: dict[str, set[str]] = {}
        for key, forms in self.forms.items():
            if len(key) >= _MIN_SLIP and not any(form.weak or form.entry.label in ("LOC", "MISC") for form in forms):
                for part in (key, *_without_one(key)):
                    slips.setdefault(part, set()).add(key)
        return slips

    def matches(self, text: str, words: Sequence[Word]) -> list[Match]:
        """Longest matches in a sentence, from left to right, without overlap.

        Args:
            text: the text in which the words lie.
            words: the words of one sentence.
        """
        found, first = [], 0
        while first < len(words):
            match = self._longest(text, words, first)
            if match is not None:
                found.append(match)
            first = match.last if match is not None else first + 1
        return found

    def _longest(self, text: str, words: Sequence[Word], first: int) -> Match | None:
        if not text[words[first].start].isalnum():
            return None
        longest, key = None, ""
        for last in range(first, len(words)):
            word = words[last]
            if not text[word.start].isalnum():
                if word.low not in _JOINERS or (word.low in "-–" and not _touches(text, word)):
                    break
                continue
            key += names.key(word.low)
            if key not in self.beginnings:
                break
            spelled = text[words[first].start : word.end]
            forms = tuple(form for form in self.forms.get(key, ()) if "\n" not in spelled and _spells(spelled, form))
            if forms and not _joined(text, words[first].start, word.end):
                longest = Match(first, last + 1, forms)
        return longest


def _touches(text: str, word: Word) -> bool:
    return not text[word.start - 1].isspace() and not text[word.end : word.end + 1].isspace()


def _joined(text: str, start: int, end: int) -> bool:
    """Whether a hyphen or point joins the span to more of a name: "Paris-Saclay", "France.tv"; "ex-" does not count."""
    before = _PREFIX.search(text, max(0, start - 20), start)
    return _SUFFIX.match(text, end) is not None or (
        before is not None and before[1].lower() not in ("ex", "anti", "pro", "non")
    )


def _without_one(key: str) -> Iterable[str]:
    return (key[:at] + key[at + 1 :] for at in range(len(key)))


def _one_apart(a: str, b: str) -> bool:
    """Whether one letter was changed, added or left out, or two neighbours swapped."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, char in enumerate(short) if char != long[i]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return short[at + 1 :] == long[at + 1 :] or (
        short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    )


def _spells(text: str, form: Form) -> bool:
    """Whether `text`, which has the key of the form, has its capitals, and a capital where it parts a word of the form.

    A weak form must be the same to the letter. Of an outlet with an article, the capitals of the article and of the word after
    it are enough, as in any French title: La Voix du nord.
    """
    if form.weak:
        return _straight(text) == _straight(form.text)
    if form.entry.label == "MEDIA" and _TITLE.match(form.text) and _TITLE.match(text):
        return True
    return not any(
        capital is False and wanted is not False
        for wanted, capital in zip(_capitals(form.text), _capitals(text), strict=True)
    )


def _straight(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _capitals(text: str) -> list[bool | None]:
    """For each letter or digit: True or False for a capital at the start of a word, None within words."""
    flags: list[bool | None] = []
    inside = False
    for char in text:
        if char.isalnum():
            flags += [None if inside else char.isupper()] + [None] * (len(names.key(char)) - 1)
        inside = char.isalnum()
    return flags


def load(path: Path, outlets: Iterable[Path] = (), first_names: Path | None = None) -> Gazetteer:
    """Read a gazetteer (CSV: name, label, aliases and weak forms separated by |, wikidata, note), outlet lists, first names.

    Raises:
        InputError: a file cannot be read, lacks a column, or has a row that cannot be, or a name that an earlier row of its type
            has (with line numbers).
    """
    made = Gazetteer(first_names=_first_names(first_names) if first_names is not None else frozenset())
    lines: dict[Entry, int] = {}
    for line, row in read_rows(path, _COLUMNS):
        name, label = row["name"], row["label"]
        if not names.key(name) or label not in LABELS:
            raise InputError(
                f"{path}, line {line}: expected a name and one of {', '.join(LABELS)}, found {name!r}, {label!r}"
            )
        entry = Entry(name, label, row["wikidata"] or None)
        if rival := _rival(made, row):
            raise InputError(
                f"{path}, line {line}: {rival.text} is a name of {rival.entry.name} on line {lines[rival.entry]} already, "
                "and no context could tell them apart"
            )
        lines[entry] = line
        _add(made, entry, row["aliases"], row["weak"])
        if row["note"].startswith(_REPORT_OF):
            made.reports[row["note"].removeprefix(_REPORT_OF)] = entry
    for outlet_list in outlets:
        for _, row in read_rows(outlet_list, ("name", "aliases")):
            if names.key(row["name"]) and not any(form.entry.label == "MEDIA" for form in made.of(row["name"])):
                _add(made, Entry(row["name"], "MEDIA"), row["aliases"], row["name"] if row.get("ambiguous") else "")
    return made


def _first_names(path: Path) -> frozenset[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    return frozenset(names.fold(name) for line in lines if not line.startswith("#") for name in line.split())


def _rival(made: Gazetteer, row: Mapping[str, str]) -> Form | None:
    """A form of an earlier entry of the same type that is found where a form of this row is."""
    weak = _split(row["weak"])
    earlier = ((text, form) for text in [row["name"], *_split(row["aliases"]), *weak] for form in made.of(text))
    return next(
        (
            form
            for text, form in earlier
            if form.entry.label == row["label"] and (form.text == text or not (form.weak and text in weak))
        ),
        None,
    )


def _add(made: Gazetteer, entry: Entry, aliases: str, weak: str) -> None:
    rare = set(_split(weak))
    forms = dict.fromkeys([entry.name, *_split(aliases), *_split(weak)])
    for form in forms:
        made.add(form, entry, weak=form in rare)
        if form.startswith(_HEADS):
            made.add(form[0].lower() + form[1:], entry, weak=form in rare)
    if entry.label == "LOC" and entry.name.startswith(CONTRACTED):
        made.add(entry.name.split(" ", 1)[1], entry, weak=True)
    for short in (_ARTICLE.sub("", form) for form in forms if entry.label == "MEDIA"):
        if not made.of(short):
            made.add(short, entry, weak=True)


def _split(cell: str) -> list[str]:
    return [form for part in cell.split("|") if (form := part.strip())]
