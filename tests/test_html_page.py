import json
from datetime import date

import pytest

from presstm.formats import Item, Reject, html_page
from tests import hostile

TEXT = hostile.paragraphs()


def read(body: str = TEXT, head: str = "", profile: str = "best") -> Item:
    result = html_page.read(hostile.page(body, head), None, profile)[0]
    assert isinstance(result, Item), result
    return result


def linked(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


@pytest.mark.parametrize("profile", ["fast", "best"])
def test_text_is_the_paragraphs_of_the_article(profile):
    assert read(profile=profile).text == "\n\n".join(hostile.PARAGRAPHS)


def test_json_ld_comes_before_meta_and_what_is_seen():
    item = read(
        '<p class="auteur">Par Zoé Marchal</p>' + TEXT,
        linked(headline="Autre titre", author=[{"name": "Ada Un"}, "Léo Deux"], datePublished="2019-05-24", articleSection=["Vallée"])
        + '<meta name="author" content="Personne"><meta property="article:published_time" content="2018-01-01">',
    )  # fmt: skip
    assert (item.title, item.authors, item.published) == ("Autre titre", ("Ada Un", "Léo Deux"), date(2019, 5, 24))
    assert item.section == "Vallée"


def test_structured_data_are_for_metadata_and_never_for_text():
    assert "articleBody" not in read(head=linked(articleBody="articleBody " * 100)).text


def test_the_article_of_several_nodes_is_the_one_with_the_title_of_the_page():
    head = linked(headline="Un autre", datePublished="2001-01-01") + linked(
        headline=hostile.TITLE, datePublished="2019-05-24"
    )
    assert read(head=head).published == date(2019, 5, 24)


def test_a_heading_may_link_to_what_is_no_address():
    assert read(body=f"<article><h1><a href='http://[/a'>{hostile.TITLE}</a></h1>{TEXT}</article>").title == hostile.TITLE


def test_name_of_the_outlet_is_no_part_of_the_title():
    head = (
        f'<meta property="og:site_name" content="Le Héron"><meta property="og:title" content="{hostile.TITLE} - Le Héron">'
    )
    item = read(head=head)
    assert item.title == hostile.TITLE
    assert item.outlet == "Le Héron"


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Par Ada Un", ("Ada Un",)),
        ("Par Ada Un et Léo Deux", ("Ada Un", "Léo Deux")),
        ("Par Ada Un, le 24 mai 2019", ("Ada Un",)),
        ("Ada Un, Léo Deux (avec Agence Lanterne)", ("Ada Un", "Léo Deux (avec Agence Lanterne)")),
        ("Propos recueillis par Ada Un", ("Ada Un",)),
        ("A. U.", ("A. U.",)),
    ],
)
def test_byline_gives_names(byline, authors):
    assert read(f'<p class="byline">{byline}</p>' + TEXT).authors == authors


def test_impossible_date_is_null_and_never_that_of_another_field():
    item = read("<p>Publié le 3 juin 2019</p>" + TEXT, '<meta property="article:published_time" content="2019-02-30">')
    assert item.published is None
    assert any("2019-02-30" in warning for warning in item.warnings)


def test_seen_day_counts_where_none_is_declared():
    assert read("<p>Publié le 3 juin 2019 à 10 h</p>" + TEXT).published == date(2019, 6, 3)
    assert read("<p>Mis à jour le 3 juin 2019</p>" + TEXT).published in (None, date(2019, 6, 3))


def test_access_is_decided_by_declaration_or_by_the_end_of_the_text():
    assert read().access == "unknown"
    assert read(head=linked(isAccessibleForFree="True")).access == "full"
    assert read(head=linked(isAccessibleForFree=False)).access == "partial"
    assert read(head=linked(hasPart={"isAccessibleForFree": "False"})).access == "partial"
    cut = read(TEXT + "<p>Il vous reste 45 % de cet article à lire.</p>")
    assert (cut.access, cut.access_signal) == ("partial", "Il vous reste 45 %")
    assert "Il vous reste" not in cut.text
    early = read("<div>Il vous reste 45 % de cet article</div><p>Un chapeau.</p>" + TEXT * 3)
    assert early.access == "unknown"


def test_first_paragraph_that_is_also_the_description_stays():
    assert read(head=f'<meta name="description" content="{hostile.PARAGRAPHS[0]}">').text.startswith(hostile.PARAGRAPHS[0])


def test_short_news_is_an_article():
    item = read(f"<p>{hostile.PARAGRAPHS[0]} {hostile.PARAGRAPHS[1]}</p>")
    assert 35 <= len(item.text.split()) <= 50


