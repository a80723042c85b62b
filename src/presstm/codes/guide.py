"""What coders read before they code: the definitions of the codebook, without its rules, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from presstm.codebook import Theme, in_language
from presstm.theming.theme_keys import NONE

_WORDS = {
    "fr": {
        "head": "# Grille de codage\n\nUnité : la phrase, lue avec le titre et la phrase qui la précède. Une phrase peut porter plusieurs thèmes.",
        "inside": "Relève du thème",
        "out": "N’en relève pas",
        "borderline": "Cas limites",
        NONE: "aucun de ces thèmes. Une phrase sans marque compte comme non codée.",
    },
    "en": {
        "head": "# Codebook\n\nThe unit is a sentence, read with the title and the sentence before. A sentence may carry several themes.",
        "inside": "In",
        "out": "Out",
        "borderline": "Borderline",
        NONE: "none of these themes. A sentence without any mark counts as not coded.",
    },
}


def markdown(themes: Sequence[Theme], language: str) -> str:
    """The themes under their keys, which are what coders mark, and `none`."""
    words = _WORDS[language]
    colon = "\u00a0: " if language == "fr" else ": "
    parts = [words["head"]]
    for theme in themes:
        name = in_language(theme.name, language)
        parts.append(f"## {theme.key}{colon}{name}" if name else f"## {theme.key}")
        parts.append(in_language(theme.definition, language).strip())
        for part in ("inside", "out", "borderline"):
            if text := in_language(getattr(theme, part), language).strip():
                parts.append(f"**{words[part]}{colon.rstrip(' ')}** {text}")
    parts += [f"## {NONE}", words[NONE][:1].upper() + words[NONE][1:]]
    return "\n\n".join(filter(None, parts)) + "\n"
