"""The record in a notebook: records, data frames, days; and that the package stays light until it is asked."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

import onrecord
from onrecord.errors import InputError, LedgerError, OutputError, UnknownName


@pytest.fixture
def story(filled):
    with onrecord.open(filled.ledger) as opened:
        yield opened


def test_import_by_itself_loads_no_room():
    code = (
        "import sys, onrecord; before = set(sys.modules); onrecord.__version__; "
        "heavy = {'spacy', 'numpy', 'sqlalchemy', 'click', 'polars', 'pandas', 'yaml', 'onrecord.services'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_an_unknown_name_of_the_package_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'shut'"):
        _ = onrecord.shut


def test_records_are_those_of_the_export(story, filled):
    from onrecord import services
    from onrecord.model.records import position_record

    with services.open_ledger(filled) as ledger:
        assert story.positions().records() == [position_record(p) for p in ledger.positions()]
    assert len(story.reports()) == 3
    assert len(story.statements()) == 3
    assert len(story.facts()) == 0
    assert {c["kind"] for c in story.conflicts()} >= {"reversal"}
    assert story.positions()[0]["holder"] in {"ITA", "AZE"}
    assert "3 reports, 3 positions" in repr(story)
    assert "<3 positions" in repr(story.positions())


def test_as_of_a_day(story):
    (italy,) = story.standings("Italy")
    assert italy["stance"] == "refused"
    (before,) = story.standings("ITA", as_of="2025-12-31")
    assert before["stance"] == "offered"
    assert story.standings("ITA", as_of=date(2025, 12, 31)).records() == [before]
    assert len(story.reports(as_of="2025-12-31")) == 2
    assert len(story.positions(as_of="2025-12-31")) == 2
    assert len(story.statements(as_of="2025-11-03")) == 1
    assert story.as_of == date(2026, 2, 10)


def test_opened_for_a_day(filled):
    with onrecord.open(filled.ledger, as_of="2025-12-31") as story:
        assert story.as_of == date(2025, 12, 31)
        assert {s["stance"] for s in story.standings("ITA")} == {"offered"}


def test_filters(story):
    assert len(story.positions("aze")) == 1
    assert len(story.positions(task="contribute_police", matter="isf_gaza")) == 2
    assert len(story.positions(matter="elsewhere")) == 0
    assert len(story.positions(report="2025-12-05-second")) == 1
    assert len(story.standings(task="contribute_troops")) == 1


def test_what_is_wrong_is_said(story, tmp_path):
    with pytest.raises(UnknownName, match="Italia"):
        story.standings("Italia")
    with pytest.raises(InputError, match="no day"):
        story.standings(as_of="yesterday")
    with pytest.raises(LedgerError):
        onrecord.open(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_what_is_added_meanwhile_is_seen(story, filled, extractor, tmp_path):
    from onrecord import services

    assert len(story.standings()) == 2
    (tmp_path / "new.txt").write_text("The day was long in the capital.\nNOR offered fund for isf_gaza.\n")
    with services.open_ledger(filled) as ledger:
        services.read([tmp_path / "new.txt"], ledger, filled)
    assert len(story.standings()) == 3


def test_to_polars(story):
    pl = pytest.importorskip("polars")
    made = story.positions().to_polars()
    assert made["holder"].sort().to_list() == ["AZE", "ITA", "ITA"]
    assert made.schema["said_on"] == pl.Date
    assert made["evidence"].struct.field("text").str.contains("contribute_").all()
    assert story.standings().to_polars().filter(pl.col("polarity") == "against").height == 2
    assert story.facts().to_polars().height == 0


def test_to_pandas(story):
    pd = pytest.importorskip("pandas")
    made = story.reports().to_pandas()
    assert list(made["published_latest"]) == list(pd.to_datetime(["2025-11-03", "2025-12-05", "2026-02-10"]))
    standings = story.standings().to_pandas()
    assert standings["probability"].between(0, 1).all()
    assert standings["as_of"].eq(pd.Timestamp("2026-02-10")).all()
    assert list(story.facts().to_pandas().columns[:3]) == ["id", "report", "kind"]


def test_to_csv(story):
    assert story.standings().to_csv().splitlines()[0].startswith("id,holder,performer,task,matter,as_of")


@pytest.mark.parametrize(("module", "way"), [("polars", "to_polars"), ("pandas", "to_pandas")])
def test_without_the_library_the_next_step_is_told(story, monkeypatch, module, way):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(OutputError, match="install"):
        getattr(story.standings(), way)()
