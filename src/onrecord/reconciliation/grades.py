"""Grades of the Admiralty code (NATO AJP-2.1): reliability of the source, credibility of the information.

Comes in: the claims that support a standing. Goes out: a letter A to F and a digit 1 to 6. The table stands
in `docs/reconciliation.md`. Reliability is of the best origin: the lower of what its speaker deserves and
what the outlet that printed it deserves. Credibility is of the standing and asks for independent origins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from onrecord.model import Grade, State
from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import Claim
from onrecord.vocabulary import Vocabulary

LETTERS = "ABCDEF"

SPEAKER: Mapping[Authority, str] = {
    Authority.DECIDED: "A",
    Authority.SPOKEN: "B",
    Authority.UNNAMED: "C",
    Authority.CONVEYED: "C",
    Authority.OTHER: "C",
    Authority.OUTLET: "C",
}
"""What a speaker deserves when speaking for the holder's stance; an unnamed speaker of another party one
letter less."""

OUTLET: Mapping[str, str] = {
    "agency": "A",
    "daily": "B",
    "broadcaster": "B",
    "magazine": "B",
    "state_media": "C",
    "think_tank": "C",
    "website": "C",
    "blog": "D",
    "social": "E",
}
"""What an outlet deserves by its kind, where nobody has graded it."""

UNKNOWN_OUTLET = "C"
"""An outlet that nobody knows: its quotations are taken, its own voice is F."""


class Grader:
    """Grades claims and standings.

    Args:
        vocabulary: kinds of outlets, and grades where it has any.
        outlet_grades: letters set by the user, by name of outlet.
    """

    def __init__(self, vocabulary: Vocabulary, outlet_grades: Mapping[str, str]) -> None:
        self._vocabulary = vocabulary
        self._set = {
            " ".join(name.split()).casefold().removeprefix("the "): grade
            for name, grade in outlet_grades.items()
        }
        for name, grade in outlet_grades.items():
            known = vocabulary.outlet_by_name(name)
            if known is not None:
                self._set[known.id] = grade
        self._letters: dict[str, str | None] = {}

    def outlet(self, key: str, holder: str) -> str | None:
        """The letter of an outlet by its key; None where nobody knows it. A holder's own state media are its
        mouthpiece.
        """
        if key not in self._letters:
            known = self._vocabulary.outlets.get(key)
            given = self._set.get(key) or (known.reliability if known else None)
            self._letters[key] = given or (OUTLET[known.kind] if known else None)
        known = self._vocabulary.outlets.get(key)
        if (
            known is not None
            and known.kind == "state_media"
            and known.state == holder
            and key not in self._set
        ):
            return "B"
        return self._letters[key]

    def reliability(self, claim: Claim, doubted: Set[str]) -> str:
        """The letter of a claim.

        Args:
            claim: whose speaker and outlet are graded.
            doubted: keys of outlets whose record in this ledger is poor: one letter less.
        """
        printed = self.outlet(claim.outlet, claim.position.holder) if claim.outlet else None
        if claim.authority == Authority.OUTLET:
            letter = "F" if printed is None else max(printed, SPEAKER[claim.authority])
        else:
            letter = max(
                SPEAKER[claim.authority], printed or UNKNOWN_OUTLET if claim.outlet else UNKNOWN_OUTLET
            )
            if claim.authority == Authority.OTHER and not claim.named:
                letter = lower(letter)
        return lower(letter) if claim.outlet in doubted and letter < "E" else letter

    def grade(
        self,
        supporting: Sequence[Claim],
        origins: int,
        state: State,
        probability: float | None,
        doubted: Set[str],
    ) -> Grade | None:
        """The grade of a standing, or None where nothing supports it."""
        if not supporting:
            return None
        letter = min(self.reliability(claim, doubted) for claim in supporting)
        return Grade(letter, credibility(supporting, origins, state, probability))


def lower(letter: str) -> str:
    """The next letter down; F stays F.

    Example:
        >>> lower("B"), lower("F")
        ('C', 'F')
    """
    return LETTERS[min(len(LETTERS) - 1, LETTERS.index(letter) + 1)]


def credibility(supporting: Sequence[Claim], origins: int, state: State, probability: float | None) -> int:
    """The digit: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be
    judged.
    """
    if state == "unknown":
        return 6
    if state == "contested":
        return 5 if probability is not None and probability < 0.25 else 4
    on_record = any(claim.authority >= Authority.SPOKEN for claim in supporting)
    if on_record and origins >= 2:
        return 1
    return 2 if on_record or origins >= 2 else 3
