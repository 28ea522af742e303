"""Workers are killed (SIGKILL) in the middle of their parts, and so is the process that leads them.

The stated outcome: the ledger is that of one machine, to the last record; the part that was lost is done again, no
other; a run that is started again goes on where it was.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra machines is not installed")

from onrecord import services, spreading
from onrecord.errors import MachinesDiffer, MachinesUnreachable, PartLost
from onrecord.settings import Settings
from onrecord.spreading import about, machines

WORKER = Path(__file__).with_name("plain_worker.py")
PLAIN = Path(__file__).parents[1] / "unit" / "conftest.py"
LONG = "The ministers met in the capital on Tuesday and spoke of the force at some length before they left again. "
REPORTS, SIZE = 12, 2
PATIENCE = 240.0
"""Seconds for what takes one or two on a machine that is free."""


def until(what, happens):
    """Wait for a condition; its value."""
    ends = time.monotonic() + PATIENCE
    while not (found := happens()):
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.02)
    return found


def read(path):
    return path.read_text() if path.exists() else ""


class Workers:
    """A folder through which the test and the workers tell each other what they do."""

    def __init__(self, folder):
        self.folder, self.ended = folder, []

    def hold(self, name):
        (self.folder / f"hold-{name}").touch()

    def release(self, name):
        (self.folder / f"hold-{name}").unlink(missing_ok=True)

    def held(self, name):
        """The process that is at a report, as soon as there is one."""

        def there():
            assert not self.ended, f"the run ended before anybody was at {name}: {self.ended}"
            return read(self.folder / f"held-{name}")

        return int(until(f"a worker at {name}", there))

    def kill(self, name):
        """Kill the process that is at a report."""
        process = self.held(name)
        (self.folder / f"held-{name}").unlink()
        os.kill(process, signal.SIGKILL)

    def begun(self):
        """Ids of the reports that were begun, as often as they were."""
        return sorted(x.split()[1] for x in read(self.folder / "log").splitlines())


@pytest.fixture
def workers(tmp_path, monkeypatch):
    folder = tmp_path / "told"
    folder.mkdir()
    monkeypatch.setenv("ONRECORD_TEST_FOLDER", str(folder))
    monkeypatch.setenv("ONRECORD_TEST_PLAIN", str(PLAIN))
    monkeypatch.setenv("DASK_DISTRIBUTED__WORKER__PRELOAD", json.dumps([str(WORKER)]))
    import dask

    with dask.config.set({"distributed.worker.preload": [str(WORKER)]}):
        yield Workers(folder)


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "reports.jsonl"
    with path.open("w") as out:
        for n in range(REPORTS):
            told = f"{LONG * (2 + n % 3)}\nITA offered contribute_police for isf_gaza."
            row = {"id": f"r{n:02}", "outlet": f"Outlet {n % 5}", "published": f"2026-01-{1 + n:02}", "text": told}
            out.write(json.dumps(row) + "\n")
    return path


@pytest.fixture
def expected(inputs, tmp_path, extractor):
    """What one machine comes to."""
    settings = Settings(ledger=tmp_path / "one.db")
    with services.open_ledger(settings) as ledger:
        services.read([inputs], ledger, settings)
    return content(settings.ledger)


@pytest.fixture
def extractor(monkeypatch):
    plain = runpy.run_path(str(PLAIN))["PlainExtractor"]()
    monkeypatch.setattr(services, "make_extractor", lambda *args, **more: plain)
    return plain


def content(path):
    settings = Settings(ledger=path)
    with services.open_ledger(settings, create=False) as ledger:
        assert ledger.verify() == []
        return list(ledger.dump()), ledger.issues(), ledger.reports(), ledger.positions(raw=True)


@contextmanager
def run(inputs, tmp_path, workers, count=2):
    """A run in a thread of this process with two workers; what it came to comes with the block's end."""
    settings, made = Settings(ledger=tmp_path / "many.db"), []
    workers.ended = made

    def lead():
        try:
            with (
                spreading.taken(tmp_path / "parts") as folder,
                services.open_ledger(settings) as ledger,
                spreading.local(count, folder.scratch) as engine,
            ):
                target = spreading.IntoLedger.of(ledger, settings)
                made.append(spreading.spread([inputs], settings, engine, target, folder, size=SIZE))
        except BaseException as error:
            made.append(error)

    thread = threading.Thread(target=lead)
    thread.start()
    try:
        yield made
    finally:
        thread.join(PATIENCE)
    assert not thread.is_alive(), "the run does not end"
    if isinstance(made[0], BaseException):
        raise made[0]


