"""The concordance: what a pattern meets, where it is looked for, in which order and form it comes out."""

import csv
import io
import re
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from presstm import cli, kwic, kwic_pages, phrases, tables
from presstm.errors import InputError
from presstm.kwic import Filters, Query
from tests import small_study

STUDY = small_study.made()


def find(pattern, filters=None, study=STUDY, **query):
    return kwic.lines(study["articles"], study["sentences"], Query(pattern, **query), filters)


def matches(pattern, filters=None, **query):
    return sorted({line.match for line in find(pattern, filters, **query)})


@pytest.mark.parametrize(
    ("pattern", "query", "expected"),
    [
        ("precarite", {}, ["précarité"]),
        ("PRÉCARITÉ", {}, ["précarité"]),
        ("precarite", {"exact": True}, []),
        ("livr*", {}, ["Livreurs", "livreurs"]),
        ("livr*", {"exact": True}, ["livreurs"]),
        ("*phan*", {}, []),
        ("*ant*me*", {}, ["fantômes"]),
        ("la * sera", {}, ["La loi sera"]),
        ("l'automne", {}, ["l’automne"]),
        ("débattues", {"by": "stem"}, ["débattue"]),
        ("1[25] 000", {"by": "regex"}, ["12 000", "15 000"]),
        ("LIVREURS", {"by": "regex", "exact": True}, []),
        ("¤*", {"by": "regex"}, []),
        ("a.c", {}, []),
        ("pre\u0301carite\u0301", {"exact": True}, ["précarité"]),
        ("pre\u0301carité", {"by": "regex", "exact": True}, ["précarité"]),
        ("precarit[éà]", {"by": "regex"}, ["précarité"]),
        (r"l'automne\b", {"by": "regex"}, ["l’automne"]),
        ("l'automne", {"by": "regex", "exact": True}, []),
        ("« nous", {}, ["« Nous"]),
        ("« ne", {}, []),
        ("fantomes »", {"by": "stem"}, ["fantômes »"]),
        ("l'automne.", {}, ["l’automne."]),
        ("nous ne voulons", {}, ["Nous ne voulons"]),
        ("nous|colere monte", {}, ["colère monte"]),
        ("loi | la colere", {}, ["la colère", "loi"]),
        ("nous ~2 etre", {}, []),
        ("nous ~3 etre", {}, ["Nous ne voulons plus être"]),
    ],
)
def test_pattern_meets(pattern, query, expected):
    assert matches(pattern, **query) == expected


def test_offsets_point_at_the_match():
    texts = {row["article_id"]: {"title": row["title"], "body": row["text"]} for row in STUDY["articles"].to_pylist()}
    found = find("livr*")
    assert found
    assert all(texts[line.article_id][line.part][line.start : line.end] == line.match for line in found)


def test_a_symbol_of_the_pattern_stands_in_the_text_with_any_space_before_it():
    study = odd("La part est de 22 % en mai, 22% en juin, 22,80 euros à 22 h, chez A&B.")
    assert [line.match for line in find("22 %", study=study)] == ["22 %", "22%"]
    assert [line.match for line in find("a & b", study=study)] == ["A&B"]
    assert len(find("22", study=study)) == 4


def test_variants_of_letters_and_digits_are_those_that_people_type():
    study = odd("Le CO₂ du 1ᵉʳ mai fait le proﬁt de la main-d’œuvre.")
    for pattern in ("co2", "CO₂", "1er", "profit", "d'oeuvre"):
        assert len(find(pattern, study=study)) == 1
    assert find("co2", study=study, exact=True) == []


