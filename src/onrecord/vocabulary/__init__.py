"""The words of the field, as data: stances, tasks, condition kinds, actors, officials, outlets, matters,
places.

Other rooms call `load()` and ask the `Vocabulary` it returns. The words stand in `data/*.yaml`, one entry a
line or block, for people to read and to correct; the loader refuses what clashes.
"""

from onrecord.vocabulary.book import Among, Vocabulary
from onrecord.vocabulary.loader import load, load_from
from onrecord.vocabulary.types import (
    Actor,
    Body,
    ConditionKind,
    Matter,
    Official,
    Outlet,
    Place,
    Polarity,
    Role,
    Stance,
    SurfaceForm,
    Task,
)

__all__ = [
    "Actor",
    "Among",
    "Body",
    "ConditionKind",
    "Matter",
    "Official",
    "Outlet",
    "Place",
    "Polarity",
    "Role",
    "Stance",
    "SurfaceForm",
    "Task",
    "Vocabulary",
    "load",
    "load_from",
]
