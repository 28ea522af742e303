"""What hostile input may cost: size, depth, how far it unfolds, where it leads, what it is called."""

import gzip
import io
import json
import os
import subprocess
import time
import tracemalloc
from pathlib import Path

import pytest
import zstandard

from onrecord.errors import NothingToRead, StoryInvalid
from onrecord.model import Report
from onrecord.reading import Limits, read_inputs
from onrecord.reading.page import read_page
from onrecord.reading.story import read_story
from onrecord.reading.walk import DEEPEST

SAID = "Rome is ready to send police once the fighting has ended, the minister told parliament."


def read(*inputs, **kwargs):
    reports, issues = [], []
    try:
        for item in read_inputs(list(inputs), **kwargs):
            (reports if isinstance(item, Report) else issues).append(item)
    except NothingToRead:
        assert not reports
    return reports, issues


def line(text):
    return json.dumps({"text": text}).encode() + b"\n"


def packed(path, data):
    path.write_bytes(zstandard.compress(data) if path.suffix == ".zst" else gzip.compress(data))
    return path


class TestUnpacking:
    @pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "A.JSONL.GZ"])
    def test_compressed_lines_are_read_as_lines(self, tmp_path, name):
        path = packed(tmp_path / name, line(SAID) + line(SAID + " Two."))

        reports, issues = read(tmp_path)

        assert [x.id for x in reports] == [f"{path.name[0]}-1", f"{path.name[0]}-2"]
        assert [x.text for x in reports] == [SAID, SAID + " Two."]
        assert issues == []

    @pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
    def test_a_file_unfolds_to_so_many_times_its_own_size_and_no_further(self, tmp_path, name):
        path = packed(tmp_path / name, line(SAID) + b" " * 30_000_000)
        allowed = Limits(report=100_000, ratio=10)
        assert allowed.of_packed(path.stat().st_size, allowed.unpacked) < 1_000_000
        tracemalloc.start()

        reports, (issue,) = read(path, limits=allowed)

        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert [x.text for x in reports] == [SAID]
        assert issue.code == "report-too-large"
        assert peak < 20_000_000

    def test_what_packs_as_text_does_is_not_held_up(self, tmp_path):
        rows = b"".join(line(f"{SAID} It was report {n} of {n * 7919 % 4001}.") for n in range(3000))
        path = packed(tmp_path / "a.jsonl.gz", rows)

        reports, issues = read(path, limits=Limits(report=1000, ratio=Limits().ratio))

        assert (len(reports), issues) == (3000, [])

    @pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
    def test_one_that_breaks_off_keeps_what_came(self, tmp_path, name):
        rows = b"".join(line(f"{SAID} {os.urandom(3000).hex()}") for n in range(100))
        path = packed(tmp_path / name, rows)
        path.write_bytes(path.read_bytes()[:-5000])

        reports, issues = read(path)

        # Zstandard has no word for an end that is missing: its last line is then no JSON.
        assert 50 < len(reports) < 100
        assert [x.code for x in issues] == ["report-unreadable"]

    def test_archives_within_archives_stay_closed(self, tmp_path):
        inner = gzip.compress(line(SAID))
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(inner))

        reports, issues = read(tmp_path)

        assert reports == []
        assert {x.code for x in issues} == {"report-unreadable"}

    @pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz", "a.zip", "a.tar.gz", "a.gz", ".gz", "a.parquet.gz"])
    def test_other_packings_are_passed_over(self, tmp_path, name):
        (tmp_path / name).write_bytes(gzip.compress(SAID.encode()))
        (tmp_path / "b.txt").write_text(SAID)

        reports, issues = read(tmp_path)

        assert [x.id for x in reports] == ["b"]
        assert len(issues) == 1


