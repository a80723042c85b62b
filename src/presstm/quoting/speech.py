"""The words that introduce speech (`models/cues.yml`): verbs with their forms, prepositions, what people and documents are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presstm import settings
from presstm.errors import SettingsError

_LISTS = (
    "verbs",
    "adjacent_only",
    "doing",
    "judging",
    "naming",
    "prepositions",
    "roles",
    "groups",
    "documents",
    "papers",
    "bodies",
    "firms",
    "outlets",
    "works",
)


@dataclass(frozen=True)
class Cues:
    """The words of cues.yml, ready for look-up; all in lower case."""

    forms: Mapping[str, str]  # form of a speech verb -> infinitive
    finite: frozenset[str]  # forms that need no auxiliary, infinitives and present participles included
    participles: frozenset[str]  # past participles; "dit" is in both
    adjacent_only: frozenset[str]  # infinitives
    doing: frozenset[str]  # infinitives
    judging: frozenset[str]  # infinitives
    naming: frozenset[str]  # forms
    prepositions: tuple[tuple[str, ...], ...]  # each as the words of parts.Part.words
    roles: tuple[str, ...]  # beginnings of words
    groups: frozenset[str]
    documents: frozenset[str]
    papers: frozenset[str]
    bodies: frozenset[str]
    firms: frozenset[str]
    outlets: frozenset[str]
    works: frozenset[str]
    genders: Mapping[str, str]  # first name -> Fem or Masc
    study: str | None = None  # name of the entity whose report the corpus covers
    study_bodies: tuple[str, ...] = ()  # names of the bodies that made the study


def load(path: Path) -> Cues:
    """Read the lists.

    Raises:
        SettingsError: a list is unknown or not of words; there are no verbs; a verb is no infinitive and has no forms.
    """
    raw = settings.read_yaml(path)
    if not isinstance(raw, dict):
        raise SettingsError(f"{path}: expected the keys {', '.join(_LISTS)}")
    if unknown := sorted(set(map(str, raw)) - {*_LISTS, "irregular", "first_names", "study", "study_bodies"}):
        raise SettingsError(f"{path}: unknown key {unknown[0]}")
    words = {name: _words(path, name, raw.get(name, [])) for name in _LISTS}
    irregular = _texts(path, "irregular", raw.get("irregular", {}))
    first_names = _texts(path, "first_names", raw.get("first_names", {}))
    if wrong := sorted(set(first_names) - {"f", "m"}):
        raise SettingsError(f"{path}: first_names: unknown key {wrong[0]} (known: f, m)")
    study = raw.get("study")
    if not isinstance(study, str | None):
        raise SettingsError(f"{path}: study: expected the name of an entity")
    study_bodies = raw.get("study_bodies", [])
    if not isinstance(study_bodies, list) or not all(isinstance(name, str) for name in study_bodies):
        raise SettingsError(f"{path}: study_bodies: expected a list of names of entities")
    if not words["verbs"]:
        raise SettingsError(f"{path}: verbs: at least one verb is needed, or no quotation is introduced")
    forms, finite, participles = _forms(path, words["verbs"], irregular)
    naming = {form for verb in words["naming"] for form, _ in conjugate(verb)}
    return Cues(
        forms=forms,
        finite=frozenset(finite),
        participles=frozenset(participles),
        adjacent_only=frozenset(words["adjacent_only"]),
        doing=frozenset(words["doing"]),
        judging=frozenset(words["judging"]),
        naming=frozenset(naming),
        prepositions=tuple(tuple(re.findall(r"\w+|[^\w\s]", text)) for text in words["prepositions"]),
        roles=tuple(words["roles"]),
        groups=frozenset(words["groups"]),
        documents=frozenset(words["documents"]),
        papers=frozenset(words["papers"]),
        bodies=frozenset(words["bodies"]),
        firms=frozenset(words["firms"]),
        outlets=frozenset(words["outlets"]),
        works=frozenset(words["works"]),
        genders={
            name.lower(): gender
            for key, gender in (("f", "Fem"), ("m", "Masc"))
            for name in first_names.get(key, "").split()
        },
        study=study,
        study_bodies=tuple(study_bodies),
    )


def _words(path: Path, name: str, raw: Any) -> list[str]:
    texts = raw if isinstance(raw, list) else [raw]
    if not all(isinstance(text, str) for text in texts):
        raise SettingsError(f"{path}: {name}: expected a list of words")
    return [word.strip().lower().replace("’", "'") for text in texts for word in text.split(",") if word.strip()]


def _texts(path: Path, name: str, raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict) or not all(isinstance(text, str) for text in raw.values()):
        raise SettingsError(f"{path}: {name}: expected one line of words per key")
    return {str(key): text for key, text in raw.items()}


def _forms(path: Path, verbs: Sequence[str], irregular: Mapping[str, str]) -> tuple[dict[str, str], set[str], set[str]]:
    forms: dict[str, str] = {}
    finite: set[str] = set()
    participles: set[str] = set()
    for verb in sorted(set(verbs)):
        if verb in irregular:
            simple, _, compound = irregular[verb].lower().partition("|")
            conjugated = [(form, False) for form in simple.split()] + [(form, True) for form in compound.split()]
        elif verb.endswith(("er", "ir")):
            conjugated = list(conjugate(verb))
        else:
            raise SettingsError(f"{path}: verbs: {verb} does not end in -er or -ir; list its forms under irregular")
        for form, participle in [(verb, False), *conjugated]:
            forms.setdefault(form, verb)
            (participles if participle else finite).add(form)
    return forms, finite, participles


def conjugate(verb: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, whether it is a past participle) of a regular verb in -er or -ir, third person and participles.

    For verbs that change their stem (appeler, révéler, espérer) both spellings in use are given.
    """
    stem = verb[:-2]
    if verb.endswith("ir"):
        for ending in ("it", "issent", "issait", "issaient", "ira", "iront", "irait", "iraient", "irent", "issant"):
            yield stem + ending, False
        for ending in ("i", "ie", "is", "ies"):
            yield stem + ending, True
        return
    soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1:], stem)  # before a and o
    for strong in _strong_stems(stem):
        for ending in ("e", "ent"):
            yield strong + ending, False
        for ending in ("era", "eront", "erait", "eraient"):
            yield strong + ending, False
    for ending in ("era", "eront", "erait", "eraient", "èrent"):
        yield stem + ending, False
    for ending in ("ait", "aient", "a", "ant"):
        yield soft + ending, False
    for ending in ("é", "ée", "és", "ées"):
        yield stem + ending, True


def _strong_stems(stem: str) -> Iterator[str]:
    """Stems before a silent e: appell-, révèl-, balai-."""
    yield stem
    match = re.fullmatch(r"(.*)([eé])([^aâeéèêiîoôuûy]{1,2})", stem)
    if match:
        yield f"{match[1]}è{match[3]}"
    if stem.endswith(("el", "et")):
        yield stem + stem[-1]
    if stem.endswith("y"):
        yield stem[:-1] + "i"
