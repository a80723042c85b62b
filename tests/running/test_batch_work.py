"""The work of stages batch by batch: what is computed, by whom, and what becomes of articles that bring workers down."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from presstm import progress, tables
from presstm.errors import InputError, OutputError
from presstm.running import batch_work, batches, cache, engine
from presstm.running.sharding import Filled, Shard
from presstm.settings import EngineSettings
from tests import batch_faults
from tests.running.test_batches import IDS, study

TWO = EngineSettings(workers=2)


@pytest.fixture
def spread(monkeypatch):
    """Make workers do the work however little it is."""
    monkeypatch.setattr(batch_work, "_FEW", 0)


def run(folder, work, settings=TWO, stored="cache"):
    place = folder / stored if isinstance(stored, str) else stored
    return list(batch_work.results(work, folder, settings, place, progress.silent))


def sentences(made):
    return pa.concat_tables(each["sentences"] for each in made)


def done(log):
    """Process and article of each line."""
    lines = [line.split() for line in log.read_text().splitlines()] if log.exists() else []
    return {process for process, _ in lines}, sorted(article for _, article in lines)


def poisoned(folder, **texts):
    """A study of 60 articles, some of which hold what brings workers down."""
    study(folder, dict.fromkeys(IDS, 2))
    articles = tables.read(folder, "articles").to_pylist()
    for article in articles:
        article["text"] = texts.get(article["article_id"], article["text"])
    write_articles(folder, articles)


def write_articles(folder, rows):
    """Other articles, as if all tables had been made from them."""
    others = [path.stem for path in folder.glob("*.parquet") if path.stem != "articles"]
    kept = {name: tables.read(folder, name) for name in others}
    tables.write(folder, "articles", tables.from_rows("articles", rows))
    for name, table in kept.items():
        tables.write(folder, name, table)


def test_workers_do_the_batches_and_the_results_come_in_order(tmp_path, spread):
    study(tmp_path, dict.fromkeys(IDS, 2))
    log = tmp_path / "log"
    made = run(tmp_path, batch_faults.work(log))
    processes, articles = done(log)
    assert sentences(made).equals(tables.read(tmp_path, "sentences"))
    assert len(made) == batches.number(tmp_path)
    assert articles == sorted(IDS)
    assert str(os.getpid()) not in processes


def test_a_task_holds_no_rows(tmp_path):
    study(tmp_path, dict.fromkeys(IDS, 50))
    wide = pa.table({"word": pa.array([f"mot {n}" for n in range(10_000)])})
    work = batch_faults.work(tmp_path / "log", wide=wide)
    pieces = list(batch_work._pieces(work, tmp_path, batches.prefixes(tmp_path)))
    sent = batch_work._send(work, tmp_path, tmp_path / "cache", here=False)
    for task in batch_work._tasks(sent, pieces, 2):
        assert len(repr(task)) < 2000 + 300 * len(task.pieces)
    assert batch_work._prepared(sent)[0]({})["wide"].equals(wide)


def test_little_work_is_done_without_workers(tmp_path, monkeypatch):
    study(tmp_path, dict.fromkeys(IDS[:20], 2))
    monkeypatch.setattr(engine, "spread", lambda *_, **__: pytest.fail("workers were started"))
    made = run(tmp_path, batch_faults.work(tmp_path / "log"))
    assert sentences(made).equals(tables.read(tmp_path, "sentences"))
    assert done(tmp_path / "log")[0] == {str(os.getpid())}


@pytest.mark.parametrize("stored", [None, "file"])
def test_without_a_cache_the_work_is_done_in_this_process(tmp_path, monkeypatch, stored):
    study(tmp_path, dict.fromkeys(IDS, 2))
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(engine, "spread", lambda *_, **__: pytest.fail("workers were started"))
    made = run(tmp_path, batch_faults.work(tmp_path / "log"), stored=stored)
    assert sentences(made).equals(tables.read(tmp_path, "sentences"))


def test_only_the_batch_of_a_changed_article_is_computed_again(tmp_path, spread):
    rows = dict.fromkeys(IDS, 2)
    study(tmp_path, rows)
    logs = [tmp_path / name for name in ("first", "again", "edited")]
    cold = run(tmp_path, batch_faults.work(logs[0]))
    assert run(tmp_path, batch_faults.work(logs[1])) == cold
    assert done(logs[1])[1] == []
    study(tmp_path, {**rows, IDS[7]: 3})
    assert sentences(run(tmp_path, batch_faults.work(logs[2]))).equals(tables.read(tmp_path, "sentences"))
    assert done(logs[2])[1] == sorted(key for key in IDS if key[:2] == IDS[7][:2])


def test_what_the_work_depends_on_is_part_of_the_key(tmp_path):
    study(tmp_path, dict.fromkeys(IDS[:3], 1))
    logs = [tmp_path / name for name in ("one", "other", "wide")]
    run(tmp_path, batch_faults.work(logs[0]))
    other = batch_faults.work(logs[1])
    run(tmp_path, batch_work.Work(other.stage, other.tables, other.prepare, other.arguments, ["2"]))
    run(tmp_path, batch_faults.work(logs[2], wide=pa.table({"word": ["mot"]})))
    assert [len(done(log)[1]) for log in logs] == [3, 3, 3]


@pytest.mark.parametrize("few", [40, 0])
def test_a_result_that_was_made_with_another_wide_table_is_taken_where_it_holds(tmp_path, monkeypatch, few):
    monkeypatch.setattr(batch_work, "_FEW", few)
    study(tmp_path, dict.fromkeys(IDS[:3], 1))
    log, one, alike, more = tmp_path / "log", ["a"], ["b"], ["a", "b"]
    counts = []
    for words in (one, alike, more, more, one):
        made = run(tmp_path, batch_faults.counting(log, pa.table({"word": words})))
        assert all(each["known"]["known"].to_pylist() == [len(words)] for each in made)
        counts.append(len(done(log)[1]))
    once = batches.number(tmp_path)
    assert counts == [once, once, 2 * once, 2 * once, 3 * once]


def test_a_shard_computes_again_what_does_not_hold(tmp_path):
    study(tmp_path, dict.fromkeys(IDS[:3], 1))
    for words in (["a"], ["a", "b"], ["c", "d"]):
        work = batch_faults.counting(tmp_path / "log", pa.table({"word": words}))
        batch_work.fill(work, tmp_path, TWO, tmp_path / "cache", progress.silent, Shard(1, 1))
    assert len(done(tmp_path / "log")[1]) == 2 * batches.number(tmp_path)


def test_a_damaged_result_is_computed_again(tmp_path):
    study(tmp_path, dict.fromkeys(IDS[:3], 1))
    cold = run(tmp_path, batch_faults.work(tmp_path / "cold"))
    work = batch_faults.work(tmp_path / "again")
    pieces = list(batch_work._pieces(work, tmp_path, batches.prefixes(tmp_path)))
    cache.path(tmp_path / "cache", pieces[0].entry).write_bytes(b"no result")
    cache.put(tmp_path / "cache", pieces[1].entry, b"no tables")
    assert run(tmp_path, work) == cold
    assert done(tmp_path / "again")[1] == sorted(IDS[:3])[:2]


@pytest.mark.parametrize("settings", [TWO, EngineSettings(kind="dask", workers=2)])
def test_articles_that_bring_workers_down_are_named_and_the_rest_is_kept(tmp_path, spread, settings):
    pytest.importorskip("distributed")
    poisoned(tmp_path, **{IDS[3]: batch_faults.DIES, IDS[40]: batch_faults.RAISES})
    with pytest.raises(InputError) as raised:
        run(tmp_path, batch_faults.work(tmp_path / "log"), settings)
    message = str(raised.value)
    assert message.startswith("figures cannot be done for ")
    assert f"{IDS[3]} (killed: " in message
    assert f"{IDS[40]} (error: ValueError: an odd text)" in message
    assert "\n" not in message
    assert set(done(tmp_path / "log")[1]) == {*IDS} - {IDS[3], IDS[40]}
    bad = (IDS[3], IDS[40])
    articles = tables.read(tmp_path, "articles").to_pylist()
    write_articles(tmp_path, [row for row in articles if row["article_id"] not in bad])
    run(tmp_path, batch_faults.work(tmp_path / "after"), settings)
    of_these_batches = [key for key in IDS if key not in bad and key[:2] in (bad[0][:2], bad[1][:2])]
    assert done(tmp_path / "after")[1] == sorted(of_these_batches)


def test_a_worker_lost_without_fault_of_an_article_costs_nothing(tmp_path, spread):
    study(tmp_path, dict.fromkeys(IDS, 2))
    made = run(tmp_path, batch_faults.dies_once(tmp_path / "marker"))
    assert sentences(made).equals(tables.read(tmp_path, "sentences"))


def test_a_batch_done_article_by_article_gives_the_same(tmp_path, spread, monkeypatch):
    study(tmp_path, dict.fromkeys(IDS, 2))
    real = batch_work._do

    def only_single_articles(tasks, settings, here):
        for task in tasks:
            failure = engine.Failure("memory", "needed more memory than a worker may use")
            whole = task.pieces[0].article_id is None and task.pieces[0].prefix in (IDS[0][:2], IDS[9][:2])
            yield from [(task, failure)] if whole else real([task], settings, here)

    cold = run(tmp_path, batch_faults.work(tmp_path / "cold"), stored="other")
    monkeypatch.setattr(batch_work, "_do", only_single_articles)
    assert run(tmp_path, batch_faults.work(tmp_path / "log"), EngineSettings(workers=1)) == cold


def test_workers_that_fail_at_everything_end_the_run_soon(tmp_path, spread, monkeypatch):
    study(tmp_path, dict.fromkeys(IDS, 2))
    asked = []

    def spread_nothing(function, tasks, *_, **__):
        asked.append(len(tasks))
        for index in range(len(tasks)):
            yield index, engine.Failure("killed", "no worker process could be started")

    monkeypatch.setattr(engine, "spread", spread_nothing)
    with pytest.raises(InputError, match=r"no worker process could be started.*and \d+ more"):
        run(tmp_path, batch_faults.work(tmp_path / "log"))
    assert asked[2] < 30


def test_a_batch_at_which_this_process_was_lost_goes_to_a_worker_the_next_time(tmp_path):
    study(tmp_path, dict.fromkeys(IDS[:10], 2))
    poisoned_id = sorted(IDS[:10])[4]
    articles = tables.read(tmp_path, "articles").to_pylist()
    for article in articles:
        if article["article_id"] == poisoned_id:
            article["text"] = batch_faults.DIES
    write_articles(tmp_path, articles)
    script = (
        "from pathlib import Path; import sys; from presstm import progress; from presstm.running import batch_work; from tests import batch_faults;"
        "from presstm.settings import EngineSettings; folder = Path(sys.argv[1]);"
        "list(batch_work.results(batch_faults.work(folder / 'log'), folder, EngineSettings(), folder / 'cache', progress.silent))"
    )
    ended = subprocess.run([sys.executable, "-c", script, tmp_path], cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == -9
    with pytest.raises(InputError, match=rf"{poisoned_id} \(killed"):
        run(tmp_path, batch_faults.work(tmp_path / "log"))


def test_shards_fill_the_cache_and_the_stage_finds_all_of_it(tmp_path, monkeypatch):
    study(tmp_path, dict.fromkeys(IDS, 2))
    log = tmp_path / "log"
    work = batch_faults.work(log)
    parts = [
        batch_work.fill(work, tmp_path, TWO, tmp_path / "cache", progress.silent, Shard(number, 3)) for number in (1, 2, 3)
    ]
    assert sum(part.computed for part in parts) == len(IDS)
    assert all(part.cached == part.failed == 0 and part.computed > 10 for part in parts)
    again = batch_work.fill(work, tmp_path, TWO, tmp_path / "cache", progress.silent, Shard(2, 3))
    assert again == Filled(0, parts[1].computed, 0)
    monkeypatch.setattr(batch_work, "_compute", lambda *_: iter(()))
    assert sentences(run(tmp_path, work)).equals(tables.read(tmp_path, "sentences"))
    assert done(log)[1] == sorted(IDS)


def test_a_shard_that_cannot_keep_its_results_says_so(tmp_path, monkeypatch):
    study(tmp_path, dict.fromkeys(IDS[:2], 2))
    (tmp_path / "file").write_text("")
    for place in ("file", "cache"):
        if place == "cache":
            monkeypatch.setattr(cache, "put", lambda *_: False)
        with pytest.raises(OutputError, match=re.escape(f"cannot write into the cache {tmp_path / place}")):
            batch_work.fill(
                batch_faults.work(tmp_path / "log"), tmp_path, TWO, tmp_path / place, progress.silent, Shard(1, 1)
            )


def test_no_articles(tmp_path):
    study(tmp_path, {})
    assert run(tmp_path, batch_faults.work(tmp_path / "log")) == []
