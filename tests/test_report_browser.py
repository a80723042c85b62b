"""The report as a reader opens it: from disk, in Chromium."""

import os
import re
import shutil
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from presstm import __version__, codebook, facts, files, report, study
from presstm.settings import ReportSettings
from tests import hostile_study, small_study

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt-get install chromium)")]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The small study's report in both languages, and the hostile one."""
    made = {}
    for name, language, tables in (
        ("fr", "fr", small_study.with_words(small_study.made())),
        ("en", "en", small_study.with_words(small_study.made())),
        ("hostile", "fr", hostile_study.made()),
    ):
        title = hostile_study.PAYLOADS[5] if name == "hostile" else "Étude"
        settings = ReportSettings(title=title, language=language)
        made[name] = tmp_path_factory.mktemp("report") / name
        files.write_folder(made[name], report.build(tables, small_study.codebook(), small_study.FACTS, settings))
    return made


@contextmanager
def watched(browser, **options):
    """A page whose requests, errors and dialogs are collected and must come to nothing but files."""
    context = browser.new_context(**options)
    page = context.new_page()
    troubles = []
    page.on("request", lambda request: None if request.url.startswith("file:") else troubles.append(request.url))
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield page
    context.close()
    assert troubles == []


def answered(page):
    expect(page.locator("#search-said")).to_have_text(re.compile(r"\d|Aucune"))


def pages(folder):
    """One page of each kind."""
    kinds = {
        path.parent.name if path.parent != folder else path.name: path
        for path in sorted(folder.rglob("*.html"), reverse=True)
    }
    return sorted(kinds.values())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_has_a_fault_that_axe_finds(browser, folders, language, scheme):
    with watched(browser, color_scheme=scheme) as page:
        for path in pages(folders[language]):
            page.goto(path.as_uri())
            page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
            found = Axe().run(page, options={"preload": False})  # else axe itself asks for the style sheet
            assert found.violations_count == 0, f"{path.name}: {found.generate_report()}"


def test_a_narrow_page_does_not_scroll_sideways(browser, folders):
    with watched(browser, viewport={"width": 360, "height": 740}) as page:
        for path in pages(folders["fr"]):
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path.name


def test_what_sources_say_never_runs(browser, folders):
    with watched(browser) as page:
        for path in sorted(folders["hostile"].rglob("*.html")):
            page.goto(path.as_uri())
            assert page.evaluate("typeof globalThis.hacked") == "undefined", path.name
            handlers = "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => /^on|^style$/.test(a.name)).length"
            assert page.evaluate(handlers) == 0, path.name
            links = page.evaluate("[...document.querySelectorAll('a')].map(a => new URL(a.href).protocol)")
            assert set(links) <= {"file:", "https:", "http:"}, path.name
            assert page.evaluate("document.querySelectorAll('iframe, object, embed, base, img').length") == 0
        for payload in hostile_study.PAYLOADS:  # in the address as well
            page.goto("about:blank")
            page.goto(
                f"{(folders['hostile'] / 'select.html').as_uri()}#{urlencode({'outlet': payload, 'theme': payload}, errors='replace')}"
            )
            expect(page.locator("#selection-said")).to_have_text(re.compile(r"\d"))
            assert page.evaluate("typeof globalThis.hacked") == "undefined", payload
        page.goto((folders["hostile"] / "index.html").as_uri())
        for word in ("precarite", "script", "onerror"):
            page.fill("#search-words", word)
            page.click("#search-form button")
            answered(page)
        assert page.locator("#search-found li").count() > 0
        assert page.evaluate("typeof globalThis.hacked") == "undefined"


def test_a_payload_is_shown_as_it_was_written(browser, folders):
    with watched(browser) as page:
        page.goto((folders["hostile"] / "index.html").as_uri())
        assert page.locator("h1").inner_text() == hostile_study.PAYLOADS[5]
        shown = page.evaluate("document.body.textContent")
        assert [payload for payload in hostile_study.PAYLOADS[:16] if payload not in shown] == []


def test_search_finds_words_without_accents_and_links_to_the_sentence(browser, folders):
    with watched(browser) as page:
        page.goto((folders["fr"] / "index.html").as_uri())
        page.fill("#search-words", "precarite")
        page.keyboard.press("Enter")
        page.wait_for_selector("#search-found li")
        assert page.locator("#search-found li").count() == 2
        assert page.locator("#search-found mark").all_inner_texts() == ["précarité", "précarité"]
        page.locator("#search-found a").first.click()
        assert "Leur précarité inquiète" in page.locator(":target").inner_text()


