"""Every engine, number of workers and split into shards gives the same tables."""

import os
import shutil
import signal
from pathlib import Path

import psutil
import pyarrow as pa
import pytest

from presstm import annotate, extract, progress, settings, study, tables
from presstm.errors import OutputError
from presstm.running import batch_work, cache, filling
from presstm.running.sharding import Filled, Shard
from presstm.settings import AnnotateSettings, EngineSettings, ExtractSettings
from tests.faults import workers
from tests.test_incremental import OPENINGS, PARAGRAPHS

pytest.importorskip("distributed")

ONE, TWO = EngineSettings(workers=1), EngineSettings(workers=2)
DASK = EngineSettings(kind="dask", workers=2)
TEXT = (
    "La gare de Villebrume, numéro {n}\n\nLe Courrier de nulle part, 24 mai 2019\n\nLa préfète Odile Ferrandon a reçu {n} "
    "salariés de la société Cartelle. « Nous voulons un contrat », dit l'un d'eux, et les autres se taisent.\n"
)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for n in range(14):
        (folder / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    (folder / "vide.txt").write_text("")
    (folder / "court.txt").write_text("Trop court.")
    return folder


def read(corpus: Path, engine_settings: EngineSettings, store: Path | None, track=progress.silent) -> extract.Extraction:
    return extract.extract_corpus(corpus, [], ExtractSettings(), engine_settings, store, track)


def kill_a_dask_worker(items, total, what):
    """A track that kills one of the workers after the first item."""
    items = iter(items)
    yield next(items)
    workers = [child for child in psutil.Process().children() if "multiprocessing.spawn" in " ".join(child.cmdline())]
    assert len(workers) == 2
    os.kill(workers[0].pid, signal.SIGKILL)
    yield from items


def test_extract_is_the_same_in_all_engines_even_if_a_worker_is_killed(corpus, tmp_path):
    one = read(corpus, ONE, None)
    assert (len(one.articles), len(one.rejects)) == (14, 2)
    two = read(corpus, TWO, tmp_path / "two")
    dask = read(corpus, DASK, tmp_path / "dask", kill_a_dask_worker)
    for other in (two, dask):
        assert other.articles.equals(one.articles)
        assert other.rejects.equals(one.rejects)


def test_extract_assembles_what_shards_computed(corpus, tmp_path):
    store = tmp_path / "cache"
    done = [extract.fill(corpus, ExtractSettings(), ONE, store, progress.silent, Shard(number, 3)) for number in (1, 2, 3)]
    assert sum(part.computed for part in done) == 15  # the empty file is not even opened
    again = extract.fill(corpus, ExtractSettings(), ONE, store, progress.silent, Shard(2, 3))
    assert again == Filled(0, done[1].computed, 0)
    whole, one = read(corpus, ONE, store), read(corpus, ONE, None)
    assert (whole.computed, whole.cached) == (0, 15)
    assert whole.articles.equals(one.articles)
    assert whole.rejects.equals(one.rejects)


def articles(count: int) -> pa.Table:
    texts = [f"La préfète Odile Ferrandon a reçu {n} salariés. « Un contrat ! », dit l'un d'eux." for n in range(count)]
    names = pa.array([f"{n:016x}" for n in range(count)])
    return pa.table({"article_id": names, "source": names, "title": pa.array([""] * count), "text": pa.array(texts)})


def run(table: pa.Table, engine_settings: EngineSettings, store: Path | None) -> annotate.Annotation:
    return annotate.annotate(table, AnnotateSettings(batch=2), engine_settings, store, progress.silent)


@pytest.mark.slow
def test_annotate_is_the_same_in_all_engines_and_from_shards(monkeypatch, tmp_path):
    table = articles(8)
    here = run(table, ONE, None)
    done = [
        annotate.fill(table, AnnotateSettings(), ONE, tmp_path / "shards", progress.silent, Shard(number, 3))
        for number in (1, 2, 3)
    ]
    assert done == [Filled(3, 0, 0), Filled(3, 0, 0), Filled(2, 0, 0)]
    whole = run(table, ONE, tmp_path / "shards")
    assert (whole.computed, whole.cached) == (0, 8)
    monkeypatch.setattr(annotate, "_FEW_ARTICLES", 0)
    dask = run(table, DASK, tmp_path / "dask")
    assert (dask.computed, dask.cached, len(dask.quarantine)) == (8, 0, 0)
    for other in (whole, dask):
        assert other.tokens.equals(here.tokens)
        assert other.sentences.equals(here.sentences)


@pytest.mark.slow
def test_a_shard_that_cannot_keep_its_results_says_so(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "put", lambda *_: False)
    with pytest.raises(OutputError, match="cannot write into the cache"):
        annotate.fill(articles(1), AnnotateSettings(), ONE, tmp_path / "cache", progress.silent, Shard(1, 1))
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write into the cache"):
        extract.fill(corpus, ExtractSettings(), ONE, tmp_path / "file", progress.silent, Shard(1, 1))


STAGES = ("entities", "quotes", "figures", "themes")


@pytest.fixture(scope="module")
def annotated(tmp_path_factory):
    """The results of annotate over 24 articles that differ."""
    folder = tmp_path_factory.mktemp("annotated")
    (folder / "corpus").mkdir()
    for n in range(24):
        body = "\n\n".join(PARAGRAPHS[(n + k) % len(PARAGRAPHS)] for k in range(1 + n % 4))
        (folder / "corpus" / f"{n}.txt").write_text(f"Article numéro {n}\n\n{OPENINGS[n % 3]}\n\n{body}", encoding="utf-8")
    (folder / "overrides.csv").write_text(
        "source,form,name,label,note\n,marché de Valmorne,Marché de Valmorne,LOC,\n,Jeanne Morvan,Jeanne Morven,PER,\n"
        "0.txt,Église,,NONE,\n9.txt,Nulle part,,NONE,\n",
        encoding="utf-8",
    )
    ours = a_study(folder, folder / "results", TWO, progress.silent)
    for stage in ("extract", "reuse", "annotate"):
        study.run_stage(ours, stage)
    return folder


def a_study(folder: Path, out: Path, engine_settings: EngineSettings, track) -> study.Study:
    loaded = settings.load(study.shipped() / "params.yaml")
    entities_settings = loaded.entities.model_copy(update={"overrides": str(folder / "overrides.csv")})
    loaded = loaded.model_copy(update={"engine": engine_settings, "entities": entities_settings})
    return study.Study(study.shipped(), folder / "corpus", out, out / ".cache", loaded, track)


def through(annotated: Path, out: Path, engine_settings: EngineSettings, track=progress.silent, shards: int = 0):
    """All that the four stages write, tables and numbers."""
    shutil.copytree(annotated / "results", out, ignore=shutil.ignore_patterns(".cache"))
    ours = a_study(annotated, out, engine_settings, track)
    for stage in STAGES:
        for number in range(1, shards + 1):
            assert filling.fill(ours, stage, Shard(number, shards)).failed == 0
        if shards:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(batch_work, "_compute", lambda *_: iter(()))  # all is in the cache
                study.run_stage(ours, stage)
        else:
            study.run_stage(ours, stage)
    return {
        path.relative_to(out): path.read_bytes() for path in out.rglob("*") if ".cache" not in path.parts and path.is_file()
    }


def kill_in_figures_and_themes(items, total, what):
    """A track that kills a Dask worker in the middle of two stages."""
    return kill_a_dask_worker(items, total, what) if what in ("figures", "themes") else iter(items)


@pytest.mark.slow
def test_stages_by_batches_are_the_same_in_all_engines_and_from_shards(annotated, monkeypatch, tmp_path):
    here = through(annotated, tmp_path / "here", ONE)
    assert tables.count(tmp_path / "here", "figures") > 10
    assert "override" in tables.read(tmp_path / "here", "mentions")["method"].to_pylist()
    monkeypatch.setattr(batch_work, "_FEW", 0)
    assert through(annotated, tmp_path / "one", ONE) == here
    assert through(annotated, tmp_path / "four", EngineSettings(workers=4)) == here
    assert through(annotated, tmp_path / "shards", TWO, shards=3) == here
    assert through(annotated, tmp_path / "dask", DASK, kill_in_figures_and_themes) == here


@pytest.mark.slow
def test_an_article_that_kills_dask_workers_is_quarantined_by_name_and_the_others_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(annotate, "_FEW_ARTICLES", 0)
    monkeypatch.setattr(annotate, "_work", workers.work)
    rows = articles(5).to_pylist()
    rows[2]["text"] += workers.DIES
    done = run(pa.Table.from_pylist(rows), DASK, tmp_path / "cache")
    assert done.quarantine.select(["source", "stage", "reason"]).to_pylist() == [
        {"source": rows[2]["source"], "stage": "annotate", "reason": "crashed"}
    ]
    assert set(done.sentences["article_id"].to_pylist()) == {row["article_id"] for n, row in enumerate(rows) if n != 2}
