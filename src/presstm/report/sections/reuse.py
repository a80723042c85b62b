"""Section on reuse: families of articles that are one text, side by side with the shared passages marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from presstm.report import articles
from presstm.report.marks import WINDOW, Piece, Span, pieces
from presstm.report.material import Material, safe_name
from presstm.report.pages import Page, Section
from presstm.report.rows import Row


def families(material: Material) -> Section | None:
    """Clusters of two articles or more, the largest first, each with a page that sets its texts side by side."""
    if "reuse" not in material.tables:
        return None
    members: dict[str, list[str]] = defaultdict(list)
    for article_id in material.articles:
        members[material.cluster(article_id)].append(article_id)
    several = sorted((key for key in members if len(members[key]) > 1), key=lambda key: (-len(members[key]), key))
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in material.rows("reuse_passages"):
        pairs[row["a"], row["b"]].append(row)
    rows: list[dict[str, Any]] = []
    pages = []
    for key in several:
        page = f"reuse/{safe_name(key)}.html"
        outlets = sorted({material.outlet(material.articles[member]) for member in members[key]})
        head = material.articles.get(key) or material.articles[members[key][0]]
        days = sorted(row["published"] for row in (material.articles[m] for m in members[key]) if row["published"])
        wires = sorted({row["wire"] for row in (material.reuse.get(m, {}) for m in members[key]) if row.get("wire")})
        rows.append({"page": page, "head": head, "n": len(members[key]), "outlets": outlets, "wires": wires, "first": days[0] if days else None})  # fmt: skip
        among = [row for pair in combinations(sorted(members[key]), 2) for row in pairs.get(pair, ())]
        beside = partial(_values, material, key, members[key], pairs)
        pages.append(Page(page, "family.html", material.title(head), beside, _Depends(key, members[key], among)))
    top = max(material.settings.top, 25)
    more = Page("reuse/index.html", "families.html", material.words.text("section_families"), {"rows": rows})
    values = {
        "rows": rows[:top],
        "total": len(rows),
        "placements": sum(row["n"] for row in rows),
        "more": more.path if len(rows) > top else None,
    }
    return Section("families", values, (*pages, more) if len(rows) > top else tuple(pages))


@dataclass(frozen=True)
class _Depends:
    """What the page of a family depends on."""

    key: str
    members: Sequence[str]
    passages: Sequence[Row]

    def parts(self) -> Iterator[str]:
        yield from (self.key, repr(self.members), repr(self.passages))

    def articles(self) -> Sequence[str]:
        return self.members


def _values(material: Material, key: str, members: list[str], pairs: dict[tuple[str, str], list[Row]]) -> dict[str, Any]:
    return {
        "sides": [made for other in members if other != key and (made := _beside(material, key, other, members, pairs))],
        "members": [{"row": material.articles[m], "page": articles.path(m), "main": m == key} for m in members],
    }


def _beside(
    material: Material, main: str, other: str, members: list[str], pairs: dict[tuple[str, str], list[Row]]
) -> dict[str, Any] | None:
    """`other` beside the representative, or beside the first member that it shares a passage with."""
    for left in (main, *members):
        a, b = sorted((left, other))
        if left != other and (a, b) in pairs:
            passages = sorted(pairs[a, b], key=lambda row: (row["a_start"], row["b_start"]))
            sides = [_side(material, key, "a" if key == a else "b", passages) for key in (left, other)]
            return {"sides": sides, "passages": passages, "containment": passages[0]["containment"], "swapped": left != a}
    return None


def _side(material: Material, article_id: str, side: str, passages: list[Row]) -> dict[str, Any]:
    text = material.text(article_id, "body")
    spans = [Span(row[f"{side}_start"], row[f"{side}_end"], "passage", str(i + 1)) for i, row in enumerate(passages)]
    return {
        "row": material.articles[article_id],
        "page": articles.path(article_id),
        "paragraphs": _paragraphs(text, spans) if material.settings.text == "full" else _beginnings(material, text, spans),
        "spans": spans,
    }


def _paragraphs(text: str, spans: list[Span]) -> list[list[Piece]]:
    made, at = [], 0
    for paragraph in text.split("\n\n"):
        made.append(pieces(text, at, at + len(paragraph), spans))
        at += len(paragraph) + 2
    return made


def _beginnings(material: Material, text: str, spans: list[Span]) -> list[list[Piece]]:
    """With snippets, the beginning of each passage; without text, nothing."""
    if material.settings.text == "none":
        return []
    return [[*pieces(text, span.start, min(span.end, span.start + WINDOW), [span]), Piece(" …")] for span in spans]
