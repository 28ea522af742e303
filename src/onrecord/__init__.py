"""onrecord: who is on the record for what, read from the reporting, every line with its passage."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from onrecord.notebook import open as open


def __getattr__(name: str) -> object:
    # What a notebook asks for is loaded when it is asked for: `onrecord --help` and `import onrecord` stay light.
    if name == "open":
        return import_module("onrecord.notebook").open
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
