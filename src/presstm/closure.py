"""Which files of presstm a stage depends on: the import closure of its stage file, imports inside functions included."""

from __future__ import annotations

import re
from pathlib import Path

# Found without parsing, which takes every stage longer than all else that tells whether its code is the same. What only looks like
# an import, in a text, makes a stage depend on one file more at worst.
_STATEMENT = re.compile(
    r"(?:^|[;:])[ \t]*(?:from[ \t]+(\w[\w.]*)[ \t]+import[ \t]*(\([^)]*\)|[^\n;]+)|import[ \t]+(\w[^\n;]*))", re.MULTILINE
)
_COMMENT = re.compile(r"#[^\n\"']*$", re.MULTILINE)


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
    text = _COMMENT.sub("", path.read_text(encoding="utf-8")).replace("\\\n", " ")
    names = []
    for module, taken, plain in _STATEMENT.findall(text):
        if module:
            names += [module, *(f"{module}.{name}" for name in _names(taken.strip("()")))]
        else:
            names += _names(plain)
    return [file for name in names for file in _files(name, package)]


def _names(listed: str) -> list[str]:
    """The names of a list `a, b as c`."""
    return [words[0] for each in listed.split(",") if (words := each.split())]


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
