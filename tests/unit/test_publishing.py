"""Writing the brief and the records: all files, whole or as they were."""

from __future__ import annotations

import errno
import json
import os
from datetime import date

import pytest

from onrecord import publishing, services
from onrecord.errors import NothingToRead, OutputError

FILES = {
    "brief.html", "brief.md", "reports.jsonl", "statements.jsonl", "positions.jsonl", "standings.jsonl",
    "conflicts.jsonl", "facts.jsonl", "tasks.jsonl",
}  # fmt: skip


@pytest.fixture
def made(extractor, settings, folder, tmp_path):
    return publishing.brief([folder], tmp_path / "deep" / "out", settings)


def rows(path):
    return [json.loads(x) for x in path.read_text(encoding="utf-8").split("\n") if x]


def test_all_files(made, tmp_path):
    out = tmp_path / "deep" / "out"
    assert {x.name for x in out.iterdir()} == FILES
    assert made.page == out / "brief.html"
    assert len(rows(out / "reports.jsonl")) == 3
    assert len(rows(out / "positions.jsonl")) == len(rows(out / "statements.jsonl")) == 3
    assert {r["holder"] for r in rows(out / "standings.jsonl")} == {"AZE", "ITA"}


def test_the_page_and_the_text_name_the_parties(made):
    for name in ("brief.html", "brief.md"):
        said = (made.page.parent / name).read_text(encoding="utf-8")
        assert "Azerbaijan" in said
        assert "Italy" in said


def test_again_is_the_same_to_the_byte(made, settings, folder):
    out = made.page.parent
    before = {x.name: x.read_bytes() for x in out.iterdir()}
    publishing.brief([folder], out, settings)
    assert {x.name: x.read_bytes() for x in out.iterdir()} == before


def test_as_of_and_since(made, settings, folder, tmp_path):
    told = publishing.brief(
        [folder], tmp_path / "then", settings, as_of=date(2025, 12, 31), since=date(2025, 12, 1)
    )
    assert told.answer.as_of == date(2025, 12, 31)
    assert {s.holder: s.stance for s in told.answer.reconciliation.standings} == {
        "AZE": "refused",
        "ITA": "offered",
    }


def test_a_brief_tells_of_its_own_inputs_and_not_of_the_whole_ledger(made, settings, folder, tmp_path):
    told = publishing.brief([folder / "2025-12-05-second.txt"], tmp_path / "one", settings)
    assert {p.holder for p in told.answer.positions} == {"AZE"}


def test_the_title_is_the_storys_or_the_only_matters(made, settings, folder, tmp_path):
    from dataclasses import replace

    from onrecord.vocabulary import load

    title = load().matters["isf_gaza"].label
    assert f"<title>{title}" in made.page.read_text(encoding="utf-8")
    story = tmp_path / "story.yaml"
    story.write_text("matter: isf_gaza\ntitle: Troops & more\n")
    told = publishing.brief([folder], tmp_path / "titled", replace(settings, story=story))
    assert "<title>Troops &amp; more" in told.page.read_text(encoding="utf-8")


def test_the_force_of_an_earlier_story_does_not_stay(made, settings, folder):
    from dataclasses import replace

    out = made.page.parent
    story = out / "story.yaml"
    story.write_text("matter: isf_gaza\nforce: {strength: {required: 900}}\n")
    publishing.brief([folder], out, replace(settings, story=story))
    assert json.loads((out / "force.json").read_text())["required"]["low"] == 900
    publishing.brief([folder], out, settings)
    assert not (out / "force.json").exists()


def test_nothing_to_read_writes_nothing(extractor, settings, tmp_path):
    (tmp_path / "none").mkdir()
    out = tmp_path / "out"
    with pytest.raises(NothingToRead):
        publishing.brief([tmp_path / "none"], out, settings)
    assert list(out.iterdir()) == []


class TestWriting:
    def test_a_full_disk_leaves_the_file_as_it_was(self, tmp_path, monkeypatch):
        path = tmp_path / "a.txt"
        path.write_text("before")

        def full(handle):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="No space left") as raised:
            publishing.write_text(path, "after")
        assert path.read_text() == "before"
        assert [x.name for x in tmp_path.iterdir()] == ["a.txt"]
        assert "--out" in raised.value.hint

    def test_a_folder_that_is_a_file(self, filled, tmp_path):
        (tmp_path / "out").write_text("a file")
        with services.open_ledger(filled, create=False) as ledger:
            answer = services.answer(ledger, filled)
        with pytest.raises(OutputError, match="cannot be made"):
            publishing.write_records(answer, tmp_path / "out")

    def test_a_lone_surrogate_does_not_stop_it(self, tmp_path):
        publishing.write_text(tmp_path / "a.txt", "a\ud800b")
        assert (tmp_path / "a.txt").read_bytes() == b"a?b"
