from pathlib import Path

import pytest
import yaml

from presstm.closure import import_closure
from presstm.study import STAGES

ROOT = Path(__file__).parents[1]
DVC = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]


def test_imports_are_followed_inside_functions_and_through_modules(tmp_path):
    package = tmp_path / "pack"
    (package / "sub").mkdir(parents=True)
    for name, text in {
        "__init__.py": "",
        "a.py": "def f():\n    from pack.sub import b\n",
        "sub/__init__.py": "",
        "sub/b.py": "import pack.c\nimport os\n",
        "c.py": "",
        "unused.py": "",
    }.items():
        (package / name).write_text(text)
    (tmp_path / "script.py").write_text("from pack import a\n")
    found = import_closure(tmp_path / "script.py", package)
    assert [path.relative_to(package).as_posix() for path in found] == [
        "__init__.py",
        "a.py",
        "c.py",
        "sub/__init__.py",
        "sub/b.py",
    ]


def test_dvc_has_every_stage_in_order():
    assert list(DVC) == list(STAGES)


@pytest.mark.parametrize("stage", STAGES)
def test_dvc_deps_are_the_import_closure_of_the_stage(stage):
    script = ROOT / "pipelines" / f"{stage}.py"
    needed = [path.relative_to(ROOT).as_posix() for path in import_closure(script, ROOT / "src/presstm")]
    assert sorted(dep for dep in DVC[stage]["deps"] if dep.startswith("src/") and dep.endswith(".py")) == needed
    assert {"pipelines/run", f"pipelines/{stage}.py"} <= set(DVC[stage]["deps"])


@pytest.mark.parametrize("stage", STAGES)
def test_stage_files_are_short_and_described(stage):
    lines = (ROOT / "pipelines" / f"{stage}.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 40
    assert lines[0].startswith(f'"""{stage}: ')
    assert DVC[stage]["desc"]
    assert DVC[stage]["cmd"] == f"pipelines/run {stage}"
