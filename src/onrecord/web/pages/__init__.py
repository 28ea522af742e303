"""The pages, one module each: a ``router``, and ``NAV = (label, path)`` where it stands in the navigation, with ``FOR``
the role from which on it does (that of a reader, where it is left out).

``PAGES`` gives their order there.
"""

from types import ModuleType

from onrecord.web.pages import (
    account,
    add,
    board,
    charts,
    conditions,
    disputes,
    force,
    help,
    map,
    party,
    report,
    review,
    search,
    sources,
    task,
)

PAGES: tuple[ModuleType, ...] = (
    board,
    party,
    task,
    report,
    force,
    conditions,
    disputes,
    map,
    charts,
    sources,
    search,
    review,
    add,
    help,
    account,
)
