"""The sections of the first page, in order: each makes its values from the tables, or None where they are absent."""

from __future__ import annotations

from presstm.report.sections.corpus import flow, texts, timeline
from presstm.report.sections.shares import outlets, themes
from presstm.report.sections.voices import named, speakers

SECTIONS = (flow, timeline, themes, outlets, named, speakers, texts)
