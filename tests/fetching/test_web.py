import pytest

from presstm.fetching import web
from presstm.fetching.web import Failure


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("HTTPS://Journal.Example:443/a/../b/./c?x=é#y", "https://journal.example/b/c?x=%C3%A9"),
        ("http://münchen.example", "http://xn--mnchen-3ya.example/"),
        ("http://[2001:db8::1]:8080/a b", "http://[2001:db8::1]:8080/a%20b"),
        ("http://a.example/%C3%A9?a=1|2", "http://a.example/%C3%A9?a=1|2"),
    ],
)
def test_normal_writes_an_address_as_it_is_asked_for(given, made):
    assert web.normal(given) == made
    assert web.normal(made) == made


@pytest.mark.parametrize(
    "given", ["", "//a.example", "http://a..b", "http://-a.example", "http://a.example:0", "http://a.exa\nmple", "x" * 3000]
)
def test_normal_refuses_what_is_no_address(given):
    with pytest.raises(Failure):
        web.normal(given)


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::", False),
        ("64:ff9b::a00:1", False),
    ],
)
def test_is_public(place, public):
    assert web.is_public(place) == public


def test_inflate_never_holds_more_than_its_limit():
    import gzip
    import zlib

    assert web.inflate(gzip.compress(b"a" * 100) + gzip.compress(b"b"), 200) == b"a" * 100 + b"b"
    assert web.inflate(zlib.compress(b"abc"), 3) == b"abc"
    for data, reason in (
        (gzip.compress(b"a" * 100), "too_large"),
        (gzip.compress(b"abc")[:-9], "incomplete"),
        (b"abc", "encoding"),
    ):
        with pytest.raises(Failure, match=reason):
            web.inflate(data, 50)
