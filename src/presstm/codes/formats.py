"""The sample in the formats of coding programs, and the codes back: CSV, Label Studio, doccano.

Coders see title, sentence before, and sentence; no outlet, score or stratum. Predictions are shown only if asked for.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from presstm import spreadsheets
from presstm.codes import NONE, Code, Item, themes_of, zips
from presstm.errors import InputError
from presstm.exports import csv_bytes, json_bytes
from presstm.spreadsheets import NO, YES
from presstm.theming.theme_keys import SHEET

Files = dict[str, bytes]
Shown = Mapping[str, Sequence[str]]  # key -> themes to show beforehand
_CONFIG = """<View>
  <Header value="$title"/>
  <Text name="previous" value="$previous"/>
  <Text name="sentence" value="$sentence"/>
  <Choices name="theme" toName="sentence" choice="multiple" required="true">{choices}</Choices>
</View>
"""


def to_csv(items: Sequence[Item], themes: Sequence[str], shown: Shown) -> Files:
    """A sheet with one column per theme and one for none, to be marked with x; with a mark that tells Excel that it is UTF-8."""
    labels = (*themes, NONE)
    made = [
        (
            *(getattr(item, name) for name in SHEET),
            *("x" if label in shown.get(item.key, ()) else "" for label in labels),
        )
        for item in items
    ]
    return {"codes.csv": codecs.BOM_UTF8 + csv_bytes((*SHEET, *labels), made)}


def from_csv(name: str, data: bytes, themes: Sequence[str], coder: str) -> list[Code]:
    """Codes of a sheet; a row without any mark is not coded. Order and further columns do not matter."""
    found = []
    for line, row in spreadsheets.rows(spreadsheets.decoded(data), name, exact=True):
        where = f"{name}, line {line}"
        if missing := [label for label in ("key", *themes) if label.casefold() not in row]:
            raise InputError(f"{where}: column {missing[0]} is missing")
        marked = []
        for label in (*themes, NONE):
            mark = row.get(label.casefold(), "").strip().casefold()
            if mark not in YES | NO:
                raise InputError(f"{where}: {mark} in column {label} is neither x nor empty")
            marked += [label] if mark in YES else []
        given = themes_of(marked, themes, where)
        if given is not None:
            found.append(Code(row["key"].strip(), row.get("coder", "").strip() or coder, given))
    return found


def to_label_studio(items: Sequence[Item], themes: Sequence[str], shown: Shown) -> Files:
    """Tasks, and the labelling interface that goes with them."""
    tasks = []
    for item in items:
        task: dict[str, Any] = {"data": {name: getattr(item, name) for name in SHEET}}
        if item.key in shown:
            choice = {
                "from_name": "theme",
                "to_name": "sentence",
                "type": "choices",
                "value": {"choices": list(shown[item.key])},
            }
            task["predictions"] = [{"model_version": "presstm", "result": [choice]}]
        tasks.append(task)
    choices = "".join(f"<Choice value={quoteattr(label)}/>" for label in (*themes, NONE))
    return {"label-studio.json": json_bytes(tasks, 1), "label-studio.xml": _CONFIG.format(choices=choices).encode()}


def from_label_studio(name: str, data: bytes, themes: Sequence[str], coder: str) -> list[Code]:
    """Codes of an export as JSON or JSON-MIN; cancelled annotations are left out."""
    try:
        tasks = json.loads(spreadsheets.decoded(data))
    except ValueError as error:
        raise InputError(f"{name}: no JSON ({error})") from None
    found = []
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        where = f"{name}, task {number}"
        try:
            answers = _answers(task) if "data" in task else [_least_answer(task)]
            for key, who, labels in answers:
                who = who.get("email", who.get("id")) if isinstance(who, dict) else who
                given = themes_of(map(str, labels), themes, where)
                if given is not None:
                    found.append(Code(key, coder if who is None else str(who), given))
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{where}: not as Label Studio exports it ({error})") from None
    return found


def _answers(task: Mapping[str, Any]) -> list[tuple[str, Any, list[str]]]:
    """Key, coder and labels of each annotation of a task in JSON."""
    done = [one for one in task["annotations"] if not one.get("was_cancelled")]
    return [(str(task["data"]["key"]), one.get("completed_by"), _choices(one)) for one in done]


def _least_answer(task: Mapping[str, Any]) -> tuple[str, Any, list[str]]:
    """Key, coder and labels of a row of JSON-MIN."""
    labels = task.get("theme") or []
    if isinstance(labels, dict):
        labels = labels.get("choices", [])
    return str(task["key"]), task.get("annotator"), [labels] if isinstance(labels, str) else labels


def _choices(annotation: Mapping[str, Any]) -> list[str]:
    made = [one for one in annotation.get("result") or [] if one.get("type") == "choices"]
    names = {str(one.get("from_name")) for one in made}
    if names and "theme" not in names:
        raise KeyError(f"choices named {', '.join(sorted(names))}; in the labelling interface their name is theme")
    return [label for one in made if one.get("from_name") == "theme" for label in one["value"]["choices"]]


def to_doccano(items: Sequence[Item], themes: Sequence[str], shown: Shown) -> Files:
    """Lines for text classification; the sentence to code comes last, behind an arrow. And the labels to load."""
    lines = []
    for item in items:
        text = "\n".join(filter(None, (item.title, item.previous, f"→ {item.sentence}")))
        lines.append(json_bytes({"text": text, "label": list(shown.get(item.key, ())), "key": item.key}))
    labels = [{"text": label} for label in (*themes, NONE)]
    return {"doccano.jsonl": b"".join(lines), "doccano-labels.json": json_bytes(labels, 1)}


def from_doccano(name: str, data: bytes, themes: Sequence[str], coder: str) -> list[Code]:
    """Codes of an export as JSONL, or of a zip of them, in which each file is named for its coder."""
    if not data.startswith(b"PK"):
        return _doccano_lines(name, data, themes, coder)
    return [
        code
        for path, content in zips.members(name, data, (".jsonl",))
        for code in _doccano_lines(f"{name}/{path}", content, themes, path.stem)
    ]


def _doccano_lines(name: str, data: bytes, themes: Sequence[str], coder: str) -> list[Code]:
    found = []
    for number, line in enumerate(spreadsheets.decoded(data).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            row = json.loads(line)
            key = row.get("key") or (row.get("meta") or row.get("metadata") or {})["key"]
            labels = [str(label) for label in (row["labels"] if "labels" in row else row["label"])]
        except ValueError as error:
            raise InputError(f"{where}: no JSON ({error})") from None
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{where}: not as doccano exports it ({error})") from None
        given = themes_of(labels, themes, where)
        if given is not None:
            found.append(Code(str(key), str(row.get("username") or coder), given))
    return found
