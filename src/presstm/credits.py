"""The news agency that a text credits: in its byline, its dateline or its signature, never in a sentence that cites it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from presstm import outlets

_LINES = 3  # lines at the start and at the end of a text in which a credit may stand
_MAX_WORDS = 14
_TOKEN = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_PICTURE = re.compile(r"photos?\b|photograph|image|illustration|vidéo|infographi|dessin|crédits?\b|picture", re.IGNORECASE)
_PICTURE_RIGHTS = re.compile(r"©(?!\s*(?:copyright\s*)?(?:\d{4}|tous))", re.IGNORECASE)  # "© AFP", but not "© 2019 AFP"
_CITED = re.compile(r"(?:\b(?:selon|pour|chez|de|du|à|que)\s+(?:l['’]\s?)?|\bqu['’]|^l['’]\s?)$", re.IGNORECASE)
_CREDITED = re.compile(r"\b(?:avec|par|sources?|via|with)\b[\s:]*(?:l['’]\s?|les?\s+|agences?\s+)*$", re.IGNORECASE)
_CREDIT_WORDS = frozenset(
    "par avec et source sources agence agences rédaction la le les l service dépêche copyright tous droits réservés publié "
    "mis mise à jour modifié heure heures h ligne en new news de des du web presse y compris via from by with and "
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre "
    "novembre décembre propos recueillis nos services correspondance correspondant correspondante com fr www".split()
)


@dataclass(frozen=True)
class Agency:
    """A news agency and every form of its name that credits use."""

    name: str
    forms: tuple[str, ...]


def agencies(lists: Iterable[Path]) -> tuple[Agency, ...]:
    """The agencies (kind = agency) of outlet lists.

    Raises:
        InputError: a list cannot be read or lacks a column.
    """
    forms: dict[str, dict[str, None]] = {}
    for row in outlets.rows(lists):
        if row["kind"] == "agency" and row["name"]:
            forms.setdefault(row["name"], {}).update(dict.fromkeys(outlets.names(row)))
    return tuple(Agency(name, tuple(known)) for name, known in sorted(forms.items()))


def credit(text: str, authors: Sequence[str], outlet: str | None, known: Sequence[Agency]) -> str | None:
    """Name of the agency that the article credits (the first named, if several), or None.

    A credit is: the outlet itself; an agency among the authors; "(AFP)" or "Paris (AFP) -" at the very start; "(AFP)" or
    "(avec AFP)" at the very end; or a line of its own among the first or last three that holds nothing but names and the
    words of credits. Names in short capitals count in capitals only, but for "(ats)" and "ats/afp" standing alone.
    Picture credits do not count.
    """
    if not known:
        return None
    names = _names(tuple(known))
    for author in authors:
        if found := names.find(author):
            return found
    if outlet and (found := names.exact(outlet)):
        return found
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return None
    for line in dict.fromkeys([*lines[:_LINES], *reversed(lines[-_LINES:])]):
        if found := _own_line(line, outlet, names):
            return found
    for line in lines[len(lines) // 2 :]:  # a signature may be followed by what extraction left of the page
        if found := _only_names(line, names):
            return found
    return _dateline(lines, names) or _signature(lines[-1], outlet, names)


@functools.lru_cache(4)
def _names(known: tuple[Agency, ...]) -> _Names:
    return _Names(known)


class _Names:
    """Finds names of agencies in a short string."""

    def __init__(self, known: Sequence[Agency]) -> None:
        self.by_form = {form: agency.name for agency in known for form in agency.forms}
        self.by_lower = {form.casefold(): name for form, name in self.by_form.items()}
        ordered = sorted(self.by_form, key=lambda form: (-len(form), form))
        parts = [re.escape(form) if _short(form) else f"(?i:{re.escape(form)})" for form in ordered]
        self.pattern = re.compile(rf"(?<![\w@#])(?:{'|'.join(parts)})(?![\w])") if parts else re.compile(r"(?!)")

    def find(self, string: str) -> str | None:
        match = self.pattern.search(string)
        return self.name(match.group()) if match else None

    def name(self, form: str) -> str:
        return self.by_form.get(form) or self.by_lower[form.casefold()]

    def exact(self, string: str) -> str | None:
        return self.by_form.get(string.strip()) or self.by_lower.get(string.strip().casefold())


def _short(form: str) -> bool:
    return len(form) <= 5


def _own_line(line: str, outlet: str | None, names: _Names) -> str | None:
    """A line that is nothing but a credit: "AFP", "ats/afp", "Source : AFP", "Jeanne Morvan avec AFP", "© 2019 AFP"."""
    if len(line) > 200 or len(line.split()) > _MAX_WORDS or line.endswith(("?", "!", "…")):
        return None
    if _PICTURE.search(line) or _PICTURE_RIGHTS.search(line):
        return None
    if found := _only_names(line, names):
        return found
    match = names.pattern.search(line)
    if match is None or _CITED.search(line[: match.start()]):
        return None
    words = _TOKEN.findall(names.pattern.sub(" ", line.replace(outlet, " ") if outlet else line))
    named = bool(_CREDITED.search(line[: match.start()]))
    if all(word.casefold() in _CREDIT_WORDS or word[0].isdigit() or (named and word[0].isupper()) for word in words):
        return names.name(match.group())
    return None


def _only_names(line: str, names: _Names) -> str | None:
    """Agencies and what joins them, in any case: "(ats)", "ats/afp", "AFP et Reuters"."""
    parts = [part.strip(" .") for part in re.split(r"[/,;&+()\[\]–—-]|\bet\b|\bavec\b", line)]
    found = [names.exact(part) for part in parts if part]
    return found[0] if found and all(found) else None


def _dateline(lines: Sequence[str], names: _Names) -> str | None:
    """The start of a text: "(AFP) - …", "Paris (AFP) …", "PARIS, 24 mai (Reuters) - …", "AFP - …"."""
    for line in lines[:2]:
        head = line[:160]
        match = re.match(r"([^()\[\].!?]{0,70})[(\[]([^()\[\]]{2,40})[)\]]", head)
        if match and (found := _only_names(match.group(2), names)):
            place = _TOKEN.findall(match.group(1))
            if all(word[0].isupper() or word[0].isdigit() or word.casefold() in _CREDIT_WORDS for word in place):
                return found
        match = names.pattern.match(head)
        if match and re.match(r"\s*[-–—:|]\s", head[match.end() :]):
            return names.name(match.group())
    return None


def _signature(line: str, outlet: str | None, names: _Names) -> str | None:
    """The end of a text: "… (AFP)", "… (avec AFP)", "… (Le Courrier avec ATS)"."""
    match = re.search(r"[(\[]([^()\[\]]{2,60})[)\]]\s*\.?$", line[-80:])
    return _own_line(match.group(1), outlet, names) if match else None
