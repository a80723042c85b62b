import pytest
from click.testing import CliRunner

from presstm import extract, lexical, progress, settings, tables, variables
from presstm.cli import main
from presstm.errors import InputError, SettingsError
from presstm.exports import Source, corpora
from presstm.formats import iramuteq, table
from presstm.networks import units
from presstm.settings import EngineSettings, ExtractSettings, ThemesSettings
from presstm.theming import shares
from tests import small_study

TEXT = "Le puits du village est à sec depuis trois semaines, et la mairie fait venir un camion-citerne deux fois par jour."


@pytest.fixture
def articles(tmp_path):
    """Articles of a table with columns of its own, of outlets of which the list knows more, and one without either."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "presse.csv").write_text(
        f"titre;média;texte;Région;Orientation politique;mémo\nA;Le Héron;{TEXT};Ouest;gauche;{'x' * 101}\nB;La Loutre;{TEXT} Encore.;;droite;y\n"
    )
    (raw / "c.txt").write_text(f"C\n\nLe Castor, 24 mai 2019\n\n{TEXT} Toujours.\n")
    outlets = tmp_path / "outlets.csv"
    outlets.write_text("host,name,aliases,kind,region\n,Le Héron,,weekly,Nord\n,La Loutre,,weekly,Sud\n")
    asked = ExtractSettings(variables=("Région", "orientation_politique", "mémo"))
    found = extract.extract_corpus(raw, [outlets], asked, EngineSettings(workers=1), None, progress.silent)
    return found.articles


def test_a_variable_is_of_the_article_else_of_its_outlet(articles):
    kept = dict(zip(articles["title"].to_pylist(), articles["variables"].to_pylist(), strict=True))
    assert kept == {
        "A": ["orientation_politique=gauche", "region=Ouest"],  # the memo is too long to group anything
        "B": ["memo=y", "orientation_politique=droite", "region=Sud"],
        "C": None,
    }


def test_a_variable_that_no_article_has_is_named(articles):
    assert variables.missing(["Région", "tendance"], articles) == ["tendance"]


def test_what_is_not_asked_for_is_not_kept_but_shown_before_an_import(tmp_path):
    path = tmp_path / "presse.csv"
    path.write_text(f"titre;média;texte;Région\nA;Le Héron;{TEXT};Ouest\n")
    shown = CliRunner().invoke(main, ["import", str(path), "--into", str(tmp_path / "raw"), "--dry-run"]).output
    assert "further columns: region (name those to keep in extract.variables)" in shown


def test_variables_of_a_corpus_of_iramuteq_are_those_that_mean_nothing_else():
    (item,) = iramuteq.read(f"**** *journal_leheron *date_20190524 *region_ouest *vide_inconnu\n{TEXT}", {})
    assert item.variables == ("region=ouest",)


def test_cells_with_line_breaks_and_signs_are_one_line():
    (item,) = table.read_csv(f'titre,texte,"Ton, voix"\nA,"{TEXT}","très\n  calme"\n', {})
    assert item.variables == ("ton_voix=très calme",)


@pytest.mark.parametrize("name", ["outlet", "Année publiée", "theme", "month", "?", "Genre", "2e tour"])
def test_a_name_that_means_something_else_is_refused(tmp_path, name):
    path = tmp_path / "params.yaml"
    path.write_text(f"extract: {{variables: ['{name}']}}")
    if name == "Année publiée":
        assert settings.load(path).extract.variables == (name,)
        return
    with pytest.raises(SettingsError, match="call the column otherwise"):
        settings.load(path)


def test_shares_of_themes_are_given_by_variable(articles):
    reuse = tables.from_rows(
        "reuse",
        [{"article_id": key, "cluster_id": key, "representative": True} for key in articles["article_id"].to_pylist()],
    )
    themed = tables.from_rows(
        "theme_articles",
        [
            {"article_id": key, "theme": "water", "share": float(title == "A"), "sentences": 1, "present": title == "A"}
            for key, title in zip(articles["article_id"].to_pylist(), articles["title"].to_pylist(), strict=True)
        ],
    )
    found = shares.shares(articles, reuse, themed, ["water"], ThemesSettings())
    by_region = {
        row["group"]: row["share"]
        for row in found.to_pylist()
        if row["grouping"] == "region" and row["weighting"] == "article"
    }
    assert by_region == {"Ouest": 1.0, "Sud": 0.0, "unknown": 0.0}


def test_words_are_compared_by_variable():
    made = small_study.made()
    names = made["articles"].column_names
    values = [["ton=vif"] if n % 2 else None for n in range(len(made["articles"]))]
    marked = made["articles"].set_column(names.index("variables"), "variables", [values])
    corpus = units.corpus_of(made["sentences"], made["reuse"])
    (grouping,) = lexical.groupings({**made, "articles": marked}, corpus, ["ton"])
    assert grouping.groups == ["unknown", "vif"]
    assert lexical.columns(["outlet", "ton"], ["Ton"]) == ["article_id", "outlet", "variables"]
    with pytest.raises(SettingsError, match="unknown grouping ton"):
        lexical.columns(["ton"])


def test_articles_are_grouped_by_periods_columns_and_variables():
    made = small_study.made()["articles"]
    assert variables.groups(made, "Month") == {"a1": ["2019-05"], "a2": ["2019-05"], "a3": ["2019-07"], "a4": ["unknown"]}
    assert variables.groups(made, "week")["a1"] == ["2019-W21"]
    assert variables.groups(made, "day")["a3"] == ["2019-07-01"]
    assert variables.groups(made, "outlet_kind")["a4"] == ["unknown"]
    names = made.column_names
    twice = made.set_column(names.index("authors"), "authors", [[["A. Vey", "A. Vey", "B. Oru"], [], None, ["B. Oru"]]])
    assert list(variables.groups(twice, "authors").values()) == [["A. Vey", "B. Oru"], ["unknown"], ["unknown"], ["B. Oru"]]
    with pytest.raises(InputError, match=r"cannot be grouped by 'mois' \(known: year, month, week, day, access"):
        variables.groups(made, "mois")


def test_articles_are_found_by_period_and_column():
    made = small_study.made()["articles"]
    assert variables.articles_with(["month=2019-05", "outlet_kind=Regional"], made) == {"a1", "a2"}
    with pytest.raises(InputError, match=r"no article has 'month=2019-06' \(values of month: 2019-05, 2019-07\)"):
        variables.articles_with(["month=2019-06"], made)


def test_articles_are_found_by_their_variables(articles):
    by_id = dict(zip(articles["article_id"].to_pylist(), articles["title"].to_pylist(), strict=True))

    def found(*wanted):
        return {by_id[key] for key in variables.articles_with(wanted, articles)}

    assert found("region=ouest") == {"A"}
    assert found("Région=Sud", "orientation politique=Droite") == {"B"}
    assert found("region=Ouest", "orientation_politique=droite") == set()
    assert found("access=unknown", "region=ouest") == {"A"}
    with pytest.raises(InputError, match=r"no variable 'ton=vif': expected NAME=VALUE \(known: memo, orientation_politique"):
        found("ton=vif")
    with pytest.raises(InputError, match=r"no article has 'region=Est' \(values of region: Ouest, Sud\)"):
        found("region=Est")


def test_exports_carry_variables(articles):
    source = Source({"articles": articles})
    assert b"*acces_unknown *orientationpolitique_gauche *region_ouest" in corpora.iramuteq(source)["corpus.txt"]
    head, *rows = corpora.txm(source)["metadata.csv"].decode().splitlines()
    assert head.endswith(",memo,orientation_politique,region")
    assert {row.split(",", 10)[-1] for row in rows} == {",gauche,Ouest", "y,droite,Sud", ",,"}


def test_a_concordance_is_narrowed_by_variable(tmp_path):
    made = dict(small_study.made())
    names = made["articles"].column_names
    values = [["ton=vif"] if n else None for n in range(len(made["articles"]))]
    made["articles"] = made["articles"].set_column(names.index("variables"), "variables", [values])
    for name, rows in made.items():
        tables.write(tmp_path, name, rows)

    def sources(*where):
        done = CliRunner().invoke(main, ["kwic", "*", "--results", str(tmp_path), *where])
        assert done.exit_code == 0, done.output
        return {line.split()[-2] for line in done.stdout.splitlines()}

    first, *others = made["articles"]["source"].to_pylist()
    assert sources("--where", "Ton=vif") == set(others)
    assert sources() == {first, *others}
