"""The whole pipeline over small corpora, as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.compute as pc
import pytest

from presstm import schemas, tables

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]

ARTICLES = {
    "un.txt": (
        "Des livreurs devant les juges\n\nLa Gazette imaginaire, 24 mai 2019\n\n"
        "Près de 120 livreurs de Valmorne réclament un contrat de travail. « Nous n’avons aucune garantie », explique Jeanne "
        "Morvan, leur porte-parole. Selon elle, l’application les a déconnectés du jour au lendemain.\n\n"
        "L’entreprise Colibri Express conteste. L’audience est fixée au mois de juin.\n"
    ),
    "deux.txt": (
        "Le marché du samedi change de place\n\nLe Courrier de nulle part, 1er juin 2019\n\n"
        "Le marché de Valmorne quitte la place de l’Église. Les étals s’installeront le long du canal, où le stationnement "
        "est plus simple. La mairie promet un fléchage, et les maraîchers attendent de voir.\n"
    ),
    "trois.txt": (
        "Qui entraîne les assistants vocaux ?\n\nOctets perdus, 3 juillet 2019\n\n"
        "Derrière la machine, des ouvriers invisibles écoutent et corrigent des milliers de phrases. Ils sont payés quelques "
        "centimes par tâche. “On ne sait jamais pour qui on travaille”, raconte Sami Delorme, qui annote des sons depuis Lyon.\n"
    ),
    "latin.txt": (
        "Une école ferme\n\nÀ la rentrée, l’école de Port-Chavel n’accueillera plus d’élèves ; la décision a été prise en "
        "février par la commune, faute d’enfants, et les parents s’organisent pour le transport vers la ville voisine."
    ).encode("cp1252"),
    "notes.bin": b"\x00\x01\x02",
    "vide.html": b"",
}


def corpus(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, text in ARTICLES.items():
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def presstm(*args: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "presstm.cli", *map(str, args)]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)


def results(out: Path) -> dict:
    return {name: tables.read(out, name) for name in schemas.TABLES}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    done = presstm("run", corpus(folder / "corpus"), "--out", folder / "out", PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    return folder, done


def test_every_file_is_an_article_or_a_reject_with_a_reason(ran):
    found = results(ran[0] / "out")
    assert found["articles"]["source"].to_pylist() != []
    assert sorted(found["articles"]["source"].to_pylist() + found["rejects"]["source"].to_pylist()) == sorted(ARTICLES)
    reasons = {row["source"]: row["reason"] for row in found["rejects"].to_pylist()}
    assert reasons == {"notes.bin": "unsupported_format", "vide.html": "empty"}


def test_references_between_tables_point_at_rows(ran):
    tables.check_foreign(results(ran[0] / "out"))


def test_offsets_point_at_what_they_claim(ran):
    found = results(ran[0] / "out")
    texts = {row["article_id"]: {"title": row["title"], "body": row["text"]} for row in found["articles"].to_pylist()}
    parts = {(row["article_id"], row["sentence_id"]): row for row in found["sentences"].to_pylist()}
    for row in found["tokens"].to_pylist():
        sentence = parts[row["article_id"], row["sentence_id"]]
        end = row["start"] + len(row["text"])
        assert texts[row["article_id"]][sentence["part"]][row["start"] : end] == row["text"]
        assert sentence["start"] <= row["start"] < end <= sentence["end"]
    for name in ("mentions", "figures"):
        for row in found[name].to_pylist():
            assert texts[row["article_id"]][row["part"]][row["start"] : row["end"]] == row["text"]
            sentence = parts[row["article_id"], row["sentence_id"]]
            assert sentence["part"] == row["part"]
            assert sentence["start"] <= row["start"] < row["end"] <= sentence["end"]
    for row in found["quotes"].to_pylist():
        assert 0 <= row["start"] < row["end"] <= len(texts[row["article_id"]][row["part"]])
    for row in found["theme_sentences"].to_pylist():
        sentence = parts[row["article_id"], row["sentence_id"]]
        for hit in row["evidence"]:
            assert sentence["start"] <= hit["start"] < hit["end"] <= sentence["end"]
        assert row["present"] == bool(row["evidence"])


def test_the_main_findings_are_there(ran):
    found = results(ran[0] / "out")
    source = dict(zip(found["articles"]["source"].to_pylist(), found["articles"].to_pylist(), strict=True))
    assert source["un.txt"]["outlet"] == "La Gazette imaginaire"
    assert f"{source['deux.txt']['published']:%Y-%m-%d}" == "2019-06-01"
    assert source["latin.txt"]["text"].startswith("À la rentrée, l’école")
    themes = {(row["article_id"], row["theme"]) for row in found["theme_articles"].to_pylist() if row["present"]}
    assert (source["un.txt"]["article_id"], "regulation") in themes
    assert (source["trois.txt"]["article_id"], "invisibility") in themes
    assert not [theme for article, theme in themes if article == source["deux.txt"]["article_id"]]
    assert {"Jeanne Morvan", "Sami Delorme"} <= set(found["entities"]["name"].to_pylist())
    direct = found["quotes"].filter(pc.equal(found["quotes"]["kind"], "direct")).to_pylist()
    assert {row["speaker_text"] for row in direct} >= {"Sami Delorme"}
    assert 120 in found["figures"]["value"].to_pylist()
    assert (ran[0] / "out/report/index.html").stat().st_size > 5000


def test_another_hash_seed_other_workers_and_a_cold_cache_give_equal_tables(ran):
    folder, _ = ran
    done = presstm(
        "run",
        folder / "corpus",
        "--out",
        folder / "again",
        "-S",
        "engine.workers=1",
        PYTHONHASHSEED="2",
        LC_ALL="C",
        TZ="Asia/Tokyo",
    )
    assert done.returncode == 0, done.stderr
    one, two = results(folder / "out"), results(folder / "again")
    assert [name for name in schemas.TABLES if not one[name].equals(two[name])] == []
    for page in (folder / "out/report").rglob("*.*"):
        assert (folder / "again/report" / page.relative_to(folder / "out/report")).read_bytes() == page.read_bytes()


def test_until_stops_after_its_stage_and_leaves_no_older_tables(ran, tmp_path):
    folder, _ = ran
    (tmp_path / "themes.parquet").write_bytes(b"")
    tables.write(tmp_path, "nodes", tables.empty("nodes"))
    done = presstm("run", folder / "corpus", "--out", tmp_path, "--until", "reuse")
    assert done.returncode == 0, done.stderr
    assert sorted(path.stem for path in tmp_path.glob("*.parquet")) == [
        "articles",
        "rejects",
        "reuse",
        "reuse_passages",
        "themes",
    ]


def test_quiet_says_nothing(ran, tmp_path):
    done = presstm("run", ran[0] / "corpus", "--out", tmp_path, "--until", "extract", "--quiet")
    assert (done.stdout, done.stderr) == ("", "")


def test_an_empty_corpus_gets_one_line(tmp_path):
    (tmp_path / "corpus").mkdir()
    done = presstm("run", tmp_path / "corpus", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert str(tmp_path / "corpus") in done.stderr


def test_a_corpus_without_any_article_still_gives_a_report(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/broken.html").write_bytes(b"<html><body><p>")
    done = presstm("run", tmp_path / "corpus", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert results(tmp_path / "out")["rejects"]["source"].to_pylist() == ["broken.html"]
    assert (tmp_path / "out/report/index.html").exists()


def test_adding_one_article_annotates_one(ran, tmp_path):
    folder, _ = ran
    for name in ("corpus", "out"):
        subprocess.run(["cp", "-r", folder / name, tmp_path / name], check=True)
    (tmp_path / "corpus/quatre.txt").write_text(ARTICLES["deux.txt"].replace("samedi", "mardi"))
    done = presstm("run", tmp_path / "corpus", "--out", tmp_path / "out", "--until", "annotate")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out/metrics/annotate.json").read_text())["articles"] == 5
    assert "1 articles computed, 4 taken from the cache" in done.stderr