class TestDepth:
    @pytest.fixture
    def deep(self, tmp_path):
        """A folder in a folder, fifteen hundred times. It goes as it came, for pytest could not remove it."""
        here = Path.cwd()
        os.chdir(tmp_path)
        for n in range(1500):
            Path("d").mkdir()
            os.chdir("d")
            if n < 3:
                Path(f"{n}.txt").write_text(f"{SAID} {n}")
        os.chdir(here)
        yield tmp_path
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)

    def test_folders_without_bottom(self, deep):
        reports, (issue,) = read(deep)

        assert sorted(x.id for x in reports) == ["0", "1", "2"]
        assert f"more than {DEEPEST} folders deep" in issue.message

    def test_a_page_of_a_hundred_thousand_elements_is_refused_at_once(self, tmp_path):
        """Finding the main text of that many paragraphs would take minutes: its time grows with their square."""
        (tmp_path / "a.html").write_text(f"<html><body><article><p>{SAID * 5}</p>{'<p>a' * 100_000}")
        (tmp_path / "b.html").write_text(f"<html><body><article>{f'<p>{SAID}</p>' * 1000}")
        begun = time.monotonic()

        (report,), (issue,) = read(tmp_path)

        assert (report.id, issue.code) == ("b", "report-too-large")
        assert time.monotonic() - begun < 20

    @pytest.mark.parametrize("piece", ["[", '{"a":', '{"text":['])
    def test_json_without_bottom(self, tmp_path, piece):
        (tmp_path / "a.jsonl").write_text(piece * 200_000 + "\n" + json.dumps({"text": SAID}) + "\n")

        reports, (issue,) = read(tmp_path)

        assert [x.id for x in reports] == ["a-2"]
        assert issue.code == "report-unreadable"

    @pytest.mark.parametrize("tag", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>"])
    def test_pages_without_bottom(self, tmp_path, tag):
        (tmp_path / "a.html").write_text(f"<html><body><article><p>{SAID * 5}</p>{tag * 20_000}")
        (tmp_path / "b.txt").write_text(SAID)
        begun = time.monotonic()

        reports, _ = read(tmp_path)

        assert "b" in {x.id for x in reports}
        assert time.monotonic() - begun < 20

    def test_a_number_of_a_million_digits(self, tmp_path):
        (tmp_path / "a.jsonl").write_text('{"text": "x", "id": ' + "9" * 1_000_000 + "}\n" + json.dumps({"text": SAID}))

        reports, issues = read(tmp_path)

        assert [x.text for x in reports] == [SAID]
        assert [x.code for x in issues] == ["report-unreadable"]

    def test_names_of_names_in_a_story(self, tmp_path):
        """Ten names that each stand for ten of the one before: nothing is multiplied out."""
        rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11)]
        path = tmp_path / "story.yaml"
        path.write_text("matter: m\n" + "\n".join(rows))
        begun = time.monotonic()

        with pytest.raises(StoryInvalid):
            read_story(path)
        path.write_text("matter: m\nnames: &a [x, *a]\n")
        with pytest.raises(StoryInvalid):
            read_story(path)
        assert time.monotonic() - begun < 5


class TestEntities:
    PAGE = (
        '<?xml version="1.0"?><!DOCTYPE html [{}]>'
        "<html><body><article><p>{} &x; &amp; so on.</p></article></body></html>"
    )

    @pytest.mark.parametrize("said", ['SYSTEM "file://{}"', 'PUBLIC "a" "file://{}"'])
    @pytest.mark.parametrize("name", ["a.html", "a.txt", "a"])
    def test_no_file_is_brought_in(self, tmp_path, said, name):
        (tmp_path / "secret").write_text("the secret of the house")
        path = tmp_path / name
        path.write_text(self.PAGE.format(f"<!ENTITY x {said.format(tmp_path / 'secret')}>", SAID * 3))

        reports, _ = read(path)

        assert len(reports) == 1
        assert "secret of the house" not in reports[0].text

    def test_no_address_is_asked(self, tmp_path, monkeypatch):
        def refuse(*_, **__):
            raise AssertionError("something was fetched")

        monkeypatch.setattr("socket.socket.connect", refuse)
        monkeypatch.setattr("socket.getaddrinfo", refuse)
        outside = '<!ENTITY x SYSTEM "http://127.0.0.1:9/x"><!ENTITY % y SYSTEM "http://127.0.0.1:9/y"> %y;'
        more = '<link rel="stylesheet" href="http://127.0.0.1:9/z"><base href="http://127.0.0.1:9/">'

        text, _ = read_page(self.PAGE.format(outside, SAID * 3 + more), "a.html")

        assert SAID in text

    def test_entities_do_not_multiply(self):
        laughs = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        begun = time.monotonic()

        text, _ = read_page(self.PAGE.format(laughs + '<!ENTITY x "&l9;">', SAID * 3), "a.html")

        assert len(text) < 2000
        assert time.monotonic() - begun < 5


