"""Floors of the extraction on the project's own pages: the demonstration corpus and pages of classes of trouble (extraction/*.html)."""

import json
from pathlib import Path

import pytest
from benchmarks import extraction

from presstm.formats import Item, Reject, html_page
from presstm.pages import decode

HERE = Path(__file__).parent / "extraction"
RAW = Path(__file__).parents[2] / "corpus" / "raw"
FLOORS = {"fast": (0.998, 0.998), "best": (0.998, 0.998)}  # token F1, snippet F1: they may rise, never fall
METADATA = {"title": 1.0, "standfirst": 0.97, "authors": 0.94, "published": 1.0, "url": 1.0, "access": 1.0}


def expected() -> list[dict]:
    rows = [(RAW, "expected.jsonl"), (HERE, "pages.jsonl")]
    return [
        {**json.loads(line), "folder": folder}
        for folder, name in rows
        for line in (HERE / name).read_text(encoding="utf-8").splitlines()
    ]


PAGES = expected()


@pytest.fixture(scope="module", params=["fast", "best"])
def read(request) -> tuple[str, dict[str, Item | Reject]]:
    answers = {}
    for page in PAGES:
        content = decode.clean(decode.decode((page["folder"] / page["source"]).read_bytes())[0])
        answers[page["source"]] = html_page.read(content, None, request.param)[0]
    return request.param, answers


def one_line(text: str | None) -> str:
    return decode.one_line(text or "")


def test_pages_that_are_no_articles_are_rejected(read):
    for page in PAGES:
        assert isinstance(read[1][page["source"]], Reject) == bool(page.get("reject")), page["source"]


def test_text_reaches_the_floors(read):
    profile, answers = read
    scores = [
        extraction.score(answers[page["source"]].text, page["core"], page["opt"]) for page in PAGES if not page.get("reject")
    ]
    token, snippet = (sum(getattr(one, what) for one in scores) / len(scores) for what in ("token", "snippet"))
    assert token >= FLOORS[profile][0]
    assert snippet >= FLOORS[profile][1]
    assert min(one.token for one in scores) >= 0.9


def test_what_must_stay_out_stays_out(read):
    for page in PAGES:
        for noise in page.get("noise", ()):
            assert page.get("reject") or noise not in read[1][page["source"]].text, (page["source"], noise)


@pytest.mark.parametrize("field", METADATA)
def test_metadata_reach_the_floors(read, field):
    right = []
    for page in PAGES:
        if page.get("reject") or field not in page:
            continue
        item = read[1][page["source"]]
        if field == "authors":
            right.append(list(item.authors) == page["authors"])
        elif field == "published":
            right.append((item.published and item.published.isoformat()) == page["published"])
        elif field == "access":
            right.append((item.access == "partial") == (page["access"] == "partial"))
        else:
            right.append(one_line(getattr(item, field)) == one_line(page[field]))
    assert sum(right) / len(right) >= METADATA[field]
