"""Whatever becomes of the cache, the results are equal: what is damaged is computed again."""

import random
import shutil
from pathlib import Path

import pytest

from tests.faults import small

pytestmark = pytest.mark.slow


def damage(entry: Path, kind: int, others: list[Path], chance: random.Random) -> None:
    """Spoil one entry in one of seven ways."""
    data = bytearray(entry.read_bytes())
    if kind == 0:
        entry.write_bytes(b"")
    elif kind == 1:
        entry.write_bytes(data[: chance.randrange(len(data))])
    elif kind == 2:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        entry.write_bytes(data)
    elif kind == 3:
        entry.write_bytes(data + b"\0")
    elif kind == 4:
        entry.unlink()
        entry.mkdir()
    elif kind == 5:
        entry.unlink()
        entry.symlink_to(entry)
    else:
        entry.write_bytes(chance.choice(others).read_bytes())


def test_damaged_entries_are_computed_again_and_the_results_are_equal(undisturbed, tmp_path):
    chance = random.Random(5)
    out = tmp_path / "out"
    shutil.copytree(undisturbed.out / ".cache", out / ".cache")
    entries = sorted(path for path in (out / ".cache").rglob("*") if path.is_file())
    assert len(entries) > 14
    original = sorted(path for path in (undisturbed.out / ".cache").rglob("*") if path.is_file())
    for number, entry in enumerate(entries):
        damage(entry, number % 7, [path for path in original if path.name != entry.name], chance)
    done = small.presstm("run", undisturbed.corpus, "--out", out, "--params", undisturbed.params)
    assert done.returncode == 0, done.stderr
    assert "extract: 5 files read, 0 taken from the cache" in done.stderr
    assert "annotate: 6 articles computed, 0 taken from the cache" in done.stderr
    assert small.results(out) == undisturbed.results


@pytest.mark.parametrize("kind", ["a file", "a dangling link"])
def test_something_else_in_the_place_of_the_cache_is_said(undisturbed, tmp_path, kind):
    if kind == "a file":
        (tmp_path / ".cache").write_text("")
    else:
        (tmp_path / ".cache").symlink_to(tmp_path / "nowhere" / "at" / "all")
    arguments = ("--params", undisturbed.params, "--until", "extract")
    done = small.presstm("run", undisturbed.corpus, "--out", tmp_path, *arguments)
    assert done.returncode == 0, done.stderr
    assert f"{tmp_path / '.cache'} cannot be written" in done.stderr
    wanted = {
        name: digest for name, digest in undisturbed.results.items() if name in ("articles.parquet", "rejects.parquet")
    }
    assert wanted.items() <= small.results(tmp_path).items()
