"""The wheel: built without network, it holds all that the program reads, and runs where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from onrecord import __version__

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "onrecord"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
NEEDED = {
    "extraction/": (".onnx", ".yaml"),
    "vocabulary/data/": (".yaml",),
    "briefing/": (".j2", ".css"),
    "web/": (".html.j2", ".css", ".js", ".svg"),
    "py.typed": ("py.typed",),
}
"""Weights, data, templates and what pages load."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (made,) = folder.glob("onrecord-*.whl")
    return made


def test_everything_of_the_package_is_in_it(wheel):
    there = {
        f"onrecord/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert there - inside == set()
    assert {"onrecord/py.typed", "onrecord/vocabulary/data/states.yaml"} <= inside
    assert any(name.endswith("/LICENSE") for name in inside)
    for place, endings in NEEDED.items():
        held = [name for name in inside if name.startswith(f"onrecord/{place}")]
        for ending in endings:
            assert any(name.endswith(ending) for name in held), f"no {ending} under {place}"


def test_the_citation_is_of_this_version():
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["version"] == __version__
    assert told["license"] == "Apache-2.0"
    assert {"cff-version", "message", "title", "authors"} <= told.keys()


NO_NETWORK = """
import socket

def refuse(self, address, *more):
    if self.family != socket.AF_UNIX:
        raise OSError(f"the network was asked for: {address}")

socket.socket.connect = socket.socket.connect_ex = refuse
"""
"""What stands in for a machine without network: read by every Python of the environment as it starts."""


def locked() -> list[str]:
    """What requirements/run.lock names for this machine."""
    wanted = []
    for line in (ROOT / "requirements/run.lock").read_text(encoding="utf-8").splitlines():
        if line and line[0] not in " #":
            need = Requirement(line.removesuffix("\\").strip())
            if need.marker is None or need.marker.evaluate():
                wanted.append(need.name)
    return wanted


def bring(name: str, place: Path) -> None:
    """Put a package of this environment, which comes of the locks too, into another: its files, linked or copied."""
    for file in metadata.distribution(name).files or ():
        # Compiled files come too, where there are any: the times of their sources stay, so they count.
        if ".." in file.parts or not file.locate().exists():
            continue
        target = place / file
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file.locate(), target)
        except OSError:
            shutil.copy2(file.locate(), target)


