"""Run the benchmarks: all of them, one by its name, or those that take the data at PATH (`make bench BENCH=PATH`).

Each benchmark is a module of this package with a function `main(path: str | None)` that prints what it measures; `takes(path)` says
whether it can read what lies at PATH.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import benchmarks


def main(arguments: list[str]) -> None:
    """Run what `arguments` (NAME, PATH and more that the benchmark takes, or PATH alone) ask for."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__")
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in names}
    name, path, *_ = [*arguments, None, None]
    more = arguments[2:]
    if name is None:
        chosen = names
    elif name in names:
        chosen = [name]
    else:
        path = name
        chosen = [each for each in names if hasattr(modules[each], "takes") and modules[each].takes(Path(name))]
    if not chosen:
        sys.exit(f"benchmarks: {name} is neither a benchmark ({', '.join(names)}) nor data that one of them takes")
    for each in chosen:
        if hasattr(modules[each], "main"):
            print(f"== {each}", flush=True)
            modules[each].main(path, *more)


if __name__ == "__main__":
    main(sys.argv[1:])
