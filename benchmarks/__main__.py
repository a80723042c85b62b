"""Run the benchmarks: all of them, or one by its name, on the data at PATH where it takes some.

Each benchmark is a module of this package with a function `main(path: str | None)` that prints what it measures.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main(arguments: list[str]) -> None:
    """Run what `arguments` (NAME, PATH) ask for."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__")
    name, path, *_ = [*arguments, None, None]
    if name is not None and name not in names:
        sys.exit(f"benchmarks: no {name}; there are: {', '.join(names)}")
    for each in names if name is None else [name]:
        module = importlib.import_module(f"benchmarks.{each}")
        if hasattr(module, "main"):
            print(f"== {each}", flush=True)
            module.main(path)


if __name__ == "__main__":
    main(sys.argv[1:])
