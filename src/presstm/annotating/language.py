"""The spaCy model: loaded once per process, made fast without changing what it says, fed only what it can digest."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from presstm.annotating import quick_load
from presstm.errors import InputError

_LONG_WORD = re.compile(r"\S{251,}")
_PIECE = 250  # characters; the tokenizer is quadratic on repeated affixes without a space

# Invented; holds what the components differ on: names, numbers, quotations, elisions, verbs, questions, a list.
_CHECK_TEXT = """Les annotatrices d'Ormeval réclament 1 250 euros par mois, selon la préfète Odile Ferrandon.
« Nous n'avons jamais signé de contrat », explique Maxence Ruellan, 34 ans, salarié de la société Cartelle à Villebrume.
Depuis 2018, près de 40 % des tâches étaient payées moins de 2,50 € de l'heure ; aucune loi ne les encadre.
Qui entraîne donc les machines ? Des étudiantes, des retraités, des mères au foyer, répondent trois sociologues.
L'entreprise Nuagis, qui avait racheté Cartelle, s'est engagée auprès du ministère du Travail à mieux payer."""


@dataclass(frozen=True)
class Language:
    """A loaded model. `fast` is False where the fast configuration failed its check and was taken back."""

    nlp: Any
    fast: bool


def check(name: str, version: str) -> None:
    """Check that the model is installed in the wanted version, without loading it.

    Raises:
        InputError: it is not; the message says what to install.
    """
    package = name.replace("_", "-")
    wanted = f"pip install {package}=={version}"
    try:
        installed = metadata.version(package)
    except metadata.PackageNotFoundError:
        raise InputError(f"the language model {name} is not installed: {wanted}") from None
    if installed != version:
        raise InputError(
            f"the language model {name} is installed in version {installed}, annotate.version asks for {version}: "
            f"change the setting, or {wanted}"
        )


@functools.cache
def load(name: str) -> Language:
    """Load the model and make it fast, if a fixed text comes out the same; else leave it as it is.

    Fast means numpy's matrix products instead of BLIS (two to three times quicker here) and sets in place of the
    lemmatizer's long lists. Rounding may differ, hence the check.
    """
    nlp = quick_load.load(name)
    before = _fingerprint(nlp)
    take_back = make_fast(nlp)
    same = _fingerprint(nlp) == before
    if not same:
        take_back()
    return Language(nlp, same)


def make_fast(nlp: Any) -> Callable[[], None]:
    """Change `nlp` in place to the fast configuration; the function returned takes it back."""
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    ops, old_ops = NumpyOps(use_blis=False), get_current_ops()
    nodes = [
        (node, node.ops)
        for _, component in nlp.pipeline
        if hasattr(getattr(component, "model", None), "walk")
        for node in component.model.walk()
    ]
    index = _lemma_index(nlp)
    old_index = dict(index)
    set_current_ops(ops)
    for node, _ in nodes:
        node.ops = ops
    for pos, words in old_index.items():
        index[pos] = frozenset(words)

    def take_back() -> None:
        set_current_ops(old_ops)
        for node, old in nodes:
            node.ops = old
        for pos, words in old_index.items():
            index[pos] = words

    return take_back


def _lemma_index(nlp: Any) -> Any:
    if "lemmatizer" not in nlp.pipe_names:
        return {}
    lookups = nlp.get_pipe("lemmatizer").lookups
    return lookups.get_table("lemma_index") if lookups.has_table("lemma_index") else {}


def _fingerprint(nlp: Any) -> list[tuple[Any, ...]]:
    if "lemmatizer" in nlp.pipe_names:
        nlp.get_pipe("lemmatizer").cache.clear()
    return [
        (token.lemma_, token.pos_, str(token.morph), token.dep_, token.head.i, token.ent_iob_, token.ent_type_)
        for doc in nlp.pipe(_CHECK_TEXT.split("\n"))
        for token in doc
    ]


def make_doc(nlp: Any, text: str) -> Any:
    """Tokenize `text` without loss; a stretch of over 250 characters without a space is tokenized in pieces."""
    if not _LONG_WORD.search(text):
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    for piece in _cut_long_words(text):
        doc = nlp.make_doc(piece)
        words.extend(token.text for token in doc)
        spaces.extend(bool(token.whitespace_) for token in doc)
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _cut_long_words(text: str) -> Iterator[str]:
    position = 0
    for match in _LONG_WORD.finditer(text):
        if match.start() > position:
            yield text[position : match.start()]
        for start in range(match.start(), match.end(), _PIECE):
            yield text[start : min(start + _PIECE, match.end())]
        position = match.end()
    if position < len(text):
        yield text[position:]


def annotate(nlp: Any, docs: Iterable[Any], tokens: int) -> Iterator[Any]:
    """Run every component on tokenized `docs`, in groups of about `tokens` tokens: memory grows with the group."""
    group: list[Any] = []
    size = 0
    for doc in docs:
        if group and size + len(doc) > tokens:
            yield from _run(nlp, group)
            group, size = [], 0
        group.append(doc)
        size += len(doc)
    yield from _run(nlp, group)


def _run(nlp: Any, group: Sequence[Any]) -> Iterator[Any]:
    yield from nlp.pipe(group, batch_size=len(group) or 1)


@functools.cache
def ranks(name: str) -> Callable[[str], float]:
    """Standing of a word form among the model's vectors, which are sorted by frequency; infinity without a vector."""
    import numpy as np

    vocab = load(name).nlp.vocab
    table = vocab.vectors.key2row
    keys = np.fromiter(table, dtype=np.uint64, count=len(table))
    order = np.argsort(keys)
    ordered = keys[order]

    def rank(form: str) -> float:
        key = np.uint64(vocab.strings[form])
        at = int(np.searchsorted(ordered, key))
        return float(order[at]) if at < len(ordered) and ordered[at] == key else float("inf")

    return rank
