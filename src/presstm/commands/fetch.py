"""presstm fetch: bring pages from the web into a corpus, politely."""

from __future__ import annotations

from pathlib import Path

import click

from presstm.commands._options import PATH


@click.command("fetch", short_help="Fetch pages from the web into a corpus.")
@click.argument("lists", metavar="[LIST]…", nargs=-1, type=PATH)
@click.option("--from-feed", "feeds", multiple=True, metavar="FEED", help="Pages of an RSS or Atom feed (address or file).")
@click.option("--from-sitemap", "sitemaps", multiple=True, metavar="SITEMAP", help="Pages of a sitemap (address or file).")
@click.option("--into", default="corpus", show_default=True, type=PATH, help="Folder of the corpus.")
@click.option(
    "--wayback", is_flag=True, help="Take the capture of the Wayback Machine nearest to each page's date (or to today)."
)
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1), help="Pages of one feed or sitemap.")
@click.option(
    "--rate", default=2.0, show_default=True, type=click.FloatRange(0.5), help="Seconds between requests to a host."
)
@click.option("--timeout", default=30.0, show_default=True, type=click.FloatRange(1, 600), help="Seconds for one request.")
@click.option("--max-bytes", default=20_000_000, show_default=True, type=click.IntRange(1000), help="Size of one page.")
@click.option(
    "--retries", default=3, show_default=True, type=click.IntRange(0, 10), help="Further tries after what may pass."
)
@click.option("--user-agent", help="How to present yourself; best with an address to write to.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def command(
    lists: tuple[Path, ...],
    feeds: tuple[str, ...],
    sitemaps: tuple[str, ...],
    into: Path,
    wayback: bool,
    limit: int,
    rate: float,
    timeout: float,
    max_bytes: int,
    retries: int,
    user_agent: str | None,
    quiet: bool,
) -> None:
    """Fetch the pages of LIST (CSV or JSON with a column url and perhaps date, RIS, or one address a line) into a corpus.

    Each page goes to raw/web/ as a web archive record, which the extract stage reads, and to pages/ as it came; fetched.csv
    says how each address ended. robots.txt is obeyed, hosts are asked one request at a time. A run can be stopped and goes on
    where it stopped; addresses that failed are tried again.

    \b
    Examples:
      presstm fetch urls.csv --into corpus
      presstm fetch --from-feed https://example.org/rss.xml --limit 50
      presstm fetch urls.csv --wayback --user-agent 'my study (me@example.org)'
    """
    from presstm import fetch, progress
    from presstm.errors import InputError

    if not (lists or feeds or sitemaps):
        raise InputError("nothing to fetch: give a list of addresses, --from-feed or --from-sitemap")
    options = fetch.Options(
        rate=rate,
        max_bytes=max_bytes,
        timeout=timeout,
        retries=retries,
        user_agent=user_agent or fetch.USER_AGENT,
        wayback=fetch.WAYBACK if wayback else None,
    )

    def say(line: str) -> None:
        if not quiet:
            click.echo(line, err=True)

    session = fetch.Session(options)
    wanted = fetch.collect(session, lists, feeds, sitemaps, limit, say)
    places = fetch.places(into)
    try:
        done = fetch.fetch(session, wanted, places, progress.silent if quiet else progress.bar)
    except KeyboardInterrupt:
        raise InputError(f"stopped; {places.ledger} says what is there, and the same command goes on from there") from None
    failed = sum(done.failed.values())
    say(f"fetch: {done.seen} addresses = {done.fetched} fetched + {done.kept} there already + {failed} failed")
    for reason, count in done.failed.items():
        say(f"  {count} {reason}: {fetch.REASONS[reason]}")
    if failed:
        say(f"  the addresses are in {places.ledger}")
    if not done.fetched + done.kept:
        raise InputError("no page was fetched")