def test_no_break_spaces_stay_in_the_text_and_leave_the_names():
    item = read(TEXT + "<p>Le prix a monté de 10\u00a0% en un an, selon les chiffres du marché de Valmorne\u00a0: c’est beaucoup.</p>", '<meta name="author" content="Ada\u00a0Un">')  # fmt: skip
    assert "10\u00a0%" in item.text
    assert item.authors == ("Ada Un",)


@pytest.mark.parametrize(
    "title",
    [
        "Accès interdit aux plages de la vallée",
        "Un instant de grâce à la halle",
        "Connexion perdue à la mairie",
        "503 emplois menacés à la filature",
        "Connectez-vous à la fibre avant l’hiver",
    ],
)
def test_short_news_under_the_title_of_a_wall_is_an_article(title):
    content = hostile.page(f"<p>{hostile.PARAGRAPHS[0]} {hostile.PARAGRAPHS[1]}</p>").replace(hostile.TITLE, title)
    assert isinstance(html_page.read(content, None, "best")[0], Item)


@pytest.mark.parametrize(
    "title",
    [
        "Connexion",
        "Erreur 404",
        "Page introuvable",
        "Accès refusé",
        "Un instant…",
        "403 – Accès refusé",
        "500",
        "Erreur interne du serveur",
        "Êtes-vous un robot ?",
        "Connectez-vous à votre compte",
        "Access denied",
        "Mentions légales",
        "Politique de confidentialité",
    ],
)
def test_error_pages_and_walls_are_no_articles(title):
    content = hostile.page(f"<p>{hostile.PARAGRAPHS[0]}</p>").replace(hostile.TITLE, title)
    assert isinstance(html_page.read(content, None, "best")[0], Reject)


DAY = '<meta property="article:published_time" content="2019-05-24">'


@pytest.mark.parametrize("title", ["Erreur 404", "Page introuvable : la mémoire du Web", "Connexion", "Mot de passe oublié"])
def test_a_dated_text_that_speaks_to_nobody_is_an_article_under_any_title(title):
    news = f"<p>{hostile.PARAGRAPHS[0]} {hostile.PARAGRAPHS[1]}</p>"
    asks = "<p>Vous cherchez un article du Héron ? Vérifiez votre adresse, connectez-vous à votre compte ou revenez plus tard.</p>"
    results = [
        html_page.read(hostile.page(body, DAY).replace(hostile.TITLE, title), None, "best")[0] for body in (news, asks)
    ]
    assert [type(result) for result in results] == [Item, Reject]


@pytest.mark.parametrize(
    "title", ["Politique de confidentialité : ce que lit le juge", "Conditions générales et petits caractères"]
)
def test_an_article_about_the_pages_of_a_site_is_none_of_them(title):
    assert isinstance(html_page.read(hostile.page().replace(hostile.TITLE, title), None, "best")[0], Item)


def test_short_sentences_between_headings_are_an_article():
    said = [
        "Une usine, ses bruits, ses silences.",
        "Des tisserandes parlent entre deux pauses.",
        "La passerelle raconte les eaux hautes.",
    ]
    parts = [line for n, one in enumerate(said) for line in (f"Nuit {n}", one)]
    body = "".join(f"<h2>{line}</h2>" if line.startswith("Nuit") else f"<p>{line}</p>" for line in parts)
    assert read(f"<article>{body}</article>").text == "\n\n".join(parts)


@pytest.mark.parametrize(("days", "kept"), [(("4 mai 2018", "1er juin 2018", "2 mai 2019"), True), (("4 mai 2018",), False)])
def test_the_days_of_a_chronology_are_text_and_one_alone_is_not(days, kept):
    told = "".join(f"<p><b>{day}</b></p><p>{one}</p>" for day, one in zip(days, hostile.PARAGRAPHS[1:], strict=False))
    text = read(f"<article><p>{hostile.PARAGRAPHS[0]}</p>{told}</article>").text
    assert [day in text for day in days] == [kept] * len(days)


@pytest.mark.parametrize("name", ["Le Héron", "Éditions du Héron SAS"])
def test_the_name_that_the_title_has_is_the_outlet_and_not_the_company_behind_it(name):
    head = linked(headline=hostile.TITLE, publisher={"name": name}) + '<meta property="og:site_name" content="Le Héron">'
    content = hostile.page(head=head).replace(f"<title>{hostile.TITLE}", f"<title>{hostile.TITLE} | Le Héron")
    assert html_page.read(content, None, "best")[0].outlet == "Le Héron"


def test_a_headline_that_ends_in_a_quotation_leaves_no_mark_at_the_name_of_the_outlet():
    content = hostile.page().replace(hostile.TITLE, "« La passerelle rouvre »", 2)
    content = content.replace("rouvre »</title>", "rouvre » - heron.example</title>").replace(
        "<h1>« La passerelle rouvre »", "<h1>« La passerelle rouvre"
    )
    assert html_page.read(content, None, "best")[0].outlet == "heron.example"


