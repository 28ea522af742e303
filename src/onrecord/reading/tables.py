"""The YAML tables under ``data/``: a name in, the text or the plain values out."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml


def table_source(name: str) -> str:
    """The YAML text of a table that ships with the package ("events")."""
    return resources.files("onrecord.reading").joinpath(f"data/{name}.yaml").read_text(encoding="utf-8")


def table(name: str) -> Any:
    """A table as plain values."""
    return yaml.safe_load(table_source(name))


def word_lists(name: str) -> dict[str, frozenset[str]]:
    """A table of word lists, by the name of the list."""
    return {key: frozenset(map(str, words)) for key, words in table(name).items()}
