"""Names that several bear: "Brussels" of Belgium and of the EU, a "House of Representatives" of many states.

In: a parsed text and its mentions. Out: the mentions, those names standing for whom the text speaks of. A capital
that is an organisation's seat too means the organisation where the text names that and not the state; an institution
that many states have is that of the state the text speaks of, unless its better known bearer is named as well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.extraction.mentions import Mention
from onrecord.extraction.spoken_of import is_state, state_spoken_of

_OF_MANY = frozenset(
    {
        "Foreign Office",
        "Home Office",
        "House of Commons",
        "House of Representatives",
        "Senate",
        "Congress",
        "National Security Council",
    }
)
"""Institutions that go by the same name in many states."""
_NAMING = frozenset({"name", "abbreviation", "adjective", "people", "person", "misspelling"})
"""Roles by which a text names a state itself, not only a house or town of it."""


def told_apart(
    doc: Doc, mentions: Sequence[Mention], seats: Mapping[str, str], parents: Mapping[str, str | None]
) -> list[Mention]:
    """The mentions in order, with names of several bearers standing for the one spoken of.

    Args:
        doc: the parsed text.
        mentions: what the vocabulary knows of it, in order.
        seats: name of a capital -> organisation that has its seat there.
        parents: organ -> organisation it acts for.
    """
    named = {m.target for m in mentions if m.role in _NAMING and m.target}
    named |= {parent for m in mentions if (parent := parents.get(m.target or "")) and m.role in {*_NAMING, "body"}}
    told = [_as_seat(m, named, seats) if m.role == "capital" else m for m in mentions]
    placed = named | {m.target for m in told if m.role == "capital" and m.target}
    return [_as_house(doc, m, told, placed) for m in told]


def _as_seat(mention: Mention, named: Collection[str], seats: Mapping[str, str]) -> Mention:
    seated = seats.get(mention.text)
    if seated is None or mention.target in named or seated not in named:
        return mention
    return replace(mention, target=seated, role="seat", kind="organisation", name=mention.text)


def _as_house(doc: Doc, mention: Mention, mentions: Sequence[Mention], named: Collection[str]) -> Mention:
    if mention.role != "body" or mention.text not in _OF_MANY or mention.target in named:
        return mention
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    others = [m for m in mentions if m.target != mention.target and m.role in _NAMING]
    state = state_spoken_of(doc, others, span.root.i) if span is not None else None
    state = state or next((m.target for m in others if is_state(m.target)), None)
    return replace(mention, target=state) if state else mention