def test_text_that_is_a_small_part_of_the_page_is_named():
    prose = " ".join(hostile.PARAGRAPHS)
    rest = "".join(f"<section><h2>Partie {n}</h2><p>{prose}</p><p>{prose}</p></section>" for n in range(6))
    page = hostile.page(f"<p>{hostile.PARAGRAPHS[0]} {hostile.PARAGRAPHS[1]}</p>")
    result = html_page.read(page.replace("</main>", f"</main><div>{rest}</div>"), None, "best")[0]
    assert isinstance(result, Item) or result.reason == "incomplete_text"
    assert not isinstance(result, Item) or len(result.text.split()) > 300


def test_names_in_comments_and_the_outlet_itself_are_no_authors_and_days_there_no_dates():
    comments = (
        "<section id='comments'><time datetime='2021-03-09'>9 mars</time><span class='author'>Citoyenne 12</span></section>"
    )
    found = read(
        head="<meta property='og:site_name' content='Le Courrier'><meta name='author' content='Le Courrier'>",
        body=f"<article><h1>Des sacs</h1><p class='signature'>Par Jeanne Morvan<span>Publié le 4 mars 2021</span></p></article>{TEXT}{comments}",
    )
    assert (found.authors, found.published.isoformat()) == (("Jeanne Morvan",), "2021-03-04")


def test_a_day_in_a_list_of_other_articles_is_not_the_page_s():
    others = "<ul><li><a href='/b'>Un concert dimanche sur les quais</a> <time datetime='2021-03-09'>9 mars</time></li></ul>"
    found = read(body=f"<article><h1>Des sacs</h1><ul><li>4 mars 2021</li></ul></article><main>{TEXT}{others}</main>")
    assert found.published.isoformat() == "2021-03-04"


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("", "<p>Propos recueillis par Jeanne Morvan et Sami Delorme</p>"),
        (
            f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "NewsArticle", "author": [{"@id": "#a"}, {"@id": "#b"}]}, {"@id": "#a", "name": "Jeanne Morvan"}, {"@id": "#b", "name": "Sami Delorme"}]})}</script>',
            "",
        ),
    ],
)
def test_authors_in_the_manners_of_bylines(head, byline):
    assert read(f"<article><h1>Des sacs</h1>{byline}</article>{TEXT}", head).authors == ("Jeanne Morvan", "Sami Delorme")


def test_a_short_line_that_begins_with_par_is_no_byline():
    assert read(f"<article><h1>Des sacs</h1><p>Par ailleurs, rien ne bouge</p></article>{TEXT}").authors == ()


def test_a_line_le_with_a_day_is_the_day():
    assert read(f"<article><h1>Des sacs</h1><p>Le 1er mai 2024</p></article>{TEXT}").published.isoformat() == "2024-05-01"


def test_a_refusal_of_memory_is_no_page_without_a_date(monkeypatch):
    def refused(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr("htmldate.find_date", refused)
    with pytest.raises(MemoryError):
        read()


@pytest.mark.parametrize(
    ("byline", "day"),
    [
        ("Propos recueillis par Ada d’Un • Publié le jeudi 18 juin 2020 à 11:32, modifié le vendredi 19 juin 2020", 18),
        ("Mis en ligne le 18 juin 2020 par Ada d’Un", 18),
        ("Par Ada d’Un (Valmorne, envoyée spéciale)", None),
    ],
)
def test_names_stand_before_or_behind_the_day_in_a_byline(byline, day):
    item = read(f"<h1>Des sacs</h1><p>{byline}</p>{TEXT}")
    assert item.authors == ("Ada d’Un",)
    assert (item.published and item.published.day) == day
    assert item.text == "\n\n".join(hostile.PARAGRAPHS)


def test_a_day_behind_names_is_the_day():
    assert read(f"<h1>Des sacs</h1><p>Ada Un et Léo d’Eux, le 24/05/2019 à 17h05</p>{TEXT}").published == date(2019, 5, 24)


def test_a_byline_behind_a_standfirst_that_stays_is_no_text():
    standfirst = "Sept mois de travaux, une crue et un vote serré : la passerelle a failli ne jamais revoir ses marcheurs."
    byline = "<div>Par <a href='/u'>Ada Un</a> <time datetime='2019-05-24'>Publié le 24 mai 2019 à 6h</time> Temps de lecture 4 min.</div>"
    item = read(f"<article><h1>Des sacs</h1><p>{standfirst}</p>{byline}{TEXT}</article>")
    assert item.text == "\n\n".join([standfirst, *hostile.PARAGRAPHS])


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("La passerelle de l'Ourse rouvre - Vallée - Le Héron", "Le Héron"),
        ("Le Héron | La passerelle de l’Ourse rouvre", "Le Héron"),
        ("La passerelle de l’Ourse rouvre", None),
    ],
)
def test_a_page_without_an_address_has_its_outlet_from_its_title(title, outlet):
    content = hostile.page(TEXT).replace(f"<title>{hostile.TITLE}", f"<title>{title}")
    (item,) = html_page.read(content, None, "fast")
    assert (item.title, item.outlet) == (hostile.TITLE, outlet)


