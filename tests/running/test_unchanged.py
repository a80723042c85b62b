"""Which stages of a run are left out, and what brings each of them back."""

import os
from pathlib import Path

import pytest

from presstm import settings, study, tables
from presstm.running import unchanged

STAGES = study.STAGES
ARTICLE = "Un titre\n\nLa Gazette imaginaire, 24 mai 2019\n\nLe marché de Valmorne change de place."


@pytest.fixture
def ours(tmp_path):
    """A study with something in the place of what each stage writes."""
    root = tmp_path / "study"
    (root / "corpus").mkdir(parents=True)
    (root / "corpus" / "un.txt").write_text(ARTICLE)
    (root / "models").mkdir()
    (root / "models" / "themes.yml").write_text("themes: []")
    (root / "codes").mkdir()
    (root / "codes" / "a.csv").write_text("sentence")
    out = root / "results"
    for stage in STAGES:
        files = [place for place in unchanged.places(out, stage) if place.suffix]
        for path in [*files, out / stage / "index.html"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(path.name)
    for name in ("rejects", "quarantine"):
        tables.write(out, name, tables.empty(name))
    return study.Study(root, root / "corpus", out, root / ".cache", settings.load(None, ["themes.codes=codes"]))


def run(ours, while_it_runs=lambda: None):
    """Pretend to run all stages, and let the next run know."""
    changed, read = unchanged.read_by(ours, unchanged.changed_at), unchanged.read_by(ours)
    while_it_runs()
    done = []
    for stage in STAGES:
        done.append(unchanged.done(ours, stage, read, done))
    unchanged.keep(ours, done, read, changed)


def first_to_do(ours):
    left_out = len(unchanged.leading(ours, STAGES, unchanged.read_by(ours)))
    return STAGES[left_out] if left_out < len(STAGES) else None


def with_setting(ours, override):
    return study.Study(ours.root, ours.corpus, ours.out, ours.cache, settings.load(None, ["themes.codes=codes", override]))


def rejected(ours, name, reason):
    row = {"source": "un.txt", "stage": "extract", "reason": reason, "detail": ""}
    tables.write(ours.out, name, tables.from_rows(name, [row]))


def piped(path):
    path.unlink()
    os.mkfifo(path)


def linked(path):
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def test_before_the_first_run_every_stage_is_to_be_done(ours):
    assert first_to_do(ours) == "extract"


def test_after_a_run_no_stage_is_to_be_done_whatever_the_times_of_files(ours):
    run(ours)
    for path in ours.root.rglob("*"):
        os.utime(path, (0, 0))
    assert first_to_do(ours) is None
    assert first_to_do(with_setting(ours, "engine.workers=3")) is None


CHANGES = {
    "an article is changed": (
        lambda root: (root / "corpus/un.txt").write_text(ARTICLE.replace("marché", "marchè")),
        "extract",
    ),
    "an article is added": (lambda root: (root / "corpus/deux.txt").write_text(ARTICLE), "extract"),
    "an article is renamed": (lambda root: (root / "corpus/un.txt").rename(root / "corpus/deux.txt"), "extract"),
    "the last article is deleted": (lambda root: (root / "corpus/un.txt").unlink(), "extract"),
    "a table is edited": (lambda root: (root / "results/quotes.parquet").write_text("edited.parquet"), "quotes"),
    "a table is deleted": (lambda root: (root / "results/theme_shares.csv").unlink(), "themes"),
    "numbers are deleted": (lambda root: (root / "results/metrics/figures.json").unlink(), "figures"),
    "a table becomes a link": (lambda root: linked(root / "results/nodes.csv"), "network"),
    "a table becomes a pipe": (lambda root: piped(root / "results/nodes.csv"), "network"),
    "the report becomes a link": (lambda root: linked(root / "results/report"), "report"),
    "a page is added to the report": (lambda root: (root / "results/report/more.html").write_text(""), "report"),
    "a model is changed": (lambda root: (root / "models/themes.yml").write_text("themes: {}"), "themes"),
    "a model of the study's own is added": (lambda root: (root / "models/cues.yml").write_text(""), "quotes"),
    "codes by hand are changed": (lambda root: (root / "codes/a.csv").write_text("sentence,theme"), "themes"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_first_stage_that_a_change_touches_is_to_be_done(ours, change):
    run(ours)
    make, stage = CHANGES[change]
    make(ours.root)
    assert first_to_do(ours) == stage


def test_a_change_that_leaves_size_and_time_is_seen(ours):
    run(ours)
    path = ours.out / "figures.parquet"
    before = path.stat()
    path.write_text(path.read_text()[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert first_to_do(ours) == "figures"


@pytest.mark.parametrize("override", ["reuse.shingle=6", "topics.seed=5", "report.title=" + 300 * "Titre"])
def test_a_setting_brings_back_its_stage(ours, override):
    run(ours)
    assert first_to_do(with_setting(ours, override)) == override.partition(".")[0]


def test_what_a_stage_told_of_its_results_is_known_as_long_as_they_are_left_out(ours):
    ours.told.append("extract: kept 1, rejected 0, naïve\udcff")
    run(ours)
    ours.told.clear()
    for _ in range(2):
        found = unchanged.leading(ours, STAGES, unchanged.read_by(ours))
        assert found[0].told == ("extract: kept 1, rejected 0, naïve?",)
        read = unchanged.read_by(ours)
        unchanged.keep(ours, found, read, unchanged.read_by(ours, unchanged.changed_at))


def test_another_version_of_a_package_or_of_the_code_brings_back_all(ours, tmp_path, monkeypatch):
    run(ours)
    (tmp_path / "packages" / "spacy-99.0.dist-info").mkdir(parents=True)
    with monkeypatch.context() as patched:
        patched.syspath_prepend(tmp_path / "packages")
        assert first_to_do(ours) == "extract"
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "tables.py").write_bytes(Path(tables.__file__).read_bytes())
    monkeypatch.setattr(unchanged, "_PACKAGE", tmp_path / "code")
    assert first_to_do(ours) == "extract"


def test_a_stage_file_of_the_study_s_own_is_always_run(ours):
    run(ours)
    path = ours.root / "pipelines" / "figures.py"
    path.parent.mkdir()
    shipped = (study.shipped() / "pipelines" / "figures.py").read_text()
    path.write_text(shipped)
    assert first_to_do(ours) is None
    path.write_text(shipped + "\n")
    assert first_to_do(ours) == "figures"
    run(ours)
    assert first_to_do(ours) == "figures"


def test_what_the_cache_lost_is_done_again(ours):
    run(ours)
    for path in ours.cache.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    assert first_to_do(ours) == "extract"
    assert first_to_do(study.Study(ours.root, ours.corpus, ours.out, None, ours.settings)) == "extract"


@pytest.mark.parametrize(("name", "reason"), [("rejects", "timeout"), ("rejects", "crashed"), ("quarantine", "memory")])
def test_what_failed_is_tried_again(ours, name, reason):
    rejected(ours, name, reason)
    run(ours)
    assert first_to_do(ours) == "extract"


def test_a_reject_for_good_is_no_failure(ours):
    rejected(ours, "rejects", "too_short")
    run(ours)
    assert first_to_do(ours) is None


@pytest.mark.parametrize("name", ["corpus/un.txt", "models/themes.yml", "codes/a.csv"])
def test_nothing_is_known_of_a_run_under_which_something_changed(ours, name):
    path = ours.root / name
    before = path.read_bytes()
    run(ours, lambda: path.write_text("other"))
    assert first_to_do(ours) == "extract"
    run(ours, lambda: path.write_bytes(before))
    path.write_text("other")
    assert first_to_do(ours) == "extract"


def test_nothing_is_known_of_a_run_under_which_a_change_was_undone(ours):
    path = ours.root / "models" / "themes.yml"

    def change_and_undo():
        known = path.stat()
        text = path.read_text()
        path.write_text(text[::-1])
        path.write_text(text)
        os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))

    run(ours, change_and_undo)
    assert first_to_do(ours) == "extract"


def test_what_a_stage_file_of_the_study_s_own_wrote_is_not_taken_for_the_work_of_the_usual_one(ours):
    path = ours.root / "pipelines" / "figures.py"
    path.parent.mkdir()
    path.write_text("def main(study): ...")
    run(ours)
    path.unlink()
    assert first_to_do(ours) == "figures"
