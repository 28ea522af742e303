"""What bad input gets: an error with its code and the next step, the bad report skipped, the rest done."""

from __future__ import annotations

import json
import os
import re
import resource
import sqlite3
import subprocess

import pytest

GOOD = "Italy ruled out sending soldiers to Gaza, its defence minister said on 20 November 2025.\n"
PAGE = """<!doctype html><html><head><title>Rome &amp; Gaza <script>alert(1)</script></title>
<meta property="article:published_time" content="2025-11-21"></head><body><article><h1>Rome</h1>
<p>Italy ruled out sending soldiers to Gaza, its defence minister said on Thursday after a long sitting.</p>
<script>document.title = "run"; alert(8)</script><img src=x onerror="document.title='run'">
<p>"We will not take part in combat," he told reporters in Rome, and he named no other country.</p>
</article></body></html>"""
HOSTILE = {
    "id": "x</script><script>alert(2)</script>",
    "title": "<img src=x onerror=alert(3)>",
    "outlet": '"><svg onload=alert(4)>',
    "url": "javascript:alert(5)",
    "text": "Spain will send police. <script>alert(6)</script> [x](javascript:alert(7)) \x1b[2J\u202e",
}
WORDS = "Türkiye and Côte d’Ivoire will send police to Haiti, a “spokesman” said on 20 November. " * 3

BAD = {
    "empty.txt": (b"", "report-empty"),
    "blank.md": (b" \n\t\n", "report-empty"),
    "binary.txt": (bytes(range(256)) * 40, "report-unreadable"),
    "photo.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "report-unreadable"),
    "cut-in-the-head.html": (PAGE[:60].encode(), "report-empty|report-unreadable"),
    "no-text.jsonl": (b'{"id": "a", "title": "no text"}\n', "report-unreadable"),
    "broken.jsonl": (b'{"id": "a", "text": "cut off in the mid', "report-unreadable"),
    "zipped.jsonl.gz": (b"\x1f\x8b\x08\x00 no gzip at all", "report-unreadable"),
    "large.txt": (b"Long. " * 9_000_000, "report-too-large"),
}
"""What cannot be read, with the code that it gets."""
FAIR = {
    "good.txt": GOOD.encode(),
    "some.jsonl": b'{"id": "line", "text": "Spain will send police."}\n{"id": "b"}\n[1]\nnot json\n',
    "hostile.jsonl": json.dumps(HOSTILE).encode() + b"\n",
    "page.html": PAGE.encode(),
    "half.html": PAGE[: PAGE.index("he named")].encode(),
    "windows.txt": WORDS.encode("windows-1252"),
    "wide.txt": WORDS.replace("police", "officers").encode("utf-16"),
    "marked.txt": WORDS.replace("police", "doctors").encode("utf-8-sig"),
}
"""What can, with what is wrong with it."""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory, onrecord):
    """A folder with all of them, read in one run: what the command said, and the output folder."""
    place = tmp_path_factory.mktemp("mixed")
    folder = place / "reports"
    folder.mkdir()
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    for name, content in FAIR.items():
        (folder / name).write_bytes(content)
    # A file name in bytes that no encoding knows must not stop the run either.
    handle = os.open(os.fsencode(folder) + b"/caf\xe9.txt", os.O_WRONLY | os.O_CREAT)
    os.write(handle, b"Spain will send nurses to Haiti, it said on 20 November 2025.\n")
    os.close(handle)
    said = onrecord("brief", folder, "--out", place / "out", "--rules-only")
    assert said.status == 0, said.err
    return said, place / "out"


@pytest.fixture(scope="module")
def reports(mixed, lines):
    return {r["id"]: r for r in lines(mixed[1] / "reports.jsonl")}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "reports"
    place.mkdir()
    (place / "good.txt").write_text(GOOD)
    return place


@pytest.fixture
def brief(onrecord, folder, tmp_path):
    def run(**more):
        return onrecord("brief", folder, "--out", tmp_path / "out", "--rules-only", **more)

    return run


@pytest.fixture(scope="module")
def issues(mixed, onrecord):
    return onrecord("issues", "--ledger", mixed[1] / "ledger.db").records


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_report_is_told_skipped_and_kept_as_an_issue(mixed, issues, reports, name):
    said, out = mixed
    code = BAD[name][1]
    assert re.search(rf"^({code}): .*{re.escape(name)}", said.err, re.M), said.err
    kept = [i for i in issues if name in i["where"]]
    assert kept
    assert all(re.fullmatch(code, i["code"]) and i["hint"] for i in kept)
    assert name.partition(".")[0] not in reports
    page = (out / "brief.html").read_text(encoding="utf-8")
    assert name in page, "the brief says what was not read"


def test_the_rest_is_done(reports):
    assert {"good", "line", "page", "half", "windows", "wide", "marked", HOSTILE["id"]} <= set(reports)
    assert any(r["text"].startswith("Spain will send nurses") for r in reports.values())