def test_short_lines_in_the_column_of_an_old_layout_are_paragraphs_and_those_of_tables_of_data_not():
    body = (
        TEXT.replace("<p>", "")
        .replace("</p>", "<br><br>")
        .replace(hostile.PARAGRAPHS[2], f"<b>Sept mois</b><br><br>{hostile.PARAGRAPHS[2]}")
    )
    data = "<table><caption>Ce que paie la région</caption><tr><td>2018</td><td>206 000 €</td></tr><tr><td>2019</td><td>12 €</td></tr></table>"
    text = read(f"<table><tr><td><a href='/a'>Sports</a></td><td>{body}</td></tr></table>").text
    assert text.split("\n\n") == [*hostile.PARAGRAPHS[:2], "Sept mois", *hostile.PARAGRAPHS[2:]]
    assert read(f"<article>{TEXT}{data}{TEXT.replace('<p>', '<p>Oui. ')}</article>").text.count("Ce que paie") == 0


def test_a_frameset_says_where_its_text_is():
    (reject,) = html_page.read(
        "<html><head><title>Le Héron</title></head><frameset><frame src='a.htm'><noframes><body><p>Votre navigateur n'a pas de cadres.</p></body></noframes></frameset></html>",
        None,
        "best",
    )
    assert (reject.reason, "frameset" in reject.detail) == ("no_text", True)


def test_a_page_without_h1_has_the_headline_and_the_outlet_that_its_title_joins():
    body = f"<h2>{hostile.TITLE}</h2><i>Le Héron de Valmorne, 12 mars 1999</i><br>par R. Delcourt<hr><pre>{(chr(10) * 2).join(hostile.PARAGRAPHS)}</pre>"
    content = f"<html><head><title>Le Héron de Valmorne - {hostile.TITLE}</title></head><body>{body}</body></html>"
    (item,) = html_page.read(content, None, "best")
    assert (item.title, item.outlet, item.authors) == (hostile.TITLE, "Le Héron de Valmorne", ("R. Delcourt",))
    assert (item.published, item.text) == (date(1999, 3, 12), "\n\n".join(hostile.PARAGRAPHS))


def test_the_name_of_an_outlet_that_stands_on_its_page_is_no_headline():
    content = f"<html><head><title>Passerelle ouverte - Le Héron de Valmorne</title></head><body><div>Le Héron de Valmorne</div>{TEXT}</body></html>"
    (item,) = html_page.read(content, None, "best")
    assert item.title == "Passerelle ouverte - Le Héron de Valmorne"


@pytest.mark.parametrize(
    ("named", "authors"),
    [
        ("Ada Un, Maîtresse de conférences en géographie, Université de Valmorne", ("Ada Un",)),
        ("Ada Un, envoyée à Valmorne", ("Ada Un",)),
        ("Ada de La Tour, Léo van der Deux", ("Ada de La Tour", "Léo van der Deux")),
        ("La rédaction", ("La rédaction",)),
        ("Ada Un, Léo Deux (avec Agence Lanterne)", ("Ada Un", "Léo Deux (avec Agence Lanterne)")),
    ],
)
def test_what_somebody_is_is_no_author(named, authors):
    assert read(head=f'<meta name="author" content="{named}">').authors == authors


def test_a_byline_at_the_end_is_no_text():
    head = '<meta name="author" content="Ada Un">'
    assert read(f"{TEXT}<p><b>Ada Un (Correspondante à Valmorne)</b></p>", head).text == "\n\n".join(hostile.PARAGRAPHS)
    last = "Ada Un n’a pas voulu en dire plus."
    assert read(f"{TEXT}<p>{last}</p>", head).text.endswith(last)


def test_data_of_a_page_have_no_keys_and_no_links_to_other_articles_in_their_text():
    parts = [
        *({"_id": f"A{n}", "type": "text", "content": one} for n, one in enumerate(hostile.PARAGRAPHS)),
        {"_id": "H", "type": "header", "content": "Sept mois de travaux"},
        {"_id": "L", "type": "text", "content": f"<i>Lire aussi</i> <a href='/x'>{hostile.TITLE}, la suite.</a>"},
        {"_id": "B", "type": "text", "content": hostile.PARAGRAPHS[0].replace("mardi", "jeudi")},
    ]
    script = f"<script>window.F = {json.dumps({'content_elements': parts})};</script>"
    (item,) = html_page.read(
        f"<html><head><title>{hostile.TITLE}</title></head><body><div id='a'></div>{script}</body></html>", None, "best"
    )
    assert item.text.split("\n\n") == [*hostile.PARAGRAPHS, "Sept mois de travaux", parts[-1]["content"]]