def test_lemma_meets_all_its_forms_with_hyphens_as_in_the_text():
    sentence = {"article_id": "a4", "sentence_id": 0, "part": "body", "paragraph": 0, "start": 0, "end": 36}
    words = [(0, "Le", "le"), (3, "marché", "marché"), (10, "du", "de"), (13, "micro-travail", "micro-travail")]
    fixed = {"article_id": "a4", "sentence_id": 0, "pos": "X", "morph": "", "dep": "dep", "head": 0, "ent": ""}
    rows = [
        {**fixed, "token_id": n, "start": start, "text": text, "lemma": lemma}
        for n, (start, text, lemma) in enumerate(words)
    ]
    tokens = tables.from_rows("tokens", rows)
    sentences = tables.from_rows("sentences", [sentence])

    def spans(pattern):
        found = kwic.lines(STUDY["articles"], sentences, Query(pattern, by="lemma"), tokens=tokens)
        return [(line.start, line.end) for line in found]

    assert spans("de micro-travail") == [(10, 26)]
    assert spans("du") == []


def tagged():
    """A study of one sentence, and its tokens with their parts of speech."""
    text = "Le micro-travail précaire livre l'homme pressé."
    words = "Le/DET micro-travail/NOUN précaire/ADJ livre/VERB l'/DET homme/NOUN pressé/ADJ ./PUNCT".split()
    study, rows, at = odd(text), [], 0
    fixed = {"article_id": "a4", "sentence_id": 0, "morph": "", "dep": "dep", "head": 0, "ent": ""}
    for number, (word, pos) in enumerate(word.split("/") for word in words):
        at = text.index(word, at)
        rows.append({**fixed, "token_id": number, "start": at, "text": word, "lemma": word.lower(), "pos": pos})
    return study | {"tokens": tables.from_rows("tokens", rows)}


@pytest.mark.parametrize("by", ["word", "lemma", "stem"])
@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[NOUN] [ADJ]", ["travail précaire", "homme pressé"]),
        ("micro[NOUN]", ["micro"]),
        ("livre[NOUN]", []),
        ("livre[VERB] ~1 [NOUN]", ["livre l'homme"]),
        ("[ADJ] [PUNCT]", ["pressé."]),
    ],
)
def test_a_part_of_speech_is_that_of_the_token_in_which_a_word_begins(pattern, expected, by):
    study, query = tagged(), Query(pattern, by=by)
    assert kwic.needs_tokens(query)
    found = kwic.lines(study["articles"], study["sentences"], query, tokens=study["tokens"])
    assert [line.match for line in found] == expected


def test_tokens_are_needed_for_lemmas_and_parts_of_speech_only():
    queries = [
        Query("mot"),
        Query("mot [sic]"),
        Query("[ADJ]", by="regex"),
        Query("mot", by="lemma"),
        Query("mot | un [ADJ]"),
    ]
    assert [kwic.needs_tokens(query) for query in queries] == [False, False, False, True, True]


def test_filters_by_place_and_time():
    assert {line.outlet for line in find("livreurs", Filters(outlets=frozenset({"Octets perdus"})))} == {"Octets perdus"}
    assert {line.part for line in find("livreurs", Filters(part="title"))} == {"title"}
    days = [line.published for line in find("livreurs", Filters(since=date(2019, 5, 25), until=date(2019, 6, 30)))]
    assert set(days) == {date(2019, 5, 25)}
    assert find("samedi")[0].published is None
    assert find("samedi", Filters(since=date(2000, 1, 1))) == []


def test_filters_by_quotation_entity_and_theme():
    quoted = kwic.spans(STUDY["quotes"])
    assert matches("fantomes", Filters(inside=quoted)) == ["fantômes"]
    assert matches("fantomes", Filters(outside=quoted)) == []
    assert matches("livreurs", Filters(inside=quoted)) == []
    named = kwic.of_entity("jeanne morvan", STUDY["entities"], STUDY["mentions"])
    assert matches("livreurs", Filters(sentences=named)) == ["livreurs"]
    assert matches("algorithme", Filters(sentences=named)) == []
    names = {theme.key: theme.name.values() for theme in small_study.codebook()}
    for theme in ("ai", "ia", "AI"):
        coded = kwic.of_theme(theme, STUDY["theme_sentences"], names)
        assert matches("algorithme", Filters(sentences=coded)) == ["algorithme"]
    assert kwic.of_theme("precarite", STUDY["theme_sentences"], names)


