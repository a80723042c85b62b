"""Reference pages made from the code, and the dependencies of the stages: `python -m presstm.reference docs|deps`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click
import yaml

from presstm import cli, licences, schemas, study
from presstm.closure import import_closure

_MADE = "<!-- Made by `make docs` from the code: do not edit. -->\n\n"


def tables_page() -> str:
    """Markdown of every table, its columns and checks."""
    lines = [
        _MADE + "# Tables\n",
        "Offsets are characters, half-open, in `articles.text` (part `body`) or `articles.title` (part `title`).\n",
    ]
    for table in schemas.TABLES.values():
        lines += [f"## {table.name}\n", f"{table.description} Made by stage `{table.stage}`.\n"]
        lines += [f"Key: {', '.join(f'`{name}`' for name in table.key)}.\n"]
        lines += ["| column | type | may be null | meaning |", "|---|---|---|---|"]
        for column in table.schema:
            allowed = table.allowed.get(column.name, ())
            closed = f" One of: {', '.join(allowed)}." if allowed else ""
            null = "yes" if column.nullable else ""
            lines.append(f"| {column.name} | {_type(column.type)} | {null} | {table.meaning(column.name)}{closed} |")
        lines.append("")
    return "\n".join(lines)


def _type(kind: Any) -> str:
    return re.sub(r"element: |item: ", "", str(kind)).replace("|", "\\|")


def stages_page(dvc: dict[str, Any], params: str) -> str:
    """Markdown of every stage: what it reads and writes, its settings with their comments."""
    values = yaml.safe_load(params)
    lines = [_MADE + "# Stages\n", "Each stage is a DVC stage, a module, a command and a key of params.yaml, of one name.\n"]
    for name, stage in dvc["stages"].items():
        inputs = [_filled(dep, values) for dep in stage["deps"] if not dep.startswith(("src/", "pipelines/"))]
        lines += [f"## {name}\n", f"{stage['desc']}.\n"]
        lines += [f"Reads {_code(inputs)}.\n", f"Writes {_code(stage['outs'])}.\n"]
        lines += ["| setting | default | meaning |", "|---|---|---|", *_settings(params, name), ""]
    return "\n".join(lines)


def _filled(text: str, values: Any) -> str:
    """`${stage.key}` replaced by its value in params.yaml, as DVC does."""
    return re.sub(r"\$\{(\w+)\.(\w+)\}", lambda match: str(values[match[1]][match[2]]), text)


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _settings(params: str, stage: str) -> list[str]:
    """Table rows from the block of `stage`: values from the YAML, meanings from its comments."""
    values = yaml.safe_load(params)[stage]
    block = params.split(f"\n{stage}:\n", 1)[1]
    comments = dict(re.findall(r"^  (\w+):[^#\n]*# (.*)$", block.split("\n\n")[0], re.MULTILINE))
    return [f"| {key} | `{value}` | {comments.get(key, '')} |" for key, value in values.items()]


def commands_page() -> str:
    """Markdown of every command's help."""
    lines = [_MADE + "# Commands\n"]
    for name, command in cli.every_command():
        context = click.Context(
            command,
            info_name=f"presstm {name}",
            max_content_width=100,
            terminal_width=100,
            help_option_names=["-h", "--help"],
        )
        lines += [f"## presstm {name}\n", "```text", command.get_help(context), "```\n"]
    return "\n".join(lines)


def pages(root: Path) -> dict[str, str]:
    """File name under docs/ -> its text."""
    dvc = yaml.safe_load((root / "dvc.yaml").read_text(encoding="utf-8"))
    return {
        "tables.md": tables_page(),
        "stages.md": stages_page(dvc, (root / "params.yaml").read_text(encoding="utf-8")),
        "commands.md": commands_page(),
        "licences.md": licences.page((root / "requirements.lock").read_text(encoding="utf-8")),
    }


def with_deps(text: str, root: Path) -> str:
    """dvc.yaml with each stage's files of src/ replaced by its import closure; all else as it stands."""
    kept = [line for line in text.splitlines() if not re.match(r"      - src/presstm/.*\.py$", line)]
    made = []
    for line in kept:
        made.append(line)
        if match := re.match(r"      - pipelines/(\w+)\.py$", line):
            script = root / "pipelines" / f"{match[1]}.py"
            found = import_closure(script, root / "src" / "presstm")
            made += [f"      - {path.relative_to(root).as_posix()}" for path in found]
    return "\n".join(made) + "\n"


def main(what: str) -> None:
    """Write the pages or the dependencies of the repository."""
    root = study.shipped()
    if what == "docs":
        for name, text in pages(root).items():
            (root / "docs" / name).write_text(text, encoding="utf-8")
    elif what == "deps":
        path = root / "dvc.yaml"
        path.write_text(with_deps(path.read_text(encoding="utf-8"), root), encoding="utf-8")
    else:
        sys.exit("usage: python -m presstm.reference docs|deps")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
