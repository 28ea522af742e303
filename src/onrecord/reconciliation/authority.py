"""Who may speak for a holder: the authority of a position's speaker over the holder's own stance.

Comes in: a position and the vocabulary. Goes out: one of six rungs. The rungs follow the design's
"superseding is narrow": a later word replaces an earlier one only where its speaker stands at least as high.
"""

from __future__ import annotations

import re
from enum import IntEnum

from onrecord.model import ChainLink, Position
from onrecord.reconciliation.when import NEVER, Bounds, known
from onrecord.vocabulary import Vocabulary


class Authority(IntEnum):
    """The rungs, lowest first.

    Attributes:
        OUTLET: the outlet's own voice, a document or nobody in particular.
        OTHER: officials of another party, named or not.
        CONVEYED: the holder's own word, handed on by somebody else.
        UNNAMED: the holder's own officials, unnamed.
        SPOKEN: the holder's minister, spokesperson, ministry, or the holder as such.
        DECIDED: head of state or government, parliament, cabinet, a signed or published decision.
    """

    OUTLET = 1
    OTHER = 2
    CONVEYED = 3
    UNNAMED = 4
    SPOKEN = 5
    DECIDED = 6


OWN = Authority.CONVEYED
"""From this rung on a word is the holder's own."""

_HEADS = re.compile(
    r"\b(president|prime minister|premier|chancellor|taoiseach|king|queen|emir|sultan|crown prince|"
    r"supreme leader|head of (the )?(state|government))\b",
    re.IGNORECASE,
)
# A word beside the head's title that makes it somebody else's: "the president's adviser", "deputy prime
# minister".
_NOT_HEADS = re.compile(
    r"advis[eo]r|aide|spokes|press|secretary|deputy|vice|former|office of|envoy|assistant|candidate|ex-|"
    r"'s\b|’s\b",
    re.IGNORECASE,
)
_DECIDING = re.compile(
    r"\b(parliament|cabinet|council of ministers|lower house|upper house|house of \w+|assembly|"
    r"senate|congress|knesset|bundestag|duma|majlis|legislature|referendum|decree|"
    r"communiqu[eé]|royal order)\b",
    re.IGNORECASE,
)
_NOT_DECIDING = re.compile(
    r"\b(member|members|deputy|speaker|committee|lawmakers?|MPs?|spokes\w+|source)\b", re.IGNORECASE
)
# "Greek media" are not Greece, whatever the adjective resolves to.
_MEDIA = re.compile(r"\b(?:media|newspapers?|news outlets?|broadcasters?|press reports?)$", re.IGNORECASE)
_HEAD_KINDS = frozenset({"head_of_state", "head_of_government"})


class Rungs:
    """Tells on which rung a position's nearest speaker stands.

    Args:
        vocabulary: for officials and for commands that act for a state.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._heads: dict[str, dict[str, list[Bounds]]] = {}
        self._by_wording: dict[str, bool] = {}

    def of(self, position: Position, when: Bounds) -> Authority:
        """The rung.

        Args:
            position: whose chain is read.
            when: when it was said, for who was in office.
        """
        first = next((link for link in position.chain if link.kind not in ("outlet", "document")), None)
        if not position.self_declared:
            if first is None:
                return Authority.OUTLET
            if _MEDIA.search(first.name):
                return Authority.OUTLET
            relayed = first.entity is not None and speaks_for(first.entity, position.holder, self._vocabulary)
            return Authority.CONVEYED if relayed else Authority.OTHER
        if first is None:
            return Authority.DECIDED if _decision_document(position) else Authority.SPOKEN
        if first.kind == "anonymous":
            return Authority.UNNAMED
        if self._heads_by_wording(first) or self._in_office(first, position.holder, when):
            return Authority.DECIDED
        return Authority.SPOKEN

    def _heads_by_wording(self, link: ChainLink) -> bool:
        """Whether the wording itself names a head or a deciding body."""
        known_as = self._by_wording.get(link.name)
        if known_as is None:
            known_as = _decides(link) or bool(_HEADS.search(link.name) and not _NOT_HEADS.search(link.name))
            self._by_wording[link.name] = known_as
        return known_as

    def _in_office(self, link: ChainLink, holder: str, when: Bounds) -> bool:
        """Whether a named person was head of state or of government at the time."""
        if link.kind != "named_person":
            return False
        terms = self._heads.get(holder)
        if terms is None:
            terms = self._heads[holder] = self._terms(holder)
        held = terms.get(link.name.casefold())
        if held is None:
            return False
        return any(not known(when) or (first <= when[1] and when[0] <= last) for first, last in held)

    def _terms(self, holder: str) -> dict[str, list[Bounds]]:
        found: dict[str, list[Bounds]] = {}
        for term in self._vocabulary.officials_of(holder):
            if term.kind in _HEAD_KINDS:
                first = term.valid_from.toordinal() if term.valid_from else 0
                last = term.valid_to.toordinal() if term.valid_to else NEVER
                for name in {term.name.casefold(), *(alias.casefold() for alias in term.aliases)}:
                    found.setdefault(name, []).append((first, last))
        return found


def speaks_for(entity: str, holder: str, vocabulary: Vocabulary) -> bool:
    """Whether an actor is the holder or acts for it, as a command does for its state."""
    if entity == holder:
        return True
    actor = vocabulary.actors.get(entity)
    return actor is not None and actor.parent == holder


def _decision_document(position: Position) -> bool:
    return (
        bool(position.chain)
        and position.chain[0].kind == "document"
        and bool(_DECIDING.search(position.chain[0].name))
    )


def _decides(link: ChainLink) -> bool:
    return bool(_DECIDING.search(link.name)) and not _NOT_DECIDING.search(link.name)
