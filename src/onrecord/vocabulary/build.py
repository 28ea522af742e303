"""Entries of the data files made into the types of the vocabulary.

What comes in: a folder. What goes out: the values of each file with the entries they were made from, so
that `clashes` can name the line of a fault that shows only when two entries are seen together.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar, cast, get_args

from onrecord.vocabulary.entries import Entry, read_entries
from onrecord.vocabulary.types import (
    POLARITIES,
    RELIABILITIES,
    Actor,
    ActorKind,
    Body,
    BodyKind,
    ConditionKind,
    Matter,
    MatterKind,
    OfficeKind,
    Official,
    Outlet,
    OutletKind,
    Place,
    PlaceKind,
    Polarity,
    Stance,
    Task,
    TaskKind,
    Toward,
)

T = TypeVar("T")
Sourced = list[tuple[T, Entry]]
"""Values, each with the entry it was made from."""

ACTOR_FILES: dict[str, tuple[ActorKind, ...]] = {
    "states.yaml": ("state", "territory"),
    "organisations.yaml": ("organisation", "body", "organ", "command", "authority"),
    "armed_groups.yaml": ("armed_group", "party"),
    "groups.yaml": ("group",),
}
"""The files that hold actors and the kinds that may stand in each; the first is meant where none is given."""

_FORM_FIELDS = (
    "abbreviations",
    "adjectives",
    "people",
    "capitals",
    "seats",
    "descriptors",
    "misspellings",
)
_ACTOR_FIELDS = frozenset(
    {
        "id",
        "kind",
        "names",
        "bodies",
        "epithets",
        "ambiguous",
        "members",
        "parent",
        "state",
        "from",
        "to",
        *_FORM_FIELDS,
    }
)
_BODY_FIELDS = frozenset({"name", "kind", "aliases"})
_SPEAKER_FIELDS = frozenset({"state", "actor", "officials"})
_OFFICIAL_FIELDS = frozenset({"name", "aliases", "ambiguous", "office", "kind", "from", "to"})
_OUTLET_FIELDS = frozenset({"id", "name", "aliases", "domains", "ambiguous", "kind", "state", "reliability"})
_MATTER_FIELDS = frozenset(
    {"id", "kind", "names", "abbreviations", "descriptions", "ambiguous", "places", "from", "to", "note"}
)
_PLACE_FIELDS = frozenset({"id", "kind", "names", "ambiguous", "state"})


def stances(folder: Path) -> Sourced[Stance]:
    """Read `stances.yaml`."""
    fields = {"id", "polarity", "rank", "toward", "label", "gloss"}
    return [
        (
            Stance(
                id=entry.text("id"),
                polarity=cast(Polarity, entry.choice("polarity", POLARITIES)),
                rank=entry.number("rank"),
                toward=cast(Toward, entry.choice("toward", get_args(Toward))),
                label=entry.text("label"),
                gloss=entry.text("gloss"),
            ),
            entry,
        )
        for entry in read_entries(folder / "stances.yaml", fields)
    ]


def tasks(folder: Path) -> Sourced[Task]:
    """Read `tasks.yaml`."""
    return [
        (
            Task(
                id=entry.text("id"),
                label=entry.text("label"),
                kind=cast(TaskKind, entry.choice("kind", get_args(TaskKind))),
                gloss=entry.text("gloss"),
            ),
            entry,
        )
        for entry in read_entries(folder / "tasks.yaml", {"id", "label", "kind", "gloss"})
    ]


def condition_kinds(folder: Path) -> Sourced[ConditionKind]:
    """Read `conditions.yaml`."""
    return [
        (ConditionKind(entry.text("id"), entry.text("label"), entry.text("gloss")), entry)
        for entry in read_entries(folder / "conditions.yaml", {"id", "label", "gloss"})
    ]


def actors(folder: Path) -> Sourced[Actor]:
    """Read the four files of actors."""
    return [
        (_actor(entry, kinds), entry)
        for file, kinds in ACTOR_FILES.items()
        for entry in read_entries(folder / file, _ACTOR_FIELDS)
    ]


def officials(folder: Path) -> Sourced[Official]:
    """Read `officials.yaml`: speakers grouped by the state or other actor that they speak for."""
    found: Sourced[Official] = []
    for group in read_entries(folder / "officials.yaml", _SPEAKER_FIELDS):
        state, other = group.optional("state"), group.optional("actor")
        if (state is None) == (other is None):
            group.refuse("state", "name either a state or an actor", value=state)
        for entry in group.entries("officials", _OFFICIAL_FIELDS):
            found.append((_official(entry, state or other or ""), entry))
    return found


def outlets(folder: Path) -> Sourced[Outlet]:
    """Read `outlets.yaml`."""
    found: Sourced[Outlet] = []
    for entry in read_entries(folder / "outlets.yaml", _OUTLET_FIELDS):
        if entry.optional("reliability") is not None:
            entry.choice("reliability", RELIABILITIES)
        name, aliases, domains = entry.text("name"), entry.texts("aliases"), entry.texts("domains")
        found.append(
            (
                Outlet(
                    id=entry.text("id"),
                    name=name,
                    kind=cast(OutletKind, entry.choice("kind", get_args(OutletKind))),
                    aliases=aliases,
                    domains=domains,
                    ambiguous=_ambiguous(entry, (name, *aliases, *domains)),
                    state=entry.optional("state"),
                    reliability=entry.optional("reliability"),
                ),
                entry,
            )
        )
    return found


def matters(folder: Path) -> Sourced[Matter]:
    """Read `forces.yaml`."""
    found: Sourced[Matter] = []
    for entry in read_entries(folder / "forces.yaml", _MATTER_FIELDS):
        names = _names(entry)
        abbreviations, descriptions = entry.texts("abbreviations"), entry.texts("descriptions")
        start, end = entry.span()
        found.append(
            (
                Matter(
                    id=entry.text("id"),
                    kind=cast(MatterKind, entry.choice("kind", get_args(MatterKind))),
                    label=names[0],
                    names=names,
                    abbreviations=abbreviations,
                    descriptions=descriptions,
                    ambiguous=_ambiguous(entry, (*names, *abbreviations, *descriptions)),
                    places=entry.texts("places"),
                    valid_from=start,
                    valid_to=end,
                    note=entry.optional("note") or "",
                ),
                entry,
            )
        )
    return found


def places(folder: Path) -> Sourced[Place]:
    """Read `places.yaml`."""
    found: Sourced[Place] = []
    for entry in read_entries(folder / "places.yaml", _PLACE_FIELDS):
        names = _names(entry)
        kind = cast(PlaceKind, entry.choice("kind", get_args(PlaceKind)))
        ambiguous = _ambiguous(entry, names)
        place = Place(entry.text("id"), kind, names[0], names, ambiguous, entry.optional("state"))
        found.append((place, entry))
    return found


def _actor(entry: Entry, kinds: tuple[ActorKind, ...]) -> Actor:
    identity, names = entry.text("id"), _names(entry)
    kind = kinds[0] if entry.optional("kind") is None else cast(ActorKind, entry.choice("kind", kinds))
    if identity.startswith("group:") != (kind == "group"):
        entry.refuse("id", "the ids of groups of states, and only those, begin with 'group:'", value=identity)
    bodies = tuple(
        Body(
            body.text("name"),
            cast(BodyKind, body.choice("kind", get_args(BodyKind))),
            body.texts("aliases"),
        )
        for body in entry.entries("bodies", _BODY_FIELDS)
    )
    lists = {field: entry.texts(field) for field in _FORM_FIELDS}
    forms = {*names, *(text for texts in lists.values() for text in texts)}
    forms |= {text for body in bodies for text in (body.name, *body.aliases)}
    start, end = entry.span()
    return Actor(
        id=identity,
        kind=kind,
        label=names[0],
        names=names,
        bodies=bodies,
        epithets=entry.texts("epithets"),
        ambiguous=_ambiguous(entry, forms),
        members=entry.texts("members"),
        parent=entry.optional("parent"),
        state=entry.optional("state"),
        valid_from=start,
        valid_to=end,
        **lists,
    )


def _official(entry: Entry, actor: str) -> Official:
    name, aliases = entry.text("name"), entry.texts("aliases")
    start, end = entry.span()
    return Official(
        actor=actor,
        name=name,
        office=entry.text("office"),
        kind=cast(OfficeKind, entry.choice("kind", get_args(OfficeKind))),
        aliases=aliases,
        ambiguous=_ambiguous(entry, (name, *aliases)),
        valid_from=start,
        valid_to=end,
    )


def _names(entry: Entry) -> tuple[str, ...]:
    names = entry.texts("names")
    if not names:
        entry.refuse("names", "at least one name is needed", value=names)
    return names


def _ambiguous(entry: Entry, forms: tuple[str, ...] | set[str]) -> tuple[str, ...]:
    marked = entry.texts("ambiguous")
    for index, text in enumerate(marked):
        if text not in forms:
            entry.refuse(
                "ambiguous",
                f"'{text}' is none of the entry's forms",
                value=text,
                line=entry.line_of("ambiguous", index),
            )
    return marked
