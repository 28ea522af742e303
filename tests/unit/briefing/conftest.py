"""The story and the brief made from it, for every test of this folder."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.briefing import Brief, brief_of


def load(name: str) -> ModuleType:
    """A module beside this file; the folder is no package, and two folders of tests may not share names."""
    full = f"briefing_tests_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[full] = module
        spec.loader.exec_module(module)
    return sys.modules[full]


@pytest.fixture(scope="session")
def story() -> ModuleType:
    return load("gaza_story")


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    return load("hostile_story")


@pytest.fixture(scope="session")
def page() -> ModuleType:
    return load("page_reader")


@pytest.fixture(scope="session")
def brief(story: ModuleType) -> Brief:
    return brief_of(**story.STORY_ARGUMENTS)
