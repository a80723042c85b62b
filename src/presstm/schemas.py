"""Every table: its columns, what they mean, and the checks that hold whenever it is written.

Offsets are characters, half-open, in `articles.text` (part = body) or `articles.title` (part = title).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

PARTS = ("title", "body")
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

    def meaning(self, column: str) -> str:
        """What a column holds."""
        return str(self.schema.field(column).metadata[b"description"].decode())


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
_ENTITY = ("entity_id", "str", "The entity (entities.entity_id).")
_LABEL = ("label", "str", "Type: PER, ORG, PLATFORM, MEDIA, LOC or MISC.")
_THEME = ("theme", "str", "Theme (key in themes.yml).")
_WEIGHTING = ("weighting", "str", "What is counted: article or cluster.")
_CLASS = ("class_id", "int", "The class (classes.class_id).")
_GROUP = ("group", "str", "The group.")
_GROUPING = ("grouping", "str", "What the corpus is split by, as in specificities.")
_SCOPE = ("scope", "str", "Unit of co-mention: sentence, paragraph or article.")
_NPMI = ("npmi", "float", "Normalised pointwise mutual information, -1 to 1.")
_P = ("p", "float", "One-sided hypergeometric p of at least this weight.")
_DETAIL = ("detail", "str", "One line for a person.")
_IN_ARTICLES = {"article_id": "articles.article_id"}
_LABELS = ("PER", "ORG", "PLATFORM", "MEDIA", "LOC", "MISC")
_WEIGHTINGS = ("article", "cluster")
_SCOPES = ("sentence", "paragraph", "article")

_DECLARED = (
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
            ("published", "date?", "Day of first publication; null if unknown, impossible or after `extract.latest`."),
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
            _DETAIL,
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
            _DETAIL,
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
            _LABEL,
            _ENTITY,
            ("method", "str", "What found it: gazetteer, model, context, name (a known name seen again) or override."),
        ),
        ("article_id", "part", "start"),
        allowed={"part": PARTS, "label": _LABELS},
        foreign={**_IN_ARTICLES, "entity_id": "entities.entity_id"},
    ),
    Table(
        "entities",
        "entities",
        "One row per entity, with how often it is named.",
        _schema(
            ("entity_id", "str", "Stable id: type and name, simplified."),
            ("name", "str", "Canonical name."),
            _LABEL,
            ("wikidata", "str?", "Wikidata id, where the gazetteer gives one."),
            ("n_mentions", "int", "Number of mentions."),
            ("n_articles", "int", "Number of articles that name it."),
            ("n_clusters", "int", "Number of reuse clusters that name it."),
        ),
        ("entity_id",),
        allowed={"label": _LABELS},
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
            _THEME,
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
            _THEME,
            ("share", "float", "Share of the article's sentences that carry the theme."),
            ("sentences", "int", "Number of the article's sentences."),
            ("present", "bool", "Whether at least one sentence does."),
        ),
        ("article_id", "theme"),
        ranges={"share": (0, 1)},
        foreign=_IN_ARTICLES,
    ),
    Table(
        "theme_shares",
        "themes",
        "Share of articles, and of reuse clusters, in which a theme is present, and how much of them it takes, by group, with intervals.",
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
            _THEME,
            _WEIGHTING,
            ("n", "int", "Number of articles or clusters in the group."),
            ("share", "float", "Share of them in which the theme is present."),
            ("low", "float?", "Low end of the 95 % interval; null where the group is too small for one."),
            ("high", "float?", "High end of the 95 % interval; null where the group is too small for one."),
            (
                "intensity",
                "float?",
                "Mean share of their sentences that carry the theme; null where they have no sentences.",
            ),
            ("intensity_low", "float?", "Low end of its 95 % interval; null where the group is too small for one."),
            ("intensity_high", "float?", "High end of its 95 % interval; null where the group is too small for one."),
            ("n_outlets", "int", "Number of outlets of the group; articles without one are of one outlet."),
            (
                "flag",
                "str",
                "Why the intervals say little: few_clusters, or few_outlets (nothing can be said of outlets in general), "
                "by themes.few; else empty.",
            ),
        ),
        ("grouping", "group", "theme", "weighting"),
        allowed={"weighting": _WEIGHTINGS, "flag": ("", "few_clusters", "few_outlets")},
        ranges=dict.fromkeys(("share", "low", "high", "intensity", "intensity_low", "intensity_high"), (0, 1)),
        csv=True,
    ),
    Table(
        "theme_corrected",
        "themes",
        "Share of a theme as the pipeline codes it, and corrected by a random sample of sentences coded by hand; empty without one.",
        _schema(
            ("grouping", "str", "What the corpus is split by, as in theme_shares."),
            _GROUP,
            _THEME,
            ("unit", "str", "What counts the same: each sentence, or each article (cluster) by the share of its sentences."),
            ("n", "int", "Number of these units."),
            ("n_outlets", "int", "Number of outlets of the group; articles without one are of one outlet."),
            ("coded", "int", "Number of sentences coded by hand."),
            ("naive", "float", "Share as the pipeline codes it."),
            ("naive_low", "float?", "Low end of its 95 % interval, as if the coding made no error; null in one cluster."),
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
        "theme_quality",
        "themes",
        "How right the themes are, by a random sample of sentences coded by hand; empty without one.",
        _schema(
            ("theme", "str", "Theme (key in themes.yml); macro: the mean of all themes."),
            ("sentences", "int", "Number of sentences coded by hand."),
            ("with_theme", "int", "Number of those that have the theme by the coders; macro: any theme."),
            *(
                (f"{measure}{end}", "float?", f"{meaning}{said}")
                for measure, meaning in (
                    ("precision", "Share of the sentences that the pipeline gives the theme in which coders see it"),
                    ("recall", "Share of the sentences in which coders see the theme that the pipeline gives it"),
                    ("f1", "Harmonic mean of precision and recall"),
                )
                for end, said in (
                    ("", "; null where there is no such sentence."),
                    ("_low", ": low end of the 95 % interval."),
                    ("_high", ": high end."),
                )
            ),
        ),
        ("theme",),
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
            _NPMI,
            _P,
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
            _THEME,
            ("method", "str", "Who decides: in_use (as in theme_sentences), rules alone, or score alone."),
            ("threshold", "float", "Score from which a sentence carries the theme; 0 where it is not used."),
            _WEIGHTING,
            ("subset", "str", "all, no_wire, whole (no cut texts) or no_wire_whole."),
            ("n", "int", "Number of articles or clusters."),
            ("share", "float", "Share of them in which the theme is present."),
            ("low", "float?", "Low end of the 95 % interval; null where there are too few clusters."),
            ("high", "float?", "High end of the 95 % interval; null where there are too few clusters."),
        ),
        ("theme", "method", "threshold", "weighting", "subset"),
        allowed={"method": ("in_use", "rules", "score"), "weighting": _WEIGHTINGS},
        ranges={"share": (0, 1), "low": (0, 1), "high": (0, 1)},
        csv=True,
    ),
    Table(
        "specificities",
        "topics",
        "Forms that a group uses more, or less, than chance allows (q at most topics.q_max), with keyness beside.",
        _schema(
            ("grouping", "str", "What the corpus is split by: year, month, theme, a column of articles or a variable."),
            ("group", "str", "The group; `unknown` where the column has no value. A theme: the sentences that carry it."),
            ("form", "str", "Lemma, or form as printed (topics.unit), in lower case."),
            ("count", "int", "Occurrences in the group."),
            ("total", "int", "Occurrences in the corpus."),
            ("part_size", "int", "Counted words of the group."),
            ("corpus_size", "int", "Counted words of the corpus."),
            ("n_articles", "int", "Articles of the group that hold the form there."),
            ("specificity", "float", "-log10 P(X >= count) above the mode, log10 P(X <= count) below (Lafon)."),
            ("q", "float", "Two-sided p adjusted by Benjamini-Hochberg over all forms, groups and groupings tested."),
            ("q_units", "float", "q of the same test on articles (themes: sentences) that hold the form, not occurrences."),
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
            _GROUPING,
            ("axis", "int", "Axis, from 1."),
            ("inertia", "float", "Share of the inertia of the whole table that the axis has."),
            ("kind", "str", "form (a row of the table) or group (a column)."),
            ("name", "str", "The form or the group."),
            ("coordinate", "float", "Principal coordinate on the axis."),
            ("contribution", "float", "Share of the axis's inertia that the point makes, among points of its kind."),
            ("cos2", "float", "Share of the point's inertia that the axis shows."),
        ),
        ("grouping", "axis", "kind", "name"),
        allowed={"kind": ("form", "group")},
        ranges=dict.fromkeys(("inertia", "contribution", "cos2"), (0, 1.000001)),
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
            _CLASS,
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
            _CLASS,
            _GROUPING,
            _GROUP,
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
            _ENTITY,
            _SCOPE,
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
        allowed={"scope": _SCOPES},
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
            _SCOPE,
            ("weight", "int", "Number of units that name both, each reuse cluster counted once."),
            _NPMI,
            _P,
            ("q", "float", "p adjusted by Benjamini-Hochberg over all pairs of the entities in the network."),
            ("kept", "bool", "Whether the edge is significant (q at most network.q_max)."),
            ("backbone", "bool", "Whether a thinned drawing shows it (disparity filter): no evidence."),
        ),
        ("source", "target", "scope"),
        allowed={"scope": _SCOPES},
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
            _GROUP,
            ("source", "str", "One entity (entities.entity_id), the smaller id."),
            ("target", "str", "The other entity."),
            ("weight", "int", "Number of units of the group that name both."),
            ("npmi", "float?", "As in edges; null without a common unit."),
            ("p", "float?", "As in edges, within the group."),
            ("q", "float?", "As in edges, within the group."),
            ("kept", "bool", "Whether the edge is significant in the group."),
            ("change", "str?", "Periods: new, stays or gone against the period before. Kinds: only, if no other has it."),
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
            _ENTITY,
            _THEME,
            ("weight", "int", "Number of sentences with both, each reuse cluster counted once."),
            _NPMI,
            _P,
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
            _SCOPE,
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
TABLES: dict[str, Table] = {table.name: table for table in _DECLARED}
