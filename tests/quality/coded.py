"""Texts coded by hand for the quality tests, and the tables that a stage needs to read them."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

import pyarrow as pa

from presstm import annotate, progress, tables
from presstm.settings import AnnotateSettings, EngineSettings

FOLDER = Path(__file__).parent


def load(name):
    """The coded texts of `name`.jsonl."""
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


_MARKUP = re.compile(
    r"\[(?P<label>[A-Z]+) |\{(?P<kind>term) |\{(?P<said>direct|answer|indirect) (?P<speaker>[^|}]+)\||<(?P<value>[^|>]+)\||(?P<close>=[^\]]+\]|[\]}>])"
)
_TITLE_END = "\n\n"


def marked(name):
    """The texts of `name`.txt, whose codes stand in the text itself.

    `[PER Vial=Jeanne Vial]` names Jeanne Vial, `{direct Jeanne Vial|…}` (or indirect, or answer, which has no marks) is said by her, `{direct ~un livreur|…}`
    by somebody unnamed, `{direct ?|…}` by nobody known; `{term …}` quotes nobody; `<40-60|40 à 60>` is a figure. Guillemets stand around what is quoted.
    """
    source = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    texts = []
    for block in source.split("=== ")[1:]:
        text_id, _, body = block.partition("\n")
        title, _, text = body.strip().partition(_TITLE_END)
        read = {"title": _unmarked(title), "body": _unmarked(text)}
        codes = {
            what: [{"part": part, **row} for part, (_, rows) in read.items() for row in rows[what]]
            for what in ("mentions", "quotes", "figures")
        }
        texts.append({"id": text_id, "title": read["title"][0], "text": read["body"][0], **codes})
    return texts


def _unmarked(source):
    """(text without codes, codes by what they code) of a part."""
    text, at, opened = "", 0, []
    rows = {"mentions": [], "quotes": [], "figures": []}
    for match in _MARKUP.finditer(source):
        text += source[at : match.start()]
        at = match.end()
        if not match["close"]:
            marks = "« " if (match["kind"] == "term" or match["said"] == "direct") else ""
            text += marks
            opened.append((match, len(text)))
            continue
        code, start = opened.pop()
        row = {"start": start, "end": len(text), "text": text[start:]}
        if code["label"]:
            rows["mentions"].append({**row, "label": code["label"], "name": match["close"][1:-1] or row["text"]})
        elif code["value"]:
            low, _, high = code["value"].partition("-")
            rows["figures"].append(
                {**row, "value": None if low == "?" else float(low), "high": float(high) if high else None}
            )
        else:
            rows["quotes"].append(
                {**row, "kind": code["kind"] or code["said"].replace("answer", "direct"), "speaker": code["speaker"]}
            )
            text += " »" if (code["kind"] or code["said"] == "direct") else ""
    return text + source[at:], rows


def article_id(text_id):
    return hashlib.sha256(text_id.encode()).hexdigest()[:16]


def articles(texts):
    """Table articles of coded texts (id, title, text)."""
    fixed = {"language": "fr", "access": "full", "method": "test", "sha256": "", "authors": [], "warnings": [], "n_words": 0}
    rows = [
        {**fixed, "article_id": article_id(text["id"]), "source": text["id"], "title": text["title"], "text": text["text"]}
        for text in texts
    ]
    return tables.from_rows("articles", rows)


@cache
def annotated(name):
    """(articles, sentences, tokens) of the coded texts of `name`."""
    return annotate_texts(load(name))


def annotate_texts(texts):
    """(articles, sentences, tokens) of coded texts."""
    table = articles(texts)
    few = [table.slice(first, 15) for first in range(0, len(table), 15)]  # few enough to be annotated in this process
    done = [annotate.annotate(part, AnnotateSettings(), EngineSettings(workers=1), None, progress.silent) for part in few]
    return table, pa.concat_tables([part.sentences for part in done]), pa.concat_tables([part.tokens for part in done])


def mentions(texts, sentences):
    """Tables (mentions, entities) of the names that each text lists, by full name and, for persons, by last name."""
    sentence_rows = sentences.to_pylist()
    rows, known = [], {}
    for text in texts:
        for part, string in (("title", text["title"]), ("body", text["text"])):
            taken = []
            for name, label in sorted(text["names"].items(), key=lambda item: -len(item[0])):
                forms = [name, name.split()[-1]] if label == "PER" else [name]
                for form in forms:
                    for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", string):
                        if not any(start < match.end() and match.start() < end for start, end in taken):
                            taken.append(match.span())
                            rows.append(_mention(text, part, match, label, name, sentence_rows))
                known[name] = label
    entities = [
        {"entity_id": name, "name": name, "label": label, "n_mentions": 1, "n_articles": 1, "n_clusters": 1}
        for name, label in known.items()
    ]
    return tables.from_rows("mentions", rows), tables.from_rows("entities", entities)


def _mention(text, part, match, label, name, sentence_rows):
    identifier = article_id(text["id"])
    inside = [
        row["sentence_id"]
        for row in sentence_rows
        if row["article_id"] == identifier and row["part"] == part and row["start"] <= match.start() < row["end"]
    ]
    return {
        "article_id": identifier,
        "sentence_id": (inside or [0])[0],
        "part": part,
        "start": match.start(),
        "end": match.end(),
        "text": match.group(),
        "label": label,
        "entity_id": name,
        "method": "gazetteer",
    }


def overlap(a, b):
    """Intersection over union of two spans of one part."""
    if a["part"] != b["part"]:
        return 0.0
    common = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return max(0, common) / (max(a["end"], b["end"]) - min(a["start"], b["start"]))


def matched(coded, found, same=lambda a, b: True, least=0.5):
    """Pairs (coded, found) of spans that overlap by `least` at least, each used once, best overlap first."""
    pairs = sorted(
        ((overlap(a, b), i, j) for i, a in enumerate(coded) for j, b in enumerate(found) if same(a, b)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    left, right, chosen = set(), set(), []
    for score, i, j in pairs:
        if score >= least and i not in left and j not in right:
            left.add(i)
            right.add(j)
            chosen.append((coded[i], found[j]))
    return chosen


def f1(hits, coded, found):
    return 2 * hits / (coded + found) if coded + found else 1.0


def rows_of(table, text_id) -> list[dict]:
    identifier = article_id(text_id)
    return [row for row in table.to_pylist() if row["article_id"] == identifier]