class TestPaths:
    @pytest.mark.parametrize(
        "name",
        [
            "a\nb.txt",
            "\x1b[31mred.txt",
            "‮txt.exe.txt",
            "-rf.txt",
            "'; DROP TABLE reports; --.txt",
            "<script>alert(1)<script>.txt",
            "%2e%2e%2fetc.txt",
            " .txt",
            "=1+1.txt",
            "n" * 251 + ".txt",
            "e\u0301é.txt",
            "😀.txt",
        ],
    )
    def test_odd_names(self, tmp_path, name):
        (tmp_path / name).write_text(SAID)

        (report,), issues = read(tmp_path)

        assert report.text == SAID
        assert report.id.strip() == report.id != ""
        assert not set(report.id) & set("\n\x1b\u202e")
        assert issues == []

    def test_a_name_that_no_encoding_knows(self, tmp_path):
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text(SAID)

        (report,), _ = read(tmp_path)

        assert report.id.encode("utf-8")

    @pytest.mark.parametrize("given", ["a\0b.txt", "x" * 5000, "/dev/null", "/dev/zero", "", "."])
    def test_paths_that_are_none(self, tmp_path, monkeypatch, given):
        monkeypatch.chdir(tmp_path)

        reports, issues = read(Path(given))

        assert reports == []
        assert len(issues) <= 1

    def test_what_is_no_file_is_never_opened(self, tmp_path):
        """Opening a pipe that nobody writes to would wait for ever."""
        os.mkfifo(tmp_path / "pipe.txt")
        (tmp_path / "dev.txt").symlink_to("/dev/zero")
        (tmp_path / "a.txt").write_text(SAID)

        reports, issues = read(tmp_path)
        none, (told,) = read(tmp_path / "pipe.txt")

        assert [x.id for x in reports] == ["a"]
        assert len(issues) == 2
        assert (none, told.code) == ([], "report-unreadable")

    def test_links_in_a_ring(self, tmp_path):
        (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
        (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
        (tmp_path / "up").symlink_to(tmp_path)
        (tmp_path / "c.txt").write_text(SAID)

        reports, issues = read(tmp_path)
        again, _ = read(tmp_path / "a.txt", tmp_path / "c.txt")

        assert [x.id for x in reports] == [x.id for x in again] == ["c"]
        assert len(issues) == 2

    def test_a_link_out_by_way_of_a_link_within(self, tmp_path):
        inside = tmp_path / "in"
        inside.mkdir()
        (tmp_path / "in-secret").mkdir()
        (tmp_path / "in-secret" / "s.txt").write_text(SAID)
        (inside / "one").symlink_to("two")
        (inside / "two").symlink_to("../in-secret")
        (inside / "s.txt").symlink_to("one/s.txt")

        reports, issues = read(inside)

        assert reports == []
        assert sum("leads out of the folder" in x.message for x in issues) == 3


class TestBytes:
    def test_zeros_in_a_text_are_shown_and_keep_their_place(self, tmp_path):
        (tmp_path / "a.txt").write_bytes(f"{SAID * 10}\0 End.".encode())

        (report,), _ = read(tmp_path)

        assert report.text == f"{SAID * 10}\ufffd End."

    def test_nothing_but_zeros(self, tmp_path):
        for name in ("a.txt", "a.html", "a.jsonl", "a.jsonl.gz", "a.warc", "a.parquet"):
            (tmp_path / name).write_bytes(b"\0" * 5000)

        reports, issues = read(tmp_path)

        assert reports == []
        assert {x.code for x in issues} == {"report-unreadable"}

    def test_one_line_of_ten_million_characters(self, tmp_path):
        (tmp_path / "a.txt").write_text("word " * 2_000_000)
        begun = time.monotonic()

        (report,), _ = read(tmp_path)

        assert len(report.text) == 10_000_000
        assert time.monotonic() - begun < 30

    def test_a_line_without_end_is_passed_over_in_pieces(self):
        class Endless(io.RawIOBase):
            left = 60_000_000

            def readable(self):
                return True

            def readinto(self, buffer):
                size = min(len(buffer), self.left)
                self.left -= size
                buffer[:size] = b"x" * size
                return size

        start = line(SAID)
        stream = io.BufferedReader(Endless())
        tracemalloc.start()
        from onrecord.reading.jsonlines import read_json_lines
        from onrecord.reading.streams import after

        found = list(read_json_lines(after(start, stream), "x", "x", Limits(report=1_000_000), None))

        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert [type(x).__name__ for x in found] == ["Draft", "Issue"]
        assert peak < 15_000_000
