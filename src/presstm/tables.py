"""Every table: its columns, what they mean, its checks; and the only Parquet and CSV input and output.

Offsets are characters, half-open, in `articles.text` (part = body) or `articles.title` (part = title).
"""

from __future__ import annotations

import bisect
import contextlib
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from presstm import files
from presstm.errors import InputError

PARTS = ("title", "body")
_GROUP = 131_072  # rows written at once where a table is written in pieces
_ROWS = 65_536  # rows read at once where not all are kept
_TEXTS = ("article_id", "title", "text")  # of articles: what all other tables speak of
_STAMP = b"texts"  # under which every file of a table holds a hash of the texts that it was made from
REJECT_REASONS = (
    "unsupported_format",
    "unreadable",
    "empty",
    "too_large",
    "too_complex",
    "timeout",
    "memory",
    "crashed",
    "no_text",
    "too_short",
    "not_article",
    "not_french",
    "incomplete_text",
    "duplicate",
    "link_only",
    "missing_documents",
    "unsafe_archive",
)


@dataclass(frozen=True)
class Table:
    """One table of the contract: schema with descriptions, key, and checks that hold on every write."""

    name: str
    stage: str
    description: str
    schema: pa.Schema
    key: tuple[str, ...]
    allowed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)  # column -> table.column
    csv: bool = False


