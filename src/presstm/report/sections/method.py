"""Sections on how to read the numbers (units, intervals, the codebook), and on what they were made with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from presstm.codebook import in_language
from presstm.report.material import Material
from presstm.report.pages import Section
from presstm.theming import deciders


def method(material: Material) -> Section:
    """The codebook's definitions, and what the numbers count."""
    language = material.settings.language
    rows = [
        {
            "name": material.theme_name(theme.key),
            "key": theme.key,
            "definition": in_language(theme.definition, language),
            "out": in_language(theme.out, language),
            "rules": len(theme.rules),
        }
        for theme in material.codebook
    ]
    decides, alone = deciders.of(material.origin.settings.themes.method, material.origin.decided_by)
    unknown = ", ".join(material.theme_name(theme) for theme in material.themes if theme in alone)
    return Section("method", {"themes": rows, "decides": decides, "alone": unknown})


def made(material: Material) -> Section:
    """Versions, settings with seeds, and hashes of inputs and tables."""
    origin = material.origin
    listed = sorted((row["source"], row["sha256"]) for row in material.articles.values())
    digest = hashlib.sha256("".join(f"{content}  {source}\n" for source, content in listed).encode("utf-8", "replace"))
    settings = origin.settings.model_copy(update={"report": material.settings})
    tables = [
        ("versions", ("program", "version"), sorted(origin.versions.items())),
        ("settings", ("setting", "value"), list(_flat(settings.model_dump(mode="json", exclude={"engine"})))),
        ("hashes", ("file", "value"), list(origin.files.items())),
    ]
    values = {
        "kept": len(listed),
        "corpus": digest.hexdigest() if listed else None,
        "tables": [(key, names, rows) for key, names, rows in tables if rows],
    }
    return Section("made", values)


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Settings as (`stage.key`, value as in YAML's flow style)."""
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
