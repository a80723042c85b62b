"""Equal corpus, settings and versions give equal bytes, whatever the machine's habits."""

import random
import shutil
import subprocess

import pytest

from tests.faults import small

pytestmark = pytest.mark.slow
LOCALES = set(subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split())
TURKISH = next((name for name in ("tr_TR.utf8", "tr_TR.UTF-8", "tr_TR") if name in LOCALES), "C.UTF-8")
HABITS = {
    "one worker": ("1", {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "LANG": "C"}),
    "three workers": ("3", {"PYTHONHASHSEED": "77", "LC_ALL": TURKISH, "TZ": "America/St_Johns", "OMP_NUM_THREADS": "1"}),
}


@pytest.mark.parametrize("habits", HABITS)
def test_workers_hash_seeds_locales_zones_and_the_order_of_files_change_no_byte(undisturbed, tmp_path, habits):
    workers, environment = HABITS[habits]
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    names = sorted(path.name for path in undisturbed.corpus.iterdir())
    random.Random(workers).shuffle(names)
    for name in names:
        shutil.copy(undisturbed.corpus / name, corpus / name)
    done = small.run(corpus, out, undisturbed.params, "-S", f"engine.workers={workers}", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    found = small.results(out)
    assert {name.rpartition(".")[2] for name in found} >= {"parquet", "csv", "json", "svg", "html", "js"}
    assert found.keys() == undisturbed.results.keys()
    assert [name for name in found if found[name] != undisturbed.results[name]] == [
        "params.yaml"
    ]  # it says how many workers


def test_exports_are_equal_bytes_in_another_environment(undisturbed, tmp_path):
    for kind in ("gexf", "rocrate"):
        for name, (_, environment) in HABITS.items():
            done = small.presstm(
                "export", kind, "--results", undisturbed.out, "--out", tmp_path / name / kind, **environment
            )
            assert done.returncode == 0, done.stderr
    one, other = (small.results(tmp_path / name) for name in HABITS)
    assert one == other
    assert any(name.endswith(".gexf") for name in one)


def test_a_published_bundle_is_verified_and_a_changed_bit_found(undisturbed, tmp_path):
    bundle = tmp_path / "bundle"
    made = small.presstm("export", "rocrate", "--results", undisturbed.out, "--text", "none", "--out", bundle)
    assert made.returncode == 0, made.stderr
    assert "are as published" in small.presstm("verify", bundle).stdout
    path = max((path for path in bundle.rglob("*.csv")), key=lambda path: path.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert f"{path.relative_to(bundle)} has changed" in small.one_line(small.presstm("verify", bundle))


def test_an_export_that_was_killed_leaves_nothing_in_the_next_bundle(undisturbed, tmp_path):
    (tmp_path / ".nodes.csv.x1y2.partial").write_text("half")
    assert small.presstm("export", "rocrate", "--results", undisturbed.out, "--out", tmp_path).returncode == 0
    assert small.presstm("verify", tmp_path).returncode == 0