def test_a_marked_subtitle_under_the_headline_is_the_standfirst():
    item = read(f"<article><h1>{hostile.TITLE}</h1><h3 class='subtitle'>Ou l’art de passer l’eau</h3>{TEXT}</article>")
    assert (item.standfirst, item.text) == ("Ou l’art de passer l’eau", "\n\n".join(hostile.PARAGRAPHS))


@pytest.mark.parametrize("reference", ["&shy;", "&#173;", "&#xAD;", "&zwnj;", "&#8203;"])
def test_a_reference_to_what_is_not_seen_parts_no_word(reference):
    assert read(TEXT.replace("tr", f"t{reference}r")).text == "\n\n".join(hostile.PARAGRAPHS)


def test_long_paragraphs_with_something_after_their_last_sentence_are_no_short_lines():
    body = "".join(f"<p>{paragraph} {paragraph} suite</p>" for paragraph in hostile.PARAGRAPHS)
    assert read(body).text.count("suite") == len(hostile.PARAGRAPHS)


def test_elements_nested_without_end_cost_no_text():
    assert read("<div>" * 100_000 + TEXT).text == "\n\n".join(hostile.PARAGRAPHS)


def test_a_page_that_only_asks_for_consent_is_no_article():
    asks = "<p>Nous et nos partenaires utilisons des cookies pour mesurer l’audience de ce site et choisir ses annonces.</p>"
    (reject,) = html_page.read(f"<html><body>{asks}</body></html>", None, "best")
    assert isinstance(reject, Reject)
    assert reject.reason == "not_article"


@pytest.mark.parametrize("profile", ["fast", "best"])
@pytest.mark.parametrize(
    "box", ["<div class='rx-lecteurs'>{}</div>", "<section class='reactions-lecteurs'><div>{}</div></section>", "{}"]
)
def test_readers_who_write_more_than_the_article_are_left_out(profile, box):
    said = "".join(
        f"<div class='rx'><p>Moi, lecteur {n}, je trouve que la passerelle aurait dû rouvrir plus tôt, et que la mairie a tort.</p></div>"
        for n in range(60)
    )
    item = read(TEXT + box.format(f"<h3>Vos réactions</h3>{said}"), profile=profile)
    assert item.text == "\n\n".join(hostile.PARAGRAPHS)


def test_an_article_below_a_heading_of_comments_is_kept():
    assert read(f"<div><h3>Réagir</h3><a href='#c'>12 commentaires</a></div>{TEXT}").text == "\n\n".join(hostile.PARAGRAPHS)


@pytest.mark.parametrize(
    "notice",
    [
        "Veuillez activer JavaScript pour lire ce site, ou prendre un autre navigateur : nous ne pouvons pas afficher la page demandée.",
        "Nous et nos 312 partenaires traitons des données : publicité choisie pour vous, mesure de ce qui est lu, étude du public, services.",
        "Cela ne prendra qu’un moment. Le site doit vérifier la sécurité de votre connexion avant d’aller plus loin. Merci de votre patience.",
    ],
)
def test_a_page_that_only_speaks_of_itself_is_no_article(notice):
    (result,) = html_page.read(hostile.page(f"<p>{notice}</p>"), None, "best")
    assert isinstance(result, Reject), result
    assert read(f"<div>{notice}</div>{TEXT}").text == "\n\n".join(hostile.PARAGRAPHS)


def test_linked_data_of_another_page_say_nothing_of_this_one():
    other = linked(headline="Deux chèvres au marché", datePublished="2001-01-01", url="https://heron.example/chevres")
    seen = '<link rel="canonical" href="https://heron.example/passerelle"><meta property="article:published_time" content="2019-05-24">'
    item = read(head=other + seen)
    assert (item.title, item.published) == (hostile.TITLE, date(2019, 5, 24))


def test_linked_data_with_another_address_and_the_headline_in_other_words_are_of_the_page():
    own = linked(
        headline="La passerelle rouvre après sept mois",
        datePublished="2019-05-24",
        url="https://heron.example/amp/passerelle",
    )
    seen = '<link rel="canonical" href="https://heron.example/passerelle"><meta property="article:published_time" content="2001-01-01">'
    assert read(head=own + seen).published == date(2019, 5, 24)