def test_search_narrows_by_theme_and_outlet_and_takes_exact_words(browser, folders):
    with watched(browser) as page:
        page.goto((folders["fr"] / "index.html").as_uri())

        def count(words, theme="", outlet=""):
            page.fill("#search-words", words)
            page.select_option("#search-theme", theme)
            page.select_option("#search-outlet", outlet)
            page.click("#search-form button")
            answered(page)
            return page.locator("#search-found li").count()

        assert count("livreur") == 5
        assert count('"livreur"') == 0
        assert count("livreur", outlet="Octets perdus") == 1
        assert count("livreur", theme="1") == 1
        assert count("livreurs sont") == 1
        assert count("(") == 0


def test_the_list_behind_a_word_marks_it_as_it_is_written(browser, folders):
    with watched(browser) as page:
        page.goto(f"{(folders['fr'] / 'select.html').as_uri()}#list=sentences&word=livreur")
        expect(page.locator("#selection-said")).to_have_text(re.compile(r"\d"))
        marks = page.locator("#selection-found mark.hit").all_inner_texts()
        assert {mark.lower() for mark in marks} == {"livreurs"}
        assert len(marks) >= page.locator("#selection-found li").count() > 0
        page.evaluate(ASKED, "list=sentences&theme=regulation")
        assert page.locator("#selection-found mark").count() == 0


def number_in(text):
    return [int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d\u202f]*", text)]


def exchanged():
    """The small study, and more texts that its first two outlets share: one that the second printed first, one of a single
    day, one without a day."""
    days = {"b": ("2019-06-03", "2019-06-01"), "c": ("2019-06-05", "2019-06-05"), "d": ("2019-06-07", None)}
    texts = [
        {**small_study.ARTICLES[place], "id": f"{key}{place + 1}", "cluster": f"{key}1", "title": f"Livreurs {key}", "day": day and date.fromisoformat(day)}
        for key, pair in days.items()
        for place, day in enumerate(pair)
    ]  # fmt: skip
    return small_study.made([*small_study.ARTICLES, *texts])


ASKED = """async (filters) => {
    const said = document.getElementById("selection-said");
    said.textContent = "";
    location.hash = filters;
    for (let n = 0; n < 5000 && !/[0-9]/.test(said.textContent); n += 1) await new Promise((done) => setTimeout(done, 1));
    return [said.textContent, document.querySelectorAll("#selection-found li").length];
}"""


def astray(browser, folder):
    """How many links lead to lists, and those whose number is none of those that the list says it has."""
    links = "[...document.querySelectorAll('a[href*=\"select.html#\"]')].map(a => [a.textContent, a.href.split('#')[1]])"
    with watched(browser) as page:
        shown = {}  # filters -> the texts of the links
        for path in sorted(folder.rglob("*.html")):
            if "select.html#" in path.read_text(encoding="utf-8"):
                page.goto(path.as_uri())
                for text, filters in page.evaluate(links):
                    shown.setdefault(filters, set()).add(text)
        page.goto((folder / "select.html").as_uri())
        expect(page.locator("#selection-said")).to_have_text(re.compile(r"\d"))
        wrong = []
        for filters, texts in shown.items():
            answer, listed = page.evaluate(ASKED, filters)
            said = number_in(answer)
            numbers = [number_in(text)[0] for text in texts if "%" not in text and number_in(text)]
            if not said or (not listed and any(said)) or not set(numbers) <= set(said):
                wrong.append((filters, texts, answer))
    return len(shown), wrong


@pytest.mark.parametrize("mode", ["full", "none"])
def test_every_number_that_leads_to_a_list_leads_to_as_many(browser, mode, tmp_path):
    tables = small_study.with_words(exchanged())
    assert tables["outlet_links"].select(["n_clusters", "source_first", "target_first"]).to_pylist() == [
        {"n_clusters": 4, "source_first": 1, "target_first": 1}
    ]
    settings = ReportSettings(text=mode)
    files.write_folder(tmp_path, report.build(tables, small_study.codebook(), small_study.FACTS, settings))
    count, wrong = astray(browser, tmp_path)
    assert count > 50
    assert wrong == []


