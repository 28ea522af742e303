"""The installed command, run as a user runs it: another process, its output captured.

The plumbing is what is tested here, so these runs leave the learned model out (``--rules-only``); the quality
gate runs with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
COMMAND = Path(sys.executable).parent / "onrecord"


@dataclass(frozen=True)
class Said:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        assert self.status == 0, self.err
        return [json.loads(x) for x in self.out.split("\n") if x]


def onrecord(*args: object, stdin: bytes | None = None, **more: Any) -> Said:
    """Run the command."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([COMMAND, *map(str, args)], input=stdin, capture_output=True, env=env, **more)
    said = Said(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in said.err, said.err
    return said


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file."""
    return [json.loads(x) for x in path.read_text(encoding="utf-8").split("\n") if x]


@pytest.fixture(scope="session", name="onrecord")
def _onrecord():
    return onrecord


@pytest.fixture(scope="session", name="lines")
def _lines():
    return lines


@pytest.fixture(scope="session")
def gaza(tmp_path_factory) -> Path:
    """The output folder of the Gaza example."""
    out = tmp_path_factory.mktemp("gaza") / "out"
    story = EXAMPLES / "gaza-isf"
    said = onrecord("brief", story / "reports", "--story", story / "story.yaml", "--out", out, "--rules-only")
    assert said.status == 0, said.err
    return out


SHORT = {
    "sahel.txt": """The Sahel Courier, 12 November 2025

The foreign minister of Senegal, speaking in Dakar on Wednesday, said his country was ready to send 200
police officers to the Gang Suppression Force in Haiti if parliament approves.
""",
    "caspian.txt": """Caspian Courier, 14 November 2025

Azerbaijan will not send troops to the International Stabilization Force in Gaza unless there is a complete
halt to the fighting, a foreign ministry official told the Caspian Courier.
""",
    "channel.txt": """Channel Gazette, 20 November 2025

Italy ruled out sending soldiers to the multinational force for Ukraine, its defence minister said on
Thursday. Rome would train police for Gaza, he added.
""",
}
"""Reports of our own, three lines each, on three forces."""


@pytest.fixture(scope="session")
def together(tmp_path_factory) -> Path:
    """The output folder of both examples and the short reports, read into one ledger."""
    place = tmp_path_factory.mktemp("together")
    short = place / "short"
    short.mkdir()
    for name, text in SHORT.items():
        (short / name).write_text(text, encoding="utf-8")
    inputs = [EXAMPLES / name / "reports" for name in ("gaza-isf", "haiti-gsf")]
    said = onrecord("brief", *inputs, short, "--out", place / "out", "--rules-only")
    assert said.status == 0, said.err
    return place / "out"
