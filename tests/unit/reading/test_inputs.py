"""Files, folders, streams: what is read, in which order, and what bad input gets."""

import gzip
import io
import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import NothingToRead
from onrecord.model import DateRange, Issue, Report, digest
from onrecord.reading import Limits, read_inputs
from onrecord.vocabulary.types import Outlet

SAID = "Rome is ready to send police once the fighting has ended, the minister told parliament."


def read(*inputs, **kwargs):
    reports, issues = [], []
    try:
        for item in read_inputs(list(inputs), **kwargs):
            (reports if isinstance(item, Report) else issues).append(item)
    except NothingToRead:
        assert not reports
    return reports, issues


def lines(*rows):
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def test_a_text_is_kept_as_it_is(tmp_path):
    text = "  Rome offers police\r\n\r\n" + SAID + " \r\n"
    (tmp_path / "rome.txt").write_bytes(text.encode("utf-8-sig"))

    (report,), issues = read(tmp_path)

    assert report == Report("rome", text, digest(text), title="Rome offers police")
    assert issues == []


def test_a_folder_is_walked_in_the_order_of_names_each_file_once(tmp_path):
    for name in ("b/z.txt", "b/a.md", "c.html", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(
            f"<html><p>{SAID} {name}</p>" if name.endswith("html") else f"{SAID} {name}"
        )

    once, _ = read(tmp_path)
    again, _ = read(tmp_path / "c.html", tmp_path, tmp_path / "b" / "z.txt")

    assert [x.id for x in once] == ["a", "a-" + digest(f"{SAID} b/a.md")[:8], "z", "c"]
    assert sorted(x.text for x in again) == sorted(x.text for x in once)


def test_json_lines_give_their_fields_and_bad_lines_an_issue_each(tmp_path):
    path = tmp_path / "feed.jsonl"
    path.write_text(
        lines(
            {
                "id": "x",
                "url": "https://wire.example/1",
                "outlet": None,
                "published": "2025-11-12",
                "title": None,
                "text": SAID,
            },
            {"id": "x", "text": SAID + " Again."},
            {"title": "no text"},
            {"text": None},
            {"text": 7},
            {"text": "  "},
            "{not json",
            "[1]",
            "[" * 100_000,
            "",
            {
                "text": SAID + " Last.",
                "published": "soonish",
                "url": "javascript:alert(1)",
                "upstream": ["Reuters", 3],
            },
        )
    )

    reports, issues = read(path)

    assert [x.id for x in reports] == ["x", "x-" + digest(SAID + " Again.")[:8], "feed-11"]
    assert (reports[0].outlet, reports[0].published) == ("wire.example", DateRange.on(date(2025, 11, 12)))
    assert (reports[2].url, reports[2].published, reports[2].upstream) == (None, None, ("Reuters", "3"))
    codes = [(x.where.rsplit(" ", 1)[1], x.code) for x in issues]
    assert codes == [
        ("3", "report-unreadable"),
        ("4", "report-unreadable"),
        ("5", "report-unreadable"),
        ("6", "report-empty"),
        ("7", "report-unreadable"),
        ("8", "report-unreadable"),
        ("9", "report-unreadable"),
        ("11", "input-error"),
        ("11", "input-error"),
    ]
    assert all(str(path) in x.where for x in issues)
    assert all(x.hint for x in issues)


def test_the_export_of_reports_is_read_back(tmp_path):
    from onrecord.model.records import report_record

    report = Report(
        "x",
        SAID,
        digest(SAID),
        outlet="Wire",
        title="T",
        published=DateRange(date(2025, 1, 1), date(2025, 1, 9), True),
    )
    (tmp_path / "reports.jsonl").write_text(lines(report_record(report)))

    assert read(tmp_path) == ([report], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_json_lines_in_any_encoding(tmp_path, encoding):
    row = json.dumps({"text": "Türkiye’s offer stands, the minister said."}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_bytes((row + "\n" + row + "\n").encode(encoding))

    reports, issues = read(tmp_path)

    assert [x.text for x in reports] == ["Türkiye’s offer stands, the minister said."] * 2
    assert issues == []


def test_bad_files_become_issues_and_the_rest_is_read(tmp_path):
    (tmp_path / "good.txt").write_text(SAID)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.md").write_text(" \n\t\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "renamed.html").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "half.html").write_text("<!doctype html><html><head><title>Ro")
    (tmp_path / "broken.jsonl.gz").write_bytes(
        gzip.compress(lines({"text": SAID + " Zip."}).encode() * 99)[:-20]
    )
    (tmp_path / "not.jsonl.gz").write_text(SAID)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "notes.docx").write_bytes(b"PK")

    reports, issues = read(tmp_path)

    assert "good" in [x.id for x in reports]
    found = {Path(x.where).name: x for x in issues}
    assert found["empty.txt"].code == found["blank.md"].code == "report-empty"
    for name in ("binary.txt", "renamed.html", "half.html", "broken.jsonl.gz", "not.jsonl.gz"):
        assert found[name].code == "report-unreadable", name
    others = found[tmp_path.name]
    assert "2 files" in others.message
    assert ".docx" in others.message
    assert len(issues) == 8


