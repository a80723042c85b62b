"""Nasty files: every one comes out whole or is rejected by name, and none takes another with it."""

import os
from pathlib import Path

import pytest

from presstm import extract
from presstm.progress import silent
from presstm.settings import EngineSettings, ExtractSettings
from tests import hostile

CASES = hostile.cases()


def run(corpus: Path, cache: Path | None = None, **settings: object) -> tuple[dict, dict]:
    done = extract.extract_corpus(corpus, [], ExtractSettings(**settings), EngineSettings(workers=2), cache, silent)
    rows = {row["source"]: row for row in done.articles.to_pylist()}
    rejects = {row["source"]: row for row in done.rejects.to_pylist()}
    assert len(rows) + len(rejects) == done.articles.num_rows + done.rejects.num_rows
    return rows, rejects


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Answers to all cases, per profile, in one run each."""
    corpus = tmp_path_factory.mktemp("hostile")
    for name, (data, _) in CASES.items():
        (corpus / name).write_bytes(data)
    return {profile: run(corpus, profile=profile, timeout=30) for profile in ("fast", "best")}


def plain(text: str) -> str:
    return text.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["fast", "best"])
@pytest.mark.parametrize("name", CASES)
def test_nasty_file_comes_out_whole_or_is_rejected_by_name(read, name, profile):
    articles, rejects = read[profile]
    wanted = CASES[name][1]
    assert (name in articles) != (name in rejects)
    if wanted in (hostile.ARTICLE, hostile.CLEAN):
        assert name in articles, rejects.get(name)
        text = plain(articles[name]["text"])
        assert [paragraph for paragraph in hostile.PARAGRAPHS if plain(paragraph) not in text] == []
        assert wanted == hostile.ARTICLE or hostile.SECRET not in text
        assert not any(sign in text for sign in "\0\ufffd\u00ad\u200b\u202e")
        assert "Ã©" not in text
    elif wanted != hostile.ANY:
        assert name in rejects, articles.get(name)
        assert rejects[name]["reason"] in wanted


@pytest.mark.slow
def test_impossible_date_is_null_with_a_warning(read):
    for name in ("date-impossible.html", "date-absurd.html"):
        assert read["best"][0][name]["published"] is None
    assert "impossible date '2019-02-30'" in read["best"][0]["date-impossible.html"]["warnings"]


def test_odd_entries_of_a_folder_are_named(tmp_path):
    corpus, outside = tmp_path / "corpus", tmp_path / "outside.html"
    corpus.mkdir()
    outside.write_text(hostile.page())
    (corpus / "good.html").write_text(hostile.page())
    (corpus / "folder.html").mkdir()
    (corpus / "folder.html" / "inside.html").write_text(hostile.page())
    (corpus / "link-out.html").symlink_to(outside)
    (corpus / "link-in.html").symlink_to(corpus / "good.html")
    (corpus / "broken.html").symlink_to(corpus / "nothing")
    (corpus / "loop.html").symlink_to(corpus / "loop.html")
    (corpus / "circle").symlink_to(corpus)
    os.mkfifo(corpus / "pipe.html")
    (corpus / "new\nline.html").write_text(hostile.page())
    Path(os.fsdecode(os.fsencode(corpus) + b"/bad-\xe9.html")).write_text(hostile.page())
    (corpus / ".hidden.html").write_text(hostile.page())
    with (corpus / "huge.html").open("wb") as handle:
        handle.truncate(200_000_000)
    articles, rejects = run(corpus, profile="fast")
    assert set(articles) == {"good.html", "folder.html/inside.html", "link-in.html", "new\nline.html", "bad-\\xe9.html"}
    reasons = {source: row["reason"] for source, row in rejects.items()}
    odd = ("link-out.html", "broken.html", "loop.html", "circle", "pipe.html")
    assert reasons == {**dict.fromkeys(odd, "unreadable"), "huge.html": "too_large"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_and_folder_are_named(tmp_path):
    (tmp_path / "good.html").write_text(hostile.page())
    (tmp_path / "locked.html").write_text(hostile.page())
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked.html").chmod(0)
    (tmp_path / "locked").chmod(0)
    _, rejects = run(tmp_path, profile="fast")
    assert {row["reason"] for row in rejects.values()} == {"unreadable"}
    assert set(rejects) == {"locked.html", "locked"}
