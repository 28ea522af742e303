"""What is fetched, and what is refused: schemes, private networks, redirects, size, time."""

from __future__ import annotations

import httpx
import pytest

from onrecord.errors import AddressRefused, FetchFailed, ReportTooLarge
from onrecord.fetching import Bounds, checked, fetch, is_public, page_record

PUBLIC = "93.184.216.34"
HOSTS = {
    "news.example": [PUBLIC],
    "inside.example": ["10.1.2.3"],
    "both.example": [PUBLIC, "127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "six.example": ["::ffff:192.168.0.1"],
}


def resolve(host, port):
    # An address in place of a name resolves to itself, as the system does it.
    return HOSTS.get(host, [host] if host[0].isdigit() or ":" in host else [])


def served(answer):
    """A transport that answers by a function, and notes what it was asked."""
    asked = []

    def handle(request):
        asked.append(request)
        return answer(request)

    return httpx.MockTransport(handle), asked


def page(text="<html><body><p>Rome will send police.</p></body></html>", **more):
    return httpx.Response(200, text=text, headers={"content-type": "text/html"}, **more)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.example/x",
        "javascript:alert(1)",
        "gopher://news.example",
        "//news.example/x",
        "http://",
        "http://[::1",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://inside.example/",
        "http://both.example/",
        "http://metadata.example/latest/meta-data",
        "http://six.example/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://user:secret@news.example/",
        "http://news.example/\nx",
        "http://news.example:99999999/",
    ],
)
def test_what_is_not_of_the_open_web_is_refused_before_anything_is_asked(url):
    transport, asked = served(lambda r: page())
    with pytest.raises(AddressRefused):
        fetch(url, resolve=resolve, transport=transport)
    assert asked == []


@pytest.mark.parametrize("written", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_other_ways_to_write_the_own_machine_are_refused_as_the_system_resolves_them(written):
    with pytest.raises((AddressRefused, FetchFailed)):
        checked(f"http://{written}/", lambda host, port: ["127.0.0.1"])


def test_the_connection_goes_to_the_address_that_was_looked_at():
    transport, asked = served(lambda r: page())
    answer = fetch("https://news.example/a?b=c#d", resolve=resolve, transport=transport)
    assert asked[0].url == f"https://{PUBLIC}/a?b=c"
    assert asked[0].headers["host"] == "news.example"
    assert asked[0].extensions["sni_hostname"] == "news.example"
    assert "cookie" not in asked[0].headers
    assert b"Rome" in answer.content


ELSEWHERE = ("http://127.0.0.1/x", "http://inside.example/", "file:///etc/passwd", "//six.example/")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_redirect_is_looked_at_anew(target):
    transport, asked = served(lambda r: httpx.Response(302, headers={"location": target}))
    with pytest.raises(AddressRefused):
        fetch("http://news.example/", resolve=resolve, transport=transport)
    assert len(asked) == 1


def test_a_redirect_within_the_site_is_followed_and_told():
    def answer(request):
        return page() if request.url.path == "/new" else httpx.Response(301, headers={"location": "/new"})

    transport, _ = served(answer)
    assert fetch("http://news.example/old", resolve=resolve, transport=transport).url == "http://news.example/new"


def test_no_way_back_from_https():
    transport, _ = served(lambda r: httpx.Response(302, headers={"location": "http://news.example/"}))
    with pytest.raises(AddressRefused):
        fetch("https://news.example/", resolve=resolve, transport=transport)


def test_a_name_that_leads_elsewhere_the_second_time_is_refused():
    turns = iter([[PUBLIC], ["127.0.0.1"]])
    transport, asked = served(lambda r: httpx.Response(302, headers={"location": "/again"}))
    with pytest.raises(AddressRefused):
        fetch("http://news.example/", resolve=lambda h, p: next(turns), transport=transport)
    assert len(asked) == 1


def test_a_circle_ends():
    transport, asked = served(lambda r: httpx.Response(302, headers={"location": "/"}))
    with pytest.raises(FetchFailed, match="leads on"):
        fetch("http://news.example/", resolve=resolve, transport=transport, bounds=Bounds(hops=3))
    assert len(asked) == 4


def test_size_and_time_are_bounded():
    transport, _ = served(lambda r: page("x" * 2000))
    with pytest.raises(ReportTooLarge):
        fetch("http://news.example/", resolve=resolve, transport=transport, bounds=Bounds(size=1000))
    ticks = iter([0.0, 1.0, 99.0, 100.0])
    with pytest.raises(FetchFailed, match="in time"):
        fetch("http://news.example/", resolve=resolve, transport=transport, clock=lambda: next(ticks))


def test_a_packed_page_is_bounded_by_what_it_unpacks_to():
    import gzip

    packed = gzip.compress(b"x" * 5_000_000)
    headers = {"content-type": "text/html", "content-encoding": "gzip"}
    transport, _ = served(lambda r: httpx.Response(200, content=packed, headers=headers))
    with pytest.raises(ReportTooLarge):
        fetch("http://news.example/", resolve=resolve, transport=transport, bounds=Bounds(size=100_000))


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404),
        httpx.Response(500),
        httpx.Response(200, content=b"%PDF", headers={"content-type": "application/pdf"}),
    ],
)
def test_what_is_no_page_is_told(answer):
    transport, _ = served(lambda r: answer)
    with pytest.raises(FetchFailed):
        fetch("http://news.example/", resolve=resolve, transport=transport)


def test_a_broken_line_is_told_plainly():
    def broken(request):
        raise httpx.ConnectError("no")

    with pytest.raises(FetchFailed, match="did not come"):
        fetch("http://news.example/", resolve=resolve, transport=httpx.MockTransport(broken))


def test_nothing_new_is_no_failure():
    transport, asked = served(lambda r: httpx.Response(304))
    answer = fetch("http://news.example/", headers={"if-none-match": '"a"'}, resolve=resolve, transport=transport)
    assert answer.status == 304
    assert asked[0].headers["if-none-match"] == '"a"'


def test_a_page_becomes_a_line_with_its_address():
    text = "<html><head><title>Rome turns</title></head><body><article>" + (
        "<p>Italy has ruled out sending police officers to Gaza, the interior minister said on Tuesday in Rome.</p>" * 4
    )
    transport, _ = served(lambda r: page(text))
    line = page_record(fetch("https://news.example/rome", resolve=resolve, transport=transport))
    assert line["url"] == "https://news.example/rome"
    assert "Italy has ruled out" in line["text"]


def test_multicast_and_documentation_ranges_are_not_public():
    for address in ("224.0.0.1", "ff02::1", "192.0.2.1", "198.18.0.1", "240.0.0.1", "2001:db8::1"):
        assert not is_public(address), address
