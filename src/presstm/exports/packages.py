"""Bundles to publish: a Frictionless Data Package, and an RO-Crate with citation, parameters, versions, hashes and methods."""

from __future__ import annotations

import hashlib
from typing import Any

import yaml

from presstm import schemas
from presstm.exports import Files, Source, bibliography, json_bytes, methods, sheets

MANIFEST = "manifest-sha256.txt"
_TYPES = {"int32": "integer", "int64": "integer", "double": "number", "bool": "boolean", "date32[day]": "date"}


def datapackage(source: Source) -> Files:
    """CSV tables and datapackage.json, which gives type, meaning, key and references of every column."""
    files = {f"data/{name}": content for name, content in sheets.csv(source).items()}
    names = source.names()
    package = {
        "profile": "tabular-data-package",
        "name": "presstm",
        "title": source.title,
        "resources": [_resource(source, name, names, files[f"data/{name}.csv"]) for name in names],
    }
    return files | {"datapackage.json": json_bytes(package, 2)}


def _resource(source: Source, name: str, names: list[str], content: bytes) -> dict[str, Any]:
    spec = schemas.TABLES[name]
    columns = source.shown(name).schema
    references = {column: target.split(".") for column, target in spec.foreign.items() if target.split(".")[0] in names}
    return {
        "profile": "tabular-data-resource",
        "name": name.replace("_", "-"),
        "path": f"data/{name}.csv",
        "title": spec.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(spec, column.name) for column in columns],
            "primaryKey": list(spec.key),
            "foreignKeys": [
                {"fields": column, "reference": {"resource": table.replace("_", "-"), "fields": other}}
                for column, (table, other) in references.items()
            ],
        },
    }


def _field(spec: schemas.Table, name: str) -> dict[str, Any]:
    column = spec.schema.field(name)
    may_be_empty = column.nullable or str(column.type).startswith(("string", "list"))  # an empty list is an empty cell
    constraints: dict[str, Any] = {} if may_be_empty else {"required": True}
    if name in spec.allowed:
        constraints["enum"] = list(spec.allowed[name])
    return {
        "name": name,
        "type": _TYPES.get(str(column.type), "string"),
        "description": spec.meaning(name),
        **({"constraints": constraints} if constraints else {}),
    }


def rocrate(source: Source) -> Files:
    """An RO-Crate 1.1: tables, references, citation, settings, versions, methods in French and English, and hashes of all."""
    files = {f"data/{name}": content for name, content in sheets.csv(source).items()}
    files |= bibliography.bibtex(source)
    files |= {
        "params.yaml": yaml.safe_dump(dict(source.settings), allow_unicode=True, sort_keys=True).encode(),
        "versions.json": json_bytes(dict(source.versions), 2),
        "CITATION.cff": _citation(source).encode(),
        "methods.fr.md": methods.paragraph(source, "fr").encode(),
        "methods.en.md": methods.paragraph(source, "en").encode(),
    }
    files["ro-crate-metadata.json"] = json_bytes(_crate(source, files), 2)
    return files | {MANIFEST: manifest(files)}


def manifest(files: Files) -> bytes:
    """Lines `sha256  name`, sorted by name, as sha256sum writes and checks them."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _crate(source: Source, files: Files) -> dict[str, Any]:
    descriptions = {f"data/{name}.csv": schemas.TABLES[name].description for name in source.names()}
    parts = [
        {
            "@id": name,
            "@type": "File",
            "name": name,
            "contentSize": str(len(content)),
            "sha256": hashlib.sha256(content).hexdigest(),
            **({"description": descriptions[name]} if name in descriptions else {}),
        }
        for name, content in sorted(files.items())
    ]
    days = sorted(day for day in source.tables["articles"]["published"].to_pylist() if day)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": source.title,
        "description": methods.paragraph(source, "en").strip(),
        "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "datePublished": days[-1].isoformat() if days else "1970-01-01",
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "mentions": {"@id": "#presstm"},
    }
    software = {
        "@id": "#presstm",
        "@type": "SoftwareApplication",
        "name": "presstm",
        "softwareVersion": source.versions.get("presstm", ""),
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [descriptor, root, software, *parts]}


def _citation(source: Source) -> str:
    value = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "title": source.title,
        "message": "Add the authors of this study, and cite presstm as the software that made it.",
        "authors": [{"name": "Authors of the study"}],
        "references": [
            {
                "type": "software",
                "title": "presstm",
                "version": source.versions.get("presstm", ""),
                "authors": [{"name": "The presstm authors"}],
            }
        ],
    }
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