@pytest.mark.parametrize(
    "unset", ["1970-01-01T00:00:00Z", "1970-01-01T01:00:00+01:00", "0000-00-00 00:00:00", "-0001-11-30T00:00:00+00:00"]
)
def test_a_day_that_was_never_set_is_none(unset):
    seen = '<meta property="article:published_time" content="2019-05-24">'
    assert read(head=linked(datePublished=unset) + seen).published == date(2019, 5, 24)
    assert read(head=linked(datePublished=unset)).published is None


def test_the_day_in_an_old_layout_stands_on_a_line_below_the_headline():
    body = (
        "<table><tr><td><a href=/>Accueil</a></td><td><font size=4><b>Rouvrir la passerelle</b></font><br>24 mai 2019<br><br>"
        + "<br><br>".join(hostile.PARAGRAPHS)
    )
    (item,) = html_page.read(
        f"<html><head><title>Le Héron : Rouvrir la passerelle</title></head><body>{body}</body></html>", None, "best"
    )
    assert isinstance(item, Item)
    assert item.published == date(2019, 5, 24)
    assert item.text.removeprefix("Rouvrir la passerelle\n\n") == "\n\n".join(hostile.PARAGRAPHS)


@pytest.mark.parametrize("heading", ["Réactions", "Les réactions"])
def test_a_subheading_between_paragraphs_does_not_end_the_article(heading):
    said = [
        f"Le maire de Tercy, {n}e de la vallée à parler, trouve que la passerelle aurait dû rouvrir plus tôt."
        for n in range(2, 6)
    ]
    body = f"{TEXT}<h2>{heading}</h2>" + "".join(f"<p>{one}</p>" for one in said)
    assert read(f"<article>{body}</article>").text == "\n\n".join([*hostile.PARAGRAPHS, heading, *said])


def test_a_page_with_only_a_logo_as_its_first_heading_has_the_headline_below_it():
    content = (
        "<html><head><title>La passerelle rouvre - Le Héron</title></head><body><h1><a href='/'>Le Héron</a></h1>"
        f"<h2>La passerelle rouvre</h2><p>24 mai 2019</p>{TEXT}</body></html>"
    )
    (item,) = html_page.read(content, None, "best")
    assert isinstance(item, Item)
    assert (item.outlet, item.published) == ("Le Héron", date(2019, 5, 24))


def test_a_year_of_two_digits_behind_publie_le_is_of_this_century():
    assert read(f"<p>Publié le 24/05/19 à 12:00</p>{TEXT}").published == date(2019, 5, 24)


def test_advertisements_between_paragraphs_are_left_out():
    advertised = "<div class='dfp-ad'><p>Des sabots pour tous les pieds de la vallée, livrés chez vous avant la fin de la semaine.</p></div><p>La suite après cette publicité</p>"
    body = advertised.join(f"<p>{paragraph}</p>" for paragraph in hostile.PARAGRAPHS)
    assert read(f"<article>{body}</article>").text == "\n\n".join(hostile.PARAGRAPHS)


def test_linked_data_of_teasers_say_nothing_of_the_page():
    teasers = "".join(
        linked(headline=f"{hostile.TITLE} {n}", datePublished=f"200{n}-01-01", url=f"https://heron.example/{n}")
        for n in range(3)
    )
    seen = '<link rel="canonical" href="https://heron.example/passerelle"><meta property="article:published_time" content="2019-05-24">'
    item = read(head=teasers + seen)
    assert (item.title, item.published) == (hostile.TITLE, date(2019, 5, 24))


def test_what_readers_say_is_no_prose_that_the_article_lacks():
    said = "".join(
        f"<p>Moi, lecteur {n}, je trouve que la passerelle aurait dû rouvrir plus tôt, que la mairie a tort, et que les piles de l’ouvrage, "
        f"que personne n’a regardées depuis {n} ans, ne tiendront pas plus longtemps que celles d’avant.</p>"
        for n in range(40)
    )
    assert read(f"<article>{TEXT}</article><h3>Commentaires</h3>{said}").text == "\n\n".join(hostile.PARAGRAPHS)


def test_a_page_that_begins_with_what_it_does_not_have_is_an_error_page():
    lost = "<p>La page que vous recherchez a été déplacée. Vérifiez son adresse, ou cherchez l’article dans notre moteur de recherche.</p>"
    (reject,) = html_page.read(hostile.page(lost).replace(hostile.TITLE, "Le Héron"), None, "best")
    assert (reject.reason, reject.detail) == ("not_article", "an error page")


