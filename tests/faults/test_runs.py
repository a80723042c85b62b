"""Clocks that are wrong, two runs at once, what is missing, and articles that kill workers."""

import json
import os
import shutil

import pytest

from presstm import annotate, progress, tables
from presstm.settings import AnnotateSettings, EngineSettings
from presstm.study import STAGES
from tests.faults import small, workers

pytestmark = pytest.mark.slow
PAST, FUTURE = 0, 4_102_444_800  # 1970 and 2100


def test_files_from_the_past_and_the_future_give_equal_results(undisturbed, tmp_path):
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    shutil.copytree(undisturbed.corpus, corpus)
    shutil.copytree(undisturbed.out, out)
    for number, path in enumerate(sorted([*corpus.rglob("*"), *out.rglob("*"), undisturbed.params])):
        moment = (PAST, FUTURE)[number % 2]
        os.utime(path, (moment, moment))
    done = small.run(corpus, out, undisturbed.params)
    assert (done.returncode, done.stderr) == (0, "")
    assert small.results(out) == undisturbed.results


def test_of_two_runs_into_one_folder_one_ends_well_and_the_other_says_why_not(undisturbed, tmp_path):
    arguments = ("run", undisturbed.corpus, "--out", tmp_path / "out", "--params", undisturbed.params, "--quiet")
    with small.started(*arguments) as one, small.started(*arguments) as other:
        said = [process.communicate(timeout=600)[1] for process in (one, other)]
        codes = [process.returncode for process in (one, other)]
    assert 0 in codes
    for code, line in zip(codes, said, strict=True):
        assert code == 0 or "another presstm is writing into" in line
        assert len(line.splitlines()) == code
    assert small.results(tmp_path / "out") == undisturbed.results


def test_two_runs_over_one_cold_cache_both_end_well(undisturbed, tmp_path):
    outs = [tmp_path / "one", tmp_path / "other"]
    (tmp_path / "cache").mkdir()
    for out in outs:
        out.mkdir()
        (out / ".cache").symlink_to(tmp_path / "cache")
    arguments = ("--params", undisturbed.params, "--quiet", "--until", "annotate")
    with (
        small.started("run", undisturbed.corpus, "--out", outs[0], *arguments) as one,
        small.started("run", undisturbed.corpus, "--out", outs[1], *arguments) as other,
    ):
        assert [process.communicate(timeout=600)[1] for process in (one, other)] == ["", ""]
        assert [process.returncode for process in (one, other)] == [0, 0]
    for out in outs:
        found = small.results(out)
        assert "tokens.parquet" in found
        assert {name for name, digest in found.items() if undisturbed.results[name] != digest} == set()


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("annotate.model=fr_core_news_xl", "fr_core_news_xl"),
        ("themes.codebook=models/none.yml", "models/none.yml"),
        ("themes.classifier=models/none.json", "models/none.json"),
        ("entities.gazetteer=models/none.csv", "models/none.csv"),
    ],
)
def test_a_missing_model_is_one_line_that_names_it(undisturbed, warm, setting, named):
    assert named in small.one_line(small.run(undisturbed.corpus, warm, undisturbed.params, "-S", setting))
    assert small.leftovers(warm) == []


def test_a_damaged_table_is_one_line_that_names_it_and_its_stage(undisturbed, tmp_path):
    study = shutil.copytree(undisturbed.study, tmp_path / "study")
    shutil.copytree(undisturbed.out, study / "results", ignore=shutil.ignore_patterns(".cache"))
    path = study / "results/quotes.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    line = small.one_line(small.presstm("network", "--study", study, "--quiet"))
    assert str(path) in line
    assert "run stage quotes again" in line


def test_articles_that_kill_their_workers_are_quarantined_by_name_and_the_others_kept(undisturbed, tmp_path, monkeypatch):
    monkeypatch.setattr(annotate, "_work", workers.work)
    articles = tables.read(undisturbed.out, "articles").to_pylist()
    bad = {"tribunal.txt": workers.EATS, "marche.txt": workers.DIES, "voix.txt": workers.RAISES}
    for article in articles:
        article["text"] += bad.get(article["source"], "")
    table = tables.from_rows("articles", articles)
    done = annotate.annotate(table, AnnotateSettings(), EngineSettings(workers=2), tmp_path, progress.silent)
    assert {row["source"]: row["reason"] for row in done.quarantine.to_pylist()} == {
        "tribunal.txt": "memory",
        "marche.txt": "crashed",
        "voix.txt": "crashed",
    }
    kept = {article["article_id"] for article in articles if article["source"] not in bad}
    assert set(done.sentences["article_id"].to_pylist()) == kept
    again = annotate.annotate(table, AnnotateSettings(), EngineSettings(workers=2), tmp_path, progress.silent)
    assert (again.cached, again.quarantine) == (len(kept), done.quarantine)


def test_a_second_run_leaves_out_what_has_not_changed_and_makes_what_was_spoilt_anew(undisturbed, tmp_path):
    out = shutil.copytree(undisturbed.out, tmp_path / "out")
    (out / "report" / "index.html").write_text("spoilt")
    (out / "networks.csv").unlink()
    done = small.presstm("run", undisturbed.corpus, "--out", out, "--params", undisturbed.params)
    assert done.returncode == 0, done.stderr
    left_out = STAGES[: STAGES.index("network")]
    assert done.stderr.startswith(f"nothing has changed for {', '.join(left_out)}\n")
    assert small.results(out) == undisturbed.results
    shorter = small.presstm("run", undisturbed.corpus, "--out", out, "--params", undisturbed.params, "--until", "reuse")
    first, *told = shorter.stderr.splitlines()
    assert first == "nothing has changed for extract, reuse"
    counts = [json.loads((out / "metrics" / f"{stage}.json").read_text()) for stage in ("extract", "reuse")]
    assert told == [
        f"extract: seen {counts[0]['seen']}, kept {counts[0]['kept']}, rejected {counts[0]['rejected']}",
        f"reuse: {', '.join(f'{key} {value}' for key, value in counts[1].items() if not isinstance(value, dict | list))}",
    ]
    assert {name.partition(".")[0] for name in small.results(out)} == {
        *("articles", "rejects", "reuse", "reuse_passages"),
        *("metrics/extract", "metrics/reuse", "params"),
    }
