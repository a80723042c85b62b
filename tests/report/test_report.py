import re
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import pyarrow as pa
import pytest
import yaml

from presstm import report, schemas, tables
from presstm.report import filters, origin
from presstm.settings import ReportSettings, Settings
from tests import small_study

SMALL = small_study.made()


@cache
def built(**settings):
    return dict(report.build(SMALL, small_study.codebook(), small_study.FACTS, ReportSettings(**settings)))


def test_the_small_study_keeps_its_references():
    tables.check_foreign(SMALL)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_has_the_language_and_a_policy(language):
    for path, data in built(language=language).items():
        if path.endswith(".html"):
            assert f'<html lang="{language}">' in data.decode()
            assert "Content-Security-Policy" in data.decode()


def test_links_lead_to_files_and_anchors_that_exist():
    made = built()
    missing = []
    for path, data in made.items():
        if not path.endswith(".html"):
            continue
        folder = path.rpartition("/")[0]
        for target in re.findall(r'href="([^"]*)"', data.decode()):
            if target.startswith("http"):
                continue
            file, _, anchor = target.replace("&amp;", "&").partition("#")
            if file.endswith(filters.PATH):
                assert set(parse_qs(anchor)) <= set(filters.FILTERS)
                anchor = ""
            goal = re.sub(r"[^/]+/\.\./", "", f"{folder}/{file}".lstrip("/")) if file else path
            if goal not in made or (anchor and f'id="{anchor}"' not in made[goal].decode()):
                missing.append((path, target))
    assert missing == []


def test_equal_tables_give_equal_bytes():
    assert built() == built.__wrapped__()


def test_the_report_says_versions_settings_and_hashes_and_no_path_of_this_machine():
    made = origin.Origin(versions={"presstm": "9.8.7"}, files={"models/themes.yml": "ab12"})
    page = dict(report.build(SMALL, small_study.codebook(), small_study.FACTS, ReportSettings(), made))[
        "index.html"
    ].decode()
    for text in ("9.8.7", "models/themes.yml", "ab12", "topics.seed", "20190524", "network.q_max"):
        assert text in page
    assert "engine.workers" not in page
    assert str(Path(__file__).parents[2]) not in page


def test_shares_corrected_by_hand_stand_beside_those_as_coded():
    row = {
        "grouping": "all", "group": "all", "theme": "ai", "unit": "sentence", "n": 10, "n_outlets": 2, "coded": 300, "naive": 0.2,
        "naive_low": 0.1, "naive_high": 0.3, "corrected": 0.155, "low": 0.12, "high": 0.19, "flag": "few_outlets",
    }  # fmt: skip
    study = {**SMALL, "theme_corrected": pa.Table.from_pylist([row])}
    page = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language="en")))[
        "index.html"
    ].decode()
    table = page[page.index("corrected by coding by hand</caption>") :]
    assert re.search(r">300<.*>20\.0%<.*10% – 30%.*>15\.5%<.*12% – 19%<br><small>few outlets<", table.split("</tr>")[1])
    assert "corrected by coding by hand" not in built(language="en")["index.html"].decode()


@pytest.mark.parametrize(
    ("method", "alone", "text"),
    [
        ("both", (), "if a rule of the lexicon or the classifier finds it there"),
        ("both", ("ai", "precarity"), "if a rule of the lexicon or the classifier finds it there"),
        ("classifier", (), "if the classifier finds it there"),
        ("both", tuple(small_study.RULES), "if a rule of the lexicon finds it there"),
    ],
)
def test_the_report_says_who_decided(method, alone, text):
    decided = {theme: "lexicon" if theme in alone else method for theme in small_study.RULES}
    made = origin.Origin(Settings(themes={"method": method}), decided_by=decided)
    files = dict(report.build(SMALL, small_study.codebook(), small_study.FACTS, ReportSettings(language="en"), made))
    page = files["index.html"].decode()
    assert f"A sentence carries a theme {text}" in page
    assert ("On Precarity, AI, which the classifier does not know" in page) == (len(alone) == 2)


