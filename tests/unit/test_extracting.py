"""Reports shared out among processes: the same records in the same order, whatever befalls a worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import extracting, extractors, services
from onrecord.extracting import extract_each
from onrecord.extractors import make_extractor
from onrecord.model import Report, Story, digest
from onrecord.settings import processes
from onrecord.vocabulary import load

STORY = Story("s", "isf_gaza", "A force for Gaza", names=("the sand force",))
SAID = (
    "Norway's defence minister said on Monday that Oslo would send up to 200 soldiers to the stabilisation force.",
    "Jordan will not send troops to Gaza, its foreign minister told reporters, unless the Security Council agrees.",
    "The government in Jakarta has offered 1,000 police officers, a spokesman said. Kenya has promised engineers.",
    "Officials in Cairo said that Egypt was ready to train Palestinian police once a ceasefire holds.",
    "Baku has ruled out a part in disarming anybody, according to a senior diplomat. It may pay for the sand force.",
)


def reports() -> list[Report]:
    return [Report(f"r{n}", text, digest(text), f"Outlet {n}") for n, text in enumerate(SAID)]


def here():
    return make_extractor(load(), STORY, rules_only=True)


@pytest.fixture
def shared_out(monkeypatch):
    """Few words are enough for workers."""
    monkeypatch.setattr(extracting, "WORTH", 0)


def never_here():
    raise AssertionError("this process was to leave it to the workers")


@pytest.mark.usefixtures("shared_out")
class TestWorkers:
    def test_find_what_one_process_finds(self):
        alone = list(extract_each(reports(), here, STORY, rules_only=True))
        together = list(extract_each(reports(), never_here, STORY, rules_only=True, workers=2))
        assert together == alone
        assert any(made.positions for made in alone)
        assert multiprocessing.active_children() == []

    def test_a_lost_one_leaves_its_reports_to_this_process(self):
        alone = [here().extract(r) for r in reports()]
        with closing(extract_each(reports(), here, STORY, rules_only=True, workers=2)) as found:
            made = [next(found)]
            for child in multiprocessing.active_children():
                os.kill(child.pid, signal.SIGKILL)
            made += found
        assert made == alone

    def test_they_end_when_the_reader_stops_in_the_middle(self):
        with closing(extract_each(reports(), never_here, STORY, rules_only=True, workers=2)) as found:
            next(found)
            assert len(multiprocessing.active_children()) == 2
        assert multiprocessing.active_children() == []

    def test_they_end_when_the_first_process_is_killed(self, tmp_path):
        script = tmp_path / "reading.py"
        script.write_text(
            textwrap.dedent("""
            import multiprocessing, os, signal
            from onrecord import extracting
            from onrecord.model import Report, digest

            if __name__ == "__main__":
                extracting.WORTH = 0
                texts = [f"Norway will send {n} soldiers." for n in range(3)]
                found = extracting.extract_each(
                    [Report(t, t, digest(t)) for t in texts], None, None, rules_only=True, workers=2
                )
                next(found)
                print(*(child.pid for child in multiprocessing.active_children()), flush=True)
                os.kill(os.getpid(), signal.SIGKILL)
        """)
        )
        done = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, text=True, check=False)
        workers = [int(x) for x in done.stdout.split()]
        assert done.returncode == -signal.SIGKILL
        assert len(workers) == 2
        until = time.monotonic() + 120
        while any(map(running, workers)):
            assert time.monotonic() < until, "a worker outlived the process that began it"
            time.sleep(0.1)

    def test_a_whole_run_tells_the_same_and_leaves_the_same_ledger(self, settings, tmp_path):
        folder = tmp_path / "reports"
        folder.mkdir()
        for report in reports():
            (folder / f"{report.id}.txt").write_text(report.text)
        runs = []
        for workers in (1, 2):
            told = []
            own = replace(settings, ledger=tmp_path / f"{workers}.db", workers=workers)
            with services.open_ledger(own) as ledger:
                made = services.read([folder], ledger, own, progress=lambda *x, told=told: told.append(x))
                rows = ledger.reports(), ledger.statements(), ledger.positions(), ledger.facts()
                runs.append((made, told, [list(x) for x in rows]))
        assert runs[0] == runs[1]
        assert runs[0][0].added == tuple(r.id for r in reports())


def running(process: int) -> bool:
    """Whether a process is there and not merely still listed."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_few_words_begin_no_worker(monkeypatch):
    monkeypatch.setattr(extracting, "_by_workers", never_here)
    assert len(list(extract_each(reports(), here, STORY, rules_only=True, workers=2))) == len(SAID)


def test_there_is_a_worker_for_each_core_that_has_room(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3})
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "MemTotal: 9 kB\nMemAvailable: 2500000 kB\n")
    assert processes() == 2
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "MemAvailable: 10 kB\n")
    assert processes() == 1
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "no such line")
    assert processes() == 4


def test_the_networks_read_a_text_once():
    """Papers print one agency's words: the second report of a text costs the rules alone."""
    _, attribution, cues = extractors._parts(False, 2)
    assert cues is not None
    attribution.cache_clear()
    cues.cache_clear()
    extractor = make_extractor(load(), None)
    first, again = (extractor.extract(replace(reports()[0], id=x, outlet=x)) for x in ("a", "b"))
    assert cues.cache_info().misses == attribution.cache_info().misses == 1
    assert cues.cache_info().hits == attribution.cache_info().hits == 1
    assert [(p.holder, p.stance) for p in first.positions] == [(p.holder, p.stance) for p in again.positions]
