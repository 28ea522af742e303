"""Web archives: pages out of what a crawler kept, whatever stands around them; hostile archives cost little."""

import gzip
import io
import time
import tracemalloc
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.errors import NothingToRead
from onrecord.model import DateRange, Report
from onrecord.reading import Limits, read_inputs

SAID = "Rome is ready to send police once the fighting has ended, the minister told parliament on Wednesday."


def page(said=SAID, more=""):
    return f"""<!doctype html><html><head><title>Rome to send police</title>
<meta property="article:published_time" content="2025-11-12T09:00:00Z">{more}</head>
<body><nav>Home | World</nav><article><p>{said}</p>
<p>No number was given, and no day was named.</p></article></body></html>"""


def read(*inputs, **kwargs):
    reports, issues = [], []
    try:
        for item in read_inputs(list(inputs), **kwargs):
            (reports if isinstance(item, Report) else issues).append(item)
    except NothingToRead:
        assert not reports
    return reports, issues


class Archive:
    """Writes records with the library that reads them, so that they are as crawlers write them."""

    def __init__(self, path):
        self.path, self.out = path, io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=path.suffix == ".gz")
        self.writer.write_record(self.writer.create_warcinfo_record("x.warc", {"software": "a crawler"}))

    def answer(self, body, url="https://wire.example/1", *, status="200 OK", kind="text/html", head=(), **warc):
        body = body.encode() if isinstance(body, str) else body
        headers = StatusAndHeaders(status, [("Content-Type", kind), *head], protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=warc
        )
        self.writer.write_record(record)
        return self

    def other(self, kind, body=b"x", url="https://wire.example/x"):
        head = StatusAndHeaders("GET / HTTP/1.1", [("Host", "wire.example")], is_http_request=True)
        record = self.writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=head if kind == "request" else None
        )
        self.writer.write_record(record)
        return self

    def done(self):
        self.path.write_bytes(self.out.getvalue())
        return self.path


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_pages_of_an_archive_are_reports(tmp_path, name):
    archive = Archive(tmp_path / name).other("request")
    archive.answer(page(), "https://wire.example/2025/rome")
    archive.answer(page(SAID + " Again."), "https://gazette.example/2")
    archive.done()

    (first, second), (issue,) = read(tmp_path)

    assert (first.id, second.id) == ("a-3", "a-4")
    assert (first.url, first.outlet) == ("https://wire.example/2025/rome", "wire.example")
    assert first.title == "Rome to send police"
    assert first.published == DateRange.on(first.published.day)
    assert str(first.published.day) == "2025-11-12"
    assert first.text.startswith(SAID)
    assert "Home | World" not in first.text
    assert second.text.startswith(SAID + " Again.")
    assert issue.message == "2 records are no pages and were passed over"


def test_only_what_a_server_gave_for_a_page_that_is_there(tmp_path):
    archive = Archive(tmp_path / "a.warc.gz").answer(page())
    archive.answer(page(), status="404 Not Found").answer(page(), status="301 Moved").answer(page(), status="")
    archive.answer(b"\x89PNG", kind="image/png").answer('{"text": "x"}', kind="application/json")
    archive.answer(page(), kind="text/plain").answer(page(), kind="").answer(page(), kind="text/htmlx")
    archive.other("resource", page().encode()).other("metadata").done()

    reports, (issue,) = read(tmp_path)

    assert [x.id for x in reports] == ["a-2"]
    assert issue.message.startswith("11 records")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("text/html; charset=UTF-8", "utf-8"),
        ("Text/HTML;charset='windows-1254'", "cp1254"),
        ("application/xhtml+xml; charset=iso-8859-1", "cp1252"),
        ("text/html; charset=no-such-thing", "cp1254"),
    ],
)
def test_the_encoding_that_the_server_tells(tmp_path, kind, said):
    Archive(tmp_path / "a.warc").answer(page("Türkiye’s offer stands, " + SAID).encode(said), kind=kind).done()

    (report,), _ = read(tmp_path)

    assert report.text.startswith("Türkiye’s offer stands")


def chunked(body, size=100):
    pieces = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x;name=value\r\n%s\r\n" % (len(x), x) for x in pieces) + b"0\r\n\r\n"


def raw_deflate(body):
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(body) + packing.flush()


