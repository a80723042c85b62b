"""Whether what stands between marks is the title of a work, a name or a label, by the words around it."""

from __future__ import annotations

import re

from presstm.clauses import Clauses
from presstm.guillemets import Quoted

_METALANGUAGE = frozenset(
    "mot mots terme termes expression formule mention notion concept slogan hashtag label titre".split()
)
_LABELS = frozenset("dit dite dits dites soi-disant prétendu prétendue prétendus prétendues".split())
_EDITED = frozenset("publier lire écrire présenter".split())
_REFERS = re.compile(r"(?:\(|\A|\n)\W*(?:(?:à )?(?:re)?(?:lire|voir|écouter)|cf)\b[^.;:!?()«»\n]*:?[^.;:!?()«»\n]*\Z", re.I)
_SENTENCE_END = re.compile(r"[.!?…]\Z")


def is_reference(text: str, span: Quoted) -> bool:
    """Whether the marks hold the title of another article that a line or a bracket refers to: (lire aussi « … »)."""
    return _REFERS.search(text[max(0, span.outer_start - 80) : span.outer_start]) is not None


def names_a_work(clauses: Clauses, span: Quoted) -> bool:
    """Whether a word for works, names or labels introduces the marks, or a year of publication follows them."""
    words, text = clauses.part.words, clauses.part.text
    if re.match(r"\s?,?\s?\([^)\n]{0,60}\b(?:19|20)\d\d\)", text[span.outer_end : span.outer_end + 80]):
        return True
    capital = text[span.start].isupper() or text[span.start] == "#"
    clause = clauses.before(span.outer_start)[-6:]
    near = [words[index].low for index in clause]
    says = bool(near) and clauses.is_finite(words[clause[-1]]) and not {"on", "personne"} & set(near)
    if (
        near
        and capital
        and clauses.cues.forms.get(near[-1]) in _EDITED
        and not _SENTENCE_END.search(text[span.start : span.end])
    ):
        return True
    if near and near[-1] in _LABELS and not says:
        return True
    for index in reversed(clause):
        low = words[index].low
        if low in clauses.cues.naming and not clauses.calls_for(index):
            return True
        if low in clauses.cues.works and index >= clause[-1] - 2 and (capital or low in _METALANGUAGE):
            return True
        if low in (",", ":", ";"):
            break
        if clauses.is_finite(words[index]):
            break
    return bool(
        re.match(
            r",? (?:un|une|son|le|la|l[’']|premier|nouveau)?\s?(?:livre|ouvrage|essai|roman|film|documentaire|album)\b",
            text[span.outer_end : span.outer_end + 40],
        )
    )
