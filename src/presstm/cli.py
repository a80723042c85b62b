"""The command line. Heavy imports happen inside the commands, so that `presstm --help` answers at once."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from presstm import __version__, commands
from presstm.commands._options import OVERRIDES, PATH, STUDY
from presstm.errors import InputError, OutputError, PresstmError

if TYPE_CHECKING:
    from presstm.running.sharding import Shard
    from presstm.study import Study

# As in presstm.study.STAGES, written again because importing that module takes most of the half second.
STAGES = {
    "extract": "Articles as obtained -> articles and rejects.",
    "reuse": "Find wire copy and reprints: clusters of articles and the passages they share.",
    "annotate": "Split into sentences and tokens; tag, lemmatise, parse, find named entities (spaCy).",
    "entities": "Link mentions of persons, organisations, platforms, outlets and places to entities.",
    "quotes": "Find quotations, their speakers and cues, and terms in guillemets.",
    "figures": "Make the ledger of figures and the known facts that they restate.",
    "themes": "Code sentences with the themes of the codebook; shares with intervals.",
    "topics": "Compare the words of parts of the corpus; find its factors and emergent themes.",
    "network": "Count co-mentions and test them: nodes and edges.",
    "report": "Write the HTML report.",
}
_SHARDED = ("extract", "annotate", "entities", "quotes", "figures", "themes")  # can be computed in parts, by separate jobs
# Commands that are found under a stage as well as by themselves: their name there, and by themselves.
_SUBCOMMANDS = {"entities": {"review": "review"}, "themes": {"check": "codebook"}}


class _Group(click.Group):
    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Names that are no UTF-8, and letters that the terminal has not, are printed as question marks."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
                stream.reconfigure(errors="replace")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Show what a user can cause as one line."""
        try:
            return super().invoke(ctx)
        except PresstmError as error:
            click.echo(f"presstm: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:  # `presstm kwic … | head`: who reads has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            click.echo(f"presstm: {error.filename or 'input or output'}: {error.strerror or error}", err=True)
            ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they are used, not of the alphabet."""
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="presstm")
def main() -> None:
    """Reproducible text mining of French press coverage: every number traceable to a sentence.

    \b
    Examples:
      presstm run my-articles --out results        all stages on any folder of articles
      presstm init my-study                        a study of your own, run with `dvc repro`
    """


def _shown(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")(command)
    return click.option("--verbose", "-v", is_flag=True, help="Say how long each stage took and what it wrote.")(command)


@main.command(short_help="Run all stages over a folder of articles, without DVC.")
@click.argument("corpus", type=PATH)
@click.option("--out", required=True, type=PATH, help="Folder for the tables and the report.")
@click.option("--params", type=PATH, help="Settings; models/ beside the file are used first.")
@click.option("--until", type=click.Choice(list(STAGES)), help="Stop after this stage.")
@OVERRIDES
@_shown
def run(
    corpus: Path,
    out: Path,
    params: Path | None,
    until: str | None,
    overrides: tuple[str, ...],
    quiet: bool,
    verbose: bool,
) -> None:
    """Run the stages over CORPUS, a folder of articles (.html, .htm, .txt …), without DVC.

    Tables are written as DIR/<table>.parquet, the report as DIR/report/index.html. Earlier tables in DIR are replaced; what
    was computed per article is kept in DIR/.cache, so that a second run is short, and stages before the first change are left out.

    \b
    Examples:
      presstm run my-articles --out results
      presstm run my-articles --out results --until themes -S themes.method=lexicon
      presstm run page.txt --out results --params my-study/params.yaml
    """
    from presstm import files, progress, settings, study
    from presstm.running import unchanged

    corpus, out = corpus.resolve(), out.resolve()
    if not corpus.exists():
        raise InputError(f"corpus {corpus} does not exist")
    if corpus.is_dir() and out.is_relative_to(corpus):
        raise OutputError(f"--out {out} lies inside the corpus: results would be read as articles; choose another folder")
    root = params.resolve().parent if params else study.shipped()
    loaded = settings.load(params, overrides)
    if not (params or quiet) and Path("params.yaml").is_file() and Path.cwd() != root:
        click.echo(
            "settings and models are those that come with presstm; for those of this study: --params params.yaml", err=True
        )
    _make_folder(out)
    ours = study.Study(
        root=root,
        corpus=corpus,
        out=out,
        cache=out / ".cache",
        settings=loaded,
        track=progress.silent if quiet else progress.bar,
        say=(lambda _: None) if quiet else (lambda line: click.echo(line, err=True)),
    )
    with study.alone(ours):
        wanted = [*STAGES][: [*STAGES].index(until) + 1 if until else None]
        changed = unchanged.read_by(ours, unchanged.changed_at)
        read = unchanged.read_by(ours)
        done = unchanged.leading(ours, wanted, read)
        _clear(path for stage in [*STAGES][len(done) :] for path in unchanged.places(out, stage))
        files.write_text(out / "params.yaml", settings.dump(loaded))
        missing = wanted[len(done) :]
        if done:
            ours.say(f"nothing has changed for {', '.join(wanted[: len(done)])}")
        for line in chain.from_iterable(one.told for one in done):
            ours.say(line)
        for stage in missing:
            ours.told.clear()
            _run_stage(ours, stage, verbose)
            done.append(unchanged.done(ours, stage, read, done))
        if missing:
            unchanged.keep(ours, done, read, changed)


@main.command(short_help="Make a new study in a folder.")
@click.argument("folder", type=PATH)
@_shown
def init(folder: Path, quiet: bool, verbose: bool) -> None:
    """Make a new study in FOLDER: corpus/, models/, pipelines/, params.yaml and dvc.yaml, ready for `dvc repro`.

    \b
    Example:
      presstm init my-study
      cp articles/*.html my-study/corpus/raw/
      cd my-study && dvc repro
    """
    from presstm import new_study

    made = new_study.create(folder)
    if not quiet:
        click.echo(f"study made in {folder}: put your articles into {folder / 'corpus' / 'raw'}, then run `dvc repro` there")
        click.echo(
            f"its themes, names and facts are about work on platforms: for another subject change {folder / 'models'}"
        )
    if verbose:
        for path in made:
            click.echo(str(path))


def _stage_command(stage: str, description: str, beside: Mapping[str, click.Command]) -> click.Command:
    """The command of a stage; `presstm entities` runs it, and `presstm entities review` the command `beside` it."""
    example = f"\n\n\b\nExample:\n  presstm {stage} --study my-study"
    more = f"\n  presstm {stage} --study my-study --shard 2/8" if stage in _SHARDED else ""
    kind: type[click.Command] = click.Group if beside else click.Command
    group: dict[str, Any] = {"commands": beside, "invoke_without_command": True} if beside else {}

    @click.command(stage, cls=kind, help=description + example + more, short_help=description, **group)
    @STUDY
    @OVERRIDES
    @_shown
    def command(folder: Path, overrides: tuple[str, ...], quiet: bool, verbose: bool, shard: str | None = None) -> None:
        if click.get_current_context().invoked_subcommand is not None:
            return
        from presstm import progress, study, tables
        from presstm.running import sharding

        part = None if shard is None else sharding.parse(shard)
        ours = study.open_study(
            folder.resolve(),
            overrides=overrides,
            track=progress.silent if quiet else progress.bar,
            say=(lambda _: None) if quiet else (lambda line: click.echo(line, err=True)),
        )
        if part is not None:
            _fill(ours, stage, part)
            return
        with study.alone(ours):
            tables.check_order(ours.out, study.STAGES[: study.STAGES.index(stage)])
            _run_stage(ours, stage, verbose)

    if stage in _SHARDED:
        help_text = "Compute part i of n into the cache and write no table; then run the stage without --shard."
        command = click.option("--shard", metavar="I/N", help=help_text)(command)
    return command


_COMMANDS = {command.name: command for command in commands.found()}
for _stage, _description in STAGES.items():
    _beside = {name: _COMMANDS[alone] for name, alone in _SUBCOMMANDS.get(_stage, {}).items()}
    main.add_command(_stage_command(_stage, _description, _beside))
for _command in _COMMANDS.values():
    main.add_command(_command)


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Every command with its name, subcommands (`code sample`) after their group."""
    for name, one in main.commands.items():
        yield name, one
        if isinstance(one, click.Group):
            yield from ((f"{name} {sub}", inner) for sub, inner in one.commands.items())


def _run_stage(ours: Study, stage: str, verbose: bool) -> None:
    import time

    from presstm import study

    started = time.monotonic()
    study.run_stage(ours, stage)
    if verbose:
        click.echo(f"{stage}: {time.monotonic() - started:.1f} s, written to {ours.out}", err=True)


def _clear(paths: Iterable[Path]) -> None:
    """Remove results of an earlier run, so that what lies there is of one run."""
    import shutil

    for path in paths:
        try:
            if path.is_dir() and not path.is_symlink() and not path.suffix:
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"cannot remove {path} of an earlier run: {error.strerror}") from None


def _fill(ours: Study, stage: str, part: Shard) -> None:
    from presstm.running import filling

    done = filling.fill(ours, stage, part)
    ours.say(
        f"{stage}: shard {part.number}/{part.count}: "
        f"{done.computed} computed, {done.cached} in the cache already, {done.failed} failed"
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make folder {folder}: {error.strerror}") from None
    if not os.access(folder, os.W_OK):
        raise OutputError(f"cannot write into {folder}: it is read-only")


if __name__ == "__main__":
    sys.exit(main())