def test_a_file_above_the_limit_is_refused_before_it_is_in_memory(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    (tmp_path / "small.txt").write_text(SAID)
    tracemalloc.start()

    reports, (issue,) = read(tmp_path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [x.id for x in reports] == ["small"]
    assert issue.code == "report-too-large"
    assert peak < 45_000_000


def test_a_long_line_is_passed_over_and_the_next_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(lines({"text": "x" * 50_000}, {"text": SAID}))

    reports, (issue,) = read(path, limits=Limits(report=10_000))

    assert [x.id for x in reports] == ["a-2"]
    assert (issue.code, issue.where) == ("report-too-large", f"{path}, line 1")


def test_a_bomb_stops_at_the_limit_and_what_came_before_is_kept(tmp_path):
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb") as file:
        file.write(lines({"text": SAID}).encode())
        file.write(b" " * 5_000_000)

    reports, (issue,) = read(path, limits=Limits(report=10_000, unpacked=1_000_000))

    assert [x.text for x in reports] == [SAID]
    assert issue.code == "report-too-large"


def test_hidden_files_and_links_that_lead_out_are_passed_over_and_named(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / ".cache").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text(SAID + " Secret.")
    (inside / "a.txt").write_text(SAID)
    (inside / ".b.txt").write_text(SAID)
    (inside / ".cache" / "c.txt").write_text(SAID)
    (inside / "file.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "nowhere.txt").symlink_to(inside / "missing")

    reports, issues = read(inside)

    assert [x.text for x in reports] == [SAID]
    messages = " ".join(x.message for x in issues)
    assert "2 hidden" in messages
    assert messages.count("leads out of the folder") == 2
    assert "nowhere.txt" in messages
    named, none = read(inside / "file.txt")
    assert (named[0].text, none) == (SAID + " Secret.", [])


def test_a_file_of_another_kind_is_tried_as_text_when_it_is_named(tmp_path):
    (tmp_path / "story").write_text(SAID)
    (tmp_path / "page.php").write_text(f"<!doctype html><html><body><p>{SAID}</p></body></html>")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n")

    reports, (issue,) = read(tmp_path / "story", tmp_path / "page.php", tmp_path / "photo.png")

    assert [x.text for x in reports] == [SAID, SAID]
    assert issue.code == "report-unreadable"


def test_nothing_to_read_is_an_error_after_the_issues(tmp_path):
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    found = read_inputs([tmp_path, tmp_path / "missing"])

    assert [next(found).code, next(found).code] == ["input-error", "report-unreadable"]
    with pytest.raises(NothingToRead):
        next(found)
    with pytest.raises(NothingToRead):
        list(read_inputs([]))


def test_standard_input_is_a_text_or_json_lines_or_a_page():
    rows = lines({"id": "a", "text": SAID}, {"text": SAID + " Two."}).encode()

    assert [x.id for x in read("-", stdin=io.BytesIO(SAID.encode()))[0]] == ["stdin"]
    assert [x.id for x in read("-", stdin=io.BytesIO(rows))[0]] == ["a", "stdin-2"]
    page = f"<!doctype html><html><body><p>{SAID}</p></body></html>".encode()
    assert [x.text for x in read("-", stdin=io.BytesIO(page))[0]] == [SAID]
    assert read("-", stdin=io.BytesIO(b""))[1][0].code == "report-empty"
    assert read("-", stdin=io.BytesIO(b"x" * 99), limits=Limits(report=50))[1][0].code == "report-too-large"
    long = read("-", stdin=io.BytesIO(rows), limits=Limits(report=len(rows) // 2 + 20))[0]
    assert [x.id for x in long] == ["a", "stdin-2"]


def test_hostile_fields_are_made_harmless(tmp_path):
    row = {
        "id": "../../etc\0\npasswd",
        "title": "a\u202eb\n<script>",
        "outlet": ["x"],
        "text": "Rome \ud800 said\0 no.",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row))

    (report,), _ = read(tmp_path)

    assert report.text == "Rome \ufffd said\ufffd no."
    assert report.text.encode("utf-8")
    assert report.id == "../../etc passwd"
    assert report.title == "a b <script>"
    assert report.outlet is None


def test_the_day_is_taken_from_address_and_name_where_the_input_states_none(tmp_path):
    (tmp_path / "2026-02-15-greece.txt").write_text(SAID)
    (tmp_path / "b.jsonl").write_text(
        lines(
            {"id": "m", "url": "https://x.example/originals/2026/02/rome", "text": SAID + " 1"},
            {"id": "d", "url": "https://x.example/2026/02/15/rome", "text": SAID + " 2"},
            {"id": "n", "url": "https://x.example/news/1951805/rome-2000", "text": SAID + " 3"},
        )
    )

    days = {x.id: x.published for x in read(tmp_path)[0]}

    assert days["2026-02-15-greece"] == days["d"] == DateRange.on(date(2026, 2, 15), inferred=True)
    assert days["m"] == DateRange(date(2026, 2, 1), date(2026, 2, 28), inferred=True)
    assert days["n"] is None


def test_an_outlet_is_named_by_its_host_where_it_is_known(tmp_path):
    (tmp_path / "a.jsonl").write_text(lines({"url": "https://www.wire.example/1", "text": SAID}))

    def finder(host):
        return Outlet("wire", "Harbour Wire", "agency") if host == "wire.example" else None

    assert read(tmp_path, outlets=finder)[0][0].outlet == "Harbour Wire"


def test_damage_and_unread_dates_are_noted(tmp_path):
    (tmp_path / "a.md").write_bytes(
        b"---\ndate: soonish\n---\n" + f"{SAID} Türkiye. Ankara. Çankırı".encode()[:-1]
    )

    reports, issues = read(tmp_path)

    assert len(reports) == 1
    assert [x.code for x in issues] == ["input-error", "input-error"]
    assert "soonish" in issues[1].message


def test_a_folder_that_cannot_be_opened_is_an_issue(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(SAID)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    reports, (issue,) = read(tmp_path)

    assert reports == []
    assert isinstance(issue, Issue)
    assert "Permission denied" in issue.message