@pytest.mark.skipif(
    not (ROOT / "results/factors.parquet").exists(), reason="needs the results of the demonstration corpus (dvc repro)"
)
def test_every_number_of_the_demonstration_leads_to_as_many(browser, tmp_path):
    ours = study.open_study(ROOT)
    themes = codebook.load_codebook(ours.model(ours.settings.themes.codebook))
    known = facts.load(ours.model(ours.settings.figures.facts)).facts
    files.write_folder(tmp_path, report.build(report.read(ours), themes, known, ours.settings.report))
    count, wrong = astray(browser, tmp_path)
    assert count > 500
    assert wrong == []


def test_every_number_in_a_table_has_a_link_or_is_a_statistic(browser, folders):
    statistics = {"NPMI", "q", "Difference", "Expected by chance", "Rules", "Combinations", "Lowest share", "Highest share"}
    statistics |= {"Inertia", "Share"}
    statistics |= {"Links", "Strength", "PageRank", "Betweenness", "Group"}  # the table of pairs shows what they add up
    with watched(browser) as page:
        page.goto((folders["en"] / "index.html").as_uri())
        bare = page.evaluate(
            """[...document.querySelectorAll("td.num")].filter(cell => !cell.querySelector("a") && /[1-9]/.test(cell.textContent))
            .map(cell => cell.closest("table").querySelectorAll("thead th")[cell.cellIndex].textContent)"""
        )
        assert set(bare) <= statistics


def test_a_mark_of_a_figure_leads_to_its_texts(browser, folders):
    with watched(browser) as page:
        page.goto((folders["fr"] / "index.html").as_uri())
        page.locator("#chart-outlets rect[data-href]").first.click()
        page.wait_for_load_state()
        assert "evidence/" in page.url
        assert page.locator(".evidence li").count() > 0


def test_the_network_can_be_searched(browser, folders):
    with watched(browser) as page:
        page.goto((folders["fr"] / "index.html").as_uri())
        page.fill("#network-find", "jeanne")
        assert "Colibri Express" in page.inner_text("#network-said")
        assert page.locator("#chart-network circle.lit").count() == 1
        page.fill("#network-find", "zzz")
        assert page.inner_text("#network-said") == "Aucune entité de ce nom dans le dessin."
        box = page.get_attribute("#chart-network", "viewBox")
        page.click("[data-zoom='1.4']")
        assert page.get_attribute("#chart-network", "viewBox") != box
        page.click("[data-zoom='0']")
        assert page.get_attribute("#chart-network", "viewBox") == box


def test_without_script_every_article_is_reached_by_links(browser, folders):
    with watched(browser, java_script_enabled=False) as page:
        page.goto((folders["fr"] / "index.html").as_uri())
        assert page.locator("#search-form").is_hidden()
        assert page.locator("svg").count() >= 5
        page.locator("#texts a").first.click()
        assert page.locator("tbody a").count() >= 4
        page.locator("tbody a").first.click()
        assert page.locator(".sentence").count() >= 2


def test_the_theme_can_be_changed_by_keyboard(browser, folders):
    with watched(browser, color_scheme="light") as page:
        page.goto((folders["en"] / "index.html").as_uri())
        ground = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(ground)
        page.focus(".theme-toggle")
        page.keyboard.press("Enter")
        assert page.evaluate(ground) != light
        assert page.get_attribute(".theme-toggle", "aria-pressed") == "true"


def test_paper_shows_what_is_folded_and_says_which_corpus_and_version(browser, folders):
    with watched(browser, color_scheme="dark") as page:
        page.goto((folders["fr"] / "index.html").as_uri())
        page.emulate_media(media="print")
        assert (
            page.locator("header .on-paper").inner_text()
            == f"Corpus arrêté au 1er\u00a0juillet\u00a02019. presstm {__version__}"
        )
        assert page.locator("#outlets details table").is_visible()
        assert not page.locator(".contents").is_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        cut = "[...document.querySelectorAll('.scroll')].filter(e => getComputedStyle(e).overflowX !== 'visible').length"
        assert page.evaluate(cut) == 0


def test_paper_says_of_no_number_that_it_leads_somewhere(browser, folders):
    for language, leads in (("fr", "mène"), ("en", "leads")):
        with watched(browser) as page:
            for path in pages(folders[language]):
                page.goto(path.as_uri())
                page.emulate_media(media="screen")
                assert leads in page.inner_text("body"), path.name
                page.emulate_media(media="print")
                assert leads not in page.inner_text("body"), path.name


def test_the_skip_link_comes_first(browser, folders):
    with watched(browser) as page:
        page.goto((folders["fr"] / "index.html").as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
