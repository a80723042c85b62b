"""A disk that is full, and places that are read-only: one line, nothing half-written, and the next run completes."""

import contextlib
import os
import resource
import subprocess

import pytest

from tests.faults import small

pytestmark = pytest.mark.slow


@contextlib.contextmanager
def disk(folder, size: str):
    """A small disk at `folder`; skips where this process may not mount one."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "presstm", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def remount(folder, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", folder], check=True)


def half_written(undisturbed, out) -> list[str]:
    return [name for name, digest in small.results(out).items() if undisturbed.results[name] != digest]


def test_a_full_disk_is_one_line_and_the_next_run_completes(undisturbed, tmp_path):
    with disk(tmp_path / "disk", "16k") as out:
        (out / ".cache").symlink_to(undisturbed.out / ".cache")
        for size in ("16k", "120k", "400k"):
            remount(out, f"size={size}")
            line = small.one_line(small.run(undisturbed.corpus, out, undisturbed.params))
            assert "No space left on device" in line
            assert (half_written(undisturbed, out), small.leftovers(out)) == ([], [])
        remount(out, "size=50m")
        assert small.run(undisturbed.corpus, out, undisturbed.params).returncode == 0
        assert small.results(out) == undisturbed.results


def test_a_full_disk_for_the_cache_alone_changes_nothing(undisturbed, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with disk(tmp_path / "disk", "8k") as cache:
        (out / ".cache").symlink_to(cache)
        assert small.run(undisturbed.corpus, out, undisturbed.params, "--until", "annotate").returncode == 0
        assert "tokens.parquet" in small.results(out)
        assert half_written(undisturbed, out) == []
        assert list(cache.rglob(".*.partial")) == []


def test_a_file_that_may_not_grow_is_one_line_and_the_next_run_completes(undisturbed, warm):
    limit = 12_000  # bytes; the quota of a user shows itself in the same way

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    assert "File too large" in small.one_line(small.run(undisturbed.corpus, warm, undisturbed.params, preexec_fn=limited))
    assert (half_written(undisturbed, warm), small.leftovers(warm)) == ([], [])
    assert small.run(undisturbed.corpus, warm, undisturbed.params).returncode == 0
    assert small.results(warm) == undisturbed.results


def test_a_read_only_disk_for_the_results_is_one_line(undisturbed, tmp_path):
    with disk(tmp_path / "disk", "1m") as out:
        (out / "mine.txt").write_text("kept")
        remount(out, "ro")
        assert str(out) in small.one_line(small.run(undisturbed.corpus, out, undisturbed.params))
        assert (out / "mine.txt").read_text() == "kept"


def test_a_read_only_cache_is_said_and_the_run_does_without(undisturbed, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with disk(tmp_path / "disk", "1m") as cache:
        (out / ".cache").symlink_to(cache)
        remount(cache, "ro")
        arguments = ("--params", undisturbed.params, "--until", "annotate")
        done = small.presstm("run", undisturbed.corpus, "--out", out, *arguments)
        assert done.returncode == 0, done.stderr
        assert [line for line in done.stderr.splitlines() if "cannot be written" in line] == [
            f"{out / '.cache'} cannot be written: what is computed is not kept for the next run"
        ]
    assert "tokens.parquet" in small.results(out)
    assert half_written(undisturbed, out) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_the_right_to_write_is_one_line(undisturbed, tmp_path):
    (tmp_path / "out").mkdir(mode=0o500)
    assert "read-only" in small.one_line(small.run(undisturbed.corpus, tmp_path / "out", undisturbed.params))


def test_a_folder_in_the_place_of_a_table_is_one_line(undisturbed, warm):
    (warm / "articles.parquet").mkdir()
    assert str(warm / "articles.parquet") in small.one_line(small.run(undisturbed.corpus, warm, undisturbed.params))
