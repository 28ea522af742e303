"""What two entries may not both claim.

What comes in: the values of every file with their entries. What goes out: nothing, or an error that names
both places.

A form may stand for two targets in the same role only if their dates do not meet, or if both entries mark it
as ambiguous: then the extraction asks for context. Descriptors ("Gulf state") are shared by nature and never
clash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeVar

from onrecord.errors import VocabularyClash
from onrecord.vocabulary.build import Sourced
from onrecord.vocabulary.entries import Entry
from onrecord.vocabulary.types import Official, Stance, SurfaceForm


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


I = TypeVar("I", bound=_Identified)  # noqa: E741 - the identified thing
T = TypeVar("T")


class Claim(NamedTuple):
    """A surface form with the entry that claims it."""

    form: SurfaceForm
    entry: Entry

    def __str__(self) -> str:
        """Who claims it, for messages: ``Ilham Aliyev (AZE)``."""
        form = self.form
        return form.target if form.canonical == form.target else f"{form.canonical} ({form.target})"


def by_id(values: Sourced[I]) -> Mapping[str, I]:
    """Index values by id, read-only.

    Raises:
        VocabularyClash: if two entries have one id.
    """
    first: dict[str, Entry] = {}
    for value, entry in values:
        if value.id in first:
            raise VocabularyClash(
                f"{entry.where('id')}: the id '{value.id}' already stands in {first[value.id].where('id')}",
                value=value.id,
                hint="merge the two entries or rename one",
            )
        first[value.id] = entry
    return MappingProxyType({value.id: value for value, _ in values})


def check_ranks(values: Sourced[Stance]) -> None:
    """Refuse two stances of one polarity at one rank, and gaps in the ranks.

    Raises:
        VocabularyClash: if a rank is held twice.
        VocabularyInvalid: if a rank is above the number of stances of its polarity.
    """
    count: dict[str, int] = defaultdict(int)
    for stance, _ in values:
        count[stance.polarity] += 1
    held: dict[tuple[str, int], str] = {}
    for stance, entry in values:
        place = (stance.polarity, stance.rank)
        if place in held:
            raise VocabularyClash(
                f"{entry.where('rank')}: rank {stance.rank} of polarity '{stance.polarity}' is already held "
                f"by '{held[place]}'",
                value=stance.id,
                hint="give every stance of a polarity a rank of its own",
            )
        if stance.rank > count[stance.polarity]:
            entry.refuse("rank", f"{stance.rank} leaves a gap before it", value=stance.rank)
        held[place] = stance.id


def check_known(
    values: Sourced[T], field: str, named: Callable[[T], Iterable[str]], known: Iterable[str]
) -> None:
    """Refuse a field that names what is in none of the files.

    Raises:
        VocabularyInvalid: if a name in `field` is not in `known`.
    """
    everything = frozenset(known)
    for value, entry in values:
        for index, name in enumerate(named(value)):
            if name not in everything:
                entry.refuse(
                    field,
                    f"'{name}' is in none of the files",
                    value=name,
                    hint="correct it, or add an entry for it",
                    line=entry.line_of(field, index),
                )


def check_terms(values: Sourced[Official]) -> None:
    """Refuse the same person in the same office of the same actor at the same time.

    Raises:
        VocabularyClash: if two such terms meet.
    """
    terms: dict[tuple[str, str, str], list[tuple[Official, Entry]]] = defaultdict(list)
    for official, entry in values:
        others = terms[official.actor, official.name, official.office]
        for other, before in others:
            if _meet(official.valid_from, official.valid_to, other.valid_from, other.valid_to):
                raise VocabularyClash(
                    f"{entry.where('name')}: {official.name} already stands as {official.office} of "
                    f"{official.actor} for the same time in {before.where('name')}",
                    value=official.name,
                    hint="merge the two entries or correct the dates",
                )
        others.append((official, entry))


def check_forms(claims: Iterable[Claim]) -> None:
    """Refuse a form that two targets claim in one role for the same time.

    Two officials of one actor count as two: "Clinton" must not silently become either of them.

    Raises:
        VocabularyClash: naming the form, both claimants and both lines.
    """
    seen: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        form = claim.form
        if form.role == "descriptor":
            continue
        key = form.text if form.case_sensitive else form.text.casefold()
        for other in seen[form.role, key]:
            if _excused(form, other.form):
                continue
            raise VocabularyClash(
                f"{claim.entry.where()}: '{form.text}' is claimed as {form.role} by {claim} and by "
                f"{other} ({other.entry.where()}) for the same time",
                value=form.text,
                hint="remove it from one, correct the dates, or mark it as ambiguous in both",
            )
        seen[form.role, key].append(claim)


def claims_of(values: Sourced[T], forms: Callable[[T], Iterator[SurfaceForm]]) -> Iterator[Claim]:
    """The forms of every value, each with the entry that claims it."""
    for value, entry in values:
        for form in forms(value):
            yield Claim(form, entry)


def _excused(one: SurfaceForm, other: SurfaceForm) -> bool:
    if one.ambiguous and other.ambiguous:
        return True
    if one.target == other.target and one.canonical == other.canonical:
        return True
    return not _meet(one.valid_from, one.valid_to, other.valid_from, other.valid_to)


def _meet(from_a: date | None, to_a: date | None, from_b: date | None, to_b: date | None) -> bool:
    a_begins_in_time = to_b is None or from_a is None or from_a <= to_b
    b_begins_in_time = to_a is None or from_b is None or from_b <= to_a
    return a_begins_in_time and b_begins_in_time
