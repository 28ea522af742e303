"""The words the program knows, as frozen types: stances, tasks, actors, officials, outlets, matters, places.

What comes in: nothing. What goes out: plain values that `loader` builds from the YAML under `data/` and
that every other room reads. This module knows neither files nor YAML.

A *target* is what a surface form stands for: the id of an actor (`AZE`, `hamas`, `group:arab_states`), an
outlet, a matter or a place. Dates are inclusive at both ends; `None` is "not known" at the start and "not
known or still so" at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Polarity = Literal["for", "leaning", "open", "against"]
Toward = Literal["own", "other"]
TaskKind = Literal["force", "security", "aid", "politics"]
ActorKind = Literal[
    "state", "territory", "organisation", "body", "organ", "command", "authority", "armed_group", "party", "group"
]
BodyKind = Literal["parliament", "military", "ministry", "court", "agency", "office"]
OfficeKind = Literal[
    "head_of_state",
    "head_of_government",
    "deputy",
    "foreign_minister",
    "defence_minister",
    "minister",
    "military",
    "spokesperson",
    "un_ambassador",
    "ambassador",
    "envoy",
    "adviser",
    "lawmaker",
    "leader",
    "opposition",
]
OutletKind = Literal[
    "agency", "daily", "broadcaster", "state_media", "magazine", "website", "blog", "think_tank", "social"
]
MatterKind = Literal["force", "agreement", "fund", "board", "sanctions", "talks"]
PlaceKind = Literal["territory", "region", "city", "crossing", "waterway", "area"]
Role = Literal[
    "name",
    "abbreviation",
    "adjective",
    "people",
    "capital",
    "seat",
    "body",
    "person",
    "descriptor",
    "outlet",
    "matter",
    "place",
    "misspelling",
]

POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
"""From most in favour to most against: the order of the contract's ladder."""

RELIABILITIES = ("A", "B", "C", "D", "E", "F")
"""Source reliability of the Admiralty code (NATO AJP-2.1, STANAG 2511); `F` is "cannot be judged"."""


@dataclass(frozen=True, slots=True)
class Stance:
    """One rung of the ladder.

    Attributes:
        rank: place within the polarity, 1 the strongest (for `against`: 1 is the firmest no).
        toward: `own` for a stance on one's own doing, `other` for one on another's.
    """

    id: str
    polarity: Polarity
    rank: int
    toward: Toward
    label: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a performer would do."""

    id: str
    label: str
    kind: TaskKind
    gloss: str


@dataclass(frozen=True, slots=True)
class ConditionKind:
    """A kind of condition that a holder attaches to a stance."""

    id: str
    label: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Body:
    """A parliament, ministry, armed force, court or agency with a name of its own, belonging to an actor."""

    name: str
    kind: BodyKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can hold a stance: a state, an organisation, an armed group, a group of states.

    Attributes:
        id: ISO 3166-1 alpha-3 for states and territories (`XKX` Kosovo), else a lower-case name with
            underscores; groups of states begin with `group:`.
        label: the name to display.
        names: every usual English name, the first being the label.
        capitals: cities that stand for the government.
        seats: buildings, streets and other metonyms of the government ("the Kremlin").
        descriptors: noun phrases, without article, by which reports refer back to it ("kingdom", "Gulf
            state"). Many actors share one, so a descriptor never names an actor by itself.
        epithets: words that describe it before "country", "nation" or "state" ("Caucasus",
            "Muslim-majority").
        misspellings: forms as printed by mistake ("Indonesias").
        ambiguous: those of its forms that also mean something else, so that context must decide ("Georgia").
        members: the actors that a fixed group or organisation consists of; empty where that is not fixed.
        parent: the actor that it acts for (`us_centcom` acts for `USA`), or `None`.
        state: for a party, the state in whose politics it stands; it does not speak for that state.
        valid_from, valid_to: when it existed, where that matters.
    """

    id: str
    kind: ActorKind
    label: str
    names: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    descriptors: tuple[str, ...] = ()
    epithets: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    parent: str | None = None
    state: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """A person who speaks for an actor, for as long as the office lasted.

    Attributes:
        actor: id of the actor.
        aliases: the surname as used alone, other spellings, nicknames in use.
        ambiguous: aliases that are common words or that several persons share ("Khan").
        valid_from, valid_to: first and last day in office, `None` where not known (or, at the end, still
            there).
    """

    actor: str
    name: str
    office: str
    kind: OfficeKind
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def served_on(self, day: date) -> bool:
        """Whether the person held the office on `day`; an unknown bound counts as fulfilled.

        >>> Official("AZE", "A. B.", "President", "head_of_state", valid_from=date(2003, 10, 31)).served_on(
        ...     date(2025, 11, 3)
        ... )
        True
        """
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news agency, paper, broadcaster, site or think tank.

    Attributes:
        domains: host names without `www.`.
        state: the state it works from, or `None` for none in particular.
        reliability: Admiralty letter A to F, or `None` where nobody has graded it (the data grade nobody).
    """

    id: str
    name: str
    kind: OutletKind
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    state: str | None = None
    reliability: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """A force, agreement, fund or affair that undertakings belong to.

    Attributes:
        names: proper names, the first being the label.
        descriptions: how reports refer to it without naming it, without article ("Gaza stabilisation
            mission").
        places: ids of states or places that it is about.
        note: where it comes from, such as the resolution of the Security Council.
    """

    id: str
    kind: MatterKind
    label: str
    names: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An area that is not a state but that matters are tied to.

    Attributes:
        state: the state that it belongs to by international recognition, or `None` where it lies in several
            or in none, as "Latin America" and "the Gulf of Guinea" do (listed so that the state's name in
            them is not taken for the state).
    """

    id: str
    kind: PlaceKind
    label: str
    names: tuple[str, ...]
    ambiguous: tuple[str, ...] = ()
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SurfaceForm:
    """A string as it stands in reports, and what it may stand for.

    Attributes:
        text: the form, without a leading article.
        target: id of the actor, outlet, matter or place.
        role: in what way it stands for the target.
        kind: the target's kind; for a body the body's, for a person the office's.
        canonical: the display name of what is named: the actor, the person, the body.
        valid_from, valid_to: when it stands for the target.
        case_sensitive: whether it must be matched as written ("US", "Turkey", "May").
        ambiguous: whether it needs context before it may be believed.
    """

    text: str
    target: str
    role: Role
    kind: str
    canonical: str
    valid_from: date | None = None
    valid_to: date | None = None
    case_sensitive: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class VocabularyData:
    """Everything that was read, before it is indexed. All mappings are read-only and keyed by id."""

    stances: Mapping[str, Stance]
    tasks: Mapping[str, Task]
    condition_kinds: Mapping[str, ConditionKind]
    actors: Mapping[str, Actor]
    officials: tuple[Official, ...]
    outlets: Mapping[str, Outlet]
    matters: Mapping[str, Matter]
    places: Mapping[str, Place]
