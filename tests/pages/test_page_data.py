import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm.formats import Item, html_page
from presstm.pages import page, page_data

PARAGRAPHS = [
    f"Le {n}e métier de la fabrique de Valmorne a tourné toute la nuit, dit la directrice, et personne ne s'en est plaint."
    for n in range(2, 8)
]
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(*scripts: str, shown: str = "") -> Item:
    (item,) = html_page.read(
        f"<html lang='fr'><body><div id='app'>{shown}</div>{''.join(scripts)}</body></html>", None, "best"
    )
    return item


def script(content: object, attributes: str = "", before: str = "") -> str:
    return f"<script {attributes}>{before}{json.dumps(content, ensure_ascii=False)}</script>"


LINKED = "type='application/ld+json'"
DATA = "type='application/json' id='__NEXT_DATA__'"


@pytest.mark.parametrize("body", ["\n\n".join(PARAGRAPHS), "\n".join(PARAGRAPHS), MARKUP, MARKUP.replace("<", "&lt;")])
def test_the_text_of_json_ld_is_the_article_of_a_page_that_shows_none(body):
    item = read(script({"@graph": [{"@type": "NewsArticle", "articleBody": body, "datePublished": "2024-05-01"}]}, LINKED))
    assert item.text.split("\n\n") == PARAGRAPHS
    assert (item.method, item.published.isoformat()) == ("html:data", "2024-05-01")


@pytest.mark.parametrize(
    "content",
    [
        {"article": {"body": [{"type": "paragraph", "html": f"<p>{p}</p>"} for p in PARAGRAPHS], "id": 3}},
        {"story": {"content_elements": [{"type": "text", "content": p, "url": "https://a.example"} for p in PARAGRAPHS]}},
        {"page": {"content": MARKUP, "summary": "Un résumé."}},
        {"page": {"content": PARAGRAPHS}},
    ],
)
@pytest.mark.parametrize(
    ("attributes", "before"), [(DATA, ""), ("", "window.__INITIAL_STATE__ = "), ("", "var f = f || {}; f.content=")]
)
def test_the_text_of_the_data_that_a_page_is_made_of(content, attributes, before):
    assert read(script(content, attributes, before)).text.split("\n\n") == PARAGRAPHS


def test_a_heading_between_paragraphs_is_kept():
    parts = [{"type": "text", "value": p} for p in PARAGRAPHS]
    parts.insert(2, {"type": "heading2", "value": "La nuit des métiers"})
    assert read(script({"body": parts}, DATA)).text.split("\n\n")[2] == "La nuit des métiers"


def test_a_long_list_of_other_articles_is_not_the_article():
    others = [
        {"title": f"Titre {n}", "url": f"/{n}", "summary": f"Un autre article, le {n}e, " + PARAGRAPHS[0]} for n in range(40)
    ]
    item = read(script({"article": {"title": "A", "slug": "a", "body": PARAGRAPHS}, "latest": others}, DATA))
    assert item.text.split("\n\n") == PARAGRAPHS


def test_a_page_that_shows_its_text_is_read_as_shown():
    item = read(script({"content": MARKUP.replace("nuit", "journée")}, DATA), shown=MARKUP)
    assert (item.method, item.text.split("\n\n")) == ("html:best", PARAGRAPHS)


def test_a_summary_alone_is_no_article():
    result = read(script({"@type": "NewsArticle", "articleBody": PARAGRAPHS[0]}, LINKED))
    assert result.reason == "no_text"


@pytest.mark.parametrize("depth", [30, 5_000])
def test_deep_and_broken_data_are_no_article(depth):
    assert page_data.find(["[" * depth], ["{" * depth, '{"a":' * depth, "[" * depth + "]" * depth]) == []


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just(MARKUP),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.just("articleBody"), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(_JSON)
def test_any_data_give_paragraphs_or_none(content):
    found = page_data.find([json.dumps(content)], [json.dumps(content)])
    assert all(isinstance(paragraph, str) and paragraph.strip() for paragraph in found)
    assert not found or sum(len(paragraph.split()) for paragraph in found) >= page_data.MIN_WORDS


def test_short_scripts_are_not_looked_into():
    long = f"<script>{' ' * 500}{{}}</script>"
    source = page.prepare(f"<script>let a = 1</script>{long}<script type='application/ld+json'>{{}}</script>")
    assert ([text.strip() for text in source.scripts], source.linked_data) == (["{}"], ("{}",))