_TYPES = {
    "str": pa.string(),
    "int": pa.int32(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "strs": pa.list_(pa.string()),
    "evidence": pa.list_(pa.struct([("rule", pa.string()), ("start", pa.int32()), ("end", pa.int32())])),
}


def _schema(*columns: tuple[str, str, str]) -> pa.Schema:
    """Columns as (name, type, description); a type that ends in '?' may be null."""
    return pa.schema(
        pa.field(name, _TYPES[kind.rstrip("?")], nullable=kind.endswith("?"), metadata={"description": description})
        for name, kind, description in columns
    )


_ARTICLE = ("article_id", "str", "The article (articles.article_id).")
_SENTENCE = ("sentence_id", "int", "The sentence within its article (sentences.sentence_id).")
_PART = ("part", "str", "Where the offsets point: title (articles.title) or body (articles.text).")
_START = ("start", "int", "First character, in the part.")
_END = ("end", "int", "One past the last character, in the part.")
_IN_ARTICLES = {"article_id": "articles.article_id"}

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "articles",
            "extract",
            "One row per article kept.",
            _schema(
                ("article_id", "str", "Stable id: first 16 hexadecimal digits of the SHA-256 of `source`."),
                ("source", "str", "Path under the corpus; `#n` for the n-th item of a file that holds several."),
                ("outlet", "str?", "Canonical name of the outlet, or as printed where it is not in the outlet list."),
                ("outlet_kind", "str?", "Kind of outlet, from the outlet list."),
                ("title", "str", "Headline; empty if none was found."),
                ("standfirst", "str?", "Standfirst (chapô), as the page declares it."),
                ("authors", "strs", "Authors as printed, in order."),
                ("published", "date?", "Day of first publication; null if unknown or impossible."),
                ("modified", "date?", "Day of last change, if declared."),
                ("url", "str?", "Canonical address, if known."),
                ("language", "str", "ISO 639-1 code of the text's language."),
                ("section", "str?", "Section of the outlet, if declared."),
                ("access", "str", "Whether the text is whole: full, partial (cut by a paywall) or unknown."),
                ("access_signal", "str?", "What decided `access`."),
                ("text", "str", "Body: paragraphs separated by one blank line."),
                ("n_words", "int", "Number of words in `text`."),
                ("method", "str", "How the text was obtained: the extractor or the reader of the format."),
                ("warnings", "strs", "What was odd about the source (an impossible date, repaired bytes)."),
                ("sha256", "str", "SHA-256 of the source file as obtained."),
                (
                    "variables",
                    "strs?",
                    "Variables of the article or of its outlet (extract.variables), each as name=value, in the order of names.",
                ),
                ("syndicated", "strs?", "Other outlets where the same article ran, with dates, as the press database says."),
            ),
            ("article_id",),
            allowed={"access": ("full", "partial", "unknown")},
            ranges={"n_words": (0, 1e9)},
        ),
        Table(
            "rejects",
            "extract",
            "One row per file, or item of a file, that is not an article, with the reason: seen = kept + rejected.",
            _schema(
                ("source", "str", "Path under the corpus; `#n` for the n-th item of a file that holds several."),
                ("stage", "str", "The stage that rejected it."),
                ("reason", "str", "Why, from a closed list."),
                ("detail", "str", "One line for a person."),
            ),
            ("source", "stage"),
            allowed={"reason": REJECT_REASONS},
        ),
        Table(
            "reuse",
            "reuse",
            "The reuse cluster of every article: wire copy and reprints of one text are one cluster.",
            _schema(
                _ARTICLE,
                ("cluster_id", "str", "The cluster: article_id of its representative."),
                ("representative", "bool", "Whether this article stands for its cluster (the earliest fullest text)."),
                ("wire", "str?", "News agency that the text credits, or null."),
            ),
            ("article_id",),
            foreign={**_IN_ARTICLES, "cluster_id": "articles.article_id"},
        ),
        Table(
            "reuse_passages",
            "reuse",
            "Passages that two articles share, aligned; offsets in articles.text of each.",
            _schema(
                ("a", "str", "One article (articles.article_id), the smaller id."),
                ("b", "str", "The other article."),
                ("a_start", "int", "First character of the passage in a."),
                ("a_end", "int", "One past its last character in a."),
                ("b_start", "int", "First character of the passage in b."),
                ("b_end", "int", "One past its last character in b."),
                ("containment", "float", "Shared word shingles of the pair over those of its shorter text, 0 to 1."),
            ),
            ("a", "b", "a_start", "b_start"),
            ranges={"containment": (0, 1)},
            foreign={"a": "articles.article_id", "b": "articles.article_id"},
        ),
        Table(
            "sentences",
            "annotate",
            "One row per sentence of titles and bodies, in reading order.",
            _schema(
                _ARTICLE,
                ("sentence_id", "int", "Running number within the article, from 0; the title comes first."),
                _PART,
                ("paragraph", "int", "Paragraph of the part, from 0."),
                _START,
                _END,
            ),
            ("article_id", "sentence_id"),
            allowed={"part": PARTS},
            foreign=_IN_ARTICLES,
        ),
        Table(
            "tokens",
            "annotate",
            "One row per token, with its annotation by the spaCy model.",
            _schema(
                _ARTICLE,
                _SENTENCE,
                ("token_id", "int", "Running number within the sentence, from 0."),
                ("start", "int", "First character, in the part of the sentence."),
                ("text", "str", "The token as it stands in the text."),
                ("lemma", "str", "Lemma."),
                ("pos", "str", "Universal part of speech."),
                ("morph", "str", "Morphological features, as in Universal Dependencies."),
                ("dep", "str", "Dependency relation to the head."),
                ("head", "int", "token_id of the head; a root is its own head."),
                ("ent", "str", "Named entity by the model: B-PER, I-PER, …; empty outside of entities."),
            ),
            ("article_id", "sentence_id", "token_id"),
            foreign=_IN_ARTICLES,
        ),
        Table(
            "quarantine",
            "annotate",
            "Articles that could not be annotated, with the reason; normally empty.",
            _schema(
                ("source", "str", "The article's source."),
                ("stage", "str", "The stage that failed on it."),
                ("reason", "str", "Why, from the closed list of rejects."),
                ("detail", "str", "One line for a person."),
            ),
            ("source",),
            allowed={"reason": REJECT_REASONS},
        ),
        Table(
            "mentions",
            "entities",
            "One row per mention of a named entity.",
            _schema(
                _ARTICLE,
                _SENTENCE,
                _PART,
                _START,
                _END,
                ("text", "str", "The mention as it stands in the text."),
                ("label", "str", "Type: PER, ORG, PLATFORM, MEDIA, LOC or MISC."),
                ("entity_id", "str", "The entity (entities.entity_id)."),
                (
                    "method",
                    "str",
                    "What found it: gazetteer, model, context, name (a known name seen again) or override.",
                ),
            ),
            ("article_id", "part", "start"),
            allowed={"part": PARTS, "label": ("PER", "ORG", "PLATFORM", "MEDIA", "LOC", "MISC")},
            foreign={**_IN_ARTICLES, "entity_id": "entities.entity_id"},
        ),
        Table(
            "entities",
            "entities",
            "One row per entity, with how often it is named.",
            _schema(
                ("entity_id", "str", "Stable id: type and name, simplified."),
                ("name", "str", "Canonical name."),
                ("label", "str", "Type: PER, ORG, PLATFORM, MEDIA, LOC or MISC."),
                ("wikidata", "str?", "Wikidata id, where the gazetteer gives one."),
                ("n_mentions", "int", "Number of mentions."),
                ("n_articles", "int", "Number of articles that name it."),
                ("n_clusters", "int", "Number of reuse clusters that name it."),
            ),
            ("entity_id",),
            allowed={"label": ("PER", "ORG", "PLATFORM", "MEDIA", "LOC", "MISC")},
        ),
        Table(
            "quotes",
            "quotes",
            "One row per quotation: direct, indirect, or a term in guillemets that quotes nobody.",
            _schema(
                _ARTICLE,
                _PART,
                _START,
                _END,
                ("sentence_id", "int", "The sentence in which it starts."),
                ("kind", "str", "direct, indirect or term."),
                ("speaker", "str?", "The speaker, if an entity (entities.entity_id)."),
                ("speaker_text", "str?", "The speaker as the text names them."),
                ("cue", "str?", "Lemma of the speech verb, or the preposition (selon, d'après), that introduces it."),
            ),
            ("article_id", "part", "start", "end"),
            allowed={"part": PARTS, "kind": ("direct", "indirect", "term")},
            foreign={**_IN_ARTICLES, "speaker": "entities.entity_id"},
        ),
        Table(
            "figures",
            "figures",
            "One row per quantity that the text asserts.",
            _schema(
                _ARTICLE,
                _PART,
                _START,
                _END,
                ("sentence_id", "int", "The sentence that holds it."),
                ("text", "str", "The figure as it stands in the text."),
                ("value", "float?", "The number, or the low end of a range; null if it is not numeric (quelques)."),
                ("high", "float?", "The high end of a range."),
                ("unit", "str", "What is counted, or the unit."),
                ("hedge", "str?", "The words that qualify it (plus de, près de)."),
                ("fact", "str?", "The known fact that it restates (key in facts.yml)."),
            ),
            ("article_id", "part", "start"),
            allowed={"part": PARTS},
            foreign=_IN_ARTICLES,
        ),
        Table(
            "figure_mutations",
            "figures",
            "One row per figure that restates a known fact, or that adds up facts of which one holds the other.",
            _schema(
                ("fact", "str", "The known fact (key in facts.yml); of a sum, the one that holds the others."),
                ("published", "date?", "Day of publication of the article."),
                ("outlet", "str?", "Outlet of the article."),
                _ARTICLE,
                _PART,
                _START,
                _END,
                ("text", "str", "The figure as it stands in the text."),
                ("value", "float?", "The number, or the low end of a range; null if it is not numeric."),
                ("high", "float?", "The high end of a range."),
                ("hedge", "str?", "The words that qualify it."),
                ("deviation", "float?", "(value - fact) / fact; null where the figure or the fact is no single number."),
                ("sum_of_nested", "str?", "The facts, joined by +, whose sum it is although one holds the other."),
            ),
            ("fact", "published", "article_id", "part", "start"),
            allowed={"part": PARTS},
            foreign=_IN_ARTICLES,
            csv=True,
        ),
        Table(
            "theme_sentences",
            "themes",
            "One row per sentence and theme, present or not, with the evidence.",
            _schema(
                _ARTICLE,
                _SENTENCE,
                ("theme", "str", "Theme (key in themes.yml)."),
                (
                    "score",
                    "float",
                    "0 to 1: the probability by the classifier; where the lexicon decides alone, 1 if its rules decide.",
                ),
                ("present", "bool", "Whether the sentence is coded with the theme."),
                ("evidence", "evidence", "The rules that matched, with offsets in the part of the sentence."),
            ),
            ("article_id", "sentence_id", "theme"),
            ranges={"score": (0, 1)},
            foreign=_IN_ARTICLES,
        ),
        Table(
            "theme_articles",
            "themes",
            "One row per article and theme.",
            _schema(
                _ARTICLE,
                ("theme", "str", "Theme (key in themes.yml)."),
                ("share", "float", "Share of the article's sentences that carry the theme."),
                ("present", "bool", "Whether at least one sentence does."),
            ),
            ("article_id", "theme"),
            ranges={"share": (0, 1)},
            foreign=_IN_ARTICLES,
        ),
        Table(
            "theme_shares",
            "themes",
            "Share of articles, and of reuse clusters, in which a theme is present, by group, with intervals.",
            _schema(
                (
                    "grouping",
                    "str",
                    "What the corpus is split by: all, outlet, month, outlet_kind, access or a variable; subset: without some texts.",
                ),
                (
                    "group",
                    "str",
                    "The group; `all` for the whole corpus; subset: no_wire, whole (without cut texts), no_wire_whole.",
                ),
                ("theme", "str", "Theme (key in themes.yml)."),
                ("weighting", "str", "What is counted: article or cluster."),
                ("n", "int", "Number of articles or clusters in the group."),
                ("share", "float", "Share of them in which the theme is present."),
                ("low", "float?", "Low end of the 95 % interval; null where the group is too small for one."),
                ("high", "float?", "High end of the 95 % interval; null where the group is too small for one."),
                ("n_outlets", "int", "Number of outlets of the group; articles without one are of one outlet."),
                (
                    "flag",
                    "str",
                    "Why the interval says little: few_clusters, or few_outlets (nothing can be said of outlets in general), "
                    "by themes.few; else empty.",
                ),
            ),
            ("grouping", "group", "theme", "weighting"),
            allowed={"weighting": ("article", "cluster"), "flag": ("", "few_clusters", "few_outlets")},
            ranges={"share": (0, 1), "low": (0, 1), "high": (0, 1)},
            csv=True,
        ),
        Table(
            "theme_corrected",
            "themes",
            "Share of a theme as the pipeline codes it, and corrected by a random sample of sentences coded by hand; empty without one.",
            _schema(
                ("grouping", "str", "What the corpus is split by, as in theme_shares."),
                ("group", "str", "The group."),
                ("theme", "str", "Theme (key in themes.yml)."),
                (
                    "unit",
                    "str",
                    "What counts the same: each sentence, or each article (cluster) by the share of its sentences.",
                ),
                ("n", "int", "Number of these units."),
                ("n_outlets", "int", "Number of outlets of the group; articles without one are of one outlet."),
                ("coded", "int", "Number of sentences coded by hand."),
                ("naive", "float", "Share as the pipeline codes it."),
                (
                    "naive_low",
                    "float?",
                    "Low end of its 95 % interval, as if the coding made no error; null in one cluster.",
                ),
                ("naive_high", "float?", "High end."),
                ("corrected", "float?", "Share corrected for errors of the coding; null with codes in one cluster or none."),
                ("low", "float?", "Low end of its 95 % interval."),
                ("high", "float?", "High end."),
                (
                    "flag",
                    "str",
                    "Why the interval says little: few_coded (under 30 sentences), few_coded_clusters (under 5), few_clusters, "
                    "few_outlets; else empty.",
                ),
            ),
            ("grouping", "group", "theme", "unit"),
            allowed={
                "unit": ("sentence", "article", "cluster"),
                "flag": ("", "few_coded", "few_coded_clusters", "few_clusters", "few_outlets"),
            },
            ranges=dict.fromkeys(("naive", "naive_low", "naive_high", "corrected", "low", "high"), (0, 1)),
            csv=True,
        ),
        Table(
            "theme_pairs",
            "themes",
            "How often two themes meet in a sentence or an article, tested against chance.",
            _schema(
                ("unit", "str", "sentence or article; each reuse cluster counts once."),
                ("source", "str", "One theme, the first in alphabetical order."),
                ("target", "str", "The other theme."),
                ("weight", "int", "Number of units with both."),
                ("expected", "float", "Number of units with both if the themes were independent."),
                ("npmi", "float", "Normalised pointwise mutual information, -1 to 1."),
                ("p", "float", "One-sided hypergeometric p of at least this weight."),
                ("q", "float", "p adjusted by Benjamini-Hochberg over all pairs of themes."),
            ),
            ("unit", "source", "target"),
            allowed={"unit": ("sentence", "article")},
            ranges={"npmi": (-1, 1), "p": (0, 1), "q": (0, 1)},
            csv=True,
        ),
        Table(
            "theme_specifications",
            "themes",
            "How the share of a theme moves with the choices behind it.",
            _schema(
                ("theme", "str", "Theme (key in themes.yml)."),
                ("method", "str", "Who decides: in_use (as in theme_sentences), rules alone, or score alone."),
                ("threshold", "float", "Score from which a sentence carries the theme; 0 where it is not used."),
                ("weighting", "str", "What is counted: article or cluster."),
                ("subset", "str", "all, no_wire, whole (no cut texts) or no_wire_whole."),
                ("n", "int", "Number of articles or clusters."),
                ("share", "float", "Share of them in which the theme is present."),
                ("low", "float?", "Low end of the 95 % interval; null where there are too few clusters."),
                ("high", "float?", "High end of the 95 % interval; null where there are too few clusters."),
            ),
            ("theme", "method", "threshold", "weighting", "subset"),
            allowed={"method": ("in_use", "rules", "score"), "weighting": ("article", "cluster")},
            ranges={"share": (0, 1), "low": (0, 1), "high": (0, 1)},
            csv=True,
        ),
        Table(
            "specificities",
            "topics",
            "Forms that a group uses more, or less, than chance allows (q at most topics.q_max), with keyness beside.",
            _schema(
                ("grouping", "str", "What the corpus is split by: year, month, theme, a column of articles or a variable."),
                (
                    "group",
                    "str",
                    "The group; `unknown` where the column has no value. A theme: the sentences that carry it.",
                ),
                ("form", "str", "Lemma, or form as printed (topics.unit), in lower case."),
                ("count", "int", "Occurrences in the group."),
                ("total", "int", "Occurrences in the corpus."),
                ("part_size", "int", "Counted words of the group."),
                ("corpus_size", "int", "Counted words of the corpus."),
                ("n_articles", "int", "Articles of the group that hold the form there."),
                ("specificity", "float", "-log10 P(X >= count) above the mode, log10 P(X <= count) below (Lafon)."),
                ("q", "float", "Two-sided p adjusted by Benjamini-Hochberg over all forms, groups and groupings tested."),
                (
                    "q_units",
                    "float",
                    "q of the same test on articles (themes: sentences) that hold the form, not occurrences.",
                ),
                ("keyness_g2", "float", "Log-likelihood G² of the form in the group against the rest."),
                ("log_ratio", "float", "Binary logarithm of the ratio of relative frequencies, group over rest."),
            ),
            ("grouping", "group", "form"),
            ranges={"count": (0, 1e9), "q": (0, 1), "q_units": (0, 1), "keyness_g2": (0, 1e12)},
            csv=True,
        ),
        Table(
            "factors",
            "topics",
            "Correspondence analysis of forms by groups: points on the first axes of every grouping.",
            _schema(
                ("grouping", "str", "What the corpus is split by, as in specificities."),
                ("axis", "int", "Axis, from 1; its share of inertia stands in the metrics of the stage."),
                ("kind", "str", "form (a row of the table) or group (a column)."),
                ("name", "str", "The form or the group."),
                ("coordinate", "float", "Principal coordinate on the axis."),
                ("contribution", "float", "Share of the axis's inertia that the point makes, among points of its kind."),
                ("cos2", "float", "Share of the point's inertia that the axis shows."),
            ),
            ("grouping", "axis", "kind", "name"),
            allowed={"kind": ("form", "group")},
            ranges={"contribution": (0, 1.000001), "cos2": (0, 1.000001)},
            csv=True,
        ),
        Table(
            "classes",
            "topics",
            "Emergent themes: classes of segments by Reinert's method, and the divisions that led to them.",
            _schema(
                ("class_id", "int", "Classes from 1, the largest first; the divisions above them follow."),
                ("parent", "int?", "The division that it comes from; null for the first."),
                ("final", "bool", "Whether it is a class; else a division."),
                ("size", "int", "Number of segments."),
                ("share", "float", "Share of all segments, classified or not."),
                ("chi2", "float?", "Chi-square of the division, in the first of two trees; null for a class."),
                (
                    "stability",
                    "float?",
                    "Mean adjusted Rand index between the classes and those of bootstrap samples of the articles; one for all rows.",
                ),
            ),
            ("class_id",),
            ranges={"share": (0, 1), "stability": (-1, 1)},
            csv=True,
        ),
        Table(
            "class_segments",
            "topics",
            "Segments of about topics.segment_words words, and the class of each; offsets only.",
            _schema(
                _ARTICLE,
                _PART,
                _START,
                _END,
                ("class_id", "int?", "The class (classes.class_id); null if unclassified."),
                ("score", "float?", "Sum of chi-square of the forms of the class that it holds: high is typical."),
            ),
            ("article_id", "part", "start"),
            allowed={"part": PARTS},
            foreign=_IN_ARTICLES,
        ),
        Table(
            "class_forms",
            "topics",
            "Forms that a class has more, or less, of than the other classes (chi-square of at least 3.84).",
            _schema(
                ("class_id", "int", "The class (classes.class_id)."),
                ("form", "str", "The form."),
                ("count", "int", "Segments of the class that hold it."),
                ("total", "int", "Classified segments that hold it."),
                ("share", "float", "Share of the segments of the class that hold it."),
                ("chi2", "float", "Chi-square, 1 degree of freedom; negative if the class has less of it."),
                ("p", "float", "Its p: a measure of strength, no test, since the classes were made to differ."),
            ),
            ("class_id", "form"),
            ranges={"share": (0, 1), "p": (0, 1)},
            csv=True,
        ),
        Table(
            "class_groups",
            "topics",
            "How the classes spread over the groups of the corpus, which had no part in making them.",
            _schema(
                ("class_id", "int", "The class (classes.class_id)."),
                ("grouping", "str", "What the corpus is split by, as in specificities."),
                ("group", "str", "The group."),
                ("count", "int", "Segments of the class in the group."),
                ("total", "int", "Classified segments in the group."),
                ("share", "float", "Share of the segments of the class that are in the group."),
                ("chi2", "float", "Chi-square, 1 degree of freedom; negative if the class has less of the group."),
                ("p", "float", "Its p, as if segments were independent: those of one article are not."),
            ),
            ("class_id", "grouping", "group"),
            ranges={"share": (0, 1), "p": (0, 1)},
            csv=True,
        ),
        Table(
            "nodes",
            "network",
            "One row per entity and scope in the co-mention networks.",
            _schema(
                ("entity_id", "str", "The entity (entities.entity_id)."),
                ("scope", "str", "Unit of co-mention: sentence, paragraph or article."),
                ("name", "str", "Canonical name."),
                ("label", "str", "Type."),
                ("n_units", "int", "Number of units that name it, each reuse cluster counted once."),
                ("degree", "int", "Number of kept edges."),
                ("strength", "float", "Sum of the weights of its kept edges."),
                ("pagerank", "float?", "PageRank over kept edges, by weight; null without a kept edge."),
                ("betweenness", "float?", "Betweenness over kept edges; null without a kept edge."),
                ("betweenness_exact", "bool", "Whether betweenness is exact; else it is estimated from 200 nodes."),
                ("community", "int?", "Louvain community over kept edges; null without a kept edge."),
            ),
            ("entity_id", "scope"),
            allowed={"scope": ("sentence", "paragraph", "article")},
            foreign={"entity_id": "entities.entity_id"},
            csv=True,
        ),
        Table(
            "edges",
            "network",
            "One row per pair of entities that share at least one unit.",
            _schema(
                ("source", "str", "One entity (entities.entity_id), the smaller id."),
                ("target", "str", "The other entity."),
                ("scope", "str", "Unit of co-mention: sentence, paragraph or article."),
                ("weight", "int", "Number of units that name both, each reuse cluster counted once."),
                ("npmi", "float", "Normalised pointwise mutual information, -1 to 1."),
                ("p", "float", "One-sided hypergeometric p of at least this weight."),
                ("q", "float", "p adjusted by Benjamini-Hochberg over all pairs of the entities in the network."),
                ("kept", "bool", "Whether the edge is significant (q at most network.q_max)."),
                ("backbone", "bool", "Whether a thinned drawing shows it (disparity filter): no evidence."),
            ),
            ("source", "target", "scope"),
            allowed={"scope": ("sentence", "paragraph", "article")},
            ranges={"weight": (1, 1e9), "npmi": (-1, 1), "p": (0, 1), "q": (0, 1)},
            foreign={"source": "entities.entity_id", "target": "entities.entity_id"},
            csv=True,
        ),
        Table(
            "group_edges",
            "network",
            "Kept edges within each period and kind of outlet (scope network.group_scope), and what changed.",
            _schema(
                ("grouping", "str", "What the corpus is split by: period or outlet_kind."),
                ("group", "str", "The group."),
                ("source", "str", "One entity (entities.entity_id), the smaller id."),
                ("target", "str", "The other entity."),
                ("weight", "int", "Number of units of the group that name both."),
                ("npmi", "float?", "As in edges; null without a common unit."),
                ("p", "float?", "As in edges, within the group."),
                ("q", "float?", "As in edges, within the group."),
                ("kept", "bool", "Whether the edge is significant in the group."),
                (
                    "change",
                    "str?",
                    "Periods: new, stays or gone against the period before. Kinds: only, if no other has it.",
                ),
            ),
            ("grouping", "group", "source", "target"),
            allowed={"grouping": ("period", "outlet_kind"), "change": ("new", "stays", "gone", "only")},
            foreign={"source": "entities.entity_id", "target": "entities.entity_id"},
            csv=True,
        ),
        Table(
            "theme_links",
            "network",
            "Entities and themes, speakers and themes: in how many sentences they meet, tested against chance.",
            _schema(
                ("kind", "str", "entity (named in the sentence) or speaker (quoted in it)."),
                ("entity_id", "str", "The entity (entities.entity_id)."),
                ("theme", "str", "Theme (key in themes.yml)."),
                ("weight", "int", "Number of sentences with both, each reuse cluster counted once."),
                ("npmi", "float", "Normalised pointwise mutual information, -1 to 1."),
                ("p", "float", "One-sided hypergeometric p of at least this weight."),
                ("q", "float", "p adjusted by Benjamini-Hochberg over all pairs of this kind."),
                ("kept", "bool", "Whether the link is significant (q at most network.q_max)."),
            ),
            ("kind", "entity_id", "theme"),
            allowed={"kind": ("entity", "speaker")},
            ranges={"weight": (1, 1e9), "npmi": (-1, 1), "p": (0, 1), "q": (0, 1)},
            foreign={"entity_id": "entities.entity_id"},
            csv=True,
        ),
        Table(
            "networks",
            "network",
            "One row per co-mention network: how many links are significant, and how clear and stable its communities are.",
            _schema(
                ("scope", "str", "Unit of co-mention: sentence, paragraph or article."),
                ("kept", "int", "Number of significant links."),
                ("communities", "int", "Number of communities (Louvain) among the entities that these link."),
                ("modularity", "float", "How much of the links' weight lies within communities beyond what chance gives."),
                (
                    "stability_seeds",
                    "float?",
                    "Mean adjusted Rand index with the communities of other seeds; null without links.",
                ),
                ("stability_bootstrap", "float?", "The same with those of bootstrap samples of the articles."),
            ),
            ("scope",),
            ranges={"modularity": (-1, 1), "stability_seeds": (-1, 1), "stability_bootstrap": (-1, 1)},
            csv=True,
        ),
        Table(
            "outlet_links",
            "network",
            "Pairs of outlets that printed the same texts.",
            _schema(
                ("source", "str", "One outlet (articles.outlet), the first in alphabetical order."),
                ("target", "str", "The other outlet."),
                ("n_clusters", "int", "Number of reuse clusters that both printed."),
                ("source_first", "int", "In how many of them the source was first, by day."),
                ("target_first", "int", "In how many of them the target was first, by day."),
            ),
            ("source", "target"),
            csv=True,
        ),
    )
}


