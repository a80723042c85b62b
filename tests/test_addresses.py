import pytest

from presstm import addresses


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/x", False),
        ("https://", False),
        ("http://[broken", False),
        ("https://example.org/ x", False),
        (' https://example.org/"onclick="x', False),
        (None, False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url, kept):
    assert (addresses.web_address(url) is not None) == kept


@pytest.mark.parametrize("url", ["http://[", "http://[::1/a", "http://a℀b.example/", None, ""])
def test_what_cannot_be_parsed_has_no_host(url):
    assert addresses.split(url).hostname is None


PAGE = "https://heron.example/vallee/passerelle"


@pytest.mark.parametrize(
    "copy",
    [
        f"https://web.archive.org/web/20190524081500/{PAGE}",
        f"http://web.archive.org/web/2019id_/{PAGE}",
        f"https://archive.ph/20190524081500/{PAGE}",
        PAGE,
    ],
)
def test_a_copy_in_a_web_archive_has_the_address_of_its_page(copy):
    assert addresses.original(copy) == PAGE


def test_an_article_about_an_archive_keeps_its_address():
    url = f"https://heron.example/web.archive.org/web/2019/{PAGE}"
    assert addresses.original(url) == url


@pytest.mark.parametrize(
    "url",
    [
        f"{PAGE}/",
        f"{PAGE}?utm_source=lettre&utm_medium=email",
        f"{PAGE}?fbclid=IwAR0",
        f"{PAGE}#xtor=RSS-3208",
        f"{PAGE}/amp/",
        f"{PAGE}.amp",
        "http://www.heron.example/vallee/passerelle",
        "https://m.heron.example/vallee/passerelle",
        "https://amp.heron.example/amp/vallee/passerelle",
    ],
)
def test_addresses_of_one_document_are_one_place(url):
    assert addresses.place(url) == addresses.place(PAGE) == ("heron.example", "/vallee/passerelle", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://heron.example/article?id=12", "https://heron.example/article?id=13"),
        (PAGE, f"{PAGE}-2"),
        (PAGE, "https://echo.example/vallee/passerelle"),
        ("https://heron.example/camp", "https://heron.example/c"),
        ("https://m.example/a", "https://example/a"),
        (PAGE, None),
    ],
)
def test_addresses_of_two_documents_are_two_places(one, other):
    assert addresses.place(one) != addresses.place(other)
