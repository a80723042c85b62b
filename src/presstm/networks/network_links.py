"""Links of entities and speakers to themes, and of outlets that print the same texts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import tables
from presstm.networks import association, units
from presstm.networks.units import Corpus, Named
from presstm.settings import NetworkSettings


def theme_links(
    corpus: Corpus, named: Named, quotes: pa.Table, theme_sentences: pa.Table, settings: NetworkSettings
) -> pa.Table:
    """Which entities are named, and which speakers quoted, in sentences that carry a theme, more often than chance.

    The unit is the sentence. Speakers are the entities to which direct or indirect quotations are attributed; a quotation
    covers every sentence that it touches. Statistics are as in `association.across`.

    Returns:
        Table `theme_links`.
    """
    themes = sorted(pc.unique(theme_sentences["theme"]).to_pylist())
    present = theme_sentences.filter(theme_sentences["present"])
    rows, theme_rows = corpus.rows(present)
    codes = pc.index_in(present["theme"], pa.array(themes, pa.string())).to_numpy()[rows]
    by_theme = units.incidence(theme_rows, codes, len(corpus.key), len(themes))
    made = [tables.empty("theme_links")]
    for kind, who in (("entity", named), ("speaker", _speakers(quotes, corpus))):
        pairs = association.across(who.incidence(corpus, "sentence"), by_theme, len(corpus.key))
        made.append(
            tables.from_columns(
                "theme_links",
                {
                    "kind": [kind] * len(pairs),
                    "entity_id": pa.array(who.ids, pa.string()).take(pa.array(pairs.first)),
                    "theme": pa.array(themes, pa.string()).take(pa.array(pairs.second)),
                    **pairs.statistics(),
                    "kept": pairs.q <= settings.q_max,
                },
            )
        )
    return tables.conform("theme_links", pa.concat_tables(made))


def _speakers(quotes: pa.Table, corpus: Corpus) -> Named:
    spoken = quotes.filter(pc.and_(pc.is_valid(quotes["speaker"]), pc.not_equal(quotes["kind"], "term")))
    ids = sorted(pc.unique(spoken["speaker"]).to_pylist())
    rows, first = corpus.rows(spoken)
    speaker = pc.index_in(spoken["speaker"], pa.array(ids, pa.string())).to_numpy()[rows]
    sentence: list[int] = []
    entity: list[int] = []
    for row, code, end in zip(first.tolist(), speaker.tolist(), spoken["end"].to_numpy()[rows].tolist(), strict=True):
        last = row + 1
        while (
            last < len(corpus.key)
            and corpus.article[last] == corpus.article[row]
            and corpus.part_start[last, 0] == corpus.part_start[row, 0]
            and corpus.part_start[last, 1] < end
        ):
            last += 1
        sentence += range(row, last)
        entity += [code] * (last - row)
    return Named(ids, np.array(sentence, np.int64), np.array(entity, np.int64))


def outlet_links(articles: pa.Table, reuse: pa.Table) -> pa.Table:
    """Pairs of outlets that printed the same texts: in how many reuse clusters, and who came first.

    Returns:
        Table `outlet_links`.
    """
    about = {article: (outlet, day) for article, outlet, day in tables.tuples(articles, "article_id", "outlet", "published")}
    first: dict[str, dict[str, Any]] = {}  # cluster -> outlet -> its first day
    for article, cluster in tables.tuples(reuse, "article_id", "cluster_id"):
        outlet, day = about[article]
        if outlet:
            days = first.setdefault(cluster, {})
            days[outlet] = min(filter(None, (days.get(outlet), day)), default=None)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for days in first.values():
        outlets = sorted(days)
        for number, one in enumerate(outlets):
            for other in outlets[number + 1 :]:
                row = found.setdefault((one, other), {"n_clusters": 0, "source_first": 0, "target_first": 0})
                row["n_clusters"] += 1
                if days[one] and days[other] and days[one] != days[other]:
                    row["source_first" if days[one] < days[other] else "target_first"] += 1
    rows = ({"source": one, "target": other, **row} for (one, other), row in found.items())
    return tables.from_rows("outlet_links", rows)
