"""Articles with their mentions and themes as Label Studio tasks."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from xml.sax.saxutils import quoteattr

from presstm.exports import Files, Source, json_bytes

CONFIG = """<View>
  <Header value="$title"/>
  <Labels name="theme" toName="text">{themes}</Labels>
  <Labels name="entity" toName="text">{entities}</Labels>
  <Text name="text" value="$text"/>
</View>
"""


def label_studio(source: Source) -> Files:
    """Tasks with predictions (offsets in the article's text), and the labelling interface that goes with them."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    spans = {(row["article_id"], row["sentence_id"]): row for row in source.rows("sentences")}
    themes, labels = set(), set()
    for row in source.rows("theme_sentences"):
        sentence = spans[row["article_id"], row["sentence_id"]]
        themes.add(row["theme"])
        if row["present"] and sentence["part"] == "body":
            found[row["article_id"]].append(_region("theme", sentence["start"], sentence["end"], row["theme"], row["score"]))
    for row in source.rows("mentions"):
        labels.add(row["label"])
        if row["part"] == "body":
            found[row["article_id"]].append(_region("entity", row["start"], row["end"], row["label"]))
    tasks = []
    for article in source.articles():
        data = {key: article[key] for key in ("article_id", "source", "outlet", "title", "url", "text")}
        data["published"] = article["published"].isoformat() if article["published"] else None
        regions = found[article["article_id"]]
        for region in regions:
            region["value"]["text"] = article["text"][region["value"]["start"] : region["value"]["end"]]
        tasks.append({"data": data, "predictions": [{"model_version": "presstm", "result": regions}]})
    config = CONFIG.format(themes=_labels(themes), entities=_labels(labels))
    return {
        "label-studio.json": json_bytes(tasks, 1),
        "label-studio.xml": config.encode(),
    }


def _region(name: str, start: int, end: int, label: str, score: float | None = None) -> dict[str, Any]:
    region: dict[str, Any] = {
        "id": f"{name}-{label}-{start}",
        "from_name": name,
        "to_name": "text",
        "type": "labels",
        "value": {"start": start, "end": end, "labels": [label]},
    }
    return region if score is None else {**region, "score": round(score, 4)}


def _labels(names: set[str]) -> str:
    return "".join(f"<Label value={quoteattr(name)}/>" for name in sorted(names))
