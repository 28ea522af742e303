"""Large collections read in parts: the same ledger as in one go, whatever is killed, lost or started again.

The engine here is this process; ``tests/faults/test_workers_lost.py`` has workers that are killed.
"""

from __future__ import annotations

import gc
import gzip
import io
import json
import random
import sys
import tracemalloc
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from onrecord import cli, services, spreading
from onrecord.errors import (
    LedgerError,
    MachinesDiffer,
    MachinesMissing,
    NothingToRead,
    OutputError,
    PartLost,
    WorkFolderInvalid,
)
from onrecord.model import DateRange, Report, digest
from onrecord.model.records import fact_record, issue_record, position_record, report_record, statement_record
from onrecord.reading import mark_repeats
from onrecord.reading.repeats import BANDS, PERMUTATIONS, sketch_of, triples_of, words_of
from onrecord.settings import Settings
from onrecord.spreading import about, cutting, machines, parts, repeats, tasks

SAID = "ITA offered contribute_police for isf_gaza.\nAZE refused contribute_troops for isf_gaza."
LONG = "The ministers met in the capital on Tuesday and spoke of the force at some length before they left again. "

FRENCH = "Le ministre a dit que le gouvernement ne voulait pas envoyer de soldats dans la région. " * 4


class Counting(spreading.Here):
    """This process, which notes what it did, and is lost when it is told to be."""

    def __init__(self, lost_after=None):
        self.done, self.lost_after = [], lost_after

    def each(self, work, given):
        for task in given:
            if self.lost_after is not None and len(self.done) >= self.lost_after:
                raise KeyboardInterrupt
            self.done.append((work.__name__, task.number))
            yield work(task)


@pytest.fixture
def plain(extractor, monkeypatch):
    """The plain extractor, in workers too."""
    monkeypatch.setattr(tasks, "make_extractor", lambda *args, **more: extractor)
    tasks._kept_extractor.cache_clear()
    yield extractor
    tasks._kept_extractor.cache_clear()


def line(**fields):
    return json.dumps(fields) + "\n"


@pytest.fixture
def collection(tmp_path):
    """Files of each kind, with ids that clash, texts that repeat each other, and things that cannot be read."""
    zstandard = pytest.importorskip("zstandard")
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    place = tmp_path / "collection"
    (place / "deeper").mkdir(parents=True)
    body = LONG * 4 + SAID
    (place / "a.txt").write_text(f"Published: 2026-01-05\n\n{LONG}\n{SAID}\n")
    (place / "deeper" / "a.txt").write_text(f"Published: 2026-01-06\n\nAnother text. {LONG}\n{SAID}\n")
    page = f"<html><head><title>T</title></head><body><article><p>{body}</p></article></body>"
    (place / "page.html").write_text(page)
    (place / "empty.txt").write_bytes(b"")
    (place / "picture.png").write_bytes(b"x")
    (place / ".hidden").write_text("x")
    first = [
        line(id="w1", outlet="Wire", published="2026-02-02", text=body),
        line(id="w2", outlet="Mirror", published="2026-02-01", text="LONDON, Feb 1 (Mirror) - " + body),
        line(id="w3", outlet="WIRE ", published="2026-01-31", text=body),
        line(id="w1", outlet="Third", text=body.replace("offered", "refused")),
        line(id="w1", outlet="Third", text="Quite another. " + SAID),
        line(id="no text"),
        "no json\n",
        line(id="fr", text=FRENCH),
        line(id="fr", text="NOR offered fund. The minister said so on Friday and nobody asked him why he did."),
        line(outlet="Fifth", url="https://fifth.example/2026/01/09/x", title="T", upstream=["Wire"], text="A. " + body),
    ]
    (place / "b.jsonl").write_text("".join(first))
    (place / "c.jsonl.gz").write_bytes(gzip.compress("".join(first[:3]).encode()))
    packed = zstandard.ZstdCompressor().compress(line(id="z", published="yesterday", text="Z. " + LONG + SAID).encode())
    (place / "d.jsonl.zst").write_bytes(packed)
    table = {"id": ["w1", "p2"], "text": ["Of a table. " + body, LONG], "outlet": ["Table", None]}
    parquet.write_table(pyarrow.table(table), place / "e.parquet")
    (place / "f.warc").write_bytes(warc(f"<html><body><article><p>{LONG * 3}</p><p>{SAID}</p></article></body></html>"))
    return place


