"""The story and the brief made from it, for every test of this folder."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.briefing import Brief, brief_of

# The folder is no package (tests of several rooms may share file names): its helpers are found by their path.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def story() -> ModuleType:
    return importlib.import_module("gaza_story")


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    return importlib.import_module("hostile_story")


@pytest.fixture(scope="session")
def page() -> ModuleType:
    return importlib.import_module("page_reader")


@pytest.fixture(scope="session")
def brief(story: ModuleType) -> Brief:
    return brief_of(**story.STORY_ARGUMENTS)