def test_filters_by_class_of_words():
    segments = tables.from_rows(
        "class_segments",
        [
            {"article_id": "a3", "part": "body", "start": 0, "end": 53, "class_id": 2, "score": 1.0},
            {"article_id": "a1", "part": "body", "start": 0, "end": 70, "class_id": None, "score": None},
        ],
    )
    found = find("*", Filters(sentences=kwic.of_class(2, segments, STUDY["sentences"])))
    assert {(line.article_id, line.part, line.sentence_id) for line in found} == {("a3", "body", 1)}
    with pytest.raises(InputError, match=r"there is no class 7 \(known: 2\)"):
        kwic.of_class(7, segments, STUDY["sentences"])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: find("  "), "holds no word"),
        (lambda: find("(a", by="regex"), "not a regular expression of RE2"),
        (lambda: find("a\udcff", by="regex"), "the regular expression is no UTF-8"),
        (lambda: find("", by="regex"), "empty"),
        (lambda: kwic.of_entity("Jeanne Morvan-", STUDY["entities"], STUDY["mentions"]), "did you mean Jeanne Morvan?"),
        (lambda: kwic.of_theme("aii", STUDY["theme_sentences"]), "known: ai, invisibility"),
        (lambda: kwic.outlets_called(["Octets"], STUDY["articles"]), "did you mean Octets perdus?"),
    ],
)
def test_what_a_user_can_get_wrong_is_one_line(call, message):
    with pytest.raises(InputError, match=re.escape(message)) as error:
        call()
    assert "\n" not in str(error.value)


def test_order_by_date_and_by_context():
    found = find("livreurs")
    dated = [line.published for line in found]
    assert dated == sorted(dated)
    words = [phrases.words(line.right)[0].folded for line in kwic.in_order(found, "right")]
    assert words == sorted(words)
    assert kwic.in_order(list(reversed(found)), "left") == kwic.in_order(found, "left")


def odd(text, outlet="La Gazette imaginaire"):
    return small_study.made([{**small_study.ARTICLES[3], "body": [[text]], "outlet": outlet}], {})


def test_csv_holds_no_live_formula_and_reads_back():
    found = find("prix", study=odd('=HYPERLINK(1) le prix, "fixe"', outlet="=1+1"))
    (row,) = csv.DictReader(io.StringIO(kwic_pages.as_csv(found).decode()))
    assert (row["left"], row["outlet"], row["match"]) == ("'=HYPERLINK(1) le", "'=1+1", "prix")
    assert list(row) == list(kwic.COLUMNS)


def test_html_escapes_everything_and_loads_nothing():
    page = kwic_pages.as_html(find("prix", study=odd("<script>alert(1)</script> le prix")), "<img src=x onerror=alert(1)>")
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search(r"(src|href)=[\"']?http", page)


def test_html_lines_link_to_their_sentence_in_the_report():
    found = find("livreurs", Filters(part="title"))
    page = kwic_pages.as_html(found, "livreurs", {"a2": "../report/articles/a2.html"})
    assert re.findall(r'<a href="(.*?)">(.*?)</a>', page) == [("../report/articles/a2.html#s0", "a2 a2.html title:0-8")]
    assert '<td class="where">a1 a1.html title:4-12</td>' in page


def test_terminal_lines_hold_no_control_characters():
    found = find("prix", study=odd("rouge \x1b[31m le prix"))
    assert "\x1b" not in kwic_pages.as_text(found, 40)


@given(st.text("abé* '-", min_size=1, max_size=8), st.sampled_from(["word", "stem"]))
def test_any_pattern_of_words_is_answered(pattern, by):
    try:
        found = find(pattern, by=by)
    except InputError:
        return
    assert all(line.end > line.start for line in found)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return small_study.write(STUDY, tmp_path_factory.mktemp("results"))