def warc(page):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    heads = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    address, body = "https://crawl.example/2026-03-01/x", io.BytesIO(page.encode())
    writer.write_record(writer.create_warc_record(address, "response", payload=body, http_headers=heads))
    return out.getvalue()


def content(settings):
    """All that a ledger holds, and the order in which it learned of it."""
    with services.open_ledger(settings, create=False) as ledger:
        assert ledger.verify() == []
        return list(ledger.dump()), ledger.issues(), ledger.reports(), ledger.positions(raw=True)


def in_one_go(inputs, settings, name="one.db"):
    settings = replace(settings, ledger=settings.ledger.with_name(name))
    with services.open_ledger(settings) as ledger:
        services.read(inputs, ledger, settings)
    return content(settings)


@contextmanager
def place(settings):
    with (
        spreading.taken(settings.ledger.with_suffix(".parts")) as folder,
        services.open_ledger(settings) as ledger,
    ):
        yield folder, spreading.IntoLedger.of(ledger, settings)


def in_parts(inputs, settings, engine=None, **more):
    with place(settings) as (folder, target):
        return spreading.spread(inputs, settings, engine or spreading.Here(), target, folder, **{"size": 2, **more})


class TestTheSameAsOnOneMachine:
    def test_to_the_last_record(self, plain, settings, collection, tmp_path):
        inputs = [collection, tmp_path / "none"]
        expected = in_one_go(inputs, settings)
        made = in_parts(inputs, settings)
        assert content(settings) == expected
        assert made.added == len(expected[2])
        assert made.issues == len(expected[1])
        assert made.reports > made.added, "two reports are one text of one outlet"
        assert {r.same_text_as for r in expected[2]} != {None}, "and some are one text of two outlets"

    @pytest.mark.parametrize("size", [1, 3, 100])
    def test_whatever_the_size_of_a_part(self, plain, settings, collection, monkeypatch, size):
        expected = in_one_go([collection], settings)
        monkeypatch.setattr(cutting, "FILES", size)
        in_parts([collection], settings, size=size)
        assert content(settings) == expected

    def test_into_a_ledger_that_holds_something(self, plain, settings, collection, tmp_path):
        """Ids that are taken, texts that are known under another id, and a report that is there already."""
        there = tmp_path / "there"
        there.mkdir()
        (there / "a.txt").write_text(f"Something else altogether.\n{SAID}")
        known = line(id="other", outlet="Mirror", text="LONDON, Feb 1 (Mirror) - " + LONG * 4 + SAID)
        (there / "known.jsonl").write_text(known)
        in_one_go([there], settings, "one.db")
        with services.open_ledger(settings) as ledger:
            services.read([there], ledger, settings)
        assert content(settings) == content(replace(settings, ledger=settings.ledger.with_name("one.db")))
        expected = in_one_go([collection], settings, "one.db")
        plain.read.clear()
        in_parts([collection], settings)
        assert content(settings) == expected
        assert "other" not in plain.read
        assert any(x.startswith("a~") for x in plain.read)

    def test_by_a_reader_who_has_a_story(self, plain, settings, collection, tmp_path):
        story = tmp_path / "story.yaml"
        story.write_text("matter: isf_gaza\nnames: [the force]\n")
        in_parts([collection], settings)
        told = replace(settings, story=story)
        with services.open_ledger(settings) as ledger:
            before = ledger.counts()["reports"]
        in_parts([collection], told)
        in_one_go([collection], settings)
        assert content(told) == in_one_go([collection], told)
        with services.open_ledger(settings) as ledger:
            assert ledger.counts()["reports"] == before

    def test_each_text_is_read_for_positions_once(self, plain, settings, collection):
        made = in_parts([collection], settings)
        assert len(plain.read) == len(set(plain.read)) == made.added

    def test_nothing_at_all(self, plain, settings, tmp_path):
        (tmp_path / "none").mkdir()
        (tmp_path / "none" / "empty.txt").write_bytes(b"")
        with pytest.raises(NothingToRead, match="no report was found"):
            in_parts([tmp_path / "none"], settings)
        assert [i.code for i in content(settings)[1]] == ["report-empty"]

    def test_nothing_that_can_be_read(self, plain, settings, tmp_path):
        (tmp_path / "fr.jsonl").write_text(line(id="fr", text=FRENCH))
        with pytest.raises(NothingToRead, match="none of the reports"):
            in_parts([tmp_path / "fr.jsonl"], settings)
        assert [(i.code, i.where) for i in content(settings)[1]] == [("language-unread", "fr")]


