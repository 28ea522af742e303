"""What an opposition says of its government's doing: the state would do it, the opposition supports or opposes it.

In: drafts. Out: the same, with the state as performer where an opposition was taken for the doer. An opposition has
no troops to send, no treaty to sign: "the opposition ruled out a deployment" opposes what its country might do. A
party known by name that opposes a deed of nobody named speaks of its own state, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.extraction.positions import TOWARD_OTHER, Draft
from onrecord.extraction.scene import Party

_TOWARD = {
    "refused": "opposes",
    "denied": "opposes",
    "suspended": "opposes",
    "withdrawn": "opposes",
    "offered": "supports",
    "pledged": "supports",
    "agreed": "supports",
}
"""Stances on one's own doing -> the same on another's."""


def toward_government(drafts: Sequence[Draft], states: Mapping[str, str]) -> list[Draft]:
    """The drafts with those of oppositions about their governments' doing.

    Args:
        drafts: what was read.
        states: id of an opposition -> id of its state.
    """
    return [_toward(draft, states) for draft in drafts]


def with_government(drafts: Sequence[Draft], states: Mapping[str, str]) -> list[Draft]:
    """The drafts with the state as performer where a party of it wants or opposes something of nobody named.

    "Party NAME opposes any deployment" is about what its country would do; "opposes the Turkish deployment" names
    another, and stays.

    Args:
        drafts: what was read.
        states: id of a party -> id of its state.
    """
    return [_of_its_state(draft, states) for draft in drafts]


def _of_its_state(draft: Draft, states: Mapping[str, str]) -> Draft:
    if draft.stance not in TOWARD_OTHER or draft.performers or draft.task == "authorise":
        return draft
    homes = {states.get(h.entity or "") for h in draft.holders}
    home = homes.pop() if len(homes) == 1 else None
    return replace(draft, performers=(Party(home, home, "state"),)) if home else draft


def _toward(draft: Draft, states: Mapping[str, str]) -> Draft:
    state = next((states[h.entity] for h in draft.holders if h.entity is not None and h.entity in states), None)
    if state is None or any(h.entity not in states for h in draft.holders):
        return draft
    others = tuple(p for p in draft.performers if p.entity not in states)
    if others and draft.stance not in _TOWARD:
        return draft
    return replace(
        draft, stance=_TOWARD.get(draft.stance, draft.stance), performers=others or (Party(state, state, "state"),)
    )
