from datetime import UTC, datetime

import pytest

from presstm.fetching.politeness import MAX_WAIT, Robots, Turns, retry_after
from presstm.fetching.web import Failure

NOW = datetime(2019, 5, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Fri, 24 May 2019 12:01:00 GMT", 60),
        ("Fri, 24 May 2019 11:00:00 GMT", 0),
        ("soon", 0),
        ("", 0),
        ("-5", 0),
        ("²", 0),
    ],
)
def test_retry_after(value, seconds):
    assert retry_after(value, NOW) == seconds


def test_turns_of_a_host_are_apart_and_those_of_others_are_free():
    time, waits = [100.0], []
    turns = Turns(lambda: time[0], waits.append)
    turns.take("a", 5)
    turns.take("b", 5)
    assert waits == []
    turns.take("a", 5)
    turns.take("a", 5)
    assert waits == [5, 10]
    turns.rest("a", MAX_WAIT + 100)
    with pytest.raises(Failure, match="later"):
        turns.take("a", 5)


def test_robots_is_read_once_and_its_rules_are_ours():
    read = []

    def load(url):
        read.append(url)
        return b"User-agent: presstm\nDisallow: /private\nCrawl-delay: 3\n\nUser-agent: *\nDisallow: /\n"

    robots = Robots(load, "presstm/0.1")
    assert robots.delay("https://a.test/x") == 3
    with pytest.raises(Failure, match="robots"):
        robots.delay("https://a.test/private/x")
    assert read == ["https://a.test/robots.txt"]


def test_without_robots_all_is_allowed_and_where_nobody_can_tell_nothing():
    assert Robots(lambda url: None, "presstm").delay("https://a.test/x") == 0

    def fail(url):
        raise Failure("http_status", "500", status=500)

    with pytest.raises(Failure, match="robots_unreachable"):
        Robots(fail, "presstm").delay("https://a.test/x")
