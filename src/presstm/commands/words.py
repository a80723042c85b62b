"""presstm words: the lexicon of a corpus or of a part of it, and its terms of several words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from presstm.commands._options import PATH, RESULTS
from presstm.commands._places import filters, places


@click.command("words", short_help="List words with their frequencies, or terms of several words.")
@click.argument("pattern", default="")
@RESULTS
@click.option("--by", type=click.Choice(("form", "lemma", "pos")), help="What is counted (default: lemma).")
@click.option("--pos", metavar="POS[,POS]", help="Only these parts of speech: NOUN, PROPN, ADJ, VERB …")
@click.option("--terms", is_flag=True, help="Instead of words, noun phrases of several words, by C-value.")
@places
@click.option("--over", metavar="NAME", help="A count for each outlet, month, value of a variable …: a lexical table.")
@click.option("--min-count", type=click.IntRange(1), default=1, show_default=True, help="Leave rarer ones out.")
@click.option("--top", type=click.IntRange(1), default=40, show_default=True, help="Rows shown; --csv has all.")
@click.option("--csv", "csv_file", type=PATH, help="Write all rows to this CSV file.")
@click.option(
    "--gexf",
    "gexf_file",
    type=PATH,
    help="Write the network of the first --top rows, which sentences hold together, for Gephi.",
)
@click.option("--svg", "svg_file", type=PATH, help="Draw the maximum tree of this network into this SVG file.")
def command(
    pattern: str,
    results: Path,
    by: Literal["form", "lemma", "pos"] | None,
    pos: str | None,
    terms: bool,
    over: str | None,
    min_count: int,
    top: int,
    csv_file: Path | None,
    gexf_file: Path | None,
    svg_file: Path | None,
    **where: Any,
) -> None:
    """List the words of the corpus, or of the part that the options say, with part of speech, count and articles.

    PATTERN is one word, with * for any letters; without it all words are listed. A text that several outlets print
    counts once (topics.counting in params.yaml).

    \b
    Examples:
      presstm words --pos NOUN,ADJ --where outlet_kind=weekly
      presstm words "livr*" --by form
      presstm words --terms --since 2019-05-01
      presstm words --pos NOUN --over outlet --min-count 5 --csv lexical-table.csv
      presstm words --pos NOUN,ADJ,VERB --top 80 --gexf words.gexf --svg words.svg
    """
    from presstm import files, kwic, kwic_pages, lexicon, phrases, study, tables, variables, word_network, word_tree_chart
    from presstm import terms as noun_phrases
    from presstm.errors import InputError
    from presstm.exports.graphs import gexf_bytes

    if terms and (pattern or by or pos):
        raise InputError("--terms lists noun phrases: leave out the pattern, --by and --pos")
    if svg_file is not None and top > word_tree_chart.MOST_WORDS:
        raise InputError(f"--svg draws at most {word_tree_chart.MOST_WORDS} words: lower --top")
    if "[" in pattern:
        raise InputError(f"parts of speech are chosen by --pos here, not by a pattern as {pattern!r}")
    if pattern and len(phrases.parse(pattern)) != 1:
        raise InputError(f"a pattern of `words` is one word, not {pattern!r}: `presstm kwic` finds several")
    articles, sentences = tables.read(results, "articles"), tables.read(results, "sentences")
    inside = kwic.places(articles, sentences, filters(results, articles, sentences, **where))
    settings = study.settings_of(results)
    if settings.topics.counting == "clusters":
        reuse = tables.read(results, "reuse")
        inside = inside.join(
            reuse.filter(reuse["representative"]).select(["article_id"]), "article_id", join_type="left semi"
        )
    place = ["article_id", "sentence_id"]
    tokens = tables.read(results, "tokens").join(inside.select(place), place, join_type="left semi")
    words = lexicon.words_of(tokens)
    groups = variables.groups(articles, over) if over is not None else None
    counted, kinds = by or "lemma", _kinds(pos, words)
    found = lexicon.lexicon(words, counted, pos=kinds, pattern=pattern, groups=groups)
    candidates = noun_phrases.occurrences(tokens) if terms else []
    columns = noun_phrases.COLUMNS if terms else lexicon.COLUMNS
    forms = noun_phrases.spelled(candidates)
    rows = noun_phrases.terms(candidates, len(words), groups=groups, forms=forms) if terms else found.rows
    rows = [row for row in rows if row["count"] >= min_count]
    every = [*columns, *(name for name in (rows[0] if rows else ()) if name not in columns)]
    if csv_file is not None:
        files.write_bytes(csv_file, kwic_pages.table_csv(every, rows))
    if gexf_file is not None or svg_file is not None:
        held = ((one.place, " ".join(one.lemmas)) for one in candidates) if terms else lexicon.places(words, counted, kinds)
        names, written = (row["form"] for row in rows[:top]), {" ".join(lemmas): form for lemmas, form in forms.items()}
        network = word_network.network(held, names, len(inside), settings.topics.q_max, settings.topics.seed, written)
        if gexf_file is not None:
            files.write_bytes(gexf_file, gexf_bytes(network))
        if svg_file is not None:
            files.write_bytes(svg_file, word_tree_chart.svg(word_network.maximum_tree(network)))
        click.echo(f"{len(network)} words or terms, {network.size()} pairs with q at most {settings.topics.q_max}", err=True)
    printed = csv_file is None and gexf_file is None and svg_file is None
    if printed and rows:
        click.echo(kwic_pages.table_text(every, rows[:top]))
    many = f"{top} of {len(rows)} rows (--top, --csv)" if printed and len(rows) > top else f"{len(rows)} row(s)"
    click.echo(
        f"{many}; {found.occurrences} words, {found.forms} different, {found.hapax} once, in {found.articles} text(s)",
        err=True,
    )


def _kinds(pos: str | None, words: Any) -> list[str]:
    """Parts of speech as typed, which the corpus has to have."""
    from presstm.errors import InputError

    wanted = [kind.strip().upper() for kind in (pos or "").split(",") if kind.strip()]
    known = set(words["pos"].unique().to_pylist())
    if unknown := sorted(set(wanted) - known):
        raise InputError(f"no word is of part of speech {unknown[0]} (known: {', '.join(sorted(known))})")
    return wanted
