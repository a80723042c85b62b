import pytest

from presstm.formats import html_page

PARAGRAPHS = [
    f"Le {n}e métier de la fabrique de Valmorne a tourné toute la nuit, dit la directrice, et personne ne s'en est plaint."
    for n in range(2, 14)
]


def text(body: str, profile: str) -> list[str]:
    (item,) = html_page.read(
        f"<html lang='fr'><head><title>Une page</title></head><body>{body}</body></html>", None, profile
    )
    return item.text.split("\n\n")


def marked(paragraphs: list[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


both = pytest.mark.parametrize("profile", ["fast", "best"])


@both
def test_the_posts_of_a_live_page_are_all_kept(profile):
    posts = "".join(
        f"<article class='post'><time>1{n}h0{n}</time><h2>Point {n}</h2><div>{marked(PARAGRAPHS[2 * n : 2 * n + 2])}</div></article>"
        for n in range(6)
    )
    found = text(f"<main><h1>En direct</h1><section class='feed'>{posts}</section></main>", profile)
    assert [one for one in found if one in PARAGRAPHS] == PARAGRAPHS
    assert "Point 3" in found
    assert not any("h0" in one for one in found)


@both
def test_an_article_loaded_below_another_is_left_out(profile):
    first = f"<div><article><h1>Un titre</h1><div>{marked(PARAGRAPHS[:6])}</div></article></div>"
    second = f"<div><article><h1>Un autre titre</h1><div>{marked(PARAGRAPHS[6:])}</div></article></div>"
    assert text(first + second, profile) == PARAGRAPHS[:6]


@both
def test_teasers_with_linked_headlines_do_not_count_as_the_first_article(profile):
    teaser = "<article><h1><a href='/a'>Un concert dimanche</a></h1></article>"
    assert text(f"<div>{teaser * 2}</div><article><h1>Un titre</h1>{marked(PARAGRAPHS)}</article>", profile) == PARAGRAPHS


@both
def test_a_list_inside_an_article_is_kept_and_a_list_of_links_is_not(profile):
    items = ["les métiers du samedi ;", "la teinturerie en mai ;", "deux apprentis."]
    listed = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    links = "<ul>" + "".join(f"<li><a href='/{n}'>Un concert sur les quais {n}</a></li>" for n in range(3)) + "</ul>"
    body = f"<article><h1>Un titre</h1><div>{marked(PARAGRAPHS[:5])}{listed}{marked(PARAGRAPHS[5:9])}{links}{marked(PARAGRAPHS[9:])}</div></article>"
    found = text(body, profile)
    assert found == [*PARAGRAPHS[:5], *items, *PARAGRAPHS[5:]]


@both
@pytest.mark.parametrize("outer", ["<div>{}</div>", "<ul><li>{}</li></ul>", "<table><tr><td>{}</td></tr></table>"])
def test_the_outer_levels_of_an_article_whose_elements_are_nested_are_kept(outer, profile):
    levels = [[f"{one[:-1]}, à l'étage {level} de la tour." for one in PARAGRAPHS] for level in range(40)]
    nested = ""
    for level in reversed(levels):
        nested = outer.format(marked(level) + nested)
    found = text(f"<article><h1>Les étages</h1>{nested}</article>", profile)
    assert set(found) == {one for level in levels for one in level}


def test_a_lone_paragraph_around_the_body_is_no_level_of_it():
    notice = "<p>Le journal de Valmorne vous propose chaque matin toutes les nouvelles de la vallée et de ses communes.</p>"
    found = text(f"<main><h1>Une page</h1>{notice}<div><div class='c'>{marked(PARAGRAPHS)}</div></div></main>", "best")
    assert found == PARAGRAPHS
