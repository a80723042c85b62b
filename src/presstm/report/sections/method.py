"""Section on how to read the numbers: units, intervals, the codebook."""

from __future__ import annotations

from presstm.report.material import Material
from presstm.report.pages import Section


def method(material: Material) -> Section:
    """The codebook's definitions, and what the numbers count."""
    language = material.settings.language
    rows = [
        {
            "name": material.theme_name(theme.key),
            "key": theme.key,
            "definition": theme.definition.get(language, ""),
            "out": theme.out.get(language, ""),
            "rules": len(theme.rules),
        }
        for theme in material.codebook
    ]
    return Section("method", {"themes": rows})
