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


def test_imports_are_found_in_every_kind_of_statement(tmp_path):
    package = tmp_path / "pack"
    package.mkdir()
    for name in ("__init__", *"abcdefghijklmn"):
        (package / f"{name}.py").write_text("")
    (tmp_path / "script.py").write_text(
        "class A:\n async def f(self):\n  with x:\n   import pack.a\n"
        "if x: import pack.b\nelif y:\n import pack.c\nelse:\n from pack import d\n"
        "try: pass\nexcept E:\n import pack.e\nelse:\n import pack.f\nfinally:\n import pack.g\n"
        "match x:\n case 1:\n  while x: pass\n  else:\n   import pack.h\n"
        "x = (lambda: 0) if y else 1; import pack.i\n"
        "from pack import (\n    j,  # why\n    k as other,\n)\nimport os, pack.l as l\nfrom pack \\\n  import m\n"
        "# import pack.n\n"
    )
    found = import_closure(tmp_path / "script.py", package)
    assert [path.stem for path in found] == ["__init__", *"abcdefghijklm"]


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
