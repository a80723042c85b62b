"""Quality and speed of the extraction of text from French press pages with a gold standard.

PATH is a folder with index.json, a list of pages: `file`, `url`, `core` (paragraphs to find) and `opt` (neither required nor
punished). Token F1 compares multisets of words per page, snippet F1 whole paragraphs: a core paragraph is found if the text holds
at least 80 % of its words in one paragraph or in a row; a paragraph of the text is right if core or optional text holds it. Both
are means over pages; intervals are percentiles of 1,000 resamples of pages. Speed is in processor time, one process, pages already read
from disk, decoding included; the first system is its yardstick. The systems of presstm find the metadata too.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from presstm.pages import decode

_SHINGLE = 4


@dataclass(frozen=True)
class Score:
    """Scores of one page."""

    precision: float
    recall: float
    token: float
    snippet: float


def takes(path: Path) -> bool:
    """Whether `path` is a folder of pages with a gold standard."""
    return (path / "index.json").is_file()


def main(path: str | None) -> None:
    """Print one line per system."""
    if path is None or not takes(Path(path)):
        print("needs a folder of pages with index.json: make bench BENCH=FOLDER")
        return
    folder = Path(path)
    gold = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    pages = [((folder / row["file"]).read_bytes(), row.get("url")) for row in gold]
    print(
        f"{len(pages)} pages\n{'system':<14} token F1 [95 %]         P     R     snippet F1 [95 %]       <.8  pages/s  speed"
    )
    yardstick = None
    for name, system in SYSTEMS.items():
        system(*pages[0])  # imports and first-call costs are not the speed
        start = time.process_time()
        texts = [system(*page) for page in pages]
        speed = len(pages) / (time.process_time() - start)
        yardstick = yardstick or speed
        scores = [score(text, row["core"], row.get("opt") or []) for text, row in zip(texts, gold, strict=True)]
        token, snippet = ([getattr(one, what) for one in scores] for what in ("token", "snippet"))
        print(
            f"{name:<14} {_interval(token)}  {_mean([s.precision for s in scores]):.3f} {_mean([s.recall for s in scores]):.3f} "
            f"{_interval(snippet)}  {_mean([s.token < 0.8 for s in scores]):4.0%} {speed:8.1f} {speed / yardstick:6.2f}",
            flush=True,
        )


def words(text: str) -> list[str]:
    """Words, in lower case."""
    return re.findall(r"\w+", decode.clean(text).lower())


def score(text: str, core: Sequence[str], optional: Sequence[str]) -> Score:
    """Score an extracted text against the paragraphs of the gold standard."""
    found, wanted = Counter(words(text)), Counter(words(" ".join(core)))
    allowed = Counter(words(" ".join(optional)))
    right = (found & wanted).total()
    wrong = (found - wanted - allowed).total()
    precision, recall = right / max(1, right + wrong), right / max(1, wanted.total())
    return Score(precision, recall, _f1(precision, recall), _snippet_f1(text, core, optional))


def _snippet_f1(text: str, core: Sequence[str], optional: Sequence[str]) -> float:
    snippets = [snippet for snippet in map(words, core) if len(snippet) >= 3]
    blocks = [block for block in map(words, text.split("\n")) if len(block) >= 3]
    in_text, in_gold = _shingles(words(text)), _shingles(words(" ".join(core))) | _shingles(words(" ".join(optional)))
    for one in (*core, *optional):
        in_gold |= _shingles(words(one))
    recall = _mean([_held(snippet, in_text) for snippet in snippets])
    precision = _mean([_held(block, in_gold) for block in blocks])
    return _f1(precision, recall)


def _shingles(found: Sequence[str]) -> set[tuple[str, ...]]:
    size = min(_SHINGLE, len(found))
    return {tuple(found[start : start + size]) for start in range(len(found) - size + 1)} | (
        {tuple(found[start : start + 3]) for start in range(len(found) - 2)}
    )


def _held(snippet: Sequence[str], shingles: set[tuple[str, ...]]) -> bool:
    own = _shingles(snippet)
    return len(own & shingles) >= 0.8 * len(own)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _interval(values: Sequence[float]) -> str:
    chance = random.Random(0)
    means = sorted(_mean(chance.choices(values, k=len(values))) for _ in range(1000))
    return f"{_mean(values):.3f} [{means[25]:.3f}, {means[974]:.3f}]"


def _trafilatura(data: bytes, url: str | None) -> str:
    import trafilatura

    return trafilatura.extract(decode.decode(data)[0], include_comments=False) or ""


def _readability(data: bytes, url: str | None) -> str:
    import logging

    from lxml import html
    from readability import Document

    logging.getLogger("readability.readability").setLevel(logging.CRITICAL)
    summary = html.fromstring(Document(decode.decode(data)[0]).summary(html_partial=True))
    return "\n".join(" ".join(block.text_content().split()) for block in summary.iter("p", "h2", "h3", "h4", "li", "pre"))


def _presstm(profile: str) -> Callable[[bytes, str | None], str]:
    def system(data: bytes, url: str | None) -> str:
        from presstm.formats import Item, html_page

        results = html_page.read(decode.clean(decode.decode(data)[0]), url, profile)
        return "\n\n".join(item.text for item in results if isinstance(item, Item))

    return system


SYSTEMS: dict[str, Callable[[bytes, str | None], str]] = {
    "trafilatura": _trafilatura,
    "readability": _readability,
    "presstm fast": _presstm("fast"),
    "presstm best": _presstm("best"),
}
