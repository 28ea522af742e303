"""The desk as a user opens it: the installed command, asked over the network of this machine, closed with Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the desk's dependencies are not installed")

COMMAND = Path(sys.executable).parent / "onrecord"
TEXT = "Italy will not send soldiers to Gaza, its ministry said on 20 November 2025."


@pytest.fixture
def opened(tmp_path):
    """A desk on a ledger with one report; its address and process."""
    (tmp_path / "a.txt").write_text(TEXT)
    ledger = tmp_path / "desk.db"
    subprocess.run(
        [COMMAND, "read", tmp_path / "a.txt", "--ledger", ledger, "--rules-only"], check=True, capture_output=True
    )
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [COMMAND, "serve", ledger, "--port", "0", "--as", "ada"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=env,
        text=True,
    )
    said = process.stdout.readline()
    found = re.search(r"The desk is open at (http://127\.0\.0\.1:\d+)/", said)
    assert found, said + process.stdout.read()
    yield found[1], process
    if process.poll() is None:
        process.kill()
        process.wait()
    process.stdout.close()


def test_it_opens_shows_the_board_and_closes(opened):
    address, process = opened
    with urllib.request.urlopen(address, timeout=60) as answer:
        page = answer.read().decode()
    assert "Italy" in page
    assert "refused" in page
    assert "ada" in page
    wrong = urllib.request.Request(address, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError, match="421"):
        urllib.request.urlopen(wrong, timeout=60)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert "The desk is closed" in process.stdout.read()


def test_a_port_that_is_taken_is_told(opened, tmp_path):
    address, _ = opened
    port = address.rpartition(":")[2]
    done = subprocess.run([COMMAND, "serve", "x.db", "--port", port], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1
    assert "nothing can listen on 127.0.0.1" in done.stderr
