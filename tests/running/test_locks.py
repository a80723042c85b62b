import subprocess
import sys

import pytest

from presstm.errors import OutputError
from presstm.running import locks

HOLD = "import sys; from pathlib import Path; from presstm.running import locks\nwith locks.alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def test_a_folder_that_another_process_holds_is_refused_until_that_one_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(OutputError, match="another presstm is writing into"), locks.alone(tmp_path):
            pass
        holder.kill()
    with locks.alone(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_gets_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write into"), locks.alone(tmp_path / "file" / "out"):
        pass