def from_rows(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Build table `name` from one mapping per row; checked and sorted by its key."""
    return conform(name, pa.Table.from_pylist(list(rows), schema=_nullable(TABLES[name].schema)))


def from_columns(name: str, columns: Mapping[str, Any]) -> pa.Table:
    """Build table `name` from one array or list per column; checked and sorted by its key."""
    schema = TABLES[name].schema
    arrays = {column: pa.array(columns[column], schema.field(column).type) for column in schema.names}
    return conform(name, pa.table(arrays))


def empty(name: str) -> pa.Table:
    """Table `name` without rows."""
    return TABLES[name].schema.empty_table()


def conform(name: str, table: pa.Table) -> pa.Table:
    """Cast to the schema, check, and sort by the key.

    Raises:
        AssertionError: the table breaks its own contract, which is a fault of the program and not of its user.
    """
    spec = TABLES[name]
    if table.column_names != spec.schema.names:
        table = table.select(spec.schema.names)
    table = table.cast(_nullable(spec.schema))
    for column in spec.schema:
        assert column.nullable or table[column.name].null_count == 0, f"{name}.{column.name}: null"
    table = table.cast(spec.schema)
    for column_name, values in spec.allowed.items():
        found = set(pc.unique(table[column_name]).to_pylist()) - {None, *values}
        assert not found, f"{name}.{column_name}: {sorted(found)}"
    for column_name, (low, high) in spec.ranges.items():
        bounds = pc.min_max(table[column_name]).as_py()
        assert bounds["min"] is None or low <= bounds["min"] <= bounds["max"] <= high, f"{name}.{column_name}: {bounds}"
    if _in_order(table, spec.key):
        return table
    assert len(table.group_by(list(spec.key)).aggregate([])) == len(table), f"{name}: {spec.key} is not unique"
    return table.sort_by([(column_name, "ascending") for column_name in spec.key])


def _in_order(table: pa.Table, key: Sequence[str]) -> bool:
    """Whether each row's key is greater than the one before: then the rows are sorted and the keys unique."""
    rows = max(len(table) - 1, 0)
    greater = None
    for name in reversed(key):
        before, after = table[name].slice(0, rows), table[name].slice(1)
        try:
            here = pc.greater(after, before)
        except pa.ArrowNotImplementedError:
            return False
        greater = here if greater is None else pc.or_(here, pc.and_(pc.equal(after, before), greater))
    return greater is None or rows == 0 or pc.all(greater, skip_nulls=False).as_py() is True


def check_foreign(tables: Mapping[str, pa.Table]) -> None:
    """Check that every reference between `tables` points at a row.

    Raises:
        AssertionError: a reference points nowhere.
    """
    for name, table in tables.items():
        for column, target in TABLES[name].foreign.items():
            other, _, other_column = target.partition(".")
            missing = set(pc.unique(table[column]).to_pylist()) - set(tables[other][other_column].to_pylist()) - {None}
            assert not missing, f"{name}.{column} -> {target}: {sorted(missing)[:3]}"


def check_order(folder: Path, stages: Sequence[str]) -> None:
    """Check that the tables of `stages` were made after those that they refer to, by one reference of each stage.

    Raises:
        InputError: one speaks of articles or entities that are no longer there, or not of one that is new; with the stage to run.
    """
    references: dict[tuple[str, str], tuple[str, str]] = {}
    for table in TABLES.values():
        if table.stage in stages and (folder / f"{table.name}.parquet").is_file():
            for column, target in table.foreign.items():
                references.setdefault((table.stage, target), (table.name, column))
    for (stage, target), (name, column) in references.items():
        other, _, other_column = target.partition(".")
        known = read(folder, other, [other_column])[other_column]
        parts = [pc.unique(part[column]) for part in stream(folder, name, [column], _ROWS)]
        named = pa.chunked_array(parts, pa.string()).drop_null()
        wanted = [(named, known), *([(known, named)] if name == "reuse" else [])]
        if not all(pc.all(pc.is_in(some, among)).as_py() is not False for some, among in wanted):
            raise InputError(
                f"{folder / name}.parquet is out of date (the {other} have changed since): run `presstm {stage}`, "
                "or all stages with `dvc repro`"
            )


def read(folder: Path, name: str, columns: Sequence[str] | None = None, where: str | None = None) -> pa.Table:
    """Read table `name` of `folder`; with `where`, only the rows in which this column (one of `columns`) is true.

    Raises:
        InputError: the table is missing or damaged.
    """
    if where is not None:
        parts = [part.filter(part[where]) for part in stream(folder, name, columns, _ROWS)]
        schema = TABLES[name].schema.empty_table()
        return pa.concat_tables([schema.select(list(columns or schema.column_names)), *parts])
    with _reading(folder, name) as path:
        table = pq.read_table(path, columns=list(columns) if columns else None).replace_schema_metadata(None)
        key = TABLES[name].key
        ordered = all(column in table.column_names and not table.schema.field(column).nullable for column in key)
        if ordered and not _in_order(table, key):  # a null has no place in an order
            raise pa.ArrowInvalid("its rows are double or out of order")
        return table


def count(folder: Path, name: str) -> int:
    """Number of rows of table `name` of `folder`.

    Raises:
        InputError: the table is missing or damaged.
    """
    with _reading(folder, name) as path:
        return int(pq.read_metadata(path).num_rows)


def stream(
    folder: Path, name: str, columns: Sequence[str] | None, rows: int, wanted: Collection[str] | None = None
) -> Iterator[pa.Table]:
    """Yield table `name` of `folder` in pieces of at most `rows` rows.

    Args:
        folder: where it lies.
        name: the table.
        columns: those to read, None for all.
        rows: number of rows.
        wanted: how the article_ids begin (with equally many characters) that are looked for; what follows may hold others too.

    Raises:
        InputError: the table is missing or damaged.
    """
    with _reading(folder, name) as path, pq.ParquetFile(path) as file:
        groups = None if wanted is None else _groups_with(file.metadata, sorted(wanted))
        for batch in file.iter_batches(rows, row_groups=groups, columns=list(columns) if columns else None):
            yield pa.Table.from_batches([batch]).replace_schema_metadata(None)


def _groups_with(metadata: pq.FileMetaData, wanted: Sequence[str]) -> list[int]:
    """The row groups that may hold article_ids that begin with a prefix in `wanted` (sorted), by their statistics."""
    place = metadata.schema.names.index("article_id")
    found = []
    for group in range(metadata.num_row_groups):
        known = metadata.row_group(group).column(place).statistics
        if known is not None and known.has_min_max:
            low, high = known.min[: len(wanted[0])], known.max[: len(wanted[0])]
            if bisect.bisect_left(wanted, low) == bisect.bisect_right(wanted, high):
                continue
        found.append(group)
    return found


@contextlib.contextmanager
def _reading(folder: Path, name: str) -> Iterator[Path]:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise InputError(f"{path} is missing: run the stage that makes it, {TABLES[name].stage}")
    try:
        schema = pq.read_schema(path)
        if not schema.equals(TABLES[name].schema):
            raise pa.ArrowInvalid(f"its columns are not those of table {name}")
        made_from, there = (schema.metadata or {}).get(_STAMP), _stamp(folder).get(_STAMP)
        if made_from and there and made_from != there:
            raise InputError(
                f"{path} is out of date (the texts of the articles have changed since): run `presstm {TABLES[name].stage}`, "
                "or all stages with `dvc repro`"
            )
        yield path
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{path} cannot be read ({reason}): run stage {TABLES[name].stage} again") from error


def _stamp(folder: Path) -> dict[bytes, bytes]:
    """What a file that is made in `folder` now says of the texts that are there; empty where there are none."""
    try:
        found = pq.read_schema(folder / "articles.parquet").metadata or {}
    except (pa.ArrowException, OSError):
        return {}
    return {_STAMP: found[_STAMP]} if _STAMP in found else {}


def _texts(articles: pa.Table) -> bytes:
    digest = hashlib.sha256()
    for batch in articles.select(_TEXTS).to_batches(max_chunksize=1000):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            for data in map(str.encode, row):
                digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest().encode()


def write_parts(folder: Path, names: Sequence[str], parts: Iterable[Mapping[str, pa.Table]]) -> None:
    """Write tables piece by piece, as one Parquet file each, all put in place at the end.

    Args:
        folder: where they go.
        names: the tables.
        parts: consecutive pieces of each: their article_ids grow from one piece to the next.

    Raises:
        OutputError: the folder cannot be written.
    """
    _write_parts(folder, names, {}, parts)


def _write_parts(
    folder: Path, names: Sequence[str], opened: Mapping[str, _Parts], parts: Iterable[Mapping[str, pa.Table]]
) -> None:
    if not names:
        for part in parts:
            for name, one in opened.items():
                one.add(part[name])
        return
    name, *others = names

    def fill(path: Path) -> None:
        with pq.ParquetWriter(path, TABLES[name].schema.with_metadata(_stamp(folder)), compression="zstd") as writer:
            mine = _Parts(name, writer)
            _write_parts(folder, others, {**opened, name: mine}, parts)
            mine.flush()

    files.write_with(folder / f"{name}.parquet", fill)


@dataclass
class _Parts:
    """Pieces of a table on their way to a file, checked, and joined to groups of some size."""

    name: str
    writer: pq.ParquetWriter
    waiting: list[pa.Table] = field(default_factory=list)
    rows: int = 0
    last: str = ""

    def add(self, part: pa.Table) -> None:
        if not len(part):
            return
        part = conform(self.name, part)
        assert self.last < part["article_id"][0].as_py(), f"{self.name}: pieces are not in order"
        self.last = part["article_id"][-1].as_py()
        self.waiting.append(part)
        self.rows += len(part)
        if self.rows >= _GROUP:
            self.flush()

    def flush(self) -> None:
        if self.waiting:
            self.writer.write_table(pa.concat_tables(self.waiting))
        self.waiting, self.rows = [], 0


def write(folder: Path, name: str, table: pa.Table) -> None:
    """Write table `name` into `folder` as Parquet, and as CSV where people read it; atomically.

    Raises:
        OutputError: the folder cannot be written.
    """
    table = conform(name, table)
    stamp = {_STAMP: _texts(table)} if name == "articles" else _stamp(folder)
    stamped = table.replace_schema_metadata(stamp)
    files.write_with(folder / f"{name}.parquet", lambda path: pq.write_table(stamped, path, compression="zstd"))
    if TABLES[name].csv:
        files.write_with(folder / f"{name}.csv", lambda path: pacsv.write_csv(_rounded(table), path))


def _rounded(table: pa.Table) -> pa.Table:
    for i, column in enumerate(table.schema):
        if pa.types.is_floating(column.type):
            table = table.set_column(i, column.name, pc.round(table[column.name], 6))
    return table


def _nullable(schema: pa.Schema) -> pa.Schema:
    return pa.schema([column.with_nullable(True) for column in schema])
