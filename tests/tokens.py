"""Tables sentences and tokens built by hand, without a language model, for sentences whose parts of speech a test gives."""

import re

from presstm import parts

_WORD = re.compile(r"\d+(?:[\u00a0\u202f ]\d{3})*(?:,\d+)?|\w+['’]|\w+(?:-\w+)*|[^\w\s]")
_POS = {
    "de": "ADP", "d": "ADP", "des": "ADP", "du": "ADP", "à": "ADP", "par": "ADP", "en": "ADP", "pour": "ADP", "dans": "ADP",
    "le": "DET", "la": "DET", "les": "DET", "ces": "DET", "un": "DET", "une": "DET", "et": "CCONJ", "ou": "CCONJ", "qui": "PRON",
    "que": "SCONJ", "il": "PRON", "elle": "PRON", "ils": "PRON", "dont": "PRON", "y": "PRON", "sont": "AUX", "est": "AUX",
}  # fmt: skip


def part(text, verbs="", others="", name="body"):
    """A part of one sentence; words are nouns unless they are in `verbs`, in `others` (adjectives, adverbs) or function words."""
    tokens = []
    for match in _WORD.finditer(text):
        word = match.group()
        low = word.lower().rstrip("'’")
        pos = "VERB" if low in verbs.split() else "ADJ" if low in others.split() else _POS.get(low, "NOUN")
        pos = "NUM" if word[0].isdigit() else "PUNCT" if not word[0].isalnum() else pos
        tokens.append(parts.Token(match.start(), match.end(), word, low, pos, "", "dep", len(tokens)))
    return parts.Part("a" * 16, name, text, [parts.Sentence(0, 0, len(text))], tokens, [])
