"""presstm kwic: a concordance over the results of a study."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("kwic", short_help="Show a word or pattern in context: a concordance.")
@click.argument("pattern")
@click.option(
    "--results", default="results", type=click.Path(path_type=Path), help="Folder of the tables (default: results)."
)
@click.option("--by", type=click.Choice(("word", "lemma", "stem")), default="word", help="What is compared (default: word).")
@click.option("--regex", is_flag=True, help="PATTERN is a regular expression (RE2) instead of words.")
@click.option("--exact", is_flag=True, help="Case and accents count.")
@click.option("--entity", help="Only sentences that mention this entity (name or id).")
@click.option("--theme", help="Only sentences that carry this theme.")
@click.option("--quoted/--not-quoted", default=None, help="Only inside of direct quotations, or only outside.")
@click.option("--outlet", "outlets", multiple=True, help="Only this outlet; may be repeated.")
@click.option("--since", type=_DAY, help="Only articles of this day or later (YYYY-MM-DD).")
@click.option("--until", type=_DAY, help="Only articles of this day or earlier.")
@click.option("--part", type=click.Choice(("title", "body")), help="Only titles, or only bodies.")
@click.option("--width", type=click.IntRange(0, 1000), default=50, show_default=True, help="Characters on each side.")
@click.option("--sort", "order", type=click.Choice(("date", "left", "right")), default="date", help="Order of the lines.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Write the lines to this CSV file.")
@click.option("--html", "html_file", type=click.Path(path_type=Path), help="Write the lines to this HTML page.")
def command(
    pattern: str,
    results: Path,
    by: str,
    regex: bool,
    exact: bool,
    entity: str | None,
    theme: str | None,
    quoted: bool | None,
    outlets: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    part: str | None,
    width: int,
    order: str,
    csv_file: Path | None,
    html_file: Path | None,
) -> None:
    """Show every place where PATTERN stands, with its context, article, outlet, date, part and offsets.

    PATTERN is one word or several; * stands for any letters, alone for any word. Case and accents do not count unless --exact.

    \b
    Examples:
      presstm kwic "micro travailleu*"
      presstm kwic précaire --by lemma --not-quoted --sort right
      presstm kwic "travailleu* du *" --results results --since 2019-05-24 --csv lines.csv
    """
    from presstm import files, kwic, kwic_pages, tables

    def read(name: str) -> Any:
        return tables.read(results, name)

    articles, sentences = read("articles"), read("sentences")
    places = [kwic.of_entity(entity, read("entities"), read("mentions"))] if entity is not None else []
    places += [kwic.of_theme(theme, read("theme_sentences"))] if theme is not None else []
    quotations = kwic.spans(read("quotes")) if quoted is not None else None
    filters = kwic.Filters(
        outlets=kwic.outlets_called(outlets, articles) if outlets else None,
        part=part,
        since=since.date() if since else None,
        until=until.date() if until else None,
        sentences=frozenset.intersection(*places) if places else None,
        inside=quotations if quoted else None,
        outside=None if quoted else quotations,
    )
    query = kwic.Query(pattern, "regex" if regex else by, exact, width)
    found = kwic.lines(articles, sentences, query, filters, read("tokens") if query.by == "lemma" else None)
    found = kwic.in_order(found, order)
    if csv_file is not None:
        files.write_bytes(csv_file, kwic_pages.as_csv(found))
    if html_file is not None:
        files.write_text(html_file, kwic_pages.as_html(found, pattern))
    if csv_file is None and html_file is None and found:
        click.echo(kwic_pages.as_text(found, width))
    click.echo(f"{len(found)} line(s) in {len({line.article_id for line in found})} article(s)", err=True)
