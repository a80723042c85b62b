import pytest
from click.testing import CliRunner

from presstm import codebook, tables
from presstm.cli import main
from presstm.theming import rule_use
from presstm.theming.coding import Coded

CODEBOOK = """themes:
  law:
    rules:
      - {id: loi, pattern: loi}
      - {id: juge, pattern: juge}
"""


def rows(path):
    path.write_text(CODEBOOK)
    loaded = codebook.load_codebook(path)
    evidence = [["loi", "juge"], ["loi", "loi"], ["classifier"], []]
    table = tables.from_rows(
        "theme_sentences",
        [
            {
                "article_id": "a",
                "sentence_id": n,
                "theme": "law",
                "score": 1.0,
                "present": bool(rules),
                "evidence": [{"rule": rule, "start": 0, "end": 1} for rule in rules],
            }
            for n, rules in enumerate(evidence)
        ],
    )
    return loaded, table


def test_a_rule_decides_alone_where_no_other_would(tmp_path):
    loaded, table = rows(tmp_path / "themes.yml")
    found = {row["rule"]: (row["hits"], row["sentences"], row["alone"]) for row in rule_use.counts(table, loaded)}
    assert found == {"loi": (3, 2, 1), "juge": (1, 1, 0)}


@pytest.mark.parametrize("weights", [(0.7, 0.2, 0.1), (0.01, 0.29, 0.7)])
def test_weights_that_add_up_to_one_by_rounding_decide_together(tmp_path, weights):
    rules = "".join(
        f"      - {{id: {name}, pattern: {name}, weight: {w}}}\n" for name, w in zip("abc", weights, strict=True)
    )
    (tmp_path / "themes.yml").write_text("themes:\n  law:\n    rules:\n" + rules)
    found = [{"rule": rule, "start": 0, "end": 1} for rule in "abc"]
    row = {"article_id": "a", "sentence_id": 0, "theme": "law", "score": 1.0, "present": True, "evidence": found}
    counted = rule_use.counts(tables.from_rows("theme_sentences", [row]), codebook.load_codebook(tmp_path / "themes.yml"))
    assert [each["alone"] for each in counted] == [1, 1, 1]


def test_rules_are_compared_with_codes(tmp_path):
    loaded, _ = rows(tmp_path / "themes.yml")
    coded = [
        Coded("t", "r", "", "", sentence, frozenset(themes))
        for sentence, themes in [("La loi.", {"law"}), ("Le juge dort.", ()), ("Il pleut.", {"law"})]
    ]
    scores, rules = rule_use.agreement(coded, loaded)
    assert (scores["law"]["precision"], scores["law"]["recall"]) == (0.5, 0.5)
    assert rules == {("law", "loi"): (1, 0), ("law", "juge"): (0, 1)}


def test_the_command_lists_rules(tmp_path):
    _, table = rows(tmp_path / "themes.yml")
    tables.write(tmp_path, "theme_sentences", table)
    coded = tmp_path / "codes.csv"
    coded.write_text("piece,part,n,sentence,themes\np,body,0,La loi.,law\n")
    done = CliRunner().invoke(
        main, ["codebook", f"{tmp_path}/themes.yml", "--results", f"{tmp_path}", "--coded", f"{coded}"]
    )
    assert done.exit_code == 0, done.output
    assert "law\tloi\t1.0\t3\t2\t1" in done.output
    assert "found nothing" not in done.output
    assert "law\t1.000\t1.000\t1.000" in done.output


def test_the_command_names_the_rules_that_found_nothing(tmp_path):
    _, table = rows(tmp_path / "themes.yml")
    tables.write(tmp_path, "theme_sentences", table)
    (tmp_path / "themes.yml").write_text(CODEBOOK + "      - {id: jamais, pattern: jamais}\n")
    done = CliRunner().invoke(main, ["codebook", f"{tmp_path}/themes.yml", "--results", f"{tmp_path}"])
    assert "1 of 3 rules found nothing: law/jamais" in done.output


def test_the_command_tells_how_alternatives_before_a_word_are_read(tmp_path):
    _, table = rows(tmp_path / "themes.yml")
    tables.write(tmp_path, "theme_sentences", table)
    more = "      - {id: velo, pattern: 'velo*|piste* cyclable*'}\n      - {id: bus, pattern: ['car|bus ~2 ligne', 'vieux bus']}\n"
    (tmp_path / "themes.yml").write_text(CODEBOOK + more)
    done = CliRunner().invoke(main, ["codebook", str(tmp_path / "themes.yml"), "--results", str(tmp_path)])
    assert "2 of 4 rules found nothing: law/velo, law/bus\nlaw/velo: a|b c is a or b, followed by c." in done.output


def test_the_command_says_that_the_results_are_those_of_another_codebook(tmp_path):
    _, table = rows(tmp_path / "themes.yml")
    tables.write(tmp_path, "theme_sentences", table)
    asked = ["codebook", str(tmp_path / "themes.yml"), "--results", str(tmp_path)]
    assert "another codebook" not in CliRunner().invoke(main, asked).output
    (tmp_path / "themes.yml").write_text(CODEBOOK.replace("law:", "water:"))
    assert "made with another codebook, run the pipeline again: law, water\n" in CliRunner().invoke(main, asked).output


def test_the_command_names_the_lists_that_no_rule_uses(tmp_path):
    rules = """      - {id: amende, pattern: "prix ~2 haut|@pleas"}
      - {id: droit, pattern: [droit], with: ["@needed"], unless: ["@barred"]}
"""
    lists = "lists: {pleas: appel, plea: recours, needed: cour, idle: greffe, barred: chemin}\n"
    (tmp_path / "themes.yml").write_text(lists + CODEBOOK + rules)
    done = CliRunner().invoke(main, ["codebook", f"{tmp_path}/themes.yml"])
    assert done.output == "law: 4 rules, 4 decide alone\nlists that no rule uses: plea, idle\n"


def test_the_command_names_a_mistake(tmp_path):
    (tmp_path / "themes.yml").write_text(CODEBOOK.replace("pattern: juge", "pattern: 'ju(ge'"))
    done = CliRunner().invoke(main, ["codebook", f"{tmp_path}/themes.yml"])
    assert done.exit_code == 1
    assert "rule juge (line 5)" in done.output


def test_without_a_file_the_command_checks_the_codebook_and_the_results_of_the_study(tmp_path):
    _, table = rows(tmp_path / "ours.yml")
    (tmp_path / "params.yaml").write_text("themes: {codebook: ours.yml}")
    checked = ["themes", "check", "--study", str(tmp_path)]
    assert CliRunner().invoke(main, checked).output == "law: 2 rules, 2 decide alone\n"
    (tmp_path / "results").mkdir()
    tables.write(tmp_path / "results", "theme_sentences", table)
    assert "law\tloi\t1.0\t3\t2\t1" in CliRunner().invoke(main, checked).output
