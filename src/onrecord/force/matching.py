"""Which condition of the story a condition of a standing is: by its kind and words, else by its kind.

In: a standing's condition and the story. Out: the condition it is, and how that was told
(`onrecord.model.wordings`). One that the story does not have becomes one of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import StandingCondition, Story
from onrecord.model.wordings import OWN_AFFAIRS, How, condition_of

_LONGEST = 80  # characters of a wording in a label


@dataclass(frozen=True, slots=True)
class Lever:
    """A condition that parties hang on, as the assessment follows it.

    Attributes:
        id: of the story's condition; or the kind, or ``kind:PARTY``, where the story has none for it.
        kind: the condition kind.
        label: for people.
        found: whether it comes from the reports and not from the story.
    """

    id: str
    kind: str
    label: str
    found: bool = False


def lever_of(condition: StandingCondition, party: str, story: Story, *, wording: float) -> tuple[Lever, How]:
    """The condition that is meant, and how it was told.

    Args:
        condition: as the standing has it.
        party: who names it.
        story: whose conditions it may be.
        wording: from which likeness on words decide.
    """
    meant, how = condition_of(condition.kind, condition.text, party, story.conditions, enough=wording)
    if meant is not None:
        return Lever(meant.id, meant.kind, meant.label), how
    name = f"{condition.kind}:{party}" if condition.kind in OWN_AFFAIRS else condition.kind
    return Lever(name, condition.kind, _label(condition), found=True), how


def _label(condition: StandingCondition) -> str:
    """The kind and the words, cut to what fits a row.

    Example:
        >>> _label(StandingCondition("ceasefire", "until the guns are silent", ()))
        'ceasefire (“until the guns are silent”)'
    """
    words = " ".join(condition.text.split())
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST - 1].rstrip()}…"
    kind = condition.kind.replace("_", " ")
    return f"{kind} (“{words}”)" if words else kind
