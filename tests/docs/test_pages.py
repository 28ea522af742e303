"""The documentation is run: made parts are current, code runs, commands give what the page shows."""

from __future__ import annotations

import difflib
import doctest
import os
import re
import runpy
import subprocess
import sys
import tomllib
from importlib.metadata import files, metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord import cli

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")

named = {"ids": lambda p: p.name}


def fences(page: Path, *languages: str) -> list[str]:
    return [
        code for language, code in FENCE.findall(page.read_text(encoding="utf-8")) if language in languages
    ]


def test_made_parts_are_as_the_code_makes_them():
    made = SimpleNamespace(**runpy.run_path(str(DOCS / "generate.py")))
    pages = dict(made.pages())
    assert {p.name for p in pages} >= {"commands.md", "errors.md", "records.md", "vocabulary.md"}
    for path, text in pages.items():
        there = path.read_text(encoding="utf-8")
        changes = "\n".join(difflib.unified_diff(there.split("\n"), text.split("\n"), lineterm="", n=0))
        assert there == text, f"run `make docs`: {path.name}\n{changes[:2000]}"


@pytest.mark.parametrize("page", PAGES, **named)
def test_python_runs_as_shown(page):
    code = "\n".join(fences(page, "python"))
    test = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=said.append)
    assert runner.failures == 0, "".join(said)
    assert code.count(">>>") == len(test.examples), "every line of Python in a page is a session that runs"


def sessions(page: Path) -> list[tuple[str, str]]:
    """(command, output shown) of the ``console`` fences of a page, in order."""
    found: list[tuple[str, str]] = []
    for code in fences(page, "console"):
        for line in code.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], ""))
            elif found:
                found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if fences(p, "console")], **named)
def test_commands_give_what_the_page_shows(page, tmp_path):
    """All commands of a page in order, in one folder that holds the examples and nothing else."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "100"}
    same = doctest.OutputChecker()
    for command, shown in sessions(page):
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True
        )
        said = done.stdout + done.stderr
        assert "Traceback" not in said, f"$ {command}\n{said}"
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert not shown or same.check_output(shown, said, flags), f"$ {command}\n{said}"


@pytest.mark.parametrize("page", PAGES, **named)
def test_commands_named_in_text_exist(page):
    text = page.read_text(encoding="utf-8")
    for word in re.findall(r"`onrecord (\w+)[^`]*`|^\$? ?onrecord (\w+)", text, re.MULTILINE):
        assert "".join(word) in cli.main.commands, f"{page.name}: onrecord {''.join(word)}"
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE):
        assert target in targets, f"{page.name}: make {target}"


@pytest.mark.parametrize("page", PAGES, **named)
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for link in LINK.findall(text):
        if link.startswith(("http://", "https://", "#", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve()
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", h.lower()).strip().replace(" ", "-") for h in heads}
            assert anchor in slugs, f"{page.name}: {link}"
    for words, picture in PICTURE.findall(text):
        assert words, f"{page.name}: {picture} says nothing to those who cannot see it"
        assert (page.parent / picture).is_file(), f"{page.name}: {picture}"


def test_every_dependency_is_told_of_with_its_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["project"]["optional-dependencies"].values()
    named = [*project["project"]["dependencies"], *(name for group in groups for name in group)]
    named += project["build-system"]["requires"]
    page = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    rows = {
        r[0].strip("` "): r
        for line in page.splitlines()
        if (r := line.strip("| ").split(" | "))[0].startswith("`")
    }
    for requirement in named:
        name = re.match(r"[\w.-]+", requirement)[0]
        assert name in rows, f"{name} is not in docs/dependencies.md"
        about = metadata(name)
        told = " ".join(
            [
                about.get("License-Expression") or about.get("License") or "",
                *(c for c in about.get_all("Classifier") or [] if c.startswith("License")),
            ]
        )
        if not told.strip():  # some packages carry the text alone
            carried = [f for f in files(name) or [] if "licen" in f.name.lower()]
            told = " ".join(f.read_text(encoding="utf-8") for f in carried)
        licence = rows[name][1].strip()
        family = re.match(r"[A-Za-z]+", licence)[0]
        assert family.lower() in told.lower(), f"{name}: the page says {licence}, its metadata {told[:80]}"


def test_nothing_names_a_place_of_this_machine():
    for page in [*PAGES, *(ROOT / "changes").glob("*.md")]:
        assert not re.search(r"(?<![\w.])/(work|root|home|tmp)/", page.read_text(encoding="utf-8")), page.name
