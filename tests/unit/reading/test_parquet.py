"""Parquet: a row is a report; files that are not whole, or unfold without end, cost little."""

import json
import random
import tracemalloc
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from pyarrow import parquet

from onrecord.errors import NothingToRead
from onrecord.model import DateRange, Report
from onrecord.reading import Limits, read_inputs

SAID = "Rome is ready to send police once the fighting has ended, the minister told parliament."


def read(*inputs, **kwargs):
    reports, issues = [], []
    try:
        for item in read_inputs(list(inputs), **kwargs):
            (reports if isinstance(item, Report) else issues).append(item)
    except NothingToRead:
        assert not reports
    return reports, issues


def written(path, rows, **options):
    parquet.write_table(pa.Table.from_pylist(rows) if isinstance(rows, list) else rows, path, **options)
    return path


def test_rows_are_reports_and_bad_rows_an_issue_each(tmp_path):
    rows = [
        {"id": "a", "text": SAID, "url": "https://wire.example/1", "published": "2025-11-12", "more": [1]},
        {"id": None, "text": SAID + " 2", "url": None, "published": None, "more": None},
        {"id": "c", "text": None, "url": None, "published": None, "more": None},
        {"id": "d", "text": "  ", "url": None, "published": None, "more": None},
        {"id": "a", "text": SAID + " 5", "url": "javascript:alert(1)", "published": "soonish", "more": None},
    ]
    written(tmp_path / "x.parquet", rows)

    reports, issues = read(tmp_path)

    assert [x.text for x in reports] == [SAID, SAID + " 2", SAID + " 5"]
    assert [x.id for x in reports][:2] == ["a", "x-2"]
    assert (reports[0].url, reports[0].published) == ("https://wire.example/1", DateRange.on(date(2025, 11, 12)))
    assert [x.code for x in issues] == ["report-unreadable", "report-empty", "input-error", "input-error"]
    assert issues[0].where.endswith("x.parquet, row 3")


@pytest.mark.parametrize(
    "day", [date(2025, 11, 12), datetime(2025, 11, 12, 9, tzinfo=UTC), datetime(2025, 11, 12, 9), 1762938000]
)
def test_days_of_any_type(tmp_path, day):
    (report,), _ = read(written(tmp_path / "x.parquet", [{"text": SAID, "published": day}]))

    assert report.published == DateRange.on(date(2025, 11, 12))


def test_the_same_as_json_lines(tmp_path):
    rows = [{"id": f"r{n}", "text": f"{SAID} {n}", "outlet": "Wire", "title": f"Rome {n}"} for n in range(200)]
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(x) + "\n" for x in rows))

    assert read(written(tmp_path / "x.parquet", rows)) == read(tmp_path / "x.jsonl")


@pytest.mark.parametrize("rows", [[{"body": SAID}], [{"text": 7}], [{"text": [SAID]}], [{"text": b"\xff\xfe"}]])
def test_a_file_without_texts(tmp_path, rows):
    reports, issues = read(written(tmp_path / "x.parquet", rows))

    assert (reports, [x.code for x in issues]) == ([], ["report-unreadable"])


def test_bytes_that_are_no_text(tmp_path):
    bad = pa.Array.from_buffers(
        pa.utf8(), 1, [None, pa.py_buffer(b"\x00\x00\x00\x00\x02\x00\x00\x00"), pa.py_buffer(b"\xff\xfe")]
    )

    reports, issues = read(written(tmp_path / "x.parquet", pa.table({"text": bad})))

    assert (reports, [x.code for x in issues]) == ([], ["report-unreadable"])


def test_a_day_that_no_calendar_has(tmp_path):
    far = pa.array([2**62], pa.timestamp("us"))

    (report,), _ = read(written(tmp_path / "x.parquet", pa.table({"text": [SAID], "published": far})))

    assert report.published is None


def test_a_file_flipped_or_cut_anywhere_is_told_and_the_rest_is_read(tmp_path):
    path = written(tmp_path / "x.parquet", [{"id": f"r{n}", "text": f"{SAID} {n}"} for n in range(50)])
    whole, chance = path.read_bytes(), random.Random(3)
    (tmp_path / "y.txt").write_text(SAID)
    for _ in range(300):
        at = chance.randrange(len(whole))
        data = whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :]
        path.write_bytes(data if chance.random() < 0.7 else data[: chance.randrange(len(data))])

        reports, _ = read(tmp_path)

        assert reports[-1].id == "y"


def test_a_text_that_stands_once_and_in_every_row(tmp_path):
    """A fifth of a megabyte that would be a thousand: the file holds the text once."""
    text = SAID + "".join(random.Random(1).choices("abcdefgh ", k=200_000))
    indices = pa.array([0] * 5000, pa.int32())
    table = pa.table({"text": pa.DictionaryArray.from_arrays(indices, [text])})
    path = written(tmp_path / "x.parquet", table, compression="NONE")
    assert path.stat().st_size < 500_000
    tracemalloc.start()

    reports, issues = 0, []
    for item in read_inputs([path], limits=Limits(report=1_000_000, ratio=10)):
        if isinstance(item, Report):
            reports += 1
        else:
            issues.append(item)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 5 < reports < 30
    assert [x.code for x in issues] == ["report-too-large"]
    assert peak < 10_000_000


def test_without_pyarrow_it_is_told(tmp_path, monkeypatch):
    path = written(tmp_path / "x.parquet", [{"text": SAID}])
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)

    _, (issue,) = read(path)

    assert issue.code == "report-unreadable"
    assert "onrecord[archives]" in issue.hint
