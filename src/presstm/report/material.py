"""What the sections are made from: the tables of a study, with the look-ups that several sections need."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import tables
from presstm.codebook import CLASSIFIER, Theme
from presstm.facts import Fact
from presstm.report.layout import Bools, Ints, Layout, layout, places, whole
from presstm.report.marks import WINDOW, Span, shown
from presstm.report.origin import Origin
from presstm.report.rows import ByArticle, Row, decoded
from presstm.report.wording import Wording
from presstm.settings import ReportSettings, TopicsSettings

_SAFE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
MAX_THEMES = 8  # colours that stay apart
_KEPT = 256  # texts that stay decoded
_SHARD = 400_000  # characters of text per file of sentences


@dataclass(frozen=True)
class Material:
    """The tables, the codebook, the known facts and the settings of one report, what it is made from, and the content cache."""

    tables: Mapping[str, pa.Table]
    codebook: Sequence[Theme]
    facts: Mapping[str, Fact]
    settings: ReportSettings
    origin: Origin = field(default_factory=Origin)
    cache: Path | None = None

    @property
    def topics(self) -> TopicsSettings:
        """How words were counted."""
        return self.origin.settings.topics

    @cached_property
    def words(self) -> Wording:
        """How the report's language writes things."""
        return Wording(self.settings.language)

    def rows(self, name: str, column: str = "", value: str = "") -> list[dict[str, Any]]:
        """Rows of a table, or those with `value` in `column`; none if the table is absent."""
        if name not in self.tables:
            return []
        table = self.tables[name]
        return decoded(table.filter(pc.equal(table[column], value)) if column else table)

    def count(self, name: str) -> int:
        """Number of rows of a table."""
        return len(self.tables[name]) if name in self.tables else 0

    @cached_property
    def articles(self) -> dict[str, Row]:
        """article_id -> row without its text, ordered by day, then outlet, then title."""
        if "articles" not in self.tables:
            return {}
        rows = decoded(self.tables["articles"].drop_columns(["text"]))
        rows.sort(key=lambda row: (row["published"] is None, str(row["published"]), row["outlet"] or "", row["article_id"]))
        return {row["article_id"]: row for row in rows}

    @cached_property
    def place(self) -> dict[str, int]:
        """article_id -> its number among `articles`."""
        return {article_id: number for number, article_id in enumerate(self.articles)}

    def by_article(self, name: str) -> ByArticle:
        """Rows by article of a table whose key begins with the article, or of `present`, in the order of the table."""
        if name not in self._by_article:
            self._by_article[name] = ByArticle(self.present if name == "present" else self.tables.get(name))
        return self._by_article[name]

    @cached_property
    def _by_article(self) -> dict[str, ByArticle]:
        return {}

    def table(self, name: str) -> pa.Table:
        """A table; empty if it is absent."""
        return self.tables[name] if name in self.tables else tables.empty(name)

    def among(self, name: str, column: str, wanted: Iterable[str]) -> pa.ChunkedArray:
        """For each row of a table, whether its value in `column` is wanted."""
        return pc.is_in(self.table(name)[column], pa.array(sorted(wanted), pa.string()))

    @cached_property
    def said(self) -> pa.ChunkedArray:
        """For each row of quotes, whether it is a quotation and no term."""
        return pc.not_equal(self.table("quotes")["kind"], "term")

    def each(self, name: str, order: Mapping[str, int], chosen: pa.ChunkedArray | None = None) -> pa.Table:
        """Rows of a table, or those `chosen`, by the place of their article in `order`, and within it as in the table.

        The column `place` holds that place, `number` the row's number among all rows of the article.
        """
        table = self.table(name)
        place = places(table, list(order))
        first = np.flatnonzero(np.diff(place, prepend=-2))
        number = np.arange(len(place)) - np.repeat(first, np.diff(first, append=len(place)))
        kept = place >= 0 if chosen is None else (place >= 0) & chosen.fill_null(False).to_numpy()
        rows = np.flatnonzero(kept)
        rows = rows[np.argsort(place[rows], kind="stable")]
        found = table.take(rows).append_column("place", pa.array(place[rows], pa.int64()))
        return found.append_column("number", pa.array(number[rows], pa.int64()))

    def sentences(self, article_id: str) -> Sequence[Row]:
        """The sentences of an article in reading order."""
        return self.by_article("sentences").get(article_id)

    def sentence(self, article_id: str, sentence_id: int) -> Row:
        """One sentence: its part, start and end."""
        number = self.layout.number(article_id, sentence_id)
        start, end = (each.item() for each in self.layout.offsets(slice(number, number + 1)))
        return {"part": "title" if self.layout.paragraph[number] < 0 else "body", "start": start, "end": end}

    @cached_property
    def layout(self) -> Layout:
        """Where all sentences stand."""
        return layout(self.table("sentences"))

    @cached_property
    def themes_in(self) -> Bools:
        """Which of the themes are present in each sentence of `layout`."""
        sentence = self.layout.entry(self.present)
        theme = whole(pc.index_in(self.present["theme"], pa.array(self.themes, pa.string())), -1)
        known = (sentence >= 0) & (theme >= 0)
        found = np.zeros((len(self.layout.sentence_id), len(self.themes)), dtype=bool)
        found[sentence[known], theme[known]] = True
        return found

    def themes_touched(self, table: pa.Table) -> Bools:
        """Which of the themes are present in the sentences that each row (`article_id`, `part`, `start`, `end`) touches."""
        rows, sentences = self.layout.touched(table)
        found = np.zeros((len(table), len(self.themes)), dtype=bool)
        np.logical_or.at(found, rows, self.themes_in[sentences])
        return found

    @cached_property
    def present(self) -> pa.Table:
        """The rows of theme_sentences whose theme is present."""
        table = self.table("theme_sentences")
        return table.filter(table["present"]).combine_chunks()

    @cached_property
    def coded_sentences(self) -> int:
        """Number of sentences with a theme."""
        return len(self.present.group_by(["article_id", "sentence_id"]).aggregate([]))

    def typical_segments(self, most: int) -> list[dict[str, Any]]:
        """At most `most` segments of each class, those with the highest score first."""
        if not self.count("class_segments"):
            return []
        table = self.tables["class_segments"]
        found = []
        for class_id in sorted(set(table["class_id"].unique().drop_null().to_pylist())):
            rows = table.filter(pc.equal(table["class_id"], class_id))
            score = pc.fill_null(rows["score"], 0.0)
            best = score.take(pc.sort_indices(score, sort_keys=[("", "descending")])[:most])[-1]
            candidates = decoded(rows.filter(pc.greater_equal(score, best)))
            candidates.sort(key=lambda row: (-(row["score"] or 0), row["article_id"], row["part"], row["start"]))
            found += candidates[:most]
        return found

    def evidence(self, article_id: str, sentence_id: int) -> dict[str, Sequence[Row]]:
        """theme -> evidence, of the themes present in a sentence."""
        number = self.layout.number(article_id, sentence_id)
        if not self.themes_in[number].any():
            return {}
        first, last = np.searchsorted(self._present_in, [number, number + 1])
        rows = self.present.slice(first, last - first)
        return {theme: hits or [] for theme, hits in tables.tuples(rows, "theme", "evidence")}

    @cached_property
    def _present_in(self) -> Ints:
        return self.layout.entry(self.present)

    def cluster(self, article_id: str) -> str:
        """Id of an article's reuse cluster; its own id where reuse was not looked for."""
        return str(self.reuse[article_id]["cluster_id"]) if article_id in self.reuse else article_id

    def family(self, article_id: str) -> str | None:
        """Page that sets an article beside those of the same text; None if it stands alone."""
        key = self.cluster(article_id)
        return f"reuse/{safe_name(key)}.html" if self.cluster_sizes[key] > 1 else None

    @cached_property
    def cluster_sizes(self) -> Counter[str]:
        """Articles of each reuse cluster."""
        return Counter(map(self.cluster, self.articles))

    def themes_of(self, article_id: str) -> set[str]:
        """Themes of at least one sentence of an article."""
        return self._themes_of.get(article_id, set())

    @cached_property
    def _themes_of(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for article_id, theme in tables.tuples(self.present.group_by(["article_id", "theme"]).aggregate([])):
            found[article_id].add(theme)
        return found

    @cached_property
    def order(self) -> dict[str, int]:
        """article_id -> its place by outlet, then day: the order of lists of evidence."""
        place = self.place
        ordered = sorted(self.articles, key=lambda key: (self.outlet(self.articles[key]), place[key]))
        return {key: i for i, key in enumerate(ordered)}

    @cached_property
    def order_once(self) -> dict[str, int]:
        """`order` of the articles that stand for their reuse cluster."""
        return {key: i for key, i in self.order.items() if key not in self.reuse or self.reuse[key]["representative"]}

    @cached_property
    def reuse(self) -> dict[str, Row]:
        """article_id -> its row in reuse."""
        return {row["article_id"]: row for row in self.rows("reuse")}

    @cached_property
    def entities(self) -> dict[str, Row]:
        """entity_id -> row."""
        return {row["entity_id"]: row for row in self.rows("entities")}

    @cached_property
    def themes(self) -> list[str]:
        """Keys of the themes, in the order of the codebook, then those that only the tables know."""
        keys = [theme.key for theme in self.codebook]
        known = (
            set(self.tables["theme_articles"]["theme"].unique().to_pylist()) if "theme_articles" in self.tables else set()
        )
        return keys + sorted(known - set(keys))

    def theme_name(self, key: str) -> str:
        """Name of a theme in the report's language."""
        for theme in self.codebook:
            if theme.key == key:
                return theme.name.get(self.settings.language) or key
        return key

    def decides(self, theme: str, hit: Row) -> Span:
        """The words that decide for a theme, marked; a sentence that the classifier decided has none that are."""
        if hit["rule"] == CLASSIFIER:
            return Span(hit["start"], hit["end"], "")
        return Span(hit["start"], hit["end"], "hit", f"{self.theme_name(theme)}: {hit['rule']}")

    def deciders(self, evidence: Iterable[Row]) -> str:
        """The rules that decided, and the classifier in the language's words."""
        rules = dict.fromkeys(hit["rule"] for hit in evidence)
        return ", ".join(self.words.text("classifier") if rule == CLASSIFIER else rule for rule in rules)

    def theme_class(self, key: str) -> str:
        """CSS class that colours a theme."""
        return f"theme-{self.themes.index(key) % MAX_THEMES}"

    def outlet(self, row: Row) -> str:
        """Name of an article's outlet, or words that say it is unknown."""
        return row["outlet"] or self.words.text("unknown_outlet")

    def month(self, row: Row) -> str:
        """`2019-05`, or the empty string for an article without a day."""
        return f"{row['published']:%Y-%m}" if row["published"] else ""

    def entity_name(self, entity_id: str | None) -> str:
        """Name of an entity, or words that say that nobody is named."""
        row = self.entities.get(entity_id or "")
        return str(row["name"]) if row else self.words.text("nobody_named")

    def title(self, row: Row) -> str:
        """Title of an article as far as the report may show text."""
        if self.settings.text == "none" or not row["title"]:
            return self.words.text("article_id", id=row["article_id"])
        return str(row["title"])

    def text(self, article_id: str, part: str) -> str:
        """The string that offsets of `part` point into."""
        return str(self.articles[article_id]["title"]) if part == "title" else self._text(article_id)

    def snippet(self, article_id: str, sentence_id: int) -> str:
        """What the report may show of a sentence around the evidence of its themes."""
        row = self.sentence(article_id, sentence_id)
        text = self.text(article_id, row["part"])
        evidence = self.evidence(article_id, sentence_id).values()
        spans = [Span(hit["start"], hit["end"], "") for hits in evidence for hit in hits]
        return "".join(piece.text for piece in shown(text, row["start"], row["end"], spans, self.settings.text))

    @cached_property
    def shards(self) -> list[list[str]]:
        """Articles whose sentences share a data file, without those that have none to show."""
        layout = self.layout
        lengths = layout.ends - layout.starts
        if self.settings.text != "full":
            most = WINDOW if self.settings.text == "snippets" else 0
            lengths = np.where(self.themes_in.any(axis=1), np.minimum(lengths, most) + 1, 0)
        sizes = np.bincount(layout.article[lengths > 0], lengths[lengths > 0] + 20).astype(int).tolist()
        size_of = dict(zip(layout.articles.to_pylist(), sizes, strict=False))
        found: list[list[str]] = []
        inside: list[str] = []
        size = 0
        for article_id in self.articles:
            if size_of.get(article_id):
                inside.append(article_id)
                size += size_of[article_id]
            if size >= _SHARD:
                found.append(inside)
                inside, size = [], 0
        return [*found, inside] if inside else found

    @cached_property
    def _text(self) -> Callable[[str], str]:
        texts = self.tables["articles"]["text"]
        row_of = {article_id: row for row, article_id in enumerate(self.tables["articles"]["article_id"].to_pylist())}
        return lru_cache(_KEPT)(lambda article_id: str(texts[row_of[article_id]].as_py()))


def safe_name(text: str) -> str:
    """A file name or anchor for any string: the string itself where it is harmless, else a digest of it."""
    return text if _SAFE.fullmatch(text) else "x" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