def test_command_prints_lines_with_their_place(results):
    done = CliRunner().invoke(cli.main, ["kwic", "livreurs", "--results", str(results), "--part", "title"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert all(piece in lines[0] for piece in ("2019-05-24", "La Gazette imaginaire", "a1 a1.html title:4-12"))


def test_command_writes_csv_and_html_with_all_filters(results, tmp_path):
    options = [
        "--quoted",
        "--entity",
        "Jeanne Morvan",
        "--theme",
        "invisibility",
        "--outlet",
        "la gazette imaginaire",
        "--by",
        "stem",
    ]
    options += ["--since", "2019-01-01", "--until", "2019-12-31", "--sort", "left"]
    options += ["--csv", str(tmp_path / "out.csv"), "--html", str(tmp_path / "out.html")]
    done = CliRunner().invoke(cli.main, ["kwic", "fantôme", "--results", str(results), *options])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 line" in done.stderr
    assert (tmp_path / "out.csv").read_text().count("fantômes") == 1
    assert "fantômes" in (tmp_path / "out.html").read_text()


def test_html_beside_a_report_links_to_the_pages_that_it_has(results, tmp_path):
    report = results / "report/articles"
    report.mkdir(parents=True)
    (report / "a1.html").write_text("")
    out = tmp_path / "mine/out.html"
    CliRunner().invoke(cli.main, ["kwic", "livreurs", "--results", str(results), "--html", str(out)])
    (address,) = set(re.findall(r'href="(.*?)#', out.read_text()))
    assert (out.parent / address).resolve() == (report / "a1.html").resolve()


def test_command_takes_a_theme_by_its_name_in_the_codebook(results):
    done = CliRunner().invoke(
        cli.main, ["kwic", "algorithme", "--results", str(results), "--theme", "intelligence ARTIFICIELLE"]
    )
    assert "3 line" in done.stderr


@pytest.mark.parametrize("options", [["--regex", "--by", "lemma"], ["--quoted", "--not-quoted"]])
def test_options_that_exclude_each_other_are_refused_in_one_line(results, options):
    done = CliRunner().invoke(cli.main, ["kwic", "mot", "--results", str(results), *options])
    assert done.exit_code == 1
    assert done.stderr.startswith("presstm: --")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--over", "mois"], "presstm: articles cannot be grouped by 'mois'"),
        (["--over", "month", "--cooccurrents"], "presstm: --cooccurrents and --over exclude"),
        (["--over", "month", "--html", "x.html"], "presstm: --over writes no HTML page"),
        (["--svg", "x.svg"], "presstm: --svg draws shares"),
        (["--over", "month,outlet,access", "--svg", "x.svg"], "presstm: --svg draws one or two"),
    ],
)
def test_counts_that_cannot_be_made_are_refused_in_one_line(results, options, message):
    done = CliRunner().invoke(cli.main, ["kwic", "livreurs", "--results", str(results), *options])
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(message)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], "2 line(s) in 1 article(s)"),
        (["--over", "outlet"], "2 match(es) in 1 of 1 article(s)"),
        (["--cooccurrents"], "form(s) beside 2 match(es)"),
    ],
)
def test_all_that_a_pattern_is_asked_for_knows_parts_of_speech(tmp_path, options, expected):
    results = small_study.write(tagged(), tmp_path)
    done = CliRunner().invoke(cli.main, ["kwic", "[NOUN] [ADJ]", "--results", str(results), *options])
    assert done.exit_code == 0
    assert expected in done.stderr


def test_no_line_for_a_part_of_speech_names_no_sign(results):
    done = CliRunner().invoke(cli.main, ["kwic", "mot[ADJ]", "--results", str(results)])
    assert done.stderr == "0 line(s) in 0 article(s)\n"


def test_no_line_for_a_pattern_with_a_sign_names_the_sign(results):
    done = CliRunner().invoke(cli.main, ["kwic", '"livreurs"', "--results", str(results)])
    assert done.stderr.splitlines()[1].startswith('sentences have to hold the " of the pattern')


def test_command_says_what_is_missing_in_one_line(tmp_path):
    done = CliRunner().invoke(cli.main, ["kwic", "mot", "--results", str(tmp_path)])
    assert done.exit_code == 1
    assert done.stderr.startswith("presstm: ")
    assert done.stderr.count("\n") == 1
