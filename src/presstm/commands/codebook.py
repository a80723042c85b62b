"""presstm themes check, or presstm codebook: a codebook's notation, how its rules fare, how right they are on coded sentences."""

from __future__ import annotations

from pathlib import Path

import click

from presstm.commands._options import PATH


@click.command("codebook", short_help="Check the codebook of themes and show how its rules fare.")
@click.argument("file", type=PATH, required=False)
@click.option(
    "--study", "folder", default=".", type=PATH, help="Study whose codebook and results, without FILE (default: here)."
)
@click.option("--results", type=PATH, help="Folder with theme_sentences.parquet: count each rule's hits there.")
@click.option("--coded", type=PATH, multiple=True, help="CSV of coded sentences: precision and recall of the lexicon.")
def command(file: Path | None, folder: Path, results: Path | None, coded: tuple[Path, ...]) -> None:
    """Check the codebook FILE (themes.yml; without it, that of the study) and show how its rules fare.

    A mistake is named with its theme, rule and line. With --results, each rule is listed with its hits, the sentences with a
    hit, and the sentences that it alone decides. With --coded, each rule is listed with the sentences where it is right and wrong.

    \b
    Examples:
      presstm themes check                            codebook and results of the study here
      presstm codebook models/themes.yml
      presstm codebook models/themes.yml --results results
      presstm codebook models/themes.yml --coded corpus/coding/codes.csv
    """
    from presstm import codebook, study, tables
    from presstm.theming import coding, rule_use

    if file is None:
        ours = study.open_study(folder.resolve())
        file = ours.model(ours.settings.themes.codebook)
        if results is None and (ours.out / "theme_sentences.parquet").exists():
            results = ours.out
    themes = codebook.load_codebook(file)
    for theme in themes:
        click.echo(f"{theme.key}: {len(theme.rules)} rules, {sum(rule.weight >= 1 for rule in theme.rules)} decide alone")
    if unused := rule_use.idle_lists(file):
        click.echo(f"lists that no rule uses: {', '.join(unused)}")
    if results:
        coded_before = tables.read(results, "theme_sentences")
        rows = rule_use.counts(coded_before, themes)
        if others := set(coded_before["theme"].unique().to_pylist()) ^ {theme.key for theme in themes}:
            click.echo(f"\n{results} was made with another codebook, run the pipeline again: {', '.join(sorted(others))}")
        click.echo("\ntheme\trule\tweight\thits\tsentences\talone")
        for row in sorted(rows, key=lambda row: (row["theme"], -row["alone"], -row["hits"], row["rule"])):
            click.echo("\t".join(str(value) for value in row.values()))
        if idle := [(row["theme"], row["rule"]) for row in rows if not row["hits"]]:
            click.echo(f"\n{len(idle)} of {len(rows)} rules found nothing: {', '.join(map('/'.join, idle))}")
            if loose := [name for name in idle if name in rule_use.followed(themes)]:
                click.echo(
                    f"{', '.join(map('/'.join, loose))}: a|b c is a or b, followed by c. "
                    'For "a" or "b c", write a|b_c, or a list of patterns ["a", "b c"]'
                )
    if coded:
        scores, rules = rule_use.agreement(coding.read(coded, [theme.key for theme in themes]), themes)
        click.echo("\ntheme\tprecision\trecall\tf1")
        for theme in themes:
            click.echo("\t".join([theme.key, *(f"{scores[theme.key][name]:.3f}" for name in ("precision", "recall", "f1"))]))
        click.echo(f"macro-F1 {scores['macro_f1']:.3f}\n\ntheme\trule\tright\twrong")
        for (key, rule), (right, wrong) in sorted(rules.items(), key=lambda item: (item[0][0], -item[1][1], item[0])):
            click.echo(f"{key}\t{rule}\t{right}\t{wrong}")
