"""The vocabulary as the other rooms ask it.

What comes in: the data that `loader` built. What goes out: answers about single words. This module reads no
file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import Literal, TypeVar
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process, utils

from onrecord.errors import UnknownName
from onrecord.vocabulary.types import (
    POLARITIES,
    Actor,
    ConditionKind,
    Matter,
    Official,
    Outlet,
    Place,
    Polarity,
    Stance,
    SurfaceForm,
    Task,
    VocabularyData,
)

T = TypeVar("T")
Among = Literal["stances", "tasks", "condition_kinds", "actors", "outlets", "matters", "places"]

# Below this likeness (0 to 100, rapidfuzz's ratio) a suggestion puzzles more than none: "disarmm" is at 92 to
# "disarm", "Azerbaidjan" at 95 to "Azerbaijan", "train police" at 75 to "train forces", "Azer" at 57.
_LIKE_ENOUGH = 68.0


class Vocabulary:
    """Stances, tasks, condition kinds, actors, officials, outlets, matters and places, all read-only.

    Example:
        >>> from onrecord.vocabulary import load
        >>> load().polarity("refused"), load().label("AZE"), load().label("group:26_countries")
        ('against', 'Azerbaijan', '26 countries')
    """

    def __init__(self, data: VocabularyData, forms: Iterable[SurfaceForm]) -> None:
        self._data = data
        self._forms = tuple(sorted(forms, key=attrgetter("text", "role", "target")))
        self._ranks = _ladder(data.stances.values())
        self._outlets_by_form = _outlets_by_form(data.outlets.values())
        self._officials_by_actor: dict[str, tuple[Official, ...]] = {}
        for official in data.officials:
            before = self._officials_by_actor.get(official.actor, ())
            self._officials_by_actor[official.actor] = (*before, official)

    @property
    def stances(self) -> Mapping[str, Stance]:
        """Every rung of the ladder."""
        return self._data.stances

    @property
    def tasks(self) -> Mapping[str, Task]:
        """Every task."""
        return self._data.tasks

    @property
    def condition_kinds(self) -> Mapping[str, ConditionKind]:
        """Every kind of condition."""
        return self._data.condition_kinds

    @property
    def actors(self) -> Mapping[str, Actor]:
        """States, organisations, armed groups and groups of states."""
        return self._data.actors

    @property
    def officials(self) -> tuple[Official, ...]:
        """Terms of office, in the order of the file; one person may have several."""
        return self._data.officials

    @property
    def outlets(self) -> Mapping[str, Outlet]:
        """News outlets and agencies."""
        return self._data.outlets

    @property
    def matters(self) -> Mapping[str, Matter]:
        """Known forces, agreements and affairs."""
        return self._data.matters

    @property
    def places(self) -> Mapping[str, Place]:
        """Areas that are not states."""
        return self._data.places

    def stance(self, stance: str) -> Stance:
        """The rung with this id.

        Raises:
            UnknownName: if there is none; the hint names the nearest.
        """
        return self._get(self.stances, stance, "stance", "stances")

    def polarity(self, stance: str) -> Polarity:
        """The polarity of a stance.

        Raises:
            UnknownName: if there is no such stance.
        """
        return self.stance(stance).polarity

    def rank(self, stance: str) -> int:
        """Place of a stance on the whole ladder, 0 the firmest no (`refused`), rising to `deployed`.

        Polarities follow each other as in the contract; within `against` the order is turned round, so that a
        weaker no stands nearer to the middle: refused < denied < suspended < withdrawn < opposes < no_comment
        < undecided < named < considering < ... < agreed < deploying < deployed.

        Raises:
            UnknownName: if there is no such stance.

        Example:
            >>> from onrecord.vocabulary import load
            >>> sorted(["offered", "refused", "deployed", "considering"], key=load().rank)
            ['refused', 'considering', 'offered', 'deployed']
        """
        return self._ranks[self.stance(stance).id]

    def actor(self, actor_id: str) -> Actor:
        """The actor with this id.

        Raises:
            UnknownName: if there is none; the hint names the nearest.
        """
        return self._get(self.actors, actor_id, "actor", "actors")

    def label(self, actor_id: str) -> str:
        """The name to display for an actor; an id that is in no file is made readable.

        Example:
            >>> from onrecord.vocabulary import load
            >>> [load().label(one) for one in ("hamas", "australia_opposition", "group:19_countries")]
            ['Hamas', 'Opposition in Australia', '19 countries']
        """
        known = self.actors.get(actor_id)
        if known is not None:
            return known.label
        words = actor_id.removeprefix("group:")
        head, opposition, rest = words.rpartition("_opposition")
        if opposition and not rest and head:
            return f"Opposition in {self.label(head)}"
        readable = words.replace("_", " ").strip()
        return readable[:1].upper() + readable[1:]

    def officials_of(self, actor_id: str, on: date | None = None) -> tuple[Official, ...]:
        """Who speaks for an actor, on a day where one is given."""
        terms = self._officials_by_actor.get(actor_id, ())
        return terms if on is None else tuple(term for term in terms if term.served_on(on))

    def outlet_by_name(self, text: str) -> Outlet | None:
        """The outlet that a name, a domain or an address means, or `None`.

        The case does not count, nor does a leading "the", nor a remark in parentheses at the end ("Al-Monitor
        (Reuters)" is Al-Monitor). Of an address the host counts, with or without subdomain.

        Example:
            >>> from onrecord.vocabulary import load
            >>> [load().outlet_by_name(text).id for text in ("the bbc", "https://www.reuters.com/world/x")]
            ['bbc', 'reuters']
        """
        name = " ".join(text.split()).casefold()
        bare = re.sub(r"\s*\([^()]*\)$", "", name)
        for candidate in (name, bare, bare.removeprefix("the ")):
            if candidate in self._outlets_by_form:
                return self._outlets_by_form[candidate]
        host = _host(name)
        while "." in host:
            if host in self._outlets_by_form:
                return self._outlets_by_form[host]
            host = host.partition(".")[2]
        return None

    def surface_forms(self) -> tuple[SurfaceForm, ...]:
        """Every form under which reports name something, sorted by text, then role, then target."""
        return self._forms

    def suggest(self, word: str, among: Among, limit: int = 3) -> tuple[str, ...]:
        """The ids nearest to a word, best first; for messages about a name that does not exist.

        Ids are compared and, for actors, outlets, matters and places, their names as well.

        Example:
            >>> from onrecord.vocabulary import load
            >>> load().suggest("contribute_troop", "tasks", limit=1), load().suggest("Azerbaidjan", "actors")
            (('contribute_troops',), ('AZE',))
        """
        choices = [(text, key) for key, texts in self._spellings(among) for text in (key, *texts)]
        found = process.extract(
            word,
            [text for text, _ in choices],
            scorer=fuzz.ratio,
            processor=utils.default_process,
            score_cutoff=_LIKE_ENOUGH,
            limit=limit * 4,
        )
        return tuple(dict.fromkeys(choices[index][1] for _, _, index in found))[:limit]

    def _spellings(self, among: Among) -> list[tuple[str, tuple[str, ...]]]:
        if among == "stances":
            return [(key, (stance.label,)) for key, stance in self.stances.items()]
        if among == "tasks":
            return [(key, (task.label,)) for key, task in self.tasks.items()]
        if among == "condition_kinds":
            return [(key, (kind.label,)) for key, kind in self.condition_kinds.items()]
        if among == "actors":
            return [(key, (*actor.names, *actor.abbreviations)) for key, actor in self.actors.items()]
        if among == "outlets":
            return [(key, (outlet.name, *outlet.aliases)) for key, outlet in self.outlets.items()]
        if among == "matters":
            return [(key, (*matter.names, *matter.abbreviations)) for key, matter in self.matters.items()]
        return [(key, place.names) for key, place in self.places.items()]

    def _get(self, values: Mapping[str, T], key: str, noun: str, among: Among) -> T:
        found = values.get(key)
        if found is None:
            near = self.suggest(key, among)
            quoted = " or ".join(f"'{one}'" for one in near)
            hint = f"did you mean {quoted}?" if near else f"docs/vocabulary.md lists every {noun}"
            raise UnknownName(f"there is no {noun} '{key}'", value=key, hint=hint)
        return found


def _ladder(stances: Iterable[Stance]) -> dict[str, int]:
    def height(stance: Stance) -> tuple[int, int]:
        strength = stance.rank if stance.polarity == "against" else -stance.rank
        return -POLARITIES.index(stance.polarity), strength

    return {stance.id: place for place, stance in enumerate(sorted(stances, key=height))}


def _outlets_by_form(outlets: Iterable[Outlet]) -> dict[str, Outlet]:
    found: dict[str, Outlet] = {}
    for outlet in outlets:
        for text in (outlet.id, outlet.name, *outlet.aliases, *outlet.domains):
            found.setdefault(text.casefold(), outlet)
    return found


def _host(text: str) -> str:
    if " " in text:
        return ""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname
    except ValueError:  # an address that is none, such as an unclosed IPv6 bracket
        return ""
    return host or ""
