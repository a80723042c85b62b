"""The sections of the first page, in order: each makes its values from the tables, or None where they are absent."""

from __future__ import annotations

from presstm.report.sections.corpus import flow, summary, texts, timeline
from presstm.report.sections.ledger import ledger
from presstm.report.sections.links import associations, changes, exchanges
from presstm.report.sections.method import made, method
from presstm.report.sections.network import network
from presstm.report.sections.reuse import families
from presstm.report.sections.search import search
from presstm.report.sections.shares import groups, months, outlets, themes
from presstm.report.sections.voices import named, speakers
from presstm.report.sections.words import classes, factors, specific

SECTIONS = (
    summary,
    flow,
    timeline,
    themes,
    months,
    outlets,
    groups,
    named,
    speakers,
    associations,
    ledger,
    families,
    exchanges,
    network,
    changes,
    specific,
    factors,
    classes,
    search,
    texts,
    method,
    made,
)
