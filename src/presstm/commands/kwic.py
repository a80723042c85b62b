"""presstm kwic: a concordance over the results of a study."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from presstm.commands._options import PATH, RESULTS

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("kwic", short_help="Show a word or pattern in context: a concordance.")
@click.argument("pattern")
@RESULTS
@click.option("--by", type=click.Choice(("word", "lemma", "stem")), default="word", help="What is compared (default: word).")
@click.option("--regex", is_flag=True, help="PATTERN is a regular expression (RE2) instead of words.")
@click.option("--exact", is_flag=True, help="Case and accents count.")
@click.option("--entity", help="Only sentences that mention this entity (name or id).")
@click.option("--theme", help="Only sentences that carry this theme (id or name).")
@click.option("--quoted", is_flag=True, help="Only inside of direct quotations.")
@click.option("--not-quoted", is_flag=True, help="Only outside of direct quotations.")
@click.option("--outlet", "outlets", multiple=True, help="Only this outlet; may be repeated.")
@click.option("--where", multiple=True, metavar="NAME=VALUE", help="Only articles with this value of a variable.")
@click.option("--since", type=_DAY, help="Only articles of this day or later (YYYY-MM-DD).")
@click.option("--until", type=_DAY, help="Only articles of this day or earlier.")
@click.option("--with", "beside", metavar="FORM", help="Only sentences that hold this form (a lemma) beside the match.")
@click.option("--part", type=click.Choice(("title", "body")), help="Only titles, or only bodies.")
@click.option("--width", type=click.IntRange(0, 1000), default=50, show_default=True, help="Characters on each side.")
@click.option("--sort", "order", type=click.Choice(("date", "left", "right")), default="date", help="Order of the lines.")
@click.option(
    "--cooccurrents",
    is_flag=True,
    help="Instead of lines, the forms that its sentences hold more, or less, than the others.",
)
@click.option("--csv", "csv_file", type=PATH, help="Write the lines to this CSV file.")
@click.option("--html", "html_file", type=PATH, help="Write the lines to this HTML page, with links to the report.")
def command(
    pattern: str,
    results: Path,
    by: str,
    regex: bool,
    exact: bool,
    entity: str | None,
    theme: str | None,
    quoted: bool,
    not_quoted: bool,
    outlets: tuple[str, ...],
    where: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    beside: str | None,
    part: str | None,
    width: int,
    order: str,
    cooccurrents: bool,
    csv_file: Path | None,
    html_file: Path | None,
) -> None:
    """Show every place where PATTERN stands, with its context, article, outlet, date, part and offsets.

    PATTERN is one word or several; * stands for any letters, alone for any word; a symbol such as % or « has to stand
    where PATTERN has it. Case and accents do not count unless --exact.

    \b
    Examples:
      presstm kwic "micro travailleu*"
      presstm kwic précaire --by lemma --not-quoted --sort right
      presstm kwic "travailleu* du *" --results results --since 2019-05-24 --csv lines.csv
      presstm kwic "livreu*" --cooccurrents
      presstm kwic "livreu*" --with accident
    """
    from presstm import files, kwic, kwic_pages, study, tables, variables
    from presstm.errors import InputError

    if regex and by != "word":
        raise InputError(f"--regex compares the text itself: leave out --by {by}, or --regex")
    if quoted and not_quoted:
        raise InputError("--quoted and --not-quoted exclude each other")
    if cooccurrents and html_file is not None:
        raise InputError("--cooccurrents writes no HTML page: leave out --html, or use --csv")

    def read(name: str) -> Any:
        return tables.read(results, name)

    articles, sentences = read("articles"), read("sentences")
    places = [kwic.of_entity(entity, read("entities"), read("mentions"))] if entity is not None else []
    places += [kwic.of_theme(theme, read("theme_sentences"), _theme_names(results))] if theme is not None else []
    quotations = kwic.spans(read("quotes")) if quoted or not_quoted else None
    filters = kwic.Filters(
        outlets=kwic.outlets_called(outlets, articles) if outlets else None,
        articles=variables.articles_with(where, articles) if where else None,
        part=part,
        since=since.date() if since else None,
        until=until.date() if until else None,
        sentences=frozenset.intersection(*places) if places else None,
        inside=quotations if quoted else None,
        outside=None if quoted else quotations,
    )
    query = kwic.Query(pattern, "regex" if regex else by, exact, width)
    counted = cooccurrents or beside is not None
    tokens = read("tokens") if query.by == "lemma" or counted else None
    found = kwic.lines(articles, sentences, query, filters, tokens)
    if counted:
        from presstm import cooccurrents as words

        topics = study.settings_of(results).topics
        found = words.lines_with(beside, found, tokens, topics) if beside is not None else found
    if cooccurrents:
        rows = words.cooccurrents(found, kwic.places(articles, sentences, filters), tokens, read("reuse"), topics)
        if csv_file is not None:
            files.write_bytes(csv_file, kwic_pages.cooccurrents_csv(rows))
        elif rows:
            click.echo(kwic_pages.cooccurrents_text(rows))
        click.echo(f"{len(rows)} form(s) beside {len(found)} match(es), q at most {topics.q_max}", err=True)
        return
    found = kwic.in_order(found, order)
    if csv_file is not None:
        files.write_bytes(csv_file, kwic_pages.as_csv(found))
    if html_file is not None:
        files.write_text(html_file, kwic_pages.as_html(found, pattern, _pages(found, results / "report", html_file)))
    if csv_file is None and html_file is None and found:
        click.echo(kwic_pages.as_text(found, width))
    click.echo(f"{len(found)} line(s) in {len({line.article_id for line in found})} article(s)", err=True)


def _theme_names(results: Path) -> dict[str, Iterable[str]]:
    """Id -> names of the themes of the codebook that made the results."""
    from presstm import codebook, study

    path = study.model_of(results, study.settings_of(results).themes.codebook)
    return {theme.key: theme.name.values() for theme in codebook.load_codebook(path)} if path else {}


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