class TestStartedAgain:
    def test_after_each_task(self, plain, settings, collection, monkeypatch):
        """Lost after every number of tasks in turn: what was finished is never done again."""
        monkeypatch.setattr(cutting, "FILES", 3)
        expected = in_one_go([collection], settings)
        plain.read.clear()
        done, lost = [], 0
        for _ in range(100):
            engine = Counting(lost_after=1)
            try:
                last = in_parts([collection], settings, engine)
                done += engine.done
                break
            except KeyboardInterrupt:
                lost += 1
                done += engine.done
        assert lost > 5
        assert len(done) == len(set(done)), "a task was done twice"
        assert len(plain.read) == len(set(plain.read))
        assert (last.read, last.kept_read) == (0, len({n for work, n in done if work == "read_part"}))
        assert content(settings) == expected

    def test_when_all_is_done_nothing_is_read(self, plain, settings, collection):
        in_parts([collection], settings)
        before, engine = content(settings), Counting()
        again = in_parts([collection], settings, engine)
        assert engine.done == []
        assert (again.added, again.read, again.found) == (0, 0, 0)
        assert content(settings) == before

    @pytest.mark.parametrize("after", [0, 1, 5])
    def test_while_the_ledger_was_written(self, plain, settings, collection, monkeypatch, after):
        expected = in_one_go([collection], settings)
        plain.read.clear()
        whole, count = spreading.IntoLedger.put, iter(range(100))

        def put(self, number, found):
            if next(count) == after:
                whole(self, number, found[:1])
                raise LedgerError("gone", value=None)
            return whole(self, number, found)

        with monkeypatch.context() as patch:
            patch.setattr(spreading.IntoLedger, "put", put)
            with pytest.raises(LedgerError):
                in_parts([collection], settings)
        in_parts([collection], settings)
        assert content(settings) == expected
        assert len(plain.read) == len(set(plain.read))

    def test_while_the_plan_was_made(self, plain, settings, collection, monkeypatch):
        expected = in_one_go([collection], settings)

        def gone(*args):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("onrecord.spreading.plan.same_texts", gone)
            with pytest.raises(KeyboardInterrupt):
                in_parts([collection], settings)
        engine = Counting()
        in_parts([collection], settings, engine)
        assert not [x for x in engine.done if x[0] == "read_part"]
        assert content(settings) == expected

    @pytest.mark.parametrize("kind", ["read", "found"])
    @pytest.mark.parametrize("harm", ["cut", "changed", "emptied"])
    def test_a_part_that_is_damaged_is_made_anew(self, plain, settings, collection, kind, harm, monkeypatch):
        expected = in_one_go([collection], settings)

        def full(*args):
            raise LedgerError("there is no room", value=None)

        with monkeypatch.context() as patch:
            patch.setattr(spreading.IntoLedger, "put", full)
            with pytest.raises(LedgerError):
                in_parts([collection], settings, size=100)
        path = next((settings.ledger.with_suffix(".parts") / kind).iterdir())
        data = path.read_bytes()
        middle = len(data) // 2
        harmed = {"cut": data[:middle], "changed": data[:middle] + b"?" + data[middle + 1 :], "emptied": b""}[harm]
        path.write_bytes(harmed)
        in_parts([collection], settings, size=100)
        assert content(settings) == expected

    def test_a_task_that_is_given_twice_is_done_once(self, plain, settings, folder):
        """A worker may be lost after it has finished its part and before it could say so."""

        class Twice:
            def each(self, work, given):
                for task in given:
                    before = work(task)
                    there = task.target.stat().st_ino
                    assert work(task) == before
                    assert task.target.stat().st_ino == there
                    yield before

        in_parts([folder], settings, Twice())
        assert len(plain.read) == len(set(plain.read)) == 3

    def test_a_file_that_has_changed_is_read_again(self, plain, settings, folder, monkeypatch):
        monkeypatch.setattr(cutting, "FILES", 1)
        in_parts([folder], settings)
        (folder / "2025-12-05-second.txt").write_text("Published: 2025-12-05\n\nThe council met.\nAZE offered fund.")
        engine = Counting()
        made = in_parts([folder], settings, engine, size=1)
        assert (made.read, made.kept_read, made.added) == (1, 2, 1)

    def test_parts_of_another_version_do_not_count(self, plain, settings, folder, monkeypatch):
        in_parts([folder], settings)
        other = {**about.about(), "onrecord": "0.0.1"}
        for module in (tasks, sys.modules["onrecord.spreading.running"]):
            monkeypatch.setattr(module, "about", lambda: other)
        assert in_parts([folder], settings).kept_read == 0