def every(reports=REPORTS):
    return [f"r{n:02}" for n in range(reports)]


@pytest.mark.slow
def test_a_worker_lost_in_the_middle_of_a_part(inputs, expected, workers, tmp_path):
    """Two in turn, each at the second report of its part: those parts are done again, nothing else."""
    lost = ["r03", "r07"]
    for name in lost:
        workers.hold(name)
    with run(inputs, tmp_path, workers) as made:
        for name in lost:
            workers.kill(name)
            workers.release(name)
    assert content(tmp_path / "many.db") == expected
    assert made[0].added == REPORTS
    assert workers.begun() == sorted([*every(), "r02", "r03", "r06", "r07"])


@pytest.mark.slow
def test_a_part_that_always_takes_its_worker_with_it(inputs, expected, workers, tmp_path, monkeypatch):
    """The run ends with what part it is; what is finished is kept, and once the cause is gone the rest is done."""
    import dask

    def killed_again_and_again():
        with dask.config.set({"distributed.scheduler.allowed-failures": 0}), run(inputs, tmp_path, workers):
            workers.kill("r05")
            workers.kill("r05")

    monkeypatch.setattr(machines, "TRIES", 1)
    workers.hold("r05")
    with pytest.raises(PartLost, match=r"again and again at the part with .*00000002"):
        killed_again_and_again()
    workers.release("r05")
    before = workers.begun()
    finished = {x for x in every() if x not in ("r04", "r05")} & set(before)
    with run(inputs, tmp_path, workers) as made:
        pass
    assert made[0].kept_found > 0
    assert finished, "something was finished before"
    assert content(tmp_path / "many.db") == expected


def command(inputs, tmp_path, *more):
    return [
        sys.executable, "-m", "onrecord", "spread", str(inputs), "--ledger", str(tmp_path / "many.db"),
        "--part", str(SIZE), *more,
    ]  # fmt: skip