def test_words_of_the_corpus_in_a_report_in_english_say_their_language():
    study = small_study.with_words(SMALL)
    english, french = (
        dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language=language)))
        for language in ("en", "fr")
    )
    assert '<span lang="fr">livreur</span> (' in english["index.html"].decode()
    assert "lang=" not in french["index.html"].decode().split("<body>")[1].split('id="search"')[0]
    page = english["articles/a3.html"].decode()
    assert '<h1 lang="fr">Qui entraîne l’algorithme ?</h1>' in page
    assert "<h1>Article a4</h1>" in english["articles/a4.html"].decode()


def test_themes_are_shown_by_kind_of_outlet_and_by_variable_with_links_to_their_sentences():
    names = SMALL["articles"].column_names
    values = [["ton=vif & gai"] if n else None for n in range(len(SMALL["articles"]))]
    articles = SMALL["articles"].set_column(names.index("variables"), "variables", [values])
    row = {"theme": "ai", "weighting": "cluster", "n": 3, "share": 0.5, "low": 0.2, "high": 0.8, "n_outlets": 2, "flag": ""}
    splits = [
        ("outlet_kind", "weekly"),
        ("outlet_kind", "unknown"),
        ("ton", "vif & gai"),
        ("ton", "unknown"),
        ("alone", "x"),
    ]
    shares = [{**row, "grouping": grouping, "group": group} for grouping, group in splits]
    study = {**SMALL, "articles": articles, "theme_shares": tables.from_rows("theme_shares", shares)}
    files = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language="en")))
    page = files["index.html"].decode()
    table = page[page.index('id="groups"') :].split("</section>")[0]
    assert '<td>Kind of outlet</td><th scope="row">weekly</th>' in table
    assert '<td>ton</td><th scope="row">vif &amp; gai</th>' in table
    assert '<td>ton</td><th scope="row">unknown</th>' in table
    assert "alone" not in table  # one group compares nothing
    assert 'href="select.html#variable=ton%3Dvif+%26+gai"' in table
    assert 'href="select.html#list=sentences&amp;variable=ton%3D&amp;theme=ai"' in table
    assert 'href="select.html#list=sentences&amp;kind=weekly&amp;theme=ai"' in table
    pages = [data.decode() for path, data in files.items() if path.startswith("articles/")]
    assert sum("<dt>ton</dt><dd>vif &amp; gai</dd>" in one for one in pages) == len(SMALL["articles"]) - 1
    assert '["ton=vif \\u0026 gai"]' in files["data/articles.js"].decode()


def test_who_only_speaks_is_not_in_the_list_of_who_is_named():
    silent = {"entity_id": "misc-rapport", "name": "Le Rapport muet", "label": "MISC", "wikidata": None}
    counts = dict.fromkeys(("n_mentions", "n_articles", "n_clusters"), 0)
    entities = pa.concat_tables([SMALL["entities"], tables.from_rows("entities", [silent | counts])])
    made = dict(report.build(SMALL | {"entities": entities}, small_study.codebook(), small_study.FACTS, ReportSettings()))
    assert not any("Le Rapport muet" in data.decode() for path, data in made.items() if path.endswith(".html"))


def test_empty_tables_give_a_report():
    made = dict(report.build({name: tables.empty(name) for name in schemas.TABLES}, (), {}, ReportSettings()))
    assert b"<h1>" in made["index.html"]


def test_absent_tables_leave_their_sections_out():
    made = dict(report.build({"articles": SMALL["articles"]}, (), {}, ReportSettings()))
    assert b'id="texts"' in made["index.html"]
    assert b'id="named"' not in made["index.html"]


