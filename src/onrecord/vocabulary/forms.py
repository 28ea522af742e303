"""The surface forms under which reports name what the vocabulary knows.

What comes in: actors, officials, outlets, matters, places. What goes out: `SurfaceForm` values, one for
each string and target, without possessives, plurals of adjectives or combinations such as "the Turkish
defence ministry": those are made where a text is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.vocabulary.types import Actor, Matter, Official, Outlet, Place, Role, SurfaceForm

EPITHET_NOUNS = ("country", "nation", "state")
"""What an epithet stands before when a report refers back: "the Caucasus country", "the Gulf state"."""


def needs_case(text: str, role: Role) -> bool:
    """Whether a form must be matched as it is written.

    A single word with a capital is often a common word without it: "US", "WHO", "Turkey", "Poles", "May",
    "LeT". Forms of several words are safe in any case, as headlines print them.

    >>> needs_case("US", "abbreviation"), needs_case("United States", "name"), needs_case("May", "person")
    (True, False, True)
    """
    return " " not in text and role != "descriptor" and not text.islower()


def actor_forms(actor: Actor) -> Iterator[SurfaceForm]:
    """The forms of one actor, without those of its officials."""
    roles: tuple[tuple[Role, Iterable[str]], ...] = (
        ("name", actor.names),
        ("abbreviation", actor.abbreviations),
        ("adjective", actor.adjectives),
        ("people", actor.people),
        ("capital", actor.capitals),
        ("seat", actor.seats),
        ("misspelling", actor.misspellings),
        ("descriptor", dict.fromkeys((*actor.descriptors, *_epithets(actor)))),
    )
    for role, texts in roles:
        for text in texts:
            # "the Chinese" are people, but "Chinese troops" and "in Chinese" are more often met.
            shared = role == "people" and text in actor.adjectives
            yield _actor_form(actor, text, role, actor.kind, actor.label, shared)
    for body in actor.bodies:
        for text in (body.name, *body.aliases):
            yield _actor_form(actor, text, "body", body.kind, body.name)


def official_forms(official: Official) -> Iterator[SurfaceForm]:
    """The full name and the other names of an official, for the time of the office."""
    for text in (official.name, *official.aliases):
        yield SurfaceForm(
            text,
            official.actor,
            "person",
            official.kind,
            official.name,
            official.valid_from,
            official.valid_to,
            needs_case(text, "person"),
            text in official.ambiguous,
        )


def outlet_forms(outlet: Outlet) -> Iterator[SurfaceForm]:
    """Name, other names and domains of an outlet."""
    for text in dict.fromkeys((outlet.name, *outlet.aliases, *outlet.domains)):
        cased = text not in outlet.domains and needs_case(text, "outlet")
        yield SurfaceForm(
            text,
            outlet.id,
            "outlet",
            outlet.kind,
            outlet.name,
            case_sensitive=cased,
            ambiguous=text in outlet.ambiguous,
        )


def matter_forms(matter: Matter) -> Iterator[SurfaceForm]:
    """Names, abbreviations and descriptions of a matter."""
    for text in dict.fromkeys((*matter.names, *matter.abbreviations, *matter.descriptions)):
        yield SurfaceForm(
            text,
            matter.id,
            "matter",
            matter.kind,
            matter.label,
            matter.valid_from,
            matter.valid_to,
            needs_case(text, "matter"),
            text in matter.ambiguous,
        )


def place_forms(place: Place) -> Iterator[SurfaceForm]:
    """Names of a place."""
    for text in place.names:
        yield SurfaceForm(
            text,
            place.id,
            "place",
            place.kind,
            place.label,
            case_sensitive=needs_case(text, "place"),
            ambiguous=text in place.ambiguous,
        )


def _actor_form(
    actor: Actor, text: str, role: Role, kind: str, canonical: str, shared: bool = False
) -> SurfaceForm:
    return SurfaceForm(
        text,
        actor.id,
        role,
        kind,
        canonical,
        actor.valid_from,
        actor.valid_to,
        needs_case(text, role),
        shared or text in actor.ambiguous,
    )


def _epithets(actor: Actor) -> Iterator[str]:
    for epithet in actor.epithets:
        for noun in EPITHET_NOUNS:
            yield f"{epithet} {noun}"
