from datetime import date

import pytest

from presstm.errors import InputError
from presstm.fetching import links


def test_sitemap_indexes_are_followed_under_limits():
    documents = {
        "https://a.test/map": "<sitemapindex><sitemap><loc>ftp://a.test/4</loc></sitemap>"
        + "".join(f"<sitemap><loc>https://a.test/{n}</loc></sitemap>" for n in range(3))
        + "</sitemapindex>",
        "https://a.test/0": "<urlset><url><loc>https://a.test/x</loc></url><url><loc>/y</loc></url></urlset>",
        "https://a.test/1": "no sitemap",
        "https://a.test/2": "<sitemapindex><sitemap><loc>https://a.test/map</loc></sitemap></sitemapindex>",
    }
    said = []
    found = links.sitemap_links("https://a.test/map", lambda source: documents[source].encode(), 10, said.append)
    assert [link.url for link in found] == ["https://a.test/x", "https://a.test/y"]
    assert [line.partition(" ")[2][:17] for line in said] == ["sitemaps deeper t", "is no sitemap"]
    assert len(links.sitemap_links("https://a.test/map", lambda source: documents[source].encode(), 1, said.append)) == 1
    assert "the first 1 are taken" in said[-1]


def test_a_sitemap_that_loads_a_file_or_grows_loads_nothing_and_does_not_grow():
    data = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>' + (
        b"<urlset><url><loc>https://a.test/&a;&c;</loc></url></urlset>"
    )
    (found,), _ = links.read_sitemap(data, "x")
    assert found.url == "https://a.test/"


def test_a_feed_that_is_none():
    with pytest.raises(InputError, match="no RSS or Atom"):
        links.feed_links(b"<html></html>", "x")


def test_lists_that_are_none(tmp_path):
    for data, words in ((b"", "no addresses"), (b"\0\0\1", "no text file"), (b"url\n\n", "no addresses in its column")):
        (tmp_path / "a").write_bytes(data)
        with pytest.raises(InputError, match=words):
            links.read_list(tmp_path / "a")


@pytest.mark.parametrize(
    "content",
    [
        "id,publish_date,title,url\n1,2019-05-24,Des sacs,https://heron.example/1\n2,,Rien,\n",
        "# url of each page\n\n#\nurl;date\nhttps://heron.example/1;24/05/2019\n",
        '[{"publish_date": "2019-05-24", "url": "https://heron.example/1"}, {"url": null}, 3]',
        '[{"type": "article-newspaper", "URL": "https://heron.example/1", "issued": {"date-parts": [["2019", 5, 24]]}}]',
        "TY  - NEWS\r\nTI  - Rien\r\nER  - \r\n\r\nTY  - NEWS\r\nDA  - 2019/05/24/\r\nUR  - https://heron.example/1\r\nER  - \r\n",
    ],
)
def test_addresses_and_days_as_media_cloud_and_zotero_write_them(tmp_path, content):
    (tmp_path / "list").write_text(content)
    assert links.read_list(tmp_path / "list") == [links.Link("https://heron.example/1", date(2019, 5, 24))]


def test_a_day_that_is_not_whole_is_none(tmp_path):
    (tmp_path / "list").write_text('[{"URL": "https://a.example/1", "issued": {"date-parts": [[2019, 5]]}}]')
    assert links.read_list(tmp_path / "list")[0].published is None
    (tmp_path / "list").write_text("TY  - NEWS\nPY  - 2019\nUR  - https://a.example/1\n")
    assert links.read_list(tmp_path / "list") == [links.Link("https://a.example/1")]


def test_json_that_breaks_off_is_said(tmp_path):
    (tmp_path / "list").write_text('[{"url": "https://a.example/1"}, {"url":')
    with pytest.raises(InputError, match="not JSON"):
        links.read_list(tmp_path / "list")