@pytest.mark.parametrize(
    "asks",
    [
        "<p>Avec votre accord, nous utilisons des cookies pour retenir vos visites. Vous pouvez changer d’avis à tout moment, et vos choix restent six mois.</p>",
        "<h2>Vos choix concernant les cookies</h2><p>Nos partenaires et nous traitons vos données pour mesurer l’audience et choisir les publicités de ce site.</p>",
    ],
)
def test_a_wall_of_cookies_under_the_name_of_the_site_is_no_article(asks):
    content = hostile.page(asks).replace(hostile.TITLE, "Le Héron")
    assert [one.reason for one in html_page.read(content, None, "best")] == ["not_article"]


def test_news_about_cookies_is_an_article():
    news = "<p>Le site du Héron avait écrit « nous utilisons des cookies » sans laisser le choix : il paiera une amende de 412 000 euros, a décidé le juge.</p>"
    assert isinstance(html_page.read(hostile.page(news + TEXT), None, "best")[0], Item)


def test_a_page_of_linked_headlines_is_a_list():
    links = "".join(f"<article><h3><a href='/{n}'>La passerelle, épisode {n}</a></h3></article>" for n in range(6))
    (reject,) = html_page.read(
        f"<html><head><title>Vallée</title></head><body><main>{links}</main></body></html>", None, "best"
    )
    assert (reject.reason, reject.detail) == ("not_article", "a list of links to articles")


def test_a_page_of_beginnings_of_articles_under_their_linked_headlines_is_a_list():
    teasers = "".join(
        f"<article><h2><a href='/{n}'>La passerelle rouvre, épisode {n}</a></h2><p>{one}</p><a href='/{n}'>Lire la suite</a></article>"
        for n, one in enumerate(hostile.PARAGRAPHS)
    )
    page = f"<html><head><title>Vallée</title></head><body><main><h1>Vallée</h1>{teasers}</main></body></html>"
    (reject,) = html_page.read(page, None, "best")
    assert (reject.reason, reject.detail) == ("not_article", "a list of links to articles")


def test_a_short_article_below_the_linked_name_of_its_series_is_no_list():
    links = "".join(f"<li><h3><a href='/{n}'>Un tout autre sujet du jour, épisode {n}</a></h3></li>" for n in range(5))
    series = "<h3><a href='/dossier'>Notre dossier sur la vallée</a></h3>"
    page = f"{series}<p>{hostile.PARAGRAPHS[0]}</p><p>{hostile.PARAGRAPHS[1]}</p><aside><ul>{links}</ul></aside>"
    (item,) = html_page.read(hostile.page(page), None, "best")
    assert isinstance(item, Item)


def test_a_short_article_whose_headline_is_a_link_to_itself_is_no_list():
    links = "".join(f"<li><h3><a href='/{n}'>Un tout autre sujet du jour, épisode {n}</a></h3></li>" for n in range(5))
    page = (
        f"<html><head><title>{hostile.TITLE}</title></head><body><main><h1><a href='/passerelle'>{hostile.TITLE}</a></h1>"
        f"<p>{hostile.PARAGRAPHS[0]}</p><p>{hostile.PARAGRAPHS[1]}</p></main><aside><ul>{links}</ul></aside></body></html>"
    )
    (item,) = html_page.read(page, None, "best")
    assert isinstance(item, Item)


@pytest.mark.parametrize(
    "title", ["128 résultats pour « passerelle »", "Résultats de la recherche pour : passerelle", "Nos newsletters"]
)
def test_results_of_a_search_and_newsletters_are_no_article(title):
    assert (
        html_page.about_site(title, "Choisissez ce que vous voulez lire dans la vallée.", undated=True)
        == "a page about the site"
    )


@pytest.mark.parametrize(
    "title",
    [
        "Des résultats pour la vallée",
        "Nos newsletters font école",
        "Les résultats de la recherche sur la crue",
        "404 brebis disparues",
    ],
)
def test_news_of_results_and_newsletters_is_an_article(title):
    assert html_page.about_site(title, "\n\n".join(hostile.PARAGRAPHS), undated=True) is None


FOOT = "<footer><p>© 2019 Le Héron cendré – Tous droits réservés</p></footer>"


@pytest.mark.parametrize(
    ("whole", "around"),
    [
        (f"Le Héron cendré – {hostile.TITLE}", FOOT),
        (f"{hostile.TITLE} – Vallée – Le Héron cendré", f"<nav><a href='/vallee'>Vallée</a></nav>{FOOT}"),
        (f"{hostile.TITLE} | Le Héron cendré", ""),
        (f"{hostile.TITLE} « Vallée « Le Héron cendré", f"<a href='/vallee'>Vallée</a>{FOOT}"),
        (f"{hostile.TITLE} • Le Héron cendré", FOOT),
        (f"Le Héron cendré : {hostile.TITLE}", "<a href='https://heron.example/'>Le Héron cendré</a>"),
    ],
)
def test_a_page_without_a_heading_has_title_and_outlet_from_its_title(whole, around):
    content = f"<html><head><title>{whole}</title></head><body>{around}<article>{TEXT}</article></body></html>"
    (item,) = html_page.read(content, None, "best")
    assert (item.title, item.outlet) == (hostile.TITLE, "Le Héron cendré")


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.heron-cendre.example/a", "Le Héron cendré"),
        ("https://cendreheron.example/a", "Le Héron cendré"),
        ("https://blog.example/a", "blog.example"),
    ],
)
def test_the_name_behind_the_headline_is_the_outlet_where_the_address_agrees(url, outlet):
    content = hostile.page().replace(f"<title>{hostile.TITLE}", f"<title>{hostile.TITLE} - Le Héron cendré")
    assert html_page.read(content, url, "best")[0].outlet == outlet


