"""The wheel: built without network, it holds all that the program reads, and runs where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from onrecord import __version__

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "onrecord"
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
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
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


@pytest.mark.slow
def test_it_runs_from_where_it_is_installed(wheel, tmp_path):
    site = tmp_path / "site"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        site,
        wheel,
    ]
    subprocess.run(pip, check=True, capture_output=True)
    env = {**os.environ, "PYTHONPATH": str(site)}
    where = [sys.executable, "-c", "import onrecord; print(onrecord.__file__)"]
    assert str(site) in subprocess.run(where, env=env, capture_output=True, text=True, check=True).stdout
    command = [sys.executable, "-m", "onrecord", "brief", "-", "--out", tmp_path / "out", "--rules-only"]
    text = "Italy will not send soldiers to Gaza, its ministry said on 20 November 2025.\n"
    done = subprocess.run(command, input=text, env=env, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "brief.html").is_file()
