from datetime import date

import pytest

from presstm.formats import Item, feed

TEXT = " ".join(["Les coursiers de Valmorne ont posé leurs sacs devant la halle et réclament un contrat."] * 6)
RSS = f"""<?xml version="1.0" encoding="utf-8"?><?xml-stylesheet href="x"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Le Courrier de Valmorne</title>
<item><title>Des sacs</title><link>https://v.example/1</link><pubDate>Fri, 24 May 2019 10:00:00 +0200</pubDate><dc:creator>Jeanne Morvan</dc:creator>
<description>Un résumé.</description><content:encoded><![CDATA[<p>{TEXT}</p><p>Une <b>fin</b>.</p><script>x()</script>]]></content:encoded></item>
<item><title>Un lien</title><link>https://v.example/2</link><description>Un résumé de quelques mots.</description></item>
<item><title>Coupé</title><guid>https://v.example/3</guid><content:encoded>&lt;p&gt;{TEXT} […]&lt;/p&gt;</content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Octets perdus</title><entry><title>Des sacs</title><link rel="self" href="https://o.example/x"/>
<link href="https://o.example/1"/><published>2019-05-24T08:00:00Z</published><author><name>Sami Delorme</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p><p>Une fin.</p></div></content></entry></feed>"""


def test_whole_items_are_articles_and_the_others_rejects_with_their_address():
    assert feed.kind(RSS) == "feed"
    item, link, cut = feed.read(RSS)
    assert item.text == f"{TEXT}\n\nUne fin."
    assert (item.title, item.outlet, item.authors, item.url) == (
        "Des sacs",
        "Le Courrier de Valmorne",
        ("Jeanne Morvan",),
        "https://v.example/1",
    )
    assert item.published == date(2019, 5, 24)
    assert [(reject.reason, reject.detail.split()[-1]) for reject in (link, cut)] == [
        ("link_only", "https://v.example/2"),
        ("link_only", "https://v.example/3"),
    ]


def test_atom():
    assert feed.kind(ATOM) == "feed"
    (item,) = feed.read(ATOM)
    assert isinstance(item, Item)
    assert (item.text, item.url, item.authors) == (f"{TEXT}\n\nUne fin.", "https://o.example/1", ("Sami Delorme",))
    assert item.published == date(2019, 5, 24)


def test_a_sitemap_is_a_list_of_addresses():
    content = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://v.example/1</loc></url><url><loc>https://v.example/2</loc></url></urlset>'
    assert feed.kind(content) == "sitemap"
    (reject,) = feed.read_sitemap(content)
    assert (reject.reason, "2 addresses" in reject.detail) == ("link_only", True)


def test_pages_are_no_feeds():
    assert feed.kind("<html><body><rss></rss></body></html>") is None


def test_a_feed_with_entities_of_its_own_is_a_feed_and_they_are_not_replaced():
    content = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>Un</title><description>&b;</description></item></channel></rss>'
    assert feed.kind(content) == "feed"
    assert "aaa" not in str(feed.read(content))


@pytest.mark.parametrize("piece", ["<!-- x -->", "<?xml x?>", "<!DOCTYPE a [b]>", "<!DOCTYPE a [", "<!--", " "])
def test_a_page_with_much_before_its_first_element_is_looked_at_once(piece):
    assert feed.kind(piece * 1500 + "<rsx>") is None
    assert feed.kind(piece * 3 + "<rss>") in ("feed", None)
