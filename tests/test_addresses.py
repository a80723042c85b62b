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
