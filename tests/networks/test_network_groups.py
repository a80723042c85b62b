from datetime import date

import pyarrow as pa

from presstm.networks import network_groups, units
from presstm.settings import NetworkSettings
from tests.test_network import corpus

SETTINGS = NetworkSettings(min_clusters=2, group_scope="article", q_max=0.05)


def articles(days: dict[str, date], kinds: dict[str, str]):
    names = sorted(days)
    return pa.table(
        {
            "article_id": names,
            "published": pa.array([days[name] for name in names], pa.date32()),
            "outlet_kind": pa.array([kinds.get(name) for name in names], pa.string()),
        }
    )


def test_edges_of_a_year_are_tested_within_it_and_compared_with_the_year_before():
    texts, days, kinds = {}, {}, {}
    for n in range(20):
        texts[f"18-{n:02}"] = [["a", "b"] if n < 10 else ["c"]]
        texts[f"19-{n:02}"] = [["a", "c"] if n < 10 else ["b"]]
        days[f"18-{n:02}"], days[f"19-{n:02}"] = date(2018, 3, 1), date(2019, 3, 1)
        kinds[f"18-{n:02}"], kinds[f"19-{n:02}"] = "regional", "national"
    mentions, entities, sentences, reuse = corpus(texts)
    counted = units.corpus_of(sentences, reuse)
    named = units.named(mentions, entities, counted, SETTINGS)
    found = network_groups.by_group(counted, named, articles(days, kinds), SETTINGS).to_pylist()
    keys = ("grouping", "group", "source", "target", "weight", "kept", "change")
    assert [tuple(row[key] for key in keys) for row in found] == [
        ("outlet_kind", "national", "a", "c", 10, True, "only"),
        ("outlet_kind", "regional", "a", "b", 10, True, "only"),
        ("period", "2018", "a", "b", 10, True, None),
        ("period", "2019", "a", "b", 0, False, "gone"),
        ("period", "2019", "a", "c", 10, True, "new"),
    ]
