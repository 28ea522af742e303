"""Several processes add to one ledger at once: nothing is lost, nothing is there twice, the order of moments holds.

Each writer is a process of its own, as two commands or a command and a desk are. They wait for one another before the
ledger is there at all, so that its making is raced for too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.ledger.schema import VERSION

MADE = Path(__file__).parents[1] / "unit/ledger/made.py"
WRITERS, OWN, SHARED = 3, 25, 10
WORK = f"""
import json, runpy, sys
from datetime import UTC, datetime
from types import SimpleNamespace
from onrecord.ledger import Ledger
from onrecord.model import Issue
made, (where, name) = SimpleNamespace(**runpy.run_path({str(MADE)!r})), sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
took = {{"added": [], "judged": []}}
with Ledger.open(where, clock=lambda: datetime.now(UTC)) as ledger:
    for n in range({OWN}):
        both = [f"{{name}}-{{n}}"] + ([f"all-{{n}}"] if n < {SHARED} else [])
        for report in both:
            if made.told(report, ("NOR", "offered"), ("SUD", "refused"), more=f"{{report}} " * 50).into(ledger):
                took["added"].append(report)
        if n % 5 == 0 and ledger.judge(made.judgement(f"j-{{name}}-{{n}}", f"{{name}}-{{n}}.p0", "confirm", by=name)):
            took["judged"].append(f"j-{{name}}-{{n}}")
        ledger.add_issue(Issue("report-empty", f"{{n}}.txt", "there is no text in it"))
print(json.dumps(took), flush=True)
"""


@pytest.fixture(params=["file", "postgres"])
def where(request, tmp_path):
    return str(tmp_path / "x.db") if request.param == "file" else request.getfixturevalue("postgres")


def test_writers_at_once(where):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    names = [f"w{n}" for n in range(WRITERS)]
    writers = [subprocess.Popen([sys.executable, "-c", WORK, where, x], **pipes) for x in names]
    try:
        for one in writers:
            assert one.stdout.readline() == "ready\n", one.stderr.read()
        for one in writers:
            one.stdin.write("go\n")
            one.stdin.flush()
        ended = [one.communicate(timeout=300) for one in writers]
    finally:
        for one in writers:
            one.kill()
            one.wait()
    assert [one.returncode for one in writers] == [0] * WRITERS, [err for _, err in ended]
    took = [json.loads(out.split("\n")[0]) for out, _ in ended]

    own = {f"{x}-{n}" for x in names for n in range(OWN)}
    shared = {f"all-{n}" for n in range(SHARED)}
    added = [x for one in took for x in one["added"]]
    # What all of them bring went in once, by whoever came first, and the others were told that it is there.
    assert sorted(added) == sorted(own | shared)
    with Ledger.open(where, clock=lambda: datetime.now(UTC), create=False) as ledger:
        assert {r.id for r in ledger.reports()} == own | shared
        assert len(ledger.reports()) == len(own | shared)
        assert {p.id for p in ledger.positions(raw=True)} == {f"{x}.p{n}" for x in own | shared for n in (0, 1)}
        assert {j.id for j in ledger.judgements()} == {x for one in took for x in one["judged"]}
        assert sorted(i.where for i in ledger.issues()) == sorted(f"{n}.txt" for n in range(OWN))
        assert ledger.verify() == []
        with ledger._store.reading() as conn:
            moments = conn.exec_driver_sql("SELECT learned_at FROM reports ORDER BY n").scalars().all()
            assert moments == sorted(moments)
            # The tables were made once.
            assert conn.exec_driver_sql("SELECT version FROM migrations").scalars().all() == [VERSION]
