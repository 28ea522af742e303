"""Which matter a report and each of its positions is about: a force, an agreement, an affair.

In: texts and their mentions, the vocabulary's matters, the story's names. Out: for a place in a text the
matter's id. A known matter goes by its id in the vocabulary (``isf_gaza``); one that only the reports know
is named from what they call it (``force_sudan``), alike in every report. What is about none gets None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.extraction.mentions import Mention
from onrecord.model import Story
from onrecord.vocabulary import Matter

_FORCE = (
    r"(?:forces?|missions?|contingent|operation|peacekeepers|"
    r"peacekeeping (?:force|mission)|stabili[sz]ation (?:force|mission))"
)
_DESCRIBED = re.compile(
    rf"\b{_FORCE}\b(?: (?:for|in|to|on|inside))? (?:the )?(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?)|"
    rf"(?P<place2>[A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:\w+ ){{0,2}}{_FORCE}\b"
)


@dataclass(frozen=True, slots=True)
class MatterMention:
    """Where a text speaks of a matter."""

    start: int
    matter: str


class Matters:
    """The matters that can be told apart, ready for looking up.

    Args:
        known: the vocabulary's matters, by id.
        story: the user's story; its names count first.
        places: place or state id -> the words for it (lower case), to tell "the Gaza force" by where it is.
    """

    def __init__(
        self, known: Mapping[str, Matter], story: Story | None = None, places: Mapping[str, str] | None = None
    ) -> None:
        self._known = known
        self._story = story
        self._places = dict(places or {})
        self._story_names = (
            tuple((_whole(name), story.matter) for name in story.names if len(name) > 2) if story else ()
        )
        about = known.get(story.matter) if story else None
        self._ground = frozenset(about.places if about is not None else ())
        self._by_place: dict[str, list[Matter]] = {}
        for matter in known.values():
            for place in matter.places:
                self._by_place.setdefault(place, []).append(matter)

    def in_text(self, text: str, mentions: Sequence[Mention]) -> list[MatterMention]:
        """Where a text names or describes a matter, in order."""
        found = [MatterMention(m.start, m.target) for m in mentions if m.role == "matter" and m.target]
        for pattern, matter in self._story_names:
            found += [MatterMention(m.start(), matter) for m in pattern.finditer(text)]
        taken = {f.start for f in found}
        for match in _DESCRIBED.finditer(text):
            # "The force in Sudan" is a matter that may have no name yet; "Pakistan's contingent" is part of another's.
            named = match["place"] or match["place2"]
            matter_id = self._of_place(named, deployed=bool(match["place"]))
            if matter_id and match.start() not in taken:
                found.append(MatterMention(match.start(), matter_id))
        return sorted(set(found), key=lambda f: (f.start, f.matter))

    def _of_place(self, name: str, *, deployed: bool) -> str | None:
        place = self._places.get(name.lower())
        if place is None and " " in name:
            place = self._places.get(name.split()[0].lower()) or self._places.get(name.split()[-1].lower())
        if place is None:
            return None
        if self._story is not None:
            about = self._known.get(self._story.matter)
            if about is not None and place in about.places:
                return about.id
        forces = [m for m in self._by_place.get(place, ()) if m.kind == "force"]
        current = [m for m in forces if m.valid_to is None] or forces
        if current:
            return max(current, key=lambda m: (m.valid_from is not None, m.valid_from)).id
        return f"force_{place.lower()}" if deployed else None

    def main(self, found: Sequence[MatterMention], mentions: Sequence[Mention] = ()) -> str | None:
        """The matter that a text is mostly about, None where it names none; in a tie the story's.

        A text that names no matter and speaks of the ground of the user's story is taken to be of that story.

        Args:
            found: where the text names or describes matters.
            mentions: who and what the text names.
        """
        if not found:
            on_its_ground = self._story is not None and any(m.target in self._ground for m in mentions)
            return self._story.matter if self._story is not None and on_its_ground else None
        counts = Counter(f.matter for f in found)
        forces = {m: n for m, n in counts.items() if m not in self._known or self._known[m].kind == "force"}
        pool = forces or counts
        own = self._story.matter if self._story is not None else None
        return max(pool, key=lambda m: (pool[m] + (0.5 if m == own else 0), m))


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I)


def matter_at(
    found: Sequence[MatterMention], main: str | None, start: int, end: int, kinds: Mapping[str, str]
) -> str | None:
    """The matter of a passage: one that the passage itself names, else the one the report is about.

    Args:
        found: where the text speaks of matters.
        main: the report's own matter.
        start: where the passage begins (code points).
        end: where it ends, exclusive.
        kinds: matter id -> kind; only forces take contributions: an agreement named beside one yields to it.
    """
    here = [f.matter for f in found if start <= f.start < end]
    forces = [m for m in here if kinds.get(m, "force") == "force"]
    if forces:
        return main if main in forces else forces[-1]
    if here and main is None:
        return here[-1]
    return main