def made_report(name, text, day, outlet):
    when = DateRange.on(date(2026, 1, 1) + timedelta(days=day)) if day is not None else None
    return Report(name, text, digest(text), outlet, published=when)


WORDS = [f"{a}{b}" for a in ("ma", "re", "to", "si") for b in ("l", "n", "rk", "st", "v")]
BASES = [" ".join(random.Random(n).choices(WORDS, k=60)) for n in range(3)]


@st.composite
def texts(draw):
    words = draw(st.sampled_from(BASES)).split()
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(words) - 1))
        words[at] = draw(st.sampled_from([*WORDS, "not", "200", "300"]))
    return draw(st.sampled_from(["", "Wire - ", "ROME, Jan 5 (Wire) - "])) + " ".join(words[draw(st.integers(0, 30)) :])


@st.composite
def collections(draw):
    one = st.tuples(texts(), st.none() | st.integers(0, 3), st.sampled_from([None, "Wire", "Mirror"]))
    many = draw(st.lists(one, max_size=12))
    names = draw(st.permutations(range(len(many))))
    return [made_report(f"r{n}", *one) for n, one in zip(names, many, strict=True)]


class TestRepeats:
    @staticmethod
    def found(reports, folder):
        def age(n):
            days = reports[n].published
            return (days.earliest, days.latest, reports[n].id) if days else (date.max, date.max, reports[n].id)

        def sketched(n):
            words = words_of(reports[n])
            sketch = sketch_of(triples_of(words)).hashvalues.astype("<u4").tobytes()
            return repeats.Sketched(n, reports[n].id, bytes.fromhex(tasks.words_digest(words)), sketch)

        ordered = [sketched(n) for n in sorted(range(len(reports)), key=age) if words_of(reports[n])]
        same = {s.id: of for s, of in repeats.same_texts(ordered, lambda n: reports[n], folder / "bands.db")}
        return [replace(r, same_text_as=same.get(r.id)) for r in reports]

    @effort(deadline=None, max_examples=60)
    @given(collections())
    def test_are_those_found_with_all_at_hand(self, tmp_path_factory, reports):
        assert self.found(reports, tmp_path_factory.getbasetemp()) == mark_repeats(reports)

    def test_of_a_text_that_meets_very_many(self, tmp_path):
        """More than are compared word by word: the likest are chosen, in the same way."""
        chance = random.Random(5)
        reports = []
        for n in range(130):
            words = BASES[0].split()
            for at in chance.sample(range(60), 12 if n < 120 else 2):
                words[at] = f"w{chance.randrange(10**6)}"
            reports.append(made_report(f"r{n:03}", " ".join(words), n % 7, None))
        expected = mark_repeats(reports)
        assert self.found(reports, tmp_path) == expected
        assert any(r.same_text_as for r in expected)

    def test_a_sketch_has_a_number_for_each_place_of_its_bands(self):
        assert BANDS[0] * BANDS[1] == PERMUTATIONS


class TestMemory:
    def test_does_not_grow_with_the_collection(self, plain, settings, tmp_path):
        """The peak while reading four times as much: reports and results are streamed, not held."""
        peaks = {}
        for count in (10, 40):
            path = tmp_path / f"{count}.jsonl"
            with path.open("w") as out:
                for n in range(count):
                    words = (f"{x}{n}" for x in random.Random(n).choices(WORDS, k=4000))
                    out.write(line(id=f"r{n}", outlet="Wire", text=" ".join(words) + f"\n{SAID}"))
            # Read once before: what is kept of words and texts has bounds of its own, and is there already.
            in_parts([path], replace(settings, ledger=tmp_path / f"{count}-before.db"), size=5)
            own = replace(settings, ledger=tmp_path / f"{count}.db")
            gc.collect()
            tracemalloc.start()
            in_parts([path], own, size=5)
            peaks[count] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        grown = path.stat().st_size * 3 / 4
        assert peaks[40] - peaks[10] < grown / 3, peaks

    def test_texts_at_hand_are_as_many_as_there_is_room_for(self):
        fetched = []

        def fetch(n):
            fetched.append(n)
            return made_report(f"r{n}", f"x{n} " * 40, None, None)

        texts = repeats._AtHand(fetch, 100)
        assert [texts(n).id for n in (1, 2, 1, 3, 1, 2)] == ["r1", "r2", "r1", "r3", "r1", "r2"]
        assert fetched == [1, 2, 3, 2], "of three texts the one used longest ago is let go"


