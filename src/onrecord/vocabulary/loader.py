"""Folder of YAML -> `Vocabulary`, or an error that names file, line and field.

What comes in: the data files. What goes out: the indexed vocabulary. Nothing is written: the parsed form is
kept in memory only, so that a changed file is never answered from an old copy.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path

from onrecord.vocabulary import build, clashes, forms
from onrecord.vocabulary.book import Vocabulary
from onrecord.vocabulary.types import VocabularyData

DATA = Path(__file__).parent / "data"
"""The files that come with the package."""


@cache
def load() -> Vocabulary:
    """The vocabulary that comes with the package, read once in a process.

    Raises:
        VocabularyInvalid: if a file of the installation is damaged.
        VocabularyClash: the same.
    """
    return load_from(DATA)


def load_from(folder: Path) -> Vocabulary:
    """Read a vocabulary from a folder that holds every file of `data/`.

    Raises:
        VocabularyInvalid: if a file is missing, is no YAML, or a field is unknown, missing or not understood.
        VocabularyClash: if two entries claim the same id, rank, term of office or surface form.
    """
    with _collector_paused():
        return _read(folder)


def _read(folder: Path) -> Vocabulary:
    stances = build.stances(folder)
    tasks = build.tasks(folder)
    condition_kinds = build.condition_kinds(folder)
    actors = build.actors(folder)
    officials = build.officials(folder)
    outlets = build.outlets(folder)
    matters = build.matters(folder)
    places = build.places(folder)

    data = VocabularyData(
        stances=clashes.by_id(stances),
        tasks=clashes.by_id(tasks),
        condition_kinds=clashes.by_id(condition_kinds),
        actors=clashes.by_id(actors),
        officials=tuple(official for official, _ in officials),
        outlets=clashes.by_id(outlets),
        matters=clashes.by_id(matters),
        places=clashes.by_id(places),
    )
    clashes.check_ranks(stances)
    clashes.check_terms(officials)
    states = [actor.id for actor in data.actors.values() if actor.kind in ("state", "territory")]
    clashes.check_known(actors, "members", lambda actor: actor.members, data.actors)
    clashes.check_known(actors, "parent", lambda actor: filter(None, [actor.parent]), data.actors)
    clashes.check_known(actors, "state", lambda actor: filter(None, [actor.state]), states)
    clashes.check_known(officials, "state", lambda official: [official.actor], data.actors)
    clashes.check_known(outlets, "state", lambda outlet: filter(None, [outlet.state]), states)
    clashes.check_known(places, "state", lambda place: filter(None, [place.state]), states)
    clashes.check_known(matters, "places", lambda matter: matter.places, {*states, *data.places})

    claims = list(
        chain(
            clashes.claims_of(actors, forms.actor_forms),
            clashes.claims_of(officials, forms.official_forms),
            clashes.claims_of(outlets, forms.outlet_forms),
            clashes.claims_of(matters, forms.matter_forms),
            clashes.claims_of(places, forms.place_forms),
        )
    )
    clashes.check_forms(claims)
    return Vocabulary(data, (claim.form for claim in claims))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Hold the garbage collector back for the one pass in which tens of thousands of lasting objects are
    made.

    None of them is garbage, yet each generation's pass would walk them all again: half of the time of
    loading.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
