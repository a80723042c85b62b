"""Which files of presstm a stage depends on: the import closure of its stage file, imports inside functions included."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path


def import_closure(script: Path, package: Path) -> list[Path]:
    """Files of `package` (a package's folder) that `script` imports, directly or through others, sorted."""
    found: set[Path] = set()
    waiting = [script]
    while waiting:
        for path in _imports(waiting.pop(), package):
            if path not in found:
                found.add(path)
                waiting.append(path)
    return sorted(found)


def _imports(path: Path, package: Path) -> list[Path]:
    names = []
    for node in _statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [file for name in names for file in _files(name, package)]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements under a node; expressions, most of a tree, hold no imports."""
    for inside in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(node, inside, ()):
            yield child
            yield from _statements(child)


def _files(name: str, package: Path) -> list[Path]:
    """The module's file, and the __init__ of every package on the way to it."""
    steps = name.split(".")
    if steps[0] != package.name:
        return []
    files = [package / "__init__.py"]
    for depth in range(1, len(steps)):
        base = package.joinpath(*steps[1 : depth + 1])
        files += [path for path in (base / "__init__.py", base.with_suffix(".py")) if path.is_file()]
    return files