class TestParquet:
    def test_holds_what_the_ledger_would(self, plain, settings, collection, tmp_path):
        polars = pytest.importorskip("polars")
        from onrecord.briefing.formats import TABLES
        from onrecord.briefing.formats.frames import records_of

        in_one_go([collection], settings, "one.db")
        with spreading.taken(tmp_path / "w") as folder:
            target = spreading.IntoParquet(tmp_path / "out", folder.tables)
            made = spreading.spread([collection], settings, spreading.Here(), target, folder, size=2)
        with services.open_ledger(replace(settings, ledger=settings.ledger.with_name("one.db"))) as ledger:
            kinds = {
                "reports": [report_record(x) for x in ledger.reports()],
                "statements": [statement_record(x) for x in ledger.statements()],
                "positions": [position_record(x) for x in ledger.positions()],
                "facts": [fact_record(x) for x in ledger.facts()],
            }
            noted = [issue_record(x) for x in ledger.issues()]
        # The ledger names its own reader as the extractor of each position; a file keeps what the extractor said.
        for one in kinds["positions"]:
            one["extractor"] = "plain"
        for kind, expected in kinds.items():
            frames = [polars.read_parquet(x) for x in sorted((tmp_path / "out" / kind).glob("*.parquet"))]
            rows = [r for frame in frames for r in records_of(TABLES[kind], frame)]
            assert sorted(rows, key=lambda x: x["id"]) == sorted(expected, key=lambda x: x["id"]), kind
        assert made.added == len(kinds["reports"])
        told = [json.loads(x) for x in (tmp_path / "out" / "issues.jsonl").read_text().splitlines()]
        assert told == noted

    def test_what_is_there_is_left(self, tmp_path):
        pytest.importorskip("polars")
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine")
        with pytest.raises(OutputError, match="there is something"):
            spreading.IntoParquet(tmp_path / "out", tmp_path / "making")
        assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


class TestWorkersThatDiffer:
    @pytest.fixture
    def task(self, tmp_path):
        with spreading.taken(tmp_path / "w") as folder:
            yield tasks.ReadTask(0, folder.read / "x.jsonl", (), about.about())

    def test_another_version_is_refused(self, task):
        with pytest.raises(MachinesDiffer, match=r"has onrecord .* in place of 9\.9"):
            tasks.read_part(replace(task, expected={**task.expected, "onrecord": "9.9"}))
        assert not task.target.exists()

    def test_other_weights_are_refused(self, tmp_path, task):
        """The digest of the package's files tells, whatever the version says."""
        (tmp_path / "weights").mkdir()
        (tmp_path / "weights" / "a.npz").write_bytes(b"1")
        before = about.files_digest(tmp_path / "weights")
        (tmp_path / "weights" / "a.npz").write_bytes(b"2")
        assert about.files_digest(tmp_path / "weights") != before
        with pytest.raises(MachinesDiffer, match="onrecord's files"):
            tasks.find_part(tasks.FindTask(0, task.target, task.target, (), {**task.expected, about.FILES: before}))

    def test_one_that_does_not_see_the_folder(self, task):
        (task.target.parent.parent / "onrecord-parts").unlink()
        with pytest.raises(WorkFolderInvalid, match="does not see"):
            tasks.read_part(task)

    def test_one_that_does_not_see_the_inputs(self, task, tmp_path):
        (tmp_path / "a.txt").write_text("text")
        items = next(cutting.portions([tmp_path / "a.txt"], {})).items
        (tmp_path / "a.txt").unlink()
        with pytest.raises(WorkFolderInvalid, match=r"does not see .*a\.txt"):
            tasks.read_part(replace(task, items=items))

    def test_all_that_has_a_say_is_compared(self):
        told = about.about()
        assert {"onrecord", "spacy", "onnxruntime", "numpy", "python", about.FILES} <= told.keys()
        assert told["spacy"] != "none"


