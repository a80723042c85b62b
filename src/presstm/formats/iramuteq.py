"""Corpora of IRaMuTeQ (and Alceste): before each text a line of starred variables, `**** *journal_leheron *date_20190524`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from presstm.formats import Item, Reject, table, text

_STARS = re.compile(r"^[ \t]*(?:\*{4}((?:[ \t]+\*.*)?)|\d{4}((?:[ \t]+\*[^\s*]+)+)[ \t]*)$", re.M)
_THEME = re.compile(r"^[ \t]*-\*.*$", re.M)


def is_corpus(content: str) -> bool:
    """Whether the first line of a text is one of starred variables."""
    return _STARS.match(content.lstrip("\ufeff\n\t ")) is not None


def read(content: str, columns: Mapping[str, str]) -> list[Item | Reject]:
    """Items and rejects, one for each line of stars; variables are told as columns of a table are."""
    return list(table.items(list(_rows(content)), columns, "iramuteq"))


def _rows(content: str) -> Iterator[dict[str, str]]:
    found = list(_STARS.finditer(content))
    ends = [match.start() for match in found[1:]] + [len(content)]
    for match, end in zip(found, ends, strict=True):
        paragraphs = text.paragraphs(_THEME.sub("", content[match.end() : end]))
        stars = dict(_variable(star) for star in re.findall(r"\*([^*]*[^\s*])", match[1] or match[2] or ""))
        variables = {name: value for name, value in stars.items() if value != "inconnu"}  # as exports write nothing
        title = {}
        if len(paragraphs) > 1 and text.looks_like_title(paragraphs[0]):
            title = {"titre": paragraphs.pop(0)}
        # "text" stands for the article whatever a variable of that name says
        yield {**title, **variables, **_day(variables), "text": "\n".join(paragraphs)}


def _variable(star: str) -> tuple[str, str]:
    """Name and modality; an underscore in a modality stands for a space, where it parts no digits."""
    name, _, value = star.partition("_")
    return name.lower(), re.sub(r"(?<!\d)_|_(?!\d)", " ", value)


def _day(variables: Mapping[str, str]) -> dict[str, str]:
    """The day of variables for year, month and day; or what is known of it."""
    year, month, day = (variables.get(name, "") for name in ("annee", "mois", "jour"))
    digits = re.sub(r"\D", "", month)
    month = digits[4:] if len(digits) == 6 else digits
    printed = next((variables[name] for name in ("date", "published") if name in variables), "")
    if re.fullmatch(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d", printed):
        return {"date": f"{printed[4:]}-{printed[2:4]}-{printed[:2]}"}
    if printed:
        return {"date": re.sub(r"(?<=\d)_(?=\d)", "-", printed)}
    return {"date": "-".join(filter(None, (year, month, day)))} if year else {}