@pytest.mark.slow
def test_the_leader_lost_and_started_again(inputs, expected, workers, tmp_path):
    """Killed when four of six parts are finished: they are not done again, and none of their files is touched."""
    found = tmp_path / "many.db.parts" / "found"
    workers.hold("r08")
    workers.hold("r10")
    leader = subprocess.Popen(command(inputs, tmp_path, "--workers", "2"), stderr=subprocess.PIPE)
    try:
        holding = {workers.held("r08"), workers.held("r10")}
        finished = until("four parts", lambda: len(f := sorted(found.glob("[0-9]*"))) == 4 and f)
        before = {x.name: (x.stat().st_ino, x.stat().st_mtime_ns) for x in finished}
    finally:
        leader.kill()
        leader.wait()
        leader.stderr.close()
    until("the workers' end", lambda: not any(Path(f"/proc/{x}").exists() for x in holding))
    for name in ("r08", "r10"):
        workers.release(name)
    done = subprocess.run(
        command(inputs, tmp_path, "--workers", "2", "--keep"), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    assert f"of {REPORTS} reports were new" in done.stdout
    assert {x.name: (x.stat().st_ino, x.stat().st_mtime_ns) for x in finished} == before
    assert workers.begun() == sorted([*every(), "r08", "r10"])
    assert content(tmp_path / "many.db") == expected


@pytest.mark.slow
def test_workers_of_a_scheduler_that_is_lost(inputs, expected, workers, tmp_path):
    """The run ends and says so; with another scheduler it goes on where it was."""
    workers.hold("r06")
    with cluster(tmp_path) as (scheduler, address):
        leader = subprocess.Popen(command(inputs, tmp_path, "--scheduler", address), stderr=subprocess.PIPE, text=True)
        workers.ended = Leaving(leader)
        workers.held("r06")
        until("parts", lambda: len(list((tmp_path / "many.db.parts" / "found").glob("[0-9]*"))) >= 3)
        scheduler.kill()
        said = leader.communicate(timeout=PATIENCE)[1]
    assert leader.returncode == 1
    assert "machines-unreachable" in said
    assert "finished parts are kept" in said
    workers.release("r06")
    with cluster(tmp_path) as (_, address):
        done = subprocess.run(
            command(inputs, tmp_path, "--scheduler", address), capture_output=True, text=True, timeout=PATIENCE
        )
    assert done.returncode == 0, done.stderr
    assert "of an earlier run had been finished" in done.stderr
    begun = workers.begun()
    assert [x for x in sorted(set(begun)) if begun.count(x) > 1] == ["r06"]
    assert content(tmp_path / "many.db") == expected


class Leaving:
    """Whether a process has ended, and what it said."""

    def __init__(self, process):
        self.process = process

    def __bool__(self):
        return self.process.poll() is not None

    def __repr__(self):
        return str(self.process.communicate())


@contextmanager
def cluster(tmp_path):
    """A scheduler and a worker, each started by its own command, as on other machines."""
    (tmp_path / "address.json").unlink(missing_ok=True)
    named = ["--scheduler-file", str(tmp_path / "address.json")]
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    scheduler = subprocess.Popen(
        [*dask, "scheduler", *named, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], **quiet
    )
    started = [scheduler]
    try:
        told = json.loads(until("a scheduler", lambda: read(tmp_path / "address.json")))
        worker = [*dask, "worker", *named, "--nthreads", "1", "--no-dashboard", "--death-timeout", "60"]
        worker += ["--preload", str(WORKER)]
        started.append(subprocess.Popen(worker, **quiet))
        yield scheduler, told["address"]
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(PATIENCE)


def test_no_scheduler_answers(monkeypatch):
    monkeypatch.setattr(machines, "ANSWER", 0.2)
    with pytest.raises(MachinesUnreachable, match=r"no scheduler answers at tcp://127\.0\.0\.1:1 "):
        machines.remote("tcp://127.0.0.1:1").__enter__()


class Told:
    """A client whose workers say what they are told to say."""

    status = "running"

    def __init__(self, said=None, threads=None):
        self.said, self.threads = said, threads or {}

    def wait_for_workers(self, count, timeout):
        if self.said is None:
            raise TimeoutError

    def run(self, asked, on_error):
        return self.said

    def nthreads(self):
        return self.threads


def test_a_scheduler_without_workers():
    with pytest.raises(MachinesUnreachable, match="has no worker"):
        machines.Workers(Told(), "tcp://x").look()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"onrecord": "0.0.1"}, r"worker on tcp://b has onrecord 0\.0\.1 in place of"),
        ({about.FILES: "0" * 16}, "onrecord's files 0000000000000000 in place of"),
        (ModuleNotFoundError("No module named 'onrecord'", name="onrecord"), "has no onrecord"),
        (AttributeError("older"), "cannot be asked"),
    ],
)
def test_a_worker_with_something_else(said, why):
    own = dict(about.about())
    told = {"tcp://a": own, "tcp://b": {**own, **said} if isinstance(said, dict) else said}
    with pytest.raises(MachinesDiffer, match=why):
        machines.Workers(Told(told), "tcp://x").look()
    machines.Workers(Told({"tcp://a": own}), "tcp://x").look()


def test_no_worker_for_long_ends_the_run():
    """Not at once: clusters lose workers and get others."""
    found = machines.Workers(Told({}), "tcp://x", patience=0.05)
    found._look_for_workers()
    time.sleep(0.1)
    with pytest.raises(MachinesUnreachable, match="no worker for long"):
        found._look_for_workers()


@pytest.mark.slow
def test_real_models_on_two_workers(tmp_path):
    """The learned models and all: numbers too are the same to the last digit."""
    examples = sorted((Path(__file__).parents[2] / "examples" / "gaza-isf" / "reports").glob("*.txt"))[:4]
    one = Settings(ledger=tmp_path / "one.db")
    with services.open_ledger(one) as ledger:
        services.read(examples, ledger, one)
    many = Settings(ledger=tmp_path / "many.db")
    with (
        spreading.taken(tmp_path / "parts") as folder,
        services.open_ledger(many) as ledger,
        spreading.local(2, folder.scratch) as engine,
    ):
        spreading.spread(examples, many, engine, spreading.IntoLedger.of(ledger, many), folder, size=2)
    assert content(many.ledger) == content(one.ledger)
    assert content(many.ledger)[3]