class TestTheFolder:
    def test_is_for_one_run_at_a_time(self, tmp_path):
        other = spreading.taken(tmp_path / "w")
        with spreading.taken(tmp_path / "w"), pytest.raises(WorkFolderInvalid, match="another run"):
            other.__enter__()
        with spreading.taken(tmp_path / "w"):
            pass

    def test_of_somebody_else_is_left_alone(self, tmp_path):
        (tmp_path / "thesis.txt").write_text("mine")
        with pytest.raises(WorkFolderInvalid, match="other things"), spreading.taken(tmp_path):
            pass
        assert [x.name for x in tmp_path.iterdir()] == ["thesis.txt"]

    def test_clearing_removes_only_our_own(self, tmp_path):
        with spreading.taken(tmp_path / "w") as folder:
            (folder.read / "x").write_text("x")
            (folder.path / "mine.txt").write_text("mine")
            folder.clear()
        assert [x.name for x in (tmp_path / "w").iterdir()] == ["mine.txt"]

    def test_a_part_is_there_whole_or_not_at_all(self, tmp_path):
        path = tmp_path / "x.jsonl"
        with suppress(KeyboardInterrupt), parts.written(path) as put:
            put({"a": 1})
            assert len(list(tmp_path.iterdir())) == 1
            raise KeyboardInterrupt
        assert list(tmp_path.iterdir()) == []
        with parts.written(path) as put:
            put({"a": 1})
            put({"b": "é\n"})
        assert parts.is_whole(path)
        told = list(parts.lines(path))
        assert [x.record for x in told] == [{"a": 1}, {"b": "é\n"}]
        assert parts.at(path, told[1].offset, told[1].length) == {"b": "é\n"}
        with pytest.raises(PartLost):
            parts.at(path, 3, 2)


def run(*args):
    return CliRunner().invoke(cli.main, [str(a) for a in ("spread", *args)])


class TestTheCommand:
    @pytest.fixture
    def here(self, monkeypatch):
        """Workers that are this process."""

        @contextmanager
        def opened(*args):
            asked.append(args)
            yield spreading.Here()

        asked = []
        monkeypatch.setattr(machines, "require", lambda: None)
        for name in ("local", "remote"):
            monkeypatch.setattr(spreading, name, opened)
        monkeypatch.setattr(spreading, "require", lambda: None)
        return asked

    def test_reads_into_a_ledger_and_clears_up(self, plain, here, folder, settings, tmp_path):
        result = run(folder, "--ledger", settings.ledger, "--workers", 3)
        assert result.exit_code == 0, result.output
        assert "3 of 3 reports were new to" in result.output
        assert here[0][0] == 3
        real = replace(settings, clock=Settings(ledger="").clock)
        assert content(real) == in_one_go([folder], real)
        assert not list(tmp_path.glob("*.parts"))

    def test_keeps_the_parts_when_told(self, plain, here, folder, settings):
        run(folder, "--ledger", settings.ledger, "--keep", "--scheduler", "tcp://there:8786")
        assert here == [("tcp://there:8786",)]
        again = run(folder, "--ledger", settings.ledger, "--keep")
        assert "0 of 3 reports were new" in again.output
        assert "1 part of an earlier run had been finished" in again.output

    def test_tells_of_issues(self, plain, here, folder, settings):
        (folder / "empty.txt").write_bytes(b"")
        assert "1 issue noted: `onrecord issues`" in run(folder, "--ledger", settings.ledger).output

    def test_writes_parquet(self, plain, here, folder, tmp_path):
        pytest.importorskip("polars")
        result = run(folder, "--parquet", tmp_path / "out")
        assert result.exit_code == 0, result.output
        written = {x.name for x in (tmp_path / "out").iterdir()}
        assert written == {"reports", "statements", "positions", "facts", "issues.jsonl"}
        assert not (tmp_path / "out.parts").exists()

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["-"], "standard input cannot be shared out"),
            (["x", "--workers", "1", "--scheduler", "tcp://x:1"], "not both"),
            (["x", "--ledger", "postgresql+psycopg://x/y"], "--work"),
            (["x", "--workers", "0"], "0"),
        ],
    )
    def test_misuse(self, args, said):
        result = run(*args)
        assert result.exit_code == 2
        assert said in result.output

    def test_without_the_engine(self, monkeypatch, tmp_path):
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(MachinesMissing):
            machines.require()
        result = run(tmp_path, "--ledger", tmp_path / "x.db")
        assert result.exit_code == 1
        assert "machines-missing" in result.output
        assert "pip install 'onrecord[machines]'" in result.output
        assert not list(tmp_path.iterdir()), "nothing was begun"


def test_the_parts_do_not_hang_on_the_order_of_the_disk(folder):
    made = list(cutting.portions([folder], {"onrecord": "1"}))
    assert made == list(cutting.portions([Path(folder)], {"onrecord": "1"}))
    assert made[0].key != next(cutting.portions([folder], {"onrecord": "2"})).key