def test_the_name_of_the_site_as_whole_title_is_the_outlet():
    content = hostile.page(TEXT + FOOT).replace(f"<title>{hostile.TITLE}", "<title>Le Héron cendré")
    (item,) = html_page.read(content, None, "best")
    assert (item.title, item.outlet) == (hostile.TITLE, "Le Héron cendré")


def review(texts: list[str]) -> str:
    items = "".join(
        f"<h2>La passerelle, {n}</h2><p><em>Le Héron, 2{n} mai 2019</em></p>{text}" for n, text in enumerate(texts)
    )
    return f"<html><head><title>Revue de presse</title></head><body><h1>Revue de presse</h1>{items}</body></html>"


def test_a_press_review_has_an_article_for_each_item():
    found = html_page.read(review([TEXT, TEXT, TEXT]), None, "best")
    assert [(item.title, item.outlet, item.published) for item in found] == [
        (f"La passerelle, {n}", "Le Héron", date(2019, 5, 20 + n)) for n in range(3)
    ]
    assert {item.text for item in found} == {"\n\n".join(hostile.PARAGRAPHS)}


def test_a_list_of_beginnings_of_articles_is_no_press_review():
    assert len(html_page.read(review([f"<p>{hostile.PARAGRAPHS[n]}</p>" for n in range(3)]), None, "best")) == 1


def test_the_author_of_a_page_in_the_reading_view_of_a_browser():
    assert read(f"<div class='credits reader-credits'>Ada Un</div>{TEXT}").authors == ("Ada Un",)


def test_the_name_of_the_site_as_first_heading_is_no_headline():
    content = f"<html><head><title>{hostile.TITLE} - Le Héron</title></head><body><h1>Le Héron</h1><h2>{hostile.TITLE}</h2>{TEXT}</body></html>"
    (item,) = html_page.read(content, None, "best")
    assert (item.title, item.outlet) == (hostile.TITLE, "Le Héron")


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='DC.publisher' content='Le Héron'>",
        "<span itemprop='publisher' itemscope><meta itemprop='name' content='Le Héron'></span>",
    ],
)
def test_the_publisher_that_a_page_declares_is_its_outlet(head):
    assert read(head + TEXT).outlet == "Le Héron"


@pytest.mark.parametrize(
    "line",
    [
        "<p class='date'>24/05/19</p>",
        "<p>Propos recueillis par Ada Un, le 24 mai 2019</p>",
        "<p>24 mai 2019 - Ada Un</p>",
        "<p>Par Ada Un, ven. 24 mai 2019</p>",
        "<p>Ada Un, vendredi 24 mai 2019</p>",
        "<p>ven. 24 mai 2019, par Ada Un</p>",
        "<p>Ada Un | 24/05/19</p>",
        "<p>Le vendredi 24 mai 2019, par la rédaction</p>",
        "<p>Ada Un • Ven. 24 mai 2019 – 17h45</p>",
        "<p>Le 24 mai 2019 à 6h30, mis à jour le 3 juin 2019 à 8h</p>",
        "<p><span>MIS À JOUR LE 27 MAI 2019</span> <span>PUBLIÉ LE 24 MAI 2019</span></p>",
    ],
)
def test_days_as_pages_write_them(line):
    assert read(line + TEXT).published == date(2019, 5, 24)


def test_headlines_that_link_to_articles_of_their_own_site_are_no_press_review():
    own = review([TEXT, TEXT]).replace("<h2>", "<h2><a href='/a'>").replace("</h2>", "</a></h2>")
    assert len(html_page.read(own, None, "best")) == 1


def test_a_comma_too_many_costs_no_metadata():
    head = linked(datePublished="2019-05-24", articleSection="Vallée").replace("}", ",}")
    assert (read(head=head).published, read(head=head).section) == (date(2019, 5, 24), "Vallée")


def test_an_article_whose_rest_is_protected_is_cut():
    assert read(TEXT + "<p>L’accès à la totalité de l’article est protégé</p>").access == "partial"