@pytest.fixture(scope="module")
def fresh(wheel, tmp_path_factory):
    """A fresh environment of the wheel and the packages of run.lock, no others; the folder with its commands."""
    place = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True, capture_output=True)
    (site,) = place.glob("lib/python*/site-packages")
    for name in locked():
        bring(name, site)
    (site / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    install = [*PIP, "--python", place / "bin/python", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return place / "bin"


@pytest.fixture(scope="module")
def in_fresh(fresh, tmp_path_factory):
    """Runs a program of the fresh environment far from the checkout, and gives what it said."""
    home = tmp_path_factory.mktemp("home")
    env = {"PATH": f"{fresh}:{os.defpath}", "HOME": str(home), "LANG": "C.UTF-8"}

    def run(*command, stdin=None, **more):
        done = subprocess.run(
            [str(x) for x in command], input=stdin, capture_output=True, text=True, cwd=home, env={**env, **more}
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run.home = home
    return run


def test_the_lock_holds_all_that_it_needs(fresh):
    done = subprocess.run([*PIP, "--python", fresh / "python", "check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_it_is_the_wheel_that_runs(in_fresh, fresh):
    where = in_fresh("python", "-c", "import onrecord; print(onrecord.__file__)").strip()
    assert Path(where).is_relative_to(fresh.parent)
    assert in_fresh("onrecord", "--version").strip() == f"onrecord {__version__}"


@pytest.mark.slow
def test_it_reads_the_examples_with_the_weights_it_brings(in_fresh):
    """No rules-only here: encoder, both heads, templates, vocabulary and the desk's index come out of the wheel."""
    story = ROOT / "examples" / "haiti-gsf"
    reports = in_fresh.home / "reports"
    reports.mkdir()
    chosen = ("sahel-courier-gendarmes.txt", "east-river-post-2793.html")
    for name in chosen:
        shutil.copy(story / "reports" / name, reports / name)
    shutil.copy(story / "story.yaml", in_fresh.home / "story.yaml")
    said = in_fresh("onrecord", "brief", "reports", "--story", "story.yaml", "--out", "out")
    assert "2 reports" in said
    found = [json.loads(x) for x in (in_fresh.home / "out/positions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {Path(x["report"]).stem for x in found} <= {Path(x).stem for x in chosen}
    assert len(found) >= 2
    for name in ("brief.html", "brief.md"):
        assert "Haiti" in (in_fresh.home / "out" / name).read_text(encoding="utf-8")
    assert in_fresh("onrecord", "verify", "--ledger", "out/ledger.db").strip().endswith("is whole")


DESK = """
import re
from starlette.testclient import TestClient
from onrecord.desk import Desk
from onrecord.settings import Settings
from onrecord.web.app import create_app
from onrecord.web.settings import WebSettings

with Desk.open(Settings(ledger=":memory:")) as desk:
    reader = TestClient(create_app(desk, WebSettings(hosts=("testserver",))))
    page = reader.get("/help")
    assert page.status_code == 200, page.text
    for address in sorted(set(re.findall(r'(?:src|href)="(/[^"#?]*[.](?:css|js|svg))', page.text))):
        print(address, reader.get(address).status_code)
"""


def test_the_desk_opens_from_it(in_fresh):
    """Templates, style and scripts of the pages, asked of the application without a server."""
    said = in_fresh("python", "-c", DESK).split()
    assert any(x.endswith(".css") for x in said)
    assert any(x.endswith(".js") for x in said)
    assert set(said[1::2]) == {"200"}


def test_help_comes_at_once(in_fresh):
    """Under 0.3 s of the processor, the least of some runs: what else this machine does is not measured."""
    took = []
    for _ in range(5):
        before = os.times()
        in_fresh("onrecord", "--help")
        after = os.times()
        took.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(took) < 0.3, took


def test_each_shell_is_told_what_completes(in_fresh):
    bash = in_fresh("onrecord", _ONRECORD_COMPLETE="bash_complete", COMP_WORDS="onrecord sta", COMP_CWORD="1")
    assert bash.splitlines() == ["plain,standings", "plain,statements"]
    zsh = in_fresh("onrecord", _ONRECORD_COMPLETE="zsh_complete", COMP_WORDS="onrecord sta", COMP_CWORD="1")
    assert zsh.splitlines()[:2] == ["plain", "standings"]
    fish = in_fresh("onrecord", _ONRECORD_COMPLETE="fish_complete", COMP_WORDS="onrecord sta", COMP_CWORD="sta")
    assert "standings" in fish
    options = in_fresh("onrecord", _ONRECORD_COMPLETE="bash_complete", COMP_WORDS="onrecord brief --st", COMP_CWORD="2")
    assert options.splitlines() == ["plain,--story"]


SHELLS = {
    "bash": 'eval "$({line} onrecord)"; COMP_WORDS=(onrecord sta); COMP_CWORD=1; _onrecord_completion onrecord; '
    'echo "${{COMPREPLY[@]}}"',
    "zsh": 'autoload -U compinit; compinit -u; eval "$({line} onrecord)"; whence -w _onrecord_completion; '
    "echo standings statements",
    "fish": '{line} onrecord | source; complete --do-complete "onrecord sta"',
}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_lines_of_the_page_complete_in_a_shell(in_fresh, shell):
    page = (ROOT / "docs/keeping.md").read_text(encoding="utf-8")
    line = f"_ONRECORD_COMPLETE={shell}_source"
    assert f"{line} onrecord" in page
    if shutil.which(shell) is None:
        assert "onrecord" in in_fresh("onrecord", _ONRECORD_COMPLETE=f"{shell}_source")
        return
    said = in_fresh(shell, "-c", SHELLS[shell].format(line=line))
    assert {"standings", "statements"} <= set(said.split())
