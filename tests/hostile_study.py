"""The small study with markup and script in every field that a source, a model file or an analyst can fill."""

from __future__ import annotations

import datetime
from typing import Any

import pyarrow as pa

from presstm import tables
from tests import small_study

PAYLOADS = (
    "<script>globalThis.hacked=1;alert(1)</script>",
    "<img src=x onerror=\"globalThis.hacked=1;alert(1)\">",
    "\"><svg onload=globalThis.hacked=1;alert(1)>",
    "' onmouseover='globalThis.hacked=1;alert(1)' x='",
    "\" autofocus onfocus=\"globalThis.hacked=1;alert(1)\" x=\"",
    "</title><script>globalThis.hacked=1;alert(1)</script>",
    "</style><script>globalThis.hacked=1;alert(1)</script>",
    "</script><script>globalThis.hacked=1;alert(1)</script>",
    "<!--<script>globalThis.hacked=1;alert(1)//",
    "]]><script>globalThis.hacked=1;alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}${globalThis.hacked=1}",
    "<iframe srcdoc=\"<script>parent.hacked=1;alert(1)</script>\"></iframe>",
    "<a href=\"javascript:globalThis.hacked=1;alert(1)\">x</a>",
    "\u2028globalThis.hacked=1;alert(1)\u2029//",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<base href=\"https://evil.example/\"><meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
    "=HYPERLINK(\"https://evil.example\")",
    "../../../evil\x00\x07$x^2$\u202e",
)  # fmt: skip
URLS = (
    "javascript:globalThis.hacked=1;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://example.org/\" onclick=\"alert(1)",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    " https://example.org/ ok",
    "http://[broken",
)  # fmt: skip


def made() -> dict[str, pa.Table]:
    """One article per payload, and every payload as an entity, a quoted speaker, a figure, a theme, a rule and a reject."""
    entities = dict.fromkeys(PAYLOADS, "ORG")
    articles = [_article(i, payload) for i, payload in enumerate(PAYLOADS)]
    built = small_study.made(articles, entities)
    rows: dict[str, list[dict[str, Any]]] = {name: built[name].to_pylist() for name in built}
    where = {(row["article_id"], row["part"], row["sentence_id"]): row for row in rows["sentences"]}
    for i, payload in enumerate(PAYLOADS):
        sentence = next(row for key, row in sorted(where.items()) if key[:2] == (f"p{i}", "body"))
        span = {key: sentence[key] for key in ("article_id", "part", "sentence_id", "start", "end")}
        speaker = small_study.entity_id(payload, "ORG")
        rows["quotes"].append({**span, "kind": "direct", "speaker": speaker, "speaker_text": payload, "cue": payload})
        for fact in (payload, None):
            place = {**span, "start": span["start"] + (fact is None)}
            rows["figures"].append(
                {**place, "text": payload, "value": 1.5 + i, "high": None, "unit": payload, "hedge": payload, "fact": fact}
            )
        rows["rejects"].append({"source": f"{payload}.html", "stage": "extract", "reason": "empty", "detail": payload})
        evidence = [{"rule": payload, "start": span["start"], "end": span["end"]}]
        rows["theme_sentences"].append(
            {
                "article_id": f"p{i}",
                "sentence_id": span["sentence_id"],
                "theme": payload,
                "score": 1.0,
                "present": True,
                "evidence": evidence,
            }
        )
        rows["theme_articles"].append(
            {"article_id": f"p{i}", "theme": payload, "share": 0.5, "sentences": 2, "present": True}
        )
        rows["theme_shares"] += [
            {
                "grouping": grouping,
                "group": group,
                "theme": payload,
                "weighting": weighting,
                "n": 1,
                "share": 0.5,
                "low": 0.1,
                "high": 0.9,
                "intensity": 0.5,
                "intensity_low": None,
                "intensity_high": None,
                "n_outlets": 1,
                "flag": "few_clusters",
            }
            for grouping, group in (("all", "all"), ("outlet", payload), ("month", "2019-05"))
            for weighting in ("article", "cluster")
        ]
    return {name: tables.from_rows(name, rows[name]) for name in built}


def _article(number: int, payload: str) -> dict[str, Any]:
    other = PAYLOADS[(number + 1) % len(PAYLOADS)]
    return {
        "id": f"p{number}",
        "outlet": payload,
        "kind": payload,
        "day": datetime.date(2019, 5, 1 + number),
        "title": payload,
        "authors": [payload],
        "url": URLS[number % len(URLS)],
        "body": [[f"La précarité de {payload} et {other}."]],
        "wire": payload,
        "cluster": f"p{number - number % 2}",
    }
