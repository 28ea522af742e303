"""The pages, one module each: a ``router``, and ``NAV = (label, path)`` where it stands in the navigation.

``PAGES`` gives their order there.
"""

from types import ModuleType

from onrecord.web.pages import account, board, help, party, report, review, task

PAGES: tuple[ModuleType, ...] = (board, party, task, report, review, help, account)
