"""What the sections are made from: the tables of a study, with the look-ups that several sections need."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from presstm.codebook import Theme
from presstm.facts import Fact
from presstm.report.origin import Origin
from presstm.report.wording import Wording
from presstm.settings import ReportSettings, TopicsSettings

Row = Mapping[str, Any]
_SAFE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
MAX_THEMES = 8  # colours that stay apart


@dataclass(frozen=True)
class Material:
    """The tables, the codebook, the known facts and the settings of one report, and what it is made from."""

    tables: Mapping[str, pa.Table]
    codebook: Sequence[Theme]
    facts: Mapping[str, Fact]
    settings: ReportSettings
    origin: Origin = field(default_factory=Origin)

    @property
    def topics(self) -> TopicsSettings:
        """How words were counted."""
        return self.origin.settings.topics

    @cached_property
    def words(self) -> Wording:
        """How the report's language writes things."""
        return Wording(self.settings.language)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Rows of a table; none if it is absent."""
        return self.tables[name].to_pylist() if name in self.tables else []

    @cached_property
    def articles(self) -> dict[str, Row]:
        """article_id -> row, ordered by day, then outlet, then title."""
        rows = self.rows("articles")
        rows.sort(key=lambda row: (row["published"] is None, str(row["published"]), row["outlet"] or "", row["article_id"]))
        return {row["article_id"]: row for row in rows}

    @cached_property
    def sentences(self) -> dict[str, list[Row]]:
        """article_id -> its sentences in reading order."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("sentences"):
            found[row["article_id"]].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: row["sentence_id"])
        return found

    def sentence(self, article_id: str, sentence_id: int) -> Row:
        """One sentence."""
        return self._sentences[article_id, sentence_id]

    @cached_property
    def _sentences(self) -> dict[tuple[str, int], Row]:
        return {(key, row["sentence_id"]): row for key, rows in self.sentences.items() for row in rows}

    def by_article(self, name: str) -> dict[str, list[Row]]:
        """article_id -> its rows in mentions, quotes or figures, in order."""
        if name not in self._by_article:
            self._by_article[name] = self._grouped(name)
        return self._by_article[name]

    @cached_property
    def _by_article(self) -> dict[str, dict[str, list[Row]]]:
        return {}

    def _grouped(self, name: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows(name):
            if row["article_id"] in self.articles:
                found[row["article_id"]].append(row)
        return found

    @cached_property
    def coded(self) -> dict[tuple[str, int], dict[str, Sequence[Row]]]:
        """(article_id, sentence_id) -> theme -> evidence, for the themes that are present."""
        found: dict[tuple[str, int], dict[str, Sequence[Row]]] = defaultdict(dict)
        if "theme_sentences" in self.tables:
            table = self.tables["theme_sentences"]
            for row in table.filter(table["present"]).to_pylist():
                found[row["article_id"], row["sentence_id"]][row["theme"]] = row["evidence"] or []
        return found

    def cluster(self, article_id: str) -> str:
        """Id of an article's reuse cluster; its own id where reuse was not looked for."""
        return str(self.reuse[article_id]["cluster_id"]) if article_id in self.reuse else article_id

    def family(self, article_id: str) -> str | None:
        """Page that sets an article beside those of the same text; None if it stands alone."""
        key = self.cluster(article_id)
        return f"reuse/{safe_name(key)}.html" if self._cluster_sizes[key] > 1 else None

    @cached_property
    def _cluster_sizes(self) -> Counter[str]:
        return Counter(map(self.cluster, self.articles))

    @cached_property
    def _present(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for (article_id, _), present in self.coded.items():
            found[article_id] |= set(present)
        return found

    def themes_of(self, article_id: str) -> set[str]:
        """Themes of at least one sentence of an article."""
        return self._present.get(article_id, set())

    @cached_property
    def order(self) -> dict[str, int]:
        """article_id -> its place by outlet, then day: the order of lists of evidence."""
        place = {key: i for i, key in enumerate(self.articles)}
        ordered = sorted(self.articles, key=lambda key: (self.outlet(self.articles[key]), place[key]))
        return {key: i for i, key in enumerate(ordered)}

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
        known = {row["theme"] for row in self.rows("theme_articles")}
        return keys + sorted(known - set(keys))

    def theme_name(self, key: str) -> str:
        """Name of a theme in the report's language."""
        for theme in self.codebook:
            if theme.key == key:
                return theme.name.get(self.settings.language) or key
        return key

    def theme_class(self, key: str) -> str:
        """CSS class that colours a theme."""
        return f"theme-{self.themes.index(key) % MAX_THEMES}" if key in self.themes else "theme-0"

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

    def touched(self, row: Row) -> list[Row]:
        """The sentences that a mention, a quotation or a figure touches."""
        return [
            sentence
            for sentence in self.sentences.get(row["article_id"], [])
            if sentence["part"] == row["part"] and sentence["start"] < row["end"] and row["start"] < sentence["end"]
        ]

    def themes_touched(self, row: Row) -> list[str]:
        """Themes of the sentences that a quotation touches."""
        found = {
            theme
            for sentence in self.touched(row)
            for theme in self.coded.get((row["article_id"], sentence["sentence_id"]), {})
        }
        return [theme for theme in self.themes if theme in found]

    def title(self, row: Row) -> str:
        """Title of an article as far as the report may show text."""
        if self.settings.text == "none" or not row["title"]:
            return self.words.text("article_id", id=row["article_id"])
        return str(row["title"])

    def text(self, article_id: str, part: str) -> str:
        """The string that offsets of `part` point into."""
        return str(self.articles[article_id]["title" if part == "title" else "text"])


def safe_name(text: str) -> str:
    """A file name or anchor for any string: the string itself where it is harmless, else a digest of it."""
    return text if _SAFE.fullmatch(text) else "x" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def web_address(url: str | None) -> str | None:
    """`url` if it may become a link: http or https, with a host; else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\s<>\"\\]", url or "") else None
