"""Names of the export formats: what each is, and the function that makes its files."""

from __future__ import annotations

from collections.abc import Callable

from presstm.exports import Files, Source, bibliography, corpora, graphs, methods, packages, sheets, tasks

FORMATS: dict[str, Callable[[Source], Files]] = {
    "iramuteq": corpora.iramuteq,
    "txm": corpora.txm,
    "xtz": corpora.xtz,
    "cortext": corpora.cortext,
    "passim": corpora.passim,
    "gexf": graphs.gexf,
    "graphml": graphs.graphml,
    "gephi-lite": graphs.gephi_lite,
    "label-studio": tasks.label_studio,
    "csv": sheets.csv,
    "xlsx": sheets.xlsx,
    "sqlite": sheets.sqlite,
    "datapackage": packages.datapackage,
    "rocrate": packages.rocrate,
    "bibtex": bibliography.bibtex,
    "methods": methods.both,
}
