"""Every lock file holds what its input names, in a version that fits, with hashes; `make lock` writes each of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("pyproject.toml", "requirements/build.in")
LOCKS = {
    "requirements/run.lock": (("desk",), PROGRAM),
    "requirements/dev.lock": (("desk", "dev"), PROGRAM),
    "requirements/fuzz.lock": ((), ("requirements/fuzz.in",)),
    "requirements/tools.lock": ((), ("requirements/tools.in",)),
    "benchmarks/reconciliation/requirements.lock": ((), (*PROGRAM, "benchmarks/reconciliation/requirements.txt")),
    "benchmarks/speed/requirements.lock": ((), (*PROGRAM, "benchmarks/speed/requirements.txt")),
}
"""Lock file -> extras of the project, files it is resolved from."""


def lines(path: str) -> list[str]:
    text = re.sub(r"\\\n\s*", " ", (ROOT / path).read_text(encoding="utf-8"))
    return [x.split(" #")[0].strip() for x in text.splitlines() if x.strip() and not x.lstrip().startswith("#")]


def named(inputs: tuple[str, ...], extras: tuple[str, ...]) -> list[Requirement]:
    found = []
    for path in inputs:
        if path != "pyproject.toml":
            found += lines(path)
            continue
        project = tomllib.loads((ROOT / path).read_text(encoding="utf-8"))["project"]
        found += project["dependencies"]
        for extra in extras:
            found += project["optional-dependencies"][extra]
    return [Requirement(x) for x in found]


def locked(path: str) -> dict[str, tuple[Version, int]]:
    """Name -> version and number of hashes; what is for other platforms alone is left out."""
    found = {}
    for line in lines(path):
        need = Requirement(line.split(" --hash")[0])
        if need.marker is None or need.marker.evaluate():
            (pin,) = need.specifier
            assert pin.operator == "==", line
            found[canonicalize_name(need.name)] = (Version(pin.version), line.count("--hash=sha256:"))
    return found


def test_every_lock_file_is_known():
    there = {str(x.relative_to(ROOT)) for x in ROOT.glob("requirements/*.lock")}
    there |= {str(x.relative_to(ROOT)) for x in ROOT.glob("benchmarks/*/*.lock")}
    assert there == set(LOCKS)


@pytest.mark.parametrize("path", LOCKS)
def test_it_holds_what_its_input_names(path):
    extras, inputs = LOCKS[path]
    held = locked(path)
    for need in named(inputs, extras):
        name = canonicalize_name(need.name)
        assert name in held, f"{path} lacks {need}: make lock"
        assert need.specifier.contains(held[name][0], prereleases=True), f"{path} holds {need.name} {held[name][0]}"


@pytest.mark.parametrize("path", LOCKS)
def test_everything_has_hashes_and_no_place(path):
    assert all(hashes for _, hashes in locked(path).values())
    text = (ROOT / path).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("path", [x for x in LOCKS if "pyproject.toml" in LOCKS[x][1] and x != "requirements/run.lock"])
def test_what_runs_beside_the_program_has_its_versions(path):
    run, beside = locked("requirements/run.lock"), locked(path)
    assert {x: beside[x][0] for x in run if x in beside} == {x: run[x][0] for x in run if x in beside}


def test_development_holds_all_that_running_needs():
    assert locked("requirements/run.lock").keys() <= locked("requirements/dev.lock").keys()


@pytest.mark.parametrize("path", LOCKS)
def test_make_lock_writes_it(path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.split("\nlock:")[1].split("\n\n")[0]
    loop = re.search(r"for name in ([\w ]+);", recipe)
    assert loop
    written = {f"benchmarks/{x}/requirements.lock" for x in loop[1].split()}
    assert "--output-file benchmarks/$$name/requirements.lock" in recipe
    assert path in written or f"--output-file {path} " in recipe
