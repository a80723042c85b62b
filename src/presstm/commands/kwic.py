"""presstm kwic: a concordance over the results of a study."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from presstm.commands._options import PATH, RESULTS
from presstm.commands._places import filters, places

if TYPE_CHECKING:
    import pyarrow as pa

    from presstm.kwic import Line
    from presstm.settings import Settings, TopicsSettings


@click.command("kwic", short_help="Show a word or pattern in context: a concordance.")
@click.argument("pattern")
@RESULTS
@click.option("--by", type=click.Choice(("word", "lemma", "stem")), default="word", help="What is compared (default: word).")
@click.option("--regex", is_flag=True, help="PATTERN is a regular expression (RE2) instead of words.")
@click.option("--exact", is_flag=True, help="Case and accents count.")
@places
@click.option("--quoted", is_flag=True, help="Only inside of direct quotations.")
@click.option("--not-quoted", is_flag=True, help="Only outside of direct quotations.")
@click.option(
    "--with",
    "beside",
    metavar="FORM",
    help="Only sentences that hold this form, a lemma or else as printed, beside the match.",
)
@click.option("--without", metavar="FORM", help="Only sentences that do not hold this form.")
@click.option("--width", type=click.IntRange(0, 1000), default=50, show_default=True, help="Characters on each side.")
@click.option("--sort", "order", type=click.Choice(("date", "left", "right")), default="date", help="Order of the lines.")
@click.option(
    "--over",
    metavar="NAME[,NAME]",
    help="Instead of lines, how often and in what share of articles, by day, week, month, year, outlet, a column or a variable.",
)
@click.option(
    "--cooccurrents",
    is_flag=True,
    help="Instead of lines, the forms that its sentences hold more, or less, than the others.",
)
@click.option("--csv", "csv_file", type=PATH, help="Write the lines, or the counts, to this CSV file.")
@click.option("--html", "html_file", type=PATH, help="Write the lines to this HTML page, with links to the report.")
@click.option("--svg", "svg_file", type=PATH, help="Draw the shares of --over into this SVG file.")
def command(
    pattern: str,
    results: Path,
    by: str,
    regex: bool,
    exact: bool,
    quoted: bool,
    not_quoted: bool,
    beside: str | None,
    without: str | None,
    width: int,
    order: str,
    over: str | None,
    cooccurrents: bool,
    csv_file: Path | None,
    html_file: Path | None,
    svg_file: Path | None,
    **where: Any,
) -> None:
    """Show every place where PATTERN stands, with its context, article, outlet, date, part and offsets.

    PATTERN is one word or several; * stands for any letters, alone for any word; a|b is either word, "a b | c d" either
    row of words, ~3 up to three words between; [ADJ] is any adjective, livre[VERB] the verb; a symbol such as % or « has
    to stand where PATTERN has it. Case and accents do not count unless --exact.

    \b
    Examples:
      presstm kwic "micro travailleu*"
      presstm kwic précaire --by lemma --not-quoted --sort right
      presstm kwic "travailleu* du *" --results results --since 2019-05-24 --csv lines.csv
      presstm kwic "livreu*|coursier* ~4 contrat* | sans contrat"
      presstm kwic "travail [ADJ] | [VERB] ~2 contrat*"
      presstm kwic "livreu*" --over month --csv months.csv --svg months.svg
      presstm kwic "livreu*" --cooccurrents
      presstm kwic "livreu*" --with accident
    """
    from presstm import kwic, kwic_patterns, study, tables
    from presstm.errors import InputError

    if regex and by != "word":
        raise InputError(f"--regex compares the text itself: leave out --by {by}, or --regex")
    if quoted and not_quoted:
        raise InputError("--quoted and --not-quoted exclude each other")
    if cooccurrents and over is not None:
        raise InputError("--cooccurrents and --over exclude each other")
    if (cooccurrents or over is not None) and html_file is not None:
        raise InputError(f"--{'over' if over else 'cooccurrents'} writes no HTML page: leave out --html, or use --csv")
    if svg_file is not None and over is None:
        raise InputError("--svg draws shares: say by what, with --over")

    def read(name: str) -> Any:
        return tables.read(results, name)

    articles, sentences, settings = read("articles"), read("sentences"), study.settings_of(results)
    quotations = kwic.spans(read("quotes")) if quoted or not_quoted else None
    looked = replace(
        filters(results, articles, sentences, **where),
        inside=quotations if quoted else None,
        outside=None if quoted else quotations,
    )
    query = kwic.Query(pattern, "regex" if regex else by, exact, width)
    wanted = [(form, absent) for form, absent in ((beside, False), (without, True)) if form is not None]
    tokens = read("tokens") if kwic.needs_tokens(query) or cooccurrents or wanted else None
    found = kwic.lines(articles, sentences, query, looked, tokens)
    if wanted:
        from presstm.cooccurrents import lines_with

        for form, absent in wanted:
            found = lines_with(form, found, tokens, settings.topics, without=absent)
            if not (found or absent):
                click.echo(f"no match has {form!r} beside it, as lemma or as printed", err=True)
    if over is not None:
        places = kwic.places(articles, sentences, looked)
        _over(found, places, articles, read("reuse"), over, settings, pattern, csv_file, svg_file)
    elif cooccurrents:
        _cooccurrents(found, kwic.places(articles, sentences, looked), tokens, read("reuse"), settings.topics, csv_file)
    else:
        _lines(kwic.in_order(found, order), pattern, width, results, csv_file, html_file)
    if not (found or regex) and (signs := sorted(kwic_patterns.symbols(kwic_patterns.compile_pattern(pattern, str)))):
        click.echo(f"sentences have to hold the {' '.join(signs)} of the pattern: leave it out to look for words", err=True)


def _lines(
    found: Sequence[Line], pattern: str, width: int, results: Path, csv_file: Path | None, html_file: Path | None
) -> None:
    from presstm import files, kwic_pages

    if csv_file is not None:
        files.write_bytes(csv_file, kwic_pages.as_csv(found))
    if html_file is not None:
        files.write_text(html_file, kwic_pages.as_html(found, pattern, _pages(found, results / "report", html_file)))
    if csv_file is None and html_file is None and found:
        click.echo(kwic_pages.as_text(found, width))
    click.echo(f"{len(found)} line(s) in {len({line.article_id for line in found})} article(s)", err=True)


def _cooccurrents(
    found: Sequence[Line],
    places: pa.Table,
    tokens: pa.Table,
    reuse: pa.Table,
    settings: TopicsSettings,
    csv_file: Path | None,
) -> None:
    from presstm import cooccurrents, files, kwic_pages

    rows = cooccurrents.cooccurrents(found, places, tokens, reuse, settings)
    if csv_file is not None:
        files.write_bytes(csv_file, kwic_pages.table_csv(cooccurrents.COLUMNS, rows))
    elif rows:
        click.echo(kwic_pages.table_text(cooccurrents.COLUMNS[:6], rows))
    click.echo(f"{len(rows)} form(s) beside {len(found)} match(es), q at most {settings.q_max}", err=True)


def _over(
    found: Sequence[Line],
    places: pa.Table,
    articles: pa.Table,
    reuse: pa.Table,
    over: str,
    settings: Settings,
    pattern: str,
    csv_file: Path | None,
    svg_file: Path | None,
) -> None:
    from presstm import attention, attention_chart, files, kwic_pages
    from presstm.errors import InputError

    names = list(dict.fromkeys(name.strip() for name in over.split(",")))
    if svg_file is not None and len(names) > 2:
        raise InputError("--svg draws one or two groupings: name no more in --over")
    rows = attention.attention(found, places, articles, reuse, names, settings.themes)
    columns = [*list(rows[0])[: len(names)], *attention.COLUMNS] if rows else []
    if csv_file is not None:
        files.write_bytes(csv_file, kwic_pages.table_csv(columns, rows))
    if svg_file is not None:
        files.write_bytes(svg_file, attention_chart.svg(rows, columns[: len(names)], pattern, settings.report.language))
    if csv_file is None and svg_file is None and rows:
        click.echo(kwic_pages.table_text(columns[:-5], rows))
    counted = places["article_id"].unique()
    click.echo(
        f"{len(found)} match(es) in {len({line.article_id for line in found})} of {len(counted)} article(s)", err=True
    )


def _pages(lines: Iterable[Any], report: Path, html_file: Path) -> dict[str, str]:
    """article_id -> address, from the HTML file, of the article's page in the report, where it has one."""
    from urllib.parse import quote

    from presstm.report import articles

    paths = {article_id: report / articles.path(article_id) for article_id in {line.article_id for line in lines}}
    folder = html_file.resolve().parent
    return {
        article_id: quote(Path(os.path.relpath(path.resolve(), folder)).as_posix())
        for article_id, path in paths.items()
        if path.is_file()
    }