def test_without_text_no_sentence_of_any_article_is_in_any_file():
    made = built(text="none")
    for article_id, row in ((r["article_id"], r) for r in SMALL["articles"].to_pylist()):
        for sentence in SMALL["sentences"].to_pylist():
            if sentence["article_id"] == article_id:
                text = row["title" if sentence["part"] == "title" else "text"][sentence["start"] : sentence["end"]]
                assert [path for path, data in made.items() if text.encode() in data] == []


def test_the_stage_reads_what_the_report_uses():
    text = (Path(__file__).parents[2] / "dvc.yaml").read_text(encoding="utf-8")
    deps = yaml.safe_load(text)["stages"]["report"]["deps"]
    read = {dep.removeprefix("results/").removesuffix(".parquet") for dep in deps if dep.startswith("results/")}
    assert read == {*schemas.TABLES, "metrics/themes.json"}
    assert {"src/presstm/report/assets", "src/presstm/report/templates"} <= set(deps)


def test_the_network_says_how_clear_and_stable_its_groups_are():
    row = {
        "scope": "paragraph",
        "kept": 2,
        "communities": 1,
        "modularity": 0.25,
        "stability_seeds": 1.0,
        "stability_bootstrap": 0.5,
    }
    given = SMALL | {"networks": tables.from_rows("networks", [row])}
    made = dict(report.build(given, small_study.codebook(), small_study.FACTS, ReportSettings(scope="paragraph")))
    assert "Modularité des groupes : 0,25." in made["index.html"].decode()
    assert "(bootstrap) : 0,50" in made["index.html"].decode()


def lead(days):
    rows = [{**row, "published": day} for row, day in zip(SMALL["articles"].to_pylist(), days, strict=True)]
    study = {**SMALL, "articles": tables.from_rows("articles", rows)}
    page = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings()))["index.html"].decode()
    return " ".join(re.sub("<[^>]*>", "", page.split('<p class="lead">')[1].split("</p>")[0]).split())


def test_a_corpus_of_one_day_and_articles_without_one_are_said():
    number = len(SMALL["articles"])
    day = date(2019, 5, 24)
    assert lead([day] * number).startswith("Articles parus le 24 mai 2019. ")
    assert lead([None] * number).startswith(f"{number} articles sont sans date.")
    assert lead([day, date(2019, 6, 1), *[None] * (number - 2)]).startswith(
        f"Articles parus du 24 mai 2019 au 1er juin 2019. {number - 2} articles sont sans date."
    )


def test_of_choices_that_give_the_same_share_the_one_in_use_is_named():
    theme = small_study.codebook()[0].key
    row = {"theme": theme, "threshold": 0.0, "weighting": "cluster", "n": 4, "low": None, "high": None}
    made = [("in_use", "all", 0.5), ("in_use", "no_wire", 0.6), ("rules", "all", 0.5), ("rules", "no_wire", 0.6)]
    rows = [{**row, "method": method, "subset": subset, "share": share} for method, subset, share in made]
    study = {**SMALL, "theme_specifications": tables.from_rows("theme_specifications", rows)}
    page = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings()))["index.html"].decode()
    assert "méthode choisie, sans les dépêches" in page
    assert "<small>règles seules" not in page


@pytest.mark.parametrize(("other", "said"), [(0.5, "dans toutes les combinaisons"), (0.75, "règles seules, tous")])
def test_a_share_that_no_choice_moves_is_said_to_be_so(other, said):
    theme = small_study.codebook()[0].key
    row = {"theme": theme, "threshold": 0.0, "weighting": "cluster", "subset": "all", "n": 4, "low": None, "high": None}
    rows = [{**row, "method": "in_use", "share": 0.5}, {**row, "method": "rules", "share": other}]
    study = {**SMALL, "theme_specifications": tables.from_rows("theme_specifications", rows)}
    page = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings()))["index.html"].decode()
    assert said in page
    assert ("méthode choisie, tous" in page) == (other != 0.5)