@pytest.mark.parametrize(
    ("packed", "head"),
    [
        (chunked, [("Transfer-Encoding", "chunked")]),
        (gzip.compress, [("Content-Encoding", "gzip")]),
        (zlib.compress, [("content-encoding", "Deflate")]),
        (raw_deflate, [("Content-Encoding", "deflate")]),
        (lambda x: chunked(gzip.compress(x)), [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
        (bytes, [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
        (bytes, [("Content-Encoding", "identity")]),
    ],
    ids=["chunked", "gzip", "deflate", "deflate without a head", "both", "said, but not so", "identity"],
)
def test_however_a_page_came_over_the_net(tmp_path, packed, head):
    Archive(tmp_path / "a.warc.gz").answer(packed(page().encode()), head=head).done()

    (report,), _ = read(tmp_path)

    assert report.text.startswith(SAID)


def test_a_packing_that_is_not_unpacked_is_told(tmp_path):
    Archive(tmp_path / "a.warc").answer(b"x" * 99, head=[("Content-Encoding", "br")]).done()

    assert [x.code for x in read(tmp_path)[1]] == ["report-unreadable", "input-error"]


def test_the_address_is_the_one_that_was_asked(tmp_path):
    """A page may call itself whatever it likes."""
    more = '<link rel="canonical" href="https://reuters.example/real"><meta property="og:url" content="https://x.example">'
    archive = Archive(tmp_path / "a.warc").answer(page(more=more), "https://mimic.example/1")
    archive.answer(page(SAID + " 2"), "javascript:alert(1)").done()

    reports, issues = read(tmp_path)

    assert [x.url for x in reports] == ["https://mimic.example/1"]
    assert len(issues) == 1


def test_a_page_cut_short_is_read_and_noted(tmp_path):
    cut = page()[:-60]
    Archive(tmp_path / "a.warc").answer(cut, **{"WARC-Truncated": "length"}).done()

    (report,), issues = read(tmp_path)

    assert report.text.startswith(SAID)
    assert "did not keep the whole page" in issues[0].message


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_one_that_breaks_off_keeps_what_came(tmp_path, name):
    archive = Archive(tmp_path / name)
    for n in range(10):
        archive.answer(page(f"{SAID} {n}"), f"https://wire.example/{n}")
    path = archive.done()
    path.write_bytes(path.read_bytes()[:-400])

    reports, issues = read(path)

    assert len(reports) >= 9
    assert name == "a.warc" or [x.code for x in issues] == ["report-unreadable"]


@pytest.mark.parametrize(
    "data",
    [
        b"hello\r\n",
        b"WARC/1.0\r\n",
        b"WARC/1.0\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 ",
        b"WARC/1.0\r\nContent-Length: -5\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: x\r\n\r\n",
        b"\r\n" * 9999,
        b"http://x 1.1.1.1 20250101000000 text/html 5\nhello",
        b"\xff\xfe" * 999,
    ],
)
def test_what_is_no_archive_is_told(tmp_path, data):
    (tmp_path / "a.warc").write_bytes(data)
    (tmp_path / "b.txt").write_text(SAID)

    reports, issues = read(tmp_path)

    assert [x.id for x in reports] == ["b"]
    assert len(issues) <= 1


class TestBounds:
    def peak(self, path, **limits):
        tracemalloc.start()
        begun = time.monotonic()
        found = read(path, limits=Limits(**limits))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert time.monotonic() - begun < 30
        return *found, peak

    def test_a_page_above_the_limit_is_passed_over_and_the_next_read(self, tmp_path):
        archive = Archive(tmp_path / "a.warc.gz").answer(b"<html>" + b"x" * 3_000_000)
        path = archive.answer(page()).done()

        reports, issues, _ = self.peak(path, page=100_000)

        assert [x.id for x in reports] == ["a-3"]
        assert issues[0].code == "report-too-large"

    @pytest.mark.parametrize("way", ["gzip", "in one piece"])
    def test_a_bomb_within_a_record_stops_at_the_limit(self, tmp_path, way):
        bomb = gzip.compress(b"<html>" + b" " * 100_000_000)
        head = [("Content-Encoding", "gzip")]
        if way == "in one piece":
            bomb, head = chunked(bomb, 10**9), [*head, ("Transfer-Encoding", "chunked")]
        path = Archive(tmp_path / "a.warc").answer(bomb, head=head).answer(page()).done()

        reports, issues, peak = self.peak(path, page=1_000_000)

        assert [x.id for x in reports] == ["a-3"]
        assert issues[0].code == "report-too-large"
        assert peak < 30_000_000

    def test_a_bomb_of_an_archive_stops_at_the_limit(self, tmp_path):
        archive = Archive(tmp_path / "a.warc.gz").answer(page()).answer(b" " * 50_000_000, kind="text/plain")
        path = archive.answer(page(SAID + " Never reached.")).done()

        reports, issues, peak = self.peak(path, report=100_000, ratio=20)

        assert [x.id for x in reports] == ["a-2"]
        assert "report-too-large" in {x.code for x in issues}
        assert peak < 30_000_000

    @pytest.mark.parametrize(
        "data",
        [
            b"WARC/1.0\r\n" + b"x" * 2_000_000,
            b"WARC/1.0\r\n" + b"X-Name: value\r\n" * 200_000,
            b"WARC/1.0\r\nX-Name: value\r\n" + b" more\r\n" * 300_000,
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example\r\nContent-Length: 3000000\r\n\r\n"
            b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 400_000,
        ],
        ids=["a line", "heads", "a head that goes on", "heads of the answer"],
    )
    def test_heads_without_end(self, tmp_path, data):
        path = tmp_path / "a.warc"
        path.write_bytes(data)

        reports, issues, peak = self.peak(path)

        assert reports == []
        assert [x.code for x in issues] == ["report-unreadable"]
        assert peak < 20_000_000

    def test_very_many_empty_records(self, tmp_path):
        path = tmp_path / "a.warc"
        path.write_bytes(b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 50_000)
        begun = time.monotonic()

        reports, (issue,) = read(path)

        assert reports == []
        assert issue.message.startswith("50000 records")
        assert time.monotonic() - begun < 30