def test_the_good_lines_of_a_file_with_bad_ones(mixed):
    said = mixed[0].err
    assert [f"some.jsonl, line {n} " in said for n in (1, 2, 3, 4)] == [False, True, True, True]


def test_encodings_that_news_comes_in(reports):
    assert reports["windows"]["text"] == WORDS
    assert reports["wide"]["text"] == WORDS.replace("police", "officers")
    assert reports["marked"]["text"] == WORDS.replace("police", "doctors")


def test_a_download_that_stopped_half_way_keeps_what_came(reports):
    assert "Italy ruled out sending soldiers" in reports["half"]["text"]
    assert "no other country" not in reports["half"]["text"]


def test_scripts_in_a_page_and_in_a_title_never_run(mixed, reports):
    out = mixed[1]
    page = (out / "brief.html").read_text(encoding="utf-8")
    for n in (1, 2, 6, 8):
        assert f"<script>alert({n})" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    assert not re.search(r"""href\s*=\s*["']?javascript:""", page)
    text = (out / "brief.md").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<(script|img|svg)", text)
    assert not re.search(r"(?<!\\)\]\(javascript:", text)
    assert reports[HOSTILE["id"]]["text"] == HOSTILE["text"], "the text itself is kept as it is"


def test_a_terminal_is_not_steered(mixed, onrecord):
    said = onrecord("show", HOSTILE["id"], "--ledger", mixed[1] / "ledger.db").out
    assert "Spain will send police." in said
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_a_folder_without_articles(onrecord, tmp_path):
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "notes.pdf").write_bytes(b"%PDF-1.7\n")
    said = onrecord("brief", tmp_path / "none", "--out", tmp_path / "out")
    assert (said.status, said.out) == (1, "")
    last = said.err.splitlines()[-1]
    assert re.match(r"error: nothing-to-read: .*none.*\.txt, \.md, \.html, \.jsonl, \.warc or \.parquet", last)
    assert not (tmp_path / "out" / "brief.html").exists()


def test_a_ledger_of_a_newer_version(brief, folder, tmp_path):
    assert brief().status == 0
    ledger = tmp_path / "out" / "ledger.db"
    with sqlite3.connect(ledger) as conn:
        assert conn.execute("PRAGMA user_version").fetchone()[0] < 999
        conn.execute("PRAGMA user_version = 999")
    conn.close()
    before = ledger.read_bytes()
    said = brief()
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("error: ledger-too-new: ")
    assert ledger.read_bytes() == before


def test_a_file_that_is_no_ledger(onrecord, folder, tmp_path):
    (tmp_path / "x.db").write_text("a shopping list, and not a ledger at all")
    said = onrecord("read", folder, "--ledger", tmp_path / "x.db", "--rules-only")
    assert said.status == 1
    assert said.err.startswith("error: ledger-damaged: ")
    assert (tmp_path / "x.db").read_text().startswith("a shopping list")


class TestNoRoom:
    """No file may grow beyond a limit, as on a disk that fills up; every machine knows how to set one."""

    @pytest.mark.parametrize("most", [1_000, 120_000])
    def test_told_and_nothing_half_written(self, brief, tmp_path, most):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # noqa: E731
        said = brief(preexec_fn=limit)
        assert said.status == 1
        assert re.search(r"^error: (ledger-full|output-error): .*", said.err, re.M), said.err
        out = tmp_path / "out"
        assert [x.name for x in out.iterdir() if x.name.startswith(".")] == [], "nothing half-written is left"
        again = brief()
        assert again.status == 0, "with room it goes on where it was"
        assert (out / "brief.html").read_text(encoding="utf-8").rstrip().endswith("</html>")

    def test_a_small_disk(self, onrecord, folder, tmp_path):
        disk = tmp_path / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk]
        try:
            mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        except OSError:
            mounted = False
        if not mounted:
            pytest.skip("this machine does not let us mount a small disk")
        try:
            (disk / "filler").write_bytes(b"x" * 250_000)
            said = onrecord("brief", folder, "--out", disk / "out", "--rules-only")
            assert said.status == 1
            assert re.match(r"error: (ledger-full|output-error): ", said.err)
            assert "room" in said.err
        finally:
            subprocess.run(["umount", "-l", disk], check=True)

    def test_a_folder_that_cannot_be_written(self, onrecord, folder, tmp_path):
        (tmp_path / "out").write_text("a file")
        said = onrecord("brief", folder, "--out", tmp_path / "out" / "deep", "--rules-only")
        assert said.status == 1
        assert said.err.startswith("error: output-error: ")
        assert "--out" in said.err


def test_a_story_with_a_slip(onrecord, folder, tmp_path):
    (tmp_path / "story.yaml").write_text("matter: isf_gaza\nundertakings:\n  disarmm: Weapons\n")
    said = onrecord("brief", folder, "--story", tmp_path / "story.yaml", "--out", tmp_path / "out")
    assert said.status == 1
    assert said.err.startswith("error: story-invalid: story.yaml, line 3")
    assert "did you mean 'disarm'?" in said.err