QUALITY = [
    {"theme": theme, "sentences": 200, "with_theme": 31, "precision": 0.82, "precision_low": 0.5, "precision_high": 0.95, "recall": recall,
     "recall_low": None, "recall_high": None, "f1": 0.64, "f1_low": 0.41, "f1_high": 0.8}
    for theme, recall in (("macro", 0.5), ("ai", 0.31), ("regulation", None))
]  # fmt: skip


def test_how_right_themes_are_stands_beside_their_shares_with_intervals():
    study = {**SMALL, "theme_quality": tables.from_rows("theme_quality", QUALITY)}
    made = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language="en")))
    table = made["index.html"].decode().split("by sentences coded by hand</caption>")[1].split("</table>")[0]
    rows = [re.sub(r"<[^>]*>", " ", row).split() for row in table.split("<tr>")[2:]]
    assert [row[0] for row in rows] == ["Regulation", "AI", "Mean"]
    assert rows[1] == "AI 200 31 0.82 0.50 – 0.95 0.31 0.64 0.41 – 0.80".split()
    assert rows[0][7:9] == ["–", "0.64"]  # a recall of sentences that there are not


def test_where_nobody_coded_the_report_says_that_quality_is_not_known():
    assert "No sentence of this corpus was coded by hand" in built(language="en")["index.html"].decode()
    study = {**SMALL, "theme_quality": tables.from_rows("theme_quality", QUALITY)}
    made = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language="en")))
    assert "No sentence of this corpus was coded by hand" not in made["index.html"].decode()


def test_a_sentence_that_the_classifier_decided_is_not_marked_as_if_its_words_did():
    rows = SMALL["theme_sentences"].to_pylist()
    first = next(row for row in rows if row["present"] and row["theme"] == "precarity")
    first["evidence"] = [{"rule": "classifier", "start": 0, "end": 78}]
    study = {**SMALL, "theme_sentences": tables.from_rows("theme_sentences", rows)}
    files = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings()))
    page = files[f"articles/{first['article_id']}.html"].decode()
    sentence = page[page.index(f'id="s{first["sentence_id"]}"') :].split("</p>")[0].split("<span id=")[0]
    assert "hit" not in sentence
    assert "<small>classifieur</small>" in sentence
    listed = next(data.decode() for path, data in files.items() if path.startswith("evidence/outlet-precarity"))
    assert "<strong>classifieur</strong>" in listed
    assert "<strong>precarite</strong>" in listed


def test_how_to_read_a_chart_is_seen_and_said_once_for_charts_of_a_kind():
    study = small_study.with_words(SMALL)
    page = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings(language="en")))[
        "index.html"
    ].decode()
    assert page.count('<span aria-hidden="true">One large dot per group') == 1
    assert page.count("<desc id=") == page.count("<svg id=")
    assert "with its 95% interval" in page


def test_intensity_by_month_is_drawn_with_that_of_the_corpus_at_the_end_and_not_without_days():
    files = dict(report.build(SMALL, small_study.codebook(), small_study.FACTS, ReportSettings(language="en")))
    drawn = files["figures/months-intensity.svg"].decode()
    by_month = [row for row in SMALL["theme_shares"].to_pylist() if row["weighting"] == "cluster"]
    whole = {row["theme"]: row["intensity"] for row in by_month if row["grouping"] == "all"}
    highest = max(row["intensity"] for row in by_month if row["grouping"] == "month" and row["group"] != "unknown")
    for value in (*whole.values(), highest):
        assert f">{100 * value:.0f}%<" in drawn.replace("\u00a0", "")
    undated = [{**row, "grouping": "month", "group": "unknown"} for row in by_month if row["grouping"] == "all"]
    shares = tables.from_rows("theme_shares", undated)
    without = dict(
        report.build({**SMALL, "theme_shares": shares}, small_study.codebook(), small_study.FACTS, ReportSettings())
    )
    assert "figures/months.svg" in without
    assert "figures/months-intensity.svg" not in without
