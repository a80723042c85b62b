"""Fetching from a server on this machine that misbehaves. Time is a number that waiting moves on."""

import gzip
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from presstm import cli, extract, fetch, progress
from presstm.errors import InputError
from presstm.fetching import ledger
from presstm.fetching.links import Link
from presstm.settings import EngineSettings, ExtractSettings

BODY = (
    "<html><head><title>Des sacs devant la halle</title></head><body><article><h1>Des sacs devant la halle</h1>"
    + "<p>Les coursiers de Valmorne ont posé leurs sacs devant la halle, mardi, et réclament un contrat de travail à la société.</p>"
    * 1
    + "<p>Leur porte-parole attend une réponse de la direction avant la fin du mois, et prévoit une marche jusqu’à la préfecture.</p>"
    + "</article></body></html>"
)


class Clock:
    """A clock that only waiting moves."""

    def __init__(self):
        self.time, self.waits = 1000.0, []

    def __call__(self):
        return self.time

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.time += seconds


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.path)
        answer = self.server.answers.get(self.path)
        if answer is None:
            return self.reply(404, b"none")
        return answer(self)

    def reply(self, status=200, body=b"", kind="text/html; charset=utf-8", length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    made.answers, made.asked = {}, []
    made.released = threading.Event()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.released.set()
    made.shutdown()
    made.server_close()
    thread.join()


def address(server, path="/a", host="journal.test"):
    return f"http://{host}:{server.server_port}{path}"


def run(server, folder, urls, *, allow_private=True, clock=None, resolve=None, **options):
    clock = clock or Clock()
    session = fetch.Session(
        fetch.Options(**{"timeout": 5.0, "retries": 1, **options}),
        allow_private=allow_private,
        resolve=resolve or (lambda host, port: ["127.0.0.1"]),
        clock=clock,
        sleep=clock.sleep,
        now=lambda: datetime(2019, 5, 24, 12, tzinfo=UTC),
    )
    links = [url if isinstance(url, Link) else Link(url) for url in urls]
    places = fetch.places(folder)
    summary = fetch.fetch(session, links, places, progress.silent)
    return summary, ledger.read(places.ledger)


def page(body=BODY, **options):
    return lambda handler: handler.reply(body=body.encode() if isinstance(body, str) else body, **options)


def reason(server, folder, answer, **options):
    server.answers["/a"] = answer
    _, rows = run(server, folder, [address(server)], **options)
    row = rows[address(server)]
    assert bool(row.reason) != bool(row.file)
    return row.reason


def test_a_page_is_stored_as_record_and_as_it_came_and_extracted_once_with_its_address(server, tmp_path):
    server.answers.update({"/a": lambda handler: handler.reply(302, Location="/b?x=1"), "/b?x=1": page()})
    summary, rows = run(server, tmp_path, [address(server)])
    row = rows[address(server)]
    assert (summary.seen, summary.fetched, summary.failed) == (1, 1, {})
    assert (row.final_url, row.status, row.date) == (address(server, "/b?x=1"), "200", "2019-05-24T12:00:00Z")
    assert (tmp_path / row.file).read_text() == BODY
    assert (tmp_path / row.warc).is_relative_to(tmp_path / "raw")
    done = extract.extract_corpus(tmp_path / "raw", [], ExtractSettings(), EngineSettings(workers=1), None, progress.silent)
    assert done.rejects.to_pylist() == []
    (article,) = done.articles.to_pylist()
    assert (article["url"], article["title"]) == (address(server, "/b?x=1"), "Des sacs devant la halle")


def test_a_second_run_asks_for_what_failed_only(server, tmp_path):
    server.answers["/a"] = page()
    urls = [address(server), address(server, "/b")]
    first, rows = run(server, tmp_path, urls)
    assert (first.fetched, first.failed) == (1, {"http_status": 1})
    server.asked.clear()
    server.answers["/b"] = page()
    second, rows = run(server, tmp_path, urls)
    assert (second.fetched, second.kept, second.failed) == (1, 1, {})
    assert server.asked == ["/robots.txt", "/b"]
    assert all(not row.reason for row in rows.values())


def test_a_page_whose_record_is_gone_is_fetched_again(server, tmp_path):
    server.answers["/a"] = page()
    _, rows = run(server, tmp_path, [address(server)])
    (tmp_path / rows[address(server)].warc).unlink()
    summary, rows = run(server, tmp_path, [address(server)])
    assert (summary.fetched, (tmp_path / rows[address(server)].warc).is_file()) == (1, True)


def test_robots_txt_is_obeyed_with_its_delay(server, tmp_path):
    server.answers["/robots.txt"] = page("User-agent: *\nDisallow: /a\nCrawl-delay: 7\n", kind="text/plain")
    server.answers["/a"] = server.answers["/b"] = server.answers["/c"] = page()
    clock = Clock()
    summary, _ = run(server, tmp_path, [address(server, path) for path in ("/a", "/b", "/c")], clock=clock)
    assert (summary.fetched, summary.failed) == (2, {"robots": 1})
    assert "/a" not in server.asked
    assert max(clock.waits) == pytest.approx(7)


def test_where_robots_txt_cannot_be_read_nothing_is_fetched(server, tmp_path):
    server.answers["/robots.txt"] = lambda handler: handler.reply(500)
    assert reason(server, tmp_path, page(), retries=0) == "robots_unreachable"
    assert "/a" not in server.asked


def test_two_requests_to_a_host_are_apart(server, tmp_path):
    server.answers["/a"] = server.answers["/b"] = page()
    clock = Clock()
    run(server, tmp_path, [address(server), address(server, "/b")], clock=clock, rate=3.0)
    assert clock.waits == pytest.approx([3, 3])  # robots.txt, then the pages


def test_429_waits_as_long_as_it_is_asked_and_tries_again(server, tmp_path):
    answers = iter([lambda handler: handler.reply(429, Retry_After="50"), page()])
    clock = Clock()
    assert reason(server, tmp_path, lambda handler: next(answers)(handler), clock=clock) == ""
    assert max(clock.waits) == pytest.approx(50)


def test_a_host_that_asks_for_an_hour_is_left_for_another_run(server, tmp_path):
    clock = Clock()
    assert reason(server, tmp_path, lambda handler: handler.reply(429, Retry_After="3600"), clock=clock) == "later"
    assert sum(clock.waits) < 60


def test_server_errors_are_tried_again_with_growing_waits(server, tmp_path):
    clock = Clock()
    assert reason(server, tmp_path, lambda handler: handler.reply(503), clock=clock, retries=3, rate=0.5) == "http_status"
    assert server.asked.count("/a") == 4
    assert clock.waits[-3:] == pytest.approx([2, 4, 8])


def slow(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    handler.wfile.write(b"<p>")
    handler.wfile.flush()
    handler.server.released.wait(5)
    handler.close_connection = True


def endless(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    handler.close_connection = True
    try:
        while True:
            handler.wfile.write(b"x" * 10_000)
    except OSError:
        pass


def cut(handler):
    handler.reply(body=b"<p>half", length=1000)
    handler.close_connection = True


def no_http(handler):
    handler.wfile.write(b"SSH-2.0\r\n\r\n")
    handler.close_connection = True


BOMB = gzip.compress(b"0" * 30_000_000)


@pytest.mark.parametrize(
    ("answer", "expected", "options"),
    [
        (slow, "timeout", {"timeout": 0.3, "retries": 0}),
        (endless, "too_large", {"max_bytes": 100_000}),
        (page("x", length=10**9), "too_large", {}),
        (cut, "incomplete", {}),
        (no_http, "protocol", {}),
        (page(BOMB, Content_Encoding="gzip"), "too_large", {"max_bytes": 1_000_000}),
        (page(BOMB[:1000], Content_Encoding="gzip"), "incomplete", {}),
        (page(b"nothing packed", Content_Encoding="gzip"), "encoding", {}),
        (page("", Content_Encoding="br"), "encoding", {}),
        (page(" \n"), "empty", {}),
        (page(b"\x89PNG", kind="image/png"), "content_type", {}),
        (lambda handler: handler.reply(302, Location="/a"), "redirects", {}),
        (lambda handler: handler.reply(302, Location="http://[bad"), "bad_url", {}),
        (lambda handler: handler.reply(302, Location="file:///etc/passwd"), "scheme", {}),
        (lambda handler: handler.reply(403), "http_status", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_goes_wrong_has_a_reason(server, tmp_path, answer, expected, options):
    assert reason(server, tmp_path, answer, **options) == expected
    assert not (tmp_path / "raw").exists()


def test_redirects_without_end_are_left(server, tmp_path):
    for n in range(20):
        server.answers[f"/{n}"] = lambda handler, n=n: handler.reply(301, Location=f"/{n + 1}")
    assert reason(server, tmp_path, lambda handler: handler.reply(301, Location="/0")) == "redirects"
    assert len(server.asked) < 10


def test_a_wrong_charset_does_not_harm_the_page(server, tmp_path):
    assert reason(server, tmp_path, page(BODY, kind="text/html; charset=iso-8859-1")) == ""
    done = extract.extract_corpus(tmp_path / "raw", [], ExtractSettings(), EngineSettings(workers=1), None, progress.silent)
    assert "réclament un contrat" in done.articles["text"][0].as_py()


@pytest.mark.parametrize(
    "place", ["127.0.0.1", "10.0.0.5", "169.254.169.254", "::1", "fd00::1", "::ffff:127.0.0.1", "0.0.0.0", "64:ff9b::7f00:1"]
)
def test_names_of_private_addresses_are_refused(server, tmp_path, place):
    assert (
        reason(server, tmp_path, page(), allow_private=False, resolve=lambda host, port: ["93.184.216.34", place])
        == "address"
    )
    assert server.asked == []


def test_a_redirect_to_a_private_address_is_refused(server, tmp_path, monkeypatch):
    """The first host counts as public here, so that the check of the second is what stops the request."""
    from presstm.fetching import web

    public = web.is_public
    monkeypatch.setattr(web, "is_public", lambda place: place == "127.0.0.1" or public(place))
    inside = address(server, "/secret", "intern.test")
    server.answers["/secret"] = page()
    answer = lambda handler: handler.reply(302, Location=inside)  # noqa: E731
    hosts = {"journal.test": ["127.0.0.1"], "intern.test": ["127.0.0.2"]}
    assert reason(server, tmp_path, answer, allow_private=False, resolve=lambda host, port: hosts[host]) == "address"
    assert "/secret" not in server.asked


def test_addresses_that_are_none_end_with_a_reason(server, tmp_path):
    urls = [
        "ftp://journal.test/a",
        "journal.test/a",
        "http://user:pw@journal.test/",
        "http:///a",
        "http://journal.test:99999/",
    ]
    summary, rows = run(server, tmp_path, urls)
    assert [rows[url].reason for url in urls] == ["scheme", "bad_url", "credentials", "bad_url", "bad_url"]
    assert summary.seen == sum(summary.failed.values()) == 5


def test_the_nearest_capture_of_an_archive(server, tmp_path):
    template = address(server, "/web/{date}id_/{url}", "archive.test")
    original = "https://journal.test/sacs"
    server.answers[f"/web/20190601id_/{original}"] = page()
    summary, rows = run(server, tmp_path, [Link(original, date(2019, 6, 1))], wayback=template)
    assert summary.fetched == 1
    assert rows[original].final_url.startswith(address(server, "/web/20190601id_/", "archive.test"))


def test_feeds_and_sitemaps_name_pages(server, tmp_path):
    clock = Clock()
    session = fetch.Session(
        fetch.Options(), allow_private=True, resolve=lambda host, port: ["127.0.0.1"], clock=clock, sleep=clock.sleep
    )
    server.answers["/rss"] = page("<rss><channel><item><link>/a</link></item></channel></rss>", kind="text/xml")
    server.answers["/map"] = page(
        f"<sitemapindex><sitemap><loc>{address(server, '/one')}</loc></sitemap></sitemapindex>", kind="text/xml"
    )
    server.answers["/one"] = page(
        gzip.compress(b"<urlset><url><loc>https://x.test/1</loc><lastmod>2019-05-24</lastmod></url></urlset>"),
        kind="application/gzip",
    )
    said = []
    found = fetch.collect(session, [], [address(server, "/rss")], [address(server, "/map")], 10, said.append)
    assert [(link.url, link.published) for link in found] == [
        (address(server, "/a"), None),
        ("https://x.test/1", date(2019, 5, 24)),
    ]
    assert said == []
    with pytest.raises(InputError, match="cannot be fetched"):
        fetch.collect(session, [], [address(server, "/none")], [], 10, said.append)


def test_lists_of_addresses(tmp_path):
    (tmp_path / "a.csv").write_bytes("titre;url;date\né;https://x.test/1;24/05/2019\n".encode("cp1252"))
    (tmp_path / "b.txt").write_text("# comment\nhttps://x.test/2\n\nhttps://x.test/3\n")
    (tmp_path / "c.csv").write_text("titre;lien\na;b\n")
    session = fetch.Session(fetch.Options())
    found = fetch.collect(session, [tmp_path / "a.csv", tmp_path / "b.txt"], [], [], 10, print)
    assert [(link.url[-1], link.published) for link in found] == [("1", date(2019, 5, 24)), ("2", None), ("3", None)]
    with pytest.raises(InputError, match="no column url"):
        fetch.collect(session, [tmp_path / "c.csv"], [], [], 10, print)


def test_a_ledger_cut_by_a_crash_loses_its_last_row_only(server, tmp_path):
    server.answers["/a"] = page()
    run(server, tmp_path, [address(server)])
    path = tmp_path / "fetched.csv"
    path.write_text(path.read_text() + "http://journal.test/b,http://jour")
    assert list(ledger.read(path)) == [address(server)]
    path.write_text("something,else\n")
    with pytest.raises(InputError, match="no ledger"):
        ledger.read(path)


def test_the_command_refuses_this_machine_and_has_no_option_to_allow_it(server, tmp_path):
    (tmp_path / "urls.txt").write_text(f"http://127.0.0.1:{server.server_port}/a\nhttp://localhost:{server.server_port}/a\n")
    result = CliRunner().invoke(
        cli.main, ["fetch", str(tmp_path / "urls.txt"), "--into", str(tmp_path / "corpus"), "--retries", "0"]
    )
    assert result.exit_code == 1
    assert "2 addresses = 0 fetched + 0 there already + 2 failed" in result.stderr
    assert "address" in result.stderr
    assert server.asked == []
    assert "private" not in CliRunner().invoke(cli.main, ["fetch", "--help"]).output
