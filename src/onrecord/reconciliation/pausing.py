"""A pause for the collection of cycles, for steps that make very many small objects that all stay.

Comes in: nothing. Goes out: a context. Nothing here knows what the objects are.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_LARGE_BATCH = 100_000  # objects made in one go


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the collection of cycles.

    It would go through all objects again and again: a fifth of the time. What a large batch leaves is gone
    through once at the end, so that a single report after it does not have to wait for that.
    """
    was_on = gc.isenabled()
    before = gc.get_count()[0]
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] - before > _LARGE_BATCH:
                gc.collect()
            gc.enable()
